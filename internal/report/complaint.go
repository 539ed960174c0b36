package report

import (
	"fmt"

	"wsalog/rules"
)

// A Complaint is an error that can be told in each language. Its own text is the
// English one.
type Complaint struct {
	en, zh string
	args   []any
}

// Error implements error.
func (c *Complaint) Error() string { return c.In(rules.English) }

// In tells the complaint in a language.
func (c *Complaint) In(lang rules.Lang) string {
	form := c.en
	if lang == rules.Chinese {
		form = c.zh
	}
	return fmt.Sprintf(form, c.args...)
}

// Unwrap returns the cause, nil if there is none.
func (c *Complaint) Unwrap() error {
	for _, a := range c.args {
		if err, ok := a.(error); ok {
			return err
		}
	}
	return nil
}

// complain makes a complaint; both sentences take the same values.
func complain(en, zh string, args ...any) *Complaint { return &Complaint{en, zh, args} }
