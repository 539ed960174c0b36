//go:build !purego && gc && amd64

#include "textflag.h"

// func prefetch(p *shapePlace)
TEXT ·prefetch(SB), NOSPLIT, $0-8
	MOVQ p+0(FP), AX
	PREFETCHT0 (AX)
	RET
