//! Edits keep comments, order and layout, and their result means what was asked.
#![allow(clippy::unwrap_used)]

use model::{Change, Pointer};
use serde_json::{Value, json};
use std::sync::Arc;
use syntax::{SourceText, edit, yaml};

fn set(pointer: &str, value: Value) -> Change {
    Change::Set { pointer: Pointer::from_encoded(pointer), value }
}

fn append(pointer: &str, value: Value) -> Change {
    Change::Append { pointer: Pointer::from_encoded(pointer), value }
}

fn remove(pointer: &str) -> Change {
    Change::Remove { pointer: Pointer::from_encoded(pointer) }
}

fn changed(text: &str, changes: &[Change]) -> String {
    let tree = yaml::parse(Arc::new(SourceText::new("t", text)));
    assert!(tree.errors().is_empty(), "{:?}", tree.errors());
    let root = tree.roots().next().unwrap();
    let edits = edit::edits(root, changes).unwrap();
    let result = edit::apply(text, &edits).unwrap();
    let again = yaml::parse(Arc::new(SourceText::new("t", result.clone())));
    assert!(again.errors().is_empty(), "{:?}\n{result}", again.errors());
    result
}

const POD: &str = "\
# a pod
spec:
  containers:
    - name: web # the one
      image: a:1   # pinned
      securityContext:
        privileged: true
    # second
    - name: log
      image: b:1
  hostPID: true # why?
";

#[test]
fn replaces_a_scalar() {
    let text = changed(POD, &[set("/spec/hostPID", json!(false))]);
    assert_eq!(text, POD.replace("hostPID: true # why?", "hostPID: false # why?"));
}

#[test]
fn adds_to_a_mapping() {
    let text = changed(POD, &[set("/spec/containers/0/securityContext/runAsNonRoot", json!(true))]);
    assert_eq!(
        text,
        POD.replace("        privileged: true\n", "        privileged: true\n        runAsNonRoot: true\n")
    );
}

#[test]
fn makes_missing_mappings_once() {
    let text = changed(
        POD,
        &[
            set("/spec/containers/1/securityContext/runAsNonRoot", json!(true)),
            set("/spec/containers/1/securityContext/capabilities/drop", json!(["ALL"])),
            set("/spec/containers/1/resources/limits/cpu", json!("100m")),
        ],
    );
    assert_eq!(
        text,
        POD.replace(
            "      image: b:1\n",
            "      image: b:1\n      securityContext:\n        runAsNonRoot: true\n        capabilities:\n          \
             drop: [\"ALL\"]\n      resources:\n        limits:\n          cpu: 100m\n"
        )
    );
}

#[test]
fn inner_additions_come_before_outer_ones() {
    let text = "spec:\n  containers:\n    - name: web\n";
    let both = [
        set("/spec/hostPID", json!(false)),
        set("/spec/containers/0/tty", json!(false)),
        append("/spec/containers", json!({"name": "x"})),
    ];
    assert_eq!(
        changed(text, &both),
        "spec:\n  containers:\n    - name: web\n      tty: false\n    - name: x\n  hostPID: false\n"
    );
}

#[test]
fn fills_empty_and_null_values() {
    assert_eq!(changed("a:\nb: 1\n", &[set("/a/c", json!(true))]), "a:\n  c: true\nb: 1\n");
    assert_eq!(changed("a: null\nb: 1\n", &[set("/a/c", json!(true))]), "a: {c: true}\nb: 1\n");
    assert_eq!(changed("a: # note\nb: 1\n", &[set("/a/c", json!(true))]), "a: # note\n  c: true\nb: 1\n");
    assert_eq!(changed("a: {}\n", &[set("/a/c", json!("x"))]), "a: {c: x}\n");
    assert_eq!(changed("a:\n", &[set("/a", json!("x"))]), "a: x\n");
}

#[test]
fn edits_flow_style_and_json() {
    assert_eq!(changed("{a: 1, b: {c: 2}}\n", &[set("/b/d", json!(3))]), "{a: 1, b: {c: 2, d: 3}}\n");
    let text = "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ]\n}\n";
    assert_eq!(
        changed(text, &[set("/c", json!("v")), append("/b", json!("y"))]),
        "{\n  \"a\": 1,\n  \"b\": [\n    \"x\",\n    \"y\"\n  ],\n  \"c\": \"v\"\n}\n"
    );
}

#[test]
fn appends_items() {
    assert_eq!(
        changed("a:\n- x # one\n- y\nb: 1\n", &[append("/a", json!("z"))]),
        "a:\n- x # one\n- y\n- z\nb: 1\n"
    );
    assert_eq!(
        changed("a:\n  - p: 1\n", &[append("/a", json!({"p": 2, "m": {"k": "v"}}))]),
        "a:\n  - p: 1\n  - p: 2\n    m:\n      k: v\n"
    );
    assert_eq!(changed("a: 1\n", &[append("/b", json!("z"))]), "a: 1\nb: [\"z\"]\n");
    assert_eq!(changed("a: []\n", &[append("/a", json!("z"))]), "a: [\"z\"]\n");
}

#[test]
fn removes_entries_and_items() {
    assert_eq!(changed(POD, &[remove("/spec/hostPID")]), POD.replace("  hostPID: true # why?\n", ""));
    assert_eq!(
        changed(POD, &[remove("/spec/containers/0/securityContext/privileged")]),
        POD.replace("securityContext:\n        privileged: true", "securityContext: {}")
    );
    assert_eq!(changed("a:\n  - x\n  - y\n", &[remove("/a/0")]), "a:\n  - y\n");
    assert_eq!(changed("a:\n  - x\n", &[remove("/a/0")]), "a: []\n");
    assert_eq!(changed("a: [x, y, z]\n", &[remove("/a/2")]), "a: [x, y]\n");
    assert_eq!(changed("a: {x: 1, y: 2}\n", &[remove("/a/x")]), "a: {y: 2}\n");
    assert_eq!(changed("- n: 1\n  m: 2\n", &[remove("/0/n")]), "- m: 2\n");
}

#[test]
fn keeps_line_endings_and_quotes_when_needed() {
    assert_eq!(changed("a: 1\r\nb: 2\r\n", &[set("/c", json!("yes"))]), "a: 1\r\nb: 2\r\nc: \"yes\"\r\n");
    assert_eq!(changed("a: 1\n", &[set("/c", json!("x: y"))]), "a: 1\nc: \"x: y\"\n");
    assert_eq!(changed("a: |\n  text\n  more\nb: 1\n", &[set("/a", json!("x"))]), "a: x\nb: 1\n");
    assert_eq!(changed("a: |\n  text\n  more\n", &[set("/b", json!("x"))]), "a: |\n  text\n  more\nb: x\n");
}

#[test]
fn replaces_collections() {
    assert_eq!(changed("a:\n  - x\n  - y\nb: 1\n", &[set("/a", json!(["ALL"]))]), "a: [\"ALL\"]\nb: 1\n");
    assert_eq!(changed("a: {x: 1}\n", &[set("/a", json!([1, 2]))]), "a: [1, 2]\n");
}

#[test]
fn refuses_what_it_cannot_do() {
    let tree = yaml::parse(Arc::new(SourceText::new("t", "a: [x]\n")));
    let root = tree.roots().next().unwrap();
    assert!(edit::edits(root, &[remove("/b")]).is_err());
    assert!(edit::edits(root, &[set("/a/b/c", json!(1))]).is_err());
    assert!(edit::edits(root, &[set("/a", json!(1)), set("/a", json!(2))]).is_err());
}
