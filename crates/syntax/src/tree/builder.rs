//! How parsers make trees.

use super::{Document, Kind, NodeData, NodeId, Payload, Style, Tree};
use crate::{SourceText, SyntaxError};
use model::Span;
use std::sync::Arc;

/// Most links a tree may have beyond those its source could spell out itself. Merge keys copy links; this
/// keeps a file of merges of merges from growing without bound.
const MAX_COPIED_LINKS: usize = 2_000_000;

/// The value of a scalar.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// The value stands in the source as it is.
    Source(Span),
    /// The value differs from the source (escapes, folding, stripped indentation).
    Decoded(&'a str),
}

/// Collects nodes bottom-up: children are pushed, then closed into a mapping or sequence.
#[derive(Debug)]
pub struct Builder {
    tree: Tree,
    /// Finished nodes that wait for their parent. Mappings push key and value in turn.
    pending: Vec<NodeId>,
    copied_links: usize,
}

/// What a mapping's keys turned out to be, for the parser to report.
#[derive(Debug, Default)]
pub struct MapReport {
    /// Keys (second occurrence, first occurrence) that stand twice; the last one counts.
    pub duplicates: Vec<(Span, Span)>,
    /// Merge keys (`<<`) whose value is not a mapping or a list of mappings.
    pub bad_merges: Vec<Span>,
    /// Merging was refused because too much would be copied.
    pub too_large: bool,
}

impl Builder {
    /// A builder for the trees of one source.
    pub fn new(source: Arc<SourceText>) -> Self {
        let guess = source.text().len() / 12 + 8;
        Self {
            tree: Tree {
                source,
                nodes: Vec::with_capacity(guess),
                links: Vec::with_capacity(guess),
                side: String::new(),
                documents: Vec::new(),
                comments: Vec::new(),
                errors: Vec::new(),
            },
            pending: Vec::new(),
            copied_links: 0,
        }
    }

