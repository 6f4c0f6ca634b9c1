//! The two report forms GitLab shows in merge requests: code quality and SAST.

use crate::frame::is_whole_file;
use crate::{Report, escape, frame, group, layout};
use model::{Finding, Severity};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Spot<'a>,
}

#[derive(Serialize)]
struct Spot<'a> {
    path: &'a str,
    lines: Span,
}

#[derive(Serialize)]
struct Span {
    begin: u32,
    end: u32,
}

/// First and last line of a finding; a whole file counts from its first line.
fn lines(finding: &Finding) -> (u32, u32) {
    if is_whole_file(&finding.primary) {
        return (1, 1);
    }
    let range = finding.primary.range;
    // A span that ends before the first character of a line does not take that line.
    let last = if range.end.column <= 1 { range.end.line.saturating_sub(1) } else { range.end.line };
    (range.start.line, last.max(range.start.line))
}

/// Hands out fingerprints; GitLab drops a second entry with the same one, so that repeats get a number.
#[derive(Default)]
struct Fingerprints<'a>(HashMap<&'a str, u32>);

impl<'a> Fingerprints<'a> {
    fn next(&mut self, fingerprint: &'a str) -> String {
        let count = self.0.entry(fingerprint).or_default();
        *count += 1;
        if *count == 1 { fingerprint.to_owned() } else { format!("{fingerprint}-{count}") }
    }
}

/// Writes the open findings as a GitLab code quality report (a subset of the Code Climate format).
pub fn code_quality(report: &Report) -> String {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue<'_>> = group::by_urgency(report.open())
        .into_iter()
        .map(|finding| {
            let (begin, end) = lines(finding);
            Issue {
                description: format!("{}: {}", finding.rule.title, escape::visible(&finding.message)),
                check_name: finding.rule.id,
                fingerprint: fingerprints.next(&finding.fingerprint),
                severity: match finding.severity {
                    Severity::Critical => "blocker",
                    Severity::High => "critical",
                    Severity::Medium => "major",
                    Severity::Low => "minor",
                    Severity::Info => "info",
                },
                location: Spot { path: escape::relative(&finding.primary.file), lines: Span { begin, end } },
            }
        })
        .collect();
    layout::json(&issues, 1, issues.len() * 320 + 16)
}

/// Version of the security report schemas that [`sast`] follows.
const SAST_SCHEMA: &str = "15.0.7";

#[derive(Serialize)]
struct Vulnerability<'a> {
    id: &'a str,
    name: &'static str,
    description: String,
    severity: &'static str,
    solution: &'static str,
    identifiers: Vec<Identifier>,
    location: Place<'a>,
    tracking: Tracking<'a>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    details: Map<String, Value>,
}

#[derive(Serialize)]
struct Identifier {
    r#type: &'static str,
    name: String,
    value: &'static str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start_line: u32,
    end_line: u32,
    class: String,
}

#[derive(Serialize)]
struct Tracking<'a> {
    r#type: &'static str,
    items: [Tracked<'a>; 1],
}

#[derive(Serialize)]
struct Tracked<'a> {
    file: &'a str,
    start_line: u32,
    end_line: u32,
    signatures: [Signature<'a>; 1],
}

#[derive(Serialize)]
struct Signature<'a> {
    algorithm: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Sast<'a> {
    version: &'static str,
    scan: Value,
    vulnerabilities: Vulnerabilities<'a>,
}

/// Findings with their ids, brought into shape one at a time while they are written.
struct Vulnerabilities<'a>(Vec<(&'a Finding, String)>);

impl Serialize for Vulnerabilities<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(|(finding, id)| vulnerability(finding, id)))
    }
}

/// Writes the open findings as a GitLab SAST security report. The schema asks for the time of the run; with
/// `None` it is the beginning of 1970, so that the same input gives the same report.
pub fn sast(report: &Report, time: Option<&str>) -> String {
    let mut fingerprints = Fingerprints::default();
    let findings = group::by_urgency(report.open());
    let findings: Vec<_> = findings.into_iter().map(|f| (f, fingerprints.next(&f.fingerprint))).collect();
    let capacity = findings.len() * 1280 + 4096;
    let time = time.unwrap_or("1970-01-01T00:00:00");
    let mut messages: Vec<Value> = report
        .ledger
        .iter()
        .filter(|r| r.status.is_gap())
        .map(|row| {
            let line = row.line.map(|l| format!(":{l}")).unwrap_or_default();
            let text = format!("{}{line} was not judged: {}", row.file, row.reason);
            json!({"level": "warn", "value": escape::visible(&text)})
        })
        .collect();
    messages.extend(report.notices.iter().map(|n| {
        let text = format!("{}:{}: {}", n.location.file, n.location.range.start.line.max(1), n.message);
        json!({"level": "info", "value": escape::visible(&text)})
    }));
    let tool = json!({
        "id": "holdfast",
        "name": "Holdfast",
        "version": report.version,
        "vendor": {"name": "Holdfast"},
    });
    let log = Sast {
        version: SAST_SCHEMA,
        scan: json!({
            "type": "sast",
            "status": "success",
            "start_time": time,
            "end_time": time,
            "analyzer": tool,
            "scanner": tool,
            "messages": messages,
        }),
        vulnerabilities: Vulnerabilities(findings),
    };
    layout::json(&log, 2, capacity)
}

fn vulnerability<'a>(finding: &'a Finding, id: &'a str) -> Vulnerability<'a> {
    let (start_line, end_line) = lines(finding);
    let file = escape::relative(&finding.primary.file);
    // GitLab reads descriptions as Markdown.
    let mut description = String::with_capacity(256);
    escape::markdown(&mut description, &finding.message);
    description.push_str(".\n\n");
    escape::markdown(&mut description, &group::why(finding));
    let rule = Identifier {
        r#type: "holdfast_rule",
        name: format!("Holdfast {}", finding.rule.id),
        value: finding.rule.id,
    };
    let controls = finding.rule.controls.iter().map(|control| {
        let (framework, name) = control.split_once(':').unwrap_or(("control", control));
        Identifier { r#type: framework, name: format!("{framework} {name}"), value: name }
    });
    let mut details = Map::new();
    for (i, related) in finding.related.iter().filter(|r| !frame::is_whole_file(&r.location)).enumerate() {
        let range = related.location.range;
        let label = if related.label.is_empty() { "related place" } else { &related.label };
        details.insert(
            format!("related_{}", i + 1),
            json!({
                "name": escape::visible(label),
                "type": "file-location",
                "file_name": escape::relative(&related.location.file),
                "line_start": range.start.line,
                "line_end": range.end.line.max(range.start.line),
            }),
        );
    }
    Vulnerability {
        id,
        name: finding.rule.title,
        description,
        severity: match finding.severity {
            Severity::Critical => "Critical",
            Severity::High => "High",
            Severity::Medium => "Medium",
            Severity::Low => "Low",
            Severity::Info => "Info",
        },
        solution: finding.rule.remediation,
        identifiers: std::iter::once(rule).chain(controls).collect(),
        location: Place {
            file,
            start_line,
            end_line,
            class: escape::visible(&finding.resource.to_string()).into_owned(),
        },
        tracking: Tracking {
            r#type: "source",
            items: [Tracked {
                file,
                start_line,
                end_line,
                signatures: [Signature { algorithm: "hash", value: &finding.fingerprint }],
            }],
        },
        details,
    }
}
