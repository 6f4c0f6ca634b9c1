//! Where rendered text came from.
//!
//! While a chart or an overlay is rendered, every scalar carries an [`OriginId`], and every text a list of
//! [`Run`]s: which of its bytes came from where. All origins of one rendering lie in one table, [`Origins`],
//! which outlives the rendering and is what locations are traced back with.

use model::{Location, Pointer, Span};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use syntax::{Node, NodeId, SourceText, Tree};

/// An origin in the table of its rendering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginId(u32);

impl OriginId {
    /// Nobody's: a constant of the engine, or of an action of a template.
    pub const NONE: Self = Self(0);

    /// Made up while rendering; see [`Origin::Generated`].
    pub const GENERATED: Self = Self(1);
}

/// A file that takes part in a rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// One level of the way to a piece of text: the action that included a template, a branch that was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameId(u32);

impl FrameId {
    /// The template file itself, outside of all actions.
    pub const ROOT: Self = Self(0);
}

/// Where something came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A constant of the engine, or of an action.
    None,
    /// Made up while rendering: a random text, a key. It is another one in each installation.
    Generated,
    /// Text of a file as it stands there; the run's offset says which byte.
    Literal {
        /// The template, or the file that was inserted as it is.
        file: FileId,
        /// How it was reached.
        frame: FrameId,
    },
    /// A value, unchanged: a node of a values file or of a manifest.
    Node {
        /// The file, which has a tree.
        file: FileId,
        /// The node of its tree.
        node: NodeId,
    },
    /// A key that was looked up in a mapping and is not there.
    Missing {
        /// Where the mapping came from.
        parent: OriginId,
        /// The key.
        key: Arc<str>,
    },
    /// Computed from these, sorted; none of them is `Derived` or `None`.
    Derived(Box<[OriginId]>),
    /// What an action of a template wrote.
    Written {
        /// Where the written value came from.
        value: OriginId,
        /// The template.
        file: FileId,
        /// The action, with its braces.
        span: Span,
        /// How the action was reached.
        frame: FrameId,
    },
}

/// A run's offset where bytes do not correspond one to one (computed text).
pub const NO_OFFSET: u32 = u32::MAX;

/// From `at` on, up to the next run or the end of the text, bytes came from `origin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First byte, in the text the run belongs to.
    pub at: u32,
    /// Where it came from.
    pub origin: OriginId,
    /// For `Literal` the byte of the file that the first byte is; for a string value the byte within its
    /// decoded text; else [`NO_OFFSET`].
    pub offset: u32,
}

/// Why a piece of a template was executed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// `include`, `template`, `tpl` or `block` at this place.
    Call,
    /// The branch of an `if`, `with` or `range` that was taken because of a value.
    Branch {
        /// Where the deciding value came from.
        condition: OriginId,
    },
}

/// A frame: a step, its place, and the frame it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    /// What happened.
    pub step: Step,
    /// The template in which it happened.
    pub file: FileId,
    /// The action, with its braces.
    pub span: Span,
    /// The frame around.
    pub parent: FrameId,
}

/// A branch of a template that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skip {
    /// The template.
    pub file: FileId,
    /// The text of the branch, without the actions around it.
    pub body: Span,
    /// Where the deciding value came from.
    pub condition: OriginId,
    /// How the branch would have been reached.
    pub frame: FrameId,
}

#[derive(Clone, Debug)]
enum Source {
    Text(Arc<SourceText>),
    Tree(Arc<Tree>),
}

/// All origins of one rendering.
#[derive(Debug)]
pub struct Origins {
    list: Vec<Origin>,
    ids: HashMap<Origin, OriginId>,
    joins: HashMap<(OriginId, OriginId), OriginId>,
    frames: Vec<Frame>,
    frame_ids: HashMap<Frame, FrameId>,
    files: Vec<Source>,
    skips: BTreeSet<Skip>,
    hidden: BTreeSet<String>,
}

/// What the ids of a table that was taken over are in the table that took it over.
#[derive(Debug)]
pub struct Absorbed {
    ids: Vec<OriginId>,
    frames: Vec<FrameId>,
    first: u32,
}

impl Absorbed {
    /// An origin.
    pub fn origin(&self, id: OriginId) -> OriginId {
        self.ids.get(id.0 as usize).copied().unwrap_or(OriginId::NONE)
    }

    /// A frame.
    pub fn frame(&self, id: FrameId) -> FrameId {
        self.frames.get(id.0 as usize).copied().unwrap_or(FrameId::ROOT)
    }
}

