//! SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for code-scanning services and editors.

use crate::files::Files;
use crate::frame::is_whole_file;
use crate::{Report, Sources, escape, group, layout, summary};
use model::{
    Confidence, Exception, ExceptionSource, Finding, Fix, LedgerRow, Location, Notice, Position, Profile,
    Range, RuleMeta, Safety, Severity, Span, Status,
};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Name under which relative paths are to be resolved by the reader (3.14.14).
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log<'a, 'f> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a, 'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a, 'f> {
    tool: Value,
    invocations: [Invocation<'a>; 1],
    original_uri_base_ids: Value,
    column_kind: &'static str,
    results: Outcomes<'a, 'f>,
}

/// Results, brought into shape one at a time while they are written.
struct Outcomes<'a, 'f> {
    findings: &'a [Finding],
    files: &'f Files<'a>,
    index: &'f HashMap<&'static str, usize>,
}

impl Serialize for Outcomes<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.findings.iter().map(|f| outcome(f, self.files, self.index)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification<'a> {
    descriptor: Reference,
    level: &'static str,
    message: Text,
    locations: [Place<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    associated_rule: Option<RuleReference<'a>>,
}

#[derive(Serialize)]
struct Reference {
    id: String,
    index: usize,
}

#[derive(Serialize)]
struct RuleReference<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    /// A message in which nothing is taken for an argument `{0}` or a link `[a](b)` (3.11.5, 3.11.6). Other
    /// braces and brackets stay as they are: services show them as written, escaped or not.
    fn of(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, brace) = rest.split_at(at);
            out.push_str(before);
            let inner = brace.strip_prefix('{').unwrap_or_default();
            let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
            match inner.split_at_checked(digits) {
                Some((number, tail)) if digits > 0 && tail.starts_with('}') => {
                    out.push_str("{{");
                    out.push_str(number);
                    out.push_str("}}");
                    rest = tail.strip_prefix('}').unwrap_or_default();
                }
                _ => {
                    out.push('{');
                    rest = inner;
                }
            }
        }
        out.push_str(rest);
        if out.contains("](") {
            out = out.replace('[', "\\[").replace(']', "\\]");
        }
        Self { text: out }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    rule_index: usize,
    kind: &'static str,
    level: &'static str,
    rank: f32,
    message: Text,
    locations: [Place<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place<'a>>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'a>; 1]>,
    properties: Bag<'a>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "holdfastFingerprint/v1")]
    own: &'a str,
    /// The name under which code-scanning services look for an identity that survives line moves.
    #[serde(rename = "primaryLocationLineHash")]
    line: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bag<'a> {
    severity: Severity,
    confidence: Confidence,
    resource: &'a model::ResourceId,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    rank_reasons: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    rendered: Option<&'a model::Rendered>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_offset: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_length: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    name: &'a str,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend<'a> {
    description: Text,
    artifact_changes: Vec<Changes<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Changes<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: String,
    location: Place<'a>,
}

/// Writes a report as a SARIF log with one run. Excepted findings are results with a suppression; gaps of
/// the ledger and notices are notifications of the invocation.
pub fn write(report: &Report, sources: &dyn Sources) -> String {
    let files = Files::new(report, sources);
    let mut rules: BTreeMap<&'static str, &'static RuleMeta> = BTreeMap::new();
    rules.extend(report.tallies.iter().map(|t| (t.rule.id, t.rule)));
    rules.extend(report.findings.iter().map(|f| (f.rule.id, f.rule)));
    let index: HashMap<&'static str, usize> = rules.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let (descriptors, notifications) = notifications(report, &index);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: json!({
                "driver": {
                    "name": "Holdfast",
                    "version": report.version,
                    "semanticVersion": report.version,
                    "rules": rules.values().map(|r| rule(r)).collect::<Vec<_>>(),
                    "notifications": descriptors,
                }
            }),
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notifications,
            }],
            original_uri_base_ids: json!({ROOT: {"description": {"text": "The directory that was scanned from."}}}),
            column_kind: "unicodeCodePoints",
            results: Outcomes { findings: &report.findings, files: &files, index: &index },
        }],
    };
    layout::json(&log, 4, report.findings.len() * 2048 + rules.len() * 4096 + 4096)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// A number on the CVSS scale inside the band of the severity, as code-scanning services sort by it.
const fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Info => "1.0",
    }
}

fn rule(rule: &RuleMeta) -> Value {
    let mut tags = vec![rule.profile.word(), rule.area.word(), rule.topic];
    tags.extend(rule.controls);
    tags.retain(|t| !t.is_empty());
    let mut seen = Vec::with_capacity(tags.len());
    for tag in tags {
        if !seen.contains(&tag) {
            seen.push(tag);
        }
    }
    let help = format!("{}\n\n{}", rule.severity_reason, rule.remediation);
    let markdown = if rule.docs.is_empty() {
        format!("# {}\n\n{}\n\n**Fix:** {}\n", rule.title, rule.severity_reason, rule.remediation)
    } else {
        format!(
            "{}\n\n**Severity:** {}. {}\n\n**Fix:** {}\n",
            rule.docs.trim_end(),
            rule.severity,
            rule.severity_reason,
            rule.remediation
        )
    };
    let mut properties = json!({
        "tags": seen,
        "precision": rule.confidence,
        "problem.severity": match level(rule.severity) { "note" => "recommendation", other => other },
        "severity": rule.severity,
        "maturity": rule.maturity,
    });
    // Services take a rule with this property for one about security.
    if let (Profile::Security, Some(bag)) = (rule.profile, properties.as_object_mut()) {
        bag.insert("security-severity".into(), json!(score(rule.severity)));
    }
    json!({
        "id": rule.id,
        "name": pascal(rule.id),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": format!("{}. {}", rule.title, rule.severity_reason)},
        "help": {"text": help, "markdown": markdown},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": properties,
    })
}

