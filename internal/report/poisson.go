package report

import "math"

// rateTest returns the probability that two counts that come at the same rate
// differ as much as a and b do or more, either way. ea and eb say how long, or
// over how many lines, each was counted.
//
// Given a+b, the count a is binomial with the share ea/(ea+eb) when the rates are
// equal (the conditional test of Przyborowski and Wilenski, 1940). The smaller
// tail is doubled, which never understates the probability of the exact test.
func rateTest(a, b int64, ea, eb float64) float64 {
	n := a + b
	if n == 0 || ea <= 0 || eb <= 0 {
		return 1
	}
	p := ea / (ea + eb)
	low := binomialTail(a, n, p)      // P(X <= a)
	high := binomialTail(n-a, n, 1-p) // P(X >= a)
	return math.Min(1, 2*math.Min(low, high))
}

// binomialTail returns P(X <= k) for X binomial with n and p. It adds terms from
// k downwards until they no longer matter, so it is quick in the tails; where k
// lies above the mean the answer is at least about one half and only that is
// said.
func binomialTail(k, n int64, p float64) float64 {
	if k >= n {
		return 1
	}
	if float64(k) > float64(n)*p+1 {
		return 1
	}
	lg := func(v int64) float64 { r, _ := math.Lgamma(float64(v) + 1); return r }
	term := math.Exp(lg(n) - lg(k) - lg(n-k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
	sum := term
	for i := k; i > 0; i-- {
		term *= float64(i) / float64(n-i+1) * (1 - p) / p
		sum += term
		if term < sum*1e-12 {
			break
		}
	}
	return math.Min(1, sum)
}
