//! What went wrong, and where, in the words of Go and Helm.

use super::{Activation, Machine, Place, Return, Trouble};
use crate::template::builtin::MARKS;
use crate::template::code::{NodeIx, Op};
use crate::template::shown::shown;
use crate::template::{Fault, quote};
use model::Span;

/// Once an error is longer than this, what is around it adds no more to it: templates that call themselves
/// would make it grow without bound.
const LONGEST: usize = 256 << 10;

impl Machine<'_> {
    /// The error that leaves the outermost template.
    pub(super) fn fault(&self, trouble: Trouble) -> Fault {
        let mut message = self.located(&self.current, trouble.node, &trouble.message);
        let mut place = Self::place(&self.current, trouble.node);
        let mut outermost = (&self.current, trouble.node);
        let mut inner = &self.current;
        for caller in self.callers.iter().rev() {
            let (text, node) = match &inner.returns {
                Return::Top => break,
                // Go's error passes through a `template` action as it is.
                Return::Template => {
                    place = place.or_else(|| Self::place(caller, None));
                    inner = caller;
                    continue;
                }
                Return::Include { node, .. } => (format!("error calling include: {message}"), *node),
                Return::Tpl { node } => {
                    let source = quote(inner.parsed.source.text());
                    let text = "error calling tpl: error during tpl function execution for";
                    (format!("{text} {source}: {message}"), *node)
                }
            };
            if message.len() < LONGEST {
                message = self.located(caller, Some(node), &text);
            }
            place = place.or_else(|| Self::place(caller, Some(node)));
            outermost = (caller, Some(node));
            inner = caller;
        }
        if let Some(words) = between_marks(&message) {
            let (activation, node) = outermost;
            message = format!("execution error at ({}): {words}", Self::location(activation, node));
        }
        let (source, span) = match place {
            Some((activation, span)) => (Some(activation.parsed.source.clone()), span),
            None => (None, Span::default()),
        };
        Fault { message, source, span }
    }

    /// The part of a file to blame; `None` inside of a string given to `tpl`.
    fn place(activation: &Activation, node: Option<NodeIx>) -> Option<(&Activation, Span)> {
        let Place::File(_) = activation.place else { return None };
        let span = match node.and_then(|node| activation.parsed.unit.nodes.get(node as usize)) {
            Some(node) => node.span,
            None => nearby(activation),
        };
        Some((activation, span))
    }

    /// `NAME:LINE:COLUMN`, both as Go counts them: the column in bytes, from 0.
    fn location(activation: &Activation, node: Option<NodeIx>) -> String {
        let name = &activation.parsed.name;
        let source = &activation.parsed.source;
        let at = match node.and_then(|node| activation.parsed.unit.nodes.get(node as usize)) {
            Some(node) => node.at,
            None => nearby(activation).start,
        };
        let line = source.line_of(at);
        let column = at.saturating_sub(source.line_span(line).start);
        format!("{name}:{line}:{column}")
    }

    fn located(&self, activation: &Activation, node: Option<NodeIx>, message: &str) -> String {
        let template = self.code_of(activation).map_or("", |code| &*code.name);
        let text = activation.parsed.source.text();
        let context = match node.and_then(|node| activation.parsed.unit.nodes.get(node as usize)) {
            Some(node) => shown(text, node.span, node.braces),
            None => String::new(),
        };
        let location = Self::location(activation, node);
        format!("template: {location}: executing {} at <{context}>: {message}", quote(template))
    }
}

/// The action that is being executed, or one before it.
fn nearby(activation: &Activation) -> Span {
    let Some(code) = activation.parsed.unit.codes.get(activation.index) else { return Span::default() };
    let unit = &activation.parsed.unit;
    let before = code.ops.iter().take(activation.next).rev();
    let mut spans = before.filter_map(|op| match op {
        Op::Write(span) | Op::Text(span) => Some(*span),
        Op::Template { action, .. } => Some(*action),
        Op::Call(index) => unit.calls.get(*index as usize).map(|call| call.action),
        Op::Branch(index) => unit.branches.get(*index as usize).map(|branch| branch.action),
        Op::Range(index) => unit.loops.get(*index as usize).map(|entry| entry.branch.action),
        _ => None,
    });
    spans.next().unwrap_or(code.span)
}

/// The words of `fail` or `required`, if it was one of those.
fn between_marks(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once(MARKS.0)?;
    rest.rsplit_once(MARKS.1).map(|(words, _)| words)
}
