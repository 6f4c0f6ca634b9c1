//! Pod Security, control by control: every allowed and every forbidden value at every place, at the policy
//! versions at which anything changed, must break exactly the control it should and no other.

use check::{Check, PssVersion, Settings};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Versions at which the smallest valid pod changes, and the ones before.
const VERSIONS: [u32; 13] = [0, 7, 8, 18, 19, 21, 22, 23, 24, 25, 34, 35, NEWEST];

const NEWEST: u32 = check::settings::NEWEST_MINOR;

const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];

/// One fixture: what it sets in the smallest valid pod, and from which version up to which it must be refused.
struct Case {
    control: &'static str,
    restricted: bool,
    refused: std::ops::Range<u32>,
    sets: Vec<(String, Value)>,
    /// Controls that the same fixture can't help but break.
    also: &'static [&'static str],
}

const NEVER: std::ops::Range<u32> = 0..0;
const ALWAYS: std::ops::Range<u32> = 0..u32::MAX;

#[derive(Default)]
struct Table(Vec<Case>);

impl Table {
    fn add(
        &mut self,
        control: &'static str,
        refused: std::ops::Range<u32>,
        sets: impl IntoIterator<Item = (String, Value)>,
    ) {
        let restricted = checks::pss::CONTROLS
            .iter()
            .any(|c| c.name == control && c.level == checks::pss::Level::Restricted);
        self.0.push(Case { control, restricted, refused, sets: sets.into_iter().collect(), also: &[] });
    }

    /// The same field in each kind of container.
    fn containers(
        &mut self,
        control: &'static str,
        refused: std::ops::Range<u32>,
        field: &str,
        value: &Value,
    ) {
        for kind in CONTAINERS {
            let path = format!("spec/{kind}/0/{field}");
            self.add(control, refused.clone(), [(path, value.clone())]);
        }
    }

    /// The same field of the security context of the pod and of each kind of container.
    fn contexts(&mut self, control: &'static str, refused: std::ops::Range<u32>, field: &str, value: &Value) {
        self.add(control, refused.clone(), [(format!("spec/securityContext/{field}"), value.clone())]);
        self.containers(control, refused, &format!("securityContext/{field}"), value);
    }
}

fn set(node: &mut Value, path: &str, value: Value) {
    let (key, rest) = path.split_once('/').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let key = key.replace("~1", "/");
    let child = if let Ok(index) = key.parse::<usize>() {
        if !node.is_array() {
            *node = json!([]);
        }
        let items = node.as_array_mut().unwrap();
        while items.len() <= index {
            items.push(json!({}));
        }
        &mut items[index]
    } else {
        if !node.is_object() {
            *node = json!({});
        }
        node.as_object_mut().unwrap().entry(key).or_insert(Value::Null)
    };
    match rest {
        Some(rest) => set(child, rest, value),
        None => *child = value,
    }
}

/// The smallest pod that is valid at a level and version; ephemeral containers only if asked for.
fn base(restricted: bool, version: u32, ephemeral: bool) -> Value {
    let mut pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "it"}, "spec": {}});
    for kind in CONTAINERS {
        if kind == "ephemeralContainers" && !ephemeral {
            continue;
        }
        let mut container = json!({"name": kind.to_lowercase(), "image": "registry.example.com/it:1.0"});
        if restricted && version >= 8 {
            set(&mut container, "securityContext/allowPrivilegeEscalation", json!(false));
        }
        if restricted && version >= 22 {
            set(&mut container, "securityContext/capabilities/drop", json!(["ALL"]));
        }
        pod["spec"][kind] = json!([container]);
    }
    if restricted {
        set(&mut pod, "spec/securityContext/runAsNonRoot", json!(true));
        if version >= 19 {
            set(&mut pod, "spec/securityContext/seccompProfile/type", json!("RuntimeDefault"));
        }
    }
    pod
}

