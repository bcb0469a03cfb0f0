package ocs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"sobre/inventory"
)

// Collect reads all machines of an OCS server through its REST API. The server
// pages without an order, so that pages may overlap and miss machines: what
// came is compared with the server's own list of numbers, and what is missing
// asked for one by one. A machine that cannot be read becomes a finding; an
// error means that the server did not let us in or gave nothing.
func Collect(ctx context.Context, s Server) (*inventory.Estate, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	client, err := s.client()
	if err != nil {
		return nil, err
	}
	defer client.CloseIdleConnections()
	base, err := s.address()
	if err != nil {
		return nil, err
	}
	c := &collection{
		ask:  &asker{client, base, s.Account(), s.Password, cmp.Or(s.Pause, time.Second)},
		page: cmp.Or(s.PageSize, defaultServerPage), progress: s.Read.Progress, seen: map[string]bool{},
	}
	if err := c.all(ctx); err != nil {
		return nil, fmt.Errorf("reading OCS at %s: %w", base.Host, err)
	}
	in := inputs{paths: []string{base.String()}, files: c.files, single: []bool{false}}
	if err := noneReadable(c.read); err != nil {
		return nil, fmt.Errorf("reading OCS at %s: %w", base.Host, err)
	}
	return compose(in, c.read, s.Read), nil
}

// collection is what has come of a server so far.
type collection struct {
	ask      *asker
	page     int
	progress func(done, total int)

	ids   []string        // numbers that the server lists; nil where it does not
	seen  map[string]bool // numbers that came
	files []file          // a place for each of read
	read  []reading
}

// all reads the list of numbers, the pages, and then what they missed.
func (c *collection) all(ctx context.Context) error {
	if err := c.list(ctx); err != nil {
		return err
	}
	if err := c.pages(ctx); err != nil {
		return err
	}
	return c.rest(ctx)
}

// list asks which machines there are. Servers that do not tell are read by
// their pages alone, and that is said.
func (c *collection) list(ctx context.Context) error {
	body, err := c.ask.get(ctx, "/computers/listID", nil)
	if hopeless(ctx, err) {
		return err
	}
	var rows []map[string]any
	if err == nil && body == nil {
		return nil // the pages will tell whether there is nothing
	}
	if err == nil {
		err = json.Unmarshal(body, &rows)
	}
	if err != nil {
		c.remark("list-unreadable", inventory.Warning, "the server does not list the numbers of its machines ("+inventory.CleanText(err.Error())+
			"): whether its pages, which have no order, missed some is not known", "compare with the count on the console", "cause", inventory.CleanText(err.Error()))
		return nil
	}
	c.ids = []string{}
	for _, row := range rows {
		switch id := row["ID"].(type) {
		case float64:
			c.ids = append(c.ids, strconv.FormatInt(int64(id), 10))
		case string:
			c.ids = append(c.ids, id)
		}
	}
	slices.Sort(c.ids)
	c.ids = slices.Compact(c.ids)
	return nil
}

// pages reads page after page until one is empty or brings nothing new, or all
// that are listed have come. A page that the server cannot give is passed over.
func (c *collection) pages(ctx context.Context) error {
	bad := 0
	for start := 0; c.ids == nil || start < len(c.ids); start += c.page {
		body, err := c.ask.get(ctx, "/computers", url.Values{"start": {strconv.Itoa(start)}, "limit": {strconv.Itoa(c.page)}})
		switch {
		case hopeless(ctx, err):
			return err
		case err != nil && c.ids == nil:
			return err // nothing tells where the list ends
		case err != nil:
			if bad++; bad == 3 {
				return nil // one by one may still do
			}
			continue
		case body == nil:
			return nil
		}
		before := len(c.seen)
		c.take(body)
		if len(c.seen) == before && c.ids == nil {
			return nil
		}
	}
	return nil
}

// rest asks for what is listed and came on no page, one by one.
func (c *collection) rest(ctx context.Context) error {
	failed := 0
	for _, id := range c.ids {
		if c.seen[id] {
			continue
		}
		body, err := c.ask.get(ctx, "/computer/"+url.PathEscape(id), nil)
		switch {
		case hopeless(ctx, err):
			return err
		case err == nil && body == nil, statusOf(err) == http.StatusNotFound:
			err = errors.New("the server lists it and has nothing of it")
		case err == nil:
			c.take(body)
		}
		if err == nil && c.seen[id] {
			continue
		}
		c.seen[id] = true
		c.add(id, reading{err: cmp.Or(err, errors.New("the answer is about another machine"))})
		if failed++; failed == maxFailed && failed == len(c.read) {
			return fmt.Errorf("the server gave none of %d machines that were asked for; the last: %w", failed, err)
		}
	}
	return nil
}

// maxFailed is how many machines in a row may fail before a server that gave
// nothing yet is left alone.
const maxFailed = 20

// take reads an answer about one or more machines; those that came before are
// passed over.
func (c *collection) take(body []byte) {
	parseServer(body, func(number string, doc *document, err error) {
		if c.seen[number] && number != "" {
			return
		}
		if number != "" {
			c.seen[number] = true
		}
		r := reading{err: err, skipped: errors.Is(err, errNotInventory)}
		if err == nil {
			r.machine = makeMachine(doc)
			r.machine.encoding = "utf-8"
		}
		c.add(number, r)
	})
}

func (c *collection) add(number string, r reading) {
	f := file{shown: "computer/" + number}
	if r.machine != nil {
		r.machine.file = f
	}
	c.files = append(c.files, f)
	c.read = append(c.read, r)
	if c.progress != nil {
		c.progress(len(c.read), max(len(c.ids), len(c.read)))
	}
}

func (c *collection) remark(code string, s inventory.Severity, what, do string, pairs ...string) {
	f := inventory.Finding{Code: code, Severity: s, What: what, Do: do, Values: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Values[pairs[i]] = pairs[i+1]
	}
	c.files = append(c.files, file{shown: "computers/listID"})
	c.read = append(c.read, reading{remark: &f})
}
