//! Files that hold only parts of objects, and can't be judged by themselves.

use check::{Content, File};
use model::{Why, WhyCode};
use render::files::join;
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::Node;

/// Kustomize patches among the files, by name: they name an object, but hold only what differs from its base.
pub fn partial(files: &[File]) -> BTreeMap<Arc<str>, Why> {
    let mut found = BTreeMap::new();
    for file in files {
        let Content::Tree(tree) = &file.content else { continue };
        let name = file.source.name();
        if !is_kustomization(name) {
            continue;
        }
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for root in tree.roots() {
            for patch in patches(root) {
                let why = Why::new(
                    WhyCode::Unsupported,
                    format!("a Kustomize patch of {name}; it has to be applied to its base to be judged"),
                );
                found.insert(Arc::from(join(folder, patch)), why);
            }
        }
    }
    found
}

/// True for the names under which Kustomize looks for its own file.
pub fn is_kustomization(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    matches!(file, "kustomization.yaml" | "kustomization.yml" | "Kustomization")
}

fn patches(root: Node<'_>) -> impl Iterator<Item = &str> {
    let named = root.get("patchesStrategicMerge").items().filter_map(Node::as_str);
    let paths = ["patches", "patchesJson6902"]
        .into_iter()
        .flat_map(move |key| root.get(key).items().filter_map(|p| p.get("path").as_str().or(p.as_str())));
    named.chain(paths).filter(|text| !text.contains('\n'))
}
