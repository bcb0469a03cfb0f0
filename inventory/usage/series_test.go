package usage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sobre/inventory"
	"sobre/inventory/usage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// town is an estate for series to join.
func town() *inventory.Estate {
	return &inventory.Estate{
		Version: 1,
		Hosts: []inventory.Host{
			{ID: "etatcivil", Name: "ETATCIVIL", Role: inventory.Standalone, Memory: inventory.GiB(8)},
			{ID: "esx1", Name: "esx1.mulhouse.example", Role: inventory.Hypervisor, Memory: inventory.GiB(64)},
		},
		Workloads: []inventory.Workload{
			{ID: "etatcivil-os", Name: "ETATCIVIL", Kind: inventory.Physical, Host: "etatcivil", VCPUs: 4},
			{ID: "web", Name: "web.mulhouse.example", Kind: inventory.VM, Host: "esx1", VCPUs: 2, Memory: inventory.GiB(4), UUID: "3f0a1b2c-0000-4000-8000-00000000000a", Labels: map[string]string{"ip": "10.0.0.6"}},
			{ID: "twin", Name: "twin.a.example", Kind: inventory.VM, Host: "esx1"}, {ID: "twin-2", Name: "twin.b.example", Kind: inventory.VM, Host: "esx1"},
		},
	}
}

func trySeries(files map[string]string) (*inventory.Estate, error) {
	fsys := fstest.MapFS{}
	var paths []string
	for _, name := range sortedNames(files) {
		fsys[name] = &fstest.MapFile{Data: []byte(files[name])}
		paths = append(paths, name)
	}
	s, err := usage.ReadSeries(context.Background(), paths, usage.SeriesOptions{FS: fsys, Zone: time.FixedZone("test", 3600)})
	if err != nil {
		return nil, err
	}
	e := town()
	s.Enrich(e)
	return e, nil
}

