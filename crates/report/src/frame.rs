//! Code frames: the lines of source a finding is about, ready to be drawn by any format.

use crate::escape;
use crate::files::{Files, Lines, is_secret};
use crate::width;
use model::{Finding, Location, Span};
use std::collections::BTreeMap;

/// Columns a tab is shown as.
const TAB: &str = "    ";
/// Lines shown of a span that goes over several.
const TALL: u32 = 3;

/// What a frame may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Columns for the text of a line.
    pub width: usize,
    /// Lines shown before and after the primary span.
    pub context: u32,
    /// Related places shown.
    pub related: usize,
    /// What stands for the parts of a line that were cut off: `…`, or three dots where only ASCII is wanted.
    pub ellipsis: &'static str,
}

/// Lines of one file.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The file.
    pub file: &'a str,
    /// Line to go to, from 1.
    pub line: u32,
    /// Column to go to, from 1.
    pub column: u32,
    /// The lines shown, in ascending order.
    pub rows: Vec<Row>,
}

/// One line of source.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// True if lines were left out before it.
    pub gap: bool,
    /// True if it is part of the primary span or marked; otherwise it is there for orientation.
    pub inside: bool,
    /// The line: cut to the width, tabs expanded, secrets masked, unsafe characters written out.
    pub text: String,
    /// What is marked in it, from left to right.
    pub marks: Vec<Mark>,
}

/// Part of a line that is pointed at.
#[derive(Debug, PartialEq, Eq)]
pub struct Mark {
    /// First column of the shown text, from 0.
    pub start: usize,
    /// Just past the last column; beyond `start`.
    pub end: usize,
    /// True for the place to look at first.
    pub primary: bool,
    /// What it shows; empty for none. Safe to print.
    pub label: String,
}

/// True if a location means its file as a whole.
pub fn is_whole_file(location: &Location) -> bool {
    location.range.start.line == 0
        || (location.span.is_empty() && location.span.start == 0 && location.pointer.as_str().is_empty())
}

struct Target<'a> {
    span: Span,
    primary: bool,
    label: &'a str,
}

/// The frames of a finding: the file of its primary location first, then those of related ones. Files
/// whose text is not at hand are left out.
pub fn frames<'a>(files: &Files<'a>, finding: &'a Finding, limits: Limits) -> Vec<Frame<'a>> {
    let mut targets: Vec<(&'a str, Vec<Target<'a>>)> = Vec::new();
    let primary = (&finding.primary, "", true);
    let related = finding.related.iter().map(|r| (&r.location, r.label.as_str(), false)).take(limits.related);
    for (location, label, primary) in std::iter::once(primary).chain(related) {
        if is_whole_file(location) {
            continue;
        }
        let target = Target { span: location.span, primary, label };
        match targets.iter_mut().find(|(file, _)| *file == &*location.file) {
            Some((_, known)) => known.push(target),
            None => targets.push((&location.file, vec![target])),
        }
    }
    // Lines around a secret are likely to hold the next one.
    let context = if is_secret(finding) { 0 } else { limits.context };
    let limits = Limits { context, ..limits };
    targets.into_iter().filter_map(|(file, targets)| frame(files, file, &targets, limits)).collect()
}

fn frame<'a>(files: &Files<'a>, file: &'a str, targets: &[Target<'_>], limits: Limits) -> Option<Frame<'a>> {
    let lines = files.lines(file)?;
    let secrets = files.secrets(file);
    let mut wanted: BTreeMap<u32, Vec<&Target<'_>>> = BTreeMap::new();
    let mut go_to = None;
    let mut tall = 0..=0;
    for target in targets {
        if target.span.start as usize > lines.text().len() {
            continue;
        }
        let start = lines.position(target.span.start);
        let last = lines.line_of(target.span.end.max(target.span.start + 1) - 1).max(start.line);
        wanted.entry(start.line).or_default().push(target);
        go_to = go_to.or(Some(start));
        if target.primary {
            let shown = if limits.context == 0 { start.line } else { last.min(start.line + TALL - 1) };
            tall = start.line..=shown;
            // What follows the beginning of something tall is more of it.
            let after = if last > start.line { shown } else { shown + limits.context };
            for near in start.line.saturating_sub(limits.context).max(1)..=after {
                if lines.line(near).is_some_and(|(_, text)| !text.trim().is_empty()) {
                    wanted.entry(near).or_default();
                }
            }
        }
    }
    let go_to = go_to?;
    let mut rows: Vec<Row> = Vec::with_capacity(wanted.len());
    for (number, targets) in wanted {
        let gap = rows.last().is_some_and(|previous: &Row| previous.number + 1 != number);
        if let Some(mut row) = row(&lines, number, &targets, secrets, limits) {
            row.gap = gap;
            row.inside = tall.contains(&number) || !row.marks.is_empty();
            rows.push(row);
        }
    }
    Some(Frame { file, line: go_to.line, column: go_to.column, rows })
}

/// Bytes of a line that a target covers; a place between two bytes covers none.
fn clip(target: &Target<'_>, start: u32, text: &str) -> (usize, usize) {
    let from = (target.span.start.saturating_sub(start) as usize).min(text.len());
    let to = (target.span.end.saturating_sub(start) as usize).min(text.len());
    let to = text.get(from..to).map_or(to, |covered| from + covered.trim_end().len());
    (from, to.max(from))
}

