//! Markdown for comments on pull requests: a table that says it all, the findings folded below it.

use crate::escape::{self, html_inline, markdown as prose, markdown_code};
use crate::files::Files;
use crate::frame::{self, Limits};
use crate::group::{self, Block, Counts, plural};
use crate::style::DOWNWARDS;
use crate::{Report, Sources, Style};
use model::{Safety, Severity};
use std::fmt::Write;

/// Columns of a code frame; hosts scroll what is wider.
const WIDTH: usize = 120;

/// Writes a report as GitHub-flavoured Markdown. `style.limit` bounds the number of blocks: hosts refuse
/// comments that are too long.
pub fn write(report: &Report, sources: &dyn Sources, style: &Style) -> String {
    let files = Files::new(report, sources);
    let counts = Counts::of(report);
    let mut blocks = group::blocks(&group::by_urgency(report.open()));
    let limit = style.limit.unwrap_or(usize::MAX);
    let hidden = blocks.len().saturating_sub(limit);
    blocks.truncate(limit);
    let mut out = String::with_capacity(blocks.len() * 1024 + 2048);
    headline(&mut out, report, &counts);
    if counts.open > 0 {
        matrix(&mut out, &counts);
    }
    for area in group::by_area(blocks) {
        let name = area.area.word();
        let mut letters = name.chars();
        let initial: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        let _ = writeln!(out, "\n### {initial}{}", letters.as_str());
        for file in &area.files {
            out.push_str("\n#### ");
            markdown_code(&mut out, file.file);
            out.push('\n');
            for block in &file.blocks {
                write_block(&mut out, &files, block);
            }
        }
    }
    if hidden > 0 {
        let blocks = if hidden == 1 { "block" } else { "blocks" };
        let _ = writeln!(out, "\n{hidden} less urgent {blocks} not shown; the full report has them.");
    }
    gaps(&mut out, report, counts.gaps);
    accepted(&mut out, report, counts.excepted);
    notices(&mut out, report);
    let stats = &report.stats;
    let _ = writeln!(
        out,
        "\n<sub>Holdfast {}: {}, {}, {}</sub>",
        report.version,
        plural(stats.files as usize, "file"),
        plural(stats.resources as usize, "resource"),
        plural(stats.rules as usize, "rule"),
    );
    out
}

const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "🟣",
        Severity::High => "🔴",
        Severity::Medium => "🟠",
        Severity::Low => "🔵",
        Severity::Info => "⚪",
    }
}

fn headline(out: &mut String, report: &Report, counts: &Counts) {
    let title = match counts.open {
        0 if group::is_all_clear(report, counts) => "✅ no findings".to_owned(),
        0 => group::clean(report, counts),
        n if report.fails() => format!("❌ {}", plural(n, "finding")),
        n => plural(n, "finding"),
    };
    let _ = writeln!(out, "## Holdfast: {title}\n");
    if let Some(least) = report.fail_on.filter(|_| counts.open > 0) {
        let over = report.open().filter(|f| f.severity >= least).count();
        let _ = writeln!(out, "{over} at or above **{least}**, which fails the run.\n");
    }
}

fn matrix(out: &mut String, counts: &Counts) {
    out.push_str("| |");
    for severity in DOWNWARDS {
        let _ = write!(out, " {} {severity} |", sign(severity));
    }
    out.push_str(" total |\n|---|--:|--:|--:|--:|--:|--:|\n");
    for ((area, total), row) in counts.areas().zip(&counts.matrix).filter(|((_, n), _)| *n > 0) {
        let _ = write!(out, "| {area} |");
        for n in row {
            let _ = write!(out, " {} |", if *n == 0 { String::new() } else { n.to_string() });
        }
        let _ = writeln!(out, " {total} |");
    }
    out.push_str("| **all** |");
    for (_, n) in counts.severities() {
        let _ = write!(out, " **{n}** |");
    }
    let _ = writeln!(out, " **{}** |", counts.open);
}

