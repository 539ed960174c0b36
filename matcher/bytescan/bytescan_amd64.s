//go:build !purego && gc && amd64

#include "textflag.h"

// Registers:
//	AX  places done                CX  n
//	SI  address of b[from]         DI  tables
//	R8  candidates of a block      R9…R11, BX, DX of one of them
//	R12 50, or the candidates whose hashes are known
//	R13 bit 0: there may be a wide window in the block
//	R14 blanks                     R15 factor of the hash of wide windows
//	Y0  candidates of places 0…31 of the block, buckets of the first group
//	Y1  the same for places 32…63
//	Y2, Y3  as Y0, Y1, buckets of the second group
//	Y4, Y5; Y6, Y7; Y12, Y13  the lower seven bits of the bytes at and behind the places
//	Y8, Y9  values of a feature   Y10 table   Y11 result   Y14 0x7f…

// Offsets of the tables, behind 8 features of 2 tables of 16 bytes.
#define KNOWN 256
#define WIDE (KNOWN+8192)
#define SURE (WIDE+65536)
#define DECIMAL (SURE+131072)

// PUT sets the candidates of a group by the feature whose values are in a and b and
// whose table is at offset table; AND leaves those that agree with it, too.
#define PUT(table, a, b, Ya, Yb) \
	VBROADCASTI128 table(DI), Y10 \
	VPSHUFB        a, Y10, Ya     \
	VPSHUFB        b, Y10, Yb

#define AND(table, a, b, Ya, Yb) \
	VBROADCASTI128 table(DI), Y10 \
	VPSHUFB        a, Y10, Y11    \
	VPAND          Y11, Ya, Ya    \
	VPSHUFB        b, Y10, Y11    \
	VPAND          Y11, Yb, Yb

// LOOK does this for both groups.
#define LOOK(table, a, b) \
	AND(table, a, b, Y0, Y1)   \
	AND(table+16, a, b, Y2, Y3)

// BYTES loads those at i behind the places; the assembler knows no sums, hence i+32.
#define BYTES(i, Ya, Yb) \
	VPAND i(SI)(AX*1), Y14, Ya      \
	VPAND (i+32)(SI)(AX*1), Y14, Yb

// AVERAGE looks at those of two bytes, a and b, of the places of each half.
#define AVERAGE(table, Ya, Yb, Za, Zb) \
	VPAVGB Ya, Za, Y8 \
	VPAVGB Yb, Zb, Y9 \
	LOOK(table, Y8, Y9)

// WIDE1 sets bit 0 of R13 where the set of wide windows may hold that at i behind the
// begin of the block.
#define WIDE1(i) \
	MOVQ  R14, R9              \
	ORQ   i(SI)(AX*1), R9      \
	IMULQ R15, R9              \
	SHRXQ R12, R9, R10         \
	MOVL  WIDE(DI)(R10*4), R10 \
	RORXQ $45, R9, R11         \
	SHRQ  $40, R9              \
	SHRXL R9, R10, R9          \
	SHRXL R11, R10, R10        \
	ANDL  R9, R10              \
	ORL   R10, R13

// ALONE takes decimals out of the candidates of half a block where the fifth digit
// is none or where a digit stands on either side. Adding 0x46 moves the digits to the
// greatest signed bytes, above 0x75.
#define ALONE(half, candidates) \
	VPADDB   (4+half)(SI)(AX*1), Y13, Y8   \
	VPADDB   (5+half)(SI)(AX*1), Y13, Y9   \
	VPADDB   (half-1)(SI)(AX*1), Y13, Y10  \
	VPCMPGTB Y12, Y8, Y8                   \
	VPCMPGTB Y12, Y9, Y9                   \
	VPCMPGTB Y12, Y10, Y10                 \
	VPOR     Y9, Y10, Y10                  \
	VPANDN   Y8, Y10, Y10                  \
	VPANDN   Y7, Y10, Y10                  \
	VPANDN   candidates, Y10, candidates

DATA bytes<>+0(SB)/1, $0x7f
DATA bytes<>+1(SB)/1, $0x46
DATA bytes<>+2(SB)/1, $0x75
GLOBL bytes<>(SB), RODATA|NOPTR, $3

// func scanAVX2(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)
TEXT ·scanAVX2(SB), NOSPLIT, $0-72
	MOVQ         t+0(FP), DI
	MOVQ         b_base+8(FP), SI
	ADDQ         from+32(FP), SI
	MOVQ         n+40(FP), CX
	MOVQ         $0x2020202020202020, R14
	MOVQ         $0x9E3779B97F4A7C15, R15
	MOVQ         $50, R12
	VPBROADCASTB bytes<>+0(SB), Y14
	MOVQ         $-64, AX

