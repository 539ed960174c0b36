package rules

import "fmt"

// hresultBase is FACILITY_WIN32 with the failure bit: HRESULT_FROM_WIN32(n) is
// hresultBase | n.
const hresultBase uint32 = 0x80070000

// aprOffset is APR_OS_START_SYSERR, which APR adds to Windows error numbers
// (apr_errno.h); Subversion prints the sum as E730061.
const aprOffset = 720000

// Hex returns the number as 0x and upper-case digits without leading zeros.
func (c *Code) Hex() string { return fmt.Sprintf("0x%X", c.Number) }

// Hresult returns the code wrapped as an HRESULT.
func (c *Code) Hresult() uint32 { return hresultBase | uint32(c.Number) }

// HresultHex returns the HRESULT as 0x and eight upper-case digits.
func (c *Code) HresultHex() string { return fmt.Sprintf("0x%08X", c.Hresult()) }

// HresultSigned returns the HRESULT read as a signed 32-bit number.
func (c *Code) HresultSigned() int32 { return int32(c.Hresult()) }

// OpenSSL returns the number under which the error queue of OpenSSL 3 shows the
// code: the system-error bit and the number. It is not an HRESULT.
func (c *Code) OpenSSL() uint32 { return 0x80000000 | uint32(c.Number) }

// APR returns the apr_status_t of the code.
func (c *Code) APR() int { return aprOffset + c.Number }
