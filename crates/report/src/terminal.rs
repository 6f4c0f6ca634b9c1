//! The report a person reads in a terminal.

use crate::files::Files;
use crate::frame::{self, Frame, Limits, Mark};
use crate::group::{self, AreaGroup, Block, Counts, plural};
use crate::style::{DOWNWARDS, Ink, Style};
use crate::{Report, Sources, escape, summary, width};
use model::{Finding, Rendered, Renderer, Safety, Severity};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Writes the whole report: findings by area and file with code frames, then a [summary](summary::write).
pub fn write(report: &Report, sources: &dyn Sources, style: &Style) -> String {
    let files = Files::new(report, sources);
    let counts = Counts::of(report);
    let mut blocks = group::blocks(&group::by_urgency(report.open()));
    let limit = style.limit.filter(|_| !style.verbose).unwrap_or(usize::MAX);
    let hidden = blocks.len().saturating_sub(limit);
    blocks.truncate(limit);
    let mut out = String::with_capacity(blocks.len() * 1024 + 2048);
    let mut told = BTreeSet::new();
    for area in group::by_area(blocks) {
        heading(&mut out, &area, style);
        for file in &area.files {
            out.push('\n');
            style.paint(&mut out, Ink::File, &escape::visible(file.file));
            out.push('\n');
            for block in &file.blocks {
                out.push('\n');
                write_block(&mut out, &files, block, &mut told, style);
            }
        }
        out.push('\n');
    }
    summary::write(&mut out, report, &counts, hidden, style);
    out
}

fn heading(out: &mut String, area: &AreaGroup<'_>, style: &Style) {
    let mut tally = String::new();
    for severity in DOWNWARDS {
        let findings = area.files.iter().flat_map(|f| &f.blocks).flat_map(Block::findings);
        let n = findings.filter(|f| f.severity == severity).count();
        if n > 0 {
            let _ = write!(tally, "{}{n} {severity}", if tally.is_empty() { "" } else { ", " });
        }
    }
    let name = area.area.word().to_uppercase();
    if width::of(&name) + width::of(&tally) + 10 > style.measure() {
        tally.clear();
    }
    let rule = style.pick("─", "-");
    let fill = style.measure().saturating_sub(width::of(&name) + width::of(&tally) + 7).max(3);
    style.paint(out, Ink::Dim, &rule.repeat(2));
    out.push(' ');
    style.paint(out, Ink::Bold, &name);
    out.push(' ');
    style.paint(out, Ink::Dim, &rule.repeat(fill));
    out.push(' ');
    style.paint(out, Ink::Dim, &tally);
    style.paint(out, Ink::Dim, &format!(" {rule}"));
    out.push('\n');
}

/// The badge of a severity, always of the same width.
pub fn badge(out: &mut String, severity: Severity, style: &Style) {
    let word = severity.word().to_uppercase();
    if style.colour {
        style.paint(out, Ink::Badge(severity), &format!("{word:^10}"));
    } else {
        let _ = write!(out, "{:<10}", format!("[{word}]"));
    }
}

fn write_block<'a>(
    out: &mut String,
    files: &Files<'a>,
    block: &Block<'a>,
    told: &mut BTreeSet<&'static str>,
    style: &Style,
) {
    let finding = block.first;
    let prose = style.measure() - 2;
    out.push_str("  ");
    badge(out, finding.severity, style);
    out.push_str("  ");
    let wide = style.measure();
    let mut left = 14;
    for (i, line) in width::wrap(&escape::visible(finding.rule.title), wide - 14).iter().enumerate() {
        if i > 0 {
            out.push('\n');
            width::pad(out, 14);
        }
        style.paint(out, Ink::Bold, line);
        left = 14 + width::of(line);
    }
    let id = finding.rule.id;
    if left + 2 + width::of(id) <= wide {
        width::pad(out, wide - left - width::of(id));
    } else {
        out.push('\n');
        width::pad(out, 14);
    }
    style.paint(out, Ink::Dim, id);
    out.push('\n');
    for line in width::wrap(&escape::visible(&finding.message), prose) {
        out.push_str("  ");
        message_line(out, &line, style);
        out.push('\n');
    }
    write_frames(out, files, block, style);
    // What a rule says for itself is read once; from then on only what is new about this place.
    let first = told.insert(finding.rule.id);
    let why = if first { group::why(finding) } else { group::why_here(finding) };
    if !why.is_empty() {
        labelled(out, "why", Ink::Dim, &why, style);
    }
    if first {
        labelled(out, "fix", Ink::Good, &escape::visible(finding.rule.remediation), style);
    }
    match (first, fix_line(block)) {
        (true, Some(line)) => labelled(out, "", Ink::Good, &line, style),
        (true, None) => {}
        (false, Some(line)) => labelled(out, "fix", Ink::Good, &format!("as above; {line}"), style),
        (false, None) => labelled(out, "fix", Ink::Good, "as above", style),
    }
}

