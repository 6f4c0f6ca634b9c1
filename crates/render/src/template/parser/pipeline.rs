//! Pipelines: declarations, and commands that hand their values on.

use super::{Parse, Parser, Slot};
use crate::template::code::Op;
use crate::template::lexer::{Item, Kind};
use std::sync::Arc;

/// What a pipeline was.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    /// True if it sets variables.
    pub declared: bool,
    /// Places of the variables.
    pub slots: Vec<u32>,
}

/// Variables that a pipeline sets.
#[derive(Default)]
struct Targets {
    names: Vec<Arc<str>>,
    assigns: bool,
}

impl Parser<'_> {
    /// A pipeline up to `end`, which is read too. Its value is on the stack then.
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parse<Pipeline> {
        self.deeper()?;
        let first = self.peek_word();
        let node = self.node(first.span, first.span.start);
        self.body.at = node;
        let targets = self.targets(context)?;
        // A variable is in scope in its own pipeline, where an outer one of its name still has its place.
        let before = self.body.variables.len();
        if !targets.assigns {
            for name in &targets.names {
                let slot = self.variable(name).unwrap_or(Slot::Undeclared);
                self.body.variables.push((name.clone(), slot));
            }
        }
        let mut stage = 0;
        let mut last = first.span;
        loop {
            let item = self.read_word();
            match item.kind {
                kind if kind == end => {
                    if stage == 0 {
                        return Err(self.fail(format!("missing value for {context}")));
                    }
                    if kind == Kind::Right {
                        self.closed = item.span.end;
                    }
                    break;
                }
                Kind::Bool
                | Kind::Rune
                | Kind::Complex
                | Kind::Dot
                | Kind::Field
                | Kind::Identifier
                | Kind::Number
                | Kind::Nil
                | Kind::Raw
                | Kind::Str
                | Kind::Variable
                | Kind::Open => {
                    self.put_back(item);
                    if stage > 0 {
                        self.unbox();
                    }
                    stage += 1;
                    let command = self.command(stage)?;
                    last = command.span;
                    if let Some(error) = command.not_executable {
                        // Go looks at the stages once all of them are read; the error is the same.
                        return self.finish_bad_pipeline(context, end, error);
                    }
                }
                _ => return Err(self.unexpected(item, context)),
            }
        }
        if let Some(node) = self.unit.nodes.get_mut(node as usize) {
            node.span.end = last.end.max(node.span.end);
        }
        self.unbox();
        self.depth -= 1;
        if !targets.assigns {
            self.body.variables.drain(before..before + targets.names.len());
        }
        Ok(self.set(targets))
    }

    /// Reads on to the end of a pipeline that has an error.
    fn finish_bad_pipeline(&mut self, context: &str, end: Kind, error: String) -> Parse<Pipeline> {
        let mut stage = 2;
        loop {
            let item = self.read_word();
            if item.kind == end {
                return Err(self.fail(error));
            }
            if matches!(item.kind, Kind::Eof | Kind::Error | Kind::Keyword(_) | Kind::Right | Kind::Close) {
                return Err(self.unexpected(item, context));
            }
            self.put_back(item);
            stage += 1;
            self.command(stage)?;
        }
    }

    /// After the last instruction of a command: what it left is the value of a pipeline now.
    fn unbox(&mut self) {
        if let Some(Op::Field { .. } | Op::Variable(_) | Op::Dot) = self.body.ops.last() {
            self.emit(Op::Unbox);
        }
    }

    /// `$x :=`, `$i, $x :=`, `$x =`.
    fn targets(&mut self, context: &str) -> Parse<Targets> {
        let mut targets = Targets::default();
        loop {
            let variable = self.peek_word();
            if variable.kind != Kind::Variable {
                return Ok(targets);
            }
            let variable = self.read_word();
            let after = self.read();
            let next = if after.kind == Kind::Space { self.read_word() } else { after };
            match next.kind {
                Kind::Assign | Kind::Declare => {
                    targets.assigns = next.kind == Kind::Assign;
                    targets.names.push(Arc::from(self.text(variable)));
                    return Ok(targets);
                }
                Kind::Char if self.text(next) == "," => {
                    targets.names.push(Arc::from(self.text(variable)));
                    if context != "range" || targets.names.len() >= 2 {
                        return Err(self.fail(format!("too many declarations in {context}")));
                    }
                    let kind = self.peek_word().kind;
                    if !matches!(kind, Kind::Variable | Kind::Right | Kind::Close) {
                        return Err(self.fail("range can only initialize variables"));
                    }
                }
                _ => {
                    self.restore(variable, after, next);
                    return Ok(targets);
                }
            }
        }
    }

    /// Puts back the items after all.
    fn restore(&mut self, variable: Item, after: Item, next: Item) {
        self.put_back(next);
        if after.kind == Kind::Space {
            self.put_back(after);
        }
        self.put_back(variable);
    }

    /// The value goes to the variables, and stays.
    fn set(&mut self, targets: Targets) -> Pipeline {
        let declared = !targets.names.is_empty();
        let mut slots = Vec::new();
        for name in targets.names {
            let slot = if targets.assigns { self.variable(&name) } else { Some(self.declare(name.clone())) };
            if let Some(Slot::At(slot)) = slot {
                self.emit(Op::Keep(slot));
                slots.push(slot);
                continue;
            }
            // Once assigned, the parser takes it for declared; executing it is the error.
            self.body.variables.push((name.clone(), Slot::Undeclared));
            let at = self.body.at;
            self.emit_failure(&format!("undefined variable: {name}"), at);
            slots.push(0);
        }
        Pipeline { declared, slots }
    }

    fn declare(&mut self, name: Arc<str>) -> Slot {
        let taken = self.body.variables.iter().filter_map(|(_, slot)| match slot {
            Slot::At(slot) => Some(*slot),
            Slot::Undeclared => None,
        });
        let slot = taken.max().unwrap_or(0) + 1;
        self.body.variables.push((name, Slot::At(slot)));
        self.body.slots = self.body.slots.max(slot + 1);
        Slot::At(slot)
    }

    /// What is known of a variable: of the innermost of that name.
    pub(super) fn variable(&self, name: &str) -> Option<Slot> {
        self.body.variables.iter().rev().find(|(known, _)| &**known == name).map(|(_, slot)| *slot)
    }
}
