package vsphere_test

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	user     = "auditor@vsphere.local"
	password = "s3cret-of-the-town"
)

// serve starts a model as a vCenter or ESXi host that speaks TLS and knows one
// account.
func serve(t testing.TB, m *simulator.Model) *simulator.Server {
	t.Helper()
	m.Service.TLS = new(tls.Config)
	m.Service.RegisterEndpoints = true // of the REST API, which has the tags
	m.Service.Listen = &url.URL{User: url.UserPassword(user, password)}
	s := m.Service.NewServer()
	t.Cleanup(func() {
		s.Close()
		m.Remove()
	})
	return s
}

// vcenter is an estate of 9 hosts and 40 VMs that holds one of each thing
// that a collection has to recognise.
func vcenter(t testing.TB) *simulator.Server {
	t.Helper()
	m := simulator.VPX()
	m.ClusterHost, m.Host, m.Pool, m.Datastore, m.Machine = 8, 1, 1, 2, 20
	if err := m.Create(); err != nil {
		t.Fatal(err)
	}
	setHosts(m.Map())
	setStores(m.Map())
	setGuests(m.Map())
	setSettings(m.Map())
	s := serve(t, m)
	setCluster(t, s)
	return s
}

// all lists the objects of a kind by name.
func all[T mo.Entity](r *simulator.Registry, kind string) []T {
	var list []T
	for _, e := range r.All(kind) {
		list = append(list, e.(T))
	}
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(a.Entity().Name, b.Entity().Name) })
	return list
}

// setHosts makes two enclosures of four blades and one rack server of them.
func setHosts(r *simulator.Registry) {
	for i, h := range all[*simulator.HostSystem](r, "HostSystem") {
		n := i + 1
		serial, enclosure, model := fmt.Sprintf("CZJ31%03d", n), "CZ31-ENC-A", "ProLiant BL460c Gen9"
		name := fmt.Sprintf("esx%d.mulhouse.example", n)
		switch {
		case n == 9: // "DC0_H0", the standalone host
			name, model, enclosure = "192.0.2.9", "ProLiant DL380 Gen9", serial
		case n > 4:
			enclosure = "CZ31-ENC-B"
		}
		h.Name = name
		h.Summary.Config.Name = name
		h.Summary.Hardware = &types.HostHardwareSummary{
			Vendor: "HPE", Model: model, Uuid: fmt.Sprintf("30313436-3631-5a43-4a33-3130000000%02d", n),
			CpuModel: "Intel(R) Xeon(R) CPU E5-2680 v3 @ 2.50GHz", CpuMhz: 2497, NumCpuPkgs: 2, NumCpuCores: 24, NumCpuThreads: 48,
			MemorySize: 256 << 30,
			OtherIdentifyingInfo: []types.HostSystemIdentificationInfo{
				identifier("SerialNumberTag", serial+"  "), identifier("EnclosureSerialNumberTag", enclosure), identifier("AssetTag", "none"),
			},
		}
		h.Summary.QuickStats = types.HostListSummaryQuickStats{OverallCpuUsage: int32(5000 + 100*n), OverallMemoryUsage: int32(100000 + n)}
		h.Config.PowerSystemInfo = &types.PowerSystemInfo{CurrentPolicy: types.HostPowerPolicy{Key: 2, ShortName: "dynamic"}}
		h.Runtime.InMaintenanceMode = n == 7
		if n == 8 {
			h.Runtime.ConnectionState = types.HostSystemConnectionStateDisconnected
		}
	}
}

func identifier(key, text string) types.HostSystemIdentificationInfo {
	return types.HostSystemIdentificationInfo{IdentifierValue: text, IdentifierType: &types.ElementDescription{Key: key}}
}

// setStores leaves LocalDS_0 to all hosts and LocalDS_1 to the rack server.
func setStores(r *simulator.Registry) {
	for _, d := range all[*simulator.Datastore](r, "Datastore") {
		d.Summary.MultipleHostAccess = types.NewBool(d.Name == "LocalDS_0")
		d.Summary.Capacity, d.Summary.FreeSpace = 4<<40, 1<<40
		if d.Name != "LocalDS_0" {
			hosts := all[*simulator.HostSystem](r, "HostSystem")
			i := slices.IndexFunc(hosts, func(h *simulator.HostSystem) bool { return h.Name == "192.0.2.9" })
			d.Host = slices.DeleteFunc(d.Host, func(m types.DatastoreHostMount) bool { return m.Key != hosts[i].Self })
		}
	}
}

