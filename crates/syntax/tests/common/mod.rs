//! What the parser tests share.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic
)]

use std::fmt::Write as _;
use std::sync::Arc;
use syntax::{Kind, Node, SourceText, Style, Tree, json, yaml};

pub fn yaml(text: &str) -> Tree {
    yaml::parse(Arc::new(SourceText::new("test.yaml", text)))
}

pub fn json(text: &str) -> Tree {
    json::parse(Arc::new(SourceText::new("test.json", text)))
}

/// All documents, separated by ` | `, in a form like JSON: plain scalars as written, text in quotes.
pub fn dump(tree: &Tree) -> String {
    let mut out = String::new();
    for (i, document) in tree.documents().iter().enumerate() {
        if i > 0 {
            out.push_str(" | ");
        }
        match document.root {
            Some(root) => write(tree.node(root), &mut out),
            None if document.broken => out.push_str("<broken>"),
            None => out.push_str("<empty>"),
        }
    }
    out
}

fn write(node: Node<'_>, out: &mut String) {
    match node.kind() {
        Kind::Null => out.push_str("null"),
        Kind::Bool | Kind::Int | Kind::Float => out.push_str(node.scalar().unwrap()),
        Kind::Str => write!(out, "{:?}", node.as_str().unwrap()).unwrap(),
        Kind::Seq => {
            out.push('[');
            for (i, item) in node.items().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write(item, out);
            }
            out.push(']');
        }
        Kind::Map => {
            out.push('{');
            for (i, (key, value)) in node.entries().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write!(out, "{key}: ").unwrap();
                write(value, out);
            }
            out.push('}');
        }
    }
}

/// Checks a table of texts and what they should be read as; mistakes must be none.
pub fn check(table: &[(&str, &str)]) {
    for (text, wanted) in table {
        let tree = yaml(text);
        assert_eq!(dump(&tree), *wanted, "\n{text}\n{:?}", tree.errors());
        assert_eq!(tree.errors(), [], "\n{text}");
        check_spans(&tree);
    }
}

/// Every span lies on character boundaries, and children lie inside their parents.
pub fn check_spans(tree: &Tree) {
    let text = tree.source().text();
    let inside = |span: model::Span| {
        assert!(span.start <= span.end, "{span:?} in {text:?}");
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
    };
    let mut end = 0;
    for document in tree.documents() {
        inside(document.span);
        assert!(document.span.start >= end, "documents overlap in {text:?}");
        end = document.span.end;
        assert!(!document.broken || document.root.is_none());
    }
    let mut last = 0;
    for comment in tree.comments() {
        inside(*comment);
        assert!(comment.start >= last, "comments out of order in {text:?}");
        last = comment.end;
    }
    for error in tree.errors() {
        inside(error.span);
        assert!(!error.message.is_empty());
    }
    for root in tree.roots() {
        let mut open = vec![root];
        let mut budget = 20_000;
        while let Some(node) = open.pop() {
            inside(node.span());
            if let Some(key) = node.key_span() {
                inside(key);
                assert!(node.parent().unwrap().span().contains(key), "{node:?} in {text:?}");
            }
            if let Some(parent) = node.parent() {
                assert!(parent.span().contains(node.span()), "{node:?} {:?} in {text:?}", node.span());
            }
            if matches!(node.style(), Style::Single | Style::Double) {
                let quote = if node.style() == Style::Single { '\'' } else { '"' };
                let written = tree.source().slice(node.span());
                assert!(written.len() >= 2 && written.starts_with(quote) && written.ends_with(quote));
            }
            open.extend(node.items());
            open.extend(node.entries().map(|(_, v)| v));
            budget -= 1;
            if budget == 0 {
                return;
            }
        }
    }
}
