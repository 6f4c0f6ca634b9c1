//! What holds at every policy version, and exactly where each version begins to differ from the one before.

#![allow(clippy::indexing_slicing)] // every text here holds exactly one workload

use check::{Inventory, PssVersion, Settings};
use checks::pss::{Level, Standing, assess};
use std::collections::BTreeSet;

const NEWEST: u32 = check::settings::NEWEST_MINOR;

fn standing(yaml: &str, version: PssVersion) -> (Standing, BTreeSet<&'static str>) {
    let file = testkit::parse("yaml", yaml);
    let inventory = Inventory::new([&file]);
    let report = assess(&inventory, &Settings { pss_version: version, ..Settings::default() });
    let workload = &report.namespaces[0].workloads[0];
    (workload.level, workload.blocked_by.iter().map(|control| control.control).collect())
}

/// The minor versions at which the standing changes, with what it changes to.
fn changes(yaml: &str) -> Vec<(u32, Standing)> {
    let mut found: Vec<(u32, Standing)> = Vec::new();
    for minor in 0..=NEWEST {
        let (now, _) = standing(yaml, PssVersion::Minor(minor));
        if found.last().is_none_or(|(_, before)| *before != now) {
            found.push((minor, now));
        }
    }
    let newest = standing(yaml, PssVersion::Latest).0;
    assert_eq!(found.last().map(|(_, now)| *now), Some(newest), "latest is not the newest:\n{yaml}");
    found
}

/// A pod that meets restricted at every version; `SPEC` and `CONTEXT` are places for more.
fn pod(spec: &str, context: &str) -> String {
    format!(
        "
apiVersion: v1
kind: Pod
metadata: {{name: it}}
spec:
  {spec}
  securityContext:
    runAsNonRoot: true
    seccompProfile: {{type: RuntimeDefault}}
    {context}
  initContainers:
    - name: setup
      image: example.com/setup:1.0
      securityContext: {{allowPrivilegeEscalation: false, capabilities: {{drop: [ALL]}}}}
  containers:
    - name: web
      image: example.com/web:1.0
      securityContext: {{allowPrivilegeEscalation: false, capabilities: {{drop: [ALL]}}}}
"
    )
}

use Standing::{Baseline, Privileged, Restricted};

#[test]
fn good_pods_are_good_at_every_version() {
    assert_eq!(changes(&pod("", "")), [(0, Restricted)]);
    assert_eq!(changes(&pod("os: {name: linux}", "")), [(0, Restricted)]);
    assert_eq!(changes(&pod("hostUsers: true", "runAsUser: 1")), [(0, Restricted)]);
}

#[test]
fn a_plain_pod_meets_baseline_at_every_version() {
    let plain =
        "{apiVersion: v1, kind: Pod, metadata: {name: it}, spec: {containers: [{name: web, image: 'x:1'}]}}";
    assert_eq!(changes(plain), [(0, Baseline)]);
    let of = |minor| standing(plain, PssVersion::Minor(minor)).1;
    assert_eq!(of(7), BTreeSet::from(["runAsNonRoot"]));
    assert_eq!(of(8), BTreeSet::from(["runAsNonRoot", "allowPrivilegeEscalation"]));
    let seccomp = BTreeSet::from(["runAsNonRoot", "allowPrivilegeEscalation", "seccompProfile_restricted"]);
    assert_eq!(of(19), seccomp);
    let all = BTreeSet::from([
        "runAsNonRoot",
        "allowPrivilegeEscalation",
        "seccompProfile_restricted",
        "capabilities_restricted",
    ]);
    assert_eq!(of(22), all);
    assert_eq!(of(NEWEST), all);
}

#[test]
fn a_windows_pod_needs_no_linux_settings_from_v1_25_on() {
    let windows = "{apiVersion: v1, kind: Pod, metadata: {name: it}, spec: {os: {name: windows},
      securityContext: {runAsNonRoot: true}, containers: [{name: web, image: 'x:1'}]}}";
    assert_eq!(changes(windows), [(0, Restricted), (8, Baseline), (25, Restricted)]);
    assert_eq!(changes(&windows.replace("windows", "Windows")), [(0, Restricted), (8, Baseline)]);
}

