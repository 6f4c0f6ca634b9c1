//! Properties: nothing panics, spans hold, and what is written in any style is read back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod common;
use common::{check_spans, json, yaml};
use proptest::prelude::*;
use std::fmt::Write as _;
use syntax::{Kind, Node};

/// A value, with choices of how to write it.
#[derive(Clone, Debug)]
enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Text(String, u8),
    Seq(Vec<Value>, u8),
    Map(Vec<(String, u8, Value)>, u8),
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~é\n]{0,20}",
        Just("true".to_owned()),
        Just("12".to_owned()),
        Just("<<".to_owned()),
        Just("a: b".to_owned()),
        Just("- a".to_owned()),
        Just("line\n  more\n\nlast\n".to_owned()),
        Just("{{ x }}".to_owned()),
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|n| Value::Int(n / 2)),
        (any_text(), any::<u8>()).prop_map(|(t, s)| Value::Text(t, s)),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..6), any::<u8>()).prop_map(|(v, s)| Value::Seq(v, s)),
            (prop::collection::vec((any_text(), any::<u8>(), inner), 0..6), any::<u8>()).prop_map(
                |(mut entries, s)| {
                    let mut seen = std::collections::HashSet::new();
                    entries.retain(|(k, ..)| seen.insert(k.clone()));
                    Value::Map(entries, s)
                }
            ),
        ]
    })
}

fn quoted(text: &str, single: bool) -> String {
    if single && !text.contains('\n') {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out + "\""
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase()) && text.len() > 4 && text != "false"
}

fn inline_text(text: &str, style: u8) -> String {
    if style.is_multiple_of(3) && is_word(text) {
        text.to_owned()
    } else {
        quoted(text, style.is_multiple_of(2))
    }
}

fn flow(value: &Value, gap: &str) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(b) => b.to_string(),
        Value::Int(n) => n.to_string(),
        Value::Text(text, style) => inline_text(text, *style),
        Value::Seq(items, _) => {
            let items: Vec<_> = items.iter().map(|item| flow(item, gap)).collect();
            format!("[{}]", items.join(&format!(",{gap}")))
        }
        Value::Map(entries, style) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|(key, s, item)| format!("{}: {}", inline_text(key, *s), flow(item, gap)))
                .collect();
            let comma = if style.is_multiple_of(2) && !entries.is_empty() { "," } else { "" };
            format!("{{{}{comma}}}", entries.join(&format!(",{gap}")))
        }
    }
}

/// Writes a value after an indicator (`:`, `-`, nothing); its lines are indented by `indent`.
fn block(value: &Value, indent: usize, after_dash: bool, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Text(text, style) if style % 4 == 1 && literal_fits(text) => {
            let body = text.trim_end_matches('\n');
            let tail = text.len() - body.len();
            let chomp = ["-", "", "+"][tail.min(2)];
            let _ = write!(out, " |{chomp}");
            for line in body.split('\n') {
                let _ = write!(out, "\n{}{line}", if line.is_empty() { "" } else { &pad });
            }
            out.push_str(&"\n".repeat(tail.max(1)));
        }
        Value::Seq(items, style) if !items.is_empty() && style % 3 != 0 => {
            let mut compact = after_dash && style % 2 == 0;
            for item in items {
                if compact {
                    out.push_str(" -");
                } else {
                    end_line(out);
                    let _ = write!(out, "{pad}-");
                }
                compact = false;
                block(item, indent + 2, true, out);
            }
        }
        Value::Map(entries, style) if !entries.is_empty() && style % 3 != 0 => {
            let mut compact = after_dash && style % 2 == 0;
            for (key, s, item) in entries {
                if compact {
                    out.push(' ');
                } else {
                    end_line(out);
                    out.push_str(&pad);
                }
                compact = false;
                let _ = write!(out, "{}:", inline_text(key, *s));
                block(item, indent + 2, false, out);
            }
        }
        _ => {
            let gap = if out.is_empty() || out.ends_with('\n') { "" } else { " " };
            let _ = write!(out, "{gap}{}", flow(value, " "));
            if indent.is_multiple_of(4) {
                out.push_str(" # comment");
            }
            out.push('\n');
        }
    }
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn literal_fits(text: &str) -> bool {
    !text.starts_with([' ', '\n']) && !text.trim_end_matches('\n').is_empty() && !text.ends_with("\n\n\n")
}

fn same(value: &Value, node: Node<'_>) -> bool {
    match value {
        Value::Null => node.kind() == Kind::Null,
        Value::Bool(b) => node.as_bool() == Some(*b),
        Value::Int(n) => node.as_int() == Some(*n),
        Value::Text(text, _) => node.as_str() == Some(text),
        Value::Seq(items, _) => {
            node.is_seq()
                && node.len() == items.len()
                && items.iter().zip(node.items()).all(|(v, n)| same(v, n))
        }
        Value::Map(entries, _) => {
            node.is_map()
                && node.len() == entries.len()
                && entries.iter().zip(node.entries()).all(|((k, _, v), (key, n))| k == key && same(v, n))
        }
    }
}

fn reads_back(value: &Value, text: &str, tree: &syntax::Tree) {
    assert_eq!(tree.errors(), [], "{text}");
    let roots: Vec<_> = tree.roots().collect();
    assert_eq!(roots.len(), 1, "{text}");
    assert!(same(value, roots[0]), "{text}\n{}", common::dump(tree));
    check_spans(tree);
}

const PIECES: [&str; 48] = [
    "a",
    "b: ",
    "c:\n",
    "- ",
    "-",
    "? ",
    ": ",
    ":",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "#",
    " # c\n",
    "'",
    "\"",
    "\\",
    "\\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&x ",
    "*x",
    "!t ",
    "!!int ",
    "|",
    ">-",
    "|+2\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "<<: ",
    "é",
    "\u{feff}",
    "\r",
    "\r\n",
    "{{ x }}",
    "@",
    "1",
    "~",
    "true",
    "\0",
    "\"\": ",
    "''",
    "--- ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in any::<String>()) {
        check_spans(&yaml(&text));
        check_spans(&json(&text));
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = pieces.iter().map(|i| PIECES[*i]).collect();
        check_spans(&yaml(&text));
        check_spans(&json(&text));
    }

    #[test]
    fn block_style_reads_back(value in any_value()) {
        let mut text = String::new();
        block(&value, 0, false, &mut text);
        reads_back(&value, &text, &yaml(&text));
        let crlf = text.replace('\n', "\r\n");
        reads_back(&value, &crlf, &yaml(&crlf));
        let marked = format!("---\n{text}...\n");
        reads_back(&value, &marked, &yaml(&marked));
    }

    #[test]
    fn flow_style_reads_back(value in any_value(), gap in "[ \n]{1,3}") {
        let text = flow(&value, &gap);
        reads_back(&value, &text, &yaml(&text));
    }

    #[test]
    fn mutated_texts(value in any_value(), at in any::<prop::sample::Index>(), piece in 0..PIECES.len(), drop in 0..4_usize) {
        let mut text = String::new();
        block(&value, 0, false, &mut text);
        let mut from = at.index(text.len() + 1);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let rest: String = text[from..].chars().skip(drop).collect();
        let text = format!("{}{}{rest}", &text[..from], PIECES[piece]);
        check_spans(&yaml(&text));
        check_spans(&json(&text));
    }
}
