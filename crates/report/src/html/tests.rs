use super::*;
use crate::{NoSources, Stats};
use model::RuleMeta;
use model::{
    Area, Confidence, Exception, ExceptionSource, Finding, Fix, LedgerRow, Location, Maturity, Notice,
    NoticeKind, Pointer, Position, Profile, Range, Rank, Related, ResourceId, RuleTally, Safety, Scope,
    Severity, Span, Status, TextEdit,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Texts by file name.
pub(super) struct Files(BTreeMap<String, String>);

impl<const N: usize> From<[(&str, &str); N]> for Files {
    fn from(files: [(&str, &str); N]) -> Self {
        Self(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }
}

impl Sources for Files {
    fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }
}

const fn meta(id: &'static str, topic: &'static str) -> RuleMeta {
    RuleMeta {
        id,
        title: "A <fault>",
        area: Area::Cluster,
        topic,
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "for </script> reasons",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["pss:baseline/privileged"],
        remediation: "Mend & test it.",
        since: "0.1.0",
        aliases: &[],
        docs: "# What\n\n`x` <b>\n",
    }
}

static RULE: RuleMeta = meta("a-rule", "workload");
static SECRET: RuleMeta = meta("a-secret", "secret");

pub(super) fn rule() -> &'static RuleMeta {
    &RULE
}

pub(super) fn secret_rule() -> &'static RuleMeta {
    &SECRET
}

pub(super) fn finding(rule: &'static RuleMeta) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        confidence: rule.confidence,
        resource: ResourceId::default(),
        primary: Location { file: Arc::from("a.yaml"), ..Location::default() },
        related: Vec::new(),
        message: "m".to_owned(),
        fixes: Vec::new(),
        fingerprint: "0".repeat(32),
        rank: Rank::default(),
        exception: None,
        rendered: None,
    }
}

pub(super) fn report_of(findings: Vec<Finding>) -> Report {
    Report {
        version: "0.1.0",
        targets: vec!["repo".to_owned()],
        findings,
        ledger: Vec::new(),
        rules: Vec::new(),
        framework: None,
        tallies: Vec::new(),
        notices: Vec::new(),
        stats: Stats::default(),
        fail_on: Some(Severity::High),
    }
}

/// A report in which every text that may come from an input is `text`.
fn hostile(text: &str) -> Report {
    let place = Location {
        file: Arc::from(text),
        pointer: Pointer::from_encoded(text),
        span: Span::new(0, text.len() as u32),
        range: Range { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 2 } },
    };
    let mut one = finding(&RULE);
    one.message = text.to_owned();
    one.fingerprint = text.to_owned();
    one.primary = place.clone();
    one.resource =
        ResourceId { provider: text.into(), kind: text.into(), namespace: text.into(), name: text.into() };
    one.related =
        vec![Related { location: place.clone(), label: text.to_owned(), role: model::Role::Evidence }];
    one.rank = Rank { score: 9, reasons: vec![text.to_owned()] };
    let edit = TextEdit { file: Arc::from(text), span: Span::new(0, 0), text: text.to_owned() };
    one.fixes =
        vec![Fix { title: text.to_owned(), safety: Safety::Safe, changes: Vec::new(), edits: vec![edit] }];
    let mut two = one.clone();
    two.exception = Some(Exception {
        rule: text.to_owned(),
        scope: Scope::default(),
        owner: Some(text.to_owned()),
        reason: Some(text.to_owned()),
        until: Some(text.to_owned()),
        source: ExceptionSource::Foreign(text.to_owned()),
        location: place.clone(),
    });
    let mut report = report_of(vec![one, two]);
    report.targets = vec![text.to_owned()];
    let mut row = LedgerRow::file(&Arc::from(text), Status::Error, text, text);
    row.hint = Some(text.to_owned());
    row.rules = vec![text.to_owned()];
    report.ledger = vec![row];
    report.notices = vec![Notice { kind: NoticeKind::Unused, message: text.to_owned(), location: place }];
    report.tallies = vec![RuleTally { rule: &RULE, passed: 1, failed: 1, excepted: 0, not_evaluated: 0 }];
    report
}

const VOID: [&str; 1] = ["meta"];

/// Reads the page as a browser would, strictly: every element closed in order, attributes quoted,
/// the two raw-text elements ended by their own end tag only. Gives the elements in order.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let mut open: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    while let Some((text, after)) = rest.split_once('<') {
        assert!(!text.contains('>'), "stray > in {text}");
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let self_closing = tag.ends_with('/');
        let (name, attributes) =
            tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{name}");
        let mut list = Vec::new();
        let mut left = attributes;
        while !left.is_empty() {
            let (key, tail) = left.split_once("=\"").unwrap_or_else(|| panic!("{left}"));
            let (value, tail) = tail.split_once('"').unwrap();
            assert!(key.chars().all(|c| c.is_ascii_alphabetic() || c == '-'), "{key}");
            list.push((key.to_owned(), value.to_owned()));
            left = tail.trim_start();
        }
        if name == "script" || name == "style" {
            let close = format!("</{name}>");
            rest = rest.split_once(&close).unwrap().1;
        } else if !VOID.contains(&name) && !self_closing {
            open.push(name.to_owned());
        }
        seen.push((name.to_owned(), list));
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}

fn check(page: &str) {
    let elements = elements(page);
    let count = |name: &str| elements.iter().filter(|(n, _)| n == name).count();
    assert_eq!(count("script"), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert_eq!(count("style"), 1);
    for (name, attributes) in &elements {
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{name} {key}");
            if key == "href" {
                assert!(value.starts_with('#'), "{value}");
            }
        }
        assert!(!["link", "img", "iframe", "object", "base", "form"].contains(&name.as_str()), "{name}");
    }
    let data = page.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert!(data["findings"].is_array());
}

