//go:build !purego && gc && amd64

#include "go_asm.h"
#include "textflag.h"

DATA signs<>+0(SB)/1, $0x0a
DATA signs<>+1(SB)/1, $0x23
DATA signs<>+2(SB)/1, $0x46
GLOBL signs<>(SB), RODATA|NOPTR, $3

// NOTE notes the line ends before a block, at an offset behind the place for the round's
// first one, and adds those of the block, which are the upmost 16 bits of DX.
#define NOTE(offset) \
	MOVL    R9, offset(DI)(R13*4) \
	ROLQ    $16, DX               \
	MOVWLZX DX, BX                \
	ADDQ    BX, R9

// func surveyAVX2(b []byte, at, lines int, before []uint32) (end, total, highFrom, highTo int)
//
// It goes in rounds, which end at multiples of wide or with the last block: at most four
// blocks, each a Step long.
//
// Registers:
//	SI  b             AX  offset of the block   CX  where the last block ends
//	DI  before        R8  its length            R9  line ends before the round
//	R10 highFrom      R11 highTo                R12 where the round ends, then its number
//	R13 number of the block
//	Y0  line feeds    Y1  #                     Y2  zero
//	Y3  bytes of the round, or-ed
//	Y4  line ends, in four places, in each 16 bits for each block of the round
//	Y5 to Y8  the block, its line ends          Y9 to Y14, DX, BX  anything
TEXT ·surveyAVX2(SB), NOSPLIT, $0-96
	MOVQ         b_base+0(FP), SI
	MOVQ         b_len+8(FP), CX
	MOVQ         at+24(FP), AX
	MOVQ         lines+32(FP), R9
	MOVQ         before_base+40(FP), DI
	MOVQ         before_len+48(FP), R8
	XORL         R10, R10
	XORL         R11, R11
	DECQ         CX
	ANDQ         $-const_Step, CX
	VPBROADCASTB signs<>+0(SB), Y0
	VPBROADCASTB signs<>+1(SB), Y1
	VPXOR        Y2, Y2, Y2
	CMPQ         AX, CX
	JGE          done

round:
	MOVQ    AX, R13
	SHRQ    $const_stepBits, R13
	MOVQ    AX, R12
	ORQ     $(const_wide-1), R12
	INCQ    R12
	CMPQ    R12, CX
	CMOVQGT CX, R12
	VPXOR   Y3, Y3, Y3
	VPXOR   Y4, Y4, Y4

block:
	VMOVDQU   (SI)(AX*1), Y5
	VMOVDQU   32(SI)(AX*1), Y6
	VMOVDQU   64(SI)(AX*1), Y7
	VMOVDQU   96(SI)(AX*1), Y8
	VPCMPEQB  Y5, Y1, Y9
	VPCMPEQB  Y6, Y1, Y10
	VPCMPEQB  Y7, Y1, Y11
	VPCMPEQB  Y8, Y1, Y12
	VPOR      Y9, Y10, Y13
	VPOR      Y11, Y12, Y14
	VPOR      Y13, Y14, Y13
	VPMOVMSKB Y13, DX
	TESTL     DX, DX
	JNZ       hashes

count:
	VPOR Y5, Y6, Y9
	VPOR Y7, Y8, Y10
	VPOR Y9, Y10, Y9
	VPOR Y9, Y3, Y3

	// A comparison gives -1 where it holds.
	VPCMPEQB Y5, Y0, Y5
	VPCMPEQB Y6, Y0, Y6
	VPCMPEQB Y7, Y0, Y7
	VPCMPEQB Y8, Y0, Y8
	VPADDB   Y5, Y6, Y5
	VPADDB   Y7, Y8, Y7
	VPADDB   Y5, Y7, Y5
	VPSUBB   Y5, Y2, Y5
	VPSADBW  Y2, Y5, Y5
	VPSLLQ   $16, Y4, Y4
	VPOR     Y5, Y4, Y4
	SUBQ     $-const_Step, AX
	CMPQ     AX, R12
	JLT      block

sum:
	VEXTRACTI128 $1, Y4, X5
	VPADDQ       X5, X4, X4
	VPSRLDQ      $8, X4, X5
	VPADDQ       X5, X4, X4
	VMOVQ        X4, DX
	MOVQ         AX, R12
	SHRQ         $const_stepBits, R12
	LEAQ         4(R13), BX
	CMPQ         BX, R12
	JNE          short
	CMPQ         BX, R8
	JGT          each
	NOTE(0)
	NOTE(4)
	NOTE(8)
	NOTE(12)

noted:
	VPMOVMSKB Y3, DX
	TESTL     DX, DX
	JNZ       high

next:
	CMPQ AX, CX
	JLT  round

done:
	MOVQ AX, end+64(FP)
	MOVQ R9, total+72(FP)
	MOVQ R10, highFrom+80(FP)
	MOVQ R11, highTo+88(FP)
	VZEROUPPER
	RET

short:
	// The first block's line ends belong into the upmost 16 bits.
	CMPQ R13, R12
	JEQ  done

shift:
	SHLQ $16, DX
	DECQ BX
	CMPQ BX, R12
	JNE  shift

each:
	CMPQ R13, R8
	JCC  pass
	MOVL R9, (DI)(R13*4)

pass:
	ROLQ    $16, DX
	MOVWLZX DX, BX
	ADDQ    BX, R9
	INCQ    R13
	CMPQ    R13, R12
	JLT     each
	JMP     noted

high:
	LEAQ    -1(AX), DX
	ANDQ    $-const_wide, DX
	TESTQ   R11, R11
	CMOVQEQ DX, R10
	LEAQ    const_wide(DX), R11
	JMP     next

hashes:
	// Is one of them just behind a line end?
	VPCMPEQB -1(SI)(AX*1), Y0, Y13
	VPAND    Y9, Y13, Y9
	VPCMPEQB 31(SI)(AX*1), Y0, Y13
	VPAND    Y10, Y13, Y10
	VPCMPEQB 63(SI)(AX*1), Y0, Y13
	VPAND    Y11, Y13, Y11
	VPCMPEQB 95(SI)(AX*1), Y0, Y13
	VPAND    Y12, Y13, Y12
	VPOR     Y9, Y10, Y13
	VPOR     Y11, Y12, Y14
	VPOR     Y13, Y14, Y13
	VPTEST   Y13, Y13
	JZ       count

	// Is one of these just before an F?
	VPBROADCASTB signs<>+2(SB), Y14
	VPCMPEQB     1(SI)(AX*1), Y14, Y13
	VPAND        Y9, Y13, Y9
	VPCMPEQB     33(SI)(AX*1), Y14, Y13
	VPAND        Y10, Y13, Y10
	VPCMPEQB     65(SI)(AX*1), Y14, Y13
	VPAND        Y11, Y13, Y11
	VPCMPEQB     97(SI)(AX*1), Y14, Y13
	VPAND        Y12, Y13, Y12
	VPOR         Y9, Y10, Y9
	VPOR         Y11, Y12, Y11
	VPOR         Y9, Y11, Y9
	VPTEST       Y9, Y9
	JZ           count
	MOVQ         AX, CX
	JMP          sum
