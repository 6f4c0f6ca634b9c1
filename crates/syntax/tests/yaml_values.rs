//! Texts and what they are read as.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::format_collect
)]

mod common;
use common::check;

#[test]
fn ordinary_manifests() {
    check(&[
        ("a: 1", "{a: 1}"),
        ("a: 1\nb: x y\n", "{a: 1, b: \"x y\"}"),
        ("a:\n  b:\n    c: d\n  e: f\ng: h\n", "{a: {b: {c: \"d\"}, e: \"f\"}, g: \"h\"}"),
        ("a:\n- 1\n- 2\nb: 3\n", "{a: [1, 2], b: 3}"),
        ("a:\n  - 1\n  - 2\nb: 3\n", "{a: [1, 2], b: 3}"),
        ("- a: 1\n  b: 2\n- c: 3\n", "[{a: 1, b: 2}, {c: 3}]"),
        ("- - a\n  - b\n- - c\n", "[[\"a\", \"b\"], [\"c\"]]"),
        ("- - - x\n", "[[[\"x\"]]]"),
        ("-\n  a: 1\n-\n  - b\n- \n", "[{a: 1}, [\"b\"], null]"),
        ("a:\nb:\n", "{a: null, b: null}"),
        ("a: {}\nb: []\n", "{a: {}, b: []}"),
        ("a: true\nb: \"true\"\nc: ~\nd: 0644\ne: 1.5\n", "{a: true, b: \"true\", c: null, d: 0644, e: 1.5}"),
        ("image: nginx:1.27\nurl: http://x/y#z\n", "{image: \"nginx:1.27\", url: \"http://x/y#z\"}"),
        ("a: b # c\n# d\nc: e#f\n", "{a: \"b\", c: \"e#f\"}"),
        ("a: -1\nb: -x\nc: ?x\nd: :x\n", "{a: -1, b: \"-x\", c: \"?x\", d: \":x\"}"),
        ("a:\n\n  b: 1\n\n\n  c: 2\n", "{a: {b: 1, c: 2}}"),
        ("a:   1   \n", "{a: 1}"),
        ("a:\t1\t\n", "{a: 1}"),
        ("\"a b\": 1\n'c': 2\n", "{a b: 1, c: 2}"),
        ("a b c: 1\n", "{a b c: 1}"),
        ("x", "\"x\""),
        ("  a: 1\n  b: 2\n", "{a: 1, b: 2}"),
    ]);
}

#[test]
fn documents() {
    check(&[
        ("", "<empty>"),
        ("# only this\n", "<empty>"),
        ("\n\n", "<empty>"),
        ("---\n", "<empty>"),
        ("--- # c\n", "<empty>"),
        ("a\n---\nb\n", "\"a\" | \"b\""),
        ("---\na\n---\nb\n---\n", "\"a\" | \"b\" | <empty>"),
        ("---\n---\na: 1\n", "<empty> | {a: 1}"),
        ("# c\n---\na: 1\n", "{a: 1}"),
        ("--- a\n--- b\n", "\"a\" | \"b\""),
        ("--- {a: 1}\n", "{a: 1}"),
        ("--- |\n x\n---\nw", "\"x\\n\" | \"w\""),
        ("--- !!str\na\n", "\"a\""),
        ("--- &x\na: 1\n", "{a: 1}"),
        ("a: 1\n...\n", "{a: 1}"),
        ("a: 1\n...\nb: 2\n", "{a: 1} | {b: 2}"),
        ("a: 1\n...\n---\nb: 2\n", "{a: 1} | {b: 2}"),
        ("a: 1\n... # c\n# d\n", "{a: 1}"),
        ("%YAML 1.2\n---\na: 1\n", "{a: 1}"),
        ("%YAML 1.1 # c\n%FOO bar\n---\na: 1\n...\n%YAML 1.2\n---\nb\n", "{a: 1} | \"b\""),
        ("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n", "\"1\""),
        ("%TAG !! tag:example.org,2000:\n---\n!!int 1\n", "\"1\""),
        ("---a\n", "\"---a\""),
        ("a: ---\nb: ...\n", "{a: \"---\", b: \"...\"}"),
        ("\u{feff}a: 1\nb: 2\n", "{a: 1, b: 2}"),
        ("\u{feff}# c\n---\na: 1\n", "{a: 1}"),
        ("a: 1\n...\n\u{feff}b: 2\n", "{a: 1} | {b: 2}"),
        ("a: 1\r\nb:\r\n  - x\r\n---\r\nc: |\r\n  x\r\n  y\r\n", "{a: 1, b: [\"x\"]} | {c: \"x\\ny\\n\"}"),
        ("a: 1\rb: 2\r", "{a: 1, b: 2}"),
    ]);
}

