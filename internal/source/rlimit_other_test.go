//go:build !linux

package source

import "testing"

func limitDescriptors(t *testing.T, n uint64) { t.Skip("needs Linux") }
