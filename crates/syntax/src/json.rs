//! JSON (RFC 8259): text to a spanned [`Tree`].
//!
//! One document per file is the rule; several in a row (NDJSON, `jq` output) are read as well.

use crate::tree::{Builder, NodeId, Text};
use crate::{Kind, SourceText, Style, SyntaxError, Tree};
use model::Span;
use std::sync::Arc;

/// Deepest nesting of collections.
pub const MAX_DEPTH: usize = 512;

/// Reads strict JSON. A document with a mistake is `broken` and without a root. Of several documents, those
/// after a broken one are read if each stands on a line of its own.
pub fn parse(source: Arc<SourceText>) -> Tree {
    Reader::new(&source, false).stream()
}

/// The same, but comments (`//` and `/* */`) and trailing commas are accepted, as in the configuration
/// files of editors and compilers.
pub fn parse_lenient(source: Arc<SourceText>) -> Tree {
    Reader::new(&source, true).stream()
}

type Read<T> = Result<T, Box<SyntaxError>>;

struct Reader<'s> {
    text: &'s str,
    src: &'s [u8],
    pos: usize,
    lenient: bool,
    depth: usize,
    build: Builder,
    scratch: String,
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

fn mistake<T>(at: Span, message: impl Into<String>, hint: impl Into<String>) -> Read<T> {
    Err(Box::new(SyntaxError::new(at, message).hint(hint)))
}

impl<'s> Reader<'s> {
    fn new(source: &'s Arc<SourceText>, lenient: bool) -> Self {
        let text = source.text();
        let build = Builder::new(source.clone());
        Self { text, src: text.as_bytes(), pos: 0, lenient, depth: 0, build, scratch: String::new() }
    }

    fn at(&self, offset: usize) -> u8 {
        self.src.get(offset).copied().unwrap_or(0)
    }

    fn here(&self) -> u8 {
        self.at(self.pos)
    }

    fn stream(mut self) -> Tree {
        if u32::try_from(self.src.len()).is_err() {
            self.build.error(SyntaxError::new(span(0, 0), "the file is larger than 4 GiB").limit());
            self.build.document(None, span(0, 0), true);
            return self.build.finish();
        }
        if self.text.starts_with('\u{feff}') {
            self.pos = '\u{feff}'.len_utf8();
        }
        let mut start = 0;
        let mut any = false;
        loop {
            self.depth = 0;
            let result = match self.skip() {
                Ok(()) if self.pos >= self.src.len() => {
                    if !any {
                        self.build.document(None, span(start, self.pos), false);
                    }
                    break;
                }
                Ok(()) => self.value().and_then(|id| self.separated().map(|()| id)),
                Err(error) => Err(error),
            };
            any = true;
            match result {
                Ok(id) => self.build.document(Some(id), span(start, self.pos), false),
                Err(error) => {
                    self.build.error(*error);
                    self.recover(start);
                    self.build.document(None, span(start, self.pos), true);
                }
            }
            start = self.pos;
        }
        self.build.finish()
    }

