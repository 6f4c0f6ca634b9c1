//! The labels by which a namespace chooses its level (Kubernetes documentation, "Pod Security Admission").

use super::{Level, WorkloadReport};
use check::{Object, PssVersion};
use model::ResourceId;
use serde::Serialize;
use std::collections::BTreeMap;
use syntax::placeholder;

/// What the labels begin with.
pub const PREFIX: &str = "pod-security.kubernetes.io/";

/// What can be done with a pod that breaks a level.
pub const MODES: [&str; 3] = ["enforce", "audit", "warn"];

/// A label, and what it does to the workloads of its namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelReport {
    /// `enforce`, `audit` or `warn`.
    pub mode: &'static str,
    /// The level as written; empty if only a version is.
    pub value: String,
    /// The level, if it is one.
    pub level: Option<Level>,
    /// The policy version it is judged by.
    pub version: String,
    /// What is wrong with the label itself.
    pub mistake: Option<String>,
    /// Workloads that break the level.
    pub breaks: Vec<ResourceId>,
    /// Workloads of which that can't be told.
    pub undecided: Vec<ResourceId>,
}

/// Labels that a namespace should carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The strictest level that refuses none of the workloads.
    pub enforce: Level,
    /// Labels to set, in full.
    pub labels: BTreeMap<String, String>,
    /// Why these, as a sentence.
    pub reason: String,
}

/// True if this is a policy version in the form that labels take: `latest` or `v1.34`.
pub fn is_version(text: &str) -> bool {
    text == "latest"
        || text.strip_prefix("v1.").is_some_and(|minor| {
            let canonical = minor == "0" || !minor.starts_with('0');
            !minor.is_empty() && canonical && minor.len() < 6 && minor.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Reads the labels of a Namespace, whose workloads `workloads` gives as they stand at a version.
pub(super) fn read(
    object: &Object<'_>,
    workloads: &mut dyn FnMut(PssVersion) -> Vec<WorkloadReport>,
) -> Vec<LabelReport> {
    let mut reports = Vec::new();
    for mode in MODES {
        let value = object.labels().get(&format!("{PREFIX}{mode}"));
        let version = object.labels().get(&format!("{PREFIX}{mode}-version"));
        if !value.is_set() && !version.is_set() {
            continue;
        }
        let text = value.scalar().unwrap_or("");
        let written = version.scalar().unwrap_or("latest");
        let level = text.parse::<Level>();
        let mistake = match &level {
            Err(_) if placeholder::find(text).is_some() => Some(format!("`{text}` is filled in later")),
            Err(_) if !value.is_set() => Some("a version without a level has no effect".to_owned()),
            Err(mistake) => Some(mistake.clone()),
            Ok(_) if !is_version(written) => {
                Some(format!("`{written}` is not a version; write `latest` or `v1.34`"))
            }
            Ok(_) => None,
        };
        // A version newer than those known here is judged by the newest known.
        let judged = written.parse().unwrap_or(PssVersion::Latest);
        let mut report = LabelReport {
            mode,
            value: text.to_owned(),
            level: level.ok(),
            version: judged.to_string(),
            mistake,
            breaks: Vec::new(),
            undecided: Vec::new(),
        };
        if let Some(level) = report.level.filter(|level| *level > Level::Privileged) {
            for workload in workloads(judged) {
                let id = workload.resource.clone();
                match workload.meets(level) {
                    Some(true) => {}
                    Some(false) => report.breaks.push(id),
                    None => report.undecided.push(id),
                }
            }
        }
        reports.push(report);
    }
    reports
}

/// The labels to set, unless those that stand are already right.
pub(super) fn advise(at_least: Level, version: PssVersion, labels: &[LabelReport]) -> Option<Advice> {
    let enforce = labels.iter().find(|label| label.mode == "enforce");
    let fits = |label: &LabelReport| {
        label.level == Some(at_least) && label.mistake.is_none() && label.breaks.is_empty()
    };
    if enforce.is_some_and(fits) && labels.iter().all(|label| label.mistake.is_none()) {
        return None;
    }
    let mut set = BTreeMap::from([
        (format!("{PREFIX}enforce"), at_least.to_string()),
        (format!("{PREFIX}enforce-version"), version.to_string()),
    ]);
    if let Some(next) = at_least.next() {
        for mode in ["audit", "warn"] {
            set.insert(format!("{PREFIX}{mode}"), next.to_string());
            set.insert(format!("{PREFIX}{mode}-version"), version.to_string());
        }
    }
    let strictest = match at_least.next() {
        Some(next) => format!(
            "`{at_least}` is the strictest level sure to refuse none of the workloads; mend what breaks `{next}` next"
        ),
        None => format!("every workload meets `{at_least}`"),
    };
    let reason = match enforce {
        Some(label) if !label.breaks.is_empty() => {
            format!("`{}` refuses workloads that are here: {strictest}", label.value)
        }
        Some(label) if label.level.is_some_and(|level| level < at_least) => {
            format!("`{}` is looser than needed: {strictest}", label.value)
        }
        Some(_) => strictest,
        None => format!("nothing is enforced: {strictest}"),
    };
    Some(Advice { enforce: at_least, labels: set, reason })
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn versions_are_as_labels_take_them() {
        for good in ["latest", "v1.0", "v1.34", "v1.99"] {
            assert!(is_version(good), "{good}");
        }
        for bad in ["", "1.34", "v1", "v1.", "v2.0", "v1.034", "v1.34.1", "Latest"] {
            assert!(!is_version(bad), "{bad}");
        }
    }
}
