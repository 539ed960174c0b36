/*
 * bcryptprimitives.dll for Wine releases that lack it (before 8.1 or so). Go
 * programs take their random numbers from ProcessPrng and do not start without
 * it. What it shall do is what the older RtlGenRandom does, which advapi32
 * exports under the name SystemFunction036. For tests only.
 */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
	while (length > 0) {
		ULONG part = length < 0x10000000 ? (ULONG)length : 0x10000000;
		if (!SystemFunction036(buffer, part))
			return FALSE;
		buffer += part;
		length -= part;
	}
	return TRUE;
}
