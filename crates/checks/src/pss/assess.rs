//! From the verdicts of checks to levels.

use super::labels::{self, Advice, LabelReport};
use super::{CONTROLS, Level, control};
use check::{Check, Inventory, Object, PssVersion, Runner, Settings, fingerprint};
use model::{ResourceId, Severity};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The strictest level that is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It can't be told, because a control could not be evaluated.
    Unknown,
    /// Not even baseline.
    Privileged,
    /// Baseline, but not restricted.
    Baseline,
    /// Restricted.
    Restricted,
}

impl Standing {
    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

impl From<Level> for Standing {
    fn from(level: Level) -> Self {
        match level {
            Level::Privileged => Self::Privileged,
            Level::Baseline => Self::Baseline,
            Level::Restricted => Self::Restricted,
        }
    }
}

/// A fault that breaks a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Id of the rule that found it.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// File as shown to people.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// Route of keys through the document (RFC 6901).
    pub pointer: String,
}

/// Something that kept a control from being evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Why, as a sentence fragment.
    pub reason: String,
    /// File as shown to people.
    pub file: Arc<str>,
    /// Line, from 1, where it is known.
    pub line: Option<u32>,
}

/// A control that is broken or could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlReport {
    /// Its name, as Kubernetes has it.
    pub control: &'static str,
    /// The level that asks for it first.
    pub level: Level,
    /// What breaks it; empty if it could not be evaluated.
    pub faults: Vec<Fault>,
    /// What could not be evaluated.
    pub gaps: Vec<Gap>,
}

/// How one workload stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkloadReport {
    /// The workload.
    pub resource: ResourceId,
    /// File as shown to people.
    pub file: Arc<str>,
    /// Line of its name, from 1.
    pub line: u32,
    /// The strictest level it meets.
    pub level: Standing,
    /// The strictest level it is sure to meet; differs from `level` only where that is unknown.
    pub at_least: Level,
    /// The level it does not meet, or not for sure.
    pub next: Option<Level>,
    /// What keeps it from `next`.
    pub blocked_by: Vec<ControlReport>,
    /// Whether it meets baseline and restricted.
    #[serde(skip)]
    verdicts: [Option<bool>; 2],
}

impl WorkloadReport {
    /// Whether it meets `level`; `None` if that can't be told.
    pub const fn meets(&self, level: Level) -> Option<bool> {
        let [baseline, restricted] = self.verdicts;
        match level {
            Level::Privileged => Some(true),
            Level::Baseline => baseline,
            Level::Restricted => restricted,
        }
    }
}

/// How a namespace stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamespaceReport {
    /// Its name.
    pub name: String,
    /// The strictest level that all its workloads meet.
    pub level: Standing,
    /// The strictest level that all its workloads are sure to meet.
    pub at_least: Level,
    /// True if its Namespace object is part of the input.
    pub declared: bool,
    /// Its Pod Security labels, and what they would refuse.
    pub labels: Vec<LabelReport>,
    /// Labels to set; absent if those it has can stay.
    pub advice: Option<Advice>,
    /// Its workloads, in order of kind and name.
    pub workloads: Vec<WorkloadReport>,
}

/// How everything stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Policy version: `latest` or `v1.34`.
    pub version: String,
    /// The namespaces with workloads, by name.
    pub namespaces: Vec<NamespaceReport>,
}

impl Report {
    /// Gives places other files and lines, for objects that were rendered: `place` knows where a line of a file
    /// came from, or says nothing.
    pub fn relocate(&mut self, place: impl Fn(&str, u32) -> Option<(Arc<str>, u32)>) {
        let move_to = |file: &mut Arc<str>, line: &mut u32| {
            if let Some(new) = place(file, *line) {
                (*file, *line) = new;
            }
        };
        for workload in self.namespaces.iter_mut().flat_map(|n| &mut n.workloads) {
            move_to(&mut workload.file, &mut workload.line);
            for control in &mut workload.blocked_by {
                for fault in &mut control.faults {
                    if let Some((file, line)) = place(&fault.file, fault.line) {
                        (fault.file, fault.line, fault.column) = (file, line, 1);
                    }
                }
                for gap in &mut control.gaps {
                    let mut line = gap.line.unwrap_or(1);
                    move_to(&mut gap.file, &mut line);
                    gap.line = gap.line.map(|_| line);
                }
            }
        }
    }
}

/// Says how every workload of `inventory` stands at the policy version of `settings`.
pub fn assess(inventory: &Inventory<'_>, settings: &Settings) -> Report {
    let mut at = Assessor { inventory, settings, by_version: BTreeMap::new() };
    let version = settings.pss_version;
    let mut namespaces: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, workload) in at.workloads(version).iter().enumerate() {
        namespaces.entry(workload.resource.namespace.clone()).or_default().push(index);
    }
    let mut reports = Vec::new();
    for (name, members) in namespaces {
        let object = inventory.find("Namespace", "", &name);
        let labels = object.map_or_else(Vec::new, |object| {
            labels::read(object, &mut |version| {
                let all = at.workloads(version);
                members.iter().filter_map(|index| all.get(*index).cloned()).collect()
            })
        });
        let all = at.workloads(version);
        let mut workloads: Vec<_> = members.iter().filter_map(|index| all.get(*index).cloned()).collect();
        let at_least = workloads.iter().map(|w| w.at_least).min().unwrap_or(Level::Privileged);
        let level = together(&workloads);
        workloads.sort_by(|a, b| (&a.resource, &a.file, a.line).cmp(&(&b.resource, &b.file, b.line)));
        let advice = labels::advise(at_least, version, &labels);
        reports.push(NamespaceReport {
            name,
            level,
            at_least,
            declared: object.is_some(),
            labels,
            advice,
            workloads,
        });
    }
    Report { version: version.to_string(), namespaces: reports }
}

