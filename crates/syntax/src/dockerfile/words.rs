//! Taking the arguments of an instruction apart: flags, words, JSON arrays, heredoc openings.

use super::ast::Flag;
use crate::mapped::Mapped;
use model::Span;

/// A word that opens a heredoc.
pub(super) struct Opening {
    pub name: String,
    pub span: Span,
    pub expands: bool,
    pub chomp: bool,
}

/// Blanks as Docker splits at: Unicode white space.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Words divided by blanks, quotes not regarded.
pub(super) fn plain(args: &Mapped) -> Vec<Mapped> {
    let text = args.text();
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split(is_blank) {
        if !piece.is_empty() {
            words.push(args.slice(at, at + piece.len()));
        }
        at += piece.len()
            + text.get(at + piece.len()..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
    }
    words
}

/// Words divided by blanks outside quotes, quotes and escapes kept. The second value is the offset of a
/// quote that is never closed.
pub(super) fn quoted(args: &Mapped, escape: char) -> (Vec<Mapped>, Option<usize>) {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote: Option<(char, usize)> = None;
    let mut chars = args.text().char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            Some((open, _)) => {
                if c == open {
                    quote = None;
                } else if c == escape && open == '"' {
                    chars.next();
                }
            }
            None if is_blank(c) => {
                if let Some(begin) = start.take() {
                    words.push(args.slice(begin, at));
                }
            }
            None => {
                start.get_or_insert(at);
                if c == '"' || c == '\'' {
                    quote = Some((c, at));
                } else if c == escape {
                    chars.next();
                }
            }
        }
    }
    if let Some(begin) = start {
        words.push(args.slice(begin, args.text().len()));
    }
    (words, quote.map(|(_, at)| at))
}

/// Flags at the head of the arguments, and the offset at which the rest begins.
pub(super) fn flags(args: &Mapped) -> (Vec<Flag>, usize) {
    let text = args.text();
    let mut flags = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or("");
        let begin = at + rest.len() - rest.trim_start().len();
        if !text.get(begin..).is_some_and(|r| r.starts_with("--")) {
            return (flags, begin);
        }
        // Quotes and backslashes are taken out of the word; the map keeps the pieces apart.
        let mut word = Mapped::empty(args.source_of(begin));
        let mut quote = None;
        let mut end = text.len();
        let mut chars =
            text.get(begin..).unwrap_or("").char_indices().map(|(i, c)| (begin + i, c)).peekable();
        while let Some((i, c)) = chars.next() {
            let literal = |word: &mut Mapped, i: usize, c: char| word.push_part(args, i, i + c.len_utf8());
            match quote {
                Some(open) if c == open => quote = None,
                None if is_blank(c) => {
                    end = i;
                    break;
                }
                None if c == '"' || c == '\'' => quote = Some(c),
                _ if c == '\\' => {
                    if let Some((i, c)) = chars.next() {
                        literal(&mut word, i, c);
                    }
                }
                _ => literal(&mut word, i, c),
            }
        }
        if word.text() == "--" {
            let rest = text.get(end..).unwrap_or("");
            return (flags, end + rest.len() - rest.trim_start().len());
        }
        let span = args.span_of(begin, end);
        let (name, value) = match word.text().find('=') {
            Some(i) => (word.text().get(2..i), Some(word.slice(i + 1, word.text().len()))),
            None => (word.text().get(2..), None),
        };
        flags.push(Flag { name: name.unwrap_or("").to_owned(), value, span });
        at = end;
    }
}

/// What a text that may be a JSON array turned out to be.
pub(super) enum Json {
    /// Does not begin with `[`.
    No,
    /// Begins with `[` but is not JSON: Docker reads it as a plain text.
    Broken,
    /// JSON, but not an array of strings: Docker refuses it.
    NotStrings,
    /// An array of strings.
    Array(Vec<Mapped>),
}

