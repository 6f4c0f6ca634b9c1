//! From a place in the text back to the node that stands there.

use super::{Kind, Node, NodeId, Tree};
use model::Span;

/// The innermost node at a byte offset: its [`Node::pointer`] is the route to that place. On a key it is
/// the value under it; between nodes the collection around; just behind a node still that node. `None`
/// outside of all documents' content.
pub fn pointer_at(tree: &Tree, offset: u32) -> Option<Node<'_>> {
    let mut id = tree.documents.iter().filter_map(|d| d.root).find(|id| near(tree, *id, offset))?;
    while let Some(child) = child_at(tree, id, offset) {
        id = child;
    }
    Some(tree.node(id))
}

fn holds(span: Span, offset: u32) -> bool {
    span.start <= offset && (offset < span.end || span.is_empty() && offset == span.start)
}

/// True if the node holds the offset or ends there.
fn near(tree: &Tree, id: NodeId, offset: u32) -> bool {
    let span = tree.data(id).span;
    span.start <= offset && offset <= span.end
}

fn child_at(tree: &Tree, parent: NodeId, offset: u32) -> Option<NodeId> {
    let children = tree.children(parent);
    let is_map = tree.data(parent).kind == Kind::Map;
    // Nodes that aliases and merge keys brought are written elsewhere.
    let own = |id: &NodeId| tree.data(*id).parent == parent;
    let find = |test: fn(&Tree, NodeId, u32) -> bool| {
        children.iter().position(|id| own(id) && test(tree, *id, offset))
    };
    let at = find(|tree, id, offset| holds(tree.data(id).span, offset)).or_else(|| find(near))?;
    let hit = *children.get(at)?;
    if !is_map || at % 2 == 1 {
        return Some(hit);
    }
    // The value under a key, unless an alias stands there.
    let value = *children.get(at + 1)?;
    (own(&value) && tree.data(value).slot == hit.0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SourceText, yaml};
    use std::sync::Arc;

    #[test]
    fn finds_the_innermost_node() {
        let text = "a: &x\n  b: [1, {c: d}]\n  e:\nf: *x\n---\ng: h\n";
        let tree = yaml::parse(Arc::new(SourceText::new("t", text)));
        let pointer = |what: &str| {
            let at = text.find(what).unwrap() as u32;
            pointer_at(&tree, at).unwrap().pointer().to_string()
        };
        assert_eq!(pointer("a:"), "/a");
        assert_eq!(pointer("b:"), "/a/b");
        assert_eq!(pointer("[1"), "/a/b");
        assert_eq!(pointer("1,"), "/a/b/0");
        assert_eq!(pointer("c:"), "/a/b/1/c");
        assert_eq!(pointer("d}"), "/a/b/1/c");
        assert_eq!(pointer("}]"), "/a/b/1/c");
        assert_eq!(pointer("e:"), "/a/e");
        assert_eq!(pointer("f:"), "", "an alias is not followed");
        assert_eq!(pointer("h"), "/g");
        assert_eq!(pointer_at(&tree, 9999).map(Node::id), None);
        for node in tree.roots() {
            let mut open = vec![node];
            while let Some(node) = open.pop() {
                if !node.is_map() && !node.is_seq() {
                    assert_eq!(pointer_at(&tree, node.span().start), Some(node));
                }
                open.extend(node.items().chain(node.entries().map(|(_, v)| v)));
            }
        }
    }
}
