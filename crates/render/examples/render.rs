//! Renders a chart folder of the disk, for comparing with `helm template`:
//! `render FOLDER/CHART [--values FILE] [--set ARG] [--set-string ARG] [--include-crds] [--tests] [--quiet]`,
//! or all charts of a folder: `render --all FOLDER`. A tool for development, not part of Holdfast.

use render::helm::{self, Layer, Library, Options};
use render::{Blob, Files};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use syntax::SourceText;

/// A folder of the disk.
struct Disk {
    root: PathBuf,
    names: Vec<Arc<str>>,
    read: Mutex<HashMap<String, Blob>>,
}

impl Disk {
    fn new(root: &Path) -> Self {
        fn walk(folder: &Path, prefix: &str, names: &mut Vec<Arc<str>>) {
            let Ok(entries) = std::fs::read_dir(folder) else { return };
            for entry in entries.flatten() {
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    walk(&entry.path(), &format!("{name}/"), names);
                } else {
                    names.push(name.into());
                }
            }
        }
        let mut names = Vec::new();
        walk(root, "", &mut names);
        names.sort();
        Self { root: root.to_owned(), names, read: Mutex::default() }
    }
}

impl Files for Disk {
    fn read(&self, name: &str) -> Result<Option<Blob>, model::Why> {
        let mut read = self.read.lock().expect("one thread");
        if let Some(blob) = read.get(name) {
            return Ok(Some(blob.clone()));
        }
        let Ok(bytes) = std::fs::read(self.root.join(name)) else { return Ok(None) };
        let blob = match String::from_utf8(bytes) {
            Ok(text) => Blob::Text(Arc::new(SourceText::new(name, text))),
            Err(error) => Blob::Binary(error.into_bytes().into()),
        };
        read.insert(name.to_owned(), blob.clone());
        Ok(Some(blob))
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        let from = self.names.partition_point(|name| &**name < prefix);
        let names = self.names.get(from..).unwrap_or_default().iter();
        names.take_while(|name| name.starts_with(prefix)).cloned().collect()
    }

    fn is_file(&self, name: &str) -> bool {
        self.names.binary_search_by(|n| (**n).cmp(name)).is_ok()
    }

    fn is_folder(&self, name: &str) -> bool {
        !self.below(&format!("{name}/")).is_empty()
    }
}

fn main() {
    let mut options = Options::default();
    let mut layers = Vec::new();
    let mut target = None;
    let (mut all, mut quiet) = (false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().expect("a value after the option");
        let set = |value, string, json| Layer::Set { path: String::new(), value, string, json, place: None };
        match argument.as_str() {
            "--values" | "-f" => {
                let name = next();
                let text = std::fs::read_to_string(&name).expect("a values file");
                layers
                    .push(Layer::File(Arc::new(syntax::yaml::parse(Arc::new(SourceText::new(name, text))))));
            }
            "--set" => layers.push(set(next(), false, false)),
            "--set-string" => layers.push(set(next(), true, false)),
            "--set-json" => layers.push(set(next(), false, true)),
            "--kube-version" => options.kube_version = next(),
            "--api-versions" | "-a" => options.api_versions.push(next()),
            "--namespace" | "-n" => options.namespace = next(),
            "--name" => options.release = next(),
            "--include-crds" => options.crds = true,
            "--tests" => options.tests = true,
            "--is-upgrade" => options.upgrade = true,
            "--all" => all = true,
            "--quiet" => quiet = true,
            _ => target = Some(PathBuf::from(argument)),
        }
    }
    let target = target.expect("a folder");
    let library = Library::default();
    let begin = Instant::now();
    if all {
        let disk = Disk::new(&target);
        let out = std::env::var_os("OUT").map(PathBuf::from);
        let read = begin.elapsed();
        for folder in helm::charts(&disk) {
            let text = one(&disk, &folder, &layers, &options, &library, quiet);
            if let Some(out) = &out {
                std::fs::create_dir_all(out).expect("a folder for output");
                std::fs::write(out.join(format!("{}.yaml", folder.replace('/', "_"))), text)
                    .expect("written");
            }
        }
        eprintln!("files listed in {read:?}, all in {:?}", begin.elapsed());
    } else {
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let disk = Disk::new(parent);
        let folder = target.file_name().expect("a name").to_string_lossy().into_owned();
        print!("{}", one(&disk, &folder, &layers, &options, &library, quiet));
    }
}

fn one(
    disk: &Disk,
    folder: &str,
    layers: &[Layer],
    options: &Options,
    library: &Library,
    quiet: bool,
) -> String {
    let chart = match helm::load(disk, folder, library) {
        Ok(chart) => chart,
        Err(problems) => {
            show(folder, &problems);
            return String::new();
        }
    };
    let output = helm::render(&chart, layers, options, library);
    if !quiet {
        show(folder, chart.problems());
        show(folder, &output.problems);
    }
    let documents = output.manifests.iter().map(|m| format!("---\n# Source: {}\n{}\n", m.name, m.text));
    documents.collect()
}

fn show(folder: &str, problems: &[render::Problem]) {
    for problem in problems {
        let location = &problem.location;
        let start = location.range.start;
        let state = if problem.fatal { "error" } else { "note" };
        eprintln!(
            "{folder}: {state}: {}:{}:{}: {} [{:?}] {}",
            location.file, start.line, start.column, problem.message, problem.code, problem.hint
        );
    }
}