    fn push(&mut self, data: NodeData) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(NodeData { parent: id, ..data });
        id
    }

    /// Makes a scalar. It has no parent until it is pushed and closed into a collection.
    pub fn scalar(&mut self, kind: Kind, style: Style, span: Span, text: Text<'_>) -> NodeId {
        let payload = match text {
            Text::Source(span) => Payload::Source(span),
            Text::Decoded(text) => {
                let start = self.tree.side.len() as u32;
                self.tree.side.push_str(text);
                Payload::Side(Span::new(start, self.tree.side.len() as u32))
            }
        };
        self.push(NodeData { kind, style, is_key: false, span, parent: NodeId(0), slot: 0, payload })
    }

    /// Puts a finished node on the stack of those that wait for their parent. An alias pushes the id of the
    /// node it stands for again.
    pub fn pend(&mut self, id: NodeId) {
        self.pending.push(id);
    }

    /// Height of the stack of waiting nodes; pass it to `close_*` to say where the collection began.
    pub fn mark(&self) -> usize {
        self.pending.len()
    }

    /// Drops waiting nodes down to a mark (after a mistake).
    pub fn rewind(&mut self, mark: usize) {
        self.pending.truncate(mark);
    }

    fn adopt(&mut self, child: NodeId, parent: NodeId, slot: u32, is_key: bool) {
        if let Some(data) = self.tree.nodes.get_mut(child.0 as usize) {
            // A node met again through an alias stays where it was written.
            if data.parent == child && child != parent {
                data.parent = parent;
                data.slot = slot;
                data.is_key = is_key;
            }
        }
    }

    /// Closes the nodes since `mark` into a sequence.
    pub fn close_seq(&mut self, mark: usize, style: Style, span: Span) -> NodeId {
        let start = self.tree.links.len() as u32;
        self.tree.links.extend(self.pending.drain(mark.min(self.pending.len())..));
        let links = Span::new(start, self.tree.links.len() as u32);
        let id = self.push(NodeData {
            kind: Kind::Seq,
            style,
            is_key: false,
            span,
            parent: NodeId(0),
            slot: 0,
            payload: Payload::Links(links),
        });
        for i in 0..links.len() {
            if let Some(child) = self.tree.links.get((start + i) as usize).copied() {
                self.adopt(child, id, i, false);
            }
        }
        id
    }

    /// Closes the nodes since `mark`, keys and values in turn, into a mapping. With `merge`, keys `<<` are
    /// resolved (YAML 1.1 merge key): the mapping gets the entries of the named mappings that it does not
    /// have itself; of several, earlier ones win.
    pub fn close_map(&mut self, mark: usize, style: Style, span: Span, merge: bool) -> (NodeId, MapReport) {
        let mut report = MapReport::default();
        let flat: Vec<NodeId> = self.pending.drain(mark.min(self.pending.len())..).collect();
        let mut own: Vec<(NodeId, NodeId)> = Vec::with_capacity(flat.len() / 2);
        let mut merges: Vec<(NodeId, NodeId)> = Vec::new();
        for pair in flat.chunks_exact(2) {
            let &[key, value] = pair else { continue };
            if merge && self.is_merge_key(key) {
                merges.push((key, value));
            } else {
                own.push((key, value));
            }
        }
        self.drop_duplicates(&mut own, &mut report);
        let own_count = own.len();
        for (key, value) in &merges {
            self.merge_into(&mut own, *key, *value, &mut report);
        }
        let start = self.tree.links.len() as u32;
        self.tree.links.extend(own.iter().flat_map(|(k, v)| [*k, *v]));
        let links = Span::new(start, self.tree.links.len() as u32);
        let id = self.push(NodeData {
            kind: Kind::Map,
            style,
            is_key: false,
            span,
            parent: NodeId(0),
            slot: 0,
            payload: Payload::Links(links),
        });
        for (key, value) in own.iter().take(own_count).chain(&merges) {
            self.adopt(*key, id, key.0, true);
            self.adopt(*value, id, key.0, false);
        }
        (id, report)
    }

    fn is_merge_key(&self, key: NodeId) -> bool {
        let data = self.tree.data(key);
        data.style == Style::Plain && data.kind == Kind::Str && self.tree.scalar_text(key) == "<<"
    }

    fn drop_duplicates(&self, own: &mut Vec<(NodeId, NodeId)>, report: &mut MapReport) {
        let text = |id: &NodeId| self.tree.scalar_text(*id);
        if own.len() <= 24 {
            let mut i = 0;
            while let Some((key, _)) = own.get(i) {
                let later = own.get(i + 1..).unwrap_or_default();
                if let Some((again, _)) = later.iter().find(|(k, _)| text(k) == text(key)) {
                    report.duplicates.push((self.tree.data(*again).span, self.tree.data(*key).span));
                    own.remove(i);
                } else {
                    i += 1;
                }
            }
        } else {
            let mut last = std::collections::HashMap::with_capacity(own.len());
            for (i, (key, _)) in own.iter().enumerate() {
                if let Some(before) = last.insert(text(key), (i, *key)) {
                    report.duplicates.push((self.tree.data(*key).span, self.tree.data(before.1).span));
                }
            }
            if !report.duplicates.is_empty() {
                let keep: std::collections::HashSet<usize> = last.values().map(|(i, _)| *i).collect();
                let mut i = 0;
                own.retain(|_| {
                    i += 1;
                    keep.contains(&(i - 1))
                });
            }
        }
    }

    fn merge_into(
        &mut self,
        own: &mut Vec<(NodeId, NodeId)>,
        key: NodeId,
        value: NodeId,
        report: &mut MapReport,
    ) {
        let sources: Vec<NodeId> = match self.tree.data(value).kind {
            Kind::Map => vec![value],
            Kind::Seq => self.tree.children(value).to_vec(),
            _ => Vec::new(),
        };
        if sources.is_empty() || sources.iter().any(|s| self.tree.data(*s).kind != Kind::Map) {
            report.bad_merges.push(self.tree.data(key).span);
        }
        for source in sources {
            if self.tree.data(source).kind != Kind::Map {
                continue;
            }
            let pairs = self.tree.children(source);
            self.copied_links += pairs.len();
            if self.copied_links > MAX_COPIED_LINKS {
                report.too_large = true;
                return;
            }
            let mut have: std::collections::HashSet<&str> =
                own.iter().map(|(k, _)| self.tree.scalar_text(*k)).collect();
            for pair in pairs.chunks_exact(2) {
                if let &[k, v] = pair
                    && have.insert(self.tree.scalar_text(k))
                {
                    own.push((k, v));
                }
            }
        }
    }

    /// Ends a document. Waiting nodes are dropped.
    pub fn document(&mut self, root: Option<NodeId>, span: Span, broken: bool) {
        self.pending.clear();
        self.tree.documents.push(Document { root, span, broken });
    }

    /// Notes a comment, from its `#` to the end of its line.
    pub fn comment(&mut self, span: Span) {
        self.tree.comments.push(span);
    }

    /// Notes a mistake.
    pub fn error(&mut self, error: SyntaxError) {
        self.tree.errors.push(error);
    }

    /// Kind and span of a node made earlier.
    pub fn peek(&self, id: NodeId) -> (Kind, Span) {
        let data = self.tree.data(id);
        (data.kind, data.span)
    }

    /// Gives a node made earlier another kind (an explicit tag came before it) or a wider span.
    pub fn retag(&mut self, id: NodeId, kind: Kind) {
        if let Some(data) = self.tree.nodes.get_mut(id.0 as usize) {
            data.kind = kind;
        }
    }

    /// Done: the tree.
    pub fn finish(mut self) -> Tree {
        self.tree.errors.sort_by_key(|e| (e.span, e.message.clone()));
        self.tree.nodes.shrink_to_fit();
        self.tree
    }
}
