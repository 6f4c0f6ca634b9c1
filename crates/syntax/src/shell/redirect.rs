//! Redirections and heredocs.

use super::ast::{Heredoc, Part, PartKind, Redirect, RedirectOp};
use super::parser::Parser;
use super::word::Until;
use crate::SyntaxError;
use crate::mapped::Mapped;

/// A heredoc whose body begins after the current line.
pub(super) struct Pending {
    pub index: usize,
    delimiter: String,
    quoted: bool,
    tabs: bool,
    at: (usize, usize),
    /// True if a shell reads it.
    pub script: bool,
}

/// Operators, longer ones first.
const OPERATORS: &[(&str, RedirectOp)] = &[
    ("<<<", RedirectOp::HereString),
    ("<<-", RedirectOp::HeredocTabs),
    ("<<", RedirectOp::Heredoc),
    ("<>", RedirectOp::ReadWrite),
    ("<&", RedirectOp::DuplicateInput),
    ("<", RedirectOp::Input),
    (">>", RedirectOp::Append),
    (">|", RedirectOp::Clobber),
    (">&", RedirectOp::DuplicateOutput),
    (">", RedirectOp::Output),
    ("&>>", RedirectOp::AppendBoth),
    ("&>", RedirectOp::Both),
];

impl Parser<'_> {
    /// Length of the number before a redirection that begins here; `None` if none does.
    fn redirect_fd(&self) -> Option<usize> {
        let rest = self.text.get(self.at..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = rest.get(digits..)?;
        let process = after.starts_with("<(") || after.starts_with(">(");
        let begins = (after.starts_with(['<', '>']) && !process) || (digits == 0 && after.starts_with("&>"));
        begins.then_some(digits)
    }

    pub(super) fn at_redirect(&self) -> bool {
        self.redirect_fd().is_some()
    }

    pub(super) fn redirect(&mut self) -> Option<Redirect> {
        let start = self.at;
        let digits = self.redirect_fd()?;
        let fd = self.slice(start, start + digits).parse().ok();
        self.at += digits;
        let (sign, operator) = *OPERATORS.iter().find(|(sign, _)| self.starts_with_at(0, sign))?;
        self.at += sign.len();
        self.blanks();
        let target_at = self.at;
        let Some(target) = self.word(Until::Word) else {
            self.error(start, target_at, format!("`{sign}` names no target"), "write a file name after it");
            // What stands there is read as the next thing.
            return None;
        };
        let heredoc = matches!(operator, RedirectOp::Heredoc | RedirectOp::HeredocTabs).then(|| {
            let index = self.heredocs.len() + self.pending.len();
            let quoted = target.parts.iter().any(|p| p.quoted);
            let delimiter = target.literal().unwrap_or_else(|| self.slice(target_at, self.at));
            self.pending.push(Pending {
                index,
                delimiter,
                quoted,
                tabs: operator == RedirectOp::HeredocTabs,
                at: (start, self.at),
                script: false,
            });
            index
        });
        Some(Redirect { fd, operator, target, heredoc, span: self.span(start, self.at) })
    }

    /// Takes a line end, and the heredocs that begin after it.
    pub(super) fn newline(&mut self) {
        self.bump();
        for pending in std::mem::take(&mut self.pending) {
            self.heredoc(pending);
        }
    }

    /// Closes heredocs whose bodies never began.
    pub(super) fn finish_heredocs(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            self.heredoc(pending);
        }
    }

    fn heredoc(&mut self, pending: Pending) {
        let mut body = Mapped::empty(self.source(self.at));
        let mut closed = false;
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let full = rest.find('\n').map_or(rest.len(), |i| i + 1);
            let line = rest.get(..full).unwrap_or("");
            let tabs = if pending.tabs { line.len() - line.trim_start_matches('\t').len() } else { 0 };
            let start = self.at + tabs;
            self.at += full;
            if line.get(tabs..).is_some_and(|l| l.trim_end_matches(['\n', '\r']) == pending.delimiter) {
                closed = true;
                break;
            }
            body.push_part(self.map, start, self.at);
        }
        if !closed {
            let (start, end) = pending.at;
            let span = self.span(start, end);
            let message = format!("the heredoc `{}` is never closed", pending.delimiter);
            let hint = format!("put a line with nothing but `{}` after its text", pending.delimiter);
            self.errors.push(SyntaxError::new(span, message).hint(hint).survived());
        }
        // A body that is read as a script is not read a second time for its expansions: nested ones would
        // double the work at each level.
        let parts = if pending.script {
            Vec::new()
        } else if pending.quoted {
            vec![Part { kind: PartKind::Text(body.clone()), quoted: true, span: body.span() }]
        } else if self.enter() {
            let parts = self.parts_in(&body);
            self.leave();
            parts
        } else {
            Vec::new()
        };
        let script = pending.script.then(|| self.nested(&body));
        self.heredocs.push(Heredoc { body, parts, script });
    }
}
