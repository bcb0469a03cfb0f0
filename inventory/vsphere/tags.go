package vsphere

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sobre/inventory"
)

// Tags are not in the SOAP API but in the REST API, which has sessions of its
// own (VMware, vSphere Automation API, com.vmware.cis.tagging; 6.5 and newer).
const (
	restSession  = "/rest/com/vmware/cis/session"
	restTagging  = "/rest/com/vmware/cis/tagging"
	tagsAtOnce   = 1000 // VMs a question
	maxTagsKinds = 10_000
)

// restClient asks the REST API over the transport of the SOAP session.
type restClient struct {
	client *http.Client
	base   url.URL
	key    string // of the session
}

// readTags adds the tags of VMs to their labels: the category is the key, its
// tags the value. What fails here costs the tags only.
func (c *collector) readTags(ctx context.Context) error {
	if !c.tags {
		return nil
	}
	const label = "tags of the VMs"
	r := &restClient{client: &c.client.Client, base: *c.client.URL()}
	err := r.login(ctx, c.user, c.password)
	if err == nil {
		defer r.logout(ctx)
		err = c.tagGuests(ctx, r)
	}
	return c.extra(ctx, err, label)
}

func (c *collector) tagGuests(ctx context.Context, r *restClient) error {
	refs := c.refsOf("VirtualMachine")
	names := tagNames{rest: r, tags: map[string]tagName{}, categories: map[string]string{}}
	for done := 0; done < len(c.estate.Workloads); done += tagsAtOnce {
		batch := c.estate.Workloads[done:min(done+tagsAtOnce, len(c.estate.Workloads))]
		byRef := map[string]*inventory.Workload{}
		var ids []string
		for i := range batch {
			if ref := refs[batch[i].ID].Value; ref != "" {
				byRef[ref] = &batch[i]
				ids = append(ids, ref)
			}
		}
		attached, err := r.attached(ctx, ids)
		if err != nil {
			return err
		}
		for _, a := range attached {
			w := byRef[a.Object.ID]
			if w == nil {
				continue
			}
			if err := names.label(ctx, w, a.Tags); err != nil {
				return err
			}
		}
		if c.progress != nil {
			c.progress(Progress{Kind: "tags", Done: done + len(batch)})
		}
	}
	c.counts["tags"] = len(names.tags)
	return nil
}

// tagNames remembers what tags and categories are called.
type tagNames struct {
	rest       *restClient
	tags       map[string]tagName
	categories map[string]string
}

type tagName struct{ category, name string }

// label writes the tags of one VM into its labels.
func (n *tagNames) label(ctx context.Context, w *inventory.Workload, ids []string) error {
	byCategory := map[string][]string{}
	for _, id := range ids {
		t, err := n.tag(ctx, id)
		if err != nil {
			return err
		}
		byCategory[t.category] = append(byCategory[t.category], t.name)
	}
	for category, names := range byCategory {
		slices.Sort(names)
		if w.Labels == nil {
			w.Labels = map[string]string{}
		}
		w.Labels[category] = strings.Join(slices.Compact(names), ", ")
	}
	if len(byCategory) > 0 {
		w.From = append(w.From, inventory.Origin{Source: sourceID, At: w.From[0].At, Fields: []string{"labels"}, Method: "tags"})
	}
	return nil
}

func (n *tagNames) tag(ctx context.Context, id string) (tagName, error) {
	if t, known := n.tags[id]; known {
		return t, nil
	}
	if len(n.tags) >= maxTagsKinds {
		return tagName{}, fmt.Errorf("more than %d tags", maxTagsKinds)
	}
	var tag struct {
		Name     string `json:"name"`
		Category string `json:"category_id"`
	}
	if err := n.rest.ask(ctx, http.MethodGet, restTagging+"/tag/id:"+url.PathEscape(id), nil, &tag); err != nil {
		return tagName{}, err
	}
	if _, known := n.categories[tag.Category]; !known {
		var category struct {
			Name string `json:"name"`
		}
		if err := n.rest.ask(ctx, http.MethodGet, restTagging+"/category/id:"+url.PathEscape(tag.Category), nil, &category); err != nil {
			return tagName{}, err
		}
		n.categories[tag.Category] = inventory.CleanText(category.Name)
	}
	n.tags[id] = tagName{n.categories[tag.Category], inventory.CleanText(tag.Name)}
	return n.tags[id], nil
}

// attachedTags is the tags of one object.
type attachedTags struct {
	Object struct {
		ID string `json:"id"`
	} `json:"object_id"`
	Tags []string `json:"tag_ids"`
}

func (r *restClient) attached(ctx context.Context, ids []string) ([]attachedTags, error) {
	type object struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	}
	question := struct {
		Objects []object `json:"object_ids"`
	}{}
	for _, id := range ids {
		question.Objects = append(question.Objects, object{id, "VirtualMachine"})
	}
	var out []attachedTags
	err := r.ask(ctx, http.MethodPost, restTagging+"/tag-association?~action=list-attached-tags-on-objects", question, &out)
	return out, err
}

func (r *restClient) login(ctx context.Context, user, password string) error {
	req, err := r.request(ctx, http.MethodPost, restSession, nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(user, password)
	return r.do(req, &r.key)
}

func (r *restClient) logout(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	// A session that is left over ends by itself.
	_ = r.ask(ctx, http.MethodDelete, restSession, nil, nil)
}

// ask puts one question; into gets what stands under "value" of the answer.
func (r *restClient) ask(ctx context.Context, method, path string, question, into any) error {
	var body io.Reader
	if question != nil {
		text, err := json.Marshal(question)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	req, err := r.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	req.Header.Set("vmware-api-session-id", r.key)
	return r.do(req, into)
}

func (r *restClient) request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, r.base.Scheme+"://"+r.base.Host+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

func (r *restClient) do(req *http.Request, into any) error {
	res, err := r.client.Do(req)
	if err != nil {
		return unwrapURL(err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusNotFound:
		return errors.New("the server has no REST API for tags")
	case res.StatusCode/100 != 2:
		return fmt.Errorf("the REST API answers %d %s", res.StatusCode, http.StatusText(res.StatusCode))
	case into == nil:
		return nil
	}
	var answer struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return fmt.Errorf("the answer of the REST API cannot be read: %w", err)
	}
	return json.Unmarshal(answer.Value, into)
}