nothing:
	ADDQ $64, AX
	CMPQ AX, CX
	JGE  none

	BYTES(0, Y4, Y5)
	XORL   R13, R13
	PUT(0, Y4, Y5, Y0, Y1)
	PUT(16, Y4, Y5, Y2, Y3)
	WIDE1(0)
	BYTES(1, Y6, Y7)
	LOOK(32, Y6, Y7)
	WIDE1(8)
	BYTES(2, Y12, Y13)
	LOOK(64, Y12, Y13)
	WIDE1(16)
	AVERAGE(96, Y4, Y5, Y6, Y7)
	WIDE1(24)
	AVERAGE(128, Y4, Y5, Y12, Y13)
	WIDE1(32)
	AVERAGE(160, Y6, Y7, Y12, Y13)
	WIDE1(40)
	BYTES(3, Y4, Y5)
	AVERAGE(192, Y6, Y7, Y4, Y5)
	WIDE1(48)
	AVERAGE(224, Y12, Y13, Y4, Y5)
	WIDE1(56)

	VPOR   Y0, Y2, Y8
	VPOR   Y1, Y3, Y9
	VPOR   Y8, Y9, Y10
	VPTEST Y10, Y10
	JNZ    some
	TESTL  $1, R13
	JZ     nothing

	// Only wide windows: the others are none.
	XORL R12, R12
	JMP  farther

some:
	CMPB   inner+48(FP), $0
	JEQ    gather
	VPBROADCASTB DECIMAL(DI), Y7
	VPOR   Y2, Y3, Y8
	VPTEST Y7, Y8
	JZ     gather
	VPBROADCASTB bytes<>+1(SB), Y13
	VPBROADCASTB bytes<>+2(SB), Y12
	ALONE(0, Y2)
	ALONE(32, Y3)

gather:
	VPOR      Y0, Y2, Y0
	VPOR      Y1, Y3, Y1
	VPXOR     Y8, Y8, Y8
	VPCMPEQB  Y0, Y8, Y0
	VPCMPEQB  Y1, Y8, Y1
	VPMOVMSKB Y0, R8
	VPMOVMSKB Y1, R9
	SHLQ      $32, R9
	ORQ       R9, R8
	XORL      R12, R12
	LEAQ      (SI)(AX*1), BX
	NOTQ      R8
	TESTQ     R8, R8
	JZ        farther

	// Is a candidate's window known by both hashes?
candidate:
	TZCNTQ R8, R9
	BLSRQ  R8, R8
	MOVL   (BX)(R9*1), R10
	ORL    R14, R10
	IMUL3L $0x85EBCA6B, R10, DX
	IMULL  $0x9E3779B1, R10
	SHRL   $16, R10
	MOVL   R10, R11
	SHRL   $5, R10
	MOVL   KNOWN(DI)(R10*4), R10
	BTL    R11, R10
	JCC    unknown
	SHRL   $16, DX
	MOVL   DX, R11
	SHRL   $5, DX
	MOVL   KNOWN(DI)(DX*4), R10
	BTL    R11, R10
	JCC    unknown
	BTSQ   R9, R12

unknown:
	TESTQ R8, R8
	JNZ   candidate
	TESTL $1, R13
	JZ    settled

	// The wide windows one by one, the last one first.
farther:
	MOVL $64, R8
	MOVQ $0xC2B2AE3D27D4EB4F, BX

again:
	SUBL   $8, R8
	JLT    settled
	LEAQ   (SI)(AX*1), R9
	MOVQ   (R9)(R8*1), R9
	ORQ    R14, R9
	MOVQ   R9, DX
	IMULQ  R15, R9
	MOVQ   R9, R10
	SHRQ   $50, R10
	MOVL   WIDE(DI)(R10*4), R10
	SHRQ   $40, R9
	BTL    R9, R10
	JCC    again
	SHRQ   $5, R9
	BTL    R9, R10
	JCC    again
	IMULQ  BX, DX
	SHRQ   $44, DX
	MOVL   DX, R9
	SHRL   $5, R9
	MOVL   SURE(DI)(R9*4), R9
	BTL    DX, R9
	JCC    again
	BTSQ   R8, R12
	JMP    again

settled:
	TESTQ R12, R12
	JNZ   found
	MOVQ  $50, R12
	JMP   nothing

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
