//! From bytes of a rendered text back to the files a person can edit.

use crate::origin::{FileId, FrameId, NO_OFFSET, Origin, OriginId, Origins, Run, Step};
use crate::output::{frame_of, run_at, value_of};
use model::Span;

/// A place in a file that took part in a rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// Bytes of it.
    pub span: Span,
}

/// What is behind some bytes of a rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Values they were made from, in order: origins that are `Node` or `Missing`.
    pub values: Vec<OriginId>,
    /// True if they are one value, unchanged.
    pub exact: bool,
    /// Where they stand in a template: their literal text, or the action that wrote them.
    pub template: Option<Spot>,
    /// Where they stand in a base, patch or file of values, if no template wrote them.
    pub base: Option<Spot>,
    /// Where that template was included, from the inside out.
    pub includes: Vec<Spot>,
    /// True if something in them was made up while rendering: it is another one in each installation.
    pub generated: bool,
    /// Values that decided that the text is there at all, from the inside out.
    pub conditions: Vec<OriginId>,
}

/// Most values named of a computed text.
const MOST_VALUES: usize = 8;

impl Origins {
    /// Traces bytes of a text with these runs.
    pub fn trace(&self, runs: &[Run], span: Span) -> Trace {
        let mut trace = Trace::default();
        let first = runs.partition_point(|run| run.at <= span.start).saturating_sub(1);
        let end = span.end.max(span.start + 1);
        let mut frame = None;
        let mut pieces = 0;
        let mut literal = false;
        for (index, run) in runs.iter().enumerate().skip(first).take_while(|(_, run)| run.at < end) {
            let next = runs.get(index + 1).map_or(end, |next| next.at);
            let part = Span::new(span.start.max(run.at), end.min(next));
            let value = value_of(self, run.origin);
            pieces += 1;
            trace.generated |= self.is_generated(value);
            literal |= matches!(self.get(run.origin), Origin::Literal { .. });
            self.values_of(value, &mut trace.values);
            trace.exact = matches!(self.get(value), Origin::Node { .. });
            let written = matches!(self.get(run.origin), Origin::Literal { .. } | Origin::Written { .. });
            if !written {
                trace.base = trace.base.or_else(|| self.spot(run, part));
            } else if trace.template.is_none() {
                trace.template = self.spot(run, part);
                frame = Some(frame_of(self, run.origin));
            } else if let (Some(spot), Some(more)) = (&mut trace.template, self.spot(run, part))
                && spot.file == more.file
                && spot.span.end <= more.span.start
            {
                spot.span = spot.span.cover(more.span);
            }
        }
        trace.exact &= trace.values.len() == 1 && !literal && pieces > 0;
        self.ways(frame.unwrap_or_default(), &mut trace);
        trace
    }

    /// True if something that was made up while rendering is in it.
    pub fn is_generated(&self, id: OriginId) -> bool {
        match self.get(id) {
            Origin::Generated => true,
            Origin::Derived(parts) => parts.contains(&OriginId::GENERATED),
            Origin::Written { value, .. } => {
                *value == OriginId::GENERATED
                    || matches!(self.get(*value), Origin::Derived(parts) if parts.contains(&OriginId::GENERATED))
            }
            Origin::None | Origin::Literal { .. } | Origin::Node { .. } | Origin::Missing { .. } => false,
        }
    }

    /// Adds the values that an origin was made from.
    pub fn values_of(&self, id: OriginId, into: &mut Vec<OriginId>) {
        match self.get(id) {
            Origin::Node { .. } | Origin::Missing { .. } => {
                if into.len() < MOST_VALUES && !into.contains(&id) {
                    into.push(id);
                }
            }
            Origin::Derived(parts) => parts.iter().for_each(|part| self.values_of(*part, into)),
            Origin::Written { value, .. } => self.values_of(*value, into),
            Origin::None | Origin::Generated | Origin::Literal { .. } => {}
        }
    }

    /// The place in a template or base where bytes of a run stand.
    fn spot(&self, run: &Run, part: Span) -> Option<Spot> {
        Some(match self.get(run.origin) {
            Origin::Literal { file, .. } => {
                // Blanks put before a line (`nindent`) count as part of it, but stand nowhere.
                if run.offset == NO_OFFSET {
                    return None;
                }
                let start = run.offset.checked_add(part.start.checked_sub(run.at)?)?;
                Spot { file: *file, span: Span::new(start, start.checked_add(part.len())?) }
            }
            Origin::Written { file, span, .. } => Spot { file: *file, span: *span },
            Origin::Node { .. } => self.node_spot(run.origin)?,
            Origin::Derived(parts) => parts.iter().find_map(|part| self.node_spot(*part))?,
            Origin::Missing { parent, .. } => self.node_spot(*parent)?,
            Origin::None | Origin::Generated => return None,
        })
    }

    /// Where a value stands: its key and what is on that line.
    pub fn node_spot(&self, id: OriginId) -> Option<Spot> {
        match self.get(id) {
            Origin::Node { file, node } => {
                Some(Spot { file: *file, span: self.tree(*file)?.node(*node).head_span() })
            }
            _ => None,
        }
    }

    fn ways(&self, mut frame: FrameId, trace: &mut Trace) {
        while let Some(here) = self.frame_of(frame) {
            match &here.step {
                Step::Call => trace.includes.push(Spot { file: here.file, span: here.span }),
                Step::Branch { condition } => {
                    let mut values = Vec::new();
                    self.values_of(*condition, &mut values);
                    for value in values {
                        if !trace.conditions.contains(&value) && trace.conditions.len() < MOST_VALUES {
                            trace.conditions.push(value);
                        }
                    }
                }
            }
            frame = here.parent;
        }
    }

    /// The origin of the byte at an offset.
    pub fn origin_at(&self, runs: &[Run], offset: u32) -> OriginId {
        run_at(runs, offset).map_or(OriginId::NONE, |run| run.origin)
    }
}
