//! The coverage ledger: what was seen, and what became of it.

use crate::{Why, WhyCode};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What became of a file, a document or a subject that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Parsed, and every check that applies was run.
    Judged,
    /// Read and recognised as something no check is about (documentation, program data).
    NotApplicable,
    /// Left out because the user's configuration says so.
    Excluded,
    /// Something that should have been judged was not: a gap.
    NotEvaluated,
    /// Broken input: a gap, and an error where the user asked for this very file.
    Error,
}

impl Status {
    /// True if this is something `--fail-on-gaps` minds.
    pub const fn is_gap(self) -> bool {
        matches!(self, Self::NotEvaluated | Self::Error)
    }
}

/// One row of the coverage ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The file, as in [`crate::Location::file`].
    pub file: Arc<str>,
    /// Line, from 1, where the gap begins; absent where the whole file is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What became of it.
    pub status: Status,
    /// What it was taken for: `kubernetes`, `dockerfile`, `compose`, `yaml`, `text`, `binary`, ...
    pub kind: String,
    /// The rules that could not be judged; none where the whole file is meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Kind of reason, for gaps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<WhyCode>,
    /// Why, as a sentence; never empty.
    pub reason: String,
    /// How to close the gap, where there is a way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl LedgerRow {
    /// A row about a whole file.
    pub fn file(file: &Arc<str>, status: Status, kind: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.clone(),
            line: None,
            status,
            kind: kind.to_owned(),
            rules: Vec::new(),
            code: None,
            reason: reason.into(),
            hint: None,
        }
    }

    /// A gap, with the reason it stands for.
    pub fn gap(file: &Arc<str>, line: Option<u32>, status: Status, kind: &str, why: &Why) -> Self {
        Self { line, code: Some(why.code), ..Self::file(file, status, kind, why.detail.clone()) }
    }
}
