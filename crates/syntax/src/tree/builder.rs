//! How parsers make trees.

use super::{Document, Kind, NodeData, NodeId, Payload, Style, Tree};
use crate::{SourceText, SyntaxError};
use model::Span;
use std::collections::{HashMap, HashSet};
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

/// A finished node that waits for its parent.
#[derive(Clone, Copy, Debug)]
struct Pending {
    id: NodeId,
    /// True if an alias stands for it here.
    alias: bool,
}

/// Collects nodes bottom-up: children are pushed, then closed into a mapping or sequence.
#[derive(Debug)]
pub struct Builder {
    tree: Tree,
    /// Finished nodes that wait for their parent. Mappings push key and value in turn.
    pending: Vec<Pending>,
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

    /// The text the tree is made from.
    pub fn source(&self) -> &Arc<SourceText> {
        &self.tree.source
    }

    /// Puts a finished node on the stack of those that wait for their parent.
    pub fn pend(&mut self, id: NodeId) {
        self.pending.push(Pending { id, alias: false });
    }

    /// The same for the node that an alias stands for: it becomes a child once more, but stays where it was
    /// written.
    pub fn pend_alias(&mut self, id: NodeId) {
        self.pending.push(Pending { id, alias: true });
    }

    /// Height of the stack of waiting nodes; pass it to `close_*` to say where the collection began.
    pub fn mark(&self) -> usize {
        self.pending.len()
    }

    /// Drops waiting nodes down to a mark (after a mistake).
    pub fn rewind(&mut self, mark: usize) {
        self.pending.truncate(mark);
    }

    fn adopt(&mut self, child: Pending, parent: NodeId, slot: u32, is_key: bool) {
        if !child.alias
            && let Some(data) = self.tree.nodes.get_mut(child.id.0 as usize)
        {
            data.parent = parent;
            data.slot = slot;
            data.is_key = is_key;
        }
    }