// setGuests gives the first VMs of the cluster, in order of name, each a
// peculiarity of its own. All VMs get plausible sizes.
func setGuests(r *simulator.Registry) {
	special := guestKinds()
	inCluster := 0
	for _, vm := range all[*simulator.VirtualMachine](r, "VirtualMachine") {
		vm.Config.Hardware.NumCPU, vm.Config.Hardware.MemoryMB = 4, 8192
		vm.Summary.QuickStats = types.VirtualMachineQuickStats{OverallCpuUsage: 400, HostMemoryUsage: 6000}
		vm.Summary.Storage = &types.VirtualMachineStorageSummary{Committed: 20 << 30, Uncommitted: 5 << 30}
		vm.Guest.GuestFullName = ""
		local := vm.Name[:6] == "DC0_H0"
		setDisk(r, vm, local)
		if local || inCluster >= len(special) {
			continue
		}
		k := special[inCluster]
		inCluster++
		vm.Name = k.name
		if k.set != nil {
			k.set(r, vm)
		}
	}
}

// setDisk lays the VM's disk of 10 GiB on the shared or the local datastore.
func setDisk(r *simulator.Registry, vm *simulator.VirtualMachine, local bool) {
	stores := all[*simulator.Datastore](r, "Datastore")
	store := stores[0]
	if local {
		store = stores[1]
	}
	vm.Datastore = []types.ManagedObjectReference{store.Self}
	vm.Config.Files.VmPathName = "[" + store.Name + "] " + vm.Name + "/" + vm.Name + ".vmx"
	for _, d := range vm.Config.Hardware.Device {
		if drive, ok := d.(*types.VirtualCdrom); ok {
			drive.Connectable = new(types.VirtualDeviceConnectInfo) // the simulator leaves it connected
		}
		disk, ok := d.(*types.VirtualDisk)
		if !ok {
			continue
		}
		disk.CapacityInKB, disk.CapacityInBytes = 10<<20, 10<<30
		disk.Backing = &types.VirtualDiskFlatVer2BackingInfo{VirtualDeviceFileBackingInfo: types.VirtualDeviceFileBackingInfo{
			FileName: "[" + store.Name + "] " + vm.Name + "/disk.vmdk", Datastore: &store.Self,
		}}
	}
}

// setSettings sets what the simulator does not let administrators set:
// admission control, DPM, and a power sensor in each host.
func setSettings(r *simulator.Registry) {
	config := all[*simulator.ClusterComputeResource](r, "ClusterComputeResource")[0].ConfigurationEx.(*types.ClusterConfigInfoEx)
	config.DasConfig.AdmissionControlPolicy = &types.ClusterFailoverResourcesAdmissionControlPolicy{
		CpuFailoverResourcesPercent: 25, MemoryFailoverResourcesPercent: 30, FailoverLevel: 2,
	}
	config.DpmConfigInfo = &types.ClusterDpmConfigInfo{Enabled: types.NewBool(true)}
	for _, m := range r.AllReference("PerformanceManager") {
		r.Put(&meter{m.(*simulator.PerformanceManager)})
	}
}

