//! Files that were parsed already: overlays share their bases.

use crate::helm::Library;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use syntax::{SourceText, Tree};

/// A text and its tree.
type Known = (Arc<SourceText>, Arc<Tree>);

/// Parsed files of one tree of files, to be shared between builds.
#[derive(Debug, Default)]
pub struct Cache {
    /// Charts of `helmCharts`.
    pub(super) charts: Library,
    trees: Mutex<HashMap<Arc<str>, Known>>,
}

impl Cache {
    /// The tree of a text. Kept under its name; a text that changed since is parsed anew.
    pub fn tree(&self, source: &Arc<SourceText>) -> Arc<Tree> {
        if let Ok(trees) = self.trees.lock()
            && let Some((known, tree)) = trees.get(source.name())
            && Arc::ptr_eq(known, source)
        {
            return tree.clone();
        }
        let tree = Arc::new(syntax::yaml::parse(source.clone()));
        if let Ok(mut trees) = self.trees.lock() {
            trees.insert(source.name().clone(), (source.clone(), tree.clone()));
        }
        tree
    }
}
