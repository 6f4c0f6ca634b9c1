//! What a text is, by its content, and what becomes of it.

use check::kube::recognise::{Part, parts};
use check::{Companion, Content, File};
use model::{LedgerRow, Position, Status, Why, WhyCode};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use syntax::{Node, SourceText, Tree, compose, dockerfile};

/// What became of one text: a file to judge, rows for the ledger, or both.
#[derive(Debug)]
pub struct Recognised {
    /// To be judged.
    pub file: Option<File>,
    /// What became of it.
    pub rows: Vec<LedgerRow>,
}

/// Facts about the tree around a file, gathered before the files are read.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Folders (with a trailing `/`, or empty for the root) that hold a `Chart.yaml`.
    pub charts: BTreeSet<String>,
    /// All names of files, to look for companions.
    pub names: BTreeSet<Arc<str>>,
}

impl Surroundings {
    /// Gathers the facts from the names of all files.
    pub fn new(names: impl IntoIterator<Item = Arc<str>>) -> Self {
        let names: BTreeSet<Arc<str>> = names.into_iter().collect();
        let charts = names.iter().filter_map(|n| Some(n.strip_suffix("Chart.yaml")?.to_owned())).collect();
        Self { charts, names }
    }

    /// True if the file is a template of a Helm chart: in `templates/` beside a `Chart.yaml`.
    fn is_chart_template(&self, name: &str) -> bool {
        name.match_indices("templates/").any(|(at, _)| {
            let folder = name.get(..at).unwrap_or("");
            (folder.is_empty() || folder.ends_with('/')) && self.charts.contains(folder)
        })
    }
}

/// File name endings that are read as YAML or JSON, whatever is in them.
fn is_data(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".yaml", ".yml", ".json"].iter().any(|ending| lower.ends_with(ending))
}

/// True for names under which manifests, Dockerfiles and Compose files go.
pub fn should_be_text(name: &str) -> bool {
    is_data(name) || dockerfile::is_dockerfile_name(name)
}

/// Endings of files that hold neither manifests nor Dockerfiles; they are not opened.
const FOREIGN: [&str; 62] = [
    "7z", "avi", "bin", "bmp", "bz2", "c", "cc", "class", "cpp", "cs", "css", "dll", "dylib", "exe", "gif",
    "go", "gz", "h", "hpp", "html", "ico", "jar", "java", "jpeg", "jpg", "js", "jsx", "kt", "lock", "lua",
    "md", "mod", "mov", "mp3", "mp4", "o", "otf", "pdf", "php", "pl", "png", "proto", "py", "pyc", "rb",
    "rs", "rst", "scala", "scss", "so", "sql", "sum", "svg", "swift", "tar", "tgz", "ts", "tsx", "ttf",
    "wasm", "woff", "zip",
];

/// What a file is by its name alone: `Some` reason if it need not be opened.
pub fn foreign(name: &str) -> Option<&'static str> {
    if dockerfile::is_dockerfile_name(name) {
        return None;
    }
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    FOREIGN
        .binary_search(&ending.as_str())
        .is_ok()
        .then_some("by its name source code, prose or media: no manifest, Dockerfile or Compose file")
}

/// Reads a text as what it is. `asked` is true if the user named this very file: then it is parsed in any
/// case, and mistakes count as errors.
pub fn recognise(
    source: Arc<SourceText>,
    asked: bool,
    around: &Surroundings,
    companion: &dyn Fn(&str) -> Option<Arc<SourceText>>,
) -> Recognised {
    let name = source.name().clone();
    let text = source.text();
    if dockerfile::is_dockerfile_name(&name) || (!is_data(&name) && dockerfile::looks_like(text)) {
        return read_dockerfile(source, around, companion);
    }
    let data = is_data(&name);
    if !data && !asked && !mentions_object(text) {
        let reason = "text that is no manifest, Dockerfile or Compose file";
        return only(LedgerRow::file(&name, Status::NotApplicable, "text", reason));
    }
    if around.is_chart_template(&name) {
        let why =
            Why::new(WhyCode::Unsupported, "a template of a Helm chart; it has to be rendered to be judged");
        let mut row = LedgerRow::gap(&name, None, Status::NotEvaluated, "helm-template", &why);
        row.hint = Some("render it: `helm template CHART | holdfast scan -`".to_owned());
        return only(row);
    }
    let is_json = check::input::is_json(&name, text);
    let tree =
        if is_json { syntax::json::parse(source.clone()) } else { syntax::yaml::parse(source.clone()) };
    read_tree(tree, is_json, asked, companion)
}

