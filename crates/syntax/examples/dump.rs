//! Reads YAML or JSON files, whose paths come on standard input one a line, and prints a line of JSON for
//! each: its documents and mistakes. `bench/differential_yaml.py` compares that with another parser.

use std::fmt::Write as _;
use std::io::{BufRead, Write};
use std::sync::Arc;
use syntax::{Kind, Node, SourceText, Tree, json, yaml};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::io::stdin().lock().lines() {
        let path = path?;
        let Ok(text) = String::from_utf8(std::fs::read(&path)?) else {
            writeln!(out, "{{\"documents\":[],\"errors\":[\"not UTF-8\"]}}")?;
            continue;
        };
        let source = Arc::new(SourceText::new(path.as_str(), text));
        let is_json = std::path::Path::new(&path).extension().is_some_and(|e| e == "json");
        let tree = if is_json { json::parse(source) } else { yaml::parse(source) };
        writeln!(out, "{}", dump(&tree))?;
    }
    out.flush()
}

fn dump(tree: &Tree) -> String {
    let mut out = String::from("{\"documents\":[");
    for (i, document) in tree.documents().iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        match document.root {
            _ if document.broken => out.push_str("{\"broken\":true}"),
            None => out.push_str("null"),
            Some(root) => value(tree.node(root), &mut out),
        }
    }
    out.push_str("],\"errors\":[");
    for (i, error) in tree.errors().iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let at = tree.source().position(error.span.start);
        string(&format!("{}:{}: {} ({})", at.line, at.column, error.message, error.hint), &mut out);
    }
    out.push_str("]}");
    out
}

fn value(node: Node<'_>, out: &mut String) {
    match node.kind() {
        Kind::Null => out.push_str("null"),
        Kind::Bool => out.push_str(if node.as_bool() == Some(true) { "true" } else { "false" }),
        Kind::Int => _ = write!(out, "{}", node.as_int().unwrap_or_default()),
        Kind::Float => {
            out.push_str("{\"float\":");
            string(node.scalar().unwrap_or(""), out);
            out.push('}');
        }
        Kind::Str => string(node.as_str().unwrap_or(""), out),
        Kind::Seq => {
            out.push('[');
            for (i, item) in node.items().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                value(item, out);
            }
            out.push(']');
        }
        Kind::Map => {
            out.push_str("{\"map\":[");
            for (i, (key, item)) in node.entries().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push('[');
                string(key, out);
                out.push(',');
                value(item, out);
                out.push(']');
            }
            out.push_str("]}");
        }
    }
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' || c == '\u{7f}' => _ = write!(out, "\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out.push('"');
}
