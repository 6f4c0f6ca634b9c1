//! Where the text of templates comes from.

use super::common::Chart;
use render::{FrameId, Origin, Step};

fn told(values: &str, template: &str) -> Vec<(String, String)> {
    let mut chart = Chart::new(values);
    let text = chart.render(template).expect("renders");
    chart.told(&text)
}

fn pairs(told: &[(String, String)]) -> Vec<(&str, &str)> {
    told.iter().map(|(text, origin)| (text.as_str(), origin.as_str())).collect()
}

#[test]
fn literal_text_and_values() {
    let runs =
        told("image: {tag: v1}\nport: 80\n", "tag: {{ .Values.image.tag }}\nport: {{ .Values.port }}\n");
    assert_eq!(
        pairs(&runs),
        [
            ("tag: ", "literal"),
            ("v1", "node /image/tag by {{ .Values.image.tag }}"),
            ("\nport: ", "literal"),
            ("80", "node /port by {{ .Values.port }}"),
            ("\n", "literal"),
        ]
    );
}

#[test]
fn literal_offsets_are_those_of_the_file() {
    let mut chart = Chart::new("a: x");
    let source = "ab {{- .Values.a -}}   cd";
    let text = chart.render(source).expect("renders");
    assert_eq!(text.bytes(), b"abxcd");
    let runs = text.runs();
    assert_eq!((runs[0].at, runs[0].offset), (0, 0));
    assert_eq!((runs[2].at, runs[2].offset as usize), (3, source.find("cd").expect("there")));
}

