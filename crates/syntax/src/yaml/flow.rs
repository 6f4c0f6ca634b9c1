//! Flow collections (YAML 1.2.2, 7.4).

use super::cursor::{Parser, Read, is_flow_indicator, is_gap, span};
use super::mistakes;
use super::plain::Reach;
use super::tags::Props;
use crate::tree::{NodeId, Text};
use crate::{Kind, Style};

/// A node of a flow collection.
#[derive(Clone, Copy)]
struct Item {
    id: NodeId,
    /// True if a `:` may follow it directly, as in JSON.
    json: bool,
    alias: bool,
}

impl<'s> Parser<'s> {
    /// Reads the flow collection at `pos`.
    pub(super) fn flow_collection(&mut self) -> Read<NodeId> {
        let open = self.pos;
        let is_map = self.here() == b'{';
        let close = if is_map { b'}' } else { b']' };
        if is_map && self.at(open + 1) == b'{' {
            return Err(mistakes::template(self, open));
        }
        self.enter()?;
        self.step();
        let mark = self.build.mark();
        loop {
            self.flow_skip(open)?;
            match self.here() {
                byte if byte == close => break,
                b',' => return Err(mistakes::stray_comma(self, open)),
                b']' | b'}' => return Err(mistakes::mismatched(self, open)),
                _ => {}
            }
            if is_map {
                self.flow_entry(open)?;
            } else {
                self.flow_item(open)?;
            }
            self.flow_skip(open)?;
            match self.here() {
                b',' => self.step(),
                byte if byte == close => break,
                b']' | b'}' => return Err(mistakes::mismatched(self, open)),
                _ => return Err(mistakes::no_comma(self, open)),
            }
        }
        self.step();
        self.last = self.pos;
        self.leave();
        self.anchors.written += 1;
        let at = span(open, self.pos);
        if is_map {
            Ok(self.close_map(mark, Style::Flow, at))
        } else {
            Ok(self.build.close_seq(mark, Style::Flow, at))
        }
    }

    /// Moves over a one-byte token.
    fn step(&mut self) {
        self.pos += 1;
        self.fresh = false;
        self.tab = None;
    }

    fn flow_skip(&mut self, open: usize) -> Read<()> {
        self.skip();
        if self.end { Err(mistakes::open_flow(self, open)) } else { Ok(()) }
    }

    fn is_flow_colon(&self, json: bool) -> bool {
        let next = self.at(self.pos + 1);
        self.here() == b':' && (json || is_gap(next) || is_flow_indicator(next))
    }

    fn null_at(&mut self, at: usize) -> NodeId {
        let place = span(at, at);
        self.scalar(Kind::Null, Style::Plain, place, Text::Source(place))
    }

    fn pend_item(&mut self, item: Item) {
        if item.alias {
            self.build.pend_alias(item.id);
        } else {
            self.build.pend(item.id);
        }
    }

    /// Reads and pends an item of a sequence, which may be a mapping of one pair.
    fn flow_item(&mut self, open: usize) -> Read<()> {
        let mark = self.build.mark();
        let start = self.pos;
        let explicit = self.here() == b'?' && is_gap(self.at(start + 1));
        if !explicit && !self.is_flow_colon(false) {
            let item = self.flow_node(open)?;
            self.flow_skip(open)?;
            if !self.is_flow_colon(item.json) {
                self.pend_item(item);
                return Ok(());
            }
            self.enter()?;
            self.pend_item(item);
            self.flow_value(open)?;
        } else {
            self.enter()?;
            self.flow_entry(open)?;
        }
        self.leave();
        self.anchors.written += 1;
        let at = span(start, self.last);
        let id = self.close_map(mark, Style::Flow, at);
        self.build.pend(id);
        Ok(())
    }

    /// Reads and pends a key and its value.
    fn flow_entry(&mut self, open: usize) -> Read<()> {
        if self.here() == b'?' && is_gap(self.at(self.pos + 1)) {
            self.step();
            self.last = self.pos;
            self.flow_skip(open)?;
        }
        let json = if self.is_flow_colon(false) || matches!(self.here(), b',' | b'}' | b']') {
            let id = self.null_at(self.pos);
            self.build.pend(id);
            false
        } else {
            let key = self.flow_node(open)?;
            self.pend_item(key);
            key.json
        };
        let key_end = self.last;
        self.flow_skip(open)?;
        if self.is_flow_colon(json) {
            return self.flow_value(open);
        }
        let id = self.null_at(key_end);
        self.build.pend(id);
        Ok(())
    }

    /// Reads and pends what follows the `:` at `pos`.
    fn flow_value(&mut self, open: usize) -> Read<()> {
        self.step();
        let at = self.pos;
        self.last = at;
        self.flow_skip(open)?;
        if matches!(self.here(), b',' | b'}' | b']') {
            let id = self.null_at(at);
            self.build.pend(id);
        } else {
            let value = self.flow_node(open)?;
            self.pend_item(value);
        }
        Ok(())
    }

    fn flow_node(&mut self, open: usize) -> Read<Item> {
        let mut props = Props::default();
        while matches!(self.here(), b'&' | b'!') {
            self.properties(&mut props, true)?;
            self.flow_skip(open)?;
        }
        let anchor = self.open_anchor(props.anchor);
        let mut json = false;
        let mut alias = false;
        let id = match self.here() {
            b'[' | b'{' => {
                json = true;
                self.flow_collection()?
            }
            b'"' | b'\'' => {
                json = true;
                self.quoted(props.tag)?
            }
            b'*' => {
                if !props.is_empty() {
                    return Err(mistakes::property_on_alias(self));
                }
                alias = true;
                self.alias()?.0
            }
            b',' | b']' | b'}' => self.empty(props, self.last),
            _ if self.is_flow_colon(false) => self.empty(props, self.last),
            _ if self.plain_can_start(true) => self.plain(Reach::Flow, props.tag)?,
            _ => return Err(mistakes::cannot_start(self, true)),
        };
        self.close_anchor(anchor, id);
        Ok(Item { id, json, alias })
    }

    /// Makes the node that stands where none is written.
    pub(super) fn empty(&mut self, props: Props<'s>, at: usize) -> NodeId {
        let place = span(at, at);
        let kind = match props.tag {
            None => Kind::Null,
            Some(tag) => self.tagged_kind(tag, "", true, place),
        };
        self.scalar(kind, Style::Plain, place, Text::Source(place))
    }
}
