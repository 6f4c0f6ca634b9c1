//! Printing what a chart or an overlay comes to.

use super::page::{Page, Target};
use super::rows;
use crate::tree::FileTree;
use crate::{Options, walk};
use model::Span;
use render::helm::Library;
use render::kustomize::Cache;
use render::{Files, Output, Problem, helm, kustomize};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use syntax::SourceText;

/// What is to be printed, and what went wrong.
#[derive(Debug, Default)]
pub struct Printed {
    /// Manifests, as a stream of YAML documents.
    pub text: String,
    /// What kept something from being rendered.
    pub errors: Vec<String>,
    /// What is to be known besides.
    pub notes: Vec<String>,
}

/// Renders each chart and overlay that the options name. With `trace`, each line says where it came from.
pub fn print(options: &Options, trace: bool) -> Printed {
    let walked = walk::walk(&options.roots, &options.exclude);
    let tree =
        FileTree::new(&walked.files, &options.overlay, options.max_file_size).with_around(&options.around);
    let mut printed = Printed { errors: walked.missing, ..Printed::default() };
    let charts = helm::charts(&tree);
    let overlays = kustomize::kustomizations(&tree);
    for root in &options.roots {
        let shown = root.display().to_string();
        let trimmed = shown.trim_end_matches('/');
        let folder = trimmed.strip_prefix("./").unwrap_or(trimmed);
        let folder = if folder == "." { "" } else { folder };
        let output = if charts.iter().any(|chart| chart == folder) {
            chart(options, &tree, folder)
        } else if overlays.iter().any(|overlay| overlay == folder) {
            let cache = Cache::default();
            Ok(kustomize::build(&tree, folder, &options.rendering.kustomize, &cache).output)
        } else if Path::new(folder).extension().is_some_and(|ending| ending == "tgz") {
            archive(options, &tree, folder)
        } else {
            printed.errors.push(nothing_here(folder, &charts, &overlays));
            continue;
        };
        match output {
            Ok(output) => write(&mut printed, options, &tree, folder, &output, trace),
            Err(problems) => printed.errors.extend(problems.iter().map(rows::describe)),
        }
    }
    printed
}

fn nothing_here(folder: &str, charts: &[String], overlays: &[String]) -> String {
    const MOST: usize = 5;
    let shown = |name: &String| if name.is_empty() { ".".to_owned() } else { name.clone() };
    let near: Vec<String> = charts.iter().chain(overlays).take(MOST).map(shown).collect();
    let hint = if near.is_empty() {
        "\n  hint: a chart has a Chart.yaml, an overlay a kustomization.yaml".to_owned()
    } else {
        format!("\n  hint: below it are {}", near.join(", "))
    };
    let folder = if folder.is_empty() { "." } else { folder };
    format!("{folder}: neither a Helm chart nor a Kustomize overlay{hint}")
}

fn render_chart(options: &Options, chart: &helm::Chart, library: &Library) -> Output {
    let rendering = &options.rendering;
    let mut output = helm::render(chart, &rendering.layers, &rendering.helm, library);
    output.problems.extend(chart.problems().iter().cloned());
    output
}

fn chart(options: &Options, tree: &FileTree<'_>, folder: &str) -> Result<Output, Vec<Problem>> {
    let library = Library::default();
    let chart = helm::load(tree, folder, &library)?;
    Ok(render_chart(options, &chart, &library))
}

fn archive(options: &Options, tree: &FileTree<'_>, name: &str) -> Result<Output, Vec<Problem>> {
    let library = Library::default();
    match tree.read(name) {
        Ok(Some(blob)) => {
            let chart = helm::load_archive(&Arc::from(blob.bytes()), name, &library)?;
            Ok(render_chart(options, &chart, &library))
        }
        Ok(None) => Err(Vec::new()),
        Err(why) => Err(vec![Problem {
            location: model::Location { file: Arc::from(name), ..model::Location::default() },
            code: why.code,
            message: why.detail,
            hint: String::new(),
            fatal: true,
        }]),
    }
}

fn write(
    printed: &mut Printed,
    options: &Options,
    files: &FileTree<'_>,
    folder: &str,
    output: &Output,
    trace: bool,
) {
    for manifest in &output.manifests {
        let text = manifest.text.trim_start_matches('\n');
        let _ = writeln!(printed.text, "---\n# Source: {}", manifest.name);
        if trace {
            let source = Arc::new(SourceText::new(manifest.name.clone(), manifest.text.clone()));
            let tree = syntax::yaml::parse(source.clone());
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let is_real = |name: &str| files.is_editable(name) || options.rendering.given(name).is_some();
            let (runs, origins) = (&manifest.runs, &*output.origins);
            let page = Page { tree: &tree, runs, origins, folder: &folder, is_real: &is_real };
            traced(&mut printed.text, &page, &source);
        } else {
            printed.text.push_str(text);
            if !text.ends_with('\n') {
                printed.text.push('\n');
            }
        }
    }
    for problem in &output.problems {
        let list = if problem.fatal { &mut printed.errors } else { &mut printed.notes };
        list.push(rows::describe(problem));
    }
}

/// Column at which places stand.
const COLUMN: usize = 60;

fn traced(text: &mut String, page: &Page<'_>, source: &SourceText) {
    for number in 1..=source.line_count() {
        let span = source.line_span(number);
        let line = source.slice(span);
        if line.trim().is_empty() {
            continue;
        }
        let indent = (line.len() - line.trim_start().len()) as u32;
        let bytes = Span::new(span.start + indent, span.end);
        // The value at the end of the line, if there is one, is what a person wants to change.
        let target = page.root_at(bytes).and_then(|root| value_on(root, bytes, 0));
        let placed = page.place(&target.map_or(Target::Bytes(bytes), Target::Node));
        let start = placed.primary.range.start;
        let width = line.chars().count();
        let _ = write!(
            text,
            "{line}{:pad$}  # {}:{}",
            "",
            placed.primary.file,
            start.line,
            pad = COLUMN.saturating_sub(width)
        );
        if let Some(key) = &placed.key {
            let _ = write!(text, " {key}");
        }
        text.push('\n');
    }
}

/// The innermost node that begins on these bytes and ends on them.
fn value_on(node: syntax::Node<'_>, bytes: Span, depth: usize) -> Option<syntax::Node<'_>> {
    if depth > 256 {
        return None;
    }
    let children = node.items().chain(node.entries().map(|(_, value)| value));
    for child in children {
        let whole = child.key_span().map_or(child.span(), |key| key.cover(child.span()));
        if whole.start < bytes.end && whole.end > bytes.start {
            if bytes.contains(whole) && !child.is_map() && !child.is_seq() {
                return Some(child);
            }
            if let Some(found) = value_on(child, bytes, depth + 1) {
                return Some(found);
            }
            if child.key_span().is_some_and(|key| bytes.contains(key)) {
                return Some(child);
            }
        }
    }
    None
}
