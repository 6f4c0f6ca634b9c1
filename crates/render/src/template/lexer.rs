//! A template's text as items: what stands outside of actions, and the words inside of them.

use crate::template::literal::quote;
use model::Span;
use std::collections::VecDeque;

/// Kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// End of the text.
    Eof,
    /// Text outside of actions, trimmed.
    Text,
    /// `{{`, with its trim marker.
    Left,
    /// `}}`, with its trim marker.
    Right,
    /// White space inside an action.
    Space,
    /// `=`
    Assign,
    /// `:=`
    Declare,
    /// `|`
    Pipe,
    /// `(`
    Open,
    /// `)`
    Close,
    /// Any other character, such as `,`.
    Char,
    /// `true` or `false`.
    Bool,
    /// `'x'`
    Rune,
    /// A number with an imaginary part.
    Complex,
    /// A number.
    Number,
    /// `"x"`
    Str,
    /// `` `x` ``
    Raw,
    /// `.name`
    Field,
    /// A name.
    Identifier,
    /// `$` or `$name`.
    Variable,
    /// `.`
    Dot,
    /// `nil`
    Nil,
    /// `block`, `break`, ...
    Keyword(Keyword),
    /// What can't be read; the lexer's error says why.
    Error,
}

/// Words that structure a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    Block,
    Break,
    Continue,
    Define,
    Else,
    End,
    If,
    Range,
    Template,
    With,
}

impl Keyword {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "block" => Self::Block,
            "break" => Self::Break,
            "continue" => Self::Continue,
            "define" => Self::Define,
            "else" => Self::Else,
            "end" => Self::End,
            "if" => Self::If,
            "range" => Self::Range,
            "template" => Self::Template,
            "with" => Self::With,
            _ => return None,
        })
    }
}

/// An item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
}

/// Reads items, one after the other.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    inside: bool,
    parens: u32,
    /// What was read but not yet given out.
    ready: VecDeque<Item>,
    ended: bool,
    /// Why the last item is an [`Kind::Error`].
    pub error: String,
    /// Comments seen so far, with their braces.
    pub comments: Vec<Span>,
}

/// White space, as templates know it.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

