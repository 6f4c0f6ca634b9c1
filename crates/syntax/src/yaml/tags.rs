//! Tags and the `%TAG` handles that abbreviate them, and node properties as a whole.

use super::cursor::{Parser, Read, is_flow_indicator, is_gap, span};
use super::mistakes;
use crate::tree::NodeId;
use crate::{Kind, scalar};

const CORE: &str = "tag:yaml.org,2002:";

/// What a tag means for the node that bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A string: `!!str`, `!!binary`, `!`, and all tags of applications (`!Ref`).
    Text,
    /// Another scalar type of the core schema.
    Scalar(Kind),
    /// A collection (`!!map`, `!!set`, `!!seq`, `!!omap`), or a merge key: changes nothing.
    Neutral,
}

/// Anchor and tag in front of a node.
#[derive(Clone, Copy, Default)]
pub(super) struct Props<'s> {
    pub(super) anchor: Option<&'s str>,
    pub(super) tag: Option<Tag>,
}

impl Props<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.anchor.is_none() && self.tag.is_none()
    }
}

/// Handles that a document's `%TAG` directives define.
#[derive(Default)]
pub(super) struct Handles<'s>(Vec<(&'s str, &'s str)>);

impl<'s> Handles<'s> {
    /// Forgets all: a new document.
    pub(super) fn reset(&mut self) {
        self.0.clear();
    }

    /// Defines one; false if it is defined already.
    pub(super) fn define(&mut self, handle: &'s str, prefix: &'s str) -> bool {
        // A handful is all anyone needs; more than that is an attempt to make lookups slow.
        let fresh = self.0.len() < 64 && self.0.iter().all(|(h, _)| *h != handle);
        if fresh {
            self.0.push((handle, prefix));
        }
        fresh
    }

    fn prefix(&self, handle: &str) -> Option<&'s str> {
        let own = self.0.iter().find(|(h, _)| *h == handle).map(|(_, prefix)| *prefix);
        own.or(match handle {
            "!" => Some("!"),
            "!!" => Some(CORE),
            _ => None,
        })
    }
}

impl<'s> Parser<'s> {
    /// Reads the anchor and tag at `pos`, as far as they stand on this line. `pos` comes to stand on the
    /// white space after the last of them.
    pub(super) fn properties(&mut self, props: &mut Props<'s>, flow: bool) -> Read<()> {
        loop {
            let start = self.pos;
            if self.here() == b'&' {
                let name = self.anchor_name()?;
                if props.anchor.replace(name).is_some() {
                    return Err(mistakes::second_property(span(start, self.pos), "anchor"));
                }
            } else {
                let tag = self.tag(flow)?;
                if props.tag.replace(tag).is_some() {
                    return Err(mistakes::second_property(span(start, self.pos), "tag"));
                }
            }
            self.last = self.pos;
            self.fresh = false;
            self.tab = None;
            let separated = is_gap(self.here());
            if !(separated || (flow && is_flow_indicator(self.here()))) {
                return Err(mistakes::glued_property(self));
            }
            self.skip_blanks();
            if !matches!(self.here(), b'&' | b'!') {
                return Ok(());
            }
        }
    }

    fn tag(&mut self, flow: bool) -> Read<Tag> {
        let start = self.pos;
        if self.at(start + 1) == b'<' {
            let end = self.eol(start);
            let close = self.src.get(start..end).and_then(|line| memchr::memchr(b'>', line));
            let Some(close) = close else {
                return Err(mistakes::bad_tag(span(start, end), "a verbatim tag must end with `>`"));
            };
            self.pos = start + close + 1;
            return Ok(meaning("", self.slice(start + 2, start + close)));
        }
        let mut end = start + 1;
        while !(is_gap(self.at(end)) || (flow && is_flow_indicator(self.at(end)))) {
            end += 1;
        }
        self.pos = end;
        let whole = self.slice(start, end);
        let body = whole.get(1..).unwrap_or("");
        let (handle, suffix) = match body.find('!') {
            Some(i) => whole.split_at(i + 2),
            None => whole.split_at(1),
        };
        if body.is_empty() {
            return Ok(Tag::Text);
        }
        if suffix.is_empty() {
            return Err(mistakes::bad_tag(span(start, end), "a name must follow the tag's handle"));
        }
        match self.handles.prefix(handle) {
            Some(prefix) => Ok(meaning(prefix, suffix)),
            None => Err(mistakes::unknown_handle(span(start, end), handle)),
        }
    }

    /// Applies a tag from a line above to a node that is read already.
    pub(super) fn retag(&mut self, id: NodeId, tag: Tag) {
        let (kind, at) = self.build.peek(id);
        if tag != Tag::Neutral && !matches!(kind, Kind::Map | Kind::Seq) {
            let text = self.build.text(id).to_owned();
            let kind = self.tagged_kind(tag, &text, true, at);
            self.build.retag(id, kind);
        }
    }

    /// Kind of a scalar with this tag. A text that is not of the tagged type is reported and stays a string.
    pub(super) fn tagged_kind(&mut self, tag: Tag, text: &str, plain: bool, at: model::Span) -> Kind {
        let resolved = || if plain { scalar::resolve(text) } else { Kind::Str };
        match tag {
            Tag::Text => Kind::Str,
            Tag::Neutral => resolved(),
            Tag::Scalar(kind) => {
                let is = scalar::resolve(text);
                let fits = is == kind || (kind == Kind::Float && is == Kind::Int);
                if fits {
                    return kind;
                }
                self.build.error(mistakes::wrong_tag(at, kind, text));
                Kind::Str
            }
        }
    }
}

fn meaning(prefix: &str, suffix: &str) -> Tag {
    let core = if prefix.is_empty() {
        suffix.strip_prefix(CORE)
    } else if prefix == CORE {
        Some(suffix)
    } else {
        // A prefix may end anywhere inside the tag's name.
        return if CORE.starts_with(prefix) && prefix != "!" {
            meaning("", &format!("{prefix}{suffix}"))
        } else {
            Tag::Text
        };
    };
    match core {
        Some("int") => Tag::Scalar(Kind::Int),
        Some("float") => Tag::Scalar(Kind::Float),
        Some("bool") => Tag::Scalar(Kind::Bool),
        Some("null") => Tag::Scalar(Kind::Null),
        Some("map" | "seq" | "set" | "omap" | "pairs" | "merge") => Tag::Neutral,
        _ => Tag::Text,
    }
}
