//! Faults that somebody has accepted.

use crate::Location;
use serde::{Deserialize, Serialize};

/// What an exception applies to, beside its rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Glob over file paths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `Kind/name` or `namespace/Kind/name`, `*` allowed in each part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Exactly one finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// Where an exception was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExceptionSource {
    /// A comment `holdfast: allow ...` beside the line.
    Inline,
    /// An annotation on the object.
    Annotation,
    /// A section of `holdfast.toml`.
    Config,
    /// Another tool's inline form, honoured; the tool's name.
    Foreign(String),
}

/// One accepted fault, or family of faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Rule id, or `*`.
    pub rule: String,
    /// What it applies to.
    pub scope: Scope,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Why it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Last day on which it holds, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// In which form it was written.
    pub source: ExceptionSource,
    /// Where it stands.
    pub location: Location,
}

/// What is wrong with an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// It matched no finding.
    Unused,
    /// Its last day is past; it was not applied.
    Expired,
    /// It can't be read, or names a rule that does not exist or has no counterpart here.
    NotUnderstood,
}

/// A word about an exception that needs care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What is wrong.
    pub kind: NoticeKind,
    /// The same as a sentence.
    pub message: String,
    /// Where it stands.
    pub location: Location,
}
