//! Charts rendered from memory; what is expected was seen to come out of Helm 4.3.1.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

#[path = "helm/charts.rs"]
mod charts;
#[path = "helm/dependencies.rs"]
mod dependencies;
#[path = "helm/hostile.rs"]
mod hostile;
#[path = "kustomize/memory.rs"]
#[allow(dead_code, unused_imports, reason = "not every test uses all of it")]
mod memory;
#[path = "helm/values.rs"]
mod values;

use memory::Memory;
use render::helm::{self, Chart, Layer, Library, Options};
use render::{Output, Problem};
use std::sync::Arc;
use syntax::SourceText;

/// A `Chart.yaml`.
fn about(name: &str) -> String {
    format!("apiVersion: v2\nname: {name}\nversion: 0.1.0\n")
}

/// A values file laid over.
fn over(text: &str) -> Layer {
    Layer::File(Arc::new(syntax::yaml::parse(Arc::new(SourceText::new("over.yaml", text)))))
}

/// A whole `--set` argument.
fn set(argument: &str) -> Layer {
    Layer::Set { path: String::new(), value: argument.to_owned(), string: false, json: false, place: None }
}

/// Reads and renders the chart `root`.
fn render(files: &[(&str, &str)], layers: &[Layer], options: &Options) -> (Chart, Output) {
    render_of(&Memory::of(files), layers, options)
}

fn render_of(files: &Memory, layers: &[Layer], options: &Options) -> (Chart, Output) {
    let library = Library::default();
    let chart = helm::load(files, "root", &library).unwrap();
    let output = helm::render(&chart, layers, options, &library);
    (chart, output)
}

/// What comes out, one line for each document: its template, and its text.
fn printed(output: &Output) -> Vec<String> {
    output
        .manifests
        .iter()
        .map(|m| format!("{}: {}", m.name, m.text.trim_end().replace('\n', "; ")))
        .collect()
}

/// Messages of problems.
fn messages(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.message.as_str()).collect()
}
