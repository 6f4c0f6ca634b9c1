//! Branches and loops.

use super::{Machine, Place, Step, at, computed_text};
use crate::origin::{Frame, FrameId, OriginId, Skip, Step as Why};
use crate::template::code::{Branch, Loop};
use crate::template::show;
use crate::value::{IntKind, List, ListKind, Value};
use model::Span;
use std::rc::Rc;

/// What holds again after a branch.
#[derive(Debug)]
pub(super) struct Saved {
    frame: FrameId,
    dot: Option<(Value, bool)>,
}

/// What a loop goes through.
#[derive(Debug)]
enum Items {
    List(List),
    Map(Vec<(Rc<str>, Value)>, OriginId),
    Int(i64, IntKind, OriginId),
}

/// A loop that is being executed.
#[derive(Debug)]
pub(super) struct Round {
    items: Items,
    next: usize,
    element: Option<u32>,
    index: Option<u32>,
    saved: Saved,
}

impl Machine<'_> {
    /// The frame of a branch that is taken because of a value.
    fn branch_frame(&mut self, condition: OriginId, action: Span) -> FrameId {
        let parent = self.current.frame;
        if condition == OriginId::NONE {
            return parent;
        }
        let (file, span) = match &self.current.place {
            Place::File(file) => (*file, action),
            Place::String { file: Some(file), action, .. } => (*file, *action),
            Place::String { file: None, .. } => return parent,
        };
        self.engine.context.origins.frame(Frame { step: Why::Branch { condition }, file, span, parent })
    }

    /// Notes a branch that is not taken.
    fn skip(&mut self, body: Span, condition: OriginId) {
        if let Place::File(file) = &self.current.place
            && !body.is_empty()
        {
            let frame = self.current.frame;
            self.engine.context.origins.skip(Skip { file: *file, body, condition, frame });
        }
    }

    pub(super) fn branch(&mut self, branch: &Branch) {
        let (value, _) = self.pop();
        let condition = self.origin(&value);
        self.enter(branch, value.truth(), condition, Some((value, false)));
    }

    /// Goes into a branch or past it.
    fn enter(&mut self, branch: &Branch, truth: bool, condition: OriginId, dot: Option<(Value, bool)>) {
        if truth {
            if let Some(other) = branch.other {
                self.skip(other, condition);
            }
        } else {
            self.skip(branch.body, condition);
            self.current.next = branch.otherwise as usize;
            if branch.other.is_none() {
                return;
            }
        }
        let frame = self.branch_frame(condition, branch.action);
        let mut saved = Saved { frame: std::mem::replace(&mut self.current.frame, frame), dot: None };
        if truth
            && branch.sets_dot
            && let Some((value, boxed)) = dot
        {
            let before = std::mem::replace(&mut self.current.dot, value);
            saved.dot = Some((before, std::mem::replace(&mut self.current.dot_boxed, boxed)));
        }
        self.blocks.push(saved);
    }

    pub(super) fn leave(&mut self, count: u32) {
        for _ in 0..count {
            if let Some(saved) = self.blocks.pop() {
                self.restore(saved);
            }
        }
    }

    fn restore(&mut self, saved: Saved) {
        self.current.frame = saved.frame;
        if let Some((dot, boxed)) = saved.dot {
            self.current.dot = dot;
            self.current.dot_boxed = boxed;
        }
    }

    pub(super) fn range(&mut self, entry: &Loop) -> Step<()> {
        let (value, _) = self.pop();
        let condition = self.origin(&value);
        let value = match &value {
            Value::Object(object, origin) => match object.underlying() {
                Some(inner) => inner.with_origin(*origin),
                None => value,
            },
            _ => value,
        };
        let (items, any) = match value {
            Value::List(list, _) => {
                let any = !list.items().is_empty();
                (Items::List(list), any)
            }
            Value::Map(map, origin) => {
                self.engine.context.budget.step(map.len() as u64)?;
                (Items::Map(map.snapshot(), origin), !map.is_empty())
            }
            Value::Nil(_) => (Items::List(List::new(Vec::new())), false),
            Value::Int(number, kind, _) => {
                if entry.index.is_some() {
                    let message = format!("can't use {number} to iterate over more than one variable");
                    return Err(at(entry.node)(message));
                }
                let origin = self.engine.context.origins.derive([condition]);
                (Items::Int(number, kind, origin), number > 0)
            }
            other => {
                let shown = show::text(&mut self.engine.context, &other)?;
                return Err(at(entry.node)(format!("range can't iterate over {shown}")));
            }
        };
        if !any {
            self.enter(&entry.branch, false, condition, None);
            return Ok(());
        }
        if let Some(other) = entry.branch.other {
            self.skip(other, condition);
        }
        let frame = self.branch_frame(condition, entry.branch.action);
        let saved = Saved {
            frame: std::mem::replace(&mut self.current.frame, frame),
            dot: Some((self.current.dot.clone(), self.current.dot_boxed)),
        };
        self.rounds.push(Round { items, next: 0, element: entry.element, index: entry.index, saved });
        self.next_item();
        Ok(())
    }

    /// Sets dot and variables to the next item; false if there is none.
    fn next_item(&mut self) -> bool {
        let Some(round) = self.rounds.last_mut() else { return false };
        let at = round.next;
        let (index, value, boxed) = match &round.items {
            Items::List(list) => {
                let Some(item) = list.items().get(at) else { return false };
                let index = Value::Int(i64::try_from(at).unwrap_or(i64::MAX), IntKind::Int, OriginId::NONE);
                (index, item.clone(), list.kind == ListKind::Any)
            }
            Items::Map(entries, origin) => {
                let Some((key, item)) = entries.get(at) else { return false };
                let own = item.origin(&mut self.engine.context.origins);
                let origin = if own == OriginId::NONE { *origin } else { own };
                (Value::Str(computed_text(key.as_bytes(), origin)), item.clone(), true)
            }
            Items::Int(count, kind, origin) => {
                let number = i64::try_from(at).unwrap_or(i64::MAX);
                if number >= *count {
                    return false;
                }
                (Value::NIL, Value::Int(number, *kind, *origin), false)
            }
        };
        round.next += 1;
        let (element_slot, index_slot) = (round.element, round.index);
        if let Some(slot) = element_slot {
            self.set(slot, value.clone(), boxed);
        }
        if let Some(slot) = index_slot {
            self.set(slot, index, false);
        }
        self.current.dot = value;
        self.current.dot_boxed = boxed;
        true
    }

    pub(super) fn next_round(&mut self, body: u32) {
        if self.next_item() {
            self.current.next = body as usize;
        } else {
            self.end_range();
        }
    }

    pub(super) fn end_range(&mut self) {
        if let Some(round) = self.rounds.pop() {
            self.restore(round.saved);
        }
    }
}