/// The pod as it is, or as the template of a controller.
fn wrap(pod: &Value, turn: usize) -> Value {
    let mut template = Map::new();
    template.insert("metadata".into(), pod["metadata"].clone());
    template.insert("spec".into(), pod["spec"].clone());
    let head = |version: &str, kind: &str, spec: Value| json!({"apiVersion": version, "kind": kind, "metadata": {"name": "it"}, "spec": spec});
    match turn % 9 {
        1 => head("apps/v1", "Deployment", json!({"selector": {}, "template": template})),
        2 => head("batch/v1", "CronJob", json!({"jobTemplate": {"spec": {"template": template}}})),
        3 => head("v1", "ReplicationController", json!({"template": template})),
        4 => {
            json!({"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "it"}, "template": template})
        }
        5 => json!({"apiVersion": "v1", "kind": "List", "items": [pod]}),
        6 => head("apps/v1", "StatefulSet", json!({"selector": {}, "template": template})),
        7 => head("batch/v1", "Job", json!({"template": template})),
        8 => head("apps/v1", "DaemonSet", json!({"selector": {}, "template": template})),
        _ => pod.clone(),
    }
}

fn rules() -> Vec<&'static Check> {
    checks::all().filter(|c| c.meta.controls.iter().any(|r| r.starts_with("pss:"))).collect()
}

/// Controls that a pod breaks at a level or below, and what could not be judged.
fn broken(
    rules: &[&'static Check],
    pod: &Value,
    version: PssVersion,
    restricted: bool,
) -> (BTreeSet<String>, Vec<String>) {
    let settings = Settings { pss_version: version, ..Settings::default() };
    let verdicts = testkit::judge(rules, "json", &pod.to_string(), &settings);
    let mut controls = BTreeSet::new();
    for finding in &verdicts.findings {
        for reference in finding.rule.controls {
            let Some((level, control)) = reference.strip_prefix("pss:").and_then(|r| r.split_once('/'))
            else {
                continue;
            };
            if level == "baseline" || restricted {
                controls.insert(control.to_owned());
            }
        }
    }
    (controls, verdicts.gaps.iter().map(|g| g.reason.to_string()).collect())
}

/// The control that says more about the same at the other level: one can hardly be broken without the other.
fn mate(control: &str) -> &'static str {
    match control {
        "capabilities_baseline" => "capabilities_restricted",
        "capabilities_restricted" => "capabilities_baseline",
        "hostPathVolumes" => "restrictedVolumes",
        "restrictedVolumes" => "hostPathVolumes",
        "procMount" => "procMount_restricted",
        "procMount_restricted" => "procMount",
        "seccompProfile_baseline" => "seccompProfile_restricted",
        "seccompProfile_restricted" => "seccompProfile_baseline",
        _ => "",
    }
}

fn prove(table: Table) {
    let rules = rules();
    let mut wrong = Vec::new();
    let mut runs = 0;
    assert!(!table.0.is_empty());
    for (turn, case) in table.0.iter().enumerate() {
        let ephemeral = case.sets.iter().any(|(path, _)| path.contains("ephemeral"));
        let levels: &[bool] = if case.restricted { &[true] } else { &[false, true] };
        let edges = [case.refused.start, case.refused.end].map(|v| [v.saturating_sub(1), v]);
        let edges = edges.into_iter().flatten().filter(|v| *v <= NEWEST);
        let versions: BTreeSet<u32> = VERSIONS.into_iter().chain(edges).collect();
        for (restricted, minor) in levels.iter().flat_map(|l| versions.iter().map(move |v| (*l, *v))) {
            let mut pod = base(restricted, minor, ephemeral);
            for (path, value) in &case.sets {
                set(&mut pod, path, value.clone());
            }
            let latest = (minor == NEWEST).then_some(PssVersion::Latest);
            for version in [Some(PssVersion::Minor(minor)), latest].into_iter().flatten() {
                runs += 1;
                let (mut found, gaps) =
                    broken(&rules, &wrap(&pod, turn + minor as usize), version, restricted);
                found.retain(|control| {
                    !(restricted && control == mate(case.control)) && !case.also.contains(&control.as_str())
                });
                let wanted: BTreeSet<_> = if case.refused.contains(&minor) {
                    BTreeSet::from([case.control.to_owned()])
                } else {
                    BTreeSet::new()
                };
                if found != wanted || !gaps.is_empty() {
                    wrong.push(format!(
                        "{} {} {version} {:?}: found {found:?}, wanted {wanted:?}, gaps {gaps:?}",
                        case.control,
                        if restricted { "restricted" } else { "baseline" },
                        case.sets
                    ));
                }
            }
        }
    }
    println!("{} cases, {runs} runs", table.0.len());
    assert!(wrong.is_empty(), "{} of {runs} runs are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn at(path: &str, value: Value) -> Vec<(String, Value)> {
    vec![(path.to_owned(), value)]
}

#[test]
fn the_smallest_pods_are_valid() {
    let mut table = Table::default();
    table.add("privileged", NEVER, []);
    table.add("runAsNonRoot", NEVER, []);
    prove(table);
}

#[test]
fn host_namespaces() {
    let mut table = Table::default();
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        table.add("hostNamespaces", ALWAYS, at(&format!("spec/{field}"), json!(true)));
        table.add("hostNamespaces", NEVER, at(&format!("spec/{field}"), json!(false)));
        table.add("hostNamespaces", NEVER, at(&format!("spec/{field}"), Value::Null));
    }
    let all = ["hostNetwork", "hostPID", "hostIPC"].map(|f| (format!("spec/{f}"), json!(true)));
    table.add("hostNamespaces", ALWAYS, all);
    table.add("hostNamespaces", NEVER, at("spec/shareProcessNamespace", json!(true)));
    table.add("hostNamespaces", NEVER, at("spec/hostUsers", json!(true)));
    prove(table);
}

#[test]
fn host_ports() {
    let mut table = Table::default();
    let port = |number: Value| json!([{"containerPort": 80}, {"containerPort": 8080, "hostPort": number}]);
    table.containers("hostPorts", ALWAYS, "ports", &port(json!(8080)));
    table.containers(
        "hostPorts",
        ALWAYS,
        "ports",
        &json!([{"containerPort": 53, "hostPort": 1, "protocol": "UDP"}]),
    );
    table.containers("hostPorts", NEVER, "ports", &port(json!(0)));
    table.containers("hostPorts", NEVER, "ports", &port(Value::Null));
    table.containers("hostPorts", NEVER, "ports", &json!([{"containerPort": 80}]));
    table.containers("hostPorts", NEVER, "ports", &json!([{"containerPort": 80, "hostIP": "127.0.0.1"}]));
    table.containers("hostPorts", NEVER, "ports", &json!([]));
    prove(table);
}

#[test]
fn privileged_and_proc_mount() {
    let mut table = Table::default();
    table.containers("privileged", ALWAYS, "securityContext/privileged", &json!(true));
    table.containers("privileged", NEVER, "securityContext/privileged", &json!(false));
    table.containers("privileged", NEVER, "securityContext/privileged", &Value::Null);
    for kind in CONTAINERS {
        let path = format!("spec/{kind}/0/securityContext/procMount");
        for masked in [json!("Default"), Value::Null] {
            table.add("procMount", NEVER, at(&path, masked.clone()));
            table.add("procMount_restricted", NEVER, at(&path, masked));
        }
        for value in ["Unmasked", "default", "Other"] {
            let own = |host: bool| [(path.clone(), json!(value)), ("spec/hostUsers".to_owned(), json!(host))];
            table.add("procMount", ALWAYS, at(&path, json!(value)));
            table.add("procMount", ALWAYS, own(true));
            table.add("procMount", 0..35, own(false));
            table.add("procMount_restricted", 35..u32::MAX, own(false));
            table.add("procMount_restricted", 35..u32::MAX, own(true));
        }
    }
    prove(table);
}

#[test]
fn host_processes_of_windows() {
    let mut table = Table::default();
    let field = "windowsOptions/hostProcess";
    table.contexts("windowsHostProcess", ALWAYS, field, &json!(true));
    table.contexts("windowsHostProcess", NEVER, field, &json!(false));
    table.contexts("windowsHostProcess", NEVER, "windowsOptions", &json!({}));
    table.contexts("windowsHostProcess", NEVER, "windowsOptions", &json!({"runAsUserName": "ContainerUser"}));
    table.contexts("windowsHostProcess", NEVER, "windowsOptions", &Value::Null);
    // The API server asks for the host network beside it.
    for kind in CONTAINERS {
        let sets = [
            (format!("spec/{kind}/0/securityContext/{field}"), json!(true)),
            ("spec/hostNetwork".to_owned(), json!(true)),
        ];
        table.add("windowsHostProcess", ALWAYS, sets);
        table.0.last_mut().unwrap().also = &["hostNamespaces"];
    }
    prove(table);
}

const DEFAULT_CAPABILITIES: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

const OTHER_CAPABILITIES: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "DAC_READ_SEARCH",
    "IPC_LOCK",
    "IPC_OWNER",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "NET_ADMIN",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
    // Kubernetes compares names to the letter.
    "CAP_CHOWN",
    "chown",
    "CAP_NET_BIND_SERVICE",
    "net_bind_service",
    "NET_BIND_SERVICE ",
    "bogus",
];