/// True if a text of unknown kind has lines that begin with `apiVersion` and `kind`.
fn mentions_object(text: &str) -> bool {
    let has = |word: &str| {
        memchr::memmem::find_iter(text.as_bytes(), word).any(|at| {
            let before = text.get(..at).unwrap_or("");
            before.is_empty() || before.ends_with(['\n', '\u{feff}', '"', '{'])
        })
    };
    has("apiVersion") && has("kind")
}

fn only(row: LedgerRow) -> Recognised {
    Recognised { file: None, rows: vec![row] }
}

fn read_dockerfile(
    source: Arc<SourceText>,
    around: &Surroundings,
    companion: &dyn Fn(&str) -> Option<Arc<SourceText>>,
) -> Recognised {
    let name = source.name().clone();
    let parsed = dockerfile::parse(source.clone());
    if let Some(marker) = template_marker(source.text())
        && !parsed.errors.is_empty()
    {
        let why = Why::new(
            WhyCode::Unsupported,
            format!("a template ({marker}); it has to be rendered to be judged"),
        );
        return only(LedgerRow::gap(&name, None, Status::NotEvaluated, "dockerfile", &why));
    }
    let mut rows = error_rows(&source, &parsed.errors, "dockerfile");
    if rows.is_empty() || !parsed.stages.is_empty() {
        rows.push(LedgerRow::file(&name, Status::Judged, "dockerfile", "every applicable check was run"));
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    // BuildKit prefers NAME.dockerignore beside the Dockerfile over .dockerignore of the build context, which
    // is taken to be the Dockerfile's folder or one above it.
    let mut candidates = vec![format!("{name}.dockerignore")];
    let mut here = Some(folder);
    while let Some(folder) = here {
        candidates.push(if folder.is_empty() {
            ".dockerignore".to_owned()
        } else {
            format!("{folder}/.dockerignore")
        });
        here = folder.rsplit_once('/').map(|(parent, _)| parent).or((!folder.is_empty()).then_some(""));
    }
    let dockerignore = match candidates.iter().find_map(|name| companion(name)) {
        _ if *name == *"-" => Companion::Unknown,
        Some(text) => Companion::Present(text),
        // It is there, but can't be read.
        None if candidates.iter().any(|name| around.names.contains(name.as_str())) => Companion::Unknown,
        None => Companion::Absent,
    };
    let file = File { source, content: Content::Dockerfile(parsed), dockerignore };
    Recognised { file: Some(file), rows }
}

/// A reason with its place at the end, for rows of the ledger, which have only a line.
fn placed(message: &str, at: Position) -> String {
    format!("{message} (line {}, column {})", at.line, at.column)
}

/// A reason without its place, and the place.
pub fn place_of(reason: &str) -> Option<(&str, Position)> {
    let (message, place) = reason.strip_suffix(')')?.rsplit_once(" (line ")?;
    let (line, column) = place.split_once(", column ")?;
    Some((message, Position { line: line.parse().ok()?, column: column.parse().ok()? }))
}

fn error_rows(source: &SourceText, errors: &[syntax::SyntaxError], kind: &str) -> Vec<LedgerRow> {
    errors
        .iter()
        .map(|error| {
            let position = source.position(error.span.start);
            let detail = placed(&error.message, position);
            let why = Why::new(error.code, detail);
            let mut row = LedgerRow::gap(source.name(), Some(position.line), Status::Error, kind, &why);
            row.hint = (!error.hint.is_empty()).then(|| error.hint.clone());
            row
        })
        .collect()
}

/// The template language whose marks stand in a text.
fn template_marker(text: &str) -> Option<&'static str> {
    let has = |needle: &str| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    if has("{%") {
        Some("Jinja")
    } else if has("{{") {
        Some("Go or Jinja")
    } else if has("<%") {
        Some("ERB")
    } else if has("#@ ") || has("(@") {
        Some("ytt")
    } else {
        None
    }
}

