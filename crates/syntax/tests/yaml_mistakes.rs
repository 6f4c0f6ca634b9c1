//! Texts with mistakes: what is said about them, where, and that the rest is read.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::format_collect
)]

mod common;
use common::{check_spans, dump, yaml};

/// Text with the place of the mistake between `«` and `»`, a part of the message, a part of the hint.
fn mistakes(table: &[(&str, &str, &str)]) {
    for (marked, message, hint) in table {
        let start = marked.find('«').unwrap() as u32;
        let end = marked.find('»').unwrap() as u32 - 2;
        let text = marked.replace(['«', '»'], "");
        for text in [text.clone(), format!("{text}\n---\nafter: it\n")] {
            let tree = yaml(&text);
            check_spans(&tree);
            let [error] = tree.errors() else { panic!("{text}\n{:?}\n{}", tree.errors(), dump(&tree)) };
            assert!(error.message.contains(message), "\n{text}\n{error:?}");
            assert!(error.hint.contains(hint), "\n{text}\n{error:?}");
            assert_eq!((error.span.start, error.span.end), (start, end), "\n{text}\n{error:?}");
            assert!(error.lost);
            assert!(tree.documents()[0].broken, "{text}");
            if text.ends_with("it\n") {
                assert_eq!(dump(&tree), "<broken> | {after: \"it\"}", "{text}");
            }
        }
    }
}

#[test]
fn indentation() {
    mistakes(&[
        ("a:\n«\t»b: 1", "tab used for indentation", "replace the tab by spaces"),
        ("a:\n  b: 1\n«\t»c: 2", "tab used for indentation", "spaces"),
        ("a:\n  «\t»b: 1", "tab used for indentation", "spaces"),
        ("-«\t»a: 1", "tab used for indentation", "spaces"),
        ("a: |\n«\t»b", "tab used for indentation", "spaces"),
        ("a:\n    b: 1\n  «c: 2»", "this line begins in column 3", "in column 1 or 5"),
        ("a: 1\n  «b:» 2", "this line goes on with the text `1` of line 1", "indent this line like"),
        ("a: \"x\"\n  «b: 2»", "this line begins in column 3", "begin in column 1"),
        ("a:\n  - b\n  «c: d»", "this line begins in column 3", "items of a list: expected `- `"),
        ("a: 1\n«- b»", "expected a key, found a list item", "indentation"),
        ("  a: 1\n«b: 2»", "expected the end of the document, found `b` in column 1", "indentation"),
        ("- a\n«b: 1»", "expected the end of the document", ""),
    ]);
}

#[test]
fn keys_and_values() {
    mistakes(&[
        ("a: «b:» c", "a second `: `", "must be put in quotes"),
        ("a: «\"b\":» c", "a second `: `", "in quotes"),
        ("a: 1\n«bc»\nd: 2", "expected `:` after the key `bc`", "add `:`"),
        ("a: 1\n«b:2»", "expected `:` after the key `b:2`", "a space must follow the `:`"),
        ("a: «-» b", "a list can not begin on the same line as its key", "next line"),
        ("a: \"b\" «c»", "expected the end of the line after the value, found `c`", "quotes"),
        ("a: [b] «c»", "expected the end of the line", "quotes"),
        ("a: \"b\"«#c»", "expected the end of the line", "separated by a space"),
        ("a: «@b»", "can not begin with `@`", "quotes"),
        ("a: «`b`»", "can not begin with ```", "quotes"),
        ("a: «%b»", "can not begin with `%`", "quotes"),
        ("a: «{{ .Values.x }}»", "expected a value", "looks like a template"),
        ("«{{- if .Values.x }}»\na: 1", "expected a value", "looks like a template"),
        ("--- «a:» 1", "can not begin on the line of `---`", "next line"),
        ("a: «]»", "expected a value, found `]`", "quotes"),
        ("a: >«x»", "expected the end of the line after `>`", "quotes"),
        ("a: |3«3»\n   b", "expected the end of the line after `|`", ""),
    ]);
    let tree = yaml("a: 1\n... b\n---\nc: 2\n");
    assert_eq!(dump(&tree), "{a: 1} | <broken> | {c: 2}");
    assert_eq!(tree.errors()[0].message, "expected the end of the line after `...`");
}

#[test]
fn quotes_and_brackets() {
    mistakes(&[
        ("a: «\"b»\nc: d", "never closed: no `\"` follows", "close it"),
        ("a: «'b»\nc: d", "never closed: no `'` follows", "written twice"),
        ("a: \"«\\d»\"", "`\\d` is not an escape", "write `\\\\`"),
        ("a: \"«\\x4»g\"", "expected 2 hexadecimal digits", ""),
        ("a: \"«\\uD800»\"", "U+D800 is not a character", ""),
        ("a: «[»b, c", "never closed: expected `]`", "add `]`"),
        ("a: «{»b: c", "never closed: expected `}`", "add `}`"),
        ("a: [b«}»", "expected `]`, found `}`", "opened in line 1"),
        ("a: [«,» b]", "expected a value before `,`", "remove"),
        ("a: [b,«,» c]", "expected a value before `,`", "remove"),
        ("a: {b: \"c\" «d»}", "expected `,` or `}`", "quotes"),
        ("a: [«-» b]", "can not stand inside", "commas"),
        ("a: [«|» b]", "can not stand inside", ""),
    ]);
}

