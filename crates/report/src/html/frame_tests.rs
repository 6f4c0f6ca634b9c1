use super::*;
use crate::Stats;
use crate::html::tests::{Files, finding, report_of, rule, secret_rule};
use model::{Position, Range, Safety, Span, TextEdit};
use std::sync::Arc;

fn place(text: &str, what: &str) -> Location {
    let start = text.find(what).unwrap();
    Location {
        file: Arc::from("a.yaml"),
        span: Span::new(start as u32, (start + what.len()) as u32),
        range: Range { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } },
        ..Location::default()
    }
}

fn texts<T>(text: &str, secrets: &[&str], then: impl FnOnce(&Texts<'_>) -> T) -> T {
    let mut findings = vec![finding(rule())];
    for secret in secrets {
        let mut f = finding(secret_rule());
        f.primary = place(text, secret);
        findings.push(f);
    }
    if let Some(first) = findings.first_mut() {
        first.primary = place(text, "");
    }
    let report = report_of(findings);
    assert_eq!(report.stats, Stats::default());
    let files = Files::from([("a.yaml", text)]);
    then(&Texts::gather(&report, &files))
}

fn frame(text: &str, what: &str, secrets: &[&str]) -> Frame {
    texts(text, secrets, |t| t.frame(&place(text, what)).unwrap())
}

#[test]
fn a_frame_has_context_and_a_mark() {
    let f = frame("one\ntwo\nthree: x\nfour\nfive\nsix\n", "x", &[]);
    assert_eq!(f.first, 1);
    assert_eq!(f.lines, ["one", "two", "three: x", "four", "five"]);
    assert_eq!(f.marks, [(2, 7, 8)]);
    let f = frame("one\r\ntwo\r\n", "two", &[]);
    assert_eq!((f.lines, f.marks), (vec!["one".to_owned(), "two".to_owned()], vec![(1, 0, 3)]));
}

#[test]
fn columns_count_utf16_units() {
    let f = frame("k: \u{1f512}\u{e9} x\n", "x", &[]);
    assert_eq!(f.marks, [(0, 7, 8)]);
}

#[test]
fn a_long_place_and_a_long_line_are_cut() {
    let text = "line\n".repeat(100);
    let f = frame(&text, &text, &[]);
    assert_eq!(f.lines.len(), LONGEST + CONTEXT);
    let text = format!("{}needle{}", "a".repeat(100_000), "b".repeat(100_000));
    let f = frame(&text, "needle", &[]);
    let (line, from, to) = f.marks[0];
    assert!(f.lines[line].chars().count() <= WIDEST + 2);
    assert_eq!(&f.lines[line].chars().skip(from).take(to - from).collect::<String>(), "needle");
    assert!(f.lines[line].starts_with('…') && f.lines[line].ends_with('…'));
    let f = frame(&text, &text, &[]);
    assert_eq!((f.lines.len(), f.marks[0].1), (1, 0));
    let out = diff(&text, &[], &[(Span::new(0, 1), "x")]);
    assert_eq!(out, ["@a.yaml:1", "@ the lines are too long to be shown"]);
    // What precedes the window is a secret of which nothing may show.
    let text = format!("{}needle", "s3cret".repeat(20_000));
    let f = frame(&text, "needle", &[text.strip_suffix("needle").unwrap()]);
    assert!(!format!("{f:?}").contains("cret"), "{f:?}");
}

#[test]
fn secrets_are_masked_in_every_frame_of_the_file() {
    let text = "user: bob\npassword: hunter2hunter2\nport: 1\n";
    let own = frame(text, "hunter2hunter2", &["hunter2hunter2"]);
    assert_eq!(own.lines, ["user: bob", "password: hun***", "port: 1"]);
    assert_eq!(own.marks, [(1, 10, 16)]);
    let beside = frame(text, "port", &["hunter2hunter2"]);
    assert_eq!(beside.lines, ["user: bob", "password: hun***", "port: 1"]);
    let part = frame(text, "ter2hun", &["hunter2hunter2"]);
    assert!(!format!("{part:?}").contains("ter2"), "{part:?}");
}

#[test]
fn an_excerpt_is_one_masked_line() {
    let text = "a:\n    key: hunter2hunter2\n";
    let of = |what| texts(text, &["hunter2hunter2"], |t| t.excerpt(&place(text, what)));
    assert_eq!(of("key").as_deref(), Some("key: hun***"));
    assert_eq!(texts(text, &[], |t| t.excerpt(&Location::default())), None);
}

#[test]
fn a_secret_over_several_lines_keeps_its_lines() {
    let text = "a: |\n  -----BEGIN KEY-----\n  MIIEvQIBADANBg\n  AAAAAAAAAAAAAA\nb: 1\n";
    let key = "-----BEGIN KEY-----\n  MIIEvQIBADANBg\n  AAAAAAAAAAAAAA";
    let f = frame(text, key, &[key]);
    assert_eq!(f.lines, ["a: |", "  ---***", "***", "***", "b: 1"]);
    assert_eq!(f.marks.len(), 3);
}

#[test]
fn a_short_secret_shows_less() {
    assert_eq!(head("abcd"), "a");
    assert_eq!(head("abc"), "");
    assert_eq!(head("abcdefghijklmnop"), "abc");
}

fn fix(edits: &[(Span, &str)]) -> Fix {
    let edit = |(span, text): &(Span, &str)| TextEdit {
        file: Arc::from("a.yaml"),
        span: *span,
        text: (*text).to_owned(),
    };
    Fix {
        title: "t".to_owned(),
        safety: Safety::Safe,
        changes: Vec::new(),
        edits: edits.iter().map(edit).collect(),
    }
}

fn diff(text: &str, secrets: &[&str], edits: &[(Span, &str)]) -> Vec<String> {
    texts(text, secrets, |t| t.diff(&fix(edits)))
}

#[test]
fn diffs_show_what_changes() {
    let text = "one\ntwo\nthree\nfour\nfive\n";
    assert_eq!(
        diff(text, &[], &[(Span::new(8, 13), "3")]),
        ["@a.yaml:3", " one", " two", "-three", "+3", " four", " five"]
    );
    // A line taken out, a line put in, one at the end.
    assert_eq!(
        diff(text, &[], &[(Span::new(8, 14), "")]),
        ["@a.yaml:3", " one", " two", "-three", " four", " five"]
    );
    assert_eq!(
        diff(text, &[], &[(Span::new(8, 8), "2a\n")]),
        ["@a.yaml:3", " one", " two", "+2a", " three", " four", " five"]
    );
    assert_eq!(diff(text, &[], &[(Span::new(24, 24), "six\n")]), ["@a.yaml:6", " four", " five", "+six"]);
    // Neighbours make one stretch, far ones two.
    let both = diff(text, &[], &[(Span::new(0, 3), "1"), (Span::new(8, 13), "3")]);
    assert_eq!(both, ["@a.yaml:1", "-one", "-two", "-three", "+1", "+two", "+3", " four", " five"]);
    // Nonsense is left out, not shown.
    assert_eq!(diff(text, &[], &[(Span::new(90, 99), "x")]), Vec::<String>::new());
}

#[test]
fn diffs_mask_secrets_also_where_they_are_moved() {
    let text = "password: hunter2hunter2\n";
    let out = diff(text, &["hunter2hunter2"], &[(Span::new(0, 24), "secret: hunter2hunter2")]);
    assert_eq!(out, ["@a.yaml:1", "-password: hun***", "+secret: hun***"]);
}
