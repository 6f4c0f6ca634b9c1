//! GitHub workflow commands: annotations beside the changed lines of a pull request.

use crate::escape::{self, github_data, github_property};
use crate::group::{self, Counts};
use crate::{Report, frame};
use model::{Finding, Severity, Status};
use std::fmt::Write;

/// Writes one workflow command a finding, most urgent first (GitHub shows only the first few of a step), then
/// the gaps and notices, then one line that sums up.
pub fn write(report: &Report) -> String {
    let counts = Counts::of(report);
    let mut out = String::with_capacity(counts.open * 256 + 512);
    for finding in group::by_urgency(report.open()) {
        annotate(&mut out, finding);
    }
    for row in report.ledger.iter().filter(|r| r.status.is_gap()) {
        let level = if row.status == Status::Error { "error" } else { "warning" };
        let mut text = format!("Not judged: {}", row.reason);
        if let Some(hint) = &row.hint {
            let _ = write!(text, "\n{hint}");
        }
        command(&mut out, level, &row.file, row.line, "", "Holdfast: not judged", &text);
    }
    for notice in &report.notices {
        let line = notice.location.range.start.line.max(1);
        command(
            &mut out,
            "warning",
            &notice.location.file,
            Some(line),
            "",
            "Holdfast: exception",
            &notice.message,
        );
    }
    out.push_str("::notice title=Holdfast::");
    github_data(&mut out, &group::verdict(report, &counts));
    out.push('\n');
    out
}

fn annotate(out: &mut String, finding: &Finding) {
    let level = match finding.severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "notice",
    };
    let mut line = None;
    let mut more = String::new();
    if !frame::is_whole_file(&finding.primary) {
        let range = finding.primary.range;
        line = Some(range.start.line);
        let _ = write!(more, ",endLine={}", range.end.line.max(range.start.line));
        // Columns only make sense to GitHub within one line; its last one is part of the range.
        if range.end.line == range.start.line {
            let last = range.end.column.saturating_sub(1).max(range.start.column);
            let _ = write!(more, ",col={},endColumn={last}", range.start.column);
        }
    }
    let title = format!("{} [{}]", finding.rule.title, finding.rule.id);
    let mut text = format!("{}: {}", finding.severity, escape::visible(&finding.message));
    let _ = write!(text, "\n{}", finding.rule.remediation);
    command(out, level, &finding.primary.file, line, &more, &title, &text);
}

fn command(
    out: &mut String,
    level: &str,
    file: &str,
    line: Option<u32>,
    more: &str,
    title: &str,
    text: &str,
) {
    let _ = write!(out, "::{level} file=");
    github_property(out, escape::relative(file));
    if let Some(line) = line {
        let _ = write!(out, ",line={line}");
    }
    out.push_str(more);
    out.push_str(",title=");
    github_property(out, title);
    out.push_str("::");
    github_data(out, text);
    out.push('\n');
}
