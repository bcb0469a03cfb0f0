// Package dmidecode reads what dmidecode prints of a machine's firmware: make,
// model, serial number, UUID, processors, memory modules. It describes the
// machine, not what runs on it: name and system come from elsewhere, the name
// from the file's ("dmidecode > etatcivil.txt").
package dmidecode