#[test]
fn plain_and_quoted_text_over_lines() {
    check(&[
        ("a: b\n  c\n  d\n", "{a: \"b c d\"}"),
        ("a: b\n\n  c\n\n\n  d\n", "{a: \"b\\nc\\n\\nd\"}"),
        ("a: b   \n  \t c\n", "{a: \"b c\"}"),
        ("a:\n  b\n  c\n", "{a: \"b c\"}"),
        ("a: b\n  - c\n", "{a: \"b - c\"}"),
        ("a: 1\n  2\nb: 3\n", "{a: \"1 2\", b: 3}"),
        ("a\nb\n", "\"a b\""),
        ("- a\n b\n- c\n", "[\"a b\", \"c\"]"),
        ("a: 'b\n  c'\n", "{a: \"b c\"}"),
        ("a: 'b\n\n  c'\n", "{a: \"b\\nc\"}"),
        ("a: ' b  \n\t c '\n", "{a: \" b c \"}"),
        ("a: 'it''s'\n", "{a: \"it's\"}"),
        ("a: ''\nb: \"\"\nc: ''''\n", "{a: \"\", b: \"\", c: \"'\"}"),
        ("a: \"b\n  c\"\n", "{a: \"b c\"}"),
        ("a: \"b \\\n   c\"\n", "{a: \"b c\"}"),
        ("a: \"b\\\n   \\ c\"\n", "{a: \"b c\"}"),
        ("a: \"b\\t  \n  c\"\n", "{a: \"b\\t c\"}"),
        ("a: \"b\\\n\n  c\"\n", "{a: \"b\\nc\"}"),
        ("a: \"\n  b\n  \"\n", "{a: \" b \"}"),
        (
            "\"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\/\\\\\\N\\_\\L\\P\"",
            "\"\\0\\u{7}\\u{8}\\t\\n\\u{b}\\u{c}\\r\\u{1b} \\\"/\\\\\\u{85}\\u{a0}\\u{2028}\\u{2029}\"",
        ),
        ("\"\\x41\\u00e9\\U0001F600\\ud83d\\ude00\"", "\"Aé😀😀\""),
        ("a: \"b\r\n  c\"\r\n", "{a: \"b c\"}"),
        ("a: \"x # y: z\"\n", "{a: \"x # y: z\"}"),
        ("a: \"b\" # c\n", "{a: \"b\"}"),
        ("a: é\n'ü': \"ö\"\n", "{a: \"é\", ü: \"ö\"}"),
    ]);
}

