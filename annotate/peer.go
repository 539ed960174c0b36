package annotate

type lexer struct{}

func (a *Annotator) locate(r *Record) {}