fn together(workloads: &[WorkloadReport]) -> Standing {
    let mut levels: Vec<_> = workloads.iter().map(|w| w.level).collect();
    if levels.contains(&Standing::Privileged) {
        return Standing::Privileged;
    }
    levels.sort();
    levels.first().copied().unwrap_or(Standing::Unknown)
}

/// Judges workloads, once for each policy version asked for.
struct Assessor<'a> {
    inventory: &'a Inventory<'a>,
    settings: &'a Settings,
    by_version: BTreeMap<PssVersion, Vec<WorkloadReport>>,
}

impl Assessor<'_> {
    /// All workloads, in the order of the inventory, whatever the version.
    fn workloads(&mut self, version: PssVersion) -> &[WorkloadReport] {
        let (inventory, settings) = (self.inventory, self.settings);
        self.by_version.entry(version).or_insert_with(|| {
            let settings = Settings { pss_version: version, ..settings.clone() };
            let checks = crate::all().filter(|check| !references(check).is_empty());
            let runner = Runner::new(checks, inventory, &settings).without_fixes();
            let objects = inventory.objects().iter().filter(|object| is_workload(object, inventory));
            objects.map(|object| workload(&runner, object, version)).collect()
        })
    }
}

fn references(check: &Check) -> Vec<&'static super::Control> {
    check.meta.controls.iter().filter_map(|reference| control(reference)).collect()
}

/// True for objects with pods, unless their controller is there as well.
fn is_workload(object: &Object<'_>, inventory: &Inventory<'_>) -> bool {
    if inventory.pods_of(object).is_empty() {
        return false;
    }
    let owner = fingerprint::identity(object);
    owner == object.id() || inventory.find(&owner.kind, &owner.namespace, &owner.name).is_none()
}

fn workload<'a>(runner: &Runner<'a>, object: &Object<'a>, version: PssVersion) -> WorkloadReport {
    let verdicts = runner.judge_object_alone(object);
    let mut controls: BTreeMap<&'static str, ControlReport> = BTreeMap::new();
    let mut report = |name: &'static str, level: Level, fault: Option<Fault>, gap: Option<Gap>| {
        let report = controls.entry(name).or_insert_with(|| ControlReport {
            control: name,
            level,
            faults: Vec::new(),
            gaps: Vec::new(),
        });
        report.faults.extend(fault);
        // One place read by several rules of a control gives the same gap in a row.
        report.gaps.extend(gap.filter(|gap| report.gaps.last() != Some(gap)));
    };
    for finding in verdicts.findings {
        for control in finding.rule.controls.iter().filter_map(|reference| control(reference)) {
            let fault = Fault {
                rule: finding.rule.id,
                severity: finding.severity,
                message: finding.message.clone(),
                file: finding.primary.file.clone(),
                line: finding.primary.range.start.line,
                column: finding.primary.range.start.column,
                pointer: finding.primary.pointer.as_str().to_owned(),
            };
            report(control.name, control.level, Some(fault), None);
        }
    }
    for row in verdicts.gaps {
        let check = crate::all().find(|check| row.rules.iter().any(|rule| rule == check.meta.id));
        for control in check.map(references).unwrap_or_default() {
            let gap = Gap { reason: row.reason.clone(), file: row.file.clone(), line: row.line };
            report(control.name, control.level, None, Some(gap));
        }
    }
    let met = |level| met(level, version, &controls);
    let (baseline, restricted) = (met(Level::Baseline), met(Level::Restricted));
    let (level, at_least) = match (baseline, restricted) {
        (_, Some(true)) => (Standing::Restricted, Level::Restricted),
        (Some(false), _) => (Standing::Privileged, Level::Privileged),
        (Some(true), Some(false)) => (Standing::Baseline, Level::Baseline),
        (Some(true), None) => (Standing::Unknown, Level::Baseline),
        (None, _) => (Standing::Unknown, Level::Privileged),
    };
    let next = at_least.next();
    let counts = |name: &str| {
        next.is_some_and(|next| CONTROLS.iter().any(|c| c.name == name && c.counts(next, version)))
    };
    let location = object.head().location();
    WorkloadReport {
        resource: object.id(),
        file: location.file,
        line: location.range.start.line,
        level,
        at_least,
        next,
        blocked_by: controls.into_values().filter(|report| counts(report.control)).collect(),
        verdicts: [baseline, restricted],
    }
}

/// Whether a level is met; `None` if no control is broken, but one could not be evaluated.
fn met(level: Level, version: PssVersion, controls: &BTreeMap<&'static str, ControlReport>) -> Option<bool> {
    let mut open = false;
    for control in CONTROLS.iter().filter(|control| control.counts(level, version)) {
        match controls.get(control.name) {
            Some(report) if !report.faults.is_empty() => return Some(false),
            Some(_) => open = true,
            None => {}
        }
    }
    (!open).then_some(true)
}