#[test]
fn block_scalars() {
    check(&[
        ("a: |\n  b\n  c\nd: 1\n", "{a: \"b\\nc\\n\", d: 1}"),
        ("a: |-\n  b\n\n\nd: 1\n", "{a: \"b\", d: 1}"),
        ("a: |+\n  b\n\n\nd: 1\n", "{a: \"b\\n\\n\\n\", d: 1}"),
        ("a: |\n  b\n\n\nd: 1\n", "{a: \"b\\n\", d: 1}"),
        ("a: |\n  b\n   c\n\n  d\n", "{a: \"b\\n c\\n\\nd\\n\"}"),
        ("a: |\n\n  b\n", "{a: \"\\nb\\n\"}"),
        ("a: |2\n   b\n  c\n", "{a: \" b\\nc\\n\"}"),
        ("a: |-2\n   b\n", "{a: \" b\"}"),
        ("a: |2-\n   b\n", "{a: \" b\"}"),
        ("a: >\n  b\n  c\n\n  d\n", "{a: \"b c\\nd\\n\"}"),
        ("a: >-\n  b\n  c\n", "{a: \"b c\"}"),
        ("a: >\n  b\n    c\n  d\n", "{a: \"b\\n  c\\nd\\n\"}"),
        ("a: >\n\n  b\n\n\n  c\n", "{a: \"\\nb\\n\\nc\\n\"}"),
        ("a: >\n  b\n\n    c\n\n  d\n", "{a: \"b\\n\\n  c\\n\\nd\\n\"}"),
        ("a: |\nb: 1\n", "{a: \"\", b: 1}"),
        ("a: |", "{a: \"\"}"),
        ("a: |+\n\n\nb: 1\n", "{a: \"\\n\\n\", b: 1}"),
        ("a: | # c\n  b\n", "{a: \"b\\n\"}"),
        ("a: |\n  b # c\n  # d\n", "{a: \"b # c\\n# d\\n\"}"),
        ("a: |\n  b\n# c\nd: 1\n", "{a: \"b\\n\", d: 1}"),
        ("a: |\n  b", "{a: \"b\"}"),
        ("- |\n a\n- >\n b\n", "[\"a\\n\", \"b\\n\"]"),
        ("a:\n- |\n  b\n", "{a: [\"b\\n\"]}"),
        ("a: !!str |\n  1\n", "{a: \"1\\n\"}"),
        ("a: &x |\n  1\nb: *x\n", "{a: \"1\\n\", b: \"1\\n\"}"),
        ("a:\n  |\n  b\n", "{a: \"b\\n\"}"),
        ("a: |\n  b\n  \n  c\n", "{a: \"b\\n\\nc\\n\"}"),
        ("a: |\n  b\n     \n  c\n", "{a: \"b\\n   \\nc\\n\"}"),
        ("a: |\n  \tb\n", "{a: \"\\tb\\n\"}"),
        ("a: |\n  key: value\n  - item\n  ---\n", "{a: \"key: value\\n- item\\n---\\n\"}"),
        ("|\n a\n", "\"a\\n\""),
        ("--- |\na\n...\n", "\"a\\n\""),
    ]);
}

#[test]
fn flow_collections() {
    check(&[
        ("[]", "[]"),
        ("{}", "{}"),
        ("[a, b, ]", "[\"a\", \"b\"]"),
        ("{a: 1, b: 2, }", "{a: 1, b: 2}"),
        ("{a: 1, b, c: }", "{a: 1, b: null, c: null}"),
        ("{\"a\":1,'b':2}", "{a: 1, b: 2}"),
        ("{a: {b: [c, {d: e}]}}", "{a: {b: [\"c\", {d: \"e\"}]}}"),
        ("[a: b, c]", "[{a: \"b\"}, \"c\"]"),
        ("[? a : b, : c]", "[{a: \"b\"}, {: \"c\"}]"),
        ("[\"a\":b]", "[{a: \"b\"}]"),
        ("{? a : b, ? c, ? }", "{a: \"b\", c: null, : null}"),
        ("[a b\n c, d]", "[\"a b c\", \"d\"]"),
        ("a: [\n  b, # c\n  # d\n  e\n]\nf: g\n", "{a: [\"b\", \"e\"], f: \"g\"}"),
        ("a: {\n\tb: c\n}\n", "{a: {b: \"c\"}}"),
        ("[a:b, http://x:1/y]", "[\"a:b\", \"http://x:1/y\"]"),
        ("{a: http://x/y, b: -1}", "{a: \"http://x/y\", b: -1}"),
        ("[-1, -a]", "[-1, \"-a\"]"),
        ("{a: \"b, c\", d: 'e}'}", "{a: \"b, c\", d: \"e}\"}"),
        ("[!!str 1, &x 2, *x, !!int '3']", "[\"1\", 2, 2, 3]"),
        ("{a: !!str , b: &x }", "{a: \"\", b: null}"),
        ("{a:{b: c}}", "{a: {b: \"c\"}}"),
        ("{a: b}: c\n", "{: \"c\"}"),
        ("[a, b]: c\n", "{: \"c\"}"),
        (
            "{\"apiVersion\": \"v1\", \"items\": [1, 2.5, true, null]}",
            "{apiVersion: \"v1\", items: [1, 2.5, true, null]}",
        ),
        ("args: [\"-c\", 'x', --flag=1, a#b]", "{args: [\"-c\", \"x\", \"--flag=1\", \"a#b\"]}"),
    ]);
}

