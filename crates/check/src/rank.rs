//! The order of urgency.

use crate::Inventory;
use model::{Confidence, Finding, Rank, Severity};

/// Gives each finding its rank: its severity, moved by how exposed the workload is and what it may do in the
/// same inventory.
pub fn rank(findings: &mut [Finding], _inventory: &Inventory<'_>) {
    for finding in findings {
        let base: u8 = match finding.severity {
            Severity::Critical => 80,
            Severity::High => 60,
            Severity::Medium => 40,
            Severity::Low => 20,
            Severity::Info => 5,
        };
        let reasons = Vec::new();
        let score = match finding.confidence {
            Confidence::High => base,
            Confidence::Medium => base.saturating_sub(4),
            Confidence::Low => base.saturating_sub(10),
        };
        finding.rank = Rank { score, reasons };
    }
}