#[test]
fn added_capabilities() {
    let mut table = Table::default();
    let field = "securityContext/capabilities/add";
    table.containers("capabilities_baseline", NEVER, field, &json!(DEFAULT_CAPABILITIES));
    table.containers("capabilities_baseline", NEVER, field, &json!([]));
    table.containers("capabilities_baseline", NEVER, field, &Value::Null);
    table.containers("capabilities_restricted", NEVER, field, &json!(["NET_BIND_SERVICE"]));
    for name in OTHER_CAPABILITIES {
        table.containers("capabilities_baseline", ALWAYS, field, &json!([name]));
        table.containers("capabilities_restricted", 22..u32::MAX, field, &json!([name]));
        table.containers("capabilities_baseline", ALWAYS, field, &json!(["CHOWN", name]));
    }
    for name in DEFAULT_CAPABILITIES.iter().filter(|n| **n != "NET_BIND_SERVICE") {
        table.containers("capabilities_restricted", 22..u32::MAX, field, &json!([name]));
    }
    prove(table);
}

#[test]
fn dropped_capabilities() {
    let mut table = Table::default();
    let field = "securityContext/capabilities/drop";
    let since = 22..u32::MAX;
    let each: Vec<_> =
        DEFAULT_CAPABILITIES.iter().chain(OTHER_CAPABILITIES).filter(|name| **name != "ALL").collect();
    for value in
        [json!([]), Value::Null, json!(each), json!(["all"]), json!(["CAP_ALL"]), json!(["SYS_TIME"])]
    {
        table.containers("capabilities_restricted", since.clone(), field, &value);
    }
    table.containers("capabilities_restricted", since.clone(), "securityContext/capabilities", &json!({}));
    table.containers("capabilities_restricted", since, "securityContext/capabilities", &Value::Null);
    for value in [json!(["ALL"]), json!(["SYS_TIME", "ALL"]), json!(["ALL", "NET_RAW", "CAP_CHOWN"])] {
        table.containers("capabilities_restricted", NEVER, field, &value);
    }
    prove(table);
}

