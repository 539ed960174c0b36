//go:build !purego && gc && amd64

#include "textflag.h"

// Registers:
//	AX  places done                CX  n
//	SI  address of b[from]         DI  tables
//	R8  candidates of a block      R9…R11, BX of one of them   R12 those whose hashes are known
//	Y0  candidates of places 0…31 of the block, buckets of the first group
//	Y1  the same for places 32…63
//	Y2, Y3; Y4, Y5; Y6, Y7  as Y0, Y1, buckets of the second, third, fourth group
//	Y8, Y9  values of a feature   Y10 table   Y11 result   Y12, Y13  the bytes of the places
//	Y14 the bit of the decimals' bucket in each byte, or 0   Y15 0x0f…

// PUT sets the candidates of a group by the feature whose values are in a and b and
// whose table is at offset table; NARROW leaves those that agree with it, too.
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

// LOOK3 and LOOK4 do this for three and four groups.
#define LOOK3(table, a, b) \
	AND(table, a, b, Y0, Y1)    \
	AND(table+16, a, b, Y2, Y3) \
	AND(table+32, a, b, Y4, Y5)

#define LOOK4(table, a, b) \
	LOOK3(table, a, b)          \
	AND(table+48, a, b, Y6, Y7)

// LOW takes the lower halves of the bytes in Y8 and Y9, HIGH the upper ones of those
// of the places. AVERAGE takes the averages of the bytes at i and j behind the
// places; the assembler knows no sums, hence i+32 and j+32.
#define LOW \
	VPAND Y15, Y8, Y8 \
	VPAND Y15, Y9, Y9

#define HIGH \
	VPSRLW $4, Y12, Y8 \
	VPSRLW $4, Y13, Y9 \
	LOW

#define AVERAGE(i, j) \
	VMOVDQU i(SI)(AX*1), Y8          \
	VMOVDQU (i+32)(SI)(AX*1), Y9     \
	VPAVGB  j(SI)(AX*1), Y8, Y8      \
	VPAVGB  (j+32)(SI)(AX*1), Y9, Y9

// AVERAGE0 is AVERAGE(0, j).
#define AVERAGE0(j) \
	VPAVGB j(SI)(AX*1), Y12, Y8      \
	VPAVGB (j+32)(SI)(AX*1), Y13, Y9

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
	VPANDN   Y14, Y10, Y10                 \
	VPANDN   candidates, Y10, candidates

DATA bytes<>+0(SB)/1, $0x0f
DATA bytes<>+1(SB)/1, $0x46
DATA bytes<>+2(SB)/1, $0x75
DATA bytes<>+3(SB)/1, $0x5c // \
DATA bytes<>+4(SB)/1, $0x75 // u
DATA bytes<>+5(SB)/1, $0x26 // &
DATA bytes<>+6(SB)/1, $0x23 // #
GLOBL bytes<>(SB), RODATA|NOPTR, $7

// BEGIN loads the arguments. The offsets are those of known and decimal behind 8
// features of 4 tables of 16 bytes.
#define BEGIN \
	MOVQ         t+0(FP), DI        \
	MOVQ         b_base+8(FP), SI   \
	ADDQ         from+32(FP), SI    \
	MOVQ         n+40(FP), CX       \
	VPBROADCASTB bytes<>+0(SB), Y15 \
	XORQ         AX, AX             \
	VPXOR        Y14, Y14, Y14      \
	CMPB         inner+48(FP), $0   \
	JEQ          loop               \
	VPBROADCASTB 8704(DI), Y14

// DECIMALS refines the candidates of the last group, Ya and Yb.
#define DECIMALS(Ya, Yb) \
	VPOR   Ya, Yb, Y8 \
	VPTEST Y14, Y8    \
	JZ     gather     \
	VPBROADCASTB bytes<>+1(SB), Y13 \
	VPBROADCASTB bytes<>+2(SB), Y12 \
	ALONE(0, Ya)      \
	ALONE(32, Yb)

// FINISH begins with the candidates of all groups in Y0 and Y1. It asks for each
// candidate whether its hashes are known, and returns or goes on.
#define FINISH \
	VPXOR     Y8, Y8, Y8 \
	VPCMPEQB  Y0, Y8, Y0 \
	VPCMPEQB  Y1, Y8, Y1 \
	VPMOVMSKB Y0, R8     \
	VPMOVMSKB Y1, R9     \
	SHLQ      $32, R9    \
	ORQ       R9, R8     \
	NOTQ      R8         \
	TESTQ     R8, R8     \
	JZ        nothing    \
	XORL      R12, R12   \
	LEAQ      (SI)(AX*1), R13 \
