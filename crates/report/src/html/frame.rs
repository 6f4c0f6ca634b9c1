//! Code frames and diffs, with every known secret masked, also where it stands beside another finding.

use super::markup::visible;
use crate::{Report, Sources};
use model::{Fix, Location};
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines shown before and after the place itself.
const CONTEXT: usize = 2;
/// Lines of a place that are shown at most.
const LONGEST: usize = 9;
/// Characters of a line that are shown at most.
const WIDEST: usize = 220;
/// Bytes of changed lines above which a diff is not worked out.
const TOO_LONG: usize = 32 * 1024;
/// Lines of a diff that are shown at most.
const DIFF: usize = 60;

/// Texts of the files that findings stand in, indexed by line, with the secrets to be masked.
pub(super) struct Texts<'a> {
    files: BTreeMap<&'a str, Indexed<'a>>,
}

struct Indexed<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Byte ranges of secrets, ascending, not overlapping.
    secrets: Vec<(usize, usize)>,
}

/// An excerpt. Columns are counted in UTF-16 units, as scripts count them.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Frame {
    /// Number of the first line.
    #[serde(rename = "n")]
    pub(super) first: u32,
    /// The lines.
    #[serde(rename = "t")]
    pub(super) lines: Vec<String>,
    /// Marked stretches: index of the line, from, to.
    #[serde(rename = "m")]
    pub(super) marks: Vec<(usize, usize, usize)>,
}

/// True if what the rule finds must not be shown in clear.
pub(super) fn is_secret(topic: &str) -> bool {
    matches!(topic, "secret" | "secrets")
}

impl<'a> Texts<'a> {
    /// Fetches the text of every file that a finding stands in, once.
    pub(super) fn gather(report: &'a Report, sources: &'a dyn Sources) -> Self {
        let mut files: BTreeMap<&'a str, Indexed<'a>> = BTreeMap::new();
        for finding in &report.findings {
            let edited = finding.fixes.iter().flat_map(|f| &f.edits).map(|e| &*e.file);
            let related = finding.related.iter().map(|r| &*r.location.file);
            for file in std::iter::once(&*finding.primary.file).chain(edited).chain(related) {
                if !files.contains_key(file)
                    && let Some(text) = sources.text(file)
                {
                    let mut indexed = Indexed::new(text);
                    let secrets = sources.secrets(file).into_iter();
                    indexed.secrets.extend(secrets.map(|s| (s.start as usize, s.end as usize)));
                    files.insert(file, indexed);
                }
            }
            if is_secret(finding.rule.topic) {
                let places =
                    std::iter::once(&finding.primary).chain(finding.related.iter().map(|r| &r.location));
                for place in places {
                    if let Some(indexed) = files.get_mut(&*place.file) {
                        indexed.secrets.push((place.span.start as usize, place.span.end as usize));
                    }
                }
            }
        }
        for indexed in files.values_mut() {
            indexed.settle();
        }
        Self { files }
    }

    /// The lines around a place; `None` where only the file is meant or its text is not at hand.
    pub(super) fn frame(&self, place: &Location) -> Option<Frame> {
        let file = self.files.get(&*place.file)?;
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        if (start == 0 && end == 0 && place.range.start.line == 0) || start > file.text.len() || end < start {
            return None;
        }
        let end = end.min(file.text.len());
        let first_hit = file.line_at(start);
        let last_hit = file.line_at(if end > start { end - 1 } else { end });
        let first = first_hit.saturating_sub(CONTEXT);
        let last = (last_hit.min(first_hit + LONGEST - 1) + CONTEXT).min(file.last_line());
        let mut frame = Frame { first: first as u32 + 1, lines: Vec::new(), marks: Vec::new() };
        for line in first..=last {
            let (line_start, line_end) = file.bounds(line);
            let hit = (first_hit..=last_hit).contains(&line);
            let from = start.clamp(line_start, line_end);
            let to = end.clamp(line_start, line_end);
            let (text, mark) = file.line(line_start, line_end, if hit { Some((from, to)) } else { None });
            if let Some((from, to)) = mark {
                frame.marks.push((frame.lines.len(), from, to));
            }
            frame.lines.push(text);
        }
        Some(frame)
    }

