//! Hostile templates: they end, with an error that says why.

use super::common::Chart;
use render::template::{DEEPEST_CALL, parse};
use std::sync::Arc;
use syntax::SourceText;

fn error(values: &str, template: &str) -> String {
    Chart::new(values).render(template).expect_err("an error").message
}

#[test]
fn ranges_of_a_billion_end() {
    let message = error("{}", "{{ range 1000000000 }}{{ range 1000000000 }}x{{ end }}{{ end }}");
    assert!(message.contains("the rendering takes too many steps"), "{message}");
}

#[test]
fn an_exhausted_budget_ends_includes_too() {
    let mut chart = Chart::new("{}");
    chart.engine.context.budget.bytes = 1000;
    let text = r#"{{ define "x" }}{{ range 1000 }}0123456789{{ end }}{{ end }}{{ include "x" . }}"#;
    let fault = chart.render(text).expect_err("an error");
    assert!(fault.message.contains("the rendering makes too much text"), "{}", fault.message);
    assert_eq!(fault.source.expect("a source").slice(fault.span), "0123456789");
}

#[test]
fn includes_within_themselves_are_bounded_as_in_helm() {
    let text = r#"{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}"#;
    // A small stack, as threads may have.
    let message = std::thread::Builder::new()
        .stack_size(512 << 10)
        .spawn(move || error("{}", text))
        .expect("a thread")
        .join()
        .expect("no overflow");
    let end = "rendering template has a nested reference name: x: unable to execute template";
    assert!(message.ends_with(end), "{}", &message[message.len() - 200..]);
    // As often as the real Helm says it.
    assert_eq!(message.matches("error calling include").count(), 1002);
}

#[test]
fn templates_within_themselves_are_bounded() {
    let message = error("{}", r#"{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}"#);
    assert!(message.ends_with(&format!("exceeded maximum template depth ({DEEPEST_CALL})")), "{message}");
}

#[test]
fn strings_that_evaluate_themselves_are_bounded() {
    let message = error("x: '{{ tpl .Values.x . }}'", "{{ tpl .Values.x . }}");
    assert!(message.contains("strings given to tpl call one another too deeply"));
    assert!(message.len() < 1 << 20);
}

#[test]
fn deep_nesting_is_an_error_of_parsing() {
    for (open, close) in [("{{ if . }}", "{{ end }}"), ("{{ range . }}", "{{ end }}")] {
        let text = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let source = Arc::new(SourceText::new("t", text));
        assert!(parse(&source, "t").expect_err("too deep").message.contains("levels of nesting"));
    }
    let text = format!("{{{{ {}1{} }}}}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(parse(&Arc::new(SourceText::new("t", text)), "t").is_err());
    // Chains are no nesting.
    let chain = format!("{{{{ if .a }}}}{}{{{{ end }}}}", "{{ else if .b }}".repeat(5000));
    assert!(parse(&Arc::new(SourceText::new("t", chain)), "t").is_ok());
}

#[test]
fn a_map_that_holds_itself_can_be_printed() {
    use render::Value;
    let mut chart = Chart::new("{}");
    let map = render::Map::default();
    map.insert("self", Value::Map(map.clone(), render::OriginId::NONE));
    chart.add("t", r#"{{ printf "%s" . }}"#).expect("parses");
    assert!(chart.engine.execute("t", &Value::Map(map.clone(), render::OriginId::NONE)).is_err());
    map.remove("self");
}
