//! A text made of pieces of a source, which knows where each of its bytes came from.

use model::Span;

/// A decoded text (line continuations joined, quotes or escapes taken out) with a map back to the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    /// Ascending by their place in `text`; bytes between two marks run in parallel.
    marks: Vec<Mark>,
    whole: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    /// Offset in the decoded text.
    decoded: u32,
    /// Offset in the source.
    source: u32,
    /// Length in the source, where one character was written as several; else 0.
    width: u32,
}

impl Mapped {
    /// An empty text at a place of the source.
    pub fn empty(at: u32) -> Self {
        Self { text: String::new(), marks: Vec::new(), whole: Span::new(at, at) }
    }

    /// A text that stands in the source byte for byte, at `at`.
    pub fn verbatim(text: impl Into<String>, at: u32) -> Self {
        let text = text.into();
        let whole = Span::new(at, at + text.len() as u32);
        Self { text, marks: vec![Mark { decoded: 0, source: at, width: 0 }], whole }
    }

    /// Appends a piece that stands at `at` in the source.
    pub fn push(&mut self, piece: &str, at: u32) {
        if piece.is_empty() {
            return;
        }
        self.mark(at);
        self.append(piece, at, at + piece.len() as u32);
    }

    fn append(&mut self, piece: &str, at: u32, end: u32) {
        self.text.push_str(piece);
        self.whole = if self.marks.len() == 1 && self.text.len() == piece.len() {
            Span::new(at, end)
        } else {
            Span::new(self.whole.start.min(at), self.whole.end.max(end))
        };
    }

    /// Appends one character that was written as `source` (an escape sequence).
    pub fn push_char(&mut self, c: char, source: Span) {
        let mark = Mark { decoded: self.text.len() as u32, source: source.start, width: source.len() };
        self.marks.push(mark);
        let mut buffer = [0; 4];
        self.append(c.encode_utf8(&mut buffer), source.start, source.end);
    }

    /// Appends a slice of another text that maps to the same source.
    pub fn push_part(&mut self, other: &Self, start: usize, end: usize) {
        let mut at = start;
        let mut index = other.marks.partition_point(|m| m.decoded as usize <= start).saturating_sub(1);
        while at < end
            && let Some(mark) = other.marks.get(index)
        {
            let next = other.marks.get(index + 1).map_or(other.text.len(), |m| m.decoded as usize);
            let stop = next.min(end);
            if at < stop {
                let piece = other.text.get(at..stop).unwrap_or("");
                match piece.chars().next() {
                    Some(c) if mark.width > 0 && piece.len() == c.len_utf8() => {
                        self.push_char(c, Span::new(mark.source, mark.source + mark.width));
                    }
                    _ => self.push(piece, mark.source + (at as u32 - mark.decoded)),
                }
                at = stop;
            }
            index += 1;
        }
    }

    fn mark(&mut self, at: u32) {
        let decoded = self.text.len() as u32;
        if let Some(last) = self.marks.last()
            && last.width == 0
            && decoded - last.decoded + last.source == at
        {
            return;
        }
        self.marks.push(Mark { decoded, source: at, width: 0 });
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True if the decoded text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Everything in the source, from the first byte to the last; quotes around are included where the
    /// maker of the text said so.
    pub fn span(&self) -> Span {
        self.whole
    }

    /// The same text with another span for the whole of it.
    #[must_use]
    pub fn with_span(mut self, span: Span) -> Self {
        self.whole = span;
        self
    }

    /// Where a byte of the decoded text came from; past the end, the end of the source piece.
    pub fn source_of(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len()) as u32;
        self.mark_at(offset).map_or(self.whole.start, |m| m.source + (offset - m.decoded))
    }

    fn mark_at(&self, offset: u32) -> Option<&Mark> {
        let index = self.marks.partition_point(|m| m.decoded <= offset);
        self.marks.get(index.checked_sub(1)?)
    }

    /// Just past the source of the byte before `end`.
    fn end_of(&self, end: usize) -> u32 {
        let last = end.min(self.text.len()).saturating_sub(1);
        match self.mark_at(last as u32) {
            Some(mark) if mark.width > 0 => mark.source + mark.width,
            _ => self.source_of(last) + u32::from(!self.text.is_empty()),
        }
    }

    /// Source bytes of a slice of the decoded text: from its first byte to just past its last.
    pub fn span_of(&self, start: usize, end: usize) -> Span {
        if start >= end {
            let at = if start == 0 || start < self.text.len() {
                self.source_of(start)
            } else {
                self.source_of(start.min(self.text.len()).saturating_sub(1))
                    + u32::from(!self.text.is_empty())
            };
            return Span::new(at, at);
        }
        let end = self.end_of(end);
        Span::new(self.source_of(start).min(end), end)
    }

    /// Source bytes of a span of the decoded text.
    pub fn map(&self, span: Span) -> Span {
        self.span_of(span.start as usize, span.end as usize)
    }

    /// A slice of the decoded text, with its own map.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let mut part = Self::empty(self.span_of(start, start).start);
        part.push_part(self, start, end);
        part
    }

    /// The text without blanks at both ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        self.slice(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_slices_back() {
        // Source: "ab\\\n  cd"; decoded "ab  cd".
        let mut m = Mapped::empty(0);
        m.push("ab", 0);
        m.push("  cd", 4);
        assert_eq!(m.text(), "ab  cd");
        assert_eq!(m.span(), Span::new(0, 8));
        assert_eq!(m.span_of(0, 2), Span::new(0, 2));
        assert_eq!(m.span_of(1, 5), Span::new(1, 7));
        assert_eq!(m.span_of(2, 3), Span::new(4, 5));
        assert_eq!(m.span_of(6, 6), Span::new(8, 8));
        let part = m.slice(1, 5);
        assert_eq!(part.text(), "b  c");
        assert_eq!(part.span(), Span::new(1, 7));
        assert_eq!(part.span_of(3, 4), Span::new(6, 7));
        assert_eq!(m.slice(2, 6).trimmed().span(), Span::new(6, 8));
        assert_eq!(m.slice(3, 3).span(), Span::new(5, 5));
        let mut e = Mapped::empty(3);
        e.push_char('\n', Span::new(3, 5));
        e.push("x", 5);
        assert_eq!(e.span(), Span::new(3, 6));
        assert_eq!(e.span_of(1, 2), Span::new(5, 6));
        assert_eq!(e.span_of(0, 1), Span::new(3, 5));
        assert_eq!(e.slice(0, 1).span(), Span::new(3, 5));
    }
}