fn read_tree(
    tree: Tree,
    is_json: bool,
    asked: bool,
    companion: &dyn Fn(&str) -> Option<Arc<SourceText>>,
) -> Recognised {
    let source = tree.source().clone();
    let name = source.name().clone();
    let kind = if is_json { "json" } else { "yaml" };
    let marker = if tree.errors().iter().any(|e| e.lost) { template_marker(source.text()) } else { None };
    let mut rows = Vec::new();
    if let Some(marker) = marker {
        let line = tree.errors().iter().find(|e| e.lost).map(|e| source.line_of(e.span.start));
        let why = Why::new(
            WhyCode::Unsupported,
            format!("a template ({marker}); it has to be rendered to be judged"),
        );
        let mut row = LedgerRow::gap(&name, line, Status::NotEvaluated, "template", &why);
        row.hint = Some("render it and scan the result".to_owned());
        rows.push(row);
    } else if is_json && !asked && !tree.errors().is_empty() && !mentions_object(source.text()) {
        // Settings of editors and compilers are often JSON with comments; they are no concern of ours.
        let reason = "JSON that names no Kubernetes object (and is not strict JSON)";
        rows.push(LedgerRow::file(&name, Status::NotApplicable, kind, reason));
    } else {
        rows.extend(error_rows(&source, tree.errors(), kind));
    }
    let (mut objects, mut others) = (false, 0);
    for root in tree.roots() {
        let mut something = false;
        parts(root, &mut |part| {
            something = true;
            match part {
                Part::Object(..) => objects = true,
                Part::Broken(node, why) => rows.push(broken(&name, node, why)),
            }
        });
        others += usize::from(!something);
    }
    // An empty list of objects, and a Kustomization that does not say what it is.
    let is_empty_list = || tree.roots().any(|root| check::kube::recognise::type_of(root).is_some());
    if objects || is_empty_list() || crate::parts::is_kustomization(&name) {
        let reason = match others {
            0 => "every applicable check was run".to_owned(),
            _ => format!(
                "every applicable check was run; {others} further documents are no Kubernetes objects"
            ),
        };
        rows.push(LedgerRow::file(&name, Status::Judged, "kubernetes", reason));
        return Recognised { file: Some(File::new(source, Content::Tree(tree))), rows };
    }
    let compose = tree.roots().next().is_some_and(|root| compose::looks_like(&name, root));
    if compose {
        return read_compose(tree, rows, companion);
    }
    if rows.is_empty() {
        let reason = if tree.roots().next().is_none() {
            "empty: no document in it".to_owned()
        } else {
            format!("{} without a Kubernetes object or Compose service", kind.to_uppercase())
        };
        rows.push(LedgerRow::file(&name, Status::NotApplicable, kind, reason));
    }
    Recognised { file: None, rows }
}

fn broken(name: &Arc<str>, node: Node<'_>, why: &str) -> LedgerRow {
    let why = Why::new(WhyCode::Malformed, why);
    let line = Some(node.location().range.start.line);
    LedgerRow::gap(name, line, Status::NotEvaluated, "kubernetes", &why)
}

fn read_compose(
    tree: Tree,
    mut rows: Vec<LedgerRow>,
    companion: &dyn Fn(&str) -> Option<Arc<SourceText>>,
) -> Recognised {
    let source = tree.source().clone();
    let (project, errors) = compose::load(tree, companion);
    rows.extend(error_rows(&source, &errors, "compose"));
    rows.push(LedgerRow::file(source.name(), Status::Judged, "compose", "every applicable check was run"));
    Recognised { file: Some(File::new(source, Content::Compose(project))), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let at = Position { line: 3, column: 14 };
        assert_eq!(place_of(&placed("`(` is open (here)", at)), Some(("`(` is open (here)", at)));
        assert_eq!(place_of("no place"), None);
        assert_eq!(place_of("x (line y, column 1)"), None);
    }
}
