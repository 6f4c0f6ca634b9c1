//! Plain scalars (YAML 1.2.2, 7.3.3).

use super::cursor::{Parser, Read, is_eol, is_flow_indicator, is_gap, span};
use super::mistakes;
use super::tags::Tag;
use crate::tree::{NodeId, Text};
use crate::{Kind, Style, scalar};

/// How far a plain scalar may go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end of the line: a key is expected.
    Line,
    /// Over lines that begin in this column or further right.
    Column(usize),
    /// Over all lines of a flow collection.
    Flow,
}

/// Bytes at which a plain scalar in block context may end.
const fn may_end_block(byte: u8) -> bool {
    matches!(byte, b':' | b'#' | b'\n' | b'\r' | 0)
}

/// The same in flow context.
const fn may_end_flow(byte: u8) -> bool {
    may_end_block(byte) || is_flow_indicator(byte)
}

impl Parser<'_> {
    /// True if a plain scalar can begin at `pos`.
    pub(super) fn plain_can_start(&self, flow: bool) -> bool {
        match self.here() {
            b'-' | b'?' | b':' => {
                let next = self.at(self.pos + 1);
                !(is_gap(next) || (flow && self.here() != b'-' && is_flow_indicator(next)))
            }
            b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' | 0 => false,
            byte => !is_flow_indicator(byte),
        }
    }

    /// Moves to where the scalar's part on this line ends (a line break, a comment's `#`, the `:` after a
    /// key, a flow indicator); gives the offset after its last character that is not white space.
    #[inline]
    fn plain_line(&mut self, flow: bool) -> usize {
        let start = self.pos;
        let mut at = start;
        loop {
            let rest = self.src.get(at..).unwrap_or_default();
            let hit = if flow {
                rest.iter().position(|b| may_end_flow(*b))
            } else {
                rest.iter().position(|b| may_end_block(*b))
            };
            at += hit.unwrap_or(rest.len());
            let stops = match self.at(at) {
                b':' => {
                    let next = self.at(at + 1);
                    is_gap(next) || (flow && is_flow_indicator(next))
                }
                b'#' => at > start && matches!(self.at(at - 1), b' ' | b'\t'),
                _ => true,
            };
            if stops {
                break;
            }
            at += 1;
        }
        self.pos = at;
        while at > start && matches!(self.at(at - 1), b' ' | b'\t') {
            at -= 1;
        }
        at
    }

    /// True if the line whose first text `pos` stands on belongs to a scalar begun further up.
    fn continues(&self, reach: Reach) -> Read<bool> {
        let byte = self.here();
        if byte == 0 || byte == b'#' || (self.pos == self.line && self.is_marker(self.pos)) {
            return Ok(false);
        }
        match reach {
            Reach::Line => Ok(false),
            Reach::Flow => Ok(!is_flow_indicator(byte)),
            Reach::Column(min) => {
                if self.col() < min {
                    return Ok(false);
                }
                match self.tab {
                    Some(tab) if tab - self.line < min => Err(mistakes::tab(self, tab)),
                    _ => Ok(true),
                }
            }
        }
    }

    /// Reads the plain scalar at `pos`. If a `:` that ends a key follows it on the same line, `pos` comes to
    /// stand on that.
    pub(super) fn plain(&mut self, reach: Reach, tag: Option<Tag>) -> Read<NodeId> {
        let flow = reach == Reach::Flow;
        let start = self.pos;
        let mut end = self.plain_line(flow);
        self.fresh = false;
        self.tab = None;
        let breaks = match self.here() {
            b'\n' | b'\r' if reach != Reach::Line => self.next_line(),
            _ => 0,
        };
        if breaks == 0 || !self.continues(reach)? {
            let at = span(start, end);
            let text = self.slice(start, end);
            let kind = match tag {
                None => scalar::resolve(text),
                Some(tag) => self.tagged_kind(tag, text, true, at),
            };
            return Ok(self.scalar(kind, Style::Plain, at, Text::Source(at)));
        }
        self.scratch.clear();
        self.scratch.push_str(self.slice(start, end));
        let mut breaks = breaks;
        loop {
            self.fold(breaks);
            let from = self.pos;
            end = self.plain_line(flow);
            self.scratch.push_str(self.slice(from, end));
            self.fresh = false;
            self.tab = None;
            if !flow && self.here() == b':' {
                return Err(mistakes::key_in_scalar(self, span(from, end), start));
            }
            if !is_eol(self.here()) {
                break;
            }
            breaks = self.next_line();
            if breaks == 0 || !self.continues(reach)? {
                break;
            }
        }
        // Text that spans lines holds a blank or a line break, which no other core type allows.
        let at = span(start, end);
        if let Some(tag @ Tag::Scalar(_)) = tag {
            let text = std::mem::take(&mut self.scratch);
            self.tagged_kind(tag, &text, true, at);
            self.scratch = text;
        }
        Ok(self.decoded(Kind::Str, Style::Plain, at))
    }
}