impl Default for Origins {
    fn default() -> Self {
        Self {
            list: vec![Origin::None, Origin::Generated],
            ids: HashMap::new(),
            joins: HashMap::new(),
            frames: vec![],
            frame_ids: HashMap::new(),
            files: Vec::new(),
            skips: BTreeSet::new(),
            hidden: BTreeSet::new(),
        }
    }
}

impl Origins {
    /// Takes part: a template or another text.
    pub fn add_text(&mut self, text: Arc<SourceText>) -> FileId {
        self.files.push(Source::Text(text));
        FileId(self.files.len() as u32 - 1)
    }

    /// Takes part: a values file or a manifest.
    pub fn add_tree(&mut self, tree: Arc<Tree>) -> FileId {
        self.files.push(Source::Tree(tree));
        FileId(self.files.len() as u32 - 1)
    }

    /// The text of a file.
    pub fn source(&self, file: FileId) -> Option<&Arc<SourceText>> {
        Some(match self.files.get(file.0 as usize)? {
            Source::Text(text) => text,
            Source::Tree(tree) => tree.source(),
        })
    }

    /// The tree of a file, if it has one.
    pub fn tree(&self, file: FileId) -> Option<&Arc<Tree>> {
        match self.files.get(file.0 as usize)? {
            Source::Text(_) => None,
            Source::Tree(tree) => Some(tree),
        }
    }