#[test]
fn anchors_aliases_and_merge_keys() {
    check(&[
        ("a: &x 1\nb: *x\n", "{a: 1, b: 1}"),
        ("a: &x {b: 1}\nc: *x\n", "{a: {b: 1}, c: {b: 1}}"),
        ("a: &x\n  b: 1\nc: *x\n", "{a: {b: 1}, c: {b: 1}}"),
        ("a: &x\n- 1\nb: *x\n", "{a: [1], b: [1]}"),
        ("- &x a\n- *x\n- [*x]\n", "[\"a\", \"a\", [\"a\"]]"),
        ("&k a: *k\n", "{a: \"a\"}"),
        ("&k a: 1\nb: [*k]\n", "{a: 1, b: [\"a\"]}"),
        ("a: &x b\n*x : c\n", "{a: \"b\", b: \"c\"}"),
        ("a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"),
        ("&x [&x 1, *x]", "[1, 1]"),
        ("a: &x\nb: *x\n", "{a: null, b: null}"),
        ("&m\n&k a: 1\n", "{a: 1}"),
        ("- &m\n  &k a: *k\n- *m\n- *k\n", "[{a: \"a\"}, {a: \"a\"}, \"a\"]"),
        ("base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\n", "{base: {x: 1, y: 2}, d: {y: 3, x: 1}}"),
        (
            "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\n",
            "{a: {x: 1}, b: {x: 2, y: 2}, c: {x: 1, y: 2}}",
        ),
        (
            "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\n",
            "{a: {x: 1}, b: {y: 2, x: 1}, c: {y: 2, x: 1}}",
        ),
        ("a: {<<: {x: 1}, x: 2}\n", "{a: {x: 2}}"),
        ("a: {\"<<\": 1}\n", "{a: {<<: 1}}"),
        ("a: {!!merge <<: {x: 1}}\n", "{a: {x: 1}}"),
    ]);
}

#[test]
fn tags() {
    check(&[
        (
            "a: !!str 1\nb: !!int \"2\"\nc: !!float 3\nd: !!bool yes\ne: !!null ''\n",
            "{a: \"1\", b: 2, c: 3, d: yes, e: null}",
        ),
        (
            "a: !!binary aGk=\nb: !!set {x, y}\nc: !!seq [1]\nd: !!map {e: 1}\n",
            "{a: \"aGk=\", b: {x: null, y: null}, c: [1], d: {e: 1}}",
        ),
        (
            "a: !Ref b\nc: !Sub \"d\"\ne: !GetAtt 1\nf: !If [x, w]\ng: !Foo {h: 1}\n",
            "{a: \"b\", c: \"d\", e: \"1\", f: [\"x\", \"w\"], g: {h: 1}}",
        ),
        ("a: ! 1\nb: !<tag:yaml.org,2002:int> 2\nc: !<!x> 3\n", "{a: \"1\", b: 2, c: \"3\"}"),
        ("a: !!str &x 1\nb: &y !!str 2\nc: [*x, *y]\n", "{a: \"1\", b: \"2\", c: [\"1\", \"2\"]}"),
        ("a: !!str\nb: !Foo\n", "{a: \"\", b: \"\"}"),
        ("a: !Foo\n  b: 1\nc: !Foo\n- 2\n", "{a: {b: 1}, c: [2]}"),
        ("- !Foo\n  a: 1\n- !!str\n  1\n", "[{a: 1}, \"1\"]"),
        ("!!str a: 1\n", "{a: 1}"),
        ("!!int\na: 1\n", "{a: 1}"),
        ("!!str\n1\n", "\"1\""),
        ("a: !!str\n  &x 1\nb: *x\n", "{a: \"1\", b: \"1\"}"),
    ]);
}

#[test]
fn complex_keys_and_compact_nesting() {
    check(&[
        ("? a\n: b\n", "{a: \"b\"}"),
        ("? a\n? b\n: c\n", "{a: null, b: \"c\"}"),
        ("? - x\n  - y\n: - z\n", "{: [\"z\"]}"),
        ("? |\n  k\n: v\n", "{k\n: \"v\"}"),
        ("a: 1\n? b\n: c: 2\n  d: 3\n", "{a: 1, b: {c: 2, d: 3}}"),
        ("? a\n:\n- 1\n", "{a: [1]}"),
        ("- ? a\n  : b\n- - c: d\n    e: f\n", "[{a: \"b\"}, [{c: \"d\", e: \"f\"}]]"),
        (": a\n", "{: \"a\"}"),
        ("-   a: 1\n    b: 2\n", "[{a: 1, b: 2}]"),
        ("- a:\n  - 1\n  b: 2\n", "[{a: [1], b: 2}]"),
        ("- a:\n    b: 1\n  c:\n    - d: 2\n      e: 3\n", "[{a: {b: 1}, c: [{d: 2, e: 3}]}]"),
    ]);
}
