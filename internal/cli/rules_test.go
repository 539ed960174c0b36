package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBuiltInRulesPassTheirOwnCheck: what we ask of users' rules holds for ours.
func TestBuiltInRulesPassTheirOwnCheck(t *testing.T) {
	files, err := filepath.Glob("../../rules/context/*.toml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d rule files: %v", len(files), err)
	}
	for _, file := range files[:5] { // each costs a matcher
		for _, err := range checkRule(file) {
			t.Error(err)
		}
	}
}

// TestTakenIdIsRefused: a user's rule must not hide behind a built-in one's name.
func TestTakenIdIsRefused(t *testing.T) {
	data, err := os.ReadFile("../../rules/context/decimal-pid.toml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "decimal-pid.toml")
	changed := strings.Replace(string(data), "strength = 9", "strength = 8", 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	errs := checkRule(file)
	if len(errs) == 0 || !strings.Contains(errs[0].Error(), "belongs to a built-in rule") {
		t.Errorf("%v", errs)
	}
}
