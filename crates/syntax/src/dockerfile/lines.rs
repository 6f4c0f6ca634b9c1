//! From a text to logical lines: parser directives, comments, continuations, bodies of heredocs.

use super::ast::{Directive, Heredoc};
use super::words;
use crate::mapped::Mapped;
use crate::{SourceText, SyntaxError};
use model::Span;
use std::collections::HashMap;

/// A line with its continuations joined.
pub(super) struct Line {
    /// The joined text, leading blanks dropped.
    pub text: Mapped,
    /// From its first character to its last, trailing blanks dropped.
    pub span: Span,
    /// Blank lines inside it.
    pub blank_lines: Vec<Span>,
}

/// Reads logical lines one after the other.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    pub escape: char,
    pub directives: Vec<Directive>,
    pub comments: Vec<Span>,
    pub errors: Vec<SyntaxError>,
    ends: Option<HeredocEnds<'a>>,
}

/// Offsets of lines by their text, so that looking for the end of a heredoc never scans twice.
struct HeredocEnds<'a> {
    exact: HashMap<&'a str, Vec<usize>>,
    without_tabs: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Lines<'a> {
    /// Begins at the head of a file and reads the directives.
    pub(super) fn new(source: &'a SourceText) -> Self {
        let text = source.text();
        let mut lines = Self {
            text,
            at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
            escape: '\\',
            directives: Vec::new(),
            comments: Vec::new(),
            errors: Vec::new(),
            ends: None,
        };
        lines.read_directives();
        lines
    }

    /// Offset, text without line ending, offset of the next line.
    fn peek(&self) -> Option<(usize, &'a str, usize)> {
        physical(self.text, self.at)
    }

    fn read_directives(&mut self) {
        while let Some((start, line, next)) = self.peek() {
            let Some(directive) = directive(line, start) else { return };
            self.at = next;
            if self.directives.iter().any(|d| d.name == directive.name) {
                self.errors.push(
                    SyntaxError::new(
                        directive.span,
                        format!("the parser directive `{}` is given twice", directive.name),
                    )
                    .hint("keep one of them")
                    .survived(),
                );
            } else if directive.name == "escape" {
                match directive.value.as_str() {
                    "\\" => self.escape = '\\',
                    "`" => self.escape = '`',
                    _ => self.errors.push(
                        SyntaxError::new(
                            directive.value_span,
                            format!("`{}` can't be the escape character", directive.value),
                        )
                        .hint("use a backslash or a backtick"),
                    ),
                }
            }
            self.directives.push(directive);
        }
    }

    fn comment(&mut self, start: usize, line: &str) {
        let blanks = line.len() - line.trim_start().len();
        self.comments.push(Span::new((start + blanks) as u32, (start + line.trim_end().len()) as u32));
    }

    /// The next logical line that is neither blank nor a comment.
    pub(super) fn next_line(&mut self) -> Option<Line> {
        loop {
            let (start, line, next) = self.peek()?;
            self.at = next;
            if is_comment(line) {
                self.comment(start, line);
                continue;
            }
            let body = line.trim_start();
            let body_at = start + line.len() - body.len();
            let (kept, ends) = self.without_continuation(body);
            if ends && kept.trim().is_empty() {
                continue;
            }
            let mut joined = Mapped::empty(body_at as u32);
            joined.push(kept, body_at as u32);
            let mut last = body_at + kept.trim_end().len();
            let mut blank_lines = Vec::new();
            let mut ends = ends;
            while !ends && let Some((start, line, next)) = self.peek() {
                self.at = next;
                if is_comment(line) {
                    self.comment(start, line);
                    continue;
                }
                if line.trim().is_empty() {
                    blank_lines.push(Span::new(start as u32, (start + line.len()) as u32));
                    continue;
                }
                let (kept, done) = self.without_continuation(line);
                joined.push(kept, start as u32);
                if !kept.trim().is_empty() {
                    last = start + kept.trim_end().len();
                }
                ends = done;
            }
            if joined.text().trim().is_empty() {
                continue;
            }
            let first = joined.text().len() - joined.text().trim_start().len();
            let span = Span::new(joined.source_of(first), last as u32);
            return Some(Line { text: joined, span, blank_lines });
        }
    }

    /// A line without its final escape character, and whether the logical line ends with it. Blanks may
    /// follow the escape character; a doubled one is an ordinary character.
    fn without_continuation(&self, line: &'a str) -> (&'a str, bool) {
        let trimmed = line.trim_end_matches([' ', '\t']);
        match trimmed.strip_suffix(self.escape) {
            Some(kept) if !kept.ends_with(self.escape) => (kept, false),
            _ => (line, true),
        }
    }

    /// Reads the bodies of the heredocs that `line` opens. Gives the end of the last one.
    pub(super) fn heredocs(&mut self, line: &Mapped) -> (Vec<Heredoc>, Option<u32>) {
        let mut found = Vec::new();
        let mut end = None;
        for opening in words::heredocs(line) {
            let (heredoc, last) = self.heredoc(opening);
            end = end.max(last);
            found.push(heredoc);
        }
        (found, end)
    }

    fn heredoc(&mut self, opening: words::Opening) -> (Heredoc, Option<u32>) {
        let begin = self.at;
        let closing = self.closing_line(&opening);
        let stop = match closing {
            Some(at) => at,
            None => self.likely_end(),
        };
        let mut body = Mapped::empty(begin as u32);
        while self.at < stop
            && let Some((start, line, next)) = self.peek()
        {
            let tabs = if opening.chomp { line.len() - line.trim_start_matches('\t').len() } else { 0 };
            let full = self.text.get(start + tabs..next).unwrap_or("");
            body.push(full, (start + tabs) as u32);
            self.at = next;
        }
        let mut end = (self.at > begin).then_some(body.span().end);
        let closing = closing.and_then(|_| self.peek()).map(|(start, line, next)| {
            self.at = next;
            let span = Span::new(start as u32, (start + line.len()) as u32);
            end = Some(span.end);
            span
        });
        if closing.is_none() {
            if body.is_empty() {
                body = Mapped::empty(opening.span.end);
            }
            self.errors.push(
                SyntaxError::new(opening.span, format!("the heredoc `{}` is never closed", opening.name))
                    .hint(format!("put a line with nothing but `{}` after its text", opening.name)),
            );
        }
        let heredoc = Heredoc {
            name: opening.name,
            marker: opening.span,
            expands: opening.expands,
            chomp: opening.chomp,
            body,
            closing,
        };
        (heredoc, end)
    }

    fn closing_line(&mut self, opening: &words::Opening) -> Option<usize> {
        let text = self.text;
        let from = self.at;
        let ends = self.ends.get_or_insert_with(|| {
            let mut ends = HeredocEnds { exact: HashMap::new(), without_tabs: HashMap::new() };
            let mut at = from;
            while let Some((start, line, next)) = physical(text, at) {
                ends.exact.entry(line).or_default().push(start);
                ends.without_tabs.entry(line.trim_start_matches('\t')).or_default().push(start);
                at = next;
            }
            ends
        });
        let index = if opening.chomp { &ends.without_tabs } else { &ends.exact };
        let places = index.get(opening.name.as_str())?;
        places.get(places.partition_point(|at| *at < from)).copied()
    }

    /// Where the text of a heredoc without an end is taken to end: before the next line that can only be an
    /// instruction.
    fn likely_end(&self) -> usize {
        let mut at = self.at;
        while let Some((start, line, next)) = physical(self.text, at) {
            let word = line.split([' ', '\t']).next().unwrap_or("");
            if line.len() > word.len() && super::ast::Keyword::ALL.iter().any(|k| k.word() == word) {
                return start;
            }
            at = next;
        }
        self.text.len()
    }
}

/// Offset, text without line ending, offset of the next line.
fn physical(text: &str, at: usize) -> Option<(usize, &str, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let length = memchr::memchr(b'\n', rest.as_bytes());
    let next = length.map_or(text.len(), |n| at + n + 1);
    let line = rest.get(..length.unwrap_or(rest.len())).unwrap_or("");
    Some((at, line.trim_end_matches('\r'), next))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// `# name=value` with a name that BuildKit knows.
fn directive(line: &str, at: usize) -> Option<Directive> {
    let (name, value) = line.strip_prefix('#')?.split_once('=')?;
    let name = name.trim().to_ascii_lowercase();
    let after_equals = line.len() - value.len();
    let value_at = after_equals + value.len() - value.trim_start().len();
    let value = value.trim();
    if !matches!(name.as_str(), "syntax" | "escape" | "check") || value.is_empty() {
        return None;
    }
    let end = (at + line.trim_end().len()) as u32;
    Some(Directive {
        name,
        value: value.to_owned(),
        span: Span::new(at as u32, end),
        value_span: Span::new((at + value_at) as u32, end),
    })
}
