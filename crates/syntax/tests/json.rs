//! JSON: what is read, what is refused, and what is said about it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
use common::{check_spans, dump, json};
use std::sync::Arc;
use syntax::{Kind, SourceText};

#[test]
fn values() {
    for (text, wanted) in [
        ("{}", "{}"),
        (" [ ] ", "[]"),
        (
            "{\"a\": [1, -2, 0, 1.5, 1e3, -0.1E-2, true, false, null, \"x\"]}",
            "{a: [1, -2, 0, 1.5, 1e3, -0.1E-2, true, false, null, \"x\"]}",
        ),
        (
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud800\"",
            "\"\\\"\\\\/\\u{8}\\u{c}\\n\\r\\té😀\u{fffd}\"",
        ),
        ("{\"yes\": \"yes\", \"<<\": {\"a\": 1}}", "{yes: \"yes\", <<: {a: 1}}"),
        ("\u{feff}{\"a\": 1}\r\n", "{a: 1}"),
        ("{\"a\":1}\n{\"b\":2}\n[3]", "{a: 1} | {b: 2} | [3]"),
        ("{\"a\":1}{\"b\":2}", "{a: 1} | {b: 2}"),
        ("1 2\n", "1 | 2"),
        ("", "<empty>"),
        (" \n", "<empty>"),
        ("\"é\u{2028}\u{7f}\"", "\"é\\u{2028}\\u{7f}\""),
    ] {
        let tree = json(text);
        assert_eq!(dump(&tree), wanted);
        assert_eq!(tree.errors(), [], "{text}");
        check_spans(&tree);
    }
    let big = json("[9223372036854775807, 9223372036854775808]");
    let kinds: Vec<_> = big.roots().next().unwrap().items().map(syntax::Node::kind).collect();
    assert_eq!(kinds, [Kind::Int, Kind::Float]);
}

#[test]
fn mistakes() {
    for (marked, message, hint) in [
        ("{\"a\": 1«,»}", "expected a value after `,`", "remove this comma"),
        ("[1«,»]", "expected a value after `,`", "remove"),
        ("[1 «2»]", "expected `,` or `]`, found `2`", ""),
        ("{\"a\": 1 «\"»b\": 2}", "expected `,` or `}`", "comma"),
        ("{«a»: 1}", "expected a key, found `a`", "double quotes"),
        ("{\"a\" «1»}", "expected `:` after the key", ""),
        ("{\"a\": «'»b'}", "expected a value, found `'`", "double quotes"),
        ("[«,»1]", "expected a value", "comma"),
        ("«[»1", "`[` is never closed", "add `]`"),
        ("«{»\"a\": 1", "`{` is never closed", "add `}`"),
        ("«{»", "`{` is never closed", "add `}`"),
        ("[«\"abc»", "never closed", "close it"),
        ("[«\"abc»\n\"]", "never closed", "line break"),
        ("[\"a«\t»b\"]", "U+0009", "\\u0009"),
        ("[\"«\\x»\"]", "not an escape", "backslash"),
        ("[\"«\\u»12\"]", "4 hexadecimal digits", ""),
        ("[«01»]", "can not begin with `0`", "octal"),
        ("[-«]»", "digit after `-`", ""),
        ("[1.«]»", "digit after `.`", ""),
        ("[1e«]»", "exponent", ""),
        ("[«+»1]", "expected a value", "begins with a digit"),
        ("[«N»aN]", "expected a value", "finite"),
        ("[«t»rue1]", "expected a value", ""),
        ("1 «]»", "expected a value", ""),
        ("[1]«x»", "expected the end of the document", ""),
        ("«// c»\n{}", "no comments", "remove"),
        ("[1, «/* c */» 2]", "no comments", ""),
        ("{«{» .Values.x }}", "expected a key", "template"),
        ("[«\0»]", "control character U+0000", ""),
    ] {
        let text = marked.replace(['«', '»'], "");
        let start = marked.find('«').unwrap() as u32;
        let end = marked.find('»').unwrap() as u32 - 2;
        let tree = json(&text);
        check_spans(&tree);
        let error = tree.errors().first().unwrap_or_else(|| panic!("{text}: {}", dump(&tree)));
        assert!(error.message.contains(message) && error.hint.contains(hint), "{text}: {error:?}");
        assert_eq!((error.span.start, error.span.end), (start, end), "{text}: {error:?}");
        assert!(tree.documents().iter().any(|d| d.broken), "{text}");
    }
}

#[test]
fn the_rest_is_read() {
    assert_eq!(dump(&json("{\"a\":1}\n{\"b\":}\n{\"c\":3}\n")), "{a: 1} | <broken> | {c: 3}");
    assert_eq!(dump(&json("[\n{\"a\": }\n,\n{\"b\": 1}\n]\n")), "<broken>");
    assert_eq!(json(&"[/*\n".repeat(100_000)).documents().len(), 100_000);
    let twice = json("{\"a\": 1,\n \"b\": 2, \"a\": 3}");
    assert_eq!(dump(&twice), "{b: 2, a: 3}");
    assert!(twice.errors()[0].hint.contains("line 1") && !twice.errors()[0].lost);
}

#[test]
fn lenient() {
    let text = "// a\n{ /* b\n */ \"x\": [1, 2, ], // c\n}\n";
    let tree = syntax::json::parse_lenient(Arc::new(SourceText::new("t", text)));
    assert_eq!(dump(&tree), "{x: [1, 2]}");
    assert_eq!(tree.errors(), []);
    let comments: Vec<_> = tree.comments().iter().map(|c| tree.source().slice(*c)).collect();
    assert_eq!(comments, ["// a", "/* b\n */", "// c"]);
}

#[test]
fn depth() {
    let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
    assert_eq!(json(&nested(512)).errors(), []);
    for text in [nested(513), "[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        let tree = json(&text);
        assert_eq!(tree.errors()[0].code, model::WhyCode::Limit);
        assert!(tree.documents()[0].broken);
    }
    // Many broken lines are no reason to read the rest many times.
    assert_eq!(json(&"{\n".repeat(50_000)).documents().len(), 1);
}
