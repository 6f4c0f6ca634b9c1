//! The report for programs: `holdfast.report/v1`, described in `docs/schema/holdfast.report.v1.schema.json`.

use crate::files::Files;
use crate::frame::is_whole_file;
use crate::framework::{assessment, render};
use crate::group::Counts;
use crate::patch::{self, Operation};
use crate::{Report, Sources, layout};
use model::{
    Area, Confidence, Exception, ExceptionSource, Finding, Location, NoticeKind, Position, Rank, Related,
    Rendered, ResourceId, Role, Safety, Severity, Status, TextEdit, WhyCode,
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

/// Name and version of the schema.
pub const SCHEMA: &str = "holdfast.report/v1";

#[derive(Serialize)]
struct Document<'a, 'f> {
    schema: &'static str,
    tool: Tool,
    targets: &'a [String],
    summary: Value,
    findings: Entries<'a, 'f>,
    ledger: Vec<Row<'a>>,
    rules: Vec<Rule>,
    notices: Vec<Note<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<Value>,
}

/// Findings, brought into shape one at a time while they are written.
struct Entries<'a, 'f> {
    findings: &'a [Finding],
    files: &'f Files<'a>,
}

impl Serialize for Entries<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.findings.iter().map(|f| entry(f, self.files)))
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    pointer: &'a str,
}

impl<'a> Place<'a> {
    fn of(location: &'a Location) -> Self {
        let first = Position { line: 1, column: 1 };
        let (start, end) = if is_whole_file(location) {
            (first, first)
        } else {
            (location.range.start, location.range.end.max(location.range.start))
        };
        Self {
            file: &location.file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            pointer: location.pointer.as_str(),
        }
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    title: &'static str,
    area: Area,
    severity: Severity,
    confidence: Confidence,
    controls: &'static [&'static str],
    resource: &'a ResourceId,
    location: Place<'a>,
    related: Vec<Further<'a>>,
    message: &'a str,
    remediation: &'static str,
    fixes: Vec<Mend<'a>>,
    fingerprint: &'a str,
    rank: &'a Rank,
    exception: Option<Accepted<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rendered: Option<&'a Rendered>,
}

#[derive(Serialize)]
struct Further<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    role: Role,
}

impl<'a> Further<'a> {
    fn of(related: &'a Related) -> Self {
        Self { place: Place::of(&related.location), label: &related.label, role: related.role }
    }
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<Edit<'a>>,
    patch: Option<Vec<Operation>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    offset: u32,
    end_offset: u32,
    text: &'a str,
}

impl<'a> Edit<'a> {
    fn of(edit: &'a TextEdit, files: &Files<'a>) -> Self {
        let range = files.lines(&edit.file).map(|l| l.range(edit.span));
        Self {
            file: &edit.file,
            line: range.map(|r| r.start.line),
            column: range.map(|r| r.start.column),
            end_line: range.map(|r| r.end.line),
            end_column: range.map(|r| r.end.column),
            offset: edit.span.start,
            end_offset: edit.span.end,
            text: &edit.text,
        }
    }
}

#[derive(Serialize)]
struct Accepted<'a> {
    rule: &'a str,
    reason: Option<&'a str>,
    owner: Option<&'a str>,
    until: Option<&'a str>,
    source: &'static str,
    tool: Option<&'a str>,
    location: Place<'a>,
}

impl<'a> Accepted<'a> {
    fn of(exception: &'a Exception) -> Self {
        let (source, tool) = match &exception.source {
            ExceptionSource::Inline => ("inline", None),
            ExceptionSource::Annotation => ("annotation", None),
            ExceptionSource::Config => ("config", None),
            ExceptionSource::Foreign(tool) => ("foreign", Some(tool.as_str())),
        };
        Self {
            rule: &exception.rule,
            reason: exception.reason.as_deref(),
            owner: exception.owner.as_deref(),
            until: exception.until.as_deref(),
            source,
            tool,
            location: Place::of(&exception.location),
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    status: Status,
    reason: &'a str,
    kind: &'a str,
    line: Option<u32>,
    code: Option<WhyCode>,
    rules: &'a [String],
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct Rule {
    id: &'static str,
    title: &'static str,
    severity: Severity,
    passed: u32,
    failed: u32,
    excepted: u32,
    not_evaluated: u32,
}

#[derive(Serialize)]
struct Note<'a> {
    kind: NoticeKind,
    message: &'a str,
    location: Place<'a>,
}

/// Writes a report as JSON, one finding a line. Positions of fixes need the texts of their files; without
/// them they are `null`, and the offsets stand alone.
pub fn write(report: &Report, sources: &dyn Sources) -> String {
    let files = Files::new(report, sources);
    let document = Document {
        schema: SCHEMA,
        tool: Tool { name: "holdfast", version: report.version },
        targets: &report.targets,
        summary: summary(report),
        findings: Entries { findings: &report.findings, files: &files },
        ledger: report
            .ledger
            .iter()
            .map(|r| Row {
                file: &r.file,
                status: r.status,
                reason: &r.reason,
                kind: &r.kind,
                line: r.line,
                code: r.code,
                rules: &r.rules,
                hint: r.hint.as_deref(),
            })
            .collect(),
        rules: report
            .tallies
            .iter()
            .map(|t| Rule {
                id: t.rule.id,
                title: t.rule.title,
                severity: t.rule.severity,
                passed: t.passed,
                failed: t.failed,
                excepted: t.excepted,
                not_evaluated: t.not_evaluated,
            })
            .collect(),
        notices: report
            .notices
            .iter()
            .map(|n| Note { kind: n.kind, message: &n.message, location: Place::of(&n.location) })
            .collect(),
        framework: assessment(report).map(|a| render::json(&a)),
    };
    layout::json(&document, 2, report.findings.len() * 1536 + report.ledger.len() * 128 + 4096)
}

fn entry<'a>(finding: &'a Finding, files: &Files<'a>) -> Entry<'a> {
    Entry {
        rule: finding.rule.id,
        title: finding.rule.title,
        area: finding.rule.area,
        severity: finding.severity,
        confidence: finding.confidence,
        controls: finding.rule.controls,
        resource: &finding.resource,
        location: Place::of(&finding.primary),
        related: finding.related.iter().map(Further::of).collect(),
        message: &finding.message,
        remediation: finding.rule.remediation,
        fixes: finding
            .fixes
            .iter()
            .map(|fix| Mend {
                title: &fix.title,
                safety: fix.safety,
                edits: fix.edits.iter().map(|e| Edit::of(e, files)).collect(),
                patch: patch::operations(fix),
            })
            .collect(),
        fingerprint: &finding.fingerprint,
        rank: &finding.rank,
        exception: finding.exception.as_ref().map(Accepted::of),
        rendered: finding.rendered.as_ref(),
    }
}

fn summary(report: &Report) -> Value {
    let counts = Counts::of(report);
    let mut findings: Map<String, Value> =
        counts.severities().map(|(s, n)| (s.to_string(), json!(n))).collect();
    findings.insert("total".into(), json!(counts.open));
    let areas: Map<String, Value> = counts.areas().map(|(a, n)| (a.to_string(), json!(n))).collect();
    json!({
        "status": if report.fails() { "failed" } else { "passed" },
        "fail_on": report.fail_on,
        "findings": findings,
        "areas": areas,
        "excepted": counts.excepted,
        "fixable": counts.fixes,
        "gaps": counts.gaps,
        "files": report.stats.files,
        "bytes": report.stats.bytes,
        "resources": report.stats.resources,
        "rules": report.stats.rules,
    })
}