    /// The first line of a place, without its indentation.
    pub(super) fn excerpt(&self, place: &Location) -> Option<String> {
        let file = self.files.get(&*place.file).filter(|_| place.range.start.line > 0)?;
        let (start, end) = file.bounds(file.line_at(place.span.start as usize));
        let text = cut(file.masked(start, file.floor(end.min(start + 8 * WIDEST))).trim(), 0).0;
        (!text.is_empty()).then_some(text)
    }

    /// A fix as diff lines: the first character is ` `, `-`, `+` or `@` (heading of a stretch).
    pub(super) fn diff(&self, fix: &Fix) -> Vec<String> {
        let mut out = Vec::new();
        let mut edits = fix.edits.iter().peekable();
        while let Some(edit) = edits.next() {
            let Some(file) = self.files.get(&*edit.file) else { continue };
            let (mut start, mut end) = (edit.span.start as usize, edit.span.end as usize);
            if file.text.get(start..end).is_none() {
                continue;
            }
            // Edits that touch the same or neighbouring lines are shown as one stretch.
            let mut group = vec![edit];
            while let Some(next) = edits.next_if(|next| {
                *next.file == *edit.file
                    && next.span.start as usize >= end
                    && file.text.get(next.span.start as usize..next.span.end as usize).is_some()
                    && file.line_at(next.span.start as usize) <= file.line_at(end) + 2 * CONTEXT
            }) {
                end = next.span.end as usize;
                group.push(next);
            }
            // A whole-line insertion begins at a line's start: nothing before it changes.
            start = file.bounds(file.line_at(start)).0;
            let whole_lines = end > start && file.text.as_bytes().get(end - 1) == Some(&b'\n');
            let stop = if whole_lines { end } else { file.bounds(file.line_at(end)).1 };
            out.push(format!("@{}:{}", edit.file, file.line_at(start) + 1));
            if stop - start > TOO_LONG {
                out.push("@ the lines are too long to be shown".to_owned());
                continue;
            }
            let mut new = String::new();
            let mut at = start;
            for edit in &group {
                new.push_str(&file.masked(at, edit.span.start as usize));
                new.push_str(&file.without_secrets(&edit.text));
                at = edit.span.end as usize;
            }
            new.push_str(&file.masked(at, stop));
            let old = file.masked(start, stop);
            file.hunk(start, stop, &old, &new, &mut out);
        }
        if out.len() > DIFF {
            let more = out.len() - DIFF;
            out.truncate(DIFF);
            out.push(format!("@ {more} more lines"));
        }
        out
    }
}

