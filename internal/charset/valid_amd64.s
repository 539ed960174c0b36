//go:build !purego && gc && amd64

#include "textflag.h"

// Each bit stands for a way in which two neighbouring bytes can be wrong; a table tells
// which ways half a byte leaves open. Where all three halves leave one open, the bytes
// are wrong, but for the highest bit: two continuation bytes may follow each other
// where a longer character demands it.
DATA firstHigh<>+0(SB)/8, $0x0202020202020202
DATA firstHigh<>+8(SB)/8, $0x4915012180808080
GLOBL firstHigh<>(SB), RODATA|NOPTR, $16
DATA firstLow<>+0(SB)/8, $0xcbcbcb8b8383a3e7
DATA firstLow<>+8(SB)/8, $0xcbcbdbcbcbcbcbcb
GLOBL firstLow<>(SB), RODATA|NOPTR, $16
DATA secondHigh<>+0(SB)/8, $0x0101010101010101
DATA secondHigh<>+8(SB)/8, $0x01010101babaaee6
GLOBL secondHigh<>(SB), RODATA|NOPTR, $16

// Half a byte; the first bytes of characters of three and four bytes, less 0x80; the
// highest bit.
DATA signs<>+0(SB)/4, $0x8070600f
GLOBL signs<>(SB), RODATA|NOPTR, $4

// func validAVX2(b []byte) bool
//
// Registers:
//	SI b   CX its length   AX bytes done   DX bytes done after this turn of at most 128
//	Y0, Y1, Y2 the tables   Y3 … Y6 the signs
//	Y7 the 32 bytes before   Y8 what was wrong   Y9 the bytes   Y10 to Y14 anything
TEXT ·validAVX2(SB), NOSPLIT, $0-25
	MOVQ           b_base+0(FP), SI
	MOVQ           b_len+8(FP), CX
	VBROADCASTI128 firstHigh<>(SB), Y0
	VBROADCASTI128 firstLow<>(SB), Y1
	VBROADCASTI128 secondHigh<>(SB), Y2
	VPBROADCASTB   signs<>+0(SB), Y3
	VPBROADCASTB   signs<>+1(SB), Y4
	VPBROADCASTB   signs<>+2(SB), Y5
	VPBROADCASTB   signs<>+3(SB), Y6
	VPXOR          Y7, Y7, Y7
	VPXOR          Y8, Y8, Y8
	XORL           AX, AX

	// Behind ASCII, 128 bytes of ASCII need no look: most text has stretches of them.
turn:
	CMPQ   AX, CX
	JGE    done
	LEAQ   128(AX), DX
	CMPQ   DX, CX
	JGT    last
	VPOR   (SI)(AX*1), Y7, Y9
	VPOR   32(SI)(AX*1), Y9, Y9
	VPOR   64(SI)(AX*1), Y9, Y9
	VPOR   96(SI)(AX*1), Y9, Y9
	VPTEST Y6, Y9
	JNZ    bytes
	MOVQ   DX, AX
	JMP    turn

last:
	MOVQ CX, DX

bytes:
	VMOVDQU    (SI)(AX*1), Y9
	VPERM2I128 $0x21, Y9, Y7, Y10
	VPALIGNR   $15, Y10, Y9, Y11 // the byte before each
	VPSRLW     $4, Y11, Y12
	VPAND      Y3, Y12, Y12
	VPSHUFB    Y12, Y0, Y12
	VPAND      Y3, Y11, Y13
	VPSHUFB    Y13, Y1, Y13
	VPAND      Y13, Y12, Y12
	VPSRLW     $4, Y9, Y13
	VPAND      Y3, Y13, Y13
	VPSHUFB    Y13, Y2, Y13
	VPAND      Y13, Y12, Y12

	// Bytes that must be the third or fourth of a character.
	VPALIGNR $14, Y10, Y9, Y13
	VPSUBUSB Y4, Y13, Y13
	VPALIGNR $13, Y10, Y9, Y14
	VPSUBUSB Y5, Y14, Y14
	VPOR     Y13, Y14, Y13
	VPAND    Y6, Y13, Y13
	VPXOR    Y12, Y13, Y13
	VPOR     Y13, Y8, Y8
	VMOVDQA  Y9, Y7
	ADDQ     $32, AX
	CMPQ     AX, DX
	JLT      bytes
	JMP      turn

done:
	VPTEST Y8, Y8
	SETEQ  ret+24(FP)
	VZEROUPPER
	RET