#[test]
fn privilege_escalation() {
    let mut table = Table::default();
    let field = "securityContext/allowPrivilegeEscalation";
    table.containers("allowPrivilegeEscalation", 8..u32::MAX, field, &json!(true));
    table.containers("allowPrivilegeEscalation", 8..u32::MAX, field, &Value::Null);
    table.containers("allowPrivilegeEscalation", NEVER, field, &json!(false));
    prove(table);
}

#[test]
fn se_linux() {
    let mut table = Table::default();
    for kind in ["", "container_t", "container_init_t", "container_kvm_t"] {
        table.contexts("seLinuxOptions", NEVER, "seLinuxOptions/type", &json!(kind));
    }
    table.contexts("seLinuxOptions", 0..31, "seLinuxOptions/type", &json!("container_engine_t"));
    for kind in ["spc_t", "unconfined_t", "Container_t", "container_engine", "somevalue"] {
        table.contexts("seLinuxOptions", ALWAYS, "seLinuxOptions/type", &json!(kind));
    }
    for field in ["user", "role"] {
        table.contexts("seLinuxOptions", ALWAYS, &format!("seLinuxOptions/{field}"), &json!("system_u"));
        table.contexts("seLinuxOptions", NEVER, &format!("seLinuxOptions/{field}"), &json!(""));
    }
    table.contexts("seLinuxOptions", NEVER, "seLinuxOptions", &json!({}));
    table.contexts("seLinuxOptions", NEVER, "seLinuxOptions", &Value::Null);
    table.contexts("seLinuxOptions", NEVER, "seLinuxOptions", &json!({"level": "s0:c123,c456"}));
    table.contexts("seLinuxOptions", ALWAYS, "seLinuxOptions", &json!({"type": "container_t", "user": "u"}));
    prove(table);
}

