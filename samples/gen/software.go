package main

import "fmt"

// software writes what is installed: the base of the system, its updates, and
// what the server is for.
func (s server) software(d *document) {
	if !s.windows() {
		for i, name := range linuxPackages() {
			d.element("SOFTWARES", "FROM", "rpm", "NAME", name, "VERSION", fmt.Sprintf("%d.%d-%d.el%s", 1+i%4, i%9, 1+i%13, s.os[4:]))
		}
	} else {
		for i := range 26 {
			d.element("SOFTWARES", "FROM", "registry", "NAME", fmt.Sprintf("Mise à jour de sécurité pour Windows (KB%d)", 920_213+i*1_931), "PUBLISHER", "Microsoft Corporation", "VERSION", "1")
		}
		for _, name := range []string{"Agent OCS Inventory 4.0.5.4", "Client antivirus d'entreprise", "Microsoft .NET Framework 2.0 Service Pack 2", "Agent de sauvegarde"} {
			d.element("SOFTWARES", "FROM", "registry", "NAME", name)
		}
	}
	for _, name := range s.applications() {
		d.element("SOFTWARES", "NAME", name)
	}
}

func linuxPackages() []string {
	return []string{
		"acl", "bash", "bind-libs", "binutils", "bzip2", "chkconfig", "coreutils", "cpio", "crontabs", "curl", "dmidecode", "e2fsprogs", "gawk",
		"glibc", "gnupg", "grep", "grub", "gzip", "hwdata", "initscripts", "iptables", "kernel-smp", "krb5-libs", "less", "logrotate", "lvm2",
		"mailx", "man", "nfs-utils", "ntp", "ocsinventory-agent", "openldap", "openssh-server", "openssl", "pam", "perl", "python", "rpm", "sed",
		"sudo", "sysklogd", "tar", "tcpdump", "up2date", "vim-minimal", "wget", "xinetd", "zlib",
	}
}

// applications is what the server is for. The names decide which licences are
// found: the editions that cost nothing and mere clients must not count.
func (s server) applications() []string {
	switch s.apps {
	case "oracle":
		if s.windows() {
			return []string{"Oracle Database 10g Enterprise Edition 10.2.0.4", "Oracle ODBC driver 10.2"}
		}
		return []string{"oracle-database-10g", "oracle-instantclient"}
	case "sqlserver":
		return []string{"Microsoft SQL Server 2005 Standard", "Microsoft SQL Server Native Client", "Microsoft SQL Server 2005 Backward compatibility"}
	case "sqlexpress":
		return []string{"Microsoft SQL Server 2005 Express Edition", "Microsoft SQL Server Native Client"}
	case "mysql":
		return []string{"mysql-server"}
	case "web":
		if s.windows() {
			return []string{"Apache HTTP Server 2.2.11", "PHP 5.2.9"}
		}
		return []string{"httpd", "php", "mod_ssl"}
	case "mail":
		return []string{"Microsoft Exchange Server 2003"}
	case "fax":
		return []string{"Eicon Diva Server pour Windows", "Serveur de télécopie"}
	case "badge":
		return []string{"Pointage et accès", "Aladdin HASP Device Driver 4.96"}
	case "backup":
		return []string{"Serveur de sauvegarde", "Pilote de bandothèque LTO-3"}
	}
	return nil
}
