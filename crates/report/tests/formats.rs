//! What every format looks like on the fixture, and what must hold for all of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;
#[path = "common/xml.rs"]
mod xml;

use common::{finding, fixture, texts};
use model::{Location, Range, Span};
use proptest::prelude::*;
use report::escape::is_unsafe;
use report::{Format, NoSources, Report, Style, list, render};
use std::sync::Arc;

fn show(format: Format, style: &Style) -> String {
    render(format, &fixture(), &texts(), style)
}

#[test]
fn terminal_80() {
    insta::assert_snapshot!(show(Format::Terminal, &Style { width: 80, ..Style::default() }));
}

#[test]
fn terminal_140_verbose() {
    let style = Style { width: 140, verbose: true, ..Style::default() };
    insta::assert_snapshot!(show(Format::Terminal, &style));
}

#[test]
fn terminal_ascii_limited() {
    let style = Style { width: 60, unicode: false, limit: Some(1), ..Style::default() };
    insta::assert_snapshot!(show(Format::Terminal, &style));
}

#[test]
fn terminal_clean() {
    let mut report = fixture();
    report.findings.clear();
    report.notices.clear();
    insta::assert_snapshot!(
        "terminal_only_gaps",
        render(Format::Terminal, &report, &NoSources, &Style::default())
    );
    report.ledger.clear();
    insta::assert_snapshot!(
        "terminal_nothing",
        render(Format::Terminal, &report, &NoSources, &Style::default())
    );
}

#[test]
fn never_green_while_something_was_skipped() {
    let mut report = fixture();
    report.findings.clear();
    let all = [Format::Terminal, Format::Markdown, Format::Plain, Format::Github];
    let green = |report: &Report, format| {
        let out = render(format, report, &NoSources, &Style::default());
        out.contains(['✓', '✅']) || out.contains("no findings\n")
    };
    assert!(all.iter().all(|f| !green(&report, *f)), "gaps");
    report.ledger.clear();
    assert!(all.iter().all(|f| green(&report, *f)), "all clear");
    report.stats.resources = 0;
    assert!(all.iter().all(|f| !green(&report, *f)), "nothing judged");
}

#[test]
fn machine_formats() {
    let style = Style { time: Some("2026-05-04T03:02:01".into()), ..Style::default() };
    for format in Format::ALL {
        if !matches!(format, Format::Terminal | Format::Html) {
            insta::assert_snapshot!(format.word(), show(format, &style));
        }
    }
}

#[test]
fn rules() {
    let rules = [&common::PRIVILEGED, &common::SECRET, &common::LIMITS];
    let style = Style { width: 80, verbose: true, ..Style::default() };
    insta::assert_snapshot!("rules_table", list::table(&rules, &style));
    insta::assert_snapshot!("rules_json", list::json(&rules));
    insta::assert_snapshot!("rules_markdown", list::markdown(&rules));
    insta::assert_snapshot!("explain", report::explain::explain(&common::PRIVILEGED, &style));
}

#[test]
fn no_format_shows_a_secret() {
    for format in Format::ALL {
        for verbose in [false, true] {
            let out = show(format, &Style { verbose, ..Style::default() });
            assert!(!out.contains("1234567890"), "{format} shows the secret");
        }
    }
}

#[test]
fn a_secret_stays_hidden_in_the_frames_of_other_findings() {
    let mut report = fixture();
    let web = "deploy/web.yaml";
    let mut name = finding(&common::NAMES, common::at(web, common::WEB, "API_TOKEN", 0, ""), "odd name", 50);
    name.related.push(model::Related {
        location: common::at(web, common::WEB, "value: \"tok-1234567890abcdef\"", 0, ""),
        label: "its value".into(),
        role: model::Role::Evidence,
    });
    report.findings.push(name);
    let out = render(Format::Terminal, &report, &texts(), &Style::default());
    assert!(out.contains("its value"));
    assert!(!out.contains("1234567890"));
}

