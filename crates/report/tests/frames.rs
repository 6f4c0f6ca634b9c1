//! Code frames: what is shown of the source, where it is cut, and where the marks stand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

mod common;

use common::{NAMES, SECRET, Texts, finding, fixture};
use model::{Finding, Location, Pointer, Position, Range, Related, Span};
use report::files::Files;
use report::frame::{Limits, Row, frames};
use std::fmt::Write;

fn place(span: (usize, usize)) -> Location {
    let one = Position { line: 1, column: 1 };
    Location {
        file: "f".into(),
        pointer: Pointer::root().join("x"),
        span: Span::new(span.0 as u32, span.1 as u32),
        range: Range { start: one, end: one },
    }
}

/// The rows of a frame over `source`, drawn with `^` for the primary mark and `-` for others.
fn draw_with(source: &str, width: usize, findings: Vec<Finding>) -> String {
    let mut report = fixture();
    report.findings = findings;
    let texts = Texts([("f".to_owned(), source.to_owned())].into());
    let files = Files::new(&report, &texts);
    let limits = Limits { width, context: 1, related: 9, ellipsis: "…" };
    let mut out = String::new();
    for Row { number, gap, text, marks, .. } in
        frames(&files, &report.findings[0], limits).iter().flat_map(|f| &f.rows)
    {
        if *gap {
            out.push_str("  :\n");
        }
        let _ = writeln!(out, "{number} |{text}");
        for mark in marks {
            let line = if mark.primary { "^" } else { "-" }.repeat(mark.end - mark.start);
            let _ = writeln!(out, "  |{}{line}{}", " ".repeat(mark.start), mark.label);
        }
    }
    out
}

fn draw(source: &str, width: usize, span: (usize, usize)) -> String {
    draw_with(source, width, vec![finding(&NAMES, place(span), "m", 1)])
}

fn find(source: &str, what: &str) -> (usize, usize) {
    let start = source.find(what).unwrap();
    (start, start + what.len())
}

#[test]
fn tabs_wide_and_combining_characters() {
    let source = "\ta: 日本 e\u{301} XY # z\n";
    assert_eq!(draw(source, 60, find(source, "XY")), "1 |    a: 日本 e\u{301} XY # z\n  |              ^^\n");
    assert_eq!(draw(source, 60, find(source, "日本")), "1 |    a: 日本 e\u{301} XY # z\n  |       ^^^^\n");
}

#[test]
fn controls_are_written_out_and_counted() {
    let source = "\u{1b}[1m\u{202e}X\r\n";
    assert_eq!(draw(source, 60, find(source, "X")), "1 |\\x1b[1m\\u{202e}X\n  |               ^\n");
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let source = format!("{}NEEDLE{}\n", "a".repeat(1000), "b".repeat(1000));
    let out = draw(&source, 30, (1000, 1006));
    assert_eq!(out, "1 |…aaaaaaaaaaNEEDLEbbbbbbbbbbbb…\n  |           ^^^^^^\n");
    let at_start = draw(&source, 30, (0, 3));
    assert_eq!(at_start, "1 |aaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\n  |^^^\n");
    let at_end = draw(&source, 30, (2004, 2006));
    assert_eq!(at_end, "1 |…bbbbbbbbbbbb\n  |           ^^\n");
    let whole = draw(&source, 30, (0, 2006));
    assert_eq!(whole, format!("1 |aaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\n  |{}\n", "^".repeat(30)));
}

#[test]
fn spans_of_several_lines_and_of_none() {
    let source = "a:\n  b: 1\n  c: 2\n  d: 3\n  e: 4\nf: 5\n";
    assert_eq!(draw(source, 30, (5, 33)), "1 |a:\n2 |  b: 1\n  |  ^^^^\n3 |  c: 2\n4 |  d: 3\n");
    assert_eq!(draw(source, 30, (2, 2)), "1 |a:\n  |  ^\n2 |  b: 1\n");
    assert_eq!(draw("x", 30, (1, 1)), "1 |x\n  | ^\n");
    assert_eq!(draw("", 30, (0, 0)), "1 |\n  |^\n");
    assert_eq!(draw("x", 30, (7, 9)), "", "a span that is not of this text");
}

#[test]
fn related_places_and_gaps() {
    let source = "one\ntwo\nthree\nfour\nfive\n";
    let mut one = finding(&NAMES, place(find(source, "one")), "m", 1);
    for (what, label) in [("five", "here"), ("one", "same"), ("ne", "part")] {
        one.related.push(Related {
            location: place(find(source, what)),
            label: label.into(),
            role: model::Role::Evidence,
        });
    }
    assert_eq!(
        draw_with(source, 30, vec![one]),
        "1 |one\n  |^^^\n  |---same\n  | --part\n2 |two\n  :\n5 |five\n  |----here\n"
    );
}

#[test]
fn secrets_are_masked() {
    let source = "user: me\npassword: hunter2hunter2 # c\nother: \"short\"\n";
    let secret = |what| finding(&SECRET, place(find(source, what)), "m", 1);
    let long = draw_with(source, 40, vec![secret("hunter2hunter2")]);
    assert_eq!(long, "2 |password: hun*** # c\n  |          ^^^^^^\n");
    let short = draw_with(source, 40, vec![secret("\"short\"")]);
    assert_eq!(short, "3 |other: \"***\n  |       ^^^^\n");
    let other = finding(&NAMES, place(find(source, "user")), "m", 1);
    let near = draw_with(source, 40, vec![other, secret("hunter2hunter2")]);
    assert_eq!(near, "1 |user: me\n  |^^^^\n2 |password: hun*** # c\n");
}

#[test]
fn secrets_over_several_lines_and_under_other_marks() {
    let source = "key: |\n  -----BEGIN KEY-----\n  abcdef\n  ghijkl\nend: 1\n";
    let span = find(source, "-----BEGIN KEY-----\n  abcdef\n  ghijkl");
    let inner = finding(&NAMES, place(find(source, "cdef")), "m", 1);
    let out = draw_with(source, 40, vec![inner, finding(&SECRET, place(span), "m", 1)]);
    assert_eq!(out, "2 |  ---***\n3 |***\n  |  ^\n4 |***\n".replace("  |  ^", "  |   ^"));
}

#[test]
fn a_long_secret_is_masked_where_the_line_is_cut() {
    let source = format!("k: {}NEEDLE{}\n", "s".repeat(500), "t".repeat(500));
    let span = find(&source, "NEEDLE");
    let inner = finding(&NAMES, place(span), "m", 1);
    let secret = finding(&SECRET, place((3, source.len() - 1)), "m", 1);
    let out = draw_with(&source, 30, vec![inner, secret]);
    assert!(out.starts_with("1 |…***\n"), "{out}");
    assert!(!out.contains("ss") && !out.contains("NEEDLE"), "{out}");
}
