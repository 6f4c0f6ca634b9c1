//! Any text: no panic, and places lie in the text.

use super::common::Chart;
use proptest::prelude::*;
use render::template::parse;
use std::sync::Arc;
use syntax::SourceText;

/// Pieces that templates are made of.
const PIECES: &[&str] = &[
    "{{", "}}", "{{-", " -}}", "{{/*", "*/}}", " ", "\n", "if", "else", "end", "range", "with", "define",
    "block", "template", "break", "continue", "nil", "true", ".", ".a", ".Values", "$", "$x", ":=", "=", "|",
    "(", ")", ",", "\"a\"", "`b`", "'c'", "1", "-1", "1.5", "0x1F", "print", "printf", "\"%v%d\"", "index",
    "len", "and", "or", "not", "eq", "include", "tpl", "é", "text", "\\", "\"", "@",
];

fn check(text: &str) {
    let source = Arc::new(SourceText::new("t", text));
    match parse(&source, "t") {
        Ok(parsed) => {
            for span in parsed.comments().iter().copied().chain(parsed.templates().map(|(_, span)| span)) {
                assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
        }
        Err(fault) => {
            assert!(text.get(fault.span.start as usize..fault.span.end as usize).is_some(), "{fault:?}");
            return;
        }
    }
    let mut chart = Chart::new("a: {b: [1, x, null]}\nt: '{{ .Values.a }}'");
    chart.engine.context.budget.steps = 20_000;
    chart.engine.context.budget.bytes = 1 << 20;
    match chart.render(text) {
        Ok(rendered) => {
            let runs = rendered.runs();
            assert_eq!(runs[0].at, 0);
            assert!(runs.windows(2).all(|pair| pair[0].at < pair[1].at));
        }
        Err(fault) => {
            if let Some(source) = fault.source {
                let text = source.text();
                assert!(text.get(fault.span.start as usize..fault.span.end as usize).is_some());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_pieces(pieces in proptest::collection::vec((proptest::sample::select(PIECES), any::<bool>()), 0..40)) {
        let text: String = pieces.iter().flat_map(|(p, gap)| [*p, if *gap { " " } else { "" }]).collect();
        check(&text);
    }

    #[test]
    fn any_action(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..12)) {
        check(&format!("{{{{ {} }}}}", pieces.join(" ")));
        check(&format!("{{{{ if {} }}}}a{{{{ end }}}}", pieces.join(" ")));
        check(&format!("{{{{ range {} }}}}a{{{{ end }}}}", pieces.join("")));
    }
}
