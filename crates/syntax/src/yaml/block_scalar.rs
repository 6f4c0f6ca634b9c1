//! Literal and folded block scalars (YAML 1.2.2, 8.1).

use super::cursor::{Parser, Read, is_eol, is_gap, span};
use super::mistakes;
use super::tags::Tag;
use crate::tree::NodeId;
use crate::{Kind, Style};

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomp {
    Strip,
    Clip,
    Keep,
}

impl Parser<'_> {
    /// Reads the block scalar at `pos`; its lines must begin in column `min` or further right.
    pub(super) fn block_scalar(&mut self, min: usize, tag: Option<Tag>) -> Read<NodeId> {
        let start = self.pos;
        let folded = self.here() == b'>';
        let (chomp, explicit) = self.block_header()?;
        let mut end = self.header_end;
        let style = if folded { Style::Folded } else { Style::Literal };
        self.scratch.clear();
        // The parent's column is `min - 1`; a document's root has none and counts as column 0.
        let mut indent = explicit.map(|digit| min.saturating_sub(1) + digit);
        let mut leading_break = false;
        let mut leading_blank = false;
        let mut breaks = 0;
        loop {
            // `pos` is the start of a line.
            let line = self.pos;
            let limit = indent.unwrap_or(usize::MAX);
            let mut at = line;
            while self.at(at) == b' ' && at - line < limit {
                at += 1;
            }
            let byte = self.at(at);
            if is_eol(byte) {
                if byte == 0 {
                    self.pos = at;
                    self.begin_line_at(line);
                    break;
                }
                breaks += 1;
                self.pos = self.after_break(at);
                continue;
            }
            if byte == b'\t' && at - line < indent.unwrap_or(min) {
                // A line of white space only is empty whatever it is made of.
                let mut blank = at;
                while matches!(self.at(blank), b' ' | b'\t') {
                    blank += 1;
                }
                if is_eol(self.at(blank)) && self.at(blank) != 0 {
                    breaks += 1;
                    self.pos = self.after_break(blank);
                    continue;
                }
                if at - line >= min {
                    return Err(mistakes::tab(self, at));
                }
            }
            let width = *indent.get_or_insert_with(|| (at - line).max(min));
            if at - line < width || (at == line && self.is_marker(at)) {
                self.pos = line;
                self.begin_line();
                break;
            }
            let at = line + width;
            let blank = matches!(self.at(at), b' ' | b'\t');
            if folded && leading_break && !leading_blank && !blank {
                if breaks == 0 {
                    self.scratch.push(' ');
                }
            } else if leading_break {
                self.scratch.push('\n');
            }
            self.scratch.extend(std::iter::repeat_n('\n', breaks));
            breaks = 0;
            leading_blank = blank;
            end = self.eol(at);
            self.scratch.push_str(self.slice(at, end));
            self.pos = self.after_break(end);
            leading_break = self.pos > end;
            if !leading_break {
                self.begin_line_at(line);
                break;
            }
        }
        if chomp != Chomp::Strip && leading_break {
            self.scratch.push('\n');
        }
        if chomp == Chomp::Keep {
            self.scratch.extend(std::iter::repeat_n('\n', breaks));
        }
        let at = span(start, end);
        let kind = match tag {
            Some(tag @ Tag::Scalar(_)) => {
                let text = std::mem::take(&mut self.scratch);
                let kind = self.tagged_kind(tag, text.trim_end(), false, at);
                self.scratch = text;
                kind
            }
            _ => Kind::Str,
        };
        Ok(self.decoded(kind, style, at))
    }

    /// Notes that `pos` is the end of the text, on the line that begins at `line`.
    fn begin_line_at(&mut self, line: usize) {
        self.line = line;
        self.fresh = true;
        self.tab = None;
    }

    /// Reads `|` or `>` with its indicators, a comment and the line break.
    fn block_header(&mut self) -> Read<(Chomp, Option<usize>)> {
        let start = self.pos;
        let mut chomp = None;
        let mut indent = None;
        self.pos += 1;
        loop {
            match self.here() {
                b'-' if chomp.is_none() => chomp = Some(Chomp::Strip),
                b'+' if chomp.is_none() => chomp = Some(Chomp::Keep),
                digit @ b'1'..=b'9' if indent.is_none() => indent = Some(usize::from(digit - b'0')),
                _ => break,
            }
            self.pos += 1;
        }
        self.header_end = self.pos;
        self.fresh = false;
        self.tab = None;
        if !is_gap(self.here()) {
            return Err(mistakes::bad_block_header(self, start));
        }
        self.skip_blanks();
        if self.here() == b'#' && self.pos > self.header_end {
            let end = self.eol(self.pos);
            self.build.comment(span(self.pos, end));
            self.pos = end;
        }
        if !is_eol(self.here()) {
            return Err(mistakes::bad_block_header(self, start));
        }
        self.pos = self.after_break(self.pos);
        Ok((chomp.unwrap_or(Chomp::Clip), indent))
    }
}
