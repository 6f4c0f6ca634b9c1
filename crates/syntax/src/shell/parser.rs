//! Lists, chains, pipelines and simple commands.

use super::ast::{
    Assignment, Chain, Command, Heredoc, Join, List, Part, PartKind, Pipeline, Script, Simple, Word,
};
use super::redirect::Pending;
use super::unwrap;
use super::word::{Until, is_blank};
use crate::SyntaxError;
use crate::mapped::Mapped;
use model::Span;

/// Deepest nesting of anything in anything.
const MAX_DEPTH: u32 = 48;
/// Reserved words that end a list.
const CLOSERS: &[&str] = &["then", "else", "elif", "fi", "do", "done", "esac", "}"];

/// Parses a text at a depth.
pub(super) fn run(map: &Mapped, depth: u32) -> Script {
    let mut parser = Parser::new(map, depth);
    let mut list = List::default();
    loop {
        list.chains.append(&mut parser.list(&[]).chains);
        if parser.peek().is_none() {
            break;
        }
        let at = parser.at;
        parser.error(at, at + 1, "this parenthesis closes nothing", "remove it, or quote it");
        parser.bump();
    }
    parser.finish_heredocs();
    parser.errors.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    parser.comments.sort();
    Script { list, heredocs: parser.heredocs, comments: parser.comments, errors: parser.errors }
}

pub(super) struct Parser<'m> {
    pub map: &'m Mapped,
    pub text: &'m str,
    pub at: usize,
    pub depth: u32,
    pub errors: Vec<SyntaxError>,
    pub comments: Vec<Span>,
    pub heredocs: Vec<Heredoc>,
    pub pending: Vec<Pending>,
    wanted: Vec<&'static [&'static str]>,
}