/// A line of a message; code is set off by colour where there is one, and keeps its marks.
fn message_line(out: &mut String, line: &str, style: &Style) {
    for (part, code) in escape::code_parts(line) {
        if code {
            style.paint(out, Ink::Bold, &format!("`{part}`"));
        } else {
            out.push_str(part);
        }
    }
}

fn labelled(out: &mut String, label: &str, ink: Ink, text: &str, style: &Style) {
    if text.is_empty() {
        return;
    }
    for (i, line) in width::wrap(text, style.measure() - 7).into_iter().enumerate() {
        out.push_str("  ");
        style.paint(out, ink, if i == 0 { label } else { "" });
        width::pad(out, if i == 0 { 5 - label.len() } else { 5 });
        if label.is_empty() {
            style.paint(out, ink, &line);
        } else {
            out.push_str(&line);
        }
        out.push('\n');
    }
}

fn fix_line(block: &Block<'_>) -> Option<String> {
    let total = block.more.len() + 1;
    let safe = block.findings().filter(|f| f.fixes.iter().any(|x| x.safety == Safety::Safe)).count();
    let any = block.findings().filter(|f| !f.fixes.is_empty()).count();
    let (n, command) = if safe > 0 { (safe, "holdfast fix") } else { (any, "holdfast fix --unsafe") };
    match n {
        0 => None,
        _ if n == total => Some(format!("fix available: `{command}`")),
        _ => Some(format!("fix available for {n} of {total}: `{command}`")),
    }
}

fn write_frames<'a>(out: &mut String, files: &Files<'a>, block: &Block<'a>, style: &Style) {
    let finding = block.first;
    let related = if style.verbose { 16 } else { 4 };
    // Line numbers take 5 columns, the bar 2.
    let ellipsis = style.pick("…", "...");
    let limits = Limits { width: style.columns() - 9, context: 1, related, ellipsis };
    let frames = frame::frames(files, finding, limits);
    let digits = frames
        .iter()
        .filter_map(|f| f.rows.last())
        .map(|r| r.number.to_string().len())
        .max()
        .unwrap_or(1)
        .max(3);
    let mut place = escape::visible(&finding.primary.file).into_owned();
    if !frame::is_whole_file(&finding.primary) {
        let start = finding.primary.range.start;
        let _ = write!(place, ":{}:{}", start.line, start.column);
    }
    width::pad(out, digits + 3);
    style.paint(out, Ink::Dim, style.pick("╭─ ", "--> "));
    out.push_str(&place);
    // The message names the resource too: where there is no room for most of it, it is left out.
    let room = style.columns().saturating_sub(digits + 8 + width::of(&place));
    // A Dockerfile or Compose file that is its own resource has been named by its path.
    let named = finding.resource.name == *finding.primary.file;
    if room >= 12 && !named {
        let resource = escape::visible(&finding.resource.to_string()).into_owned();
        out.push_str("  ");
        style.paint(out, Ink::Dim, &width::cut(&resource, room, ellipsis));
    }
    out.push('\n');
    for frame in &frames {
        if frame.file != &*finding.primary.file {
            width::pad(out, digits + 3);
            style.paint(out, Ink::Dim, style.pick("├─ ", "::: "));
            let _ = writeln!(out, "{}:{}:{}", escape::visible(frame.file), frame.line, frame.column);
        }
        write_rows(out, frame, finding.severity, digits, style);
    }
    let mut notes = also_at(block, style);
    notes.extend(finding.rendered.as_ref().map(rendered));
    notes.extend(unframed(finding, &frames, related, style));
    for (i, note) in notes.iter().enumerate() {
        for (at, line) in width::wrap(note, style.columns() - digits - 6).into_iter().enumerate() {
            width::pad(out, digits + 3);
            let mark = match (i + 1 == notes.len(), at) {
                (true, 0) => style.pick("╰─ ", " =  "),
                (false, 0) => style.pick("├─ ", " =  "),
                (true, _) => style.pick("   ", "    "),
                (false, _) => style.pick("│  ", " |  "),
            };
            style.paint(out, Ink::Dim, mark);
            style.paint(out, Ink::Dim, &line);
            out.push('\n');
        }
    }
}

fn bar(out: &mut String, number: &str, digits: usize, style: &Style) {
    style.paint(out, Ink::Dim, &format!("  {number:>digits$} {}", style.pick("│", "|")));
}

fn write_rows(out: &mut String, frame: &Frame<'_>, severity: Severity, digits: usize, style: &Style) {
    for row in &frame.rows {
        if row.gap {
            width::pad(out, digits + 3);
            style.paint(out, Ink::Dim, style.pick("┆", ":"));
            out.push('\n');
        }
        bar(out, &row.number.to_string(), digits, style);
        if !row.text.is_empty() {
            out.push(' ');
            // Lines that are only there for orientation stay in the background.
            let ink = if row.inside { Ink::Plain } else { Ink::Dim };
            style.paint(out, ink, &row.text);
        }
        out.push('\n');
        write_marks(out, &row.marks, severity, digits, style);
    }
}

