//! Templates: what they come to, in the words of the real Helm, and where it came from.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

#[path = "template/common.rs"]
mod common;
#[path = "template/limits.rs"]
mod limits;
#[path = "template/provenance.rs"]
mod provenance;
#[path = "template/random.rs"]
mod random;

use common::Chart;

/// What the cases were rendered with by `helm template` of Helm 4.3.1.
const VALUES: &str = r#"
a: 1
s: str
m: {x: 1, z: hi}
l: [1, 2, x]
big: 1000000
f: 1.5
t: true
nn: false
e: ""
el: []
em: {}
deep: {a: {b: {c: leaf}}}
tp: "pre-{{ .Values.s }}-post"
tp2: "{{ tpl .Values.tp . }}!"
bad: "{{ .Values.s"
strs: [b, a, c]
objs: [{name: a, v: 1}, {name: b}]
neg: -5
huge: 123456789012345678
"#;

/// Template, `ok` or `err`, and what the real Helm gave for it. It was included by another one.
const CASES: &str = include_str!("template/cases.jsonl");

#[test]
fn renders_as_the_real_helm() {
    const OUTER: &str = r#"v: {{ include "in.tpl" . }}"#;
    const AROUND: &str = concat!(
        r#"template: out.yaml:1:6: executing "out.yaml" at <include "in.tpl" .>: "#,
        "error calling include: "
    );
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines() {
        let case: [String; 3] = serde_json::from_str(line).expect("a case");
        let [template, kind, expected] = case;
        let mut chart = Chart::new(VALUES);
        let given = chart
            .add("in.tpl", &template)
            .and_then(|_| chart.add("out.yaml", OUTER))
            .and_then(|_| chart.execute("out.yaml"))
            .map(|text| text.str().trim_start_matches("v: ").to_owned())
            .map_err(|fault| fault.message.strip_prefix(AROUND).unwrap_or(&fault.message).to_owned());
        let expected = if kind == "ok" { Ok(expected) } else { Err(expected) };
        // The prefix of the outer template, whose blanks are its own.
        let same = match (&given, &expected) {
            (Ok(given), Ok(expected)) => given.trim_start() == expected.trim_start(),
            (given, expected) => given == expected,
        };
        if !same {
            wrong.push(format!("{template}\n  real {expected:?}\n  ours {given:?}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 400);
}
