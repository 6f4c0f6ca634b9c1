//! What a report is made of.

use crate::{Confidence, Fix, Location, ResourceId, RuleMeta, Severity};
use serde::Serialize;
use std::sync::Arc;

/// A fault at a place. Everything a person needs to judge it and act on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: &'static RuleMeta,
    /// How bad it is here; the rule's own severity unless the check knows better.
    pub severity: Severity,
    /// How sure the check is here.
    pub confidence: Confidence,
    /// The thing that has the fault.
    pub resource: ResourceId,
    /// The one place where a person should look first.
    pub primary: Location,
    /// Other places that take part: the same cause met elsewhere, or evidence.
    pub related: Vec<Related>,
    /// What is wrong here, in one sentence with the names of things; never a secret in clear.
    pub message: String,
    /// Ways to mend it that were tried and came out clean.
    pub fixes: Vec<Fix>,
    /// Stable identity, 32 hexadecimal digits: survives line moves and renames of files.
    pub fingerprint: String,
    /// Where it stands among the others, and why.
    pub rank: Rank,
    /// Set if someone has accepted it.
    pub exception: Option<crate::Exception>,
    /// How the judged object came about, if it stands in no file as it is.
    pub rendered: Option<Rendered>,
}

/// What was rendered to get at an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// A Helm chart.
    Helm,
    /// A Kustomize overlay.
    Kustomize,
}

/// How a judged object came about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rendered {
    /// By what.
    pub by: Renderer,
    /// Folder of the chart or overlay, as shown to people; of several overlays the first.
    pub unit: Arc<str>,
    /// The runs in which it was found: sets of values, or overlays.
    pub runs: Vec<Arc<str>>,
    /// The number of runs there were.
    pub of: u32,
    /// Key of the values that sets what is wrong (`web.podSecurityContext.runAsNonRoot`), if one does.
    pub key: Option<String>,
}

/// A further place, and what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What it shows, as a short label: `the Service that exposes it`.
    pub label: String,
    /// What part it plays.
    pub role: Role,
}

/// What part a related place plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Another thing that takes part in the fault.
    #[default]
    Evidence,
    /// The line of the template, or of the base, that gives what is wrong its place.
    Template,
    /// A key of the values, or a line of a patch, that what is wrong was made from.
    Value,
    /// A key of the values that decides whether the faulty text is there at all.
    Condition,
    /// Where the template was included.
    Include,
}

/// Order of urgency: what an attacker gains and how easily the thing is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rank {
    /// 0 to 100; higher is more urgent.
    pub score: u8,
    /// What moved the score, as short phrases: `reachable through Service web (LoadBalancer)`.
    pub reasons: Vec<String>,
}

/// How often a rule was judged, over a whole run. Frameworks are computed from these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleTally {
    /// The rule.
    pub rule: &'static RuleMeta,
    /// Subjects that passed.
    pub passed: u32,
    /// Subjects with at least one finding that no exception covers.
    pub failed: u32,
    /// Subjects all of whose findings are covered by exceptions.
    pub excepted: u32,
    /// Subjects that could not be judged.
    pub not_evaluated: u32,
}