/// `privileged-container` as `PrivilegedContainer`: SARIF asks for a name that differs from the id (3.49.7).
fn pascal(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for word in id.split('-') {
        let mut letters = word.chars();
        out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

fn artifact(file: &str) -> Artifact {
    let base = (!file.starts_with('/')).then_some(ROOT);
    Artifact { uri: escape::uri(file), uri_base_id: base }
}

fn region(span: Span, range: Option<Range>) -> Region {
    let mut region =
        Region { byte_offset: Some(span.start), byte_length: Some(span.len()), ..Region::default() };
    if let Some(range) = range.filter(|r| r.start.line > 0 && r.start.column > 0) {
        let end = range.end.max(range.start);
        region.start_line = Some(range.start.line);
        region.start_column = Some(range.start.column);
        region.end_line = Some(end.line);
        region.end_column = Some(end.column.max(1));
    }
    region
}

fn place(location: &Location) -> Place<'_> {
    let region = (!is_whole_file(location)).then(|| region(location.span, Some(location.range)));
    let pointer = location.pointer.as_str();
    let logical = (!pointer.is_empty()).then(|| Logical {
        name: pointer.rsplit('/').next().unwrap_or_default(),
        fully_qualified_name: pointer.to_owned(),
        kind: "member",
    });
    Place {
        id: None,
        physical_location: Physical { artifact_location: artifact(&location.file), region },
        logical_locations: logical.into_iter().collect(),
        message: None,
    }
}

fn outcome<'a>(finding: &'a Finding, files: &Files<'a>, index: &HashMap<&str, usize>) -> Outcome<'a> {
    let mut primary = place(&finding.primary);
    let id = &finding.resource;
    let qualified = format!("{}:{id}", id.provider);
    for logical in &mut primary.logical_locations {
        logical.fully_qualified_name.insert_str(0, &qualified);
    }
    primary
        .logical_locations
        .insert(0, Logical { name: &id.name, fully_qualified_name: qualified, kind: "resource" });
    let related = finding.related.iter().enumerate().map(|(i, related)| Place {
        id: Some(i + 1),
        message: Some(Text::of(&related.label)),
        ..place(&related.location)
    });
    Outcome {
        rule_id: finding.rule.id,
        rule_index: index.get(finding.rule.id).copied().unwrap_or(0),
        kind: "fail",
        level: level(finding.severity),
        rank: f32::from(finding.rank.score.min(100)),
        message: Text::of(&finding.message),
        locations: [primary],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { own: &finding.fingerprint, line: &finding.fingerprint },
        fixes: finding.fixes.iter().filter(|f| !f.edits.is_empty()).map(|f| mend(f, files)).collect(),
        suppressions: finding.exception.as_ref().map(|e| [suppression(e)]),
        properties: Bag {
            severity: finding.severity,
            confidence: finding.confidence,
            resource: id,
            rank_reasons: &finding.rank.reasons,
            rendered: finding.rendered.as_ref(),
        },
    }
}

fn mend<'a>(fix: &'a Fix, files: &Files<'a>) -> Mend<'a> {
    let mut changes: Vec<(&str, Changes<'a>)> = Vec::new();
    for edit in &fix.edits {
        let range = files.lines(&edit.file).map(|lines| lines.range(edit.span));
        let replacement = Replacement {
            deleted_region: region(edit.span, range),
            inserted_content: Content { text: &edit.text },
        };
        match changes.iter_mut().find(|(file, _)| *file == &*edit.file) {
            Some((_, known)) => known.replacements.push(replacement),
            None => changes.push((
                &edit.file,
                Changes { artifact_location: artifact(&edit.file), replacements: vec![replacement] },
            )),
        }
    }
    let note = if fix.safety == Safety::Unsafe { " (look before applying)" } else { "" };
    Mend {
        description: Text::of(&format!("{}{note}", fix.title)),
        artifact_changes: changes.into_iter().map(|(_, c)| c).collect(),
    }
}

fn suppression(exception: &Exception) -> Suppression<'_> {
    let mut justification = exception.reason.clone().unwrap_or_else(|| "no reason given".into());
    if let Some(owner) = &exception.owner {
        justification.push_str("; owner: ");
        justification.push_str(owner);
    }
    if let Some(until) = &exception.until {
        justification.push_str("; until ");
        justification.push_str(until);
    }
    let kind = match exception.source {
        ExceptionSource::Config => "external",
        ExceptionSource::Inline | ExceptionSource::Annotation | ExceptionSource::Foreign(_) => "inSource",
    };
    Suppression { kind, status: "accepted", justification, location: place(&exception.location) }
}

/// Notifications for gaps and notices, and the descriptors they refer to.
fn notifications<'a>(
    report: &'a Report,
    rules: &HashMap<&str, usize>,
) -> (Vec<Value>, Vec<Notification<'a>>) {
    let mut ids: Vec<String> = Vec::new();
    let mut descriptors = Vec::new();
    let mut reference = |id: String, text: &str| {
        let index = ids.iter().position(|known| *known == id).unwrap_or_else(|| {
            descriptors.push(json!({"id": &id, "shortDescription": {"text": text}}));
            ids.push(id.clone());
            ids.len() - 1
        });
        Reference { id, index }
    };
    let mut all = Vec::new();
    for row in report.ledger.iter().filter(|r| r.status.is_gap()) {
        let descriptor = reference(format!("gap/{}", group::gap_word(row.code)), group::gap_title(row.code));
        all.push(gap(row, descriptor, rules));
    }
    for notice in &report.notices {
        let word = summary::notice_word(notice.kind);
        let descriptor =
            reference(format!("exception/{}", word.replace(' ', "-")), &format!("exception that is {word}"));
        all.push(note(notice, descriptor));
    }
    (descriptors, all)
}

fn gap<'a>(row: &'a LedgerRow, descriptor: Reference, rules: &HashMap<&str, usize>) -> Notification<'a> {
    let mut text = format!("Not judged: {}", row.reason);
    if let Some(hint) = &row.hint {
        text.push_str(". ");
        text.push_str(hint);
    }
    let region = row.line.filter(|l| *l > 0).map(|l| Region { start_line: Some(l), ..Region::default() });
    Notification {
        descriptor,
        level: if row.status == Status::Error { "error" } else { "warning" },
        message: Text::of(&text),
        locations: [Place {
            id: None,
            physical_location: Physical { artifact_location: artifact(&row.file), region },
            logical_locations: Vec::new(),
            message: None,
        }],
        associated_rule: row
            .rules
            .first()
            .map(String::as_str)
            .map(|id| RuleReference { id, index: rules.get(id).copied() }),
    }
}

fn note(notice: &Notice, descriptor: Reference) -> Notification<'_> {
    let mut location = place(&notice.location);
    if notice.location.range.start < (Position { line: 1, column: 1 }) {
        location.physical_location.region = None;
    }
    Notification {
        descriptor,
        level: "warning",
        message: Text::of(&notice.message),
        locations: [location],
        associated_rule: None,
    }
}
