//! Compose projects.

use crate::{Node, SourceText, SyntaxError, Tree};
use std::sync::Arc;

/// A Compose project.
#[derive(Debug)]
pub struct Project {
    /// Its services, in order of their names.
    pub services: Vec<Service>,
    trees: Vec<Tree>,
}

impl Project {
    /// The files it was made of, the main one first.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }
}

/// A service of a project.
#[derive(Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
}

/// True if a document is a Compose file, by its name or by its content.
pub fn looks_like(_name: &str, _root: Node<'_>) -> bool {
    false
}

/// Merges and expands a Compose file. `read` gives the text of another file by its name (`extends`, `.env`).
pub fn load(tree: Tree, _read: &dyn Fn(&str) -> Option<Arc<SourceText>>) -> (Project, Vec<SyntaxError>) {
    (Project { services: Vec::new(), trees: vec![tree] }, Vec::new())
}