fn row(
    lines: &Lines<'_>,
    number: u32,
    targets: &[&Target<'_>],
    secrets: &[Span],
    limits: Limits,
) -> Option<Row> {
    let Limits { width, ellipsis, .. } = limits;
    let room = width.saturating_sub(width::of(ellipsis));
    let (start, text) = lines.line(number)?;
    let mut marks: Vec<(usize, usize, &Target<'_>)> = Vec::with_capacity(targets.len());
    for target in targets {
        let (from, to) = clip(target, start, text);
        if !marks.iter().any(|m| (m.0, m.1) == (from, to) && m.2.label == target.label) {
            marks.push((from, to, target));
        }
    }
    let anchor = marks.iter().find(|m| m.2.primary).or(marks.first()).map_or(0, |m| m.0);
    let from = window_start(text, anchor, width);
    let mut shown = Shown { text: String::new(), filled: 0, width, cut: false };
    let mut places: Vec<(Option<usize>, usize)> = vec![(None, 0); marks.len()];
    if from > 0 {
        shown.push_str(ellipsis);
    }
    let mut skip_to = 0;
    let first_secret = secrets.partition_point(|s| (s.end as usize) <= start as usize + from);
    let mut secrets = secrets.get(first_secret..).unwrap_or_default().iter().peekable();
    let tail = text.get(from..).unwrap_or_default();
    // Characters without width could go on for ever.
    for (i, c) in tail.char_indices().take(width * 4 + 16).map(|(i, c)| (from + i, c)) {
        let offset = start as usize + i;
        while secrets.next_if(|s| s.end as usize <= offset).is_some() {}
        let full = i >= skip_to && shown.filled + columns_of(c) > room && shown.overflows(text, i);
        for ((first, last), mark) in places.iter_mut().zip(&marks) {
            if i >= mark.0 && first.is_none() && (i < mark.1 || mark.0 == mark.1 || i < skip_to) && !full {
                *first = Some(shown.filled);
            }
            if i < mark.1 {
                *last = usize::MAX;
            } else if *last == usize::MAX {
                *last = shown.filled;
            }
        }
        if full {
            shown.cut = true;
            shown.push_str(ellipsis);
            break;
        }
        if i < skip_to {
            continue;
        }
        match secrets.peek() {
            Some(secret) if secret.start as usize <= offset => {
                let end = (secret.end as usize - start as usize).min(text.len());
                if secret.start as usize == offset {
                    shown.push_str(head(text.get(i..end).unwrap_or_default()));
                }
                shown.push_str("***");
                skip_to = end;
            }
            _ => shown.push(c),
        }
    }
    let mut row = Row { number, ..Row::default() };
    for ((first, last), mark) in places.into_iter().zip(&marks) {
        // A place at the very end of the line was not met by any character.
        let first = match first {
            Some(column) => column,
            None if mark.0 >= text.len() && !shown.cut => shown.filled,
            None => continue,
        };
        let last = if last == usize::MAX { shown.filled } else { last };
        row.marks.push(Mark {
            start: first,
            end: last.max(first + 1),
            primary: mark.2.primary,
            label: escape::visible(mark.2.label).into_owned(),
        });
    }
    row.marks.sort_by_key(|m| (m.start, m.end, !m.primary));
    row.text = shown.text;
    Some(row)
}

/// Beginning of a secret that helps to recognise it: three characters, and none of a short one.
fn head(secret: &str) -> &str {
    let quote = usize::from(secret.starts_with(['"', '\'']));
    let line = secret.lines().next().unwrap_or_default();
    let keep = if line.chars().nth(7).is_some() { 3 } else { 0 };
    let end = line.char_indices().nth(quote + keep).map_or(line.len(), |(i, _)| i);
    if keep == 0 { line.get(..quote) } else { line.get(..end) }.unwrap_or_default()
}

/// Byte from which a line is shown so that `anchor` is in view. Looks no further than the width.
fn window_start(text: &str, anchor: usize, width: usize) -> usize {
    let before = text.get(..anchor).unwrap_or_default();
    let reach = |columns: usize| {
        let mut filled = 0;
        before
            .char_indices()
            .rev()
            .take(columns * 4 + 16)
            .take_while(|(_, c)| {
                filled += columns_of(*c);
                filled <= columns
            })
            .last()
            .map_or(anchor, |(i, _)| i)
    };
    // Two thirds of the width may stand before the anchor, else a third is kept.
    if reach(width * 2 / 3) == 0 { 0 } else { reach(width / 3) }
}

fn columns_of(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        '\t' => TAB.len(),
        c if !escape::is_unsafe(c) => width::of_char(c),
        c if (c as u32) < 0x100 => 4,
        _ => 8,
    }
}

struct Shown {
    text: String,
    filled: usize,
    width: usize,
    cut: bool,
}

impl Shown {
    fn push(&mut self, c: char) {
        if matches!(c, ' '..='~') {
            self.text.push(c);
            self.filled += 1;
            return;
        }
        let from = self.text.len();
        if c == '\t' {
            self.text.push_str(TAB);
        } else {
            escape::push_visible(&mut self.text, c);
        }
        self.filled += self.text.get(from..).map_or(0, width::of);
    }

    fn push_str(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
    }

    /// True if the rest of the line, which begins at byte `i`, takes more columns than are left.
    fn overflows(&self, text: &str, i: usize) -> bool {
        let mut filled = self.filled;
        let rest = text.get(i..).unwrap_or_default().trim_end();
        rest.chars().take(self.width + 8).any(|c| {
            filled += columns_of(c);
            filled > self.width
        })
    }
}
