//! Kustomize overlays: what `kubectl kustomize` makes of a folder, with the origin of each part.

pub mod cache;
pub mod fault;
pub mod fieldspec;
pub mod images;
pub mod json6902;
pub mod labels;
pub mod namespace;
pub mod pattern;
pub mod prefix;
pub mod query;
pub mod replacements;
pub mod replicas;
pub mod resource;
pub mod scalar;
pub mod schema;
pub mod selector;
pub mod shared;
pub mod strategic;
pub mod tables;
#[cfg(test)]
mod testing;
pub mod vars;

mod charts;
mod configure;
mod finish;
mod generate;
mod hash;
mod kustomization;
mod loader;
mod manifest;
mod order;
mod patch;
mod plugin;
mod reference;
mod rendered;
mod set;
mod target;
mod transform;
mod vars_of;
mod write;

use crate::files::{Blob, Files, join};
use crate::output::Output;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use cache::Cache;
pub use fault::Fault;
pub use resource::{Behavior, Id, Resource};

/// The names a kustomization file may have.
pub const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// What a build may do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// `--enable-helm`: `helmCharts` are rendered.
    pub helm: bool,
    /// `--load-restrictor LoadRestrictionsNone`: files outside of the folder may be read.
    pub load_restrictor_none: bool,
}

/// What came of building a folder.
#[derive(Debug)]
pub struct Built {
    /// One manifest for each object, in the order in which `kubectl kustomize` prints them; none if the build
    /// stopped. A fatal problem of a chart does not stop it: what can be rendered of the chart is there.
    pub output: Output,
    /// Every file that took part: kustomization files, resources, patches, inputs of generators.
    pub consumed: BTreeSet<Arc<str>>,
}

/// Folders with a kustomization file, in order.
pub fn kustomizations(files: &dyn Files) -> Vec<String> {
    let mut folders = BTreeSet::new();
    for name in files.below("") {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        if FILE_NAMES.contains(&file) {
            folders.insert(folder.to_owned());
        }
    }
    folders.into_iter().collect()
}

/// Folders that are to be judged by themselves: not a Component, and referenced by no other kustomization of
/// the tree.
pub fn roots(files: &dyn Files) -> Vec<String> {
    let mut found = Vec::new();
    let mut references: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in kustomizations(files) {
        let mut component = false;
        for name in loader::kustomization_files(files, &folder) {
            let Ok(Some(Blob::Text(source))) = files.read(&name) else { continue };
            let tree = syntax::yaml::parse(source);
            let Some(root) = tree.roots().next() else { continue };
            component |= root.get("kind").is("Component");
            for path in kustomization::references(root) {
                references.entry(folder.clone()).or_default().insert(join(&folder, path));
            }
        }
        if !component {
            found.push(folder);
        }
    }
    let named: BTreeSet<&String> = references.values().flatten().collect();
    let (inner, mut roots): (Vec<String>, Vec<String>) =
        found.into_iter().partition(|folder| named.contains(folder));
    // Those that refer to one another in a circle are reached from nowhere, and must not be passed over.
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut waiting = roots.clone();
    let mut inner = inner.into_iter();
    loop {
        while let Some(folder) = waiting.pop() {
            if reached.insert(folder.clone()) {
                waiting.extend(references.get(&folder).into_iter().flatten().cloned());
            }
        }
        let Some(lost) = inner.find(|folder| !reached.contains(folder)) else { break };
        roots.push(lost.clone());
        waiting.push(lost);
    }
    roots.sort();
    roots
}

/// Builds a folder.
pub fn build(files: &dyn Files, folder: &str, options: &Options, cache: &Cache) -> Built {
    let mut loader = loader::Loader::new(files, cache, options);
    let manifests = loader.build(folder).unwrap_or_else(|fault| {
        loader.note(fault, "", true);
        Vec::new()
    });
    let loader::Loader { context, consumed, problems, .. } = loader;
    let output = Output { manifests, origins: Arc::new(context.origins), problems };
    Built { output, consumed }
}
