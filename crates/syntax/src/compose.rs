//! Compose projects.

use crate::Tree;

/// A Compose project.
#[derive(Debug)]
pub struct Project {
    /// Its services, in order of their names.
    pub services: Vec<Service>,
    trees: Vec<Tree>,
}

impl Project {
    /// The files it was made of.
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
