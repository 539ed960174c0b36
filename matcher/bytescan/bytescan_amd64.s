//go:build !purego && gc && amd64

#include "textflag.h"

// Registers:
//	AX  places done              CX  n
//	SI  address of b[0]          DI  tables
//	R8  candidates of a block    R9…R11 of one of them   R12 those whose hash is known
//	Y0  candidates of places 0…31 of the block, buckets of the first half
//	Y1  the same for places 32…63
//	Y2, Y3  as Y0, Y1, buckets of the second half
//	Y4, Y5  a byte of each window
//	Y6, Y7  the byte before
//	Y8, Y9  four-bit values   Y10 table   Y11 result   Y15 0x0f…

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

// LOW takes the lower halves of the bytes, HIGH the upper ones, SUM the lower halves
// of the sums with the bytes before.
#define LOW \
	VPAND Y15, Y4, Y8 \
	VPAND Y15, Y5, Y9

#define HIGH \
	VPSRLW $4, Y4, Y8  \
	VPSRLW $4, Y5, Y9  \
	VPAND  Y15, Y8, Y8 \
	VPAND  Y15, Y9, Y9

#define SUM \
	VPADDB Y4, Y6, Y8  \
	VPADDB Y5, Y7, Y9  \
	VPAND  Y15, Y8, Y8 \
	VPAND  Y15, Y9, Y9

DATA nibble<>+0(SB)/1, $0x0f
GLOBL nibble<>(SB), RODATA|NOPTR, $1

// func scanAVX2(t *nibbleTables, b []byte, n int) (at int, mask uint64)
TEXT ·scanAVX2(SB), NOSPLIT, $0-56
	MOVQ         t+0(FP), DI
	MOVQ         b_base+8(FP), SI
	MOVQ         n+32(FP), CX
	VPBROADCASTB nibble<>+0(SB), Y15
	XORQ         AX, AX

loop:
	CMPQ AX, CX
	JGE  none

	VMOVDQU (SI)(AX*1), Y4
	VMOVDQU 32(SI)(AX*1), Y5
	LOW
	FIRST(0)
	HIGH
	LOOK(32)

	VMOVDQU 1(SI)(AX*1), Y6
	VMOVDQU 33(SI)(AX*1), Y7
	SUM
	LOOK(192)
	VPAND Y15, Y6, Y8
	VPAND Y15, Y7, Y9
	LOOK(64)

	VMOVDQU 2(SI)(AX*1), Y12
	VMOVDQU 34(SI)(AX*1), Y13
	VPADDB Y4, Y12, Y8
	VPADDB Y5, Y13, Y9
	VPAND  Y15, Y8, Y8
	VPAND  Y15, Y9, Y9
	LOOK(288)
	VPADDB Y6, Y12, Y8
	VPADDB Y7, Y13, Y9
	VPAND  Y15, Y8, Y8
	VPAND  Y15, Y9, Y9
	LOOK(224)
	VPAND Y15, Y12, Y8
	VPAND Y15, Y13, Y9
	LOOK(96)

	VPADDB 3(SI)(AX*1), Y4, Y8
	VPADDB 35(SI)(AX*1), Y5, Y9
	VPAND  Y15, Y8, Y8
	VPAND  Y15, Y9, Y9
	LOOK(352)
	VMOVDQU 3(SI)(AX*1), Y4
	VMOVDQU 35(SI)(AX*1), Y5
	SUM
	LOOK(320)
	VPADDB Y12, Y4, Y8
	VPADDB Y13, Y5, Y9
	VPAND  Y15, Y8, Y8
	VPAND  Y15, Y9, Y9
	LOOK(256)
	LOW
	LOOK(128)
	HIGH
	LOOK(160)

	VPOR   Y0, Y2, Y0
	VPOR   Y1, Y3, Y1
	VPOR   Y0, Y1, Y4
	VPTEST Y4, Y4
	JNZ    some
	ADDQ   $64, AX
	JMP    loop

some:
	VPXOR     Y4, Y4, Y4
	VPCMPEQB  Y0, Y4, Y0
	VPCMPEQB  Y1, Y4, Y1
	VPMOVMSKB Y0, R8
	VPMOVMSKB Y1, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	NOTQ      R8
	XORL      R12, R12
	LEAQ      (SI)(AX*1), R13

candidate:
	TZCNTQ R8, R9
	BLSRQ  R8, R8
	MOVL   (R13)(R9*1), R10
	ORL    $0x20202020, R10
	IMULL  $0x9E3779B1, R10
	SHRL   $16, R10
	MOVL   R10, R11
	SHRL   $5, R10
	MOVL   384(DI)(R10*4), R10 // known, behind 12 features of 2 tables of 16 bytes
	BTL    R11, R10
	JCC    unknown
	BTSQ   R9, R12

unknown:
	TESTQ R8, R8
	JNZ   candidate
	TESTQ R12, R12
	JNZ   found
	ADDQ  $64, AX
	JMP   loop

found:
	VZEROUPPER
	MOVQ AX, at+40(FP)
	MOVQ R12, mask+48(FP)
	RET

none:
	VZEROUPPER
	MOVQ AX, at+40(FP)
	MOVQ $0, mask+48(FP)
	RET