// setCluster sets HA, DRS, rules and overrides, as an administrator would.
func setCluster(t testing.TB, s *simulator.Server) {
	t.Helper()
	ctx := t.Context()
	c, err := govmomi.NewClient(ctx, s.URL, true)
	if err != nil {
		t.Fatal(err)
	}
	vms, hosts, cluster := references(t, c)
	rule := func(key int32, info types.BaseClusterRuleInfo, name string, enabled bool) types.ClusterRuleSpec {
		head := info.GetClusterRuleInfo()
		head.Key, head.Name, head.Enabled = key, name, &enabled
		return types.ClusterRuleSpec{ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}, Info: info}
	}
	group := func(info types.BaseClusterGroupInfo) types.ClusterGroupSpec {
		return types.ClusterGroupSpec{ArrayUpdateSpec: types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}, Info: info}
	}
	hostRule := func(affine, anti string, must bool) *types.ClusterVmHostRuleInfo {
		return &types.ClusterVmHostRuleInfo{
			ClusterRuleInfo: types.ClusterRuleInfo{Mandatory: &must},
			VmGroupName:     "oracle", AffineHostGroupName: affine, AntiAffineHostGroupName: anti,
		}
	}
	yes := types.NewBool(true)
	add := types.ArrayUpdateSpec{Operation: types.ArrayUpdateOperationAdd}
	spec := &types.ClusterConfigSpecEx{
		DasConfig: &types.ClusterDasConfigInfo{Enabled: yes, AdmissionControlEnabled: yes},
		DasVmConfigSpec: []types.ClusterDasVmConfigSpec{{ArrayUpdateSpec: add, Info: &types.ClusterDasVmConfigInfo{
			Key: vms["web"], DasSettings: &types.ClusterDasVmSettings{RestartPriority: "highest"},
		}}},
		DrsVmConfigSpec: []types.ClusterDrsVmConfigSpec{
			{ArrayUpdateSpec: add, Info: &types.ClusterDrsVmConfigInfo{Key: vms["web"], Enabled: types.NewBool(false)}},
			{ArrayUpdateSpec: add, Info: &types.ClusterDrsVmConfigInfo{Key: vms["dc2"], Behavior: types.DrsBehaviorManual}},
			{ArrayUpdateSpec: add, Info: &types.ClusterDrsVmConfigInfo{Key: vms["cache"], Behavior: types.DrsBehaviorPartiallyAutomated}},
		},
		DrsConfig: &types.ClusterDrsConfigInfo{Enabled: yes, DefaultVmBehavior: types.DrsBehaviorPartiallyAutomated},
		GroupSpec: []types.ClusterGroupSpec{
			group(&types.ClusterVmGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "oracle"}, Vm: []types.ManagedObjectReference{vms["oracle-1"], vms["oracle-2"]}}),
			group(&types.ClusterHostGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "licensed"}, Host: []types.ManagedObjectReference{hosts["esx1.mulhouse.example"], hosts["esx2.mulhouse.example"]}}),
			group(&types.ClusterHostGroup{ClusterGroupInfo: types.ClusterGroupInfo{Name: "empty"}}),
		},
		RulesSpec: []types.ClusterRuleSpec{
			rule(1, &types.ClusterAntiAffinityRuleSpec{Vm: []types.ManagedObjectReference{vms["dc1.mulhouse.example"], vms["dc2"]}}, "DCs apart", true),
			rule(2, &types.ClusterAffinityRuleSpec{Vm: []types.ManagedObjectReference{vms["web"], vms["cache"]}}, "web with cache", true),
			rule(3, &types.ClusterAntiAffinityRuleSpec{Vm: []types.ManagedObjectReference{vms["web"], vms["dc2"]}}, "old", false),
			rule(4, hostRule("licensed", "", true), "oracle must", true),
			rule(5, hostRule("", "licensed", false), "oracle should not", true),
			rule(6, hostRule("empty", "", true), "oracle nowhere", true),
			rule(7, &types.ClusterAffinityRuleSpec{Vm: []types.ManagedObjectReference{vms["web"], {Type: "VirtualMachine", Value: "vm-gone"}}}, "half gone", true),
			rule(8, &types.ClusterDependencyRuleInfo{VmGroup: "oracle", DependsOnVmGroup: "oracle"}, "start order", true),
		},
	}
	task, err := object.NewClusterComputeResource(c.Client, cluster).Reconfigure(ctx, spec, true)
	if err == nil {
		err = task.Wait(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	setAttribute(t, c, vms["web"])
}

func references(t testing.TB, c *govmomi.Client) (vms, hosts map[string]types.ManagedObjectReference, cluster types.ManagedObjectReference) {
	t.Helper()
	vms, hosts = map[string]types.ManagedObjectReference{}, map[string]types.ManagedObjectReference{}
	view, err := methods.CreateContainerView(t.Context(), c, &types.CreateContainerView{
		This: *c.ServiceContent.ViewManager, Container: c.ServiceContent.RootFolder, Recursive: true,
		Type: []string{"VirtualMachine", "HostSystem", "ClusterComputeResource"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var v mo.ContainerView
	if err := c.RetrieveOne(t.Context(), view.Returnval, []string{"view"}, &v); err != nil {
		t.Fatal(err)
	}
	var entities []mo.ManagedEntity
	if err := c.Retrieve(t.Context(), v.View, []string{"name"}, &entities); err != nil {
		t.Fatal(err)
	}
	for _, e := range entities {
		switch e.Self.Type {
		case "VirtualMachine":
			vms[e.Name] = e.Self
		case "HostSystem":
			hosts[e.Name] = e.Self
		default:
			cluster = e.Self
		}
	}
	return vms, hosts, cluster
}

func setAttribute(t testing.TB, c *govmomi.Client, vm types.ManagedObjectReference) {
	t.Helper()
	m, err := object.GetCustomFieldsManager(c.Client)
	if err != nil {
		t.Fatal(err)
	}
	def, err := m.Add(t.Context(), "Service", "VirtualMachine", nil, nil)
	if err == nil {
		err = m.Set(t.Context(), vm, def.Key, "État civil")
	}
	if err != nil {
		t.Fatal(err)
	}
}
