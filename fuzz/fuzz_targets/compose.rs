<<<<<<< HEAD
//! Any text: a Compose project is loaded and every view of it is taken without a panic, and places lie in
//! the text.
=======
//! Any text: loading a Compose project does not panic, and every span of its trees lies where it should.
>>>>>>> chores
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use syntax::{SourceText, compose, yaml};

<<<<<<< HEAD
fuzz_target!(|text: &str| {
    // What follows a line of `%%%` is the text of every other file.
    let (main, other) = text.split_once("%%%\n").unwrap_or((text, ""));
    let source = Arc::new(SourceText::new("compose.yaml", main));
    let tree = yaml::parse(source.clone());
    if let Some(root) = tree.roots().next() {
        compose::looks_like("compose.yaml", root);
        compose::looks_like("other.yaml", root);
    }
    let (project, errors) = compose::load(tree, &|name| Some(Arc::new(SourceText::new(name, other))));
    for error in errors {
        assert!(error.span.end as usize <= main.len());
    }
    for service in project.services() {
        assert!(service.node().span().end as usize <= main.len());
        service.is_partial();
        for port in service.ports() {
            port.field.node().location();
            port.is_open();
        }
        for mount in service.mounts() {
            mount.field.node().location();
            mount.host_path();
        }
        for variable in service.environment().chain(service.build_args()) {
            variable.value.node().location();
        }
    }
=======
#[path = "../spans.rs"]
mod spans;

fuzz_target!(|text: &str| {
    let source = Arc::new(SourceText::new("compose.yaml", text));
    // Whatever the project asks for (`.env`, files it extends or includes) is the same text once more.
    let companion = |name: &str| Some(Arc::new(SourceText::new(name, text)));
    let (project, errors) = compose::load(yaml::parse(source), &companion);
    project.trees().iter().for_each(spans::check);
    assert!(errors.iter().all(|e| e.span.start <= e.span.end));
>>>>>>> chores
});