#[test]
fn the_same_report_gives_the_same_text() {
    let mut other = fixture();
    other.findings.reverse();
    for format in
        [Format::Terminal, Format::Plain, Format::Junit, Format::Gitlab, Format::Github, Format::Markdown]
    {
        let text = render(format, &other, &texts(), &Style::default());
        let same = if format == Format::Terminal || format == Format::Markdown || format == Format::Junit {
            show(format, &Style::default())
        } else {
            render(format, &fixture(), &texts(), &Style::default())
        };
        assert_eq!(text, same, "{format}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let style = Style { colour: true, width: 80, ..Style::default() };
    let out = show(Format::Terminal, &style);
    let mut bare = String::new();
    let mut rest = out.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        let (sgr, after) = after.split_once('m').unwrap();
        assert!(sgr.strip_prefix('[').unwrap().chars().all(|c| c.is_ascii_digit() || c == ';'));
        rest = after;
    }
    bare.push_str(rest);
    assert!(!bare.chars().any(|c| c != '\n' && is_unsafe(c)));
    for line in bare.lines() {
        assert!(report::width::of(line) <= 80, "too wide: {line}");
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 61, 80, 140] {
        for line in show(Format::Terminal, &Style { width, ..Style::default() }).lines() {
            // Names of files are never cut: people copy them.
            if !line.contains("<odd>") {
                assert!(report::width::of(line) <= width, "wider than {width}: {line}");
            }
        }
    }
}

#[test]
fn junit_is_well_formed() {
    xml::check(&show(Format::Junit, &Style::default())).unwrap();
    assert!(xml::check("<a><b></a>").is_err());
    assert!(xml::check("<a b=\"<\"/>").is_err());
    assert!(xml::check("<a>\u{1}</a>").is_err());
}

/// A report with one finding whose every text is hostile.
fn hostile(name: &str, source: &str, span: (usize, usize)) -> (Report, common::Texts) {
    let mut report = fixture();
    let location = Location {
        file: Arc::from(name),
        pointer: model::Pointer::root().join(name),
        span: Span::new(span.0.min(span.1) as u32, span.0.max(span.1) as u32),
        range: Range {
            start: model::Position { line: 1, column: 1 },
            end: model::Position { line: 1, column: 2 },
        },
    };
    let mut one = finding(&common::NAMES, location.clone(), name, 50);
    one.related.push(model::Related {
        location: location.clone(),
        label: name.into(),
        role: model::Role::Evidence,
    });
    one.resource = common::resource("kubernetes", name, name, name);
    one.rank.reasons.push(name.into());
    one.fixes.push(model::Fix {
        title: name.into(),
        safety: model::Safety::Safe,
        changes: vec![model::Change::Remove { pointer: location.pointer.clone() }],
        edits: vec![model::TextEdit { file: location.file.clone(), span: location.span, text: name.into() }],
    });
    let mut accepted = one.clone();
    accepted.exception = Some(model::Exception {
        rule: name.into(),
        scope: model::Scope::default(),
        owner: Some(name.into()),
        reason: Some(name.into()),
        until: Some(name.into()),
        source: model::ExceptionSource::Foreign(name.into()),
        location: location.clone(),
    });
    report.findings = vec![one, accepted];
    for row in &mut report.ledger {
        row.file = location.file.clone();
        row.reason = name.into();
        row.hint = Some(name.into());
        row.rules = vec![name.into()];
    }
    for notice in &mut report.notices {
        notice.message = name.into();
        notice.location = location.clone();
    }
    let texts = common::Texts([(name.to_owned(), source.to_owned())].into());
    (report, texts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_stays_text(
        name in "(?s).{0,24}|[\\x00-\\x1f<>&\"'`|:,%@\\[\\]{}\\\\]{0,16}",
        source in "(?s).{0,80}|[\\t\\n\\r a日\u{301}\\x1b]{0,400}",
        span in (0usize..120, 0usize..120),
        width in 0usize..100,
    ) {
        let (report, texts) = hostile(&name, &source, span);
        for format in Format::ALL {
            for verbose in [false, true] {
                let style = Style { width, verbose, unicode: verbose, ..Style::default() };
                let out = render(format, &report, &texts, &style);
                // A tab is white space in HTML, and no more.
                let harmless = |c| c == '\n' || (c == '\t' && format == Format::Html);
                let unsafe_char = out.chars().find(|c| !harmless(*c) && is_unsafe(*c));
                prop_assert!(unsafe_char.is_none(), "{format}: {unsafe_char:?}");
                match format {
                    Format::Junit => prop_assert_eq!(xml::check(&out), Ok(())),
                    Format::Json | Format::Sarif | Format::Gitlab | Format::GitlabSast => {
                        prop_assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok());
                    }
                    Format::Github => {
                        prop_assert!(out.lines().all(|l| l.starts_with("::") && l.matches("::").count() >= 2));
                    }
                    _ => {}
                }
            }
        }
    }
}