#[test]
fn app_armor() {
    let mut table = Table::default();
    let control = "appArmorProfile";
    for name in ["containers", "initcontainers", "ephemeralcontainers", "nobody"] {
        let key = format!("metadata/annotations/container.apparmor.security.beta.kubernetes.io~1{name}");
        for value in ["", "runtime/default", "localhost/", "localhost/x"] {
            table.add(control, NEVER, at(&key, json!(value)));
        }
        for value in ["unconfined", "runtime/other", "localhost", "bogus", "docker/default"] {
            table.add(control, ALWAYS, at(&key, json!(value)));
        }
    }
    table.add(control, NEVER, at("metadata/annotations/apparmor.example.com~1x", json!("unconfined")));
    for value in [json!({"type": "RuntimeDefault"}), json!({"type": "Localhost", "localhostProfile": "x"})] {
        table.contexts(control, NEVER, "appArmorProfile", &value);
    }
    table.contexts(control, NEVER, "appArmorProfile", &Value::Null);
    for value in ["Unconfined", "unconfined", "Other", ""] {
        table.contexts(control, ALWAYS, "appArmorProfile", &json!({"type": value}));
    }
    prove(table);
}

#[test]
fn seccomp_of_baseline() {
    let mut table = Table::default();
    let control = "seccompProfile_baseline";
    for (value, refused) in [
        (json!({"type": "RuntimeDefault"}), NEVER),
        (json!({"type": "Localhost", "localhostProfile": "x.json"}), NEVER),
        (json!({"type": "Unconfined"}), 19..u32::MAX),
        (json!({"type": "runtime/default"}), 19..u32::MAX),
    ] {
        table.contexts(control, refused, "seccompProfile", &value);
    }
    let prefix = "metadata/annotations/";
    let mut keys = vec![format!("{prefix}seccomp.security.alpha.kubernetes.io~1pod")];
    for name in ["containers", "initcontainers"] {
        keys.push(format!("{prefix}container.seccomp.security.alpha.kubernetes.io~1{name}"));
    }
    for key in keys {
        for value in ["runtime/default", "docker/default", "localhost/", "localhost/x"] {
            table.add(control, NEVER, at(&key, json!(value)));
        }
        for value in ["unconfined", "localhost", "other"] {
            table.add(control, 0..19, at(&key, json!(value)));
        }
    }
    prove(table);
}

#[test]
fn seccomp_of_restricted() {
    let mut table = Table::default();
    let control = "seccompProfile_restricted";
    let since = 19..u32::MAX;
    let of_pod = "spec/securityContext/seccompProfile";
    let of = |kind: &str| format!("spec/{kind}/0/securityContext/seccompProfile");
    let good = json!({"type": "RuntimeDefault"});
    let own = json!({"type": "Localhost", "localhostProfile": "x.json"});
    let bad = json!({"type": "Unconfined"});
    table.add(control, since.clone(), at(of_pod, Value::Null));
    table.add(control, since.clone(), at(of_pod, bad.clone()));
    table.add(control, NEVER, at(of_pod, own.clone()));
    for kind in CONTAINERS {
        table.add(control, since.clone(), at(&of(kind), bad.clone()));
        table.add(control, NEVER, at(&of(kind), own.clone()));
    }
    let each = |of_all: [&Value; 2], pod: &Value| {
        vec![
            (of_pod.to_owned(), pod.clone()),
            (of("containers"), of_all[0].clone()),
            (of("initContainers"), of_all[1].clone()),
        ]
    };
    let none = Value::Null;
    table.add(control, NEVER, each([&good, &own], &none));
    table.add(control, since.clone(), each([&good, &none], &none));
    table.add(control, since.clone(), each([&none, &own], &none));
    // A bad profile of the pod is refused though every container has a good one.
    table.add(control, since.clone(), each([&good, &good], &bad));
    let mut with_ephemeral = each([&good, &good], &none);
    with_ephemeral.push((of("ephemeralContainers"), none.clone()));
    table.add(control, since, with_ephemeral);
    prove(table);
}

