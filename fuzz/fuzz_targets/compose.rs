//! Any text: loading a Compose project does not panic, and every span of its trees lies where it should.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use syntax::{SourceText, compose, yaml};

#[path = "../spans.rs"]
mod spans;

fuzz_target!(|text: &str| {
    let source = Arc::new(SourceText::new("compose.yaml", text));
    // Whatever the project asks for (`.env`, files it extends or includes) is the same text once more.
    let companion = |name: &str| Some(Arc::new(SourceText::new(name, text)));
    let (project, errors) = compose::load(yaml::parse(source), &companion);
    project.trees().iter().for_each(spans::check);
    assert!(errors.iter().all(|e| e.span.start <= e.span.end));
});
