package tui

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"sobre/inventory"
	"sobre/planner"
	"sobre/planner/plan"
)

// set plans with one field of the policy changed, such as
// "memory.headroom 20 %". The field is named as in a policy file.
func (m *model) set(text string) tea.Cmd {
	path, value, _ := strings.Cut(text, " ")
	policy, err := withField(m.view.plan.Policy, path, strings.TrimSpace(value))
	if err != nil {
		m.note = clean(err.Error())
		return nil
	}
	return m.try(tryPolicy{change: func(in planner.Input) planner.Input {
		in.Policy = *policy
		return in
	}})
}

// withField is a policy with the field at a dotted path set, checked as a
// policy file is.
func withField(p plan.Policy, path, value string) (*plan.Policy, error) {
	if path == "" || value == "" {
		return nil, errors.New(":set memory.headroom 20 %")
	}
	var text bytes.Buffer
	if err := inventory.EncodeJSON(&text, p); err != nil {
		return nil, err
	}
	document := map[string]any{}
	if err := json.Unmarshal(text.Bytes(), &document); err != nil {
		return nil, err
	}
	at := document
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		inner, ok := at[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			at[name] = inner
		}
		at = inner
	}
	at[names[len(names)-1]] = valueOf(value)
	changed, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	policy, err := inventory.Decode[plan.Policy](bytes.NewReader(changed), path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return policy, policy.Validate()
}

// valueOf reads a number, a list or an object as JSON, and all else as text.
func valueOf(text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return text
	}
	return v
}
