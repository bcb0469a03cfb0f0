#!/usr/bin/env bash
# Draws the pictures of the documents from the real program in a real terminal:
#   bash docs/pictures/draw.sh
# Needs Go and tmux. The screens write themselves (:export NAME.svg).
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
server=(tmux -S "$scratch/tmux" -f /dev/null)
trap '"${server[@]}" kill-server 2>/dev/null; rm -rf "$scratch"' EXIT
go build -o "$scratch/sobre" ./cmd/sobre

# await TEXT: until the screen shows it
await() {
  for _ in $(seq 100); do
    "${server[@]}" capture-pane -p | grep -qF "$1" && return
    sleep 0.1
  done
  echo "the screen never showed: $1" >&2
  "${server[@]}" capture-pane -p >&2
  exit 1
}

# picture NAME LANGUAGE KEY…: one screen of the Mulhouse sample
picture() {
  local name=$1 language=$2
  shift 2
  "${server[@]}" new-session -d -x 100 -y 32 -c "$scratch" \
    "TERM=xterm-256color XDG_STATE_HOME=$scratch/state ./sobre tui --sample mulhouse --fresh --theme dark --lang $language"
  await Mulhouse
  await ✔
  "${server[@]}" send-keys "$@"
  "${server[@]}" send-keys ":" "export $name.svg" Enter
  await "$name.svg"
  "${server[@]}" kill-session
  mv "$scratch/$name.svg" "docs/pictures/$name.svg"
  printf 'docs/pictures/%s.svg\n' "$name"
}

picture overview en 1
picture room en 2
picture carbon en 5
picture waves en 7 Down Down
picture synthese fr 1
