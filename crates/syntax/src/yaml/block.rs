//! Block collections and the nodes in them (YAML 1.2.2, 8.2).

use super::cursor::{Parser, Read, is_gap, span};
use super::mistakes;
use super::plain::Reach;
use super::tags::Props;
use crate::tree::NodeId;
use crate::{Style, SyntaxError};
use model::Span;

/// Where a block node may stand.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Column in which it must begin at least.
    pub(super) min: usize,
    /// True if a collection may begin on the line that `pos` stands on (after `- `, `? `, `: `).
    pub(super) compact: bool,
    /// True if a sequence may begin one column left of `min` (the value of a key).
    pub(super) dedented_seq: bool,
}

/// A node and whether an alias stands for it.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) id: NodeId,
    pub(super) alias: bool,
}

impl From<NodeId> for Found {
    fn from(id: NodeId) -> Self {
        Self { id, alias: false }
    }
}

impl<'s> Parser<'s> {
    fn pend(&mut self, found: Found) {
        if found.alias {
            self.build.pend_alias(found.id);
        } else {
            self.build.pend(found.id);
        }
    }

    /// True if the indicator at `pos` is followed by white space.
    #[inline]
    fn is_indicator(&self, byte: u8) -> bool {
        self.here() == byte && is_gap(self.at(self.pos + 1))
    }

    fn has_content(&self, place: Place) -> bool {
        if self.end {
            return false;
        }
        let col = self.col();
        col >= place.min
            || (place.dedented_seq && self.fresh && col + 1 == place.min && self.is_indicator(b'-'))
    }

    /// Reads the node after an indicator at `pos`, or a null right there if none follows.
    pub(super) fn block_node(&mut self, place: Place) -> Read<Found> {
        let at = self.pos;
        self.skip();
        if self.has_content(place) {
            self.block_content(place, Props::default())
        } else {
            self.last = at;
            Ok(self.empty(Props::default(), at).into())
        }
    }

    /// Reads the node whose first byte `pos` stands on. `outer` are properties from lines above.
    pub(super) fn block_content(&mut self, place: Place, outer: Props<'s>) -> Read<Found> {
        let free = self.fresh || place.compact;
        if self.fresh
            && let Some(tab) = self.tab
        {
            return Err(mistakes::tab(self, tab));
        }
        let tab = self.tab;
        let start = self.pos;
        let column = self.col();
        let line = self.line;
        let mut inner = Props::default();
        if matches!(self.here(), b'&' | b'!') {
            self.properties(&mut inner, false)?;
            if matches!(self.here(), b'\n' | b'\r' | 0 | b'#') {
                return self.below_properties(place, outer, inner, start);
            }
        }
        let bare = inner.is_empty();
        match self.here() {
            b'-' if is_gap(self.at(self.pos + 1)) => {
                if !free || !bare {
                    return Err(mistakes::seq_not_here(self, bare));
                }
                return self.block_seq(column, tab, outer).map(Found::from);
            }
            b'?' if is_gap(self.at(self.pos + 1)) => {
                if !free || !bare {
                    return Err(mistakes::cannot_start(self, false));
                }
                return self.block_map(column, start, tab, outer, None).map(Found::from);
            }
            b'|' | b'>' => {
                let props = join(outer, inner, span(start, self.pos))?;
                let anchor = self.open_anchor(props.anchor);
                let id = self.block_scalar(place.min, props.tag)?;
                self.close_anchor(anchor, id);
                return Ok(id.into());
            }
            _ => {}
        }
        // What follows is a key, or a node without one. Properties of this line belong to it in either
        // case; those of lines above belong to the mapping, if it is a key.
        let token = self.pos;
        let outer_anchor = self.open_anchor(outer.anchor);
        let inner_anchor = self.open_anchor(inner.anchor);
        let found = match self.here() {
            b'*' => {
                if !bare {
                    return Err(mistakes::property_on_alias(self));
                }
                Found { id: self.alias()?.0, alias: true }
            }
            b'"' | b'\'' => self.quoted(inner.tag)?.into(),
            b'[' | b'{' => self.flow_collection()?.into(),
            b':' if is_gap(self.at(self.pos + 1)) && free => self.empty(inner, self.pos).into(),
            _ if self.plain_can_start(false) => {
                // `pos` is now on the colon of a key, or already past the line.
                self.plain(Reach::Column(place.min), inner.tag)?.into()
            }
            _ => return Err(mistakes::cannot_start(self, false)),
        };
        if self.line == line {
            self.skip_blanks();
            if self.is_indicator(b':') {
                if !free {
                    return Err(mistakes::second_value(self, span(token, self.last), line));
                }
                self.close_anchor(inner_anchor, found.id);
                // The mapping is what the outer anchor stands for, and its key is part of it.
                let id = self.block_map(column, token, tab, Props::default(), Some(found))?;
                self.close_anchor(outer_anchor, id);
                return Ok(id.into());
            }
        }
        if (found.alias && !outer.is_empty())
            || (outer.anchor.is_some() && inner.anchor.is_some())
            || (outer.tag.is_some() && inner.tag.is_some())
        {
            return Err(mistakes::second_property(span(start, token.max(start + 1)), "anchor or tag"));
        }
        if let Some(tag) = outer.tag {
            self.retag(found.id, tag);
        }
        self.close_anchor(inner_anchor, found.id);
        self.close_anchor(outer_anchor, found.id);
        Ok(found)
    }

