//go:build !purego && gc && amd64

#include "textflag.h"

// func prefetchSlots(a, b *nameSlot)
TEXT ·prefetchSlots(SB), NOSPLIT, $0-16
	MOVQ a+0(FP), AX
	MOVQ b+8(FP), BX
	PREFETCHT0 (AX)
	PREFETCHT0 (BX)
	RET

// func prefetchEntries(a, b *entry)
TEXT ·prefetchEntries(SB), NOSPLIT, $0-16
	MOVQ a+0(FP), AX
	MOVQ b+8(FP), BX
	TESTQ AX, AX
	JZ second
	PREFETCHT0 (AX)
	PREFETCHT0 64(AX)
	PREFETCHT0 128(AX)
second:
	TESTQ BX, BX
	JZ done
	PREFETCHT0 (BX)
	PREFETCHT0 64(BX)
	PREFETCHT0 128(BX)
done:
	RET

// func prefetchCell(cell *uint32)
TEXT ·prefetchCell(SB), NOSPLIT, $0-8
	MOVQ cell+0(FP), AX
	PREFETCHT0 (AX)
	RET
