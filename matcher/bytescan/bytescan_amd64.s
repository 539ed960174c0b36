//go:build !purego && gc && amd64

#include "textflag.h"

// Registers:
//	AX  places done              CX  n
//	SI  address of b[from]         DI  tables
//	R8  candidates of a block    R9…R11, BX of one of them   R12 those whose hashes are known
//	Y0  candidates of places 0…31 of the block, buckets of the first half
//	Y1  the same for places 32…63
//	Y2, Y3  as Y0, Y1, buckets of the second half
//	Y4…Y7, Y12, Y13  the bytes of the windows
//	Y8, Y9  four-bit values   Y10 table   Y11 result
//	Y14 the bit of the decimals' bucket in each byte, or 0   Y15 0x0f…

// FIRST sets the candidates by the feature whose values are in Y8 and Y9 and whose
// two tables are at offset table; LOOK narrows them.
#define FIRST(table) \
	VBROADCASTI128 table(DI), Y10    \
	VPSHUFB        Y8, Y10, Y0       \
	VPSHUFB        Y9, Y10, Y1       \
	VBROADCASTI128 table+16(DI), Y10 \
	VPSHUFB        Y8, Y10, Y2       \
	VPSHUFB        Y9, Y10, Y3

#define LOOK(table) \
	VBROADCASTI128 table(DI), Y10    \
	VPSHUFB        Y8, Y10, Y11      \
	VPAND          Y11, Y0, Y0       \
	VPSHUFB        Y9, Y10, Y11      \
	VPAND          Y11, Y1, Y1       \
	VBROADCASTI128 table+16(DI), Y10 \
	VPSHUFB        Y8, Y10, Y11      \
	VPAND          Y11, Y2, Y2       \
	VPSHUFB        Y9, Y10, Y11      \
	VPAND          Y11, Y3, Y3

// LOW takes the lower halves of the bytes in Y8 and Y9, HIGH the upper ones of two
// other registers, SUM the lower halves of the sums of two pairs of registers.
#define LOW \
	VPAND Y15, Y8, Y8 \
	VPAND Y15, Y9, Y9

#define HIGH(a, b) \
	VPSRLW $4, a, Y8 \
	VPSRLW $4, b, Y9 \
	LOW

#define SUM(a, b, c, d) \
	VPADDB a, c, Y8 \
	VPADDB b, d, Y9 \
	LOW

// ALONE takes decimals out of the candidates of half a block where the fifth digit
// is none or where a digit stands on either side. Adding 0x46 moves the digits to the
// greatest signed bytes, above 0x75.
#define ALONE(half, candidates, decimals) \
	VPADDB   4+half(SI)(AX*1), Y13, Y4  \
	VPADDB   5+half(SI)(AX*1), Y13, Y5  \
	VPADDB   -1+half(SI)(AX*1), Y13, Y6 \
	VPCMPGTB Y12, Y4, Y4                \
	VPCMPGTB Y12, Y5, Y5                \
	VPCMPGTB Y12, Y6, Y6                \
	VPOR     Y5, Y6, Y6                 \
	VPANDN   Y4, Y6, Y6                 \
	VPANDN   decimals, Y6, Y6           \
	VPANDN   candidates, Y6, candidates

DATA bytes<>+0(SB)/1, $0x0f
DATA bytes<>+1(SB)/1, $0x46
DATA bytes<>+2(SB)/1, $0x75
GLOBL bytes<>(SB), RODATA|NOPTR, $3

// func scanAVX2(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)
TEXT ·scanAVX2(SB), NOSPLIT, $0-72
	MOVQ         t+0(FP), DI
	MOVQ         b_base+8(FP), SI
	ADDQ         from+32(FP), SI
	MOVQ         n+40(FP), CX
	VPBROADCASTB bytes<>+0(SB), Y15
	XORQ         AX, AX
	VPXOR        Y14, Y14, Y14
	CMPB         inner+48(FP), $0
	JEQ          loop
	VPBROADCASTB 8448(DI), Y14              // decimal, behind known

loop:
	CMPQ AX, CX
	JGE  none

	VMOVDQU (SI)(AX*1), Y4
	VMOVDQU 32(SI)(AX*1), Y5
	VPAND   Y15, Y4, Y8
	VPAND   Y15, Y5, Y9
	FIRST(0)
	HIGH(Y4, Y5)
	LOOK(32)

	VMOVDQU 1(SI)(AX*1), Y6
	VMOVDQU 33(SI)(AX*1), Y7
	SUM(Y4, Y5, Y6, Y7)
	LOOK(96)

	VMOVDQU 2(SI)(AX*1), Y12
	VMOVDQU 34(SI)(AX*1), Y13
	SUM(Y6, Y7, Y12, Y13)
	LOOK(128)
	SUM(Y4, Y5, Y12, Y13)
	LOOK(192)

	VMOVDQU 3(SI)(AX*1), Y4
	VMOVDQU 35(SI)(AX*1), Y5
	SUM(Y4, Y5, Y12, Y13)
	LOOK(160)
	SUM(Y4, Y5, Y6, Y7)
	LOOK(224)
	HIGH(Y4, Y5)
	LOOK(64)

	VPOR   Y0, Y2, Y8
	VPOR   Y1, Y3, Y9
	VPOR   Y8, Y9, Y10
	VPTEST Y10, Y10
	JNZ    some
	ADDQ   $64, AX
	JMP    loop

some:
	VPAND  Y2, Y14, Y8
	VPAND  Y3, Y14, Y9
	VPOR   Y8, Y9, Y10
	VPTEST Y10, Y10
	JZ     gather

	VPBROADCASTB bytes<>+1(SB), Y13
	VPBROADCASTB bytes<>+2(SB), Y12
	ALONE(0, Y2, Y8)
	ALONE(32, Y3, Y9)

gather:
	VPOR      Y0, Y2, Y0
	VPOR      Y1, Y3, Y1
	VPXOR     Y4, Y4, Y4
	VPCMPEQB  Y0, Y4, Y0
	VPCMPEQB  Y1, Y4, Y1
	VPMOVMSKB Y0, R8
	VPMOVMSKB Y1, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	TESTQ     R8, R8
	JZ        nothing
	XORL      R12, R12
	LEAQ      (SI)(AX*1), R13

candidate:
	TZCNTQ R8, R9
	BLSRQ  R8, R8
	MOVL   (R13)(R9*1), R10
	ORL    $0x20202020, R10
	MOVL   R10, BX
	IMULL  $0x9E3779B1, R10
	SHRL   $16, R10
	MOVL   R10, R11
	SHRL   $5, R10
	MOVL   256(DI)(R10*4), R10 // known, behind 8 features of 2 tables of 16 bytes
	BTL    R11, R10
	JCC    unknown
	IMULL  $0x85EBCA6B, BX
	SHRL   $16, BX
	MOVL   BX, R11
	SHRL   $5, BX
	MOVL   256(DI)(BX*4), R10
	BTL    R11, R10
	JCC    unknown
	BTSQ   R9, R12

unknown:
	TESTQ R8, R8
	JNZ   candidate
	TESTQ R12, R12
	JNZ   found

nothing:
	ADDQ $64, AX
	JMP  loop

found:
	VZEROUPPER
	MOVQ AX, at+56(FP)
	MOVQ R12, mask+64(FP)
	RET

none:
	VZEROUPPER
	MOVQ AX, at+56(FP)
	MOVQ $0, mask+64(FP)
	RET