    /// Goes on after properties that end their line.
    fn below_properties(
        &mut self,
        place: Place,
        outer: Props<'s>,
        inner: Props<'s>,
        start: usize,
    ) -> Read<Found> {
        let at = self.last;
        let props = join(outer, inner, span(start, at))?;
        self.skip();
        if self.has_content(place) {
            return self.block_content(Place { compact: false, ..place }, props);
        }
        let anchor = self.open_anchor(props.anchor);
        let id = self.empty(props, at);
        self.close_anchor(anchor, id);
        Ok(id.into())
    }

    /// Moves to the token after a node; nothing else may stand on the node's line.
    fn after_node(&mut self) -> Read<()> {
        self.skip();
        if self.end || self.fresh { Ok(()) } else { Err(mistakes::trailing(self)) }
    }

    /// True if the collection in column `column` goes on at `pos`.
    fn goes_on(&mut self, column: usize) -> Read<bool> {
        self.after_node()?;
        if self.end {
            return Ok(false);
        }
        if let Some(tab) = self.tab {
            return Err(mistakes::tab(self, tab));
        }
        let here = self.col();
        if here > column {
            return Err(mistakes::misplaced(self, column));
        }
        self.closed_column = column;
        Ok(here == column)
    }

    /// Reads the sequence whose first `-` stands at `pos`.
    fn block_seq(&mut self, column: usize, tab: Option<usize>, props: Props<'s>) -> Read<NodeId> {
        if let Some(tab) = tab {
            return Err(mistakes::tab(self, tab));
        }
        let anchor = self.open_anchor(props.anchor);
        self.enter()?;
        let start = self.pos;
        let mark = self.build.mark();
        loop {
            self.pos += 1;
            self.last = self.pos;
            self.fresh = false;
            self.tab = None;
            let item = self.block_node(Place { min: column + 1, compact: true, dedented_seq: false })?;
            self.pend(item);
            if !self.goes_on(column)? || !self.is_indicator(b'-') {
                break;
            }
        }
        self.leave();
        self.anchors.written += 1;
        let id = self.build.close_seq(mark, Style::Block, span(start, self.last));
        self.close_anchor(anchor, id);
        Ok(id)
    }