#[test]
fn run_as_non_root() {
    let mut table = Table::default();
    let control = "runAsNonRoot";
    let of_pod = "spec/securityContext/runAsNonRoot".to_owned();
    let of = |kind: &str| format!("spec/{kind}/0/securityContext/runAsNonRoot");
    let host = |on: bool| ("spec/hostUsers".to_owned(), json!(on));
    let (yes, no, none) = (json!(true), json!(false), Value::Null);
    let all = |pod: &Value, one: &Value, two: &Value| {
        vec![
            (of_pod.clone(), pod.clone()),
            (of("containers"), one.clone()),
            (of("initContainers"), two.clone()),
        ]
    };
    for sets in [all(&yes, &none, &none), all(&none, &yes, &yes), all(&yes, &yes, &none)] {
        table.add(control, NEVER, sets);
    }
    for sets in [
        all(&none, &none, &none),
        all(&no, &none, &none),
        all(&no, &yes, &yes),
        all(&none, &yes, &none),
        all(&none, &none, &yes),
        all(&yes, &no, &none),
        all(&yes, &none, &no),
    ] {
        table.add(control, ALWAYS, sets.clone());
        table.add(control, ALWAYS, sets.clone().into_iter().chain([host(true)]));
        table.add(control, 0..35, sets.into_iter().chain([host(false)]));
    }
    table.add(control, ALWAYS, at(&of("ephemeralContainers"), no));
    // A user that is not root is no promise.
    let user = ("spec/securityContext/runAsUser".to_owned(), json!(1000));
    table.add(control, ALWAYS, all(&none, &none, &none).into_iter().chain([user]));
    prove(table);
}

#[test]
fn run_as_user() {
    let mut table = Table::default();
    table.contexts("runAsUser", 23..u32::MAX, "runAsUser", &json!(0));
    table.contexts("runAsUser", NEVER, "runAsUser", &json!(1));
    table.contexts("runAsUser", NEVER, "runAsUser", &json!(1000));
    table.contexts("runAsUser", NEVER, "runAsUser", &Value::Null);
    table.contexts("runAsUser", NEVER, "runAsGroup", &json!(0));
    let sets = |host: bool| {
        [("spec/securityContext/runAsUser".to_owned(), json!(0)), ("spec/hostUsers".to_owned(), json!(host))]
    };
    table.add("runAsUser", 23..35, sets(false));
    table.add("runAsUser", 23..u32::MAX, sets(true));
    prove(table);
}

#[test]
fn sysctls() {
    let mut table = Table::default();
    let path = "spec/securityContext/sysctls";
    for (name, until) in [
        ("kernel.shm_rmid_forced", 0),
        ("net.ipv4.ip_local_port_range", 0),
        ("net.ipv4.tcp_syncookies", 0),
        ("net.ipv4.ping_group_range", 0),
        ("net.ipv4.ip_unprivileged_port_start", 0),
        ("net.ipv4.ip_local_reserved_ports", 27),
        ("net.ipv4.tcp_keepalive_time", 29),
        ("net.ipv4.tcp_fin_timeout", 29),
        ("net.ipv4.tcp_keepalive_intvl", 29),
        ("net.ipv4.tcp_keepalive_probes", 29),
        ("net.ipv4.tcp_rmem", 32),
        ("net.ipv4.tcp_wmem", 32),
        ("kernel.msgmax", u32::MAX),
        ("othersysctl", u32::MAX),
        ("net.core.somaxconn", u32::MAX),
        ("fs.mqueue.msg_max", u32::MAX),
        ("net.ipv4.ip_forward", u32::MAX),
    ] {
        table.add("sysctls", 0..until, at(path, json!([{"name": name, "value": "1"}])));
        let two = json!([{"name": "net.ipv4.tcp_syncookies", "value": "1"}, {"name": name, "value": "1"}]);
        table.add("sysctls", 0..until, at(path, two));
    }
    table.add("sysctls", NEVER, at(path, json!([])));
    table.add("sysctls", NEVER, at(path, Value::Null));
    prove(table);
}

