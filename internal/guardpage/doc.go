// Package guardpage gives tests memory whose edges may not be touched, so that code
// that reads beyond what it was given stops there. It works on Linux.
package guardpage