    /// Reads a mapping whose keys stand in `column`. Its first key is read already and `pos` stands on the
    /// `:` after it, or it is `None` and `pos` stands on a `?`.
    fn block_map(
        &mut self,
        column: usize,
        start: usize,
        tab: Option<usize>,
        props: Props<'s>,
        first: Option<Found>,
    ) -> Read<NodeId> {
        if let Some(tab) = tab {
            return Err(mistakes::tab(self, tab));
        }
        let anchor = self.open_anchor(props.anchor);
        self.enter()?;
        let mark = self.build.mark();
        let value = Place { min: column + 1, compact: false, dedented_seq: true };
        let mut key = first;
        loop {
            if let Some(key) = key {
                self.pend(key);
                self.pos += 1;
                self.last = self.pos;
                self.fresh = false;
                self.tab = None;
                let found = self.block_node(value)?;
                self.pend(found);
            } else {
                self.explicit_entry(column)?;
            }
            if !self.goes_on(column)? {
                break;
            }
            if self.is_indicator(b'-') {
                return Err(mistakes::item_among_keys(self));
            }
            key = if self.is_indicator(b'?') { None } else { Some(self.block_key()?) };
        }
        self.leave();
        self.anchors.written += 1;
        let id = self.close_map(mark, Style::Block, span(start, self.last));
        self.close_anchor(anchor, id);
        Ok(id)
    }

    /// Reads and pends `? key` and, if it follows, `: value`.
    fn explicit_entry(&mut self, column: usize) -> Read<()> {
        let place = Place { min: column + 1, compact: true, dedented_seq: true };
        self.pos += 1;
        self.last = self.pos;
        self.fresh = false;
        self.tab = None;
        let key = self.block_node(place)?;
        self.pend(key);
        let key_end = self.last;
        self.after_node()?;
        let value = if !self.end && self.col() == column && self.is_indicator(b':') {
            self.pos += 1;
            self.last = self.pos;
            self.fresh = false;
            self.tab = None;
            self.block_node(place)?
        } else {
            self.empty(Props::default(), key_end).into()
        };
        self.pend(value);
        Ok(())
    }

    /// Reads the key at `pos`, which comes to stand on the `:` after it.
    fn block_key(&mut self) -> Read<Found> {
        let start = self.pos;
        let line = self.line;
        let mut props = Props::default();
        if matches!(self.here(), b'&' | b'!') {
            self.properties(&mut props, false)?;
        }
        let anchor = self.open_anchor(props.anchor);
        let found = match self.here() {
            b'"' | b'\'' => self.quoted(props.tag)?.into(),
            b'[' | b'{' => self.flow_collection()?.into(),
            b'*' if props.is_empty() => Found { id: self.alias()?.0, alias: true },
            b':' if is_gap(self.at(self.pos + 1)) => self.empty(props, self.pos).into(),
            _ if self.plain_can_start(false) => self.plain(Reach::Line, props.tag)?.into(),
            _ => return Err(mistakes::cannot_start(self, false)),
        };
        self.close_anchor(anchor, found.id);
        self.skip_blanks();
        if self.line != line {
            return Err(mistakes::key_over_lines(span(start, self.last)));
        }
        if !self.is_indicator(b':') {
            return Err(mistakes::no_colon(self, start));
        }
        Ok(found)
    }

    /// Closes a mapping and reports what its keys turned out to be.
    pub(super) fn close_map(&mut self, mark: usize, style: Style, at: Span) -> NodeId {
        let (id, report) = self.build.close_map(mark, style, at, true);
        for (again, first) in &report.duplicates {
            let error = mistakes::duplicate_key(self, *again, *first);
            self.build.error(error);
        }
        for key in &report.bad_merges {
            self.build.error(mistakes::bad_merge(*key));
        }
        if report.too_large {
            let message = "merge keys (`<<`) copy more entries than Holdfast follows";
            let key = Span::new(at.start, at.start + 1);
            self.over_limit = Some(Box::new(SyntaxError::new(key, message).limit()));
        }
        id
    }
}

/// The properties of a node that has some on lines above it and some on its own.
fn join<'s>(outer: Props<'s>, inner: Props<'s>, at: Span) -> Read<Props<'s>> {
    if (outer.anchor.is_some() && inner.anchor.is_some()) || (outer.tag.is_some() && inner.tag.is_some()) {
        return Err(mistakes::second_property(at, "anchor or tag"));
    }
    Ok(Props { anchor: outer.anchor.or(inner.anchor), tag: outer.tag.or(inner.tag) })
}
