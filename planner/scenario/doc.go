// Package scenario plans several futures of one estate side by side: nothing
// done, hosts bought, another policy or country, a hosted offer. It says which
// of them another one beats in hosts, money and carbon at once.
package scenario