#[test]
fn root_is_refused_from_v1_23_on_and_taken_in_user_namespaces_from_v1_35_on() {
    assert_eq!(changes(&pod("", "runAsUser: 0")), [(0, Restricted), (23, Baseline)]);
    let own = pod("hostUsers: false", "runAsUser: 0");
    assert_eq!(changes(&own), [(0, Restricted), (23, Baseline), (35, Restricted)]);
    let root = own.replace("runAsNonRoot: true", "runAsNonRoot: false");
    assert_eq!(changes(&root), [(0, Baseline), (35, Restricted)]);
}

#[test]
fn proc_masks_may_come_off_in_user_namespaces_under_baseline_from_v1_35_on() {
    let unmasked = |spec: &str| {
        pod(spec, "").replace("securityContext: {allow", "securityContext: {procMount: Unmasked, allow")
    };
    assert_eq!(changes(&unmasked("")), [(0, Privileged)]);
    assert_eq!(changes(&unmasked("hostUsers: false")), [(0, Privileged), (35, Baseline)]);
}

#[test]
fn sysctls_selinux_types_and_probe_hosts_have_their_versions() {
    for (name, since) in [
        ("net.ipv4.ip_local_reserved_ports", 27),
        ("net.ipv4.tcp_fin_timeout", 29),
        ("net.ipv4.tcp_wmem", 32),
        ("net.ipv4.tcp_slow_start_after_idle", 37),
    ] {
        let yaml = pod("", &format!("sysctls: [{{name: {name}, value: '1'}}]"));
        assert_eq!(changes(&yaml), [(0, Privileged), (since, Restricted)], "{name}");
    }
    let engine = pod("", "seLinuxOptions: {type: container_engine_t}");
    assert_eq!(changes(&engine), [(0, Privileged), (31, Restricted)]);
    let probe = pod("", "").replace(
        "image: example.com/web:1.0",
        "image: x:1\n      livenessProbe: {tcpSocket: {host: 127.0.0.1, port: 1}}",
    );
    assert_eq!(changes(&probe), [(0, Restricted), (34, Privileged)]);
}

#[test]
fn seccomp_moves_from_annotations_to_fields_with_v1_19() {
    let annotated = pod("", "").replace(
        "{name: it}",
        "{name: it, annotations: {container.seccomp.security.alpha.kubernetes.io/setup: unconfined}}",
    );
    assert_eq!(changes(&annotated), [(0, Privileged), (19, Restricted)]);
    let field = pod("", "").replace("RuntimeDefault", "Unconfined");
    assert_eq!(changes(&field), [(0, Restricted), (19, Privileged)]);
}

#[test]
fn added_capabilities_leave_restricted_with_v1_22() {
    let chown = pod("", "").replace("drop: [ALL]", "drop: [ALL], add: [CHOWN]");
    assert_eq!(changes(&chown), [(0, Restricted), (22, Baseline)]);
    let bind = pod("", "").replace("drop: [ALL]", "drop: [ALL], add: [NET_BIND_SERVICE]");
    assert_eq!(changes(&bind), [(0, Restricted)]);
    let raw = pod("", "").replace("drop: [ALL]", "drop: [ALL], add: [NET_RAW]");
    assert_eq!(changes(&raw), [(0, Privileged)]);
}

#[test]
fn every_forbidden_volume_type_counts_at_every_version() {
    for kind in [
        "awsElasticBlockStore",
        "azureDisk",
        "azureFile",
        "cephfs",
        "cinder",
        "fc",
        "flexVolume",
        "flocker",
        "gcePersistentDisk",
        "gitRepo",
        "glusterfs",
        "iscsi",
        "nfs",
        "photonPersistentDisk",
        "portworxVolume",
        "quobyte",
        "rbd",
        "scaleIO",
        "storageos",
        "vsphereVolume",
    ] {
        let yaml = pod(&format!("volumes: [{{name: v, {kind}: {{x: y}}}}]"), "");
        assert_eq!(changes(&yaml), [(0, Baseline)], "{kind}");
    }
    assert_eq!(changes(&pod("volumes: [{name: v, hostPath: {path: /}}]", "")), [(0, Privileged)]);
    assert_eq!(
        changes(&pod("volumes: [{name: v}, {name: w, image: {reference: x}}]", "")),
        [(0, Restricted)]
    );
    assert_eq!(Level::ALL.len(), 3);
}