#[test]
fn anchors_tags_and_directives() {
    mistakes(&[
        ("a: «*b»", "no anchor `b`", "`&b` must come first"),
        ("x: &Base 1\na: «*base»", "no anchor `base`", "there is an anchor `&Base`"),
        ("a: &x [«*x»]", "contains itself", ""),
        ("a: &x\n  b: «*x»", "contains itself", ""),
        ("a: «*» b", "expected the name of an alias", "quotes"),
        ("a: «&» b", "expected the name of an anchor", "quotes"),
        ("a: &x 1\nb: &y «*»x", "an alias can not have an anchor", ""),
        ("a: &x «&y» 1", "a second anchor", ""),
        ("a: !!str «!!int» 1", "a second tag", ""),
        ("&a\n«&b»", "a second anchor or tag", ""),
        ("&a\n«&b »|\n  x", "a second anchor or tag", ""),
        ("a: «!e!x» 1", "tag handle `!e!` is not defined", "%TAG !e!"),
        ("«%YAML 1.2»\na: 1", "expected `---` after the directive", ""),
    ]);
    let tree = yaml("%YAML 2.0\n---\na: 1\n");
    assert_eq!(dump(&tree), "<broken> | {a: 1}");
    assert_eq!(tree.errors().len(), 1);
}

#[test]
fn control_characters() {
    mistakes(&[
        ("a: b«\u{0}»c", "U+0000", "UTF-16"),
        ("a: b«\u{7}»c", "U+0007", "escape"),
        ("a: \"«\u{7f}»\"", "U+007F", ""),
        ("a: \"é«\u{9b}»\"", "U+009B", ""),
        ("a: |\n  b\n  «\u{ffff}»", "U+FFFF", ""),
    ]);
    assert_eq!(dump(&yaml("a: \u{85}é\u{a0}\u{fffd}\u{1f600}")), "{a: \"\\u{85}é\\u{a0}\u{fffd}\u{1f600}\"}");
    assert_eq!(dump(&yaml("# \u{1b}")), "<broken>");
    assert_eq!(dump(&yaml("a: 1\n---\nb: \0\n---\nc: 3\n")), "{a: 1} | <broken> | {c: 3}");
}

#[test]
fn mistakes_that_are_survived() {
    for (text, wanted, message, hint) in [
        ("a: 1\nb: 2\na: 3\n", "{b: 2, a: 3}", "key `a` is given twice", "line 1"),
        ("a: {b: 1, b: 2}\n", "{a: {b: 2}}", "key `b`", "line 1"),
        ("a: 1\n\"a\": 2\n", "{a: 2}", "key `\"a\"`", ""),
        ("a:\n  <<: 1\n  b: 2\n", "{a: {b: 2}}", "merge key", "quotes"),
        ("a:\n  <<: [{c: 1}, 2]\n", "{a: {c: 1}}", "merge key", ""),
        ("a: !!int x\n", "{a: \"x\"}", "`x` is tagged `!!int` but is not a whole number", ""),
    ] {
        let tree = yaml(text);
        assert_eq!(dump(&tree), wanted);
        let [error] = tree.errors() else { panic!("{text}: {:?}", tree.errors()) };
        assert!(error.message.contains(message) && error.hint.contains(hint), "{error:?}");
        assert!(!error.lost && !tree.documents()[0].broken);
    }
    let many: String = (0..40).map(|i| format!("k{}: {i}\n", i % 30)).collect();
    let tree = yaml(&many);
    assert_eq!(tree.errors().len(), 10);
    assert_eq!(tree.roots().next().unwrap().len(), 30);
    assert_eq!(tree.roots().next().unwrap().get("k5").as_int(), Some(35));
    let thrice = yaml("a: 1\nb: 2\na: 3\na: 4\n");
    assert_eq!(dump(&thrice), "{b: 2, a: 4}");
    assert!(thrice.errors().iter().all(|e| e.hint.contains("line 1")), "{:?}", thrice.errors());
}

#[test]
fn reading_goes_on_after_a_mistake() {
    let tree = yaml("a: [\n---\nb: 1\n---\nc: 'x\n---\nd: 2\n--- e: 3\n---\nf: *g\n--- h\n");
    assert_eq!(dump(&tree), "<broken> | {b: 1} | <broken> | {d: 2} | <broken> | <broken> | \"h\"");
    assert_eq!(tree.errors().len(), 4);
}