/// Reads a JSON array of strings, as Go's `encoding/json` does.
pub(super) fn json(args: &Mapped) -> Json {
    let mut reader = JsonReader { args, at: 0, other: false };
    reader.blanks();
    if reader.peek() != Some('[') {
        return Json::No;
    }
    match reader.array() {
        Some(_) if reader.other => Json::NotStrings,
        Some(words) => Json::Array(words),
        None => Json::Broken,
    }
}

struct JsonReader<'a> {
    args: &'a Mapped,
    at: usize,
    other: bool,
}

impl JsonReader<'_> {
    fn peek(&self) -> Option<char> {
        self.args.text().get(self.at..)?.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn array(&mut self) -> Option<Vec<Mapped>> {
        self.bump();
        let mut words = Vec::new();
        self.blanks();
        if self.peek() == Some(']') {
            self.bump();
        } else {
            loop {
                self.blanks();
                if self.peek() == Some('"') {
                    words.push(self.string()?);
                } else {
                    self.other_value()?;
                }
                self.blanks();
                match self.bump()? {
                    ',' => {}
                    ']' => break,
                    _ => return None,
                }
            }
        }
        self.blanks();
        self.peek().is_none().then_some(words)
    }

    /// A number or word of JSON. Collections inside the array are given up as broken: in neither case is
    /// this an exec form.
    fn other_value(&mut self) -> Option<()> {
        self.other = true;
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')) {
            self.bump();
        }
        let word = self.args.text().get(start..self.at)?;
        let known = matches!(word, "true" | "false" | "null")
            || (word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && word.parse::<f64>().is_ok());
        known.then_some(())
    }

    fn string(&mut self) -> Option<Mapped> {
        let open = self.at;
        self.bump();
        let mut out = Mapped::empty(self.args.source_of(open));
        loop {
            let start = self.at;
            match self.bump()? {
                '"' => return Some(out.with_span(self.args.span_of(open, self.at))),
                '\\' => {
                    let c = match self.bump()? {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'u' => self.unicode()?,
                        c @ ('"' | '\\' | '/') => c,
                        _ => return None,
                    };
                    out.push_char(c, self.args.span_of(start, self.at));
                }
                c if c < ' ' => return None,
                _ => out.push_part(self.args, start, self.at),
            }
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let high = self.hex4()?;
        if (0xD800..0xDC00).contains(&high) {
            let before = self.at;
            if self.bump() == Some('\\')
                && self.bump() == Some('u')
                && let Some(low) = self.hex4()
                && (0xDC00..0xE000).contains(&low)
            {
                return char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
            self.at = before;
        }
        Some(char::from_u32(high).unwrap_or('\u{fffd}'))
    }

    fn hex4(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |value, _| Some(value * 16 + self.bump()?.to_digit(16)?))
    }
}

/// Words of a line that open heredocs: `<<NAME`, `<<-NAME`, `3<<"NAME"`. None if a quote of the line is
/// never closed, as in BuildKit.
pub(super) fn heredocs(line: &Mapped) -> Vec<Opening> {
    if !line.text().contains("<<") {
        return Vec::new();
    }
    let (words, open_quote) = quoted(line, '\\');
    if open_quote.is_some() {
        return Vec::new();
    }
    words.iter().filter_map(opening).collect()
}

fn opening(word: &Mapped) -> Option<Opening> {
    let rest = word.text().trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("<<")?;
    if rest.contains('<') {
        return None;
    }
    let (chomp, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
    let mut name = String::with_capacity(rest.len());
    let mut quote = None;
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match quote {
            Some(open) if c == open => quote = None,
            Some('"') if c == '\\' => match chars.next() {
                Some(c @ ('"' | '$' | '\\')) => name.push(c),
                Some(c) => name.extend(['\\', c]),
                None => {}
            },
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '\\' => name.extend(chars.next()),
            _ => name.push(c),
        }
    }
    if name.is_empty() {
        return None;
    }
    Some(Opening { expands: name == rest, name, span: word.span(), chomp })
}
