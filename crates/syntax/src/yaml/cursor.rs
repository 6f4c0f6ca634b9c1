//! The parser's state, and how it moves over what lies between tokens.

use super::anchors::Anchors;
use super::tags::Handles;
use crate::tree::{Builder, NodeId, Text};
use crate::{Kind, Style, SyntaxError};
use model::Span;

/// What reading a part of a document gives: the part, or the mistake for which the document is given up.
pub(super) type Read<T> = Result<T, Box<SyntaxError>>;

pub(super) struct Parser<'s> {
    pub(super) text: &'s str,
    pub(super) src: &'s [u8],
    /// Offset of the next byte to read.
    pub(super) pos: usize,
    /// Offset of the current line's first byte.
    pub(super) line: usize,
    /// True if nothing but white space stands between the start of the line and `pos`.
    pub(super) fresh: bool,
    /// Offset of a tab met between the last token (or the start of the line) and `pos`.
    pub(super) tab: Option<usize>,
    /// True if `pos` stands on the end of the document: a `---` or `...` line, or the end of the text.
    pub(super) end: bool,
    /// Offset just past the last thing read that belongs to a node.
    pub(super) last: usize,
    /// Offset just past the indicators of the block scalar read last.
    pub(super) header_end: usize,
    /// Column of the collection closed last, for messages about indentation.
    pub(super) closed_column: usize,
    /// A limit reached where reading could not stop; checked when the document ends.
    pub(super) over_limit: Option<Box<SyntaxError>>,
    pub(super) depth: usize,
    pub(super) build: Builder,
    pub(super) anchors: Anchors<'s>,
    pub(super) handles: Handles<'s>,
    /// Text of scalars that differ from the source, reused.
    pub(super) scratch: String,
}

/// Ends a token in block context.
pub(super) const fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0)
}

/// A line break or, as 0, the end of the text.
pub(super) const fn is_eol(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | 0)
}

pub(super) const fn is_flow_indicator(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

impl<'s> Parser<'s> {
    pub(super) fn new(text: &'s str, build: Builder) -> Self {
        Self {
            text,
            src: text.as_bytes(),
            pos: 0,
            line: 0,
            fresh: true,
            tab: None,
            end: false,
            last: 0,
            header_end: 0,
            closed_column: 0,
            over_limit: None,
            depth: 0,
            build,
            anchors: Anchors::default(),
            handles: Handles::default(),
            scratch: String::new(),
        }
    }

    /// The byte at an offset; 0 past the end. (A real 0 is a mistake that `control` finds.)
    #[inline]
    pub(super) fn at(&self, offset: usize) -> u8 {
        self.src.get(offset).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn here(&self) -> u8 {
        self.at(self.pos)
    }

    #[inline]
    pub(super) fn col(&self) -> usize {
        self.pos - self.line
    }

    #[inline]
    pub(super) fn slice(&self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Offset of the line break that ends the line of `from`, or of the end of the text.
    #[inline]
    pub(super) fn eol(&self, from: usize) -> usize {
        let rest = self.src.get(from..).unwrap_or_default();
        memchr::memchr2(b'\n', b'\r', rest).map_or(self.src.len(), |i| from + i)
    }

    /// Offset after the line break that stands at `at`.
    #[inline]
    pub(super) fn after_break(&self, at: usize) -> usize {
        match self.at(at) {
            b'\r' if self.at(at + 1) == b'\n' => at + 2,
            b'\r' | b'\n' => at + 1,
            _ => at,
        }
    }

    /// Notes that `pos` is the first byte of a line.
    #[inline]
    pub(super) fn begin_line(&mut self) {
        self.line = self.pos;
        self.fresh = true;
        self.tab = None;
    }

    /// True if a document marker (`---` or `...`) stands at an offset, which must be the start of a line.
    #[inline]
    pub(super) fn is_marker(&self, at: usize) -> bool {
        let byte = self.at(at);
        (byte == b'-' || byte == b'.')
            && self.at(at + 1) == byte
            && self.at(at + 2) == byte
            && is_gap(self.at(at + 3))
    }

    /// Moves over white space, comments and line breaks to the next token, and sets `fresh`, `tab`, `end`.
    #[inline]
    pub(super) fn skip(&mut self) {
        loop {
            match self.here() {
                b' ' => self.pos += 1,
                b'\n' => {
                    self.pos += 1;
                    self.begin_line();
                }
                b'\t' => {
                    self.tab = self.tab.or(Some(self.pos));
                    self.pos += 1;
                }
                b'\r' => {
                    self.pos = self.after_break(self.pos);
                    self.begin_line();
                }
                b'#' if self.pos == self.line || matches!(self.at(self.pos - 1), b' ' | b'\t') => {
                    let end = self.eol(self.pos);
                    self.build.comment(span(self.pos, end));
                    self.pos = end;
                }
                0 => {
                    self.end = true;
                    return;
                }
                _ => break,
            }
        }
        self.end = self.pos == self.line && self.is_marker(self.pos);
    }

    /// Moves over white space inside the line.
    #[inline]
    pub(super) fn skip_blanks(&mut self) {
        loop {
            match self.here() {
                b' ' => self.pos += 1,
                b'\t' => {
                    self.tab = self.tab.or(Some(self.pos));
                    self.pos += 1;
                }
                _ => break,
            }
        }
    }

    /// From a line break: moves over it and over blank lines to the first byte that is not white space;
    /// gives the number of line breaks. Comments are left alone.
    #[inline]
    pub(super) fn next_line(&mut self) -> usize {
        let mut breaks = 0;
        loop {
            match self.here() {
                b' ' => self.pos += 1,
                b'\n' => {
                    self.pos += 1;
                    breaks += 1;
                    self.begin_line();
                }
                b'\t' => {
                    self.tab = self.tab.or(Some(self.pos));
                    self.pos += 1;
                }
                b'\r' => {
                    self.pos = self.after_break(self.pos);
                    breaks += 1;
                    self.begin_line();
                }
                _ => return breaks,
            }
        }
    }

    /// Makes a scalar and notes where it ends.
    #[inline]
    pub(super) fn scalar(&mut self, kind: Kind, style: Style, at: Span, text: Text<'_>) -> NodeId {
        self.anchors.written += 1;
        self.last = at.end as usize;
        self.build.scalar(kind, style, at, text)
    }

    /// Makes a scalar whose text is `scratch`.
    pub(super) fn decoded(&mut self, kind: Kind, style: Style, at: Span) -> NodeId {
        self.anchors.written += 1;
        self.last = at.end as usize;
        self.build.scalar(kind, style, at, Text::Decoded(&self.scratch))
    }

    /// Appends what `breaks` line breaks between two lines of a folded scalar stand for.
    pub(super) fn fold(&mut self, breaks: usize) {
        if breaks == 1 {
            self.scratch.push(' ');
        } else {
            self.scratch.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
        }
    }
}

#[inline]
pub(super) fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}
