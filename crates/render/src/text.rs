//! Strings that know where each of their bytes came from.

use crate::origin::{NO_OFFSET, OriginId, Origins, Run};
use std::borrow::Cow;
use std::rc::Rc;

/// A string as Go has them: any bytes, mostly UTF-8. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Text {
    bytes: Rc<Vec<u8>>,
    runs: Runs,
}

#[derive(Clone, Debug)]
enum Runs {
    One(OriginId, u32),
    Many(Rc<Vec<Run>>),
}

impl Default for Text {
    fn default() -> Self {
        Self::plain("")
    }
}

impl Text {
    /// All of it from one origin; bytes that correspond one to one to it begin at `offset`.
    pub fn new(bytes: impl Into<Vec<u8>>, origin: OriginId, offset: u32) -> Self {
        Self { bytes: Rc::new(bytes.into()), runs: Runs::One(origin, offset) }
    }

    /// A constant.
    pub fn plain(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(bytes, OriginId::NONE, NO_OFFSET)
    }

    /// Bytes with their runs, ascending from 0.
    pub fn of_runs(bytes: impl Into<Vec<u8>>, runs: Vec<Run>) -> Self {
        Self { bytes: Rc::new(bytes.into()), runs: Runs::Many(Rc::new(runs)) }
    }

    /// Computed: no byte corresponds to one of the origin.
    pub fn derived(bytes: impl Into<Vec<u8>>, origin: OriginId) -> Self {
        Self::new(bytes, origin, NO_OFFSET)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text; bytes that are no UTF-8 are replaced.
    pub fn str(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// True if there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Where the bytes came from, ascending; the first run begins at 0.
    pub fn runs(&self) -> Cow<'_, [Run]> {
        match &self.runs {
            Runs::One(origin, offset) => Cow::Owned(vec![Run { at: 0, origin: *origin, offset: *offset }]),
            Runs::Many(runs) => Cow::Borrowed(runs),
        }
    }

    /// The origin of the whole: its only one, or one derived from all.
    pub fn origin(&self, origins: &mut Origins) -> OriginId {
        match &self.runs {
            Runs::One(origin, _) => *origin,
            Runs::Many(runs) => origins.derive(runs.iter().map(|run| run.origin)),
        }
    }

    /// Bytes `[start, end)`, with their origins. Bounds past the end are cut.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Self {
        if start == 0 && end >= self.len() {
            return self.clone();
        }
        let mut part = TextBuf::default();
        part.push_slice(self, start, end);
        part.finish()
    }

    /// The same bytes, every origin replaced.
    #[must_use]
    pub fn map_origins(&self, mut change: impl FnMut(OriginId) -> OriginId) -> Self {
        let runs = match &self.runs {
            Runs::One(origin, offset) => Runs::One(change(*origin), *offset),
            Runs::Many(runs) => Runs::Many(Rc::new(
                runs.iter().map(|run| Run { origin: change(run.origin), ..*run }).collect(),
            )),
        };
        Self { bytes: self.bytes.clone(), runs }
    }
}

/// Builds a [`Text`] piece by piece.
#[derive(Clone, Debug, Default)]
pub struct TextBuf {
    bytes: Vec<u8>,
    runs: Vec<Run>,
}

impl TextBuf {
    /// Length so far, in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// True if nothing was pushed.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What was pushed.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn mark(&mut self, origin: OriginId, offset: u32) {
        let at = self.bytes.len() as u32;
        if let Some(last) = self.runs.last_mut() {
            let goes_on = last.offset == NO_OFFSET && offset == NO_OFFSET
                || last.offset != NO_OFFSET && offset != NO_OFFSET && last.offset + (at - last.at) == offset;
            if last.origin == origin && goes_on {
                return;
            }
            if last.at == at {
                *last = Run { at, origin, offset };
                return;
            }
        }
        self.runs.push(Run { at, origin, offset });
    }

    /// Appends bytes from an origin; see [`Run::offset`].
    pub fn push(&mut self, bytes: &[u8], origin: OriginId, offset: u32) {
        if !bytes.is_empty() {
            self.mark(origin, offset);
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Appends a constant, which counts as part of what stands before it (a separator, a quote, blanks).
    pub fn push_beside(&mut self, bytes: &[u8]) {
        let origin = self.runs.last().map_or(OriginId::NONE, |run| run.origin);
        self.push(bytes, origin, NO_OFFSET);
    }

    /// Appends a text.
    pub fn push_text(&mut self, text: &Text) {
        self.push_slice(text, 0, text.len());
    }

    /// Appends bytes `[start, end)` of a text; bounds past the end are cut.
    pub fn push_slice(&mut self, text: &Text, start: usize, end: usize) {
        let end = end.min(text.len());
        if start >= end {
            return;
        }
        match &text.runs {
            Runs::One(origin, offset) => {
                let offset = if *offset == NO_OFFSET { NO_OFFSET } else { offset + start as u32 };
                self.push(text.bytes.get(start..end).unwrap_or_default(), *origin, offset);
            }
            Runs::Many(runs) => {
                let first = runs.partition_point(|run| run.at as usize <= start).saturating_sub(1);
                let mut at = start;
                for (index, run) in runs.iter().enumerate().skip(first) {
                    if at >= end {
                        break;
                    }
                    let stop = runs.get(index + 1).map_or(end, |next| (next.at as usize).min(end));
                    let offset = match run.offset {
                        NO_OFFSET => NO_OFFSET,
                        offset => offset + (at as u32 - run.at),
                    };
                    self.push(text.bytes.get(at..stop).unwrap_or_default(), run.origin, offset);
                    at = stop;
                }
            }
        }
    }

    /// Cuts down to a length.
    pub fn truncate(&mut self, length: usize) {
        self.bytes.truncate(length);
        let keep = self.runs.partition_point(|run| (run.at as usize) < length);
        self.runs.truncate(keep);
    }

    /// Done: the text.
    pub fn finish(self) -> Text {
        let runs = match self.runs.as_slice() {
            [] => Runs::One(OriginId::NONE, NO_OFFSET),
            [run] => Runs::One(run.origin, run.offset),
            _ => Runs::Many(Rc::new(self.runs)),
        };
        Text { bytes: Rc::new(self.bytes), runs }
    }

    /// Done: bytes and runs, for a text that outlives its rendering.
    pub fn into_parts(self) -> (Vec<u8>, Vec<Run>) {
        (self.bytes, self.runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Origin;
    use model::Span;

    #[test]
    fn slices_keep_their_origins() {
        let mut origins = Origins::default();
        let file = origins.add_text(std::sync::Arc::new(syntax::SourceText::new("t", "abcdef")));
        let literal = origins.intern(Origin::Literal { file, frame: crate::FrameId::ROOT });
        let written = origins.written(OriginId::NONE, file, Span::new(1, 2), crate::FrameId::ROOT);
        let mut buf = TextBuf::default();
        buf.push(b"ab", literal, 0);
        buf.push(b"cd", literal, 2);
        buf.push(b"XY", written, NO_OFFSET);
        buf.push_beside(b"Z");
        let text = buf.finish();
        assert_eq!(text.runs().len(), 2);
        let part = text.slice(3, 6);
        assert_eq!(part.bytes(), b"dXY");
        assert_eq!(
            part.runs().as_ref(),
            [Run { at: 0, origin: literal, offset: 3 }, Run { at: 1, origin: written, offset: NO_OFFSET }]
        );
    }
}
