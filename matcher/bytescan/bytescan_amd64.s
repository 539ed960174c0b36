//go:build !purego && gc && amd64

#include "textflag.h"

// Registers:
//	AX  places done                CX  n
//	SI  address of b[from]         DI  tables
//	R8  candidates of a block      R9…R11, BX, DX of one of them
//	R12 candidates whose hashes are known
//	R13 wide windows that the set may hold, by lane, the first one highest
//	R14, Y15 blanks
//	Y0  candidates of places 0…31 of the block, buckets of the first group
//	Y1  the same for places 32…63
//	Y2, Y3  as Y0, Y1, buckets of the second group
//	Y4, Y5; Y6, Y7; Y12, Y13  the lower seven bits of the bytes at and behind the places
//	Y8, Y9  values of a feature   Y10 table   Y11 result   Y14 0x7f…

// Offsets of the tables, behind 9 features of 2 tables of 16 bytes.
#define KNOWN 288
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

// HASHES computes the hashes of the eight wide windows of a block, one for each lane. On
// the stack it leaves which words of the set they are looked up in, and the bits that
// these must have. The lanes are in the order of lanes<>, from the last to the first.
#define HASHES \
	VPOR    (SI)(AX*1), Y15, Y8   \
	VPOR    32(SI)(AX*1), Y15, Y9 \
	VPMULLD factors<>(SB), Y8, Y8 \
	VPMULLD factors<>(SB), Y9, Y9 \
	VSHUFPS $0x88, Y9, Y8, Y10    \
	VSHUFPS $0xdd, Y9, Y8, Y8     \
	VPADDD  Y8, Y10, Y9           \
	VPSUBD  Y8, Y10, Y10          \
	VPSRLD  $18, Y9, Y9           \
	VPSRLD  $4, Y10, Y10          \
	VPAND   Y14, Y10, Y10         \
	VBROADCASTI128 powers<>(SB), Y11 \
	VPSHUFB Y10, Y11, Y10         \
	VMOVDQU Y9, 0(SP)             \
	VMOVDQU Y10, 32(SP)

// WORD asks whether the word of a lane has the bits, and shifts the answer into R13. The
// vector registers have enough to do.
#define WORD(lane) \
	MOVL  (4*lane)(SP), R9          \
	MOVL  WIDE(DI)(R9*4), R9        \
	ANDNL (32+4*lane)(SP), R9, R9   \
	CMPL  R9, $1                    \
	ADCL  R13, R13

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

// The factors of both halves of a wide window.
DATA factors<>+0(SB)/8, $0x85EBCA779E3779B1
DATA factors<>+8(SB)/8, $0x85EBCA779E3779B1
DATA factors<>+16(SB)/8, $0x85EBCA779E3779B1
DATA factors<>+24(SB)/8, $0x85EBCA779E3779B1
GLOBL factors<>(SB), RODATA|NOPTR, $32

// The bit for half of a byte.
DATA powers<>+0(SB)/8, $0x8040201008040201
DATA powers<>+8(SB)/8, $0x8040201008040201
GLOBL powers<>(SB), RODATA|NOPTR, $16

// The places of the windows, by lane, from the last to the first.
DATA lanes<>+0(SB)/8, $0x0008202810183038
GLOBL lanes<>(SB), RODATA|NOPTR, $8

// func scanAVX2(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)
TEXT ·scanAVX2(SB), NOSPLIT, $64-72
	MOVQ         t+0(FP), DI
	MOVQ         b_base+8(FP), SI
	ADDQ         from+32(FP), SI
	MOVQ         n+40(FP), CX
	MOVQ         $0x2020202020202020, R14
	VMOVQ        R14, X15
	VPBROADCASTQ X15, Y15
	VPBROADCASTB bytes<>+0(SB), Y14
	MOVQ         $-64, AX

nothing:
	ADDQ $64, AX
	CMPQ AX, CX
	JGE  none

	HASHES
	BYTES(0, Y4, Y5)
	PUT(0, Y4, Y5, Y0, Y1)
	PUT(16, Y4, Y5, Y2, Y3)
	BYTES(1, Y6, Y7)
	LOOK(32, Y6, Y7)
	BYTES(2, Y12, Y13)
	LOOK(64, Y12, Y13)
	AVERAGE(96, Y4, Y5, Y6, Y7)
	AVERAGE(128, Y4, Y5, Y12, Y13)
	AVERAGE(160, Y6, Y7, Y12, Y13)
	BYTES(3, Y4, Y5)
	LOOK(192, Y4, Y5)
	AVERAGE(224, Y6, Y7, Y4, Y5)
	AVERAGE(256, Y12, Y13, Y4, Y5)

	XORL R13, R13
	WORD(0)
	WORD(1)
	WORD(2)
	WORD(3)
	WORD(4)
	WORD(5)
	WORD(6)
	WORD(7)

	VPOR   Y0, Y2, Y8
	VPOR   Y1, Y3, Y9
	VPOR   Y8, Y9, Y10
	VPTEST Y10, Y10
	JNZ    some
	TESTL  R13, R13
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
	JZ        asked

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

asked:
	TESTL R13, R13
	JZ    settled

	// The wide windows one by one.
farther:
	MOVQ $0xC2B2AE3D27D4EB4F, BX
	LEAQ lanes<>(SB), R11
	ADDQ AX, SI

again:
	TZCNTL  R13, R9
	BLSRL   R13, R13
	MOVBLZX (R11)(R9*1), R8
	MOVQ    (SI)(R8*1), DX
	ORQ     R14, DX
	IMULQ   BX, DX
	SHRQ    $44, DX
	MOVL    DX, R9
	SHRL    $5, R9
	MOVL    SURE(DI)(R9*4), R9
	BTL     DX, R9
	JCC     unsure
	BTSQ    R8, R12

unsure:
	TESTL R13, R13
	JNZ   again
	SUBQ  AX, SI

settled:
	TESTQ R12, R12
	JZ    nothing

	VZEROUPPER
	MOVQ AX, at+56(FP)
	MOVQ R12, mask+64(FP)
	RET

none:
	VZEROUPPER
	MOVQ AX, at+56(FP)
	MOVQ $0, mask+64(FP)
	RET
