//go:build !purego && gc && amd64

#include "textflag.h"

DATA signs<>+0(SB)/1, $0x0a
DATA signs<>+1(SB)/1, $0x23
GLOBL signs<>(SB), RODATA|NOPTR, $2

// func surveyAVX2(b []byte) (n, lines int, high bool)
//
// Registers:
//	SI  b             AX  bytes done    CX  the last offset at which a block may begin
//	Y0  line feeds    Y1  #             Y2  zero
//	Y3  bytes seen, or-ed               Y4  line ends, counted in four places
//	Y5, Y6  line ends of a block        Y7, Y8, Y9  anything
TEXT ·surveyAVX2(SB), NOSPLIT, $0-41
	MOVQ         b_base+0(FP), SI
	MOVQ         b_len+8(FP), CX
	SUBQ         $65, CX
	XORL         AX, AX
	VPBROADCASTB signs<>+0(SB), Y0
	VPBROADCASTB signs<>+1(SB), Y1
	VPXOR        Y2, Y2, Y2
	VPXOR        Y3, Y3, Y3
	VPXOR        Y4, Y4, Y4
	CMPQ         AX, CX
	JGT          done

block:
	VMOVDQU  (SI)(AX*1), Y8
	VMOVDQU  32(SI)(AX*1), Y9
	VPCMPEQB Y8, Y0, Y5
	VPCMPEQB Y9, Y0, Y6
	VPOR     Y8, Y9, Y9
	VPCMPEQB 1(SI)(AX*1), Y1, Y7
	VPCMPEQB 33(SI)(AX*1), Y1, Y8
	VPAND    Y5, Y7, Y7
	VPAND    Y6, Y8, Y8
	VPOR     Y7, Y8, Y8
	VPTEST   Y8, Y8
	JNZ      done

	// A comparison gives -1 where it holds.
	VPADDB  Y5, Y6, Y5
	VPSUBB  Y5, Y2, Y5
	VPSADBW Y2, Y5, Y5
	VPADDQ  Y5, Y4, Y4
	VPOR    Y9, Y3, Y3
	ADDQ    $64, AX
	CMPQ    AX, CX
	JLE     block

done:
	MOVQ         AX, n+24(FP)
	VEXTRACTI128 $1, Y4, X5
	VPADDQ       X5, X4, X4
	VPSRLDQ      $8, X4, X5
	VPADDQ       X5, X4, X4
	VMOVQ        X4, lines+32(FP)
	VPMOVMSKB    Y3, DX
	TESTL        DX, DX
	SETNE        high+40(FP)
	VZEROUPPER
	RET
