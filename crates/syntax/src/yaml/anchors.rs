//! Anchors and aliases, and the bounds on what aliases expand to.

use super::cursor::{Parser, Read, is_flow_indicator, is_gap, span};
use super::{MAX_DEPTH, MAX_EXPANDED, MAX_EXPANSION_FACTOR, mistakes};
use crate::tree::NodeId;
use model::Span;
use std::collections::HashMap;

/// What an anchor's name stands for.
#[derive(Clone, Copy)]
enum Target {
    /// The node is still being read; the number tells two of the same name apart.
    Open(u64),
    /// The node, how many nodes it expands to, and how deep it is.
    Done(NodeId, u64, usize),
}

/// The anchors of one document.
#[derive(Default)]
pub(super) struct Anchors<'s> {
    targets: HashMap<&'s str, Target>,
    /// Nodes written so far.
    pub(super) written: u64,
    /// Nodes that aliases add to them.
    copied: u64,
    /// Deepest level reached since the innermost open anchor.
    pub(super) deepest: usize,
    opened: u64,
}

/// An anchor whose node is being read.
#[derive(Clone, Copy)]
pub(super) struct Opened<'s> {
    name: &'s str,
    ticket: u64,
    size_before: u64,
    deepest_before: usize,
}

impl Anchors<'_> {
    /// Forgets all: a new document.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }

    fn size(&self) -> u64 {
        self.written.saturating_add(self.copied)
    }
}

impl<'s> Parser<'s> {
    /// Says that the node read next bears this anchor.
    pub(super) fn open_anchor(&mut self, name: Option<&'s str>) -> Option<Opened<'s>> {
        let name = name?;
        let anchors = &mut self.anchors;
        anchors.opened += 1;
        let opened = Opened {
            name,
            ticket: anchors.opened,
            size_before: anchors.size(),
            deepest_before: anchors.deepest,
        };
        anchors.deepest = self.depth;
        anchors.targets.insert(name, Target::Open(opened.ticket));
        Some(opened)
    }

    /// Binds an anchor to its node, now that it is read.
    pub(super) fn close_anchor(&mut self, opened: Option<Opened<'s>>, id: NodeId) {
        let Some(opened) = opened else { return };
        let height = self.anchors.deepest.saturating_sub(self.depth);
        let size = self.anchors.size().saturating_sub(opened.size_before);
        self.anchors.deepest = self.anchors.deepest.max(opened.deepest_before);
        // Where the node holds another of the same name, that one came later and counts.
        if let Some(target) = self.anchors.targets.get_mut(opened.name)
            && matches!(target, Target::Open(ticket) if *ticket == opened.ticket)
        {
            *target = Target::Done(id, size, height);
        }
    }

    /// Reads the name after `&` or `*` at `pos`.
    pub(super) fn anchor_name(&mut self) -> Read<&'s str> {
        let start = self.pos + 1;
        let mut end = start;
        while !is_gap(self.at(end)) && !is_flow_indicator(self.at(end)) {
            end += 1;
        }
        // `*name: value` is an alias as a key.
        if self.here() == b'*' && end > start + 1 && self.at(end - 1) == b':' {
            end -= 1;
        }
        if end == start {
            return Err(mistakes::nameless_anchor(self));
        }
        self.pos = end;
        self.last = end;
        self.fresh = false;
        self.tab = None;
        Ok(self.slice(start, end))
    }

    /// Reads the alias at `pos`: the node it stands for, and where the alias stands.
    pub(super) fn alias(&mut self) -> Read<(NodeId, Span)> {
        let start = self.pos;
        let name = self.anchor_name()?;
        let at = span(start, self.pos);
        match self.anchors.targets.get(name).copied() {
            None => {
                // Looking through many names each time would cost too much.
                let few = self.anchors.targets.len() <= 1000;
                let known = self.anchors.targets.keys().copied().filter(|_| few);
                Err(mistakes::unknown_alias(at, name, known))
            }
            Some(Target::Open(_)) => Err(mistakes::recursive_alias(at, name)),
            Some(Target::Done(id, size, height)) => {
                let anchors = &mut self.anchors;
                anchors.copied = anchors.copied.saturating_add(size);
                anchors.deepest = anchors.deepest.max(self.depth + height);
                let most = MAX_EXPANDED.max(anchors.written.saturating_mul(MAX_EXPANSION_FACTOR));
                if anchors.size() > most {
                    return Err(mistakes::too_much_expansion(at));
                }
                if self.depth + height > MAX_DEPTH {
                    return Err(mistakes::too_deep(at));
                }
                Ok((id, at))
            }
        }
    }

    /// Goes down one level of collections.
    pub(super) fn enter(&mut self) -> Read<()> {
        self.depth += 1;
        self.anchors.deepest = self.anchors.deepest.max(self.depth);
        if self.depth > MAX_DEPTH {
            return Err(mistakes::too_deep(span(self.pos, self.pos + 1)));
        }
        Ok(())
    }

    /// Comes up one level again.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
