//! What every report is written from.

use crate::framework::Framework;
use model::{Finding, LedgerRow, Notice, RuleMeta, RuleTally, Severity, Status};
use serde::Serialize;

/// The whole result of a run. Findings stand in order of rank, most urgent first; ledger rows by file.
#[derive(Debug)]
pub struct Report {
    /// Version of Holdfast.
    pub version: &'static str,
    /// What was scanned, as the user named it, for headings.
    pub targets: Vec<String>,
    /// What was found, excepted and baselined findings included (their `exception` is set).
    pub findings: Vec<Finding>,
    /// What was seen, and what became of it.
    pub ledger: Vec<LedgerRow>,
    /// How often each rule that ran was judged, by rule id.
    pub tallies: Vec<RuleTally>,
    /// Every rule of the product, whether it ran or not, so that a control whose rules did not run can be
    /// told from one that no rule serves.
    pub rules: Vec<&'static RuleMeta>,
    /// The framework the user asked for, whose controls are reported one by one.
    pub framework: Option<&'static Framework>,
    /// Exceptions that are unused, expired or not understood.
    pub notices: Vec<Notice>,
    /// Figures of the run.
    pub stats: Stats,
    /// Findings at or above this severity fail the run.
    pub fail_on: Option<Severity>,
}

/// Figures of a run. No times: the same input gives the same report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Files seen.
    pub files: u32,
    /// Bytes read.
    pub bytes: u64,
    /// Resources judged (objects, Dockerfile stages, Compose services).
    pub resources: u32,
    /// Rules that were run.
    pub rules: u32,
}

impl Report {
    /// Findings that no exception covers, most urgent first.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.exception.is_none())
    }

    /// Number of open findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.open().filter(|f| f.severity == severity).count()
    }

    /// Number of ledger rows with a status.
    pub fn rows(&self, status: Status) -> usize {
        self.ledger.iter().filter(|r| r.status == status).count()
    }

    /// True if an open finding is at or above the threshold.
    pub fn fails(&self) -> bool {
        self.fail_on.is_some_and(|least| self.open().any(|f| f.severity >= least))
    }
}

/// Texts of the scanned files, for code frames. A report never reads files itself.
pub trait Sources {
    /// The text of a file, named as in [`model::Location::file`]; `None` if it is not at hand.
    fn text(&self, file: &str) -> Option<&str>;

    /// Bytes of a file that must not be shown, besides those that findings about secrets point to.
    fn secrets(&self, _file: &str) -> Vec<model::Span> {
        Vec::new()
    }
}

/// No texts at all: reports come without code frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSources;

impl Sources for NoSources {
    fn text(&self, _file: &str) -> Option<&str> {
        None
    }
}