fn write_marks(out: &mut String, marks: &[Mark], severity: Severity, digits: usize, style: &Style) {
    let Some(last) = marks.last() else { return };
    bar(out, "", digits, style);
    out.push(' ');
    let mut column = 0;
    for (i, mark) in marks.iter().enumerate() {
        if mark.start < column && !mark.primary {
            continue;
        }
        // A mark gives way to a primary one that begins inside it.
        let end = marks
            .get(i + 1..)
            .unwrap_or_default()
            .iter()
            .filter(|m| m.primary && m.start > mark.start)
            .map(|m| m.start)
            .fold(mark.end, usize::min);
        let start = mark.start.max(column);
        width::pad(out, start - column);
        let (line, ink) = if mark.primary {
            (style.pick("━", "^"), Ink::Of(severity))
        } else {
            (style.pick("─", "-"), Ink::Note)
        };
        style.paint(out, ink, &line.repeat(end.saturating_sub(start)));
        column = end.max(start);
    }
    let fits = column == last.end.max(column)
        && digits + 6 + column + width::of(&last.label) <= style.columns()
        && !last.label.is_empty();
    if fits {
        out.push(' ');
        style.paint(out, Ink::Note, &last.label);
    }
    out.push('\n');
    let below = if fits { marks.len() - 1 } else { marks.len() };
    for mark in marks.iter().take(below).rev().filter(|m| !m.label.is_empty()) {
        bar(out, "", digits, style);
        let room = style.columns().saturating_sub(digits + 8);
        let indent = mark.start.min(room.saturating_sub(width::of(&mark.label) + 2));
        width::pad(out, indent + 1);
        style.paint(out, Ink::Note, style.pick("╰ ", "` "));
        style.paint(out, Ink::Note, &width::cut(&mark.label, room.max(8), style.pick("…", "...")));
        out.push('\n');
    }
}

/// The further places of a block, in the order of the file.
fn also_at(block: &Block<'_>, style: &Style) -> Vec<String> {
    if block.more.is_empty() {
        return Vec::new();
    }
    let mut more = block.more.clone();
    more.sort_by_key(|f| f.primary.span);
    let show = if style.verbose || more.len() <= 6 { more.len() } else { 5 };
    let mut text = String::from("also at ");
    let mut resource = &block.first.resource;
    for (i, finding) in more.iter().take(show).enumerate() {
        let start = finding.primary.range.start;
        let _ = write!(text, "{}{}:{}", if i > 0 { ", " } else { "" }, start.line, start.column);
        if finding.resource != *resource {
            resource = &finding.resource;
            let _ = write!(text, " ({})", escape::visible(&resource.to_string()));
        }
        if finding.severity != block.first.severity {
            let _ = write!(text, " [{}]", finding.severity);
        }
    }
    if show < more.len() {
        let _ = write!(text, " and {} more", plural(more.len() - show, "place"));
    }
    vec![text]
}

/// What was rendered to find it, and in how many of its runs it stands.
fn rendered(rendered: &Rendered) -> String {
    let unit = escape::visible(&rendered.unit);
    let names: Vec<_> = rendered.runs.iter().take(3).map(|run| escape::visible(run)).collect();
    let some = || {
        let more = rendered.runs.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", names.join(", "))
    };
    match (rendered.by, rendered.of) {
        (Renderer::Helm, 0 | 1) => format!("in chart {unit}"),
        (Renderer::Helm, of) if rendered.runs.len() == of as usize => {
            format!("in chart {unit}, with each of its {of} sets of values")
        }
        (Renderer::Helm, _) => format!("in chart {unit}, with {}", some()),
        (Renderer::Kustomize, 0 | 1) => format!("as deployed by {unit}"),
        (Renderer::Kustomize, of) if rendered.runs.len() == of as usize => {
            format!("as deployed by each of {of} overlays")
        }
        (Renderer::Kustomize, of) => {
            format!("as deployed by {} of {of} overlays: {}", rendered.runs.len(), some())
        }
    }
}

/// Related places that no frame shows.
fn unframed(finding: &Finding, frames: &[Frame<'_>], limit: usize, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    let mut left = 0;
    for (i, related) in finding.related.iter().enumerate() {
        let location = &related.location;
        let drawn = i < limit
            && frames.iter().any(|f| {
                f.file == &*location.file && f.rows.iter().any(|r| r.number == location.range.start.line)
            });
        if drawn {
            continue;
        }
        if lines.len() >= 3 && !style.verbose {
            left += 1;
            continue;
        }
        let mut note = format!("see {}", escape::visible(&location.file));
        if !frame::is_whole_file(location) {
            let _ = write!(note, ":{}:{}", location.range.start.line, location.range.start.column);
        }
        let _ = write!(note, "  {}", escape::visible(&related.label));
        lines.push(note);
    }
    if left > 0 {
        lines.push(format!("and {} (--verbose)", plural(left, "further place")));
    }
    lines
}
