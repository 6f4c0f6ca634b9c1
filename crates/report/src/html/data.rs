//! What the page's script works on: findings, rules, files and ledger as compact JSON.

use super::frame::{Frame, Texts};
use super::markup::tidy;
use crate::framework;
use crate::{Report, Sources};
use model::{Area, Exception, ExceptionSource, Finding, Location, RuleMeta, Safety, Severity, Status};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The whole data block. Keys are short: there may be many findings.
#[derive(Serialize)]
struct Data {
    severities: Vec<&'static str>,
    areas: Vec<&'static str>,
    rules: Vec<Rule>,
    files: Vec<String>,
    /// Titles of the controls that the rules refer to.
    controls: BTreeMap<&'static str, &'static str>,
    findings: Vec<Row>,
    statuses: Vec<&'static str>,
    ledger: Vec<Ledger>,
}

#[derive(Serialize)]
struct Rule {
    id: &'static str,
    title: &'static str,
    area: usize,
    topic: &'static str,
    profile: &'static str,
    severity: &'static str,
    reason: &'static str,
    maturity: &'static str,
    fix: &'static str,
    docs: &'static str,
    controls: &'static [&'static str],
}

#[derive(Serialize)]
struct Row {
    /// Index of the rule.
    r: usize,
    /// Index of the severity.
    s: usize,
    /// Confidence.
    c: &'static str,
    /// Index of the file.
    f: usize,
    /// Line and column.
    l: u32,
    k: u32,
    /// Pointer.
    #[serde(skip_serializing_if = "String::is_empty")]
    p: String,
    /// Resource.
    o: String,
    /// Message.
    m: String,
    /// Fingerprint.
    x: String,
    /// Score and its reasons.
    n: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    w: Vec<String>,
    /// Code frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    t: Option<Frame>,
    /// Related places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    a: Vec<Place>,
    /// Fixes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    d: Vec<Mend>,
    /// Exception.
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
}

#[derive(Serialize)]
struct Place {
    f: usize,
    l: u32,
    b: String,
    /// The line itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    t: Option<String>,
}

#[derive(Serialize)]
struct Mend {
    t: String,
    safe: bool,
    d: Vec<String>,
}

#[derive(Serialize)]
struct Ledger {
    f: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    l: Option<u32>,
    s: usize,
    k: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<String>,
    w: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    h: Option<String>,
}

/// Every status, gaps first, with the word for it.
pub(super) const STATUSES: [(Status, &str); 5] = [
    (Status::Error, "error"),
    (Status::NotEvaluated, "not evaluated"),
    (Status::Judged, "judged"),
    (Status::NotApplicable, "not applicable"),
    (Status::Excluded, "excluded"),
];

/// Numbers things in order of first use.
#[derive(Default)]
struct Index<'a> {
    numbers: BTreeMap<&'a str, usize>,
    names: Vec<&'a str>,
}

impl<'a> Index<'a> {
    fn number(&mut self, name: &'a str) -> usize {
        let next = self.names.len();
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            next
        })
    }
}

/// The data block as JSON text.
pub(super) fn json(report: &Report, sources: &dyn Sources) -> String {
    let texts = Texts::gather(report, sources);
    let mut files = Index::default();
    let mut rule_numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rules: Vec<Rule> = Vec::new();
    let mut controls = BTreeMap::new();
    let mut findings = Vec::with_capacity(report.findings.len());
    for finding in &report.findings {
        let rule = finding.rule;
        let number = *rule_numbers.entry(rule.id).or_insert_with(|| {
            for reference in rule.controls {
                if let Some((_, control)) = framework::resolve(reference) {
                    controls.insert(*reference, control.title);
                }
            }
            rules.push(Rule::new(rule));
            rules.len() - 1
        });
        findings.push(row(finding, number, &texts, &mut files));
    }
    let data = Data {
        severities: Severity::ALL.iter().map(|s| s.word()).collect(),
        areas: Area::ALL.iter().map(|a| a.word()).collect(),
        rules,
        files: files.names.iter().map(|f| tidy(f)).collect(),
        controls,
        findings,
        statuses: STATUSES.iter().map(|(_, word)| *word).collect(),
        ledger: report.ledger.iter().map(ledger).collect(),
    };
    // Serialising plain structs of strings and numbers can not fail.
    serde_json::to_string(&data).unwrap_or_else(|_| "null".to_owned())
}