candidate: \
	TZCNTQ R8, R9               \
	BLSRQ  R8, R8               \
	MOVL   (R13)(R9*1), R10     \
	ORL    $0x20202020, R10     \
	MOVL   R10, BX              \
	IMULL  $0x9E3779B1, R10     \
	SHRL   $16, R10             \
	MOVL   R10, R11             \
	SHRL   $5, R10              \
	MOVL   512(DI)(R10*4), R10  \
	BTL    R11, R10             \
	JCC    unknown              \
	IMULL  $0x85EBCA6B, BX      \
	SHRL   $16, BX              \
	MOVL   BX, R11              \
	SHRL   $5, BX               \
	MOVL   512(DI)(BX*4), R10   \
	BTL    R11, R10             \
	JCC    unknown              \
	BTSQ   R9, R12              \
unknown: \
	TESTQ R8, R8     \
	JNZ   candidate  \
	TESTQ R12, R12   \
	JNZ   found      \
nothing: \
	ADDQ $64, AX \
	JMP  loop    \
found: \
	VZEROUPPER           \
	MOVQ AX, at+56(FP)   \
	MOVQ R12, mask+64(FP) \
	RET                  \
none: \
	VZEROUPPER           \
	MOVQ AX, at+56(FP)   \
	MOVQ $0, mask+64(FP) \
	RET

// FINISH3 ends a kernel with three groups.
#define FINISH3 \
	VPOR   Y0, Y2, Y8 \
	VPOR   Y1, Y3, Y9 \
	VPOR   Y8, Y4, Y8 \
	VPOR   Y9, Y5, Y9 \
	VPOR   Y8, Y9, Y10 \
	VPTEST Y10, Y10 \
	JNZ    some \
	ADDQ   $64, AX \
	JMP    loop \
some: \
	DECIMALS(Y4, Y5) \
gather: \
	VPOR Y0, Y2, Y0 \
	VPOR Y1, Y3, Y1 \
	VPOR Y0, Y4, Y0 \
	VPOR Y1, Y5, Y1 \
	FINISH

// func scanNarrow(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)
TEXT ·scanNarrow(SB), NOSPLIT, $0-72
	BEGIN

loop:
	CMPQ AX, CX
	JGE  none

	VMOVDQU (SI)(AX*1), Y12
	VMOVDQU 32(SI)(AX*1), Y13
	PUT(0, Y12, Y13, Y0, Y1)
	PUT(16, Y12, Y13, Y2, Y3)
	PUT(32, Y12, Y13, Y4, Y5)
	HIGH
	LOOK3(64, Y8, Y9)
	AVERAGE0(1)
	LOOK3(128, Y8, Y9)
	AVERAGE(1, 2)
	LOOK3(192, Y8, Y9)
	AVERAGE(2, 3)
	LOOK3(256, Y8, Y9)
	AVERAGE0(2)
	LOOK3(320, Y8, Y9)
	AVERAGE(1, 3)
	LOOK3(384, Y8, Y9)

	FINISH3

// func scanMiddle(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)
TEXT ·scanMiddle(SB), NOSPLIT, $0-72
	BEGIN

loop:
	CMPQ AX, CX
	JGE  none

	VMOVDQU (SI)(AX*1), Y12
	VMOVDQU 32(SI)(AX*1), Y13
	VPAND   Y15, Y12, Y8
	VPAND   Y15, Y13, Y9
	PUT(0, Y8, Y9, Y0, Y1)
	PUT(16, Y8, Y9, Y2, Y3)
	PUT(32, Y8, Y9, Y4, Y5)
	HIGH
	LOOK3(64, Y8, Y9)
	AVERAGE0(1)
	LOW
	LOOK3(128, Y8, Y9)
	AVERAGE(1, 2)
	LOW
	LOOK3(192, Y8, Y9)
	AVERAGE(2, 3)
	LOW
	LOOK3(256, Y8, Y9)
	AVERAGE0(2)
	LOW
	LOOK3(320, Y8, Y9)
	AVERAGE(1, 3)
	LOW
	LOOK3(384, Y8, Y9)

	FINISH3

