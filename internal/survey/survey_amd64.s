//go:build !purego && gc && amd64

#include "textflag.h"

DATA signs<>+0(SB)/1, $0x0a
DATA signs<>+1(SB)/1, $0x23
GLOBL signs<>(SB), RODATA|NOPTR, $2

// func surveyAVX2(b []byte, at int) (n, lines int, high bool)
//
// Registers:
//	SI  b[at]         AX  bytes done    CX  the last offset at which a block may begin
//	Y0  line feeds    Y1  #             Y2  zero
//	Y3  bytes seen, or-ed               Y4  line ends, counted in four places
//	Y5 to Y8  the block, its line ends  Y9 to Y14  anything
TEXT ·surveyAVX2(SB), NOSPLIT, $0-49
	MOVQ         b_base+0(FP), SI
	MOVQ         b_len+8(FP), CX
	MOVQ         at+24(FP), AX
	ADDQ         AX, SI
	SUBQ         AX, CX
	SUBQ         $128, CX
	XORL         AX, AX
	VPBROADCASTB signs<>+0(SB), Y0
	VPBROADCASTB signs<>+1(SB), Y1
	VPXOR        Y2, Y2, Y2
	VPXOR        Y3, Y3, Y3
	VPXOR        Y4, Y4, Y4
	CMPQ         AX, CX
	JGT          done

block:
	VMOVDQU  (SI)(AX*1), Y5
	VMOVDQU  32(SI)(AX*1), Y6
	VMOVDQU  64(SI)(AX*1), Y7
	VMOVDQU  96(SI)(AX*1), Y8
	VPCMPEQB Y5, Y1, Y9
	VPCMPEQB Y6, Y1, Y10
	VPCMPEQB Y7, Y1, Y11
	VPCMPEQB Y8, Y1, Y12
	VPOR     Y9, Y10, Y13
	VPOR     Y11, Y12, Y14
	VPOR     Y13, Y14, Y13
	VPTEST   Y13, Y13
	JNZ      hashes

count:
	VPOR     Y5, Y6, Y9
	VPOR     Y7, Y8, Y10
	VPOR     Y9, Y10, Y9
	VPOR     Y9, Y3, Y3

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
	VPADDQ   Y5, Y4, Y4
	SUBQ     $-128, AX
	CMPQ     AX, CX
	JLE      block

done:
	MOVQ         AX, n+32(FP)
	VEXTRACTI128 $1, Y4, X5
	VPADDQ       X5, X4, X4
	VPSRLDQ      $8, X4, X5
	VPADDQ       X5, X4, X4
	VMOVQ        X4, lines+40(FP)
	VPMOVMSKB    Y3, DX
	TESTL        DX, DX
	SETNE        high+48(FP)
	VZEROUPPER
	RET

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
	VPOR     Y9, Y10, Y9
	VPOR     Y11, Y12, Y11
	VPOR     Y9, Y11, Y9
	VPTEST   Y9, Y9
	JZ       count
	JMP      done
