//! Any text: no panic, every span lies in the text on character boundaries, parts lie in their instruction.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use syntax::{SourceText, dockerfile, shell};

fuzz_target!(|text: &str| {
    let file = dockerfile::parse(Arc::new(SourceText::new("fuzz", text)));
    let inside = |span: model::Span| assert!(text.get(span.start as usize..span.end as usize).is_some());
    file.comments.iter().for_each(|comment| inside(*comment));
    file.errors.iter().for_each(|error| inside(error.span));
    for instruction in file.instructions() {
        inside(instruction.span);
        assert!(instruction.span.contains(instruction.args.span()));
        for (i, c) in instruction.args.text().char_indices() {
            let span = instruction.args.span_of(i, i + c.len_utf8());
            assert_eq!(file.source.slice(span), c.to_string());
        }
        if let Some(script) = instruction.inner().command().and_then(|c| c.script()) {
            for command in shell::parse_mapped(script).commands() {
                inside(command.span());
                assert!(instruction.span.contains(command.span()));
            }
        }
    }
    for state in file.evaluate().stages {
        state.references.iter().for_each(|reference| inside(reference.span));
    }
    dockerfile::looks_like(text);
});