    /// Closes the nodes since `mark` into a sequence.
    pub fn close_seq(&mut self, mark: usize, style: Style, span: Span) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let start = self.tree.links.len() as u32;
        let mark = mark.min(self.pending.len());
        for slot in 0..self.pending.len() - mark {
            if let Some(child) = self.pending.get(mark + slot).copied() {
                self.tree.links.push(child.id);
                self.adopt(child, id, slot as u32, false);
            }
        }
        self.pending.truncate(mark);
        let links = Span::new(start, self.tree.links.len() as u32);
        self.collection(Kind::Seq, style, span, links)
    }

    fn collection(&mut self, kind: Kind, style: Style, span: Span, links: Span) -> NodeId {
        let payload = Payload::Links(links);
        self.push(NodeData { kind, style, is_key: false, span, parent: NodeId(0), slot: 0, payload })
    }

    /// Closes the nodes since `mark`, keys and values in turn, into a mapping. With `merge`, keys `<<` are
    /// resolved (YAML 1.1 merge key): the mapping gets the entries of the named mappings that it does not
    /// have itself; of several, earlier ones win.
    pub fn close_map(&mut self, mark: usize, style: Style, span: Span, merge: bool) -> (NodeId, MapReport) {
        let id = NodeId(self.tree.nodes.len() as u32);
        let mut report = MapReport::default();
        let mark = mark.min(self.pending.len());
        let mut at = mark;
        let mut merges = false;
        while let Some(&[key, value]) = self.pending.get(at..at + 2) {
            merges |= merge && self.is_merge_key(key.id);
            // A duplicate or a merge key keeps its parent though it is no entry, so that it can be located.
            self.adopt(key, id, key.id.0, true);
            self.adopt(value, id, key.id.0, false);
            at += 2;
        }
        let start = self.tree.links.len();
        if merges || !self.keys_differ(mark) {
            let mut own: Vec<(NodeId, NodeId)> = Vec::with_capacity((at - mark) / 2);
            let mut from: Vec<(NodeId, NodeId)> = Vec::new();
            for pair in self.pending.get(mark..).unwrap_or_default().chunks_exact(2) {
                let &[key, value] = pair else { continue };
                let list = if merge && self.is_merge_key(key.id) { &mut from } else { &mut own };
                list.push((key.id, value.id));
            }
            self.drop_duplicates(&mut own, &mut report);
            self.merge_into(&mut own, &from, &mut report);
            self.tree.links.extend(own.iter().flat_map(|(k, v)| [*k, *v]));
        } else {
            self.tree.links.extend(self.pending.get(mark..at).unwrap_or_default().iter().map(|p| p.id));
        }
        self.pending.truncate(mark);
        let links = Span::new(start as u32, self.tree.links.len() as u32);
        (self.collection(Kind::Map, style, span, links), report)
    }

    /// True if the keys among the pending nodes since `mark` are certainly all different.
    fn keys_differ(&self, mark: usize) -> bool {
        const FEW: usize = 24;
        let pairs = self.pending.get(mark..).unwrap_or_default();
        if pairs.len() > 2 * FEW {
            return false;
        }
        let mut seen = [0_u64; FEW];
        for (count, pair) in pairs.chunks_exact(2).enumerate() {
            let print = pair.first().map_or(0, |key| fingerprint(self.tree.key_text(key.id).unwrap_or("")));
            let (before, rest) = seen.split_at_mut(count.min(FEW));
            if before.contains(&print) {
                return false;
            }
            if let Some(slot) = rest.first_mut() {
                *slot = print;
            }
        }
        true
    }

    fn is_merge_key(&self, key: NodeId) -> bool {
        let data = self.tree.data(key);
        data.style == Style::Plain && data.kind == Kind::Str && self.tree.scalar_text(key) == "<<"
    }

    fn drop_duplicates(&self, own: &mut Vec<(NodeId, NodeId)>, report: &mut MapReport) {
        let span = |id: NodeId| self.tree.data(id).span;
        let mut last: HashMap<&str, (usize, NodeId)> = HashMap::with_capacity(own.len());
        let mut dropped = Vec::new();
        for (i, (key, _)) in own.iter().enumerate() {
            if let Some(text) = self.tree.key_text(*key) {
                let entry = last.entry(text).or_insert((i, *key));
                if entry.0 != i {
                    report.duplicates.push((span(*key), span(entry.1)));
                    dropped.push(std::mem::replace(&mut entry.0, i));
                }
            }
        }
        if !dropped.is_empty() {
            dropped.sort_unstable();
            let mut i = 0;
            own.retain(|_| {
                i += 1;
                dropped.binary_search(&(i - 1)).is_err()
            });
        }
    }

    /// Adds what the merge keys in `from` bring.
    fn merge_into(
        &mut self,
        own: &mut Vec<(NodeId, NodeId)>,
        from: &[(NodeId, NodeId)],
        report: &mut MapReport,
    ) {
        if from.is_empty() {
            return;
        }
        let mut have: HashSet<&str> = own.iter().filter_map(|(k, _)| self.tree.key_text(*k)).collect();
        for (key, value) in from {
            let sources: &[NodeId] = match self.tree.data(*value).kind {
                Kind::Map => std::slice::from_ref(value),
                Kind::Seq => self.tree.children(*value),
                _ => &[],
            };
            let is_map = |id: &NodeId| self.tree.data(*id).kind == Kind::Map;
            let empty = sources.is_empty() && self.tree.data(*value).kind != Kind::Seq;
            if empty || !sources.iter().all(is_map) {
                report.bad_merges.push(self.tree.data(*key).span);
            }
            for source in sources.iter().filter(|id| is_map(id)) {
                let pairs = self.tree.children(*source);
                self.copied_links += pairs.len() + 1;
                if self.copied_links > MAX_COPIED_LINKS {
                    report.too_large = true;
                    return;
                }
                for pair in pairs.chunks_exact(2) {
                    if let &[k, v] = pair
                        && self.tree.key_text(k).is_none_or(|text| have.insert(text))
                    {
                        own.push((k, v));
                    }
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

    /// Text of a scalar made earlier.
    pub fn text(&self, id: NodeId) -> &str {
        self.tree.scalar_text(id)
    }

    /// Gives a node made earlier another kind: an explicit tag came before it.
    pub fn retag(&mut self, id: NodeId, kind: Kind) {
        if let Some(data) = self.tree.nodes.get_mut(id.0 as usize) {
            data.kind = kind;
        }
    }

    /// Done: the tree.
    pub fn finish(mut self) -> Tree {
        self.tree.errors.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        self.tree.nodes.shrink_to_fit();
        self.tree.links.shrink_to_fit();
        self.tree.side.shrink_to_fit();
        self.tree.comments.shrink_to_fit();
        self.tree
    }
}

/// A number that differs for most texts that differ, and never for equal ones.
fn fingerprint(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let word = |part: Option<&[u8; 8]>| part.map_or(0, |b| u64::from_le_bytes(*b));
    let (head, tail) = if bytes.len() >= 8 {
        (word(bytes.first_chunk()), word(bytes.last_chunk()))
    } else {
        (bytes.iter().fold(0, |sum, b| (sum << 8) | u64::from(*b)), 0)
    };
    (head.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ tail).rotate_left(23).wrapping_mul(0x2545_f491_4f6c_dd1d)
        ^ bytes.len() as u64
}
