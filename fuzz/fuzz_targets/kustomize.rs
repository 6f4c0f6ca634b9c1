//! Any tree of files: no panic, nothing without bound, and manifests that are YAML with runs in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use render::kustomize::{Cache, Options, build, kustomizations, roots};
use render::{Blob, Files};
use std::collections::BTreeMap;
use std::sync::Arc;
use syntax::SourceText;

/// Files in memory: each after a line `=== NAME`.
struct Memory(BTreeMap<Arc<str>, Blob>);

impl Files for Memory {
    fn read(&self, name: &str) -> Result<Option<Blob>, model::Why> {
        Ok(self.0.get(name).cloned())
    }

    fn below(&self, prefix: &str) -> Vec<Arc<str>> {
        self.0.keys().filter(|name| name.starts_with(prefix)).cloned().collect()
    }

    fn is_file(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn is_folder(&self, name: &str) -> bool {
        let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
        self.0.keys().any(|name| name.starts_with(&prefix))
    }
}

fuzz_target!(|text: &str| {
    let mut files = BTreeMap::new();
    for part in text.split("=== ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        let name: Arc<str> = Arc::from(name);
        files.insert(name.clone(), Blob::Text(Arc::new(SourceText::new(name, content))));
    }
    let files = Memory(files);
    let cache = Cache::default();
    let _ = roots(&files);
    for folder in kustomizations(&files).into_iter().take(4) {
        let built = build(&files, &folder, &Options::default(), &cache);
        for manifest in &built.output.manifests {
            assert!(manifest.runs.windows(2).all(|pair| pair[0].at < pair[1].at));
            let tree = syntax::yaml::parse(Arc::new(SourceText::new("", manifest.text.as_str())));
            assert!(tree.errors().iter().all(|error| !error.lost), "{:?}", tree.errors());
        }
    }
});