impl Rule {
    fn new(rule: &'static RuleMeta) -> Self {
        Self {
            id: rule.id,
            title: rule.title,
            area: position(Area::ALL, rule.area),
            topic: rule.topic,
            profile: rule.profile.word(),
            severity: rule.severity.word(),
            reason: rule.severity_reason,
            maturity: rule.maturity.word(),
            fix: rule.remediation,
            docs: rule.docs,
            controls: rule.controls,
        }
    }
}

fn position<T: PartialEq>(all: &[T], one: T) -> usize {
    all.iter().position(|x| *x == one).unwrap_or(0)
}

fn row<'a>(finding: &'a Finding, rule: usize, texts: &Texts<'_>, files: &mut Index<'a>) -> Row {
    Row {
        r: rule,
        s: position(Severity::ALL, finding.severity),
        c: finding.confidence.word(),
        f: files.number(&finding.primary.file),
        l: finding.primary.range.start.line,
        k: finding.primary.range.start.column,
        p: tidy(finding.primary.pointer.as_str()),
        o: tidy(&finding.resource.to_string()),
        m: tidy(&finding.message),
        x: tidy(&finding.fingerprint),
        n: finding.rank.score,
        w: finding.rank.reasons.iter().map(|r| tidy(r)).collect(),
        t: texts.frame(&finding.primary),
        a: finding
            .related
            .iter()
            .map(|r| Place {
                f: files.number(&r.location.file),
                l: r.location.range.start.line,
                b: tidy(&r.label),
                t: texts.excerpt(&r.location),
            })
            .collect(),
        d: finding
            .fixes
            .iter()
            .map(|fix| Mend {
                t: tidy(&fix.title),
                safe: fix.safety == Safety::Safe,
                d: texts.diff(fix).iter().map(|l| tidy(l)).collect(),
            })
            .collect(),
        e: finding.exception.as_ref().map(|e| tidy(&exception(e))),
    }
}

/// An exception as a sentence.
pub(super) fn exception(exception: &Exception) -> String {
    let mut out = match &exception.source {
        ExceptionSource::Inline => "Accepted by a comment".to_owned(),
        ExceptionSource::Annotation => "Accepted by an annotation".to_owned(),
        ExceptionSource::Config => "Accepted in the configuration".to_owned(),
        ExceptionSource::Foreign(tool) => format!("Accepted by a comment for {tool}"),
    };
    let at = place(&exception.location);
    if !at.is_empty() {
        let _ = write!(out, " ({at})");
    }
    if let Some(owner) = &exception.owner {
        let _ = write!(out, ", owner {owner}");
    }
    if let Some(until) = &exception.until {
        let _ = write!(out, ", until {until}");
    }
    let _ = match &exception.reason {
        Some(reason) => write!(out, ": {reason}"),
        None => write!(out, ", no reason given"),
    };
    out
}

/// File and line, as far as there are any.
pub(super) fn place(location: &Location) -> String {
    if location.range.start.line == 0 {
        location.file.to_string()
    } else {
        format!("{}:{}", location.file, location.range.start.line)
    }
}

fn ledger(row: &model::LedgerRow) -> Ledger {
    Ledger {
        f: tidy(&row.file),
        l: row.line,
        s: STATUSES.iter().position(|(s, _)| *s == row.status).unwrap_or(0),
        k: tidy(&row.kind),
        r: (!row.rules.is_empty()).then(|| tidy(&row.rules.join(", "))),
        w: tidy(&row.reason),
        h: row.hint.as_deref().map(tidy),
    }
}
