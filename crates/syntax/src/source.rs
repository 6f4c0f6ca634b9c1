//! A source text and its line index.

use model::{Location, Pointer, Position, Range, Span};
use std::sync::{Arc, OnceLock};

/// The text of one file, with its name as shown to people. Cheap to share, never changed.
#[derive(Debug)]
pub struct SourceText {
    name: Arc<str>,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// Characters before each [`BLOCK`] of bytes; none if the text is ASCII.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes after which the number of characters is noted, so that columns in a line of megabytes cost no more
/// than those in a short one.
const BLOCK: usize = 1024;

impl SourceText {
    /// Takes a text and the name it is shown under.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// The name, with `/` between its parts.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The whole text, byte for byte as read (a byte order mark and CR included).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; `""` if the span is not of this source.
    pub fn slice(&self, span: Span) -> &str {
        span.text(&self.text)
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut starts = Vec::with_capacity(bytes.len() / 24 + 1);
            starts.push(0);
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|i| i as u32 + 1));
            starts
        })
    }

    /// Number of characters before a byte offset that falls on a character.
    fn characters_before(&self, offset: u32) -> u32 {
        let blocks = self.characters.get_or_init(|| {
            let mut count = 0;
            if self.text.is_ascii() {
                return Vec::new();
            }
            let before = |block: &[u8]| {
                let here = count;
                count += characters(block);
                here
            };
            self.text.as_bytes().chunks(BLOCK).map(before).collect()
        });
        let (index, rest) = (offset as usize / BLOCK, offset as usize % BLOCK);
        let begin = offset as usize - rest;
        match blocks.get(index) {
            Some(before) => {
                before + characters(self.text.as_bytes().get(begin..offset as usize).unwrap_or_default())
            }
            None if blocks.is_empty() => offset,
            None => characters(self.text.as_bytes()),
        }
    }

    /// Number of lines; a trailing line feed does not begin another line.
    pub fn line_count(&self) -> u32 {
        let starts = self.line_starts();
        let last_is_empty = starts.last().is_some_and(|s| *s as usize == self.text.len());
        (starts.len() - usize::from(last_is_empty && starts.len() > 1)) as u32
    }

    /// Line (from 1) of a byte offset.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts().partition_point(|start| *start <= offset) as u32
    }

    /// Span of a line (from 1) without its line ending; empty at the end for a line that does not exist.
    pub fn line_span(&self, line: u32) -> Span {
        let starts = self.line_starts();
        let end_of_text = self.text.len() as u32;
        let Some(start) = starts.get((line as usize).wrapping_sub(1)).copied() else {
            return Span::new(end_of_text, end_of_text);
        };
        let next = starts.get(line as usize).copied().unwrap_or(end_of_text);
        let body = self.slice(Span::new(start, next)).trim_end_matches(['\n', '\r']);
        Span::new(start, start + body.len() as u32)
    }

    /// Line and column of a byte offset; an offset inside a character counts as that character.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line_of(offset);
        let start = self.line_starts().get(line as usize - 1).copied().unwrap_or(0);
        let mut end = offset;
        while !self.text.is_char_boundary(end as usize) {
            end -= 1;
        }
        let mark = u32::from(start == 0 && end > 0 && self.text.starts_with('\u{feff}'));
        Position { line, column: self.characters_before(end) - self.characters_before(start) + 1 - mark }
    }

    /// Lines and columns of a span.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// A full location in this source.
    pub fn location(&self, span: Span, pointer: Pointer) -> Location {
        Location { file: self.name.clone(), pointer, span, range: self.range(span) }
    }
}

/// Number of characters that begin in a run of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let s = SourceText::new("f", "\u{feff}ab\r\nçd\n");
        assert_eq!(s.position(3), Position { line: 1, column: 1 });
        assert_eq!(s.position(7), Position { line: 2, column: 1 });
        assert_eq!(s.position(9), Position { line: 2, column: 2 });
        assert_eq!(s.line_count(), 2);
        assert_eq!(s.slice(s.line_span(2)), "çd");
        assert_eq!(s.slice(s.line_span(1)), "\u{feff}ab");
        assert!(s.line_span(9).is_empty());
        assert_eq!(s.position(999).line, 3);
    }

    #[test]
    fn columns_in_long_lines() {
        for text in
            ["ä€x".repeat(2000), "abc".repeat(2000), format!("{}\n{}", "é".repeat(700), "ü".repeat(2000))]
        {
            let s = SourceText::new("f", text.as_str());
            let (mut line, mut column) = (1, 1);
            for (at, c) in text.char_indices() {
                assert_eq!(s.position(at as u32), Position { line, column });
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
            assert_eq!(s.position(text.len() as u32), Position { line, column });
        }
    }
}
