package rvtools

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// sharedStrings is the table of texts that the cells of a workbook point to.
// Up to 16 MiB lie in memory; a larger table moves to a temporary file as a
// whole, so that the size of a workbook does not decide the memory.
type sharedStrings struct {
	ends    []uint32 // where each text ends; the next one starts there
	memory  []byte   // the texts, or those not yet written to the file
	written uint32   // bytes in the file
	file    *os.File
	scratch []byte
}

const (
	maxStringsInMemory = 16 << 20
	// writeSize is how much is written to the file at once.
	writeSize  = 1 << 20
	maxStrings = 20_000_000 // 80 MB of positions
)

// readStrings reads the shared strings part. The caller closes the table.
func readStrings(r io.Reader) (*sharedStrings, error) {
	t := &sharedStrings{}
	if err := t.read(newXMLScanner(r)); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *sharedStrings) read(s *xmlScanner) error {
	inText, phonetic := false, 0
	for {
		tok, err := s.next()
		if errors.Is(err, io.EOF) {
			if t.file == nil {
				return nil
			}
			return t.flush()
		}
		if err != nil {
			return err
		}
		switch {
		case tok.kind == charData:
			if inText && phonetic == 0 {
				t.memory = append(t.memory, tok.text...)
			}
			if len(t.memory) > maxStringsInMemory+2*maxToken {
				return errTooLong
			}
		case string(tok.name) == "t":
			inText = tok.kind == startTag && !tok.empty
		case string(tok.name) == "rPh" && !tok.empty:
			// How to pronounce an Asian text: not part of it.
			phonetic += tagStep(tok.kind)
		case string(tok.name) == "si" && (tok.kind == endTag || tok.empty):
			if err := t.endOfText(); err != nil {
				return err
			}
		}
	}
}

func tagStep(k tokenKind) int {
	if k == startTag {
		return 1
	}
	return -1
}

func (t *sharedStrings) endOfText() error {
	total := uint64(t.written) + uint64(len(t.memory))
	if total > math.MaxUint32 || len(t.ends) >= maxStrings {
		return fmt.Errorf("more than %d shared texts or 4 GiB of them", maxStrings)
	}
	t.ends = append(t.ends, uint32(total))
	if len(t.memory) > maxStringsInMemory || t.file != nil && len(t.memory) > writeSize {
		return t.flush()
	}
	return nil
}

// flush moves the texts in memory to the file.
func (t *sharedStrings) flush() error {
	if t.file == nil {
		f, err := os.CreateTemp("", "sobre-strings-*")
		if err != nil {
			return fmt.Errorf("making a temporary file for the shared strings: %w", err)
		}
		t.file = f
	}
	n, err := t.file.Write(t.memory)
	t.written += uint32(n)
	if t.memory = t.memory[:0]; cap(t.memory) > 2*writeSize {
		t.memory = nil
	}
	if err != nil {
		return fmt.Errorf("writing the shared strings to %s: %w", t.file.Name(), err)
	}
	return nil
}

// text is the text with that number, valid until the next call.
func (t *sharedStrings) text(n int) ([]byte, error) {
	if t == nil || n < 0 || n >= len(t.ends) {
		return nil, fmt.Errorf("it points to shared text %d, which the workbook does not have", n)
	}
	start := uint32(0)
	if n > 0 {
		start = t.ends[n-1]
	}
	if t.file == nil {
		return t.memory[start:t.ends[n]], nil
	}
	size := int(t.ends[n] - start)
	if cap(t.scratch) < size {
		t.scratch = make([]byte, size)
	}
	b := t.scratch[:size]
	if _, err := t.file.ReadAt(b, int64(start)); err != nil {
		return nil, fmt.Errorf("reading back a shared text from %s: %w", t.file.Name(), err)
	}
	return b, nil
}

// close removes the temporary file, if there is one.
func (t *sharedStrings) close() error {
	if t == nil || t.file == nil {
		return nil
	}
	return errors.Join(t.file.Close(), os.Remove(t.file.Name()))
}
