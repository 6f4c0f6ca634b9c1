//! Values to YAML, JSON and TOML: what the real Helm 4 gives, byte for byte.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use render::origin::NO_OFFSET;
use render::{Context, Map, Origin, OriginId, Run, Text, Value, emit};
use std::sync::Arc;
use syntax::SourceText;

fn read(context: &mut Context, json: &str) -> Value {
    let tree = Arc::new(syntax::json::parse(Arc::new(SourceText::new("x.json", json))));
    let file = context.origins.add_tree(tree.clone());
    let root = tree.roots().next().expect("a document");
    Value::from_node(&mut context.origins, file, root, &mut 100_000).expect("small enough")
}

type Writer = fn(&mut Context, &Value) -> Result<Text, String>;

fn written(writer: Writer, json: &str) -> String {
    let mut context = Context::new(0);
    let value = read(&mut context, json);
    writer(&mut context, &value)
        .map_or_else(|error| format!("error: {error}"), |text| text.str().into_owned())
}

fn yaml(json: &str) -> String {
    written(emit::to_yaml, json)
}

#[test]
fn scalars_are_quoted_where_they_would_be_something_else() {
    for (json, expected) in [
        (r#""plain""#, "plain"),
        (r#""""#, r#""""#),
        (r#""y""#, r#""y""#),
        (r#""No""#, r#""No""#),
        (r#""off""#, r#""off""#),
        (r#""~""#, r#""~""#),
        (r#""Null""#, r#""Null""#),
        (r#""nul""#, "nul"),
        (r#""tRUE""#, "tRUE"),
        (r#""<<""#, "<<"),
        (r#""=""#, "="),
        (r#""089""#, r#""089""#),
        (r#""0o17""#, r#""0o17""#),
        (r#""0b12""#, "0b12"),
        (r#""0b-1""#, r#""0b-1""#),
        (r#""1_000""#, r#""1_000""#),
        (r#""1e3""#, r#""1e3""#),
        (r#""1e999""#, "1e999"),
        (r#""1e""#, "1e"),
        (r#"".5""#, r#"".5""#),
        (r#"".5_0""#, r#"".5_0""#),
        (r#"".5__""#, ".5__"),
        (r#"".inf""#, r#"".inf""#),
        (r#""inf""#, "inf"),
        (r#""0xFFFFFFFFFFFFFFFF""#, r#""0xFFFFFFFFFFFFFFFF""#),
        (r#""0xFFFFFFFFFFFFFFFFF""#, "0xFFFFFFFFFFFFFFFFF"),
        (r#""1:20""#, r#""1:20""#),
        (r#""1:60""#, "1:60"),
        (r#""2020-1-1""#, r#""2020-1-1""#),
        (r#""2020-13-01""#, "2020-13-01"),
        (r#""2020-02-30""#, "2020-02-30"),
        (r#""2001-12-14 21:59:43.10""#, r#""2001-12-14 21:59:43.10""#),
        (r#""2001-12-15T2:3:4Z""#, r#""2001-12-15T2:3:4Z""#),
        (r#""2001-12-15T2:3:4""#, "2001-12-15T2:3:4"),
        (r#""100m""#, "100m"),
        (r#""1.2.3""#, "1.2.3"),
    ] {
        assert_eq!(yaml(json), expected, "{json}");
    }
}

#[test]
fn scalars_are_quoted_where_yaml_asks_for_it() {
    for (json, expected) in [
        (r#"" a""#, "' a'"),
        (r#""a ""#, "'a '"),
        (r#""a: b""#, "'a: b'"),
        (r#""a:b""#, "a:b"),
        (r#""a #b""#, "'a #b'"),
        (r#""a#b""#, "a#b"),
        (r#""- a""#, "'- a'"),
        (r#""-a""#, "-a"),
        (r#""-""#, "'-'"),
        (r#""? a""#, "'? a'"),
        (r#""---""#, "'---'"),
        (r#""@a""#, "'@a'"),
        (r#""{a""#, "'{a'"),
        (r#""a{b""#, "a{b"),
        (r#""it's""#, "it's"),
        (r#""'it's""#, "'''it''s'"),
        (r#""\"q\"""#, r#"'"q"'"#),
        (r#""a\tb""#, r#""a\tb""#),
        (r#""a\rb""#, r#""a\rb""#),
        (r#""\u0000\u0007\u001b""#, r#""\0\a\e""#),
        (r#""é 日本""#, "é 日本"),
        (r#""😀""#, r#""\U0001F600""#),
        (r#""\u00a0""#, "\u{a0}"),
        (r#""a\u2028b""#, "'a\u{2028}  b'"),
        (r#""a\u0085b""#, "a b"),
        (r#""a \u0085\u0085 b\u0085""#, r#""a\nb ""#),
        (r#""\ufeff[é""#, r#""\uFEFF\x5B\xE9""#),
    ] {
        assert_eq!(yaml(json), expected, "{json}");
    }
    assert!(yaml(r#""a\u007fb""#).starts_with("error: "));
}

#[test]
fn texts_of_several_lines_stand_in_blocks() {
    for (json, expected) in [
        (r#""a\nb""#, "|-\n  a\n  b"),
        (r#""a\n""#, "|\n  a"),
        (r#""a\n\n""#, "|+\n  a\n"),
        (r#""\n""#, "|2+\n"),
        (r#""\na""#, "|2-\n\n  a"),
        (r#""  a\nb""#, "|2-\n    a\n  b"),
        (r#""a\n b\n""#, "|\n  a\n   b"),
        (r#""a \nb""#, r#""a \nb""#),
        (r#""a\n\tb""#, r#""a\n\tb""#),
        (r#"{"a":"x\ny\n","b":["p\nq"]}"#, "a: |\n  x\n  y\nb:\n- |-\n  p\n  q"),
        (r#"{"a\nb":1}"#, "? |-\n  a\n  b\n: 1"),
    ] {
        assert_eq!(yaml(json), expected, "{json}");
    }
}

#[test]
fn long_lines_are_folded_at_80_columns() {
    let words = ["lorem"; 20].join(" ");
    let line = ["lorem"; 14].join(" ");
    let rest = ["lorem"; 6].join(" ");
    let (shorter, longer) = (["lorem"; 13].join(" "), ["lorem"; 7].join(" "));
    assert_eq!(yaml(&format!(r#"{{"k":"{words}"}}"#)), format!("k: {line}\n  {rest}"));
    assert_eq!(yaml(&format!(r#"{{"k":"- {words}"}}"#)), format!("k: '- {shorter}\n  {longer}'"));
    assert_eq!(yaml(&format!(r#"{{"k":"\t{words}"}}"#)), format!("k: \"\\t{shorter}\n  {longer}\""));
    let long = "x".repeat(129);
    assert_eq!(yaml(&format!(r#"{{"{long}":[1]}}"#)), format!("? {long}\n: - 1"));
    assert_eq!(written(emit::to_yaml_pretty, &format!(r#"{{"k":"{words}"}}"#)), format!("k: {words}"));
}

#[test]
fn collections_have_helms_layout() {
    let json =
        r#"{"b":{"y":null,"x":[1,[2,[3]],{"q":true,"r":[]}]},"a":{},"a10":1,"a2":2,"_":3,"A":4,"é":5}"#;
    assert_eq!(
        yaml(json),
        "_: 3\nA: 4\na: {}\na2: 2\na10: 1\nb:\n  x:\n  - 1\n  - - 2\n    - - 3\n  - q: true\n    r: []\n  \"y\": null\né: 5"
    );
    assert_eq!(
        written(emit::to_yaml_pretty, r#"{"b":[1,[2],{"q":[3]}],"n":1000000,"t":"a\n\tb"}"#),
        "b:\n  - 1\n  - - 2\n  - q:\n      - 3\n\"n\": 1e+06\nt: |-\n  a\n  \tb"
    );
}

#[test]
fn numbers_come_out_as_in_go() {
    for (json, as_yaml, as_json) in [
        ("1000000", "1000000", "1000000"),
        ("1234567.5", "1.2345675e+06", "1234567.5"),
        ("1e20", "1e+20", "100000000000000000000"),
        ("1e19", "10000000000000000000", "10000000000000000000"),
        ("1e21", "1e+21", "1e+21"),
        ("0.0000001", "1e-07", "1e-7"),
        ("-0.0", "0", "-0"),
        ("572373764270513.25", "5.723737642705132e+14", "572373764270513.2"),
    ] {
        assert_eq!(yaml(json), as_yaml);
        assert_eq!(written(emit::to_json, json), as_json);
    }
}

#[test]
fn json_is_gos() {
    let json = r#"{"b":"<&>\u2028\u0008\u0001é","a":[1,{}],"c":[]}"#;
    assert_eq!(
        written(emit::to_json, json),
        "{\"a\":[1,{}],\"b\":\"\\u003c\\u0026\\u003e\\u2028\\b\\u0001é\",\"c\":[]}"
    );
    assert_eq!(written(emit::to_json_raw, json), "{\"a\":[1,{}],\"b\":\"<&>\\u2028\\b\\u0001é\",\"c\":[]}");
    assert_eq!(
        written(emit::to_json_pretty, r#"{"a":[1,{"x":2}],"c":[],"d":{}}"#),
        "{\n  \"a\": [\n    1,\n    {\n      \"x\": 2\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}"
    );
}

#[test]
fn toml_has_tables_last() {
    let json = r#"{"b":1,"a":{"x":[1,{"q":3}],"e":{}},"l":[{"a":1},{"b":"z"}],"k e":1000000}"#;
    assert_eq!(
        written(emit::to_toml, json),
        "b = 1.0\n\"k e\" = 1e+06\n\n[a]\n  x = [1.0, {q = 3.0}]\n  [a.e]\n\n[[l]]\n  a = 1.0\n\n[[l]]\n  b = \"z\"\n"
    );
    assert_eq!(
        written(emit::to_toml, r#"{"a":[null]}"#),
        "error: toml: cannot encode array with nil element"
    );
}

#[test]
fn scalars_keep_their_origins() {
    let mut context = Context::new(0);
    let value = read(&mut context, r#"{"a": "text", "b": []}"#);
    let text = emit::to_yaml(&mut context, &value).unwrap();
    assert_eq!(text.str(), "a: text\nb: []");
    let origins: Vec<OriginId> = text.runs().iter().map(|run| run.origin).collect();
    let of = |key: &str, context: &mut Context| {
        value.as_map().unwrap().get(key).unwrap().origin(&mut context.origins)
    };
    let (a, b) = (of("a", &mut context), of("b", &mut context));
    assert_eq!(origins, [a, a, a, b]);
    assert_eq!(text.runs()[1], Run { at: 3, origin: a, offset: 0 });
    assert_eq!(text.runs()[2], Run { at: 7, origin: a, offset: NO_OFFSET });
    assert!(matches!(context.origins.get(a), Origin::Node { .. }));
}

#[test]
fn a_map_that_holds_itself_ends() {
    let map = Map::default();
    map.insert("self", Value::Map(map.clone(), OriginId::NONE));
    let value = Value::Map(map.clone(), OriginId::NONE);
    for writer in [emit::to_yaml, emit::to_yaml_pretty, emit::to_json, emit::to_toml] {
        assert!(writer(&mut Context::new(0), &value).is_err());
    }
    map.remove("self");
}
