package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
)

// readOneLine runs a command, copies the first line that it prints, closes the
// pipe that it writes to, and returns its exit code.
func readOneLine(args []string) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stderr = os.Stderr
	cmd.Stdin = os.Stdin
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 99
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	fmt.Print(line)
	out.Close()
	_ = cmd.Wait() // a code is no failure here: it is what the script asks for
	return cmd.ProcessState.ExitCode()
}
