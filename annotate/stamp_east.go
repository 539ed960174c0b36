package annotate

import "bytes"

// eastAsian reads 2006年1月2日 15:04:05 in its Chinese, Japanese and Korean forms,
// with the time in digits and colons or with 时, 分 and 秒, and 2006 Jan 2 15:04:05.
func eastAsian(b []byte, i int, f *fields) bool {
	if digits(b, i) != 4 {
		return false
	}
	y := number(b, i, 4)
	j := i + 4
	if at(b, j) == ' ' {
		if m, k, ok := monthAt(b, j+1); ok && at(b, k) == ' ' {
			return f.cisco(b, y, m, k+1)
		}
	}
	j, ok := eat(b, j, "年", "년")
	if !ok {
		return false
	}
	m, j, ok := small(b, blanks(b, j))
	if !ok {
		return false
	}
	if j, ok = eat(b, j, "月", "월"); !ok {
		return false
	}
	d, j, ok := small(b, blanks(b, j))
	if !ok {
		return false
	}
	if j, ok = eat(b, j, "日", "일"); !ok || !f.setDate(y, m, d) {
		return false
	}
	j = blanks(b, j)
	if at(b, j) == ',' {
		j = blanks(b, j+1)
	}
	return f.eastTime(b, j)
}

// cisco reads the day and time of a stamp whose year and month stand before.
func (f *fields) cisco(b []byte, y, m, i int) bool {
	d, j, ok := small(b, blanks(b, i))
	return ok && at(b, j) == ' ' && f.setDate(y, m, d) && f.timeAfter(b, j)
}

// eastTime reads 15:04:05 or 15时04分05秒, either with half of the day before it.
func (f *fields) eastTime(b []byte, i int) bool {
	j, half := halfDay(b, i)
	h, j, ok := small(b, j)
	if !ok || h > 23 {
		return false
	}
	if at(b, j) == ':' {
		_, ok = f.timeOfDay(b, i, false)
		return ok
	}
	if j, ok = eat(b, j, "时", "時", "点", "시"); !ok {
		return false
	}
	mi, j, ok := small(b, blanks(b, j))
	if !ok || mi > 59 {
		return false
	}
	if j, ok = eat(b, j, "分", "분"); !ok {
		return false
	}
	if s, k, ok := small(b, blanks(b, j)); ok && s <= 60 {
		if _, ok = eat(b, k, "秒", "초"); ok {
			f.sec = s
		}
	}
	f.hour, f.min = h, mi
	if half != 0 {
		f.hour = h%12 + map12(half)
	}
	return true
}

// halfDay reads a half of the day that stands before the time, and returns 'a',
// 'p' or 0.
func halfDay(b []byte, i int) (end int, half byte) {
	if at(b, i) < 0x80 {
		return i, 0
	}
	if j, ok := eat(b, i, "上午", "午前", "오전", "凌晨", "早上"); ok {
		return blanks(b, j), 'a'
	}
	if j, ok := eat(b, i, "下午", "午後", "오후", "晚上", "中午"); ok {
		return blanks(b, j), 'p'
	}
	return i, 0
}

// eat returns the place behind the first of words that stands at b[i].
func eat(b []byte, i int, words ...string) (int, bool) {
	if i >= len(b) {
		return i, false
	}
	for _, w := range words {
		if bytes.HasPrefix(b[i:], []byte(w)) {
			return i + len(w), true
		}
	}
	return i, false
}

func blanks(b []byte, i int) int {
	for at(b, i) == ' ' {
		i++
	}
	return i
}