impl<'a> Indexed<'a> {
    fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        Self { text, starts, secrets: Vec::new() }
    }

    /// Brings the secrets in order: on character boundaries, ascending, merged.
    fn settle(&mut self) {
        let mut spans: Vec<_> = self.secrets.iter().map(|(a, b)| (self.floor(*a), self.floor(*b))).collect();
        spans.retain(|(a, b)| a < b);
        spans.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::new();
        for (start, end) in spans {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        self.secrets = merged;
    }

    /// The nearest character boundary at or before an offset.
    fn floor(&self, mut at: usize) -> usize {
        at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn last_line(&self) -> usize {
        let last = self.starts.len() - 1;
        // A final line feed does not begin another line.
        if last > 0 && self.starts.get(last) == Some(&self.text.len()) { last - 1 } else { last }
    }

    /// Start and end of a line, from 0, without its ending.
    fn bounds(&self, line: usize) -> (usize, usize) {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let next = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let body = self.text.get(start..next).unwrap_or("").trim_end_matches(['\n', '\r']);
        (start, start + body.len())
    }

    /// A stretch of text; of each secret in it only the first three characters of the secret remain.
    fn masked(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        if from >= to {
            return out;
        }
        let mut at = from;
        let first = self.secrets.partition_point(|(_, end)| *end <= from);
        for (start, end) in self.secrets.iter().skip(first).take_while(|(start, _)| *start < to) {
            if *start >= at {
                out.push_str(self.text.get(at..*start).unwrap_or(""));
                let head = head(self.text.get(*start..*end).unwrap_or(""));
                out.push_str(head.get(..(to - start).min(head.len())).unwrap_or(""));
            }
            out.push_str("***");
            at = (*end).min(to);
            // A secret over several lines keeps its lines, so that line numbers stay right.
            let hidden = self.text.get((*start).max(from)..at).unwrap_or("");
            for _ in hidden.matches('\n') {
                out.push_str("\n***");
            }
        }
        out.push_str(self.text.get(at..to).unwrap_or(""));
        out
    }

    /// New text of an edit, in which a secret may have been moved elsewhere.
    fn without_secrets(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (start, end) in &self.secrets {
            let secret = self.text.get(*start..*end).unwrap_or("").trim();
            if secret.len() >= 6 && out.contains(secret) {
                out = out.replace(secret, &format!("{}***", head(secret)));
            }
        }
        out
    }

    /// One line, masked, cut to a readable width around its mark, and the mark in UTF-16 units.
    fn line(
        &self,
        start: usize,
        end: usize,
        mark: Option<(usize, usize)>,
    ) -> (String, Option<(usize, usize)>) {
        // Of a line of megabytes only what can be shown is looked at, or many findings on it would cost
        // its length each.
        let Some((from, to)) = mark else {
            return (cut(&self.masked(start, self.floor(end.min(start + 8 * WIDEST))), 0).0, None);
        };
        let near = self.floor(from.saturating_sub(8 * WIDEST)).max(start);
        let (hidden, start) = (near > start, near);
        let end = self.floor(end.min(from + 8 * WIDEST)).max(from);
        let to = to.min(end);
        let before = self.masked(start, from);
        let inside = self.masked(from, to);
        let after = self.masked(to, end);
        let lead = before.chars().count();
        let whole = format!("{before}{inside}{after}");
        let far = hidden || (lead > WIDEST / 2 && whole.chars().count() > WIDEST);
        let skip = if far { lead.saturating_sub(WIDEST / 4).max(1) } else { 0 };
        let (text, shown) = cut(&whole, skip);
        let total: usize = text.encode_utf16().count();
        let units = |s: &str, skip: usize| -> usize { s.chars().skip(skip).map(char::len_utf16).sum() };
        let from = (units(&before, skip) + usize::from(skip > 0)).min(total);
        let to = (from + units(&inside, 0)).min(total.max(from));
        debug_assert!(shown <= WIDEST);
        (text, Some((from, to)))
    }

    fn hunk(&self, start: usize, stop: usize, old: &str, new: &str, out: &mut Vec<String>) {
        let line = |mark: char, text: &str| format!("{mark}{}", cut(text.trim_end_matches('\r'), 0).0);
        let first = self.line_at(start);
        for n in first.saturating_sub(CONTEXT)..first {
            let (a, b) = self.bounds(n);
            out.push(line(' ', &self.masked(a, self.floor(b.min(a + 8 * WIDEST)))));
        }
        let old: Vec<&str> = lines(old);
        let new: Vec<&str> = lines(new);
        let same_head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(new.len()) - same_head;
        let same_tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        let middle = |all: &[&str]| all.len() - same_head - same_tail;
        out.extend(old.iter().take(same_head).map(|l| line(' ', l)));
        out.extend(old.iter().skip(same_head).take(middle(&old)).map(|l| line('-', l)));
        out.extend(new.iter().skip(same_head).take(middle(&new)).map(|l| line('+', l)));
        out.extend(old.iter().skip(old.len() - same_tail).map(|l| line(' ', l)));
        let next = if stop > 0 && self.text.as_bytes().get(stop - 1) == Some(&b'\n') {
            self.line_at(stop)
        } else {
            self.line_at(stop) + 1
        };
        for n in next..(next + CONTEXT).min(self.last_line() + 1) {
            let (a, b) = self.bounds(n);
            out.push(line(' ', &self.masked(a, self.floor(b.min(a + 8 * WIDEST)))));
        }
    }
}

/// What may be shown of a secret, to tell it by: three characters, of a short one at most a quarter.
fn head(secret: &str) -> &str {
    let first_line = secret.split('\n').next().unwrap_or("");
    let shown = (secret.chars().count() / 4).min(3);
    let end = first_line.char_indices().nth(shown).map_or(first_line.len(), |(i, _)| i);
    first_line.get(..end).unwrap_or("")
}

fn lines(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { text.strip_suffix('\n').unwrap_or(text).split('\n').collect() }
}

/// At most [`WIDEST`] characters from the `skip`th on, all visible, and how many that are.
fn cut(text: &str, skip: usize) -> (String, usize) {
    let mut out = String::new();
    if skip > 0 {
        out.push('…');
    }
    let mut rest = text.chars().skip(skip);
    let shown = rest.by_ref().take(WIDEST).map(|c| out.push(visible(c))).count();
    if rest.next().is_some() {
        out.push('…');
    }
    (out, shown)
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
