//! Commands that hold commands.

use super::ast::{Command, Compound, CompoundKind, List, Redirect, Word};
use super::parser::Parser;
use super::word::Until;

impl Parser<'_> {
    /// True where a compound command begins.
    pub(super) fn at_compound(&self) -> bool {
        self.peek() == Some('(')
            || self.bare().is_some_and(|word| {
                matches!(word, "if" | "while" | "until" | "for" | "select" | "case" | "function" | "{" | "[[")
            })
    }

    pub(super) fn compound(&mut self) -> Option<Compound> {
        let start = self.at;
        let word = self.bare();
        let kind = if self.peek() == Some('(') {
            self.parentheses()
        } else {
            let word = word?;
            self.at += word.len();
            match word {
                "if" => self.if_clause(),
                "while" | "until" => {
                    let condition = self.list(&["do"]);
                    CompoundKind::Loop(condition, self.loop_body())
                }
                "for" | "select" => self.for_clause(),
                "case" => self.case_clause(),
                "{" => {
                    let list = self.list(&["}"]);
                    self.expect("}", "group");
                    CompoundKind::Group(list)
                }
                "[[" => self.test(start),
                _ => {
                    self.blanks();
                    let name = self.word(Until::Word).and_then(|w| w.literal()).unwrap_or_default();
                    self.blanks();
                    if self.starts_with_at(0, "()") {
                        self.at += 2;
                    }
                    match self.function(name, start) {
                        Command::Compound(function) => return Some(function),
                        Command::Simple(_) => return None,
                    }
                }
            }
        };
        let mut end = self.at;
        let redirects = self.redirects(&mut end);
        Some(Compound { kind, redirects, span: self.span(start, end) })
    }

    fn redirects(&mut self, end: &mut usize) -> Vec<Redirect> {
        let mut redirects = Vec::new();
        loop {
            self.blanks();
            if !self.at_redirect() {
                return redirects;
            }
            let Some(redirect) = self.redirect() else { return redirects };
            redirects.push(redirect);
            *end = self.at;
        }
    }

    fn parentheses(&mut self) -> CompoundKind {
        let start = self.at;
        if self.starts_with_at(1, "(")
            && let Some(end) = self.arithmetic_end(start + 2)
        {
            self.at = end + 2;
            return CompoundKind::Arithmetic(self.parts_of(start + 2, end));
        }
        self.bump();
        let list = self.list(&[]);
        if self.peek() == Some(')') {
            self.bump();
        } else {
            self.error(start, self.at, "the parenthesis is never closed", "close it with `)`");
        }
        CompoundKind::Subshell(list)
    }

    /// A function's body, from after its name.
    pub(super) fn function(&mut self, name: String, start: usize) -> Command {
        self.lines();
        let body = if self.at_compound() && self.enter() {
            let body = self.compound();
            self.leave();
            body
        } else {
            self.error(
                start,
                self.at,
                format!("the function `{name}` has no body"),
                "write `name() { ...; }`",
            );
            None
        };
        let nothing = || Compound {
            kind: CompoundKind::Group(List::default()),
            redirects: Vec::new(),
            span: self.span(self.at, self.at),
        };
        let body = Box::new(Command::Compound(body.unwrap_or_else(nothing)));
        Command::Compound(Compound {
            kind: CompoundKind::Function(name, body),
            redirects: Vec::new(),
            span: self.span(start, self.at),
        })
    }

    fn if_clause(&mut self) -> CompoundKind {
        let mut branches = Vec::new();
        loop {
            let condition = self.list(&["then", "elif", "else", "fi"]);
            if self.bare() == Some("then") {
                self.at += 4;
            } else {
                self.error(self.at, self.at, "`then` is missing in this if", "");
            }
            branches.push((condition, self.list(&["elif", "else", "fi"])));
            if self.bare() != Some("elif") {
                break;
            }
            self.at += 4;
        }
        let mut otherwise = List::default();
        if self.bare() == Some("else") {
            self.at += 4;
            otherwise = self.list(&["fi"]);
        }
        self.expect("fi", "if");
        CompoundKind::If(branches, otherwise)
    }

    /// `do ... done`, or the braces that bash takes as well.
    fn loop_body(&mut self) -> List {
        self.lines();
        if self.bare() == Some("{") {
            self.at += 1;
            let list = self.list(&["}"]);
            self.expect("}", "loop");
            return list;
        }
        if !self.expect("do", "loop") {
            return List::default();
        }
        let list = self.list(&["done"]);
        self.expect("done", "loop");
        list
    }

    fn for_clause(&mut self) -> CompoundKind {
        self.blanks();
        let mut words = Vec::new();
        let mut name = String::new();
        if self.starts_with_at(0, "((") {
            if let Some(end) = self.arithmetic_end(self.at + 2) {
                self.at = end + 2;
            } else {
                self.at += 2;
            }
        } else {
            name = self.word(Until::Word).and_then(|w| w.literal()).unwrap_or_default();
            self.lines();
            if self.bare() == Some("in") {
                self.at += 2;
                loop {
                    self.blanks();
                    let Some(word) = self.word(Until::Word) else { break };
                    words.push(word);
                }
            }
        }
        self.blanks();
        if self.peek() == Some(';') {
            self.bump();
        }
        CompoundKind::For(name, words, self.loop_body())
    }

    fn case_clause(&mut self) -> CompoundKind {
        self.blanks();
        let word = self.word(Until::Word).unwrap_or_default();
        let mut arms: Vec<(Vec<Word>, List)> = Vec::new();
        if !self.expect("in", "case") {
            return CompoundKind::Case(word, arms);
        }
        loop {
            self.lines();
            if self.bare() == Some("esac") || self.peek().is_none() {
                break;
            }
            let at = self.at;
            if self.peek() == Some('(') {
                self.bump();
            }
            let mut patterns = Vec::new();
            loop {
                self.blanks();
                patterns.extend(self.word(Until::Word));
                self.blanks();
                if self.peek() != Some('|') {
                    break;
                }
                self.bump();
            }
            if self.peek() == Some(')') {
                self.bump();
            } else {
                self.error(self.at, self.at, "`)` is missing after the pattern", "");
            }
            let list = self.list(&["esac"]);
            arms.push((patterns, list));
            for end in [";;&", ";;", ";&"] {
                if self.starts_with_at(0, end) {
                    self.at += end.len();
                    break;
                }
            }
            if self.at == at {
                self.bump();
            }
        }
        self.expect("esac", "case");
        CompoundKind::Case(word, arms)
    }

    fn test(&mut self, start: usize) -> CompoundKind {
        let mut words = Vec::new();
        loop {
            self.lines();
            let Some(word) = self.word(Until::Blank) else {
                self.error(start, start + 2, "the `[[` is never closed", "close it with `]]`");
                break;
            };
            // `]];` and `]])` end it too.
            if let Some(rest) = word.bare().and_then(|w| w.strip_prefix("]]"))
                && (rest.is_empty() || rest.starts_with([';', ')', '&', '|']))
            {
                self.at -= rest.len();
                break;
            }
            words.push(word);
        }
        CompoundKind::Test(words)
    }
}
