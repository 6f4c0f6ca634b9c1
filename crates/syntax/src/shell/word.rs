//! Words: quotes, escapes, expansions.

use super::ast::{Part, PartKind, Script, Word};
use super::parser::Parser;
use crate::SyntaxError;
use crate::mapped::Mapped;
use model::Span;

/// What a script inside the text of another counts towards the depth: its text is copied, so that the work
/// grows with each level.
const NESTED: u32 = 6;

/// What ends a run of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// A blank or an operator.
    Word,
    /// A blank: words inside `[[ ]]`.
    Blank,
    /// A double quote.
    Quote,
    /// The `}` of a parameter expansion; the flag says whether that stands in double quotes.
    Brace(bool),
    /// The end of the text: bodies of heredocs, arithmetic.
    End,
}

impl Until {
    const fn quoted(self) -> bool {
        matches!(self, Self::Quote | Self::Brace(true) | Self::End)
    }
}

pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r')
}

const fn is_operator(c: char) -> bool {
    matches!(c, ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

/// Collects parts, joining texts of the same kind.
#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    text: Mapped,
    quoted: bool,
    open: bool,
}

impl Parts {
    fn flush(&mut self) {
        if std::mem::take(&mut self.open) {
            let text = std::mem::take(&mut self.text);
            self.done.push(Part { span: text.span(), kind: PartKind::Text(text), quoted: self.quoted });
        }
    }

    /// Makes ready for text that is quoted or not; `at` is where an empty one stands.
    fn begin(&mut self, quoted: bool, at: u32) -> &mut Mapped {
        if !self.open || self.quoted != quoted {
            self.flush();
            self.open = true;
            self.quoted = quoted;
            self.text = Mapped::empty(at);
        }
        &mut self.text
    }

    fn push(&mut self, part: Part) {
        self.flush();
        self.done.push(part);
    }

    fn is_empty(&self) -> bool {
        self.done.is_empty() && !self.open
    }

    /// True if all so far is an unquoted text for which `test` holds.
    fn bare(&self, test: impl Fn(&str) -> bool) -> bool {
        self.done.is_empty() && self.open && !self.quoted && test(self.text.text())
    }
}

impl Parser<'_> {
    /// A word, if one begins here.
    pub(super) fn word(&mut self, until: Until) -> Option<Word> {
        let start = self.at;
        let parts = self.parts(until);
        (self.at > start).then(|| Word { parts, span: self.span(start, self.at) })
    }

    /// Reads parts up to what ends them; the end itself is consumed for `Quote` and `Brace`.
    pub(super) fn parts(&mut self, until: Until) -> Vec<Part> {
        let mut out = Parts::default();
        let begin = self.at;
        if !self.enter() {
            return Vec::new();
        }
        loop {
            let start = self.at;
            let Some(c) = self.peek() else {
                if matches!(until, Until::Quote | Until::Brace(_)) {
                    let what = if until == Until::Quote { "the double quote" } else { "the `${`" };
                    self.error(
                        begin.saturating_sub(1),
                        self.at,
                        format!("{what} is never closed"),
                        "close it",
                    );
                }
                break;
            };
            match until {
                Until::Word | Until::Blank if c == '\n' || is_blank(c) => break,
                Until::Word if is_operator(c) => {
                    if !self.inside_word(c, &mut out) {
                        break;
                    }
                    continue;
                }
                Until::Quote if c == '"' => {
                    self.bump();
                    break;
                }
                Until::Brace(_) if c == '}' => {
                    self.bump();
                    break;
                }
                _ => {}
            }
            match c {
                '\\' => self.escape(until, &mut out),
                '\'' if !until.quoted() => {
                    self.bump();
                    let text_at = self.at;
                    let end = self.find('\'').unwrap_or_else(|| {
                        self.error(start, self.text.len(), "the single quote is never closed", "close it");
                        self.text.len()
                    });
                    let at = self.source(text_at);
                    out.begin(true, at).push_part(self.map, text_at, end);
                    self.at = (end + 1).min(self.text.len());
                }
                '"' if until != Until::Quote && until != Until::End => {
                    self.bump();
                    let at = self.source(self.at);
                    let inner = self.parts(Until::Quote);
                    if inner.is_empty() {
                        out.begin(true, at);
                    }
                    for part in inner {
                        out.push(part);
                    }
                }
                '`' => {
                    let part = self.backticks(until.quoted());
                    out.push(part);
                }
                '$' => self.dollar(until, &mut out),
                _ => {
                    self.bump();
                    // Runs of plain characters are taken in one go.
                    while self
                        .peek()
                        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'))
                    {
                        self.bump();
                    }
                    let at = self.source(start);
                    out.begin(until.quoted(), at).push_part(self.map, start, self.at);
                }
            }
        }
        self.leave();
        out.flush();
        out.done
    }

    /// An operator character that belongs to a word after all: process substitution, arrays, patterns.
    fn inside_word(&mut self, c: char, out: &mut Parts) -> bool {
        let start = self.at;
        if matches!(c, '<' | '>') && self.starts_with_at(1, "(") {
            self.at += 2;
            let script = self.substitution();
            let span = self.span(start, self.at);
            out.push(Part { kind: PartKind::Process(script), quoted: false, span });
            return true;
        }
        if c != '(' {
            return false;
        }
        if out.bare(|text| super::parser::assignment(text).is_some_and(|(_, _, rest)| rest == text.len())) {
            self.bump();
            let words = self.array();
            let span = self.span(start, self.at);
            out.push(Part { kind: PartKind::Array(words), quoted: false, span });
            return true;
        }
        let before = self.text.get(..start).and_then(|t| t.chars().next_back());
        if !out.is_empty()
            && matches!(before, Some('?' | '*' | '+' | '@' | '!'))
            && !self.starts_with_at(1, ")")
        {
            // An extended pattern: its text is taken as it stands, up to the closing parenthesis on this line.
            let line = self.text.get(start..).and_then(|t| t.split('\n').next()).unwrap_or("");
            if let Some(length) = line.find(')') {
                let at = self.source(start);
                out.begin(false, at).push_part(self.map, start, start + length + 1);
                self.at = start + length + 1;
                return true;
            }
        }
        false
    }

    fn array(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None => {
                    self.error(self.at, self.at, "the array is never closed", "close it with `)`");
                    return words;
                }
                Some(')') => {
                    self.bump();
                    return words;
                }
                Some('\n') => self.newline(),
                Some(_) => match self.word(Until::Word) {
                    Some(word) => words.push(word),
                    None => {
                        self.bump();
                    }
                },
            }
        }
    }

    fn escape(&mut self, until: Until, out: &mut Parts) {
        let start = self.at;
        self.bump();
        let text_at = self.source(start);
        let Some(next) = self.peek() else {
            out.begin(true, text_at).push_part(self.map, start, self.at);
            return;
        };
        if next == '\n' || (next == '\r' && self.starts_with_at(1, "\n")) {
            self.at += if next == '\r' { 2 } else { 1 };
            return;
        }
        let keeps = match until {
            Until::Quote | Until::Brace(true) => !matches!(next, '$' | '`' | '"' | '\\' | '}'),
            Until::End => !matches!(next, '$' | '`' | '\\'),
            Until::Word | Until::Blank | Until::Brace(false) => false,
        };
        let from = if keeps { start } else { self.at };
        self.bump();
        out.begin(true, text_at).push_part(self.map, from, self.at);
    }

    fn dollar(&mut self, until: Until, out: &mut Parts) {
        let start = self.at;
        let quoted = until.quoted();
        self.bump();
        let kind = match self.peek() {
            Some('\'') if !quoted => {
                self.bump();
                let at = self.source(start);
                let text = out.begin(true, at);
                // Taken out of the builder while the parser works on it.
                let mut text = std::mem::take(text);
                self.ansi(&mut text, start);
                out.text = text;
                return;
            }
            // `$"..."` is an ordinary double quote to be translated.
            Some('"') if !quoted => return,
            Some('(') if self.starts_with_at(1, "(") && self.arithmetic_end(self.at + 2).is_some() => {
                let (from, end) = (self.at + 2, self.arithmetic_end(self.at + 2).unwrap_or(self.at));
                self.at = end + 2;
                PartKind::Arithmetic(self.parts_of(from, end))
            }
            Some('(') => {
                self.bump();
                PartKind::Substitution(self.substitution())
            }
            Some('{') => {
                self.bump();
                self.parameter(until, start)
            }
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                let from = self.at;
                while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
                    self.bump();
                }
                PartKind::Parameter {
                    name: self.slice(from, self.at),
                    operator: String::new(),
                    argument: vec![],
                }
            }
            Some(c) if c.is_ascii_digit() || matches!(c, '@' | '*' | '#' | '?' | '-' | '$' | '!') => {
                self.bump();
                PartKind::Parameter { name: c.to_string(), operator: String::new(), argument: vec![] }
            }
            _ => {
                let at = self.source(start);
                out.begin(quoted, at).push_part(self.map, start, self.at);
                return;
            }
        };
        out.push(Part { kind, quoted, span: self.span(start, self.at) });
    }

    /// `${...}`, from after the brace.
    fn parameter(&mut self, until: Until, start: usize) -> PartKind {
        let mut operator = String::new();
        // `${#NAME}` and `${!NAME}`; alone they are parameters themselves.
        if let Some(sign @ ('#' | '!')) = self.peek()
            && self.text.get(self.at + 1..).is_some_and(|r| {
                r.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '*'))
            })
        {
            operator.push(sign);
            self.bump();
        }
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.bump();
        }
        if self.at == from && self.peek().is_some_and(|c| c != '}') {
            self.bump();
        }
        let name = self.slice(from, self.at);
        if self.peek() == Some('[') {
            let from = self.at;
            let rest = self.text.get(from..).unwrap_or("");
            self.at = rest
                .find([']', '}', '\n'])
                .map_or(from, |i| from + i + usize::from(rest.as_bytes().get(i) == Some(&b']')));
            operator.push_str(&self.slice(from, self.at));
        }
        let from = self.at;
        while self.at - from < 2
            && self
                .peek()
                .is_some_and(|c| matches!(c, ':' | '-' | '+' | '=' | '?' | '#' | '%' | '/' | '^' | ',' | '@'))
        {
            self.bump();
        }
        operator.push_str(&self.slice(from, self.at));
        let before = self.errors.len();
        let argument = self.parts(Until::Brace(until.quoted()));
        if self.errors.len() > before && self.peek().is_none() {
            self.errors.truncate(before);
            self.error(start, self.at, "the `${` is never closed", "close it with `}`");
        }
        PartKind::Parameter { name, operator, argument }
    }

    /// End of `((...))` whose inside begins at `from`: the offset of `))`.
    pub(super) fn arithmetic_end(&self, from: usize) -> Option<usize> {
        let mut depth = 0;
        let rest = self.text.get(from..)?;
        for (i, b) in rest.bytes().enumerate() {
            match b {
                b'(' => depth += 1,
                b')' if depth > 0 => depth -= 1,
                b')' => return (rest.as_bytes().get(i + 1) == Some(&b')')).then_some(from + i),
                _ => {}
            }
        }
        None
    }

    /// Parts of a slice, as in a heredoc.
    pub(super) fn parts_of(&mut self, from: usize, end: usize) -> Vec<Part> {
        let inner = self.map.slice(from, end);
        self.parts_in(&inner)
    }

    /// Parts of another text, as in a heredoc.
    pub(super) fn parts_in(&mut self, inner: &Mapped) -> Vec<Part> {
        let mut parser = Parser::new(inner, self.depth + 1);
        let parts = parser.parts(Until::End);
        self.errors.append(&mut parser.errors);
        parts
    }

    /// The script between `$(` and `)`.
    fn substitution(&mut self) -> Script {
        let heredocs = std::mem::take(&mut self.heredocs);
        let pending = std::mem::take(&mut self.pending);
        let start = self.at;
        let list = self.list(&[]);
        if self.peek() == Some(')') {
            self.bump();
        } else {
            self.error(start.saturating_sub(2), self.at, "the `$(` is never closed", "close it with `)`");
        }
        self.pending = pending;
        let heredocs = std::mem::replace(&mut self.heredocs, heredocs);
        Script { list, heredocs, ..Script::default() }
    }

    /// A command in backticks, whose backslashes before `$`, backtick and backslash go first.
    fn backticks(&mut self, quoted: bool) -> Part {
        let start = self.at;
        self.bump();
        let mut inner = Mapped::empty(self.source(self.at));
        let mut run = self.at;
        loop {
            match self.peek() {
                None => {
                    self.error(start, self.at, "the backtick is never closed", "close it, or write `$(...)`");
                    inner.push_part(self.map, run, self.at);
                    break;
                }
                Some('`') => {
                    inner.push_part(self.map, run, self.at);
                    self.bump();
                    break;
                }
                Some('\\') => {
                    let at = self.at;
                    self.bump();
                    if matches!(self.peek(), Some('$' | '`' | '\\')) || (quoted && self.peek() == Some('"')) {
                        inner.push_part(self.map, run, at);
                        run = self.at;
                    }
                    self.bump();
                }
                Some(_) => {
                    self.bump();
                }
            }
        }
        let script = self.nested(&inner);
        Part { kind: PartKind::Substitution(script), quoted, span: self.span(start, self.at) }
    }

    /// Parses a script that stands inside this one. Its mistakes become mistakes of this one.
    pub(super) fn nested(&mut self, text: &Mapped) -> Script {
        let mut script = super::parser::run(text, self.depth + NESTED);
        self.errors.append(&mut script.errors);
        self.comments.append(&mut script.comments);
        script
    }

    /// The text of `$'...'`, from after the quote.
    fn ansi(&mut self, text: &mut Mapped, open: usize) {
        loop {
            let start = self.at;
            match self.bump() {
                None => {
                    self.error(open, self.at, "the `$'` is never closed", "close it");
                    return;
                }
                Some('\'') => return,
                Some('\\') => {
                    let Some(c) = self.bump() else { continue };
                    let decoded = match c {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'a' => '\u{7}',
                        'b' => '\u{8}',
                        'e' | 'E' => '\u{1b}',
                        'f' => '\u{c}',
                        'v' => '\u{b}',
                        'x' => self.number(16, 2, 0),
                        'u' => self.number(16, 4, 0),
                        'U' => self.number(16, 8, 0),
                        '0'..='7' => self.number(8, 2, c.to_digit(8).unwrap_or(0)),
                        '\\' | '\'' | '"' | '?' => c,
                        // Anything else keeps its backslash.
                        _ => {
                            text.push_part(self.map, start, self.at);
                            continue;
                        }
                    };
                    text.push_char(decoded, self.span(start, self.at));
                }
                Some(_) => text.push_part(self.map, start, self.at),
            }
        }
    }

    fn number(&mut self, radix: u32, most: usize, first: u32) -> char {
        let mut value = first;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(radix)) else { break };
            value = value.wrapping_mul(radix).wrapping_add(digit);
            self.bump();
        }
        // Bytes above 127 are not characters by themselves.
        char::from_u32(value).filter(|c| radix == 16 && most > 2 || c.is_ascii()).unwrap_or('?')
    }
}

impl Parser<'_> {
    pub(super) fn error(&mut self, start: usize, end: usize, message: impl Into<String>, hint: &str) {
        let span = self.span(start, end.max(start));
        self.errors.push(SyntaxError::new(span, message).hint(hint));
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.map.span_of(start, end)
    }
}
