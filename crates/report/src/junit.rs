//! JUnit XML, as build servers read it: one test suite a file.

use crate::escape::{self, xml};
use crate::{Report, frame, group};
use model::{Finding, LedgerRow, Status};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

#[derive(Default)]
struct Suite<'a> {
    findings: Vec<&'a Finding>,
    rows: Vec<&'a LedgerRow>,
}

/// Writes a report as JUnit XML. Every open finding is a failed test of its file's suite, an excepted one and
/// a gap are skipped tests with their reason, broken input is an error, and a file that was judged without
/// a finding is one passed test.
pub fn write(report: &Report) -> String {
    let mut suites: BTreeMap<&str, Suite<'_>> = BTreeMap::new();
    for finding in group::by_urgency(&report.findings) {
        suites.entry(&finding.primary.file).or_default().findings.push(finding);
    }
    for row in report.ledger.iter().filter(|r| r.status == Status::Judged || r.status.is_gap()) {
        suites.entry(&row.file).or_default().rows.push(row);
    }
    let mut body = String::with_capacity(report.findings.len() * 768 + suites.len() * 256);
    let mut total = Tally::default();
    for (file, suite) in &suites {
        let mut cases = String::new();
        let tally = write_cases(&mut cases, file, suite);
        body.push_str("  <testsuite");
        attribute(&mut body, "name", file);
        tally.attributes(&mut body);
        body.push_str(">\n");
        body.push_str(&cases);
        body.push_str("  </testsuite>\n");
        total.add(tally);
    }
    let mut out = String::with_capacity(body.len() + 256);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"holdfast\"");
    total.attributes(&mut out);
    out.push_str(">\n");
    out.push_str(&body);
    out.push_str("</testsuites>\n");
    out
}

#[derive(Clone, Copy, Default)]
struct Tally {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }

    fn attributes(self, out: &mut String) {
        let Self { tests, failures, errors, skipped } = self;
        let _ = write!(
            out,
            " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\" time=\"0\""
        );
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    xml(out, value);
    out.push('"');
}

fn open_case(out: &mut String, name: &str, file: &str, line: Option<u32>) {
    out.push_str("    <testcase");
    attribute(out, "name", name);
    attribute(out, "classname", file);
    attribute(out, "file", file);
    if let Some(line) = line {
        let _ = write!(out, " line=\"{line}\"");
    }
    out.push_str(" time=\"0\"");
}

fn write_cases(out: &mut String, file: &str, suite: &Suite<'_>) -> Tally {
    let mut tally = Tally::default();
    // Servers tell tests apart by class and name, and follow them from run to run: the name holds the line
    // only where nothing steadier does.
    let mut names: HashSet<String> = HashSet::new();
    for finding in &suite.findings {
        tally.tests += 1;
        let pointer = finding.primary.pointer.as_str();
        let mut name = format!("{} [{}] {}", finding.rule.title, finding.rule.id, finding.resource);
        if !pointer.is_empty() {
            let _ = write!(name, " {pointer}");
        }
        let line = (!frame::is_whole_file(&finding.primary)).then_some(finding.primary.range.start.line);
        if names.contains(&name) {
            let start = finding.primary.range.start;
            let _ = write!(name, " ({}:{})", start.line, start.column);
        }
        open_case(out, &name, file, line);
        names.insert(name);
        out.push_str(">\n");
        if let Some(exception) = &finding.exception {
            tally.skipped += 1;
            let reason = exception.reason.as_deref().unwrap_or("no reason given");
            skip(out, &format!("accepted: {reason}"));
        } else {
            tally.failures += 1;
            failure(out, finding, file);
        }
        out.push_str("    </testcase>\n");
    }
    for row in suite.rows.iter().filter(|r| r.status.is_gap()) {
        tally.tests += 1;
        let mut name = if row.rules.is_empty() {
            format!("not judged: {}", group::gap_title(row.code))
        } else {
            format!("not judged [{}]", row.rules.join(", "))
        };
        if let Some(line) = row.line {
            let _ = write!(name, " line {line}");
        }
        open_case(out, &name, file, row.line);
        out.push_str(">\n");
        let mut reason = row.reason.clone();
        if let Some(hint) = &row.hint {
            let _ = write!(reason, " ({hint})");
        }
        if row.status == Status::Error {
            tally.errors += 1;
            out.push_str("      <error");
            attribute(out, "message", &reason);
            attribute(out, "type", group::gap_word(row.code));
            out.push_str("/>\n");
        } else {
            tally.skipped += 1;
            skip(out, &reason);
        }
        out.push_str("    </testcase>\n");
    }
    if tally.tests == 0 {
        tally.tests = 1;
        open_case(out, "no findings", file, None);
        out.push_str("/>\n");
    }
    tally
}

fn skip(out: &mut String, message: &str) {
    out.push_str("      <skipped");
    attribute(out, "message", message);
    out.push_str("/>\n");
}

fn failure(out: &mut String, finding: &Finding, file: &str) {
    out.push_str("      <failure");
    attribute(out, "message", &finding.message);
    attribute(out, "type", finding.severity.word());
    out.push('>');
    let mut text = escape::visible(file).into_owned();
    if !frame::is_whole_file(&finding.primary) {
        let start = finding.primary.range.start;
        let _ = write!(text, ":{}:{}", start.line, start.column);
    }
    let _ = write!(text, ": {}: {}", finding.severity, escape::visible(&finding.message));
    xml(out, &text);
    for related in &finding.related {
        let place = &related.location;
        let line = format!("see {}:{}: {}", place.file, place.range.start.line.max(1), related.label);
        out.push('\n');
        xml(out, &escape::visible(&line));
    }
    out.push_str("\nwhy: ");
    xml(out, &group::why(finding));
    out.push_str("\nfix: ");
    xml(out, finding.rule.remediation);
    out.push_str("</failure>\n");
}
