//! What a check makes of one subject.

use crate::Finding;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Verdict of one check on one subject. There is no fourth thing, and no default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Judged, and found in order.
    Pass,
    /// Judged, and found wanting, at these places.
    Fail(Vec<Finding>),
    /// Seen, but could not be judged.
    NotEvaluated(Why),
}

/// Kind of reason for which something was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyCode {
    /// A template expression or variable stands where the value should.
    Unresolved,
    /// The input is not of the form its specification asks for.
    Malformed,
    /// Other inputs would be needed (objects of another kind, another file).
    MissingInput,
    /// Holdfast can't read this (yet): a format, a template language, a feature.
    Unsupported,
    /// A limit on size, depth or expansion was reached.
    Limit,
    /// The operating system refused (permissions, vanished file).
    Unreadable,
}

/// Why something was not judged, for the coverage ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Why {
    /// The kind of reason.
    pub code: WhyCode,
    /// The particulars, as a sentence fragment: `the value is the template expression {{ .Values.x }}`.
    pub detail: String,
}

impl Why {
    /// A reason with its particulars.
    pub fn new(code: WhyCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}
