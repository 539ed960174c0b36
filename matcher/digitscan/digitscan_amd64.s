//go:build !purego && gc && amd64

#include "textflag.h"

DATA signs<>+0(SB)/1, $0x30
DATA signs<>+1(SB)/1, $0x09
DATA signs<>+2(SB)/1, $0x5c
DATA signs<>+3(SB)/1, $0x26
DATA signs<>+4(SB)/1, $0x08
GLOBL signs<>(SB), RODATA|NOPTR, $5

// LOOK copies the 32 bytes at SI+AX to DI+AX, leaves the bits of their digits in BX and
// adds those that are odd to Y5.
#define LOOK \
	VMOVDQU   (SI)(AX*1), Y6 \
	VMOVDQU   Y6, (DI)(AX*1) \
	VPSUBB    Y0, Y6, Y7     \
	VPMINUB   Y1, Y7, Y8     \
	VPCMPEQB  Y7, Y8, Y8     \
	VPMOVMSKB Y8, BX         \
	VPCMPEQB  Y2, Y6, Y9     \
	VPCMPEQB  Y3, Y6, Y10    \
	VPMINUB   Y4, Y6, Y11    \
	VPCMPEQB  Y6, Y11, Y11   \
	VPOR      Y9, Y10, Y9    \
	VPOR      Y11, Y5, Y5    \
	VPOR      Y9, Y5, Y5

// func copyAVX2(dst, text []byte, digits []uint64) (odd bool)
//
// Registers:
//	SI  text    DI  dst    R8  the next 32 bits    AX  offset    CX  the last one of a look
//	Y0  zeros of text   Y1  nine   Y2  backslash   Y3  ampersand   Y4  eight   Y5  what is odd
TEXT ·copyAVX2(SB), NOSPLIT, $0-73
	MOVQ         dst_base+0(FP), DI
	MOVQ         text_base+24(FP), SI
	MOVQ         text_len+32(FP), CX
	MOVQ         digits_base+48(FP), R8
	SUBQ         $32, CX
	XORL         AX, AX
	VPBROADCASTB signs<>+0(SB), Y0
	VPBROADCASTB signs<>+1(SB), Y1
	VPBROADCASTB signs<>+2(SB), Y2
	VPBROADCASTB signs<>+3(SB), Y3
	VPBROADCASTB signs<>+4(SB), Y4
	VPXOR        Y5, Y5, Y5

next:
	LOOK
	MOVL BX, (R8)
	ADDQ $4, R8
	ADDQ $32, AX
	CMPQ AX, CX
	JLE  next

	// The bytes that are left, if any, are the last of a look that ends with the text.
	SUBQ CX, AX
	MOVQ AX, DX // 32 less what is left
	MOVQ CX, AX
	LOOK
	MOVQ DX, CX
	SHRQ CX, BX
	MOVQ BX, (R8) // no bits where nothing is left

	VPMOVMSKB Y5, AX
	TESTL     AX, AX
	SETNE     odd+72(FP)
	VZEROUPPER
	RET