// func scanBroad(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)
TEXT ·scanBroad(SB), NOSPLIT, $0-72
	BEGIN

loop:
	CMPQ AX, CX
	JGE  none

	VMOVDQU (SI)(AX*1), Y12
	VMOVDQU 32(SI)(AX*1), Y13
	VPAND   Y15, Y12, Y8
	VPAND   Y15, Y13, Y9
	PUT(0, Y8, Y9, Y0, Y1)
	PUT(16, Y8, Y9, Y2, Y3)
	PUT(32, Y8, Y9, Y4, Y5)
	PUT(48, Y8, Y9, Y6, Y7)
	HIGH
	LOOK4(64, Y8, Y9)
	AVERAGE0(1)
	LOW
	LOOK4(128, Y8, Y9)
	AVERAGE(1, 2)
	LOW
	LOOK4(192, Y8, Y9)
	AVERAGE(2, 3)
	LOW
	LOOK4(256, Y8, Y9)
	AVERAGE0(2)
	LOW
	LOOK4(320, Y8, Y9)
	AVERAGE(1, 3)
	LOW
	LOOK4(384, Y8, Y9)
	AVERAGE0(3)
	LOW
	LOOK4(448, Y8, Y9)

	VPOR   Y0, Y2, Y8
	VPOR   Y1, Y3, Y9
	VPOR   Y4, Y6, Y10
	VPOR   Y5, Y7, Y11
	VPOR   Y8, Y10, Y8
	VPOR   Y9, Y11, Y9
	VPOR   Y8, Y9, Y10
	VPTEST Y10, Y10
	JNZ    some
	ADDQ   $64, AX
	JMP    loop

some:
	DECIMALS(Y6, Y7)

gather:
	VPOR Y0, Y2, Y0
	VPOR Y1, Y3, Y1
	VPOR Y4, Y6, Y4
	VPOR Y5, Y7, Y5
	VPOR Y0, Y4, Y0
	VPOR Y1, Y5, Y1
	FINISH

// ESCAPES adds to Y0 the places among 32 with a byte above ASCII, and to Y1 those
// where an escape begins. It reads 33 bytes from i.
#define ESCAPES(i) \
	VMOVDQU  i(SI)(AX*1), Y2     \
	VMOVDQU  (i+1)(SI)(AX*1), Y3 \
	VPOR     Y2, Y0, Y0          \
	VPCMPEQB Y2, Y12, Y4         \
	VPCMPEQB Y3, Y13, Y5         \
	VPAND    Y4, Y5, Y4          \
	VPOR     Y4, Y1, Y1          \
	VPCMPEQB Y2, Y14, Y4         \
	VPCMPEQB Y3, Y15, Y5         \
	VPAND    Y4, Y5, Y4          \
	VPOR     Y4, Y1, Y1

// func foreignAVX2(b []byte) bool
TEXT ·foreignAVX2(SB), NOSPLIT, $0-25
	MOVQ         b_base+0(FP), SI
	MOVQ         b_len+8(FP), CX
	VPBROADCASTB bytes<>+3(SB), Y12
	VPBROADCASTB bytes<>+4(SB), Y13
	VPBROADCASTB bytes<>+5(SB), Y14
	VPBROADCASTB bytes<>+6(SB), Y15
	VPXOR        Y0, Y0, Y0
	VPXOR        Y1, Y1, Y1
	XORQ         AX, AX
	LEAQ         -129(CX), DX

many:
	CMPQ AX, DX
	JGT  few
	ESCAPES(0)
	ESCAPES(32)
	ESCAPES(64)
	ESCAPES(96)
	ADDQ      $128, AX
	VPOR      Y0, Y1, Y4
	VPMOVMSKB Y4, R8
	TESTL     R8, R8
	JZ        many
	JMP       foreign

few:
	LEAQ -33(CX), DX

one:
	CMPQ AX, DX
	JGE  last
	ESCAPES(0)
	ADDQ $32, AX
	JMP  one

last:
	MOVQ DX, AX
	ESCAPES(0)
	MOVBLZX   32(SI)(AX*1), R9
	VPOR      Y0, Y1, Y4
	VPMOVMSKB Y4, R8
	SHRL      $7, R9
	ORL       R9, R8
	JZ        plain

foreign:
	VZEROUPPER
	MOVB $1, ret+24(FP)
	RET

plain:
	VZEROUPPER
	MOVB $0, ret+24(FP)
	RET