fn write_block<'a>(out: &mut String, files: &Files<'a>, block: &Block<'a>) {
    let finding = block.first;
    // The summary is HTML, in which Markdown is not read.
    let _ = write!(out, "\n<details><summary>{} <b>", sign(finding.severity));
    html_inline(out, finding.rule.title);
    let _ = write!(out, "</b> <code>{}</code>", finding.rule.id);
    if !frame::is_whole_file(&finding.primary) {
        let _ = write!(out, " line {}", finding.primary.range.start.line);
    }
    if !block.more.is_empty() {
        let _ = write!(out, " and {}", plural(block.more.len(), "further place"));
    }
    out.push_str("</summary>\n\n");
    prose(out, &finding.message);
    out.push_str("\n\n");
    write_frames(out, files, block);
    let _ = write!(out, "- **Why {}:** ", finding.severity);
    prose(out, &group::why(finding));
    out.push_str("\n- **Fix:** ");
    prose(out, finding.rule.remediation);
    out.push('\n');
    if let Some(fix) = finding.fixes.iter().min_by_key(|f| f.safety) {
        let flag = if fix.safety == Safety::Safe { "" } else { " --unsafe" };
        let _ = write!(out, "- **Fix available:** `holdfast fix{flag}`: ");
        prose(out, &fix.title);
        out.push('\n');
    }
    if !block.more.is_empty() {
        out.push_str("- **Also at:** ");
        for (i, other) in block.more.iter().take(20).enumerate() {
            let start = other.primary.range.start;
            let _ = write!(out, "{}line {} (", if i > 0 { ", " } else { "" }, start.line);
            markdown_code(out, &other.resource.to_string());
            out.push(')');
        }
        if block.more.len() > 20 {
            let _ = write!(out, " and {} more", block.more.len() - 20);
        }
        out.push('\n');
    }
    if !finding.rule.controls.is_empty() {
        out.push_str("- **Controls:** ");
        for (i, control) in finding.rule.controls.iter().enumerate() {
            out.push_str(if i > 0 { ", " } else { "" });
            markdown_code(out, control);
        }
        out.push('\n');
    }
    out.push_str("\n</details>\n");
}

fn write_frames<'a>(out: &mut String, files: &Files<'a>, block: &Block<'a>) {
    let limits = Limits { width: WIDTH, context: 1, related: 4, ellipsis: "…" };
    let frames = frame::frames(files, block.first, limits);
    if frames.is_empty() {
        return;
    }
    let digits = frames.iter().filter_map(|f| f.rows.last()).map(|r| r.number.to_string().len()).max();
    let digits = digits.unwrap_or(1);
    let mut text = String::new();
    for (i, frame) in frames.iter().enumerate() {
        if i > 0 {
            let _ = writeln!(text, "{}:{}", escape::visible(frame.file), frame.line);
        }
        for row in &frame.rows {
            if row.gap {
                let _ = writeln!(text, "{:digits$} :", "");
            }
            let _ = writeln!(text, "{:digits$} | {}", row.number, row.text);
            for mark in row.marks.iter().rev() {
                let line = if mark.primary { "^" } else { "-" }.repeat(mark.end - mark.start);
                let start = mark.start;
                let shown = format!("{:digits$} | {:start$}{line} {}", "", "", mark.label);
                let _ = writeln!(text, "{}", shown.trim_end());
            }
        }
    }
    let fence = escape::fence(&text);
    let _ = write!(out, "{fence}text\n{text}{fence}\n\n");
}

fn gaps(out: &mut String, report: &Report, total: usize) {
    if total == 0 {
        return;
    }
    let _ = write!(out, "\n<details><summary>⚠️ {}: not judged</summary>\n\n", plural(total, "gap"));
    out.push_str("| place | rule | reason |\n|---|---|---|\n");
    for row in report.ledger.iter().filter(|r| r.status.is_gap()) {
        out.push_str("| ");
        let line = row.line.map(|l| format!(":{l}")).unwrap_or_default();
        markdown_code(out, &format!("{}{line}", row.file));
        out.push_str(" | ");
        prose(out, &row.rules.join(", "));
        out.push_str(" | ");
        prose(out, &row.reason);
        if let Some(hint) = &row.hint {
            out.push_str(". ");
            prose(out, hint);
        }
        out.push_str(" |\n");
    }
    out.push_str("\n</details>\n");
}

fn accepted(out: &mut String, report: &Report, total: usize) {
    if total == 0 {
        return;
    }
    let _ = write!(out, "\n<details><summary>{} accepted</summary>\n\n", plural(total, "finding"));
    out.push_str("| rule | place | reason | owner | until |\n|---|---|---|---|---|\n");
    for finding in &report.findings {
        let Some(exception) = &finding.exception else { continue };
        let _ = write!(out, "| {} | ", finding.rule.id);
        let place = &finding.primary;
        markdown_code(out, &format!("{}:{}", place.file, place.range.start.line.max(1)));
        for cell in [&exception.reason, &exception.owner, &exception.until] {
            out.push_str(" | ");
            prose(out, cell.as_deref().unwrap_or_default());
        }
        out.push_str(" |\n");
    }
    out.push_str("\n</details>\n");
}

fn notices(out: &mut String, report: &Report) {
    if report.notices.is_empty() {
        return;
    }
    out.push_str("\n**Exceptions that need care**\n\n");
    for notice in &report.notices {
        out.push_str("- ");
        let place = &notice.location;
        markdown_code(out, &format!("{}:{}", place.file, place.range.start.line.max(1)));
        out.push(' ');
        prose(out, &notice.message);
        out.push('\n');
    }
}
