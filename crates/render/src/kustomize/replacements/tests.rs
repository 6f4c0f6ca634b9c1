//! Expected values were made with `kubectl kustomize`.

use super::*;
use crate::kustomize::testing::{read, show};

const SOURCE: &str = "{apiVersion: v1, kind: ConfigMap, metadata: {name: src, labels: {l: v}}, \
    data: {s: '8080', host: a.b.c, t: 'true'}, num: 8080, m: {x: 1}, l: [p, q], nul: null, e: ''}";
const TARGET: &str = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: tgt, namespace: nn}, \
    spec: {replicas: 1, strs: '7', u: a-b-c, cs: [{name: ab, image: 'i:1'}, {name: a, image: 'j:1'}], args: [one, two]}}";

fn run(replacement: &str) -> String {
    let mut context = Context::new(0);
    let mut party = |text: &str| {
        let object = read(&mut context, text);
        let text = |key: &str| {
            let metadata = object.as_map().and_then(|map| map.get("metadata"));
            let value = metadata.as_ref().and_then(Value::as_map).and_then(|map| map.get(key));
            value.as_ref().and_then(Value::as_text).map(|text| text.str().into_owned()).unwrap_or_default()
        };
        let id = Identity { gvk: Gvk::of(&object), name: text("name"), namespace: text("namespace") };
        Party { object, identities: vec![id], shared: Shared::default() }
    };
    let parties = [party(SOURCE), party(TARGET)];
    let replacement = read(&mut context, replacement);
    match apply(&mut context, &parties, &replacement) {
        Ok(()) => {
            let spec = parties[1].object.as_map().unwrap().get("spec").unwrap();
            show(&spec)
        }
        Err(error) => error.trim_end().to_owned(),
    }
}

fn copied(from: &str, to: &str, options: &str) -> String {
    run(&format!(
        "{{source: {{kind: ConfigMap, fieldPath: '{from}'}}, targets: [{{select: {{kind: Deployment}}, fieldPaths: ['{to}'], options: {{{options}}}}}]}}"
    ))
}

#[test]
fn copies_values() {
    for (from, to, options, expected) in [
        ("data.s", "spec.replicas", "", r#""replicas":8080"#),
        ("num", "spec.strs", "", r#""strs":"8080""#),
        ("data.t", "spec.new", "create: true", r#""new":true"#),
        ("m", "spec.strs", "", r#""strs":"""#),
        ("m", "spec.args", "", r#""args":{"x":1}"#),
        ("e", "spec.u", "", r#""u":"""#),
        ("l.1", "spec.u", "", r#""u":"q""#),
        ("num", "spec.cs.*.image", "", r#""cs":[{"image":"8080","name":"ab"},{"image":"8080","name":"a"}]"#),
        // Conditions are expressions that are not anchored.
        (
            "num",
            "spec.cs.[name=a].image",
            "",
            r#""cs":[{"image":"8080","name":"ab"},{"image":"8080","name":"a"}]"#,
        ),
        ("num", "spec.cs.[image=^j].name", "", r#"{"image":"j:1","name":"8080"}"#),
        ("num", "spec.cs.[name=zz].image", "create: true", r#"{"image":8080,"name":"zz"}]"#),
        ("num", "spec.cs.1.image", "", r#"{"image":"8080","name":"a"}"#),
        ("num", "spec.cs.2.image", "create: true", r#",{"image":8080}]"#),
        ("num", "spec.args.[=one]", "", r#""args":["8080","two"]"#),
        ("num", "spec.x.y", "create: true", r#""x":{"y":8080}"#),
        ("data.host", "spec.u", "delimiter: '-', index: 1", r#""u":"a-a.b.c-c""#),
        ("data.host", "spec.u", "delimiter: '-', index: 9", r#""u":"a-b-c-a.b.c""#),
        ("data.host", "spec.u", "delimiter: '-', index: -1", r#""u":"a.b.c-a-b-c""#),
    ] {
        let result = copied(from, to, options);
        assert!(result.contains(expected), "{from} {to} {options}: {result}");
    }
}

#[test]
fn fails_in_the_original_words() {
    for (from, to, options, words) in [
        ("data.s", "spec.new", "", "unable to find field \"spec.new\" in replacement target"),
        (
            "nul",
            "spec.u",
            "",
            "fieldPath `nul` is missing for replacement source ConfigMap.[noVer].[noGrp]/[noName].[noNs]",
        ),
        (
            "num",
            "spec.cs.5.image",
            "create: true",
            "unable to find or create field \"spec.cs.5.image\" in replacement target: index 5 specified but only 2 elements found",
        ),
        (
            "num",
            "spec.u.z",
            "",
            "unable to find field \"spec.u.z\" in replacement target: wrong node kind: expected MappingNode but got ScalarNode: node contents:\na-b-c",
        ),
        ("data.host", "spec.args", "delimiter: '.'", "delimiter option can only be used with scalar nodes"),
    ] {
        assert_eq!(copied(from, to, options), words);
    }
    for (replacement, words) in [
        ("{source: {kind: Nope}, targets: []}", "nothing selected by Nope.[noVer].[noGrp]/[noName].[noNs]"),
        (
            "{source: {version: v1}, targets: []}",
            "multiple matches for selector [noKind].v1.[noGrp]/[noName].[noNs]",
        ),
        ("{source: {kind: ConfigMap}}", "replacements must specify a source and at least one target"),
        (
            "{source: {kind: ConfigMap}, sourceValue: x, targets: []}",
            "value and resource selectors are mutually exclusive",
        ),
        ("{sourceValue: x, targets: [{fieldPaths: [a]}]}", "target must specify resources to select"),
    ] {
        assert_eq!(run(replacement), words);
    }
}

#[test]
fn selects_and_rejects() {
    let target = |text: &str| {
        run(&format!("{{sourceValue: hit, targets: [{{{text}, fieldPaths: [spec.u]}}]}}")).contains("hit")
    };
    assert!(target("select: {kind: Dep.*, namespace: nn}"));
    assert!(!target("select: {kind: Deployment}, reject: [{name: t.*}]"));
    assert!(target("select: {kind: Deployment}, reject: [{name: src}]"));
    assert!(!target("select: {labelSelector: no=thing}"));
}
