//! Quoted scalars (YAML 1.2.2, 7.3.1 and 7.3.2).

use super::cursor::{Parser, Read, span};
use super::mistakes;
use super::tags::Tag;
use crate::tree::{NodeId, Text};
use crate::{Kind, Style};

impl Parser<'_> {
    /// Reads the quoted scalar at `pos`.
    pub(super) fn quoted(&mut self, tag: Option<Tag>) -> Read<NodeId> {
        let start = self.pos;
        let quote = self.here();
        let style = if quote == b'"' { Style::Double } else { Style::Single };
        self.pos += 1;
        self.fresh = false;
        self.tab = None;
        let rest = self.src.get(self.pos..).unwrap_or_default();
        let hit = if quote == b'"' {
            memchr::memchr3(b'"', b'\\', b'\n', rest)
        } else {
            memchr::memchr2(b'\'', b'\n', rest)
        };
        if let Some(length) = hit
            && rest.get(length) == Some(&quote)
            && (quote == b'"' || rest.get(length + 1) != Some(&b'\''))
            && rest.get(..length).is_none_or(|body| memchr::memchr(b'\r', body).is_none())
        {
            let text = span(self.pos, self.pos + length);
            self.pos += length + 1;
            let at = span(start, self.pos);
            let kind = match tag {
                None => Kind::Str,
                Some(tag) => self.tagged_kind(tag, self.slice(start + 1, self.pos - 1), false, at),
            };
            return Ok(self.scalar(kind, style, at, Text::Source(text)));
        }
        self.scratch.clear();
        if quote == b'"' {
            self.double(start)?;
        } else {
            self.single(start)?;
        }
        let at = span(start, self.pos);
        let kind = match tag {
            None => Kind::Str,
            Some(tag) => {
                let text = std::mem::take(&mut self.scratch);
                let kind = self.tagged_kind(tag, &text, false, at);
                self.scratch = text;
                kind
            }
        };
        Ok(self.decoded(kind, style, at))
    }

    /// From a line break inside a quoted scalar: folds it, up to the next line's text. Nothing before
    /// `keep` in the scratch is trimmed.
    fn fold_quoted(&mut self, start: usize, keep: usize) -> Read<()> {
        let kept = self.scratch.trim_end_matches([' ', '\t']).len().max(keep);
        self.scratch.truncate(kept);
        let breaks = self.quoted_next_line(start)?;
        self.fold(breaks);
        Ok(())
    }

    fn quoted_next_line(&mut self, start: usize) -> Read<usize> {
        // A marker may also stand on a line of its own between blank lines, but `next_line` stops there.
        let breaks = self.next_line();
        self.fresh = false;
        self.tab = None;
        if self.pos == self.line && self.is_marker(self.pos) {
            return Err(mistakes::open_quote(self, start));
        }
        Ok(breaks)
    }

    fn single(&mut self, start: usize) -> Read<()> {
        loop {
            let rest = self.src.get(self.pos..).unwrap_or_default();
            let Some(length) = memchr::memchr3(b'\'', b'\n', b'\r', rest) else {
                self.pos = self.src.len();
                return Err(mistakes::open_quote(self, start));
            };
            self.scratch.push_str(self.slice(self.pos, self.pos + length));
            self.pos += length;
            if self.here() != b'\'' {
                self.fold_quoted(start, 0)?;
            } else if self.at(self.pos + 1) == b'\'' {
                self.scratch.push('\'');
                self.pos += 2;
            } else {
                self.pos += 1;
                return Ok(());
            }
        }
    }

    fn double(&mut self, start: usize) -> Read<()> {
        // Escaped white space is not trimmed at the end of a line.
        let mut keep = 0;
        loop {
            let mut at = self.pos;
            // Few bytes lie between two stops in texts that are full of escapes.
            while let Some(byte) = self.src.get(at) {
                if matches!(byte, b'"' | b'\\' | b'\n' | b'\r') {
                    break;
                }
                at += 1;
            }
            self.scratch.push_str(self.slice(self.pos, at));
            self.pos = at;
            match self.here() {
                b'"' => {
                    self.pos += 1;
                    return Ok(());
                }
                b'\\' => {
                    self.escape(start)?;
                    keep = self.scratch.len();
                }
                b'\n' | b'\r' => self.fold_quoted(start, keep)?,
                _ => return Err(mistakes::open_quote(self, start)),
            }
        }
    }

    fn escape(&mut self, start: usize) -> Read<()> {
        let at = self.pos;
        self.pos += 2;
        let c = match self.at(at + 1) {
            b'0' => '\0',
            b'a' => '\u{7}',
            b'b' => '\u{8}',
            b't' | b'\t' => '\t',
            b'n' => '\n',
            b'v' => '\u{b}',
            b'f' => '\u{c}',
            b'r' => '\r',
            b'e' => '\u{1b}',
            b' ' => ' ',
            b'"' => '"',
            b'/' => '/',
            b'\\' => '\\',
            // Not in YAML 1.2, but go-yaml reads it.
            b'\'' => '\'',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b'x' => self.hex(at, 2)?,
            b'u' => self.hex(at, 4)?,
            b'U' => self.hex(at, 8)?,
            b'\n' | b'\r' => {
                self.pos = at + 1;
                let breaks = self.quoted_next_line(start)?;
                self.scratch.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
                return Ok(());
            }
            _ => return Err(mistakes::bad_escape(self, at)),
        };
        self.scratch.push(c);
        Ok(())
    }

    fn hex(&mut self, at: usize, digits: usize) -> Read<char> {
        let from = at + 2;
        let value = self.hex_value(from, digits).ok_or_else(|| mistakes::bad_hex(self, at, digits))?;
        self.pos = from + digits;
        // JSON writes characters past U+FFFF as two escapes.
        if digits == 4
            && (0xd800..0xdc00).contains(&value)
            && self.at(self.pos) == b'\\'
            && self.at(self.pos + 1) == b'u'
            && let Some(low) = self.hex_value(self.pos + 2, 4)
            && (0xdc00..0xe000).contains(&low)
        {
            self.pos += 6;
            let joined = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
            return char::from_u32(joined).ok_or_else(|| mistakes::bad_hex(self, at, digits));
        }
        char::from_u32(value).ok_or_else(|| mistakes::bad_code_point(span(at, self.pos), value))
    }

    fn hex_value(&self, from: usize, digits: usize) -> Option<u32> {
        let text = self.text.get(from..from + digits)?;
        if !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(text, 16).ok()
    }
}