func readSeries(t *testing.T, files map[string]string) *inventory.Estate {
	t.Helper()
	e, err := trySeries(files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// start is a Monday, 0 h in UTC.
var start = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

// byHour is the use of a machine that works by day: 60 from 8 to 17 h, else 5.
func byHour(at time.Time) float64 {
	if h := at.Hour(); h >= 8 && h < 18 {
		return 60
	}
	return 5
}

// samples calls visit for each interval of some days.
func samples(days int, every time.Duration, visit func(end time.Time, v float64)) {
	for at := start; at.Before(start.AddDate(0, 0, days)); at = at.Add(every) {
		visit(at.Add(every), byHour(at))
	}
}

func long(days int, every time.Duration) string {
	var b strings.Builder
	b.WriteString("machine,timestamp,metric,value,unit\n")
	samples(days, every, func(end time.Time, v float64) {
		fmt.Fprintf(&b, "web,%s,cpu,%g,%%\nweb,%s,memory,%g,MiB\n", end.Format(time.RFC3339), v, end.Format(time.RFC3339), 1000+v)
	})
	return b.String()
}

func TestProfileAndPercentiles(t *testing.T) {
	e := readSeries(t, map[string]string{"use.csv": long(15, 30*time.Minute)})
	w := e.Workloads[1]
	percent := inventory.PercentLevel
	want := inventory.Stat{Mean: percent(27.92), P50: percent(5), P90: percent(60), P95: percent(60), P99: percent(60), Max: percent(60),
		Samples: 720, Days: 15, Rollup: "30 min mean", Coverage: inventory.Percent(100)}
	if w.Use.CPU != want {
		t.Errorf("got %+v", w.Use.CPU)
	}
	if len(w.Profile.CPU) != 168 || len(w.Profile.Memory) != 168 {
		t.Fatalf("a profile of %d and %d hours", len(w.Profile.CPU), len(w.Profile.Memory))
	}
	// 8 h in UTC is 9 h in the zone of the profile.
	if w.Profile.CPU[8] != percent(5) || w.Profile.CPU[9] != percent(60) || w.Profile.CPU[18] != percent(60) || w.Profile.CPU[19] != percent(5) {
		t.Errorf("Monday is %v", w.Profile.CPU[:24])
	}
	if !hasCode(e, "percentile-of-means") || hasCode(e, "span-short") || hasCode(e, "zone-assumed") {
		t.Errorf("findings %+v", e.Findings)
	}
	if short := readSeries(t, map[string]string{"use.csv": long(2, 5*time.Minute)}); len(short.Workloads[1].Profile.CPU) != 24 || hasCode(short, "percentile-of-means") || !hasCode(short, "span-short") {
		t.Errorf("two days: a profile of %d hours, findings %+v", len(short.Workloads[1].Profile.CPU), short.Findings)
	}
	if coarse := readSeries(t, map[string]string{"use.csv": long(15, 24*time.Hour)}); !coarse.Workloads[1].Profile.IsZero() {
		t.Error("means of a day gave a profile of hours")
	}
}

func hasCode(e *inventory.Estate, code string) bool {
	for _, f := range e.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

// TestSumBeforePercentile has two parts that take turns: each is idle half of
// the time, their sum never.
func TestSumBeforePercentile(t *testing.T) {
	var b strings.Builder
	b.WriteString("machine;timestamp;metric;instance;value;unit\n")
	for i := range 100 {
		at := start.Add(time.Duration(i) * time.Minute).Unix()
		fmt.Fprintf(&b, "web;%d;cpu;a;%d;MHz\nweb;%d;cpu;b;%d;MHz\n", at, 1000*(i%2), at, 1000*(1-i%2))
	}
	fmt.Fprintf(&b, "web;%d;cpu;a;9000;MHz\n", start.Add(200*time.Minute).Unix()) // b is not known then
	e := readSeries(t, map[string]string{"use.csv": b.String()})
	got := e.Workloads[1].Use.CPU
	if got.P50 != inventory.MHzLevel(1000) || got.P95 != inventory.MHzLevel(1000) || got.Max != inventory.MHzLevel(1000) || got.Samples != 100 {
		t.Errorf("got %+v", got)
	}
	if m := e.Workloads[1].From[0].Method; m != "series web joined by ID; sum of 2 series, value by value" || !hasCode(e, "values-uneven") {
		t.Errorf("method %q, findings %+v", m, e.Findings)
	}
}

// TestFormats has the same three values of CPU, 10, 20 and 30 %, and of memory
// in each format.
func TestFormats(t *testing.T) {
	for name, c := range map[string]struct {
		files    map[string]string
		tool     string
		cpu, mem string // mean
		rollup   string
	}{
		"sadf -d": {map[string]string{"a": "# hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle\n" +
			"web;600;2026-11-02 00:10:01 UTC;-1;8;0;2;40,00;0;50.00\nweb;600;2026-11-02 00:10:01 UTC;0;99;0;0;0;0;1\n" +
			"web;-1;2026-11-02 00:11:00 UTC;LINUX-RESTART\t(2 CPU)\n" +
			"web;600;2026-11-02 00:20:01 UTC;-1;20;0;0;0;0;80.00\nweb;600;2026-11-02 00:30:01 UTC;-1;30;0;0;0;0;70.00\n" +
			"# hostname;interval;timestamp;kbmemfree;kbavail;kbmemused;%memused;kbbuffers;kbcached\n" +
			"web;600;2026-11-02 00:10:01 UTC;1048576;3145728;1048576;25;100;2097152\n"}, "sadf -d", "20 %", "1 GiB", "10 min mean"},
		"sadf -j": {map[string]string{"a": `{"sysstat": {"hosts": [{"nodename": "web", "statistics": [
			{"timestamp": {"date": "2026-11-02", "time": "00:10:00", "utc": 1, "interval": 600}, "cpu-load": [{"cpu": "all", "user": 10, "iowait": 0, "idle": 90}],
			 "memory": {"memfree": 1048576, "memused": 3145728, "buffers": 1048576, "cached": 1048576}},
			{"timestamp": {"date": "2026-11-02", "time": "00:20:00", "utc": 1, "interval": 600}, "cpu-load": [{"cpu": "all", "idle": 80}]},
			{"timestamp": {"date": "2026-11-02", "time": "00:30:00", "utc": 1, "interval": 600}, "cpu-load": [{"cpu": "all", "idle": 70}]}]}]}}`}, "sadf -j", "20 %", "1 GiB", "10 min mean"},
		"sar": {map[string]string{"a": "Linux 5.10.0 (web) \t11/02/26 \t_x86_64_\t(2 CPU)\n\n23:40:01        CPU     %user     %nice   %system   %iowait    %steal     %idle\n" +
			"23:50:01        all     10,00      0,00      0,00      0,00      0,00     90,00\n00:00:01        all     20,00      0,00      0,00      0,00      0,00     80,00\n" +
			"\n00:00:01     LINUX RESTART\t(2 CPU)\n00:10:01        all     30,00      0,00      0,00      0,00      0,00     70,00\nMoyenne :      all     20,00      0,00      0,00      0,00      0,00     80,00\n\n" +
			"23:40:01    kbmemfree   kbavail kbmemused  %memused kbbuffers  kbcached\n23:50:01      1048576   3145728   1048576     25,00       100   2097152\n"}, "sar", "20 %", "1 GiB", "10 min mean"},
		"sar with AM and PM": {map[string]string{"a": "Linux 5.10.0 (web) \t2026-11-02 \t_x86_64_\t(2 CPU)\n\n11:50:01 AM     CPU     %user     %idle\n" +
			"12:00:01 PM     all     10.00     90.00\n12:10:01 PM     all     20.00     80.00\n12:20:01 PM     all     30.00     70.00\n"}, "sar", "20 %", "", "10 min mean"},
		"perfmon": {map[string]string{"a": "\"(PDH-CSV 4.0) (Romance Standard Time)(-60)\",\"\\\\WEB\\Processor(_Total)\\% Processor Time\",\"\\\\WEB\\Memory\\Available MBytes\",\"\\\\WEB\\System\\Threads\"\r\n" +
			"\"11/02/2026 00:00:15.123\",\" \",\"3072\",\"9\"\r\n\"11/02/2026 00:00:30.123\",\"10\",\"3072\",\"9\"\r\n\"11/02/2026 00:00:45.123\",\"20\",\"3072\",\"9\"\r\n\"11/02/2026 00:01:00.123\",\"30\",\"3072\",\"9\"\r\nExiting, please wait...\r\n"},
			"perfmon", "20 %", "1 GiB", "15 s mean"},
		"perfmon in French": {map[string]string{"a": latin1("\"(PDH-CSV 4.0)\",\"\\\\web\\Processeur(0)\\% temps processeur\",\"\\\\web\\Processeur(1)\\% temps processeur\",\"\\\\web\\Mémoire\\Mégaoctets disponibles\"\r\n" +
			"\"11/02/2026 00:00:30\",\"5\",\"15\",\"3072\"\r\n\"11/02/2026 00:00:45\",\"40\",\"0\",\"3072\"\r\n\"11/02/2026 00:01:00\",\"30\",\"30\",\"3072\"\r\n")}, "perfmon", "20 %", "1 GiB", "15 s mean"},
		"perfmon in German": {map[string]string{"a": "\"(PDH-CSV 4.0) (Mitteleuropäische Zeit)(-60)\";\"\\\\web\\Prozessor(_Total)\\Prozessorzeit (%)\";\"\\\\web\\Arbeitsspeicher\\Verfügbare MB\"\n" +
			"\"11/02/2026 00:00:30\";\"10,0\";\"3072\"\n\"11/02/2026 00:00:45\";\"20,0\";\"3072\"\n\"11/02/2026 00:01:00\";\"30,0\";\"3072\"\n"}, "perfmon", "20 %", "1 GiB", "15 s mean"},
		"PRTG": {map[string]string{"web cpu.csv": "sep=,\n\"Date Time\",\"Date Time(RAW)\",\"Total\",\"Total(RAW)\",\"Downtime\",\"Downtime(RAW)\",\"Coverage\",\"Coverage(RAW)\"\n" +
			"\"11/2/2026 1:00:00 AM - 1:05:00 AM\",\"46328.0416666667\",\"10 %\",\"10.0000\",\"0 %\",\"0\",\"100 %\",\"0000010000\"\n" +
			"\"11/2/2026 1:05:00 AM\",\"46328.0451388889\",\"20 %\",\"20.0000\",\"\",\"\",\"100 %\",\"0000010000\"\n\"11/2/2026 1:10:00 AM\",\"46328.0486111111\",\"30 %\",\"30.0000\",\"\",\"\",\"100 %\",\"0000010000\"\n" +
			"\"11/2/2026 1:15:00 AM\",\"46328.0520833333\",\"\",\"\",\"\",\"\",\"0 %\",\"0\"\n\"Averages (of 3 values)\",\"\",\"20 %\",\"20\",\"\",\"\",\"\",\"\"\n",
			"web_memory.csv": "\"Date Time\",\"Date Time(RAW)\",\"Percent Available Memory\",\"Percent Available Memory(RAW)\"\n\"x\",\"46328.0416666667\",\"75 %\",\"75.0\"\n"}, "PRTG", "20 %", "25 %", "5 min mean"},
		"Zabbix": {map[string]string{"history.json": `{"jsonrpc":"2.0","result":[{"itemid":"1","clock":"1793577600","value":"10","ns":"5"},{"itemid":"1","clock":"1793577660","value":"20"},{"itemid":"1","clock":"1793577720","value":"30"},
			{"itemid":"2","clock":"1793577600","value":"3221225472"},{"itemid":"9","clock":"1793577600","value":"1"}],"id":1}`,
			"items.json": `[{"itemid":"1","key_":"system.cpu.util[,idle]","hosts":[{"host":"web"}]},{"itemid":"2","key_":"vm.memory.size[available]","hosts":[{"host":"web"}]},{"itemid":"3","key_":"vfs.fs.size[/]","hosts":[{"host":"web"}]}]`},
			"Zabbix", "80 %", "1 GiB", "1 min mean"},
		"Zabbix trends": {map[string]string{"trend.json": `[{"itemid":"1","clock":"1793577600","num":"60","value_min":"1","value_avg":"10","value_max":"90"},{"itemid":"1","clock":"1793581200","value_avg":"30","value_max":"40"}]`,
			"items.json": `{"result":[{"itemid":"1","key_":"system.cpu.util","hosts":[{"host":"web"}]}]}`}, "Zabbix", "20 %", "", "1 h mean"},
		"Prometheus": {map[string]string{"cpu.json": `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"instance":"web.mulhouse.example:9100","job":"node"},"values":[[1793577600,"0.1"],[1793577660,"0.2"],[1793577720,"0.3"]]}]}}`,
			"memory.json": `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"node_memory_MemAvailable_bytes","instance":"web:9100"},"values":[[1793577600,"3221225472"]]}]}}`},
			"Prometheus", "20 %", "1 GiB", "1 min mean"},
		"a long table in French": {map[string]string{"a.csv": latin1("Serveur;Horodatage;Métrique;Valeur;Unité\r\nweb;02/11/2026 00:10;CPU;10,0;%\r\nweb;02/11/2026 00:20;CPU;20,0;%\r\nweb;02/11/2026 00:30;CPU;30,0;%\r\nweb;02/11/2026 00:30;Mémoire disponible;3;Go\r\nweb;02/11/2026 00:30;Température;20;C\r\n")},
			"table of samples", "20 %", "1 GiB", "10 min mean"},
	} {
		t.Run(name, func(t *testing.T) {
			for n, text := range c.files {
				if !usage.RecogniseSeries([]byte(text), n) {
					t.Errorf("%s is not recognised", n)
				}
			}
			e := readSeries(t, c.files)
			w := e.Workloads[1]
			if w.Use.CPU.Mean.String() != c.cpu || w.Use.CPU.Rollup != c.rollup || w.Use.Memory.Mean.String() != c.mem || e.Sources[0].Tool != c.tool {
				t.Errorf("CPU %+v\nmemory %+v\nsource %+v\nfindings %+v", w.Use.CPU, w.Use.Memory, e.Sources[0], e.Findings)
			}
			if name == "Zabbix trends" && w.Use.CPU.Max != inventory.PercentLevel(90) {
				t.Errorf("the peak within the hours is lost: %s", w.Use.CPU.Max)
			}
		})
	}
}

// TestNames has series under the names that monitoring systems use.
func TestNames(t *testing.T) {
	for name, c := range map[string]struct {
		machine string // of the workload that it joins, "": none
		method  string
	}{
		"WEB":                                  {"web", "ID"},
		"web.mulhouse.example":                 {"web", "name"},
		"web.other.example":                    {"web", "name without domain"},
		"10.0.0.6":                             {"web", "address"},
		"3F0A1B2C-0000-4000-8000-00000000000A": {"web", "UUID"},
		"etatcivil":                            {"etatcivil-os", "ID"},
		"twin":                                 {"twin", "ID"},
		"twin.c.example":                       {"", ""},
		"10.0.0.99":                            {"", ""},
		"nobody":                               {"", ""},
	} {
		e := readSeries(t, map[string]string{"a.csv": "machine,timestamp,metric,value,unit\n" + name + ",2026-11-02T00:10:00Z,cpu,10,%\n"})
		joined, method := "", ""
		for _, w := range e.Workloads {
			if !w.Use.IsZero() {
				joined, method = w.ID, w.From[0].Method
			}
		}
		if joined != c.machine || !strings.HasSuffix(method, "by "+c.method) && c.method != "" {
			t.Errorf("%s joined %q: %s", name, joined, method)
		}
		if (c.machine == "") != hasCode(e, "use-unmatched") {
			t.Errorf("%s: findings %+v", name, e.Findings)
		}
	}
}

func TestSeriesDoubts(t *testing.T) {
	row := func(cells ...string) string {
		return "machine,timestamp,metric,value,unit\n" + strings.Join(cells, "\n") + "\n"
	}
	good := "web,2026-11-02T00:10:00Z,cpu,10,%"
	for name, c := range map[string]struct{ text, code string }{
		"no number":          {row(good, "web,2026-11-02T00:20:00Z,cpu,lots,%"), "values-unreadable"},
		"negative":           {row(good, "web,2026-11-02T00:20:00Z,cpu,-5,%"), "values-unreadable"},
		"not a number":       {row(good, "web,2026-11-02T00:20:00Z,cpu,NaN,%"), "values-unreadable"},
		"no time":            {row(good, "web,soon,cpu,5,%"), "values-unreadable"},
		"before time":        {row(good, "web,1900-01-01T00:00:00Z,cpu,5,%"), "values-unreadable"},
		"other metric":       {row(good, "web,2026-11-02T00:20:00Z,temperature,5,C"), "values-unreadable"},
		"no zone":            {row("web,2026-11-02 00:20:00,cpu,5,%"), "zone-assumed"},
		"of one core":        {row("web,2026-11-02T00:20:00Z,cpu,180,%"), "use-unusable"},
		"cores of who knows": {row("twin,2026-11-02T00:20:00Z,cpu,1,cores"), "use-unusable"},
		"more than there is": {row("web,2026-11-02T00:20:00Z,memory available,9,GiB"), "use-unusable"},
		"one time twice":     {row(good, good), "values-twice"},
		"two names":          {row(good, "web.mulhouse.example,2026-11-02T00:10:00Z,cpu,10,%"), "row-twice"},
		"holes":              {row(good, "web,2026-11-02T00:20:00Z,cpu,5,%", "web,2026-11-02T00:30:00Z,cpu,5,%", "web,2026-11-02T02:00:00Z,cpu,5,%"), "coverage-low"},
	} {
		if e := readSeries(t, map[string]string{"a.csv": c.text}); !hasCode(e, c.code) {
			t.Errorf("%s: no finding %s in %+v", name, c.code, e.Findings)
		}
	}
	for name, text := range map[string]string{
		"empty": "", "header only": row(), "other table": "a,b\n1,2\n", "cut JSON": `{"sysstat": {"hosts": [`, "no date": "Linux 5 (web) 99/99/99 _x86_64_\n00:10:00 CPU %idle\n00:20:00 all 5\n",
		"no counter": "\"(PDH-CSV 4.0)\",\"\\\\web\\System\\Threads\"\n\"11/02/2026 00:00:30\",\"5\"\n", "refused": `{"status":"error","error":"too many points","data":{"resultType":"matrix"}}`,
		"values without items": `[{"itemid":"1","clock":"1793577600","value":"10"}]`, "Zabbix refused": `{"error":{"data":"Not authorised."},"itemid":"1","clock":"1"}`,
	} {
		if e, err := trySeries(map[string]string{"a": text}); err == nil {
			t.Errorf("%s: no error but %+v", name, e.Findings)
		}
	}
	both := readSeries(t, map[string]string{"a.csv": row(good), "b.json": `{"sysstat": {"hosts": [`})
	if !hasCode(both, "document-unreadable") || both.Workloads[1].Use.IsZero() {
		t.Errorf("a bad file beside a good one: %+v", both.Findings)
	}
}

// TestSeriesGoOn has one series in two files, as sysstat writes one a day.
func TestSeriesGoOn(t *testing.T) {
	text := long(15, time.Hour)
	half := len(text) / 2
	half += strings.IndexByte(text[half:], '\n') + 1
	whole := readSeries(t, map[string]string{"a.csv": text})
	parts := readSeries(t, map[string]string{"a.csv": text[:half], "b.csv": "machine,timestamp,metric,value,unit\n" + text[half:]})
	if whole.Workloads[1].Use != parts.Workloads[1].Use || len(parts.Sources) != 2 {
		t.Errorf("whole %+v, in parts %+v", whole.Workloads[1].Use, parts.Workloads[1].Use)
	}
}

func TestSeriesGolden(t *testing.T) {
	e := readSeries(t, map[string]string{"use.csv": long(2, time.Hour), "etatcivil.txt": "Linux 2.6.18 (etatcivil) \t11/02/26 \t_i686_\t(4 CPU)\n\n00:00:01        CPU     %idle\n00:10:01        all     90.00\n00:20:01        all     85.00\n"})
	var got bytes.Buffer
	if err := inventory.EncodeYAML(&got, e); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "series.golden.yaml")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := inventory.Decode[inventory.Estate](&got, "estate"); err != nil {
		t.Error(err)
	}
}

func TestOtherFilesAreNoSeries(t *testing.T) {
	for _, text := range []string{"", "machine;cpu_p95;cpu_max\n", "N° de série;Site\n", "<REQUEST>", `{"version":1,"hosts":[]}`, "[1,2]", "Linux is nice\n", "# comment\n", `{"27":{"hardware":{}}}`} {
		if usage.RecogniseSeries([]byte(text), "x") {
			t.Errorf("%q is taken for series", text)
		}
	}
}

func FuzzSeries(f *testing.F) {
	f.Add([]byte(long(1, 6*time.Hour)), "a.csv")
	f.Add([]byte("# hostname;interval;timestamp;CPU;%idle\nweb;600;2026-11-02 00:10:01 UTC;-1;50\n"), "a")
	f.Add([]byte("Linux 5 (web) \t11/02/26 \t_x86_64_\t(2 CPU)\n\n23:40:01 CPU %idle\n23:50:01 all 50\n00:00:01 all 50\n"), "a")
	f.Add([]byte("\"(PDH-CSV 4.0) (x)(-60)\",\"\\\\WEB\\Processor(_Total)\\% Processor Time\"\n\"11/02/2026 00:00:30\",\"5\"\n"), "a")
	f.Add([]byte("\"Date Time\",\"Date Time(RAW)\",\"Total\",\"Total(RAW)\"\n\"x\",\"46328.04\",\"10 %\",\"10\"\n"), "web.csv")
	f.Add([]byte(`[{"itemid":"1","clock":"1793577600","value":"10"},{"itemid":"1","key_":"system.cpu.util","hosts":[{"host":"web"}]}]`), "a")
	f.Add([]byte(`{"data":{"resultType":"matrix","result":[{"metric":{"instance":"web:1"},"values":[[1793577600,"0.1"]]}]}}`), "cpu")
	f.Add([]byte(`{"sysstat":{"hosts":[{"nodename":"web","statistics":[{"timestamp":{"date":"2026-11-02","time":"00:10:00","interval":600},"cpu-load":[{"cpu":"all","idle":90}]}]}]}}`), "a")
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		if name == "" || !fsValid(name) {
			return
		}
		s, err := usage.ReadSeries(t.Context(), []string{name}, usage.SeriesOptions{FS: fstest.MapFS{name: {Data: text}}, Zone: time.UTC})
		if err != nil {
			return
		}
		e := town()
		s.Enrich(e)
		for _, w := range e.Workloads {
			for _, l := range []inventory.Level{w.Use.CPU.Max, w.Use.Memory.Max} {
				if math.IsNaN(l.Value()) || l.Value() < 0 || l.Kind() == inventory.OfWhole && l.Value() > 100 {
					t.Errorf("a maximum of %s", l)
				}
			}
		}
		var out bytes.Buffer
		if err := inventory.EncodeYAML(&out, e); err != nil {
			t.Fatal(err)
		}
		if _, err := inventory.Decode[inventory.Estate](&out, "estate"); err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(e); err != nil {
			t.Fatal(err)
		}
	})
}
