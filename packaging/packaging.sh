#!/bin/sh
# Makes what packages carry beside the program: completions and manual pages,
# both from the program itself. Called by the release with its version.
set -eu
cd "$(dirname "$0")"
rm -rf completions man
mkdir -p completions man
go build -trimpath -ldflags "-X main.version=${1:-}" -o sobre-for-packaging ../cmd/sobre
trap 'rm -f sobre-for-packaging' EXIT
for shell in bash zsh fish powershell; do
  ./sobre-for-packaging completion "$shell" >"completions/sobre.$shell"
done
./sobre-for-packaging man man
# -n: neither name nor time, so that the same page gives the same bytes.
gzip -9 -n man/*.1
