//! Fixtures in a table, and what proves them.

use check::{Check, PssVersion, Settings};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Versions at which the smallest valid pod changes, and the ones before.
const VERSIONS: [u32; 13] = [0, 7, 8, 18, 19, 21, 22, 23, 24, 25, 34, 35, NEWEST];

const NEWEST: u32 = check::settings::NEWEST_MINOR;

pub const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];

/// One fixture: what it sets in the smallest valid pod, and from which version up to which it must be refused.
pub struct Case {
    control: &'static str,
    restricted: bool,
    refused: std::ops::Range<u32>,
    sets: Vec<(String, Value)>,
    /// Controls that the same fixture can't help but break.
    pub also: &'static [&'static str],
}

pub const NEVER: std::ops::Range<u32> = 0..0;
pub const ALWAYS: std::ops::Range<u32> = 0..u32::MAX;

#[derive(Default)]
pub struct Table(pub Vec<Case>);

impl Table {
    pub fn add(
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
    pub fn containers(
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
    pub fn contexts(
        &mut self,
        control: &'static str,
        refused: std::ops::Range<u32>,
        field: &str,
        value: &Value,
    ) {
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
    (controls, verdicts.gaps.iter().map(|g| g.reason.clone()).collect())
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

pub fn prove(table: Table) {
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
                    !(case.also.contains(&control.as_str()) || restricted && control == mate(case.control))
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

pub fn at(path: &str, value: Value) -> Vec<(String, Value)> {
    vec![(path.to_owned(), value)]
}
