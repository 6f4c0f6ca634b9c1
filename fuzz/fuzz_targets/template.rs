//! Any text: parsed and executed as a template with a few values, without a panic and within bounds; places and
//! origins lie in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use render::template::{Engine, parse};
use render::{Context, Value};
use std::sync::Arc;
use syntax::{SourceText, yaml};

const VALUES: &str = "a: 1\nb: {c: [x, 2.5, null]}\nt: '{{ .Values.a }}-{{ tpl .Values.t . }}'\n";

fuzz_target!(|text: &str| {
    let source = Arc::new(SourceText::new("fuzz", text));
    let inside = |span: model::Span| assert!(text.get(span.start as usize..span.end as usize).is_some());
    let parsed = match parse(&source, "fuzz") {
        Ok(parsed) => Arc::new(parsed),
        Err(fault) => return inside(fault.span),
    };
    parsed.comments().iter().copied().for_each(inside);
    parsed.templates().for_each(|(_, span)| inside(span));
    let mut context = Context::new(0);
    context.budget.steps = 50_000;
    context.budget.bytes = 4 << 20;
    let tree = Arc::new(yaml::parse(Arc::new(SourceText::new("values.yaml", VALUES))));
    let file = context.origins.add_tree(tree.clone());
    let mut budget = 1000;
    let values = tree
        .roots()
        .next()
        .and_then(|root| Value::from_node(&mut context.origins, file, root, &mut budget))
        .unwrap_or(Value::NIL);
    let mut engine = Engine::new(context);
    engine.add("fuzz", &parsed);
    match engine.execute("fuzz", &Value::map([("Values".into(), values)])) {
        Ok(rendered) => {
            let runs = rendered.runs();
            assert!(runs.windows(2).all(|pair| pair[0].at < pair[1].at));
        }
        Err(fault) => {
            if let Some(source) = fault.source {
                let (start, end) = (fault.span.start as usize, fault.span.end as usize);
                assert!(source.text().get(start..end).is_some());
            }
        }
    }
});
