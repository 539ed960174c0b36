package source

import "errors"

type fileSystem interface{}

type diskFS struct{}

func openFollow(args []string, opts Options) (Feed, error) {
	return nil, errors.New("follow: not there yet")
}