    /// All files that take part.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        (0..self.files.len() as u32).map(FileId)
    }

    /// The id of an origin; equal origins have one.
    pub fn intern(&mut self, origin: Origin) -> OriginId {
        if origin == Origin::None {
            return OriginId::NONE;
        }
        if origin == Origin::Generated {
            return OriginId::GENERATED;
        }
        if let Some(id) = self.ids.get(&origin) {
            return *id;
        }
        let id = OriginId(self.list.len() as u32);
        self.list.push(origin.clone());
        self.ids.insert(origin, id);
        id
    }

    /// A node of a file, unchanged.
    pub fn node(&mut self, file: FileId, node: NodeId) -> OriginId {
        self.intern(Origin::Node { file, node })
    }

    /// A key that is not in the mapping that came from `parent`; none if nobody knows where that came from.
    pub fn missing(&mut self, parent: OriginId, key: &str) -> OriginId {
        match self.get(parent) {
            Origin::Node { .. } | Origin::Missing { .. } => {
                self.intern(Origin::Missing { parent, key: Arc::from(key) })
            }
            Origin::None
            | Origin::Generated
            | Origin::Literal { .. }
            | Origin::Derived(_)
            | Origin::Written { .. } => OriginId::NONE,
        }
    }

    /// What an origin is.
    pub fn get(&self, id: OriginId) -> &Origin {
        self.list.get(id.0 as usize).unwrap_or(&Origin::None)
    }

    /// The parts that an origin counts as in a computation.
    fn parts(&self, id: OriginId, into: &mut Vec<OriginId>) {
        match self.get(id) {
            Origin::None => {}
            Origin::Derived(parts) => into.extend(parts.iter().copied()),
            Origin::Literal { .. }
            | Origin::Node { .. }
            | Origin::Missing { .. }
            | Origin::Written { .. }
            | Origin::Generated => {
                into.push(id);
            }
        }
    }

    /// The origin of something computed from things of these two; of a copy, the origin itself.
    pub fn join(&mut self, a: OriginId, b: OriginId) -> OriginId {
        if a == b || b == OriginId::NONE {
            return a;
        }
        if a == OriginId::NONE {
            return b;
        }
        let key = (a.min(b), a.max(b));
        if let Some(id) = self.joins.get(&key) {
            return *id;
        }
        let mut parts = Vec::new();
        self.parts(a, &mut parts);
        self.parts(b, &mut parts);
        let id = self.derived_of(parts);
        self.joins.insert(key, id);
        id
    }

    /// The origin of something computed from all of these: not theirs unchanged, even if there is only one.
    pub fn derive(&mut self, from: impl IntoIterator<Item = OriginId>) -> OriginId {
        let mut parts = Vec::new();
        for id in from {
            self.parts(id, &mut parts);
        }
        self.derived_of(parts)
    }

    fn derived_of(&mut self, mut parts: Vec<OriginId>) -> OriginId {
        /// More than these say nothing to a person.
        const MOST: usize = 24;
        parts.sort_unstable();
        parts.dedup();
        parts.truncate(MOST);
        if parts.is_empty() {
            return OriginId::NONE;
        }
        self.intern(Origin::Derived(parts.into()))
    }

    /// What an action writes. Text that already says how it was written (an included template) keeps that.
    pub fn written(&mut self, value: OriginId, file: FileId, span: Span, frame: FrameId) -> OriginId {
        match self.get(value) {
            Origin::Literal { .. } | Origin::Written { .. } => value,
            Origin::None
            | Origin::Generated
            | Origin::Node { .. }
            | Origin::Missing { .. }
            | Origin::Derived(_) => self.intern(Origin::Written { value, file, span, frame }),
        }
    }

    /// The id of a frame; equal frames have one.
    pub fn frame(&mut self, frame: Frame) -> FrameId {
        if let Some(id) = self.frame_ids.get(&frame) {
            return *id;
        }
        self.frames.push(frame.clone());
        let id = FrameId(self.frames.len() as u32);
        self.frame_ids.insert(frame, id);
        id
    }

    /// What a frame is; `None` for [`FrameId::ROOT`].
    pub fn frame_of(&self, id: FrameId) -> Option<&Frame> {
        self.frames.get((id.0 as usize).checked_sub(1)?)
    }

    /// Notes a branch that was not taken.
    pub fn skip(&mut self, skip: Skip) {
        self.skips.insert(skip);
    }

    /// Branches that were not taken, by file and place.
    pub fn skips(&self) -> impl Iterator<Item = &Skip> {
        self.skips.iter()
    }

    /// Notes a text that no message may show.
    pub fn hide(&mut self, text: impl Into<String>) {
        self.hidden.insert(text.into());
    }

    /// Texts that no message may show.
    pub fn hidden(&self) -> impl Iterator<Item = &str> {
        self.hidden.iter().map(String::as_str)
    }

    /// Takes over all that another table holds. Gives the ids that its origins have here.
    pub fn absorb(&mut self, other: &Self) -> Absorbed {
        let first = self.files.len() as u32;
        self.files.extend(other.files.iter().cloned());
        self.hidden.extend(other.hidden.iter().cloned());
        let file = |id: FileId| FileId(first.saturating_add(id.0));
        let mut map = Absorbed { ids: vec![OriginId::NONE], frames: vec![FrameId::ROOT], first };
        // Frames and origins name each other, but only such as were there before them.
        let mut frames = other.frames.iter();
        for origin in other.list.iter().skip(1) {
            let needed = match origin {
                Origin::Literal { frame, .. } | Origin::Written { frame, .. } => frame.0 as usize,
                Origin::None
                | Origin::Generated
                | Origin::Node { .. }
                | Origin::Missing { .. }
                | Origin::Derived(_) => 0,
            };
            while map.frames.len() <= needed
                && let Some(frame) = frames.next()
            {
                self.absorb_frame(frame, &mut map);
            }
            let mapped = match origin {
                Origin::None => Origin::None,
                Origin::Generated => Origin::Generated,
                Origin::Literal { file: id, frame } => {
                    Origin::Literal { file: file(*id), frame: map.frame(*frame) }
                }
                Origin::Node { file: id, node } => Origin::Node { file: file(*id), node: *node },
                Origin::Missing { parent, key } => {
                    Origin::Missing { parent: map.origin(*parent), key: key.clone() }
                }
                Origin::Derived(parts) => {
                    let mut parts: Vec<_> = parts.iter().map(|part| map.origin(*part)).collect();
                    parts.sort_unstable();
                    Origin::Derived(parts.into())
                }
                Origin::Written { value, file: id, span, frame } => Origin::Written {
                    value: map.origin(*value),
                    file: file(*id),
                    span: *span,
                    frame: map.frame(*frame),
                },
            };
            let id = self.intern(mapped);
            map.ids.push(id);
        }
        for frame in frames {
            self.absorb_frame(frame, &mut map);
        }
        for skip in &other.skips {
            self.skips.insert(Skip {
                file: file(skip.file),
                body: skip.body,
                condition: map.origin(skip.condition),
                frame: map.frame(skip.frame),
            });
        }
        map
    }

    fn absorb_frame(&mut self, frame: &Frame, map: &mut Absorbed) {
        let step = match frame.step {
            Step::Call => Step::Call,
            Step::Branch { condition } => Step::Branch { condition: map.origin(condition) },
        };
        let file = FileId(map.first.saturating_add(frame.file.0));
        let id = self.frame(Frame { step, file, span: frame.span, parent: map.frame(frame.parent) });
        map.frames.push(id);
    }

    /// The node of a [`Origin::Node`].
    pub fn node_of(&self, id: OriginId) -> Option<Node<'_>> {
        match self.get(id) {
            Origin::Node { file, node } => Some(self.tree(*file)?.node(*node)),
            _ => None,
        }
    }

    /// Full location of bytes in a file.
    pub fn location(&self, file: FileId, span: Span) -> Location {
        self.source(file).map_or_else(Location::default, |source| source.location(span, Pointer::root()))
    }
}