impl<'m> Parser<'m> {
    pub(super) fn new(map: &'m Mapped, depth: u32) -> Self {
        Self {
            map,
            text: map.text(),
            at: 0,
            depth,
            errors: Vec::new(),
            comments: Vec::new(),
            heredocs: Vec::new(),
            pending: Vec::new(),
            wanted: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn starts_with_at(&self, offset: usize, text: &str) -> bool {
        self.text.get(self.at + offset..).is_some_and(|rest| rest.starts_with(text))
    }

    pub(super) fn find(&self, c: char) -> Option<usize> {
        self.text.get(self.at..)?.find(c).map(|i| self.at + i)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or("").to_owned()
    }

    pub(super) fn source(&self, at: usize) -> u32 {
        self.map.span_of(at, at).start
    }

    /// Goes one level down; false, with the rest given up, where that is too deep.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth >= MAX_DEPTH {
            let span = self.span(self.at, self.text.len());
            self.errors.push(SyntaxError::new(span, "the script is nested too deeply").limit());
            self.at = self.text.len();
            return false;
        }
        self.depth += 1;
        true
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Skips blanks, continued lines and comments.
    pub(super) fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(c) if is_blank(c) => self.at += 1,
                Some('\\') if self.starts_with_at(1, "\n") => self.at += 2,
                Some('\\') if self.starts_with_at(1, "\r\n") => self.at += 3,
                Some('#') => {
                    let end = self.find('\n').unwrap_or(self.text.len());
                    let comment = self.text.get(self.at..end).unwrap_or("").trim_end();
                    self.comments.push(self.span(self.at, self.at + comment.len()));
                    self.at = end;
                }
                _ => return,
            }
        }
    }

    /// Skips blanks and line ends.
    pub(super) fn lines(&mut self) {
        self.blanks();
        while self.peek() == Some('\n') {
            self.newline();
            self.blanks();
        }
    }

    /// The reserved word or name that stands here by itself.
    pub(super) fn bare(&self) -> Option<&'m str> {
        let rest = self.text.get(self.at..)?;
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | '|' | '<' | '>' | '(' | ')'));
        rest.get(..end.unwrap_or(rest.len()).min(16))
            .filter(|word| !word.is_empty() && Some(word.len()) == end.or(Some(rest.len())))
    }

    /// Takes a reserved word, or reports that it is missing.
    pub(super) fn expect(&mut self, word: &str, what: &str) -> bool {
        self.lines();
        if self.bare() == Some(word) {
            self.at += word.len();
            return true;
        }
        self.error(self.at, self.at, format!("`{word}` is missing in this {what}"), "");
        false
    }

    /// Commands up to a parenthesis, one of `stops`, or what an outer construct waits for.
    pub(super) fn list(&mut self, stops: &'static [&'static str]) -> List {
        let mut list = List::default();
        if !self.enter() {
            return list;
        }
        self.wanted.push(stops);
        loop {
            self.lines();
            let at = self.at;
            match self.peek() {
                None | Some(')') => break,
                Some(';') => {
                    if self.starts_with_at(1, ";") || self.starts_with_at(1, "&") {
                        if self.is_wanted("esac") {
                            break;
                        }
                        self.error(at, at + 2, "this does not stand in a `case`", "use a single `;`");
                        self.at += 1;
                    }
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            if let Some(word) = self.bare()
                && CLOSERS.contains(&word)
            {
                if self.is_wanted(word) {
                    break;
                }
                self.error(at, at + word.len(), format!("`{word}` closes nothing"), "");
                self.at += word.len();
                continue;
            }
            match self.chain() {
                Some(chain) => list.chains.push(chain),
                None if self.at == at => {
                    let c = self.bump().unwrap_or(' ');
                    self.error(
                        at,
                        self.at,
                        format!("a command can't begin with `{c}`"),
                        "quote it if it is meant literally",
                    );
                }
                None => {}
            }
        }
        self.wanted.pop();
        self.leave();
        list
    }

    fn is_wanted(&self, word: &str) -> bool {
        self.wanted.iter().any(|stops| stops.contains(&word))
    }

    fn chain(&mut self) -> Option<Chain> {
        let mut pipelines = vec![(None, self.pipeline()?)];
        loop {
            self.blanks();
            let join = if self.starts_with_at(0, "&&") {
                Join::And
            } else if self.starts_with_at(0, "||") {
                Join::Or
            } else {
                break;
            };
            let at = self.at;
            self.at += 2;
            self.lines();
            let Some(pipeline) = self.pipeline() else {
                let hint = "write a command after it, or remove it";
                self.error(at, at + 2, "no command follows", hint);
                break;
            };
            pipelines.push((Some(join), pipeline));
        }
        let background = self.peek() == Some('&') && !self.starts_with_at(1, ">");
        if background {
            self.bump();
        }
        Some(Chain { pipelines, background })
    }

    fn pipeline(&mut self) -> Option<Pipeline> {
        let start = self.at;
        let mut negated = false;
        loop {
            self.blanks();
            match self.bare() {
                Some("!") => {
                    negated = !negated;
                    self.at += 1;
                }
                // Before a simple command `time` is read as a program like any other.
                Some("time") => {
                    let before = self.at;
                    self.at += 4;
                    self.blanks();
                    if self.bare() == Some("-p") {
                        self.at += 2;
                        self.blanks();
                    }
                    if !self.at_compound() {
                        self.at = before;
                        break;
                    }
                }
                _ => break,
            }
        }
        let mut commands = vec![self.command()?];
        loop {
            let end = self.at;
            self.blanks();
            if self.peek() != Some('|') || self.starts_with_at(1, "|") {
                return Some(Pipeline { negated, commands, span: self.span(start, end) });
            }
            let at = self.at;
            self.at += if self.starts_with_at(1, "&") { 2 } else { 1 };
            self.lines();
            match self.command() {
                Some(command) => commands.push(command),
                None => self.error(
                    at,
                    at + 1,
                    "no command follows the pipe",
                    "write a command after it, or remove it",
                ),
            }
        }
    }

    fn command(&mut self) -> Option<Command> {
        self.blanks();
        if self.at_compound() {
            return self.compound().map(Command::Compound);
        }
        self.simple()
    }

    fn simple(&mut self) -> Option<Command> {
        let start = self.at;
        let mut end = start;
        let mut simple = Simple::default();
        let first_pending = self.pending.len();
        loop {
            self.blanks();
            if self.at_redirect() {
                let Some(redirect) = self.redirect() else { break };
                simple.redirects.push(redirect);
                end = self.at;
                continue;
            }
            let Some(word) = self.word(Until::Word) else { break };
            end = self.at;
            if simple.words.is_empty() {
                match into_assignment(word) {
                    Ok(assignment) => {
                        simple.assignments.push(assignment);
                        continue;
                    }
                    Err(word) => simple.words.push(word),
                }
                if let Some(function) = self.function_tail(&simple, start) {
                    return Some(function);
                }
            } else {
                simple.words.push(word);
            }
        }
        if end == start {
            return None;
        }
        simple.span = self.span(start, end);
        unwrap::apply(self, &mut simple, first_pending);
        Some(Command::Simple(Box::new(simple)))
    }

    /// A function's body, if what was read so far is `name` and `()` follows.
    fn function_tail(&mut self, simple: &Simple, start: usize) -> Option<Command> {
        let ([word], [], []) =
            (simple.words.as_slice(), simple.assignments.as_slice(), simple.redirects.as_slice())
        else {
            return None;
        };
        let name = word.bare()?.to_owned();
        let rest = self.text.get(self.at..)?;
        let inner = rest.trim_start_matches([' ', '\t']).strip_prefix('(')?.trim_start_matches([' ', '\t']);
        let after = inner.strip_prefix(')')?;
        self.at = self.text.len() - after.len();
        Some(self.function(name, start))
    }
}

/// Name, whether the assignment is partial, and where the value begins, if a word begins with `NAME=`.
pub(super) fn assignment(text: &str) -> Option<(&str, bool, usize)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    let name = text.get(..end)?;
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut rest = text.get(end..)?;
    let mut partial = false;
    if rest.starts_with('[') {
        rest = rest.get(rest.find(']')? + 1..)?;
        partial = true;
    }
    if let Some(after) = rest.strip_prefix('+') {
        rest = after;
        partial = true;
    }
    let value = rest.strip_prefix('=')?;
    Some((name, partial, text.len() - value.len()))
}

fn into_assignment(word: Word) -> Result<Assignment, Word> {
    let Some(Part { kind: PartKind::Text(text), quoted: false, span }) = word.parts.first() else {
        return Err(word);
    };
    let Some((name, partial, at)) = assignment(text.text()) else { return Err(word) };
    let (name, all) = (name.to_owned(), word.span);
    let value = text.slice(at, text.text().len());
    let begin = if value.is_empty() { span.end } else { value.span().start };
    let first =
        (!value.is_empty()).then(|| Part { span: value.span(), kind: PartKind::Text(value), quoted: false });
    let parts = first.into_iter().chain(word.parts.into_iter().skip(1)).collect();
    let value = Word { parts, span: Span::new(begin.min(all.end), all.end) };
    Ok(Assignment { name, partial, value, span: all })
}
