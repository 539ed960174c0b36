package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"

	"wsalog/internal/stats"
)

// ReadJSON reads a report that the format json wrote and returns a Collector
// that stands where the one of that run stood: it can be merged with others and
// its Table equals the report's. A byte order mark before it, which PowerShell
// writes, is passed over. Its error is a *Complaint.
func ReadJSON(r io.Reader) (*stats.Collector, error) {
	var page struct {
		Schema int          `json:"schema"`
		Merge  *stats.State `json:"merge"`
	}
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); string(mark) == "\ufeff" {
		_, _ = b.Discard(3)
	}
	d := json.NewDecoder(b)
	if err := d.Decode(&page); err != nil {
		return nil, complain("read report: not a JSON report of wsalog: %v", "读取报告：不是 wsalog 的 JSON 报告：%v", err)
	}
	switch {
	case page.Schema == 0:
		return nil, complain(`read report: no JSON report of wsalog: it lacks the member "schema"`,
			`读取报告：不是 wsalog 的 JSON 报告：缺少 "schema"`)
	case page.Schema != schema:
		return nil, complain("read report: it has schema %d, this wsalog reads %d: write it again",
			"读取报告：其 schema 为 %d，本版 wsalog 只读 %d：请重新生成", page.Schema, schema)
	case page.Merge == nil:
		return nil, complain(`read report: it lacks the member "merge": give the report as --format json wrote it`,
			`读取报告：缺少 "merge"：请给出 --format json 原样写出的报告`)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, complain("read report: something follows the report: give one report a file",
			"读取报告：报告之后还有别的内容：每个文件只放一份报告")
	}
	c, err := stats.FromState(page.Merge, stats.Options{})
	if err != nil {
		return nil, complain("read report: %v", "读取报告：内容有误：%v", err)
	}
	return c, nil
}
