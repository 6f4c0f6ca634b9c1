//! Any text: a Compose project is loaded and every view of it is taken without a panic, and places lie in
//! the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use syntax::{SourceText, compose, yaml};

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
});