#[test]
fn the_page_is_well_formed_and_asks_for_nothing() {
    for report in [report_of(Vec::new()), report_of(vec![finding(&RULE), finding(&SECRET)]), hostile("x")] {
        let page = write(&report, &NoSources);
        check(&page);
        for scheme in ["http:", "https:", "//cdn", "url(", "@import", "data:", "javascript:"] {
            assert!(!page.contains(scheme), "{scheme}");
        }
    }
}

#[test]
fn the_policy_allows_exactly_our_own_style_and_script() {
    let page = write(&report_of(Vec::new()), &NoSources);
    let between = |a: &str, b: &str| page.split_once(a).unwrap().1.split_once(b).unwrap().0.to_owned();
    let style = between("<style>", "</style>");
    let (_, script) = page.rsplit_once("<script>").unwrap();
    let script = script.split_once("</script>").unwrap().0;
    let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    assert_eq!(
        policy.replace("&#39;", "'"),
        format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            sha256::source(&style),
            sha256::source(script)
        )
    );
    for sink in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch("]
    {
        assert!(!SCRIPT.contains(sink), "{sink}");
    }
}

#[test]
fn hostile_texts_stay_text() {
    for text in [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='x",
        "javascript:alert(1)",
        "]]>&lt;",
        "\u{202e}evil\u{0}\u{1b}[2J\u{2028}",
        "`</code>` `<b>`",
        "<\u{2029}\r\n\t>",
    ] {
        let files = Files::from([(text, text)]);
        let page = write(&hostile(text), &files);
        check(&page);
        assert!(!page.contains(['\u{202e}', '\u{0}', '\u{1b}']));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_stays_text(text in "[<>&\"'`/!a-z\\-\u{0}-\u{1f}\u{2028}\u{202e}\u{1f512}]{0,24}") {
        let files = Files::from([(text.as_str(), text.as_str())]);
        check(&write(&hostile(&text), &files));
    }

    #[test]
    fn any_span_is_safe(text in "\\PC{0,40}\n?\\PC{0,9}", start in 0u32..60, end in 0u32..60, a in 0u32..60, b in 0u32..60) {
        let mut secret = finding(&SECRET);
        secret.primary.span = Span::new(start, end);
        secret.primary.range.start.line = 1;
        let mut other = finding(&RULE);
        other.primary.span = Span::new(a, b);
        let edit = TextEdit { file: Arc::from("a.yaml"), span: Span::new(a, b), text: "x\ny".to_owned() };
        other.fixes = vec![Fix { title: String::new(), safety: Safety::Safe, changes: Vec::new(), edits: vec![edit] }];
        let files = Files::from([("a.yaml", text.as_str())]);
        check(&write(&report_of(vec![secret, other]), &files));
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let files = Files::from([("x", "a: b\n")]);
    assert_eq!(write(&hostile("x"), &files), write(&hostile("x"), &files));
}

#[test]
fn no_secret_leaves_the_file_in_clear() {
    let text = "a: 1\nkey: sk_live_4eC39HqLyjWDarjtT1zdp7dc\nb: 2\n";
    let start = text.find("sk_live").unwrap() as u32;
    let mut secret = finding(&SECRET);
    secret.primary.span = Span::new(start, start + 32);
    let mut beside = finding(&RULE);
    beside.primary.span = Span::new(0, 4);
    let page = write(&report_of(vec![beside, secret]), &Files::from([("a.yaml", text)]));
    assert!(!page.contains("4eC39"), "the secret shows");
    assert_eq!(page.matches("key: sk_***").count(), 2);
}

#[test]
fn the_headline_is_never_good_news_with_gaps() {
    let of = |report: &Report| {
        let h = sections::headline(report);
        (h.tone, h.verdict, h.sentence)
    };
    let mut report = report_of(Vec::new());
    assert_eq!(of(&report).0, "good");
    report.ledger.push(LedgerRow::file(&Arc::from("a"), Status::NotEvaluated, "yaml", "because"));
    assert_eq!(
        of(&report),
        (
            "warn",
            "Not fully judged",
            "Nothing was found, but 1 place could not be judged; see coverage.".to_owned()
        )
    );
    report.findings.push(finding(&RULE));
    assert_eq!(of(&report).0, "bad");
    report.fail_on = Some(Severity::Critical);
    assert_eq!(of(&report).1, "Passes, with gaps");
    report.ledger.clear();
    assert_eq!(
        of(&report),
        ("good", "Passes", "1 finding open. None is at or above the threshold (critical).".to_owned())
    );
    report.fail_on = None;
    assert_eq!(of(&report), ("calm", "Review", "1 finding open. No threshold was set.".to_owned()));
}

#[test]
fn a_bar_looks_like_this() {
    let mut m = Markup::default();
    sections::bar(&mut m, "1 high, 3 low", &[("high", 1), ("info", 0), ("low", 3)], 8);
    assert_eq!(
        m.finish(),
        "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"1 high, 3 low\"><rect class=\"track\" width=\"1000\" height=\"10\"></rect>\
         <rect class=\"high\" x=\"0\" width=\"125\" height=\"10\"></rect>\
         <rect class=\"low\" x=\"125\" width=\"375\" height=\"10\"></rect></svg>"
    );
    assert_eq!(sections::group(1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(sections::count(1, "file"), "1 file");
}

#[test]
fn many_findings_take_linear_space() {
    let size = |n: usize| write(&report_of(vec![finding(&RULE); n]), &NoSources).len();
    let (hundred, thousand, more) = (size(200), size(1_000), size(5_000));
    let per_finding = (thousand - hundred) / 800;
    assert!((more - thousand) / 4_000 <= per_finding + 1, "{per_finding}");
}
