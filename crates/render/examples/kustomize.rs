//! Builds a kustomization folder of a tree on disk and prints what `kubectl kustomize` would print.
//!
//! `kustomize TREE FOLDER` with FOLDER below TREE; `kustomize TREE --list` names the folders, `--roots` those
//! that no other refers to. `--trace` prints each line with the places it came from.

use model::{Location, Why};
use render::kustomize::{Cache, Options, build, kustomizations, roots};
use render::{Blob, Files, Origin, OriginId, Origins};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use syntax::SourceText;

/// Files of a folder on disk, read at once.
struct Tree {
    files: BTreeMap<Arc<str>, Blob>,
}

impl Tree {
    fn read(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut stack = vec![PathBuf::new()];
        while let Some(folder) = stack.pop() {
            let Ok(entries) = std::fs::read_dir(root.join(&folder)) else { continue };
            for entry in entries.flatten() {
                let path = folder.join(entry.file_name());
                let Ok(kind) = std::fs::metadata(root.join(&path)) else { continue };
                if kind.is_dir() {
                    if entry.file_name() != ".git" && !entry.path().is_symlink() {
                        stack.push(path);
                    }
                    continue;
                }
                let Ok(bytes) = std::fs::read(root.join(&path)) else { continue };
                let name: Arc<str> = Arc::from(path.to_string_lossy().replace('\\', "/"));
                let blob = match String::from_utf8(bytes) {
                    Ok(text) => Blob::Text(Arc::new(SourceText::new(name.clone(), text))),
                    Err(error) => Blob::Binary(error.into_bytes().into()),
                };
                files.insert(name, blob);
            }
        }
        Self { files }
    }
}

impl Files for Tree {
    fn read(&self, name: &str) -> Result<Option<Blob>, Why> {
        Ok(self.files.get(name).cloned())
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        self.files.keys().filter(|name| name.starts_with(prefix)).cloned().collect()
    }

    fn is_file(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
        self.files.keys().any(|name| name.starts_with(&prefix))
    }
}

fn place(origins: &Origins, id: OriginId) -> String {
    match origins.get(id) {
        Origin::None => "-".to_owned(),
        Origin::Node { .. } => origins.node_of(id).map_or_else(String::new, |node| {
            let location = node.location();
            format!("{}:{}", location.file, location.range.start.line)
        }),
        Origin::Literal { file, .. } => {
            origins.source(*file).map_or_else(String::new, |source| format!("{}:*", source.name()))
        }
        Origin::Derived(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| place(origins, *part)).collect();
            format!("({})", parts.join(" "))
        }
        Origin::Missing { parent, .. } => format!("none in {}", place(origins, *parent)),
        Origin::Written { value, .. } => place(origins, *value),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, what, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: kustomize TREE FOLDER|--list|--roots [--trace] [--unrestricted] [--helm]");
        return ExitCode::FAILURE;
    };
    let files = Tree::read(Path::new(root));
    let list = match what.as_str() {
        "--list" => Some(kustomizations(&files)),
        "--roots" => Some(roots(&files)),
        _ => None,
    };
    if let Some(list) = list {
        for folder in list {
            println!("{}", if folder.is_empty() { "." } else { &folder });
        }
        return ExitCode::SUCCESS;
    }
    let has = |flag: &str| rest.iter().any(|argument| argument == flag);
    let options = Options { helm: has("--helm"), load_restrictor_none: has("--unrestricted") };
    let folder = if what == "." { "" } else { what };
    let built = build(&files, folder, &options, &Cache::default());
    for problem in &built.output.problems {
        let Location { file, range, .. } = &problem.location;
        let kind = if problem.fatal { "error" } else { "note" };
        eprintln!("{kind}: {file}:{}:{}: {}", range.start.line, range.start.column, problem.message);
    }
    for (index, manifest) in built.output.manifests.iter().enumerate() {
        if index > 0 {
            println!("---");
        }
        if !has("--trace") {
            print!("{}", manifest.text);
            continue;
        }
        let mut start = 0;
        for line in manifest.text.lines() {
            let end = start + line.len() as u32;
            let mut places: Vec<String> = manifest
                .runs
                .iter()
                .enumerate()
                .filter(|(index, run)| {
                    let next = manifest.runs.get(index + 1).map_or(u32::MAX, |next| next.at);
                    run.at < end && next > start
                })
                .map(|(_, run)| place(&built.output.origins, run.origin))
                .collect();
            places.dedup();
            println!("{line:<60} # {}", places.join(" | "));
            start = end + 1;
        }
    }
    let failed = built.output.problems.iter().any(|problem| problem.fatal);
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
