//! Lines of the scanned files, indexed once, and the parts of them that must not be shown.

use crate::{Report, Sources};
use model::{Finding, Position, Range, Span};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Every this many bytes the number of characters so far is kept, so that a column in a line of any length
/// costs no more than counting this far.
const STEP: usize = 1024;

/// A text with its line index.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<u32>,
    counts: Vec<u32>,
}

/// Bytes that begin a character.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count() as u32
}

impl<'a> Lines<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 24 + 1);
        starts.push(0);
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1));
        let mut total = 0;
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        for chunk in text.as_bytes().chunks(STEP) {
            counts.push(total);
            total += count(chunk);
        }
        Self { text, starts, counts }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Number of lines; a trailing line feed does not begin another one.
    pub fn count(&self) -> u32 {
        let last_is_empty = self.starts.last().is_some_and(|s| *s as usize == self.text.len());
        (self.starts.len() - usize::from(last_is_empty && self.starts.len() > 1)) as u32
    }

    /// Offset of the first byte of a line (from 1), and its text without the line ending; `None` for a line
    /// that does not exist. A byte order mark belongs to no line.
    pub fn line(&self, number: u32) -> Option<(u32, &'a str)> {
        let index = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |s| *s as usize);
        let text = self.text.get(start as usize..end)?.trim_end_matches(['\n', '\r']);
        match text.strip_prefix('\u{feff}') {
            Some(rest) if start == 0 => Some((3, rest)),
            _ => Some((start, text)),
        }
    }

    /// Line (from 1) of a byte offset.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Characters before a byte offset; an offset inside a character counts that character as before it.
    fn chars_before(&self, offset: usize) -> u32 {
        let step = offset / STEP;
        let (whole, from) = match self.counts.get(step) {
            Some(n) => (*n, step * STEP),
            None => match self.counts.last() {
                Some(n) => (*n, (self.counts.len() - 1) * STEP),
                None => (0, 0),
            },
        };
        whole + self.text.as_bytes().get(from..offset).map_or(0, count)
    }

    /// Line and column of a byte offset, the column in characters.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset as u32);
        let start = self.starts.get((line as usize).saturating_sub(1)).copied().unwrap_or(0);
        let mark = u32::from(start == 0 && offset >= 3 && self.text.starts_with('\u{feff}'));
        let column = match self.text.as_bytes().get(start as usize..offset) {
            Some(before) if before.len() <= STEP => count(before),
            _ => self.chars_before(offset) - self.chars_before(start as usize),
        };
        Position { line, column: column + 1 - mark }
    }

    /// Lines and columns of a span.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }
}

/// True if the value a finding points to must not be shown.
pub fn is_secret(finding: &Finding) -> bool {
    matches!(finding.rule.topic, "secret" | "secrets")
}

/// The files of a report: each is indexed once, when it is first asked for.
pub struct Files<'a> {
    sources: &'a dyn Sources,
    indexed: RefCell<HashMap<&'a str, Option<Rc<Lines<'a>>>>>,
    secrets: HashMap<&'a str, Vec<Span>>,
}

impl std::fmt::Debug for Files<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").field("indexed", &self.indexed.borrow().len()).finish_non_exhaustive()
    }
}

impl<'a> Files<'a> {
    /// Prepares the files of a report. Whatever a rule about secrets points to is kept out of every quotation
    /// of its file, related places too: they are where the same or the next secret stands.
    pub fn new(report: &'a Report, sources: &'a dyn Sources) -> Self {
        let mut secrets: HashMap<&'a str, Vec<Span>> = HashMap::new();
        let mut asked: HashSet<&'a str> = HashSet::new();
        for finding in report.findings.iter().filter(|f| is_secret(f)) {
            let primary = &finding.primary;
            secrets.entry(&primary.file).or_default().push(primary.span);
            for related in finding.related.iter().map(|r| &r.location) {
                secrets.entry(&related.file).or_default().push(related.span);
            }
        }
        for finding in &report.findings {
            let related = finding.related.iter().map(|r| &*r.location.file);
            let edited = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &*edit.file);
            for file in std::iter::once(&*finding.primary.file).chain(related).chain(edited) {
                if asked.insert(file) {
                    let own = sources.secrets(file);
                    if !own.is_empty() {
                        secrets.entry(file).or_default().extend(own);
                    }
                }
            }
        }
        for spans in secrets.values_mut() {
            spans.retain(|s| !s.is_empty());
            spans.sort_unstable();
            spans.dedup_by(|next, kept| {
                let joined = next.start < kept.end;
                if joined {
                    kept.end = kept.end.max(next.end);
                }
                joined
            });
        }
        Self { sources, indexed: RefCell::default(), secrets }
    }

    /// The lines of a file; `None` if its text is not at hand.
    pub fn lines(&self, file: &'a str) -> Option<Rc<Lines<'a>>> {
        self.indexed
            .borrow_mut()
            .entry(file)
            .or_insert_with(|| self.sources.text(file).map(|text| Rc::new(Lines::new(text))))
            .clone()
    }

    /// Parts of a file that must not be shown, in ascending order, not overlapping.
    pub fn secrets(&self, file: &str) -> &[Span] {
        self.secrets.get(file).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        let lines = Lines::new("\u{feff}ab\r\nçd\n");
        assert_eq!(lines.position(3), Position { line: 1, column: 1 });
        assert_eq!(lines.position(7), Position { line: 2, column: 1 });
        assert_eq!(lines.position(9), Position { line: 2, column: 2 });
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.line(1), Some((3, "ab")));
        assert_eq!(lines.line(2), Some((7, "çd")));
        assert_eq!(lines.line(9), None);
        assert_eq!(lines.count(), 2);
        assert_eq!(lines.position(999).line, 3);
        assert_eq!(Lines::new("").position(0), Position { line: 1, column: 1 });
    }

    #[test]
    fn columns_far_into_a_long_line() {
        let text = "é".repeat(5000);
        let lines = Lines::new(&text);
        assert_eq!(lines.position(8000).column, 4001);
        assert_eq!(lines.position(10_000).column, 5001);
        assert_eq!(lines.position(2048).column, 1025);
    }
}
