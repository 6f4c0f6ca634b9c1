//! The report for pipes: one finding a line, in the form editors and build tools know.

use crate::group::{self, Counts};
use crate::{Report, escape, frame};
use std::fmt::Write;

/// Writes `file:line:col: severity: message [rule]` for every open finding, most urgent first, a line for
/// every gap and notice, and a closing line.
pub fn write(report: &Report) -> String {
    let counts = Counts::of(report);
    let mut out = String::with_capacity(counts.open * 128 + 256);
    for finding in group::by_urgency(report.open()) {
        let place = &finding.primary;
        out.push_str(&escape::visible(&place.file));
        if !frame::is_whole_file(place) {
            let _ = write!(out, ":{}:{}", place.range.start.line, place.range.start.column);
        }
        let message = escape::visible(&finding.message);
        let _ = writeln!(out, ": {}: {message} [{}]", finding.severity, finding.rule.id);
    }
    for row in report.ledger.iter().filter(|r| r.status.is_gap()) {
        out.push_str(&escape::visible(&row.file));
        if let Some(line) = row.line {
            let _ = write!(out, ":{line}");
        }
        let _ = write!(out, ": not judged: {}", escape::visible(&row.reason));
        if let Some(hint) = &row.hint {
            let _ = write!(out, " ({})", escape::visible(hint));
        }
        let rules = row.rules.join(", ");
        let word = if rules.is_empty() { group::gap_word(row.code) } else { &rules };
        let _ = writeln!(out, " [{}]", escape::visible(word));
    }
    for notice in &report.notices {
        let place = &notice.location;
        let _ = writeln!(
            out,
            "{}:{}: notice: {} [exception]",
            escape::visible(&place.file),
            place.range.start.line.max(1),
            escape::visible(&notice.message)
        );
    }
    let _ = writeln!(out, "holdfast: {}", group::verdict(report, &counts));
    out
}
