//! Branches and loops.

use super::{Ending, Open, Parse, Parser, Terminator};
use crate::template::code::{Branch, Loop, Op};
use crate::template::lexer::{Keyword, Kind};
use model::Span;

impl Parser<'_> {
    /// `if` and `with`, with all that is chained to them by `else if` and `else with`.
    pub(super) fn branch(&mut self, start: u32, keyword: Keyword) -> Parse<()> {
        let context = if keyword == Keyword::If { "if" } else { "with" };
        let scope = self.body.variables.len();
        let blocks = self.body.blocks;
        let mut start = start;
        let mut ends = Vec::new();
        // Branches whose other side is still open.
        let mut open: Vec<(usize, u32)> = Vec::new();
        let end = loop {
            self.pipeline(context, Kind::Right)?;
            let action = self.action_done(start);
            let from = self.closed;
            let index = self.unit.branches.len();
            self.unit.branches.push(Branch {
                action,
                body: Span::default(),
                other: None,
                otherwise: 0,
                sets_dot: keyword == Keyword::With,
            });
            self.emit(Op::Branch(index as u32));
            self.body.blocks += 1;
            let end = self.list()?;
            self.emit(Op::Leave(1));
            self.body.blocks -= 1;
            self.close_branch(index, from, &end, &mut ends);
            match end.kind {
                Ending::End => break end,
                Ending::ElseThen(next) if next == keyword => {
                    self.read_word();
                    open.push((index, end.start));
                    self.body.blocks += 1;
                    start = end.start;
                    self.action_calls = self.unit.calls.len();
                }
                Ending::Else | Ending::ElseThen(_) => {
                    let from = if end.kind == Ending::Else { self.closed } else { end.start };
                    open.push((index, from));
                    self.body.blocks += 1;
                    break self.else_list()?;
                }
            }
        };
        for (index, from) in open.into_iter().rev() {
            self.emit(Op::Leave(1));
            if let Some(branch) = self.unit.branches.get_mut(index) {
                branch.other = Some(Span::new(from, end.start));
            }
        }
        for jump in ends {
            self.land(jump);
        }
        self.body.blocks = blocks;
        self.body.variables.truncate(scope);
        Ok(())
    }

    /// The branch that is taken is read; the other one follows, if there is one.
    fn close_branch(&mut self, index: usize, from: u32, end: &Terminator, ends: &mut Vec<usize>) {
        if end.kind != Ending::End {
            ends.push(self.emit(Op::Jump(0)));
        }
        let here = self.here();
        if let Some(branch) = self.unit.branches.get_mut(index) {
            branch.body = Span::new(from, end.start);
            branch.otherwise = here;
            branch.other = (end.kind != Ending::End).then_some(Span::new(end.start, end.start));
        }
    }

    /// What stands after an `else`, up to the `end`.
    fn else_list(&mut self) -> Parse<Terminator> {
        let end = self.list()?;
        if end.kind == Ending::End {
            return Ok(end);
        }
        Err(self.fail(format!("expected end; found {}", end.kind.shown())))
    }

    pub(super) fn range(&mut self, start: u32) -> Parse<()> {
        let scope = self.body.variables.len();
        let pipe = self.pipeline("range", Kind::Right)?;
        let action = self.action_done(start);
        let from = self.closed;
        let (element, index) = match pipe.slots.as_slice() {
            [] => (None, None),
            [element] => (Some(*element), None),
            [index, element, ..] => (Some(*element), Some(*index)),
        };
        let branch = Branch { action, body: Span::default(), other: None, otherwise: 0, sets_dot: true };
        let number = self.unit.loops.len();
        self.unit.loops.push(Loop { branch, element, index, node: self.body.at });
        self.emit(Op::Range(number as u32));
        let body = self.here();
        let blocks = self.body.blocks;
        self.body.loops.push(Open { blocks, breaks: Vec::new(), continues: Vec::new() });
        let mut end = self.list()?;
        let Some(open) = self.body.loops.pop() else { return Ok(()) };
        for jump in open.continues {
            self.land(jump);
        }
        self.emit(Op::Next { body });
        let body = Span::new(from, end.start);
        let mut ends = open.breaks;
        let mut other = None;
        if end.kind != Ending::End {
            ends.push(self.emit(Op::Jump(0)));
            let from = if end.kind == Ending::Else { self.closed } else { end.start };
            let otherwise = self.here();
            self.body.blocks += 1;
            end = self.else_list()?;
            self.body.blocks -= 1;
            self.emit(Op::Leave(1));
            other = Some((Span::new(from, end.start), otherwise));
        }
        let here = self.here();
        if let Some(entry) = self.unit.loops.get_mut(number) {
            entry.branch.body = body;
            entry.branch.otherwise = other.map_or(here, |(_, target)| target);
            entry.branch.other = other.map(|(span, _)| span);
        }
        for jump in ends {
            self.land(jump);
        }
        self.body.variables.truncate(scope);
        Ok(())
    }
}
