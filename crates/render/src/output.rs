//! What a rendering gives.

use crate::origin::{FrameId, Origin, OriginId, Origins, Run};
use model::{Location, WhyCode};
use std::sync::Arc;

/// One rendered text: what a template came to, or an object of an overlay.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The template (`web/templates/deployment.yaml`, as Helm names it) or the overlay.
    pub name: Arc<str>,
    /// The text, YAML.
    pub text: String,
    /// Where its bytes came from, ascending.
    pub runs: Vec<Run>,
    /// What Helm does with it as a hook; none for an object of the release, and in an overlay.
    pub hook: Option<Hook>,
}

/// A hook of a release: run beside the release instead of being part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// When: `pre-install`, `test`.
    pub events: Vec<String>,
    /// Its place among the hooks of an event.
    pub weight: i64,
}

impl Hook {
    /// True if it runs on `helm test` only.
    pub fn is_test(&self) -> bool {
        !self.events.is_empty() && self.events.iter().all(|event| event == "test")
    }
}

/// Something that went wrong, or was left out, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where; the span may be empty.
    pub location: Location,
    /// Kind of reason.
    pub code: WhyCode,
    /// What, in the words of the original tool; values that may be secret are left out.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// True if the result lacks something because of it; else it is a word to the ledger.
    pub fatal: bool,
}

/// What came of rendering one chart or overlay with one set of inputs.
#[derive(Debug)]
pub struct Output {
    /// The texts, in the order in which the original tool would print them.
    pub manifests: Vec<Manifest>,
    /// What their runs refer to.
    pub origins: Arc<Origins>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

impl Output {
    /// A message with the values in it that may be secret replaced by `***`.
    pub fn redact(&self, message: &str) -> String {
        let mut hidden: Vec<&str> = self.origins.hidden().filter(|text| message.contains(text)).collect();
        // A value may be part of a longer one.
        hidden.sort_by_key(|text| std::cmp::Reverse(text.len()));
        hidden.iter().fold(message.to_owned(), |message, text| message.replace(text, "***"))
    }
}

/// The run that a byte of a text belongs to.
pub fn run_at(runs: &[Run], offset: u32) -> Option<&Run> {
    runs.get(runs.partition_point(|run| run.at <= offset).checked_sub(1)?)
}

/// What is behind an origin: the value, if an action wrote it.
pub fn value_of(origins: &Origins, id: OriginId) -> OriginId {
    match origins.get(id) {
        Origin::Written { value, .. } => *value,
        Origin::None | Origin::Literal { .. } => OriginId::NONE,
        Origin::Generated | Origin::Node { .. } | Origin::Missing { .. } | Origin::Derived(_) => id,
    }
}

/// The frame in which a piece of text was made.
pub fn frame_of(origins: &Origins, id: OriginId) -> FrameId {
    match origins.get(id) {
        Origin::Written { frame, .. } | Origin::Literal { frame, .. } => *frame,
        Origin::None
        | Origin::Generated
        | Origin::Node { .. }
        | Origin::Missing { .. }
        | Origin::Derived(_) => FrameId::ROOT,
    }
}
