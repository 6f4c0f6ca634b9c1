//! Texts and what they are read as.

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