#[test]
fn printing_keeps_the_parts() {
    let runs = told("r: reg\nt: 1.5\n", r#"{{ printf "%s/app:%v" .Values.r .Values.t }}"#);
    let by = r#"by {{ printf "%s/app:%v" .Values.r .Values.t }}"#;
    assert_eq!(
        pairs(&runs),
        [
            ("reg", format!("node /r {by}").as_str()),
            ("/app:", format!("none {by}").as_str()),
            ("1.5", format!("node /t {by}").as_str()),
        ]
    );
    let runs = told("r: reg\n", r#"{{ print "a-" .Values.r }}"#);
    assert_eq!(runs[0].1, r#"none by {{ print "a-" .Values.r }}"#);
    assert_eq!(runs[1].1, r#"node /r by {{ print "a-" .Values.r }}"#);
}

#[test]
fn computed_values_are_derived() {
    let runs = told("a: 1\nb: 2\n", "{{ eq .Values.a .Values.b }}");
    assert_eq!(pairs(&runs), [("false", "derived(node /a, node /b) by {{ eq .Values.a .Values.b }}")]);
    let runs = told("a: 0\nb: x\n", "{{ or .Values.a .Values.b }}{{ or .Values.a \"c\" }}");
    assert_eq!(runs[0].1, "node /b by {{ or .Values.a .Values.b }}");
    assert_eq!(runs[1].1, "derived(node /a) by {{ or .Values.a \"c\" }}");
}

#[test]
fn what_is_missing_says_what_is_missing() {
    let mut chart = Chart::new("a: {b: 1}");
    chart.add("t", "{{ if .Values.a.c }}x{{ end }}").expect("parses");
    chart.execute("t").expect("renders");
    let skips: Vec<_> = chart.engine.context.origins.skips().copied().collect();
    assert_eq!(skips.len(), 1);
    assert_eq!(chart.origin(skips[0].condition), "missing c of node /a");
}

#[test]
fn included_text_keeps_its_origins_and_knows_the_way() {
    let mut chart = Chart::new("name: app");
    let text = r#"{{ define "n" }}x-{{ .Values.name }}{{ end }}name: {{ include "n" . }}"#;
    let text = chart.render(text).expect("renders");
    assert_eq!(
        pairs(&chart.told(&text)),
        [("name: x-", "literal"), ("app", "node /name by {{ .Values.name }}")]
            .into_iter()
            .flat_map(|pair| if pair.0 == "name: x-" {
                vec![("name: ", "literal"), ("x-", "literal")]
            } else {
                vec![pair]
            })
            .collect::<Vec<_>>()
    );
    let origins = &chart.engine.context.origins;
    let run = text.runs()[2];
    let Origin::Written { frame, file, .. } = origins.get(run.origin) else { panic!("written") };
    let frame = origins.frame_of(*frame).expect("an include");
    assert_eq!(frame.step, Step::Call);
    assert_eq!(frame.parent, FrameId::ROOT);
    assert_eq!(origins.source(*file).expect("a text").slice(frame.span), r#"{{ include "n" . }}"#);
}

#[test]
fn strings_given_to_tpl_keep_their_origins() {
    let runs = told("host: '{{ .Values.name }}.example.org'\nname: app\n", "h: {{ tpl .Values.host . }}");
    assert_eq!(
        pairs(&runs),
        [
            ("h: ", "literal"),
            ("app", "node /name by {{ tpl .Values.host . }}"),
            (".example.org", "node /host by {{ tpl .Values.host . }}"),
        ]
    );
    // A constant of an action in such a string is what the string says.
    let runs = told("x: 'a{{ \"b\" }}'", "{{ tpl .Values.x . }}");
    assert!(runs.iter().all(|(_, origin)| origin == "node /x by {{ tpl .Values.x . }}"), "{runs:?}");
}

#[test]
fn branches_say_why() {
    let mut chart = Chart::new("yes1: true\nno1: false\nlist: [a]\n");
    let text = "{{ if .Values.yes1 }}A{{ else }}B{{ end }}{{ if .Values.no1 }}C{{ else }}D{{ end }}\
                {{ range .Values.list }}E{{ end }}{{ with .Values.no1 }}F{{ end }}";
    let rendered = chart.render(text).expect("renders");
    assert_eq!(rendered.bytes(), b"ADE");
    let origins = &chart.engine.context.origins;
    let mut told = Vec::new();
    for run in rendered.runs().iter() {
        let Origin::Literal { frame, .. } = origins.get(run.origin) else { panic!("literal") };
        let Some(Step::Branch { condition }) = origins.frame_of(*frame).map(|f| &f.step) else {
            panic!("in a branch")
        };
        told.push(chart.origin(*condition));
    }
    assert_eq!(told, ["node /yes1", "node /no1", "node /list"]);
    let skipped: Vec<_> = origins.skips().map(|skip| (skip.body, chart.origin(skip.condition))).collect();
    let texts: Vec<_> = skipped.iter().map(|(span, origin)| (span.text(text), origin.as_str())).collect();
    assert_eq!(texts, [("B", "node /yes1"), ("C", "node /no1"), ("F", "node /no1")]);
}

#[test]
fn chained_branches_are_skipped_as_one() {
    let mut chart = Chart::new("a: true");
    let text = "{{ if .Values.a }}1{{ else if .Values.b }}2{{ else }}3{{ end }}";
    chart.render(text).expect("renders");
    let skips: Vec<_> = chart.engine.context.origins.skips().collect();
    assert_eq!(skips.len(), 1);
    assert_eq!(skips[0].body.text(text), "{{ else if .Values.b }}2{{ else }}3");
}

#[test]
fn faults_have_a_place() {
    let mut chart = Chart::new("a: 1");
    let text = "x\n{{ define \"d\" }}{{ .Values.a.b }}{{ end }}\n{{ include \"d\" . | print }}";
    let fault = chart.render(text).expect_err("an error");
    assert_eq!(fault.span.text(text), ".Values.a.b");
    let fault = Chart::new("a: 1").render("x\n{{ if }}").expect_err("an error");
    assert_eq!(fault.span.text("x\n{{ if }}"), "}}");
    assert_eq!(fault.message, "parse error at (t:2): missing value for if");
}

#[test]
fn comments_are_known() {
    let text = "a {{- /* holdfast: allow x */ -}} b {{/* y */}}{{ /* no comment */ }}";
    let source = std::sync::Arc::new(syntax::SourceText::new("t", &text[..text.len() - 22]));
    let parsed = render::template::parse(&source, "t").expect("parses");
    let comments: Vec<_> = parsed.comments().iter().map(|span| span.text(text)).collect();
    assert_eq!(comments, ["{{- /* holdfast: allow x */ -}}", "{{/* y */}}"]);
}
