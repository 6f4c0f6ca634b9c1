//! The end of a terminal report: what a person reads in five seconds.

use crate::group::{self, Counts, plural};
use crate::style::{Ink, Style};
use crate::{Report, escape, width};
use model::{NoticeKind, Severity, Status};
use std::fmt::Write;

/// Column at which the text of a line begins.
const INDENT: usize = 14;

/// Appends the summary. `hidden` is the number of blocks that were left out of the report above.
pub fn write(out: &mut String, report: &Report, counts: &Counts, hidden: usize, style: &Style) {
    style.paint(out, Ink::Dim, &style.pick("━", "=").repeat(style.measure()));
    out.push('\n');
    headline(out, report, counts, style);
    if counts.open > 0 {
        let areas: Vec<String> =
            counts.areas().filter(|(_, n)| *n > 0).map(|(area, n)| format!("{area} {n}")).collect();
        line(out, "where", Ink::Dim, &areas.join(style.pick(" · ", ", ")), style);
    }
    let stats = &report.stats;
    let scanned = [
        plural(stats.files as usize, "file"),
        plural(stats.resources as usize, "resource"),
        plural(stats.rules as usize, "rule"),
    ];
    line(out, "scanned", Ink::Dim, &scanned.join(style.pick(" · ", ", ")), style);
    gaps(out, report, style);
    if counts.excepted > 0 {
        let text = format!("{}, by exceptions", plural(counts.excepted, "finding"));
        line(out, "accepted", Ink::Dim, &text, style);
        if style.verbose {
            for finding in &report.findings {
                let Some(exception) = &finding.exception else { continue };
                let mut text = format!(
                    "{}:{} {}",
                    finding.primary.file, finding.primary.range.start.line, finding.rule.id
                );
                if let Some(reason) = &exception.reason {
                    let _ = write!(text, ": {reason}");
                }
                if let Some(until) = &exception.until {
                    let _ = write!(text, " (until {until})");
                }
                line(out, "", Ink::Dim, &escape::visible(&text), style);
            }
        }
    }
    notices(out, report, style);
    next(out, report, counts, hidden, style);
}

/// One labelled paragraph.
fn line(out: &mut String, label: &str, ink: Ink, text: &str, style: &Style) {
    for (i, part) in width::wrap(text, style.columns() - INDENT).into_iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        out.push_str("  ");
        style.paint(out, ink, label);
        width::pad(out, INDENT - 2 - label.len());
        out.push_str(&part);
        out.push('\n');
    }
}

fn headline(out: &mut String, report: &Report, counts: &Counts, style: &Style) {
    out.push_str("  ");
    if counts.open == 0 {
        let (ink, mark) = if group::is_all_clear(report, counts) {
            (Ink::Good, style.pick("✓ ", ""))
        } else {
            (Ink::Of(Severity::Medium), "")
        };
        for (i, part) in width::wrap(&group::clean(report, counts), style.columns() - 4).iter().enumerate() {
            if i > 0 {
                out.push_str("\n  ");
            }
            style.paint(out, ink, if i == 0 { mark } else { "" });
            style.paint(out, ink, part);
        }
        out.push('\n');
        return;
    }
    let total = plural(counts.open, "finding");
    style.paint(out, Ink::Bold, &total);
    width::pad(out, (INDENT - 2).saturating_sub(total.len()).max(2));
    let mut column = INDENT.max(total.len() + 4);
    for (i, (severity, n)) in counts.severities().filter(|(_, n)| *n > 0).enumerate() {
        let text = format!("{n} {severity}");
        let fits = column + 3 + text.len() <= style.columns();
        if i > 0 && fits {
            style.paint(out, Ink::Dim, style.pick(" · ", ", "));
            column += 3;
        } else if i > 0 {
            out.push('\n');
            width::pad(out, INDENT);
            column = INDENT;
        }
        style.paint(out, Ink::Of(severity), &text);
        column += text.len();
    }
    out.push('\n');
    if let Some(least) = report.fail_on {
        let over = report.open().filter(|f| f.severity >= least).count();
        let at = match least {
            Severity::Critical => "critical".to_owned(),
            other => format!("{other} or worse"),
        };
        if over > 0 {
            line(out, "fails", Ink::Of(Severity::High), &format!("{over} at {at}"), style);
        } else {
            line(out, "passes", Ink::Good, &format!("none at {at}"), style);
        }
    }
}

