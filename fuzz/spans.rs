//! What holds for the spans of every tree.

use syntax::Tree;

/// Fails if a span is not on character boundaries or a child lies outside of its parent.
pub fn check(tree: &Tree) {
    let text = tree.source().text();
    let inside = |span: model::Span| assert!(text.get(span.start as usize..span.end as usize).is_some());
    tree.comments().iter().for_each(|comment| inside(*comment));
    tree.errors().iter().for_each(|error| inside(error.span));
    tree.documents().iter().for_each(|document| inside(document.span));
    for root in tree.roots() {
        let mut open = vec![root];
        // Aliases may expand a small text to much.
        let mut budget = 10_000_u32;
        while let Some(node) = open.pop() {
            inside(node.span());
            if let Some(parent) = node.parent() {
                assert!(parent.span().contains(node.span()));
            }
            let at = syntax::pointer_at(tree, node.span().start);
            assert!(at.is_some());
            budget -= 1;
            if budget == 0 {
                return;
            }
            open.extend(node.items().chain(node.entries().map(|(_, value)| value)));
        }
    }
}