    /// Two numbers or words in a row need white space between them; a lone `]` is no document.
    fn separated(&mut self) -> Read<()> {
        let byte = self.here();
        let comment = self.lenient && byte == b'/';
        if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'{' | b'[' | b'"')
            || comment
            || self.pos >= self.src.len()
        {
            return Ok(());
        }
        let (at, what) = self.found();
        mistake(at, format!("expected the end of the document, found {what}"), "")
    }

    /// After a mistake in a document that began at `start`: if it stands on one line, as those of NDJSON do,
    /// on to the next line that begins with `{` or `[`; otherwise to the end, for what is document and what
    /// is part of one can not be told any more.
    fn recover(&mut self, start: usize) {
        let read = self.src.get(start..self.pos).unwrap_or_default().trim_ascii_start();
        if memchr::memchr(b'\n', read).is_none() {
            while let Some(i) = memchr::memchr(b'\n', self.src.get(self.pos..).unwrap_or_default()) {
                self.pos += i + 1;
                if matches!(self.here(), b'{' | b'[') {
                    return;
                }
            }
        }
        self.pos = self.src.len();
    }

    fn found(&self) -> (Span, String) {
        match self.text.get(self.pos..).and_then(|rest| rest.chars().next()) {
            None => (span(self.pos, self.pos), "the end of the file".to_owned()),
            Some('\n' | '\r') => (span(self.pos, self.pos), "the end of the line".to_owned()),
            Some(c) if c.is_control() => {
                (span(self.pos, self.pos + c.len_utf8()), format!("the control character U+{:04X}", c as u32))
            }
            Some(c) => (span(self.pos, self.pos + c.len_utf8()), format!("`{c}`")),
        }
    }

    #[inline]
    fn skip(&mut self) -> Read<()> {
        loop {
            match self.here() {
                b' ' | b'\n' | b'\t' | b'\r' => self.pos += 1,
                b'/' => self.comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Read<()> {
        let start = self.pos;
        let rest = self.src.get(start..).unwrap_or_default();
        let next = self.at(start + 1);
        let end = match next {
            b'/' => memchr::memchr2(b'\n', b'\r', rest).map_or(self.src.len(), |i| start + i),
            b'*' => {
                let mut body = rest.get(2..).unwrap_or_default();
                if !self.lenient {
                    // It is refused anyway; looking further than its line could cost much, many times.
                    body = body.get(..memchr::memchr(b'\n', body).unwrap_or(body.len())).unwrap_or_default();
                }
                match memchr::memmem::find(body, b"*/") {
                    Some(i) => start + i + 4,
                    None if self.lenient => {
                        self.pos = self.src.len();
                        return mistake(
                            span(start, start + 2),
                            "this comment is never closed",
                            "close it with `*/`",
                        );
                    }
                    None => start + 2,
                }
            }
            _ => return mistake(span(start, start + 1), "expected a value, found `/`", ""),
        };
        if !self.lenient {
            let hint = "remove it; or is this file meant to be JSON with comments?";
            return mistake(span(start, end), "JSON allows no comments", hint);
        }
        self.build.comment(span(start, end));
        self.pos = end;
        Ok(())
    }

    fn value(&mut self) -> Read<NodeId> {
        match self.here() {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.string(),
            b't' => self.word("true", Kind::Bool),
            b'f' => self.word("false", Kind::Bool),
            b'n' => self.word("null", Kind::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.no_value(),
        }
    }

    fn no_value<T>(&self) -> Read<T> {
        let (at, what) = self.found();
        let hint = match self.here() {
            b'\'' => "JSON strings stand in double quotes",
            b',' => "remove the comma, or give the value that is missing",
            b'+' | b'.' => "a JSON number begins with a digit or `-`",
            b'T' | b'F' | b'N' | b'I' => "JSON knows only `true`, `false`, `null` and finite numbers",
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => "put the text in double quotes",
            b'#' => "JSON allows no comments",
            _ => "",
        };
        mistake(at, format!("expected a value, found {what}"), hint)
    }

    fn word(&mut self, word: &str, kind: Kind) -> Read<NodeId> {
        let start = self.pos;
        let mut end = start;
        while self.at(end).is_ascii_alphanumeric() || self.at(end) == b'_' {
            end += 1;
        }
        let at = span(start, end);
        if at.text(self.text) != word {
            return self.no_value();
        }
        self.pos = end;
        Ok(self.build.scalar(kind, Style::Plain, at, Text::Source(at)))
    }

    fn digits(&mut self) -> usize {
        let start = self.pos;
        while self.here().is_ascii_digit() {
            self.pos += 1;
        }
        self.pos - start
    }

    fn number(&mut self) -> Read<NodeId> {
        let start = self.pos;
        let mut kind = Kind::Int;
        self.pos += usize::from(self.here() == b'-');
        let zero = self.here() == b'0';
        let whole = self.digits();
        if whole == 0 {
            let (at, what) = self.found();
            return mistake(at, format!("expected a digit after `-`, found {what}"), "");
        }
        if zero && whole > 1 {
            let at = span(start, self.pos);
            return mistake(
                at,
                "a number can not begin with `0`",
                "remove the zero; JSON has no octal numbers",
            );
        }
        if self.here() == b'.' {
            kind = Kind::Float;
            self.pos += 1;
            if self.digits() == 0 {
                let (at, what) = self.found();
                return mistake(at, format!("expected a digit after `.`, found {what}"), "");
            }
        }
        if matches!(self.here(), b'e' | b'E') {
            kind = Kind::Float;
            self.pos += 1;
            self.pos += usize::from(matches!(self.here(), b'+' | b'-'));
            if self.digits() == 0 {
                let (at, what) = self.found();
                return mistake(at, format!("expected a digit in the exponent, found {what}"), "");
            }
        }
        let at = span(start, self.pos);
        // Beyond 64 bits it is read as JSON readers read it: as a float.
        if kind == Kind::Int && self.pos - start > 18 && at.text(self.text).parse::<i64>().is_err() {
            kind = Kind::Float;
        }
        Ok(self.build.scalar(kind, Style::Plain, at, Text::Source(at)))
    }

    fn string(&mut self) -> Read<NodeId> {
        let start = self.pos;
        self.pos += 1;
        let mut copied = self.pos;
        let mut plain = true;
        loop {
            let rest = self.src.get(self.pos..).unwrap_or_default();
            let hit = rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f));
            self.pos += hit.unwrap_or(rest.len());
            match self.here() {
                b'"' => break,
                b'\\' => {
                    if plain {
                        self.scratch.clear();
                        plain = false;
                    }
                    self.scratch.push_str(self.text.get(copied..self.pos).unwrap_or(""));
                    self.escape()?;
                    copied = self.pos;
                }
                b'\n' | b'\r' => return self.open_string(start),
                _ if self.pos >= self.src.len() => return self.open_string(start),
                byte => {
                    let at = span(self.pos, self.pos + 1);
                    let message = format!("control character U+{byte:04X} inside a string");
                    return mistake(at, message, format!("write it as `\\u{byte:04x}`"));
                }
            }
        }
        let end = self.pos;
        self.pos += 1;
        let at = span(start, self.pos);
        if plain {
            return Ok(self.build.scalar(Kind::Str, Style::Double, at, Text::Source(span(start + 1, end))));
        }
        self.scratch.push_str(self.text.get(copied..end).unwrap_or(""));
        Ok(self.build.scalar(Kind::Str, Style::Double, at, Text::Decoded(&self.scratch)))
    }

    fn open_string<T>(&self, start: usize) -> Read<T> {
        let hint = "close it with `\"`; a line break is written `\\n`, a quote `\\\"`";
        mistake(span(start, self.pos), "this string is never closed", hint)
    }

    fn escape(&mut self) -> Read<()> {
        let at = self.pos;
        self.pos += 2;
        let c = match self.at(at + 1) {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode(at)?,
            _ => {
                let next = self.text.get(at + 1..).and_then(|rest| rest.chars().next());
                let end = at + 1 + next.map_or(0, char::len_utf8);
                let hint = "write `\\\\` for a backslash";
                return mistake(span(at, end), "this is not an escape that JSON knows", hint);
            }
        };
        self.scratch.push(c);
        Ok(())
    }

    fn hex4(&self, from: usize) -> Option<u32> {
        let text = self.text.get(from..from + 4)?;
        if text.bytes().all(|b| b.is_ascii_hexdigit()) { u32::from_str_radix(text, 16).ok() } else { None }
    }

    fn unicode(&mut self, at: usize) -> Read<char> {
        let Some(unit) = self.hex4(at + 2) else {
            return mistake(span(at, at + 2), "expected 4 hexadecimal digits after `\\u`", "");
        };
        self.pos = at + 6;
        if (0xd800..0xdc00).contains(&unit)
            && self.at(self.pos) == b'\\'
            && self.at(self.pos + 1) == b'u'
            && let Some(low) = self.hex4(self.pos + 2)
            && (0xdc00..0xe000).contains(&low)
        {
            self.pos += 6;
            let joined = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            return Ok(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        // RFC 8259, 8.2: half a surrogate pair is no character; readers replace it.
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn enter(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let at = span(self.pos, self.pos + 1);
            return Err(Box::new(
                SyntaxError::new(at, format!("nested deeper than {MAX_DEPTH} levels")).limit(),
            ));
        }
        Ok(())
    }

    /// After an item: true if another follows. `pos` comes to stand on it, or past the closing bracket.
    fn more(&mut self, open: usize, close: u8) -> Read<bool> {
        self.skip()?;
        let byte = self.here();
        if byte == close {
            self.pos += 1;
            return Ok(false);
        }
        if byte != b',' {
            return self.no_comma(open, close);
        }
        let comma = self.pos;
        self.pos += 1;
        self.skip()?;
        if self.here() != close {
            return Ok(true);
        }
        if self.lenient {
            self.pos += 1;
            return Ok(false);
        }
        let message = format!("expected a value after `,`, found `{}`", char::from(close));
        mistake(span(comma, comma + 1), message, "remove this comma")
    }

    fn no_comma<T>(&self, open: usize, close: u8) -> Read<T> {
        let (at, what) = self.found();
        let close = char::from(close);
        if self.pos >= self.src.len() {
            let opening = char::from(self.at(open));
            let message = format!("`{opening}` is never closed: expected `{close}`, found {what}");
            return mistake(span(open, open + 1), message, format!("add `{close}`"));
        }
        let hint = match self.here() {
            b'"' | b'{' | b'[' => "put a comma before it",
            _ => "",
        };
        mistake(at, format!("expected `,` or `{close}`, found {what}"), hint)
    }

    fn array(&mut self) -> Read<NodeId> {
        let open = self.pos;
        self.enter()?;
        self.pos += 1;
        let mark = self.build.mark();
        self.skip()?;
        if self.here() == b']' {
            self.pos += 1;
        } else {
            loop {
                if self.pos >= self.src.len() {
                    return self.no_comma(open, b']');
                }
                let id = self.value()?;
                self.build.pend(id);
                if !self.more(open, b']')? {
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(self.build.close_seq(mark, Style::Flow, span(open, self.pos)))
    }

    fn object(&mut self) -> Read<NodeId> {
        let open = self.pos;
        self.enter()?;
        self.pos += 1;
        let mark = self.build.mark();
        self.skip()?;
        if self.here() == b'}' {
            self.pos += 1;
        } else {
            loop {
                self.entry(open)?;
                if !self.more(open, b'}')? {
                    break;
                }
            }
        }
        self.depth -= 1;
        let (id, report) = self.build.close_map(mark, Style::Flow, span(open, self.pos), false);
        for (again, first) in report.duplicates {
            let line = self.build.source().line_of(first.start);
            let key: String = again.text(self.text).chars().take(40).collect();
            let error = SyntaxError::new(again, format!("key `{}` is given twice", key.trim_matches('"')))
                .hint(format!("it was first given in line {line}; the last one counts"));
            self.build.error(error.survived());
        }
        Ok(id)
    }

    fn entry(&mut self, open: usize) -> Read<()> {
        if self.here() != b'"' {
            if self.pos >= self.src.len() {
                return self.no_comma(open, b'}');
            }
            let (at, what) = self.found();
            let hint = match self.here() {
                b'{' => "this looks like a template; render it first",
                b',' => "remove the comma",
                _ => "keys stand in double quotes",
            };
            return mistake(at, format!("expected a key, found {what}"), hint);
        }
        let key = self.string()?;
        self.build.pend(key);
        self.skip()?;
        if self.here() != b':' {
            let (at, what) = self.found();
            return mistake(at, format!("expected `:` after the key, found {what}"), "");
        }
        self.pos += 1;
        self.skip()?;
        let value = self.value()?;
        self.build.pend(value);
        Ok(())
    }
}