fn gaps(out: &mut String, report: &Report, style: &Style) {
    let groups = group::gaps(report);
    let total: usize = groups.iter().map(|g| g.rows.len()).sum();
    if total == 0 {
        return;
    }
    let label = Ink::Of(Severity::Medium);
    let shown = if style.verbose { groups.len() } else { 3 };
    for (i, group) in groups.iter().take(shown).enumerate() {
        let name = if i == 0 { "not judged" } else { "" };
        line(out, name, label, &format!("{} {}", group.rows.len(), group::gap_title(group.code)), style);
        let rows = if style.verbose { group.rows.len() } else { 1 };
        // An error is the example to show, where there is one.
        let mut sorted = group.rows.clone();
        sorted.sort_by_key(|r| r.status != Status::Error);
        for row in sorted.into_iter().take(rows) {
            let mut text = row.file.to_string();
            if let Some(number) = row.line {
                let _ = write!(text, ":{number}");
            }
            if !row.rules.is_empty() {
                let _ = write!(text, " [{}]", row.rules.join(", "));
            }
            let _ = write!(text, ": {}", row.reason);
            if let Some(hint) = &row.hint {
                let _ = write!(text, " ({hint})");
            }
            detail(out, &escape::visible(&text), style);
        }
    }
    if shown < groups.len() {
        let rest: usize = groups.iter().skip(shown).map(|g| g.rows.len()).sum();
        line(out, "", label, &format!("{rest} for other reasons"), style);
    }
    if !style.verbose && total > shown.min(groups.len()) {
        line(out, "", label, "(--verbose lists every gap)", style);
    }
}

fn detail(out: &mut String, text: &str, style: &Style) {
    for part in width::wrap(text, style.columns() - INDENT - 2) {
        width::pad(out, INDENT + 2);
        style.paint(out, Ink::Dim, &part);
        out.push('\n');
    }
}

/// What is wrong with an exception, in a word or two.
pub const fn notice_word(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Unused => "unused",
        NoticeKind::Expired => "expired",
        NoticeKind::NotUnderstood => "not understood",
    }
}

fn notices(out: &mut String, report: &Report, style: &Style) {
    let shown = if style.verbose { report.notices.len() } else { 4 };
    let ink = Ink::Of(Severity::Medium);
    for (i, notice) in report.notices.iter().take(shown).enumerate() {
        let text = format!(
            "{} exception at {}:{}: {}",
            notice_word(notice.kind),
            notice.location.file,
            notice.location.range.start.line.max(1),
            notice.message
        );
        line(out, if i == 0 { "notices" } else { "" }, ink, &escape::visible(&text), style);
    }
    if shown < report.notices.len() {
        let rest = plural(report.notices.len() - shown, "further notice");
        line(out, "", ink, &format!("{rest} (--verbose)"), style);
    }
}

fn next(out: &mut String, report: &Report, counts: &Counts, hidden: usize, style: &Style) {
    let mut steps = Vec::new();
    if hidden > 0 {
        steps.push(format!(
            "`--verbose` shows {hidden} less urgent {} too",
            if hidden == 1 { "block" } else { "blocks" }
        ));
    }
    if counts.safe_fixes > 0 {
        steps.push(format!(
            "`holdfast fix` mends {}; `--diff` shows how",
            plural(counts.safe_fixes, "finding")
        ));
    } else if counts.fixes > 0 {
        steps.push(format!(
            "`holdfast fix --unsafe --diff` shows how to mend {}",
            plural(counts.fixes, "finding")
        ));
    }
    if let Some(first) = group::by_urgency(report.open()).first() {
        steps.push(format!("`holdfast explain {}` says more", first.rule.id));
    }
    if counts.open == 0 && counts.gaps > 0 {
        steps.push("`--fail-on-gaps` makes a run with gaps fail".to_owned());
    }
    for (i, step) in steps.iter().enumerate() {
        line(out, if i == 0 { "next" } else { "" }, Ink::Good, step, style);
    }
}