impl<'a> Lexer<'a> {
    /// A lexer at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            inside: false,
            parens: 0,
            ready: VecDeque::new(),
            ended: false,
            error: String::new(),
            comments: Vec::new(),
        }
    }

    /// A lexer inside an action, for a part of one.
    pub fn inside(text: &'a str) -> Self {
        Self { inside: true, ..Self::new(text) }
    }

    /// The next item. After the end, or an error, only [`Kind::Eof`].
    pub fn next(&mut self) -> Item {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return item;
            }
            if self.ended {
                return Item { kind: Kind::Eof, span: self.span(self.text.len(), self.text.len()) };
            }
            if self.inside {
                self.action();
            } else {
                self.outside();
            }
        }
    }

    #[expect(clippy::unused_self, reason = "reads as the lexer's own")]
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(start as u32, end as u32)
    }

    fn emit(&mut self, kind: Kind, start: usize) {
        let span = self.span(start, self.at);
        self.ready.push_back(Item { kind, span });
    }

    fn fail(&mut self, start: usize, message: impl Into<String>) {
        self.error = message.into();
        self.ended = true;
        let start = start.min(self.text.len());
        self.ready.push_back(Item { kind: Kind::Error, span: self.span(start, self.at.max(start)) });
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// `-` and a blank.
    fn trims_left(&self, at: usize) -> bool {
        self.byte(at) == Some(b'-') && self.byte(at + 1).is_some_and(is_space)
    }

    /// A closing delimiter here, and its length with its trim marker.
    fn closing(&self, at: usize) -> Option<(bool, usize)> {
        let rest = self.text.as_bytes().get(at..)?;
        match rest {
            [b'}', b'}', ..] => Some((false, 2)),
            [space, b'-', b'}', b'}', ..] if is_space(*space) => Some((true, 4)),
            _ => None,
        }
    }

    fn skip_space(&mut self) {
        while self.byte(self.at).is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn outside(&mut self) {
        let start = self.at;
        let Some(found) = memchr::memmem::find(self.rest().as_bytes(), b"{{") else {
            self.at = self.text.len();
            if self.at > start {
                self.emit(Kind::Text, start);
            }
            self.emit(Kind::Eof, self.at);
            self.ended = true;
            return;
        };
        let open = start + found;
        let trim = self.trims_left(open + 2);
        let mut end = open;
        if trim {
            while end > start && self.byte(end - 1).is_some_and(is_space) {
                end -= 1;
            }
        }
        self.at = end;
        if end > start {
            self.emit(Kind::Text, start);
        }
        self.at = open + 2 + if trim { 2 } else { 0 };
        if self.rest().starts_with("/*") {
            self.comment(open);
            return;
        }
        self.emit(Kind::Left, open);
        self.inside = true;
        self.parens = 0;
    }

    fn comment(&mut self, open: usize) {
        let start = self.at;
        let Some(length) = memchr::memmem::find(self.rest().as_bytes(), b"*/") else {
            self.fail(start, "unclosed comment");
            return;
        };
        self.at = start + length + 2;
        let Some((trim, width)) = self.closing(self.at) else {
            self.fail(start, "comment ends before closing delimiter");
            return;
        };
        self.at += width;
        self.comments.push(Span::new(open as u32, self.at as u32));
        if trim {
            self.skip_space();
        }
    }

    fn right(&mut self, trim: bool, width: usize) {
        let start = self.at;
        self.at += width;
        self.emit(Kind::Right, start);
        self.inside = false;
        if trim {
            self.skip_space();
        }
    }

    fn action(&mut self) {
        if let Some((trim, width)) = self.closing(self.at) {
            if self.parens == 0 {
                self.right(trim, width);
            } else {
                self.fail(self.at, "unclosed left paren");
            }
            return;
        }
        let start = self.at;
        let Some(c) = self.bump() else {
            self.fail(start, "unclosed action");
            return;
        };
        match c {
            ' ' | '\t' | '\r' | '\n' => self.space(start),
            '=' => self.emit(Kind::Assign, start),
            ':' if self.byte(self.at) == Some(b'=') => {
                self.at += 1;
                self.emit(Kind::Declare, start);
            }
            ':' => self.fail(start, "expected :="),
            '|' => self.emit(Kind::Pipe, start),
            '"' => self.quoted(start, '"', Kind::Str, "unterminated quoted string"),
            '\'' => self.quoted(start, '\'', Kind::Rune, "unterminated character constant"),
            '`' => match memchr::memchr(b'`', self.rest().as_bytes()) {
                Some(length) => {
                    self.at += length + 1;
                    self.emit(Kind::Raw, start);
                }
                None => self.fail(start, "unterminated raw quoted string"),
            },
            '$' => self.name(start, Kind::Variable, Kind::Variable),
            '.' if !self.byte(self.at).is_some_and(|b| b.is_ascii_digit()) => {
                if self.at >= self.text.len() {
                    // Go reads a point at the very end as a number.
                    self.number(start);
                } else {
                    self.name(start, Kind::Field, Kind::Dot);
                }
            }
            '.' | '+' | '-' | '0'..='9' => self.number(start),
            '(' => {
                self.parens += 1;
                self.emit(Kind::Open, start);
            }
            ')' if self.parens == 0 => self.fail(start, "unexpected right paren"),
            ')' => {
                self.parens -= 1;
                self.emit(Kind::Close, start);
            }
            c if is_word(c) => self.word(start),
            c if c.is_ascii() && !c.is_ascii_control() => self.emit(Kind::Char, start),
            c => self.fail(start, format!("unrecognized character in action: {}", code_point(c))),
        }
    }

    fn space(&mut self, start: usize) {
        self.skip_space();
        // The last blank belongs to a closing delimiter with a trim marker.
        let before = self.at - 1;
        if let Some((true, width)) = self.closing(before) {
            if before > start {
                self.at = before;
                self.emit(Kind::Space, start);
            }
            self.at = before;
            if self.parens == 0 {
                self.right(true, width);
            } else {
                self.fail(before, "unclosed left paren");
            }
            return;
        }
        self.emit(Kind::Space, start);
    }

    fn quoted(&mut self, start: usize, end: char, kind: Kind, error: &str) {
        loop {
            match self.bump() {
                Some('\\') if self.peek().is_some_and(|c| c != '\n') => drop(self.bump()),
                None | Some('\n' | '\\') => {
                    self.fail(start, error);
                    return;
                }
                Some(c) if c == end => {
                    self.emit(kind, start);
                    return;
                }
                Some(_) => {}
            }
        }
    }

    /// True if a word may end here.
    fn at_end_of_word(&self) -> bool {
        match self.peek() {
            None => true,
            Some(c) => {
                matches!(c, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '|' | ':' | ')' | '(')
                    || self.rest().starts_with("}}")
            }
        }
    }

    fn bad_character(&mut self, start: usize) {
        let c = self.peek().unwrap_or('\u{fffd}');
        self.fail(start, format!("bad character {}", code_point(c)));
    }

    fn run_of_word(&mut self) {
        while self.peek().is_some_and(is_word) {
            self.bump();
        }
    }

    fn name(&mut self, start: usize, named: Kind, bare: Kind) {
        if self.at_end_of_word() {
            self.emit(bare, start);
            return;
        }
        self.run_of_word();
        if self.at_end_of_word() {
            self.emit(named, start);
        } else {
            self.bad_character(start);
        }
    }

    fn word(&mut self, start: usize) {
        self.run_of_word();
        if !self.at_end_of_word() {
            self.bad_character(start);
            return;
        }
        let word = self.text.get(start..self.at).unwrap_or("");
        let kind = match word {
            "true" | "false" => Kind::Bool,
            "nil" => Kind::Nil,
            _ => Keyword::of(word).map_or(Kind::Identifier, Kind::Keyword),
        };
        self.emit(kind, start);
    }

    fn number(&mut self, start: usize) {
        self.at = start;
        if !self.scan_number() {
            let text = self.text.get(start..self.at).unwrap_or("");
            self.fail(start, format!("bad number syntax: {}", quote(text)));
            return;
        }
        if self.peek().is_some_and(|c| c == '+' || c == '-') {
            if !self.scan_number() || self.byte(self.at - 1) != Some(b'i') {
                let text = self.text.get(start..self.at).unwrap_or("");
                self.fail(start, format!("bad number syntax: {}", quote(text)));
                return;
            }
            self.emit(Kind::Complex, start);
            return;
        }
        self.emit(Kind::Number, start);
    }

    fn accept(&mut self, set: &str) -> bool {
        let yes = self.peek().is_some_and(|c| set.contains(c));
        if yes {
            self.bump();
        }
        yes
    }

    fn scan_number(&mut self) -> bool {
        const DECIMAL: &str = "0123456789_";
        const HEX: &str = "0123456789abcdefABCDEF_";
        self.accept("+-");
        let mut digits = DECIMAL;
        if self.accept("0") {
            if self.accept("xX") {
                digits = HEX;
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        while self.accept(digits) {}
        if self.accept(".") {
            while self.accept(digits) {}
        }
        if digits == DECIMAL && self.accept("eE") || digits == HEX && self.accept("pP") {
            self.accept("+-");
            while self.accept(DECIMAL) {}
        }
        self.accept("i");
        if self.peek().is_some_and(is_word) {
            self.bump();
            return false;
        }
        true
    }
}

/// A character as `%#U` shows it.
fn code_point(c: char) -> String {
    if c.is_control() { format!("U+{:04X}", c as u32) } else { format!("U+{:04X} '{c}'", c as u32) }
}