#[test]
fn volumes() {
    let mut table = Table::default();
    let path = "spec/volumes";
    for source in [
        json!({"configMap": {"name": "x"}}),
        json!({"csi": {"driver": "x"}}),
        json!({"downwardAPI": {"items": []}}),
        json!({"emptyDir": {}}),
        json!({"emptyDir": {"medium": "Memory"}}),
        json!({"ephemeral": {"volumeClaimTemplate": {"spec": {}}}}),
        json!({"image": {"reference": "example.com/x:1"}}),
        json!({"persistentVolumeClaim": {"claimName": "x"}}),
        json!({"projected": {"sources": []}}),
        json!({"secret": {"secretName": "x"}}),
        json!({}),
    ] {
        let mut volume = source;
        volume["name"] = json!("data");
        table.add("restrictedVolumes", NEVER, at(path, json!([volume])));
        table.add("hostPathVolumes", NEVER, at(path, json!([volume])));
        volume["hostPath"] = Value::Null;
        table.add("hostPathVolumes", NEVER, at(path, json!([volume])));
    }
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
        let volume = json!({"name": "data", kind: {}});
        table.add("restrictedVolumes", ALWAYS, at(path, json!([volume])));
        table.add(
            "restrictedVolumes",
            ALWAYS,
            at(path, json!([{"name": "a", "secret": {"secretName": "s"}}, volume])),
        );
        table.add("hostPathVolumes", NEVER, at(path, json!([volume])));
    }
    for source in [json!({}), json!({"path": ""}), json!({"path": "/data", "type": "Directory"})] {
        let volume = json!({"name": "data", "hostPath": source});
        table.add("hostPathVolumes", ALWAYS, at(path, json!([volume])));
        table.add("restrictedVolumes", ALWAYS, at(path, json!([{"name": "a", "emptyDir": {}}, volume])));
    }
    prove(table);
}

#[test]
fn hosts_of_probes_and_hooks() {
    let mut table = Table::default();
    let control = "hostProbesAndHostLifecycle";
    for place in
        ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle/postStart", "lifecycle/preStop"]
    {
        for action in ["httpGet", "tcpSocket"] {
            for kind in ["containers", "initContainers"] {
                let path = format!("spec/{kind}/0/{place}/{action}");
                let action = |host: Value| json!({"port": 80, "host": host});
                for host in ["127.0.0.1", "8.8.8.8", "localhost", "::1", "bad.host"] {
                    table.add(control, 34..u32::MAX, at(&path, action(json!(host))));
                }
                for host in [json!(""), Value::Null] {
                    table.add(control, NEVER, at(&path, action(host)));
                }
                table.add(control, NEVER, at(&path, json!({"port": 80, "scheme": "HTTPS"})));
            }
        }
        table.add(control, NEVER, at(&format!("spec/containers/0/{place}/exec/command"), json!(["true"])));
    }
    table.add(control, NEVER, at("spec/containers/0/livenessProbe/grpc", json!({"port": 80})));
    let header = json!({"port": 80, "httpHeaders": [{"name": "Host", "value": "example.com"}]});
    table.add(control, NEVER, at("spec/containers/0/livenessProbe/httpGet", header));
    prove(table);
}

#[test]
fn windows_pods_need_no_linux_settings() {
    let mut table = Table::default();
    let windows = |os: &str, path: &str, value: Value| {
        vec![("spec/os/name".to_owned(), json!(os)), (path.to_owned(), value)]
    };
    for (control, path, since, value) in [
        (
            "allowPrivilegeEscalation",
            "spec/containers/0/securityContext/allowPrivilegeEscalation",
            8,
            Value::Null,
        ),
        ("capabilities_restricted", "spec/containers/0/securityContext/capabilities", 22, Value::Null),
        ("seccompProfile_restricted", "spec/securityContext/seccompProfile", 19, Value::Null),
    ] {
        table.add(control, since..25, windows("windows", path, value.clone()));
        table.add(control, since..u32::MAX, windows("linux", path, value.clone()));
        table.add(control, since..u32::MAX, windows("", path, value));
    }
    table.add("runAsNonRoot", ALWAYS, windows("windows", "spec/securityContext/runAsNonRoot", Value::Null));
    table.add("hostNamespaces", ALWAYS, windows("windows", "spec/hostNetwork", json!(true)));
    prove(table);
}
