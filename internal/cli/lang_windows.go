package cli

import "syscall"

// primaryChinese is LANG_CHINESE of winnt.h: the low ten bits of a language
// identifier tell the language.
const primaryChinese = 0x04

// systemLanguage asks Windows for the language of the user's interface.
func systemLanguage() string {
	id, _, _ := syscall.NewLazyDLL("kernel32.dll").NewProc("GetUserDefaultUILanguage").Call()
	if id&0x3ff == primaryChinese {
		return "zh"
	}
	return "en"
}
