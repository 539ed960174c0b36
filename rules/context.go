package rules

// A ContextRule judges an ambiguous spelling by what stands around it. It is
// one TOML file.
type ContextRule struct {
	ID string
}
