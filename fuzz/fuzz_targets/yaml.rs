//! Any text: no panic, and every span lies in the text and inside its parent's.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use syntax::{SourceText, yaml};

#[path = "../spans.rs"]
mod spans;

fuzz_target!(|text: &str| {
    spans::check(&yaml::parse(Arc::new(SourceText::new("fuzz", text))));
});
