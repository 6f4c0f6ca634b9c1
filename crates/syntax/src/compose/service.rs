//! The typed view of a service.

use super::{Field, Mount, Port, Project, ServiceData};
use crate::Node;
use model::Val;
use std::fmt;

/// A service of a project. Keys of older file formats (`mem_limit`, `net`) are read where they stand.
#[derive(Clone, Copy)]
pub struct Service<'a> {
    project: &'a Project,
    index: usize,
}

impl fmt::Debug for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "service {}", self.name())
    }
}

/// A variable of a service's environment, or an argument of its build.
#[derive(Clone, Copy, Debug)]
pub struct Variable<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value; not set where it is taken from the shell.
    pub value: Field<'a>,
}

impl<'a> Service<'a> {
    pub(super) fn new(project: &'a Project, index: usize) -> Self {
        Self { project, index }
    }

    fn data(self) -> Option<&'a ServiceData> {
        self.project.services.get(self.index)
    }

    /// Its name.
    pub fn name(self) -> &'a str {
        self.data().map_or("", |d| &d.name)
    }

    /// How messages call it: ``service `web` ``.
    pub fn label(self) -> String {
        format!("service `{}`", self.name())
    }

    /// The project it belongs to.
    pub fn project(self) -> &'a Project {
        self.project
    }

    /// Its position among the project's services.
    pub fn index(self) -> usize {
        self.index
    }

    /// The service as a mapping.
    pub fn root(self) -> Field<'a> {
        let data = self.data();
        let value = data.map(|d| &d.value);
        let near = value.map_or(self.project.top.origin, |v| v.origin);
        Field::new(self.project, value, near, data.and_then(|d| d.open.as_ref()))
    }

    /// The node under its name in the main file.
    pub fn node(self) -> Node<'a> {
        self.root().node()
    }

    /// The value of one of its keys.
    pub fn get(self, key: &str) -> Field<'a> {
        self.root().get(key)
    }

    /// Follows several keys from the service.
    pub fn at(self, keys: &[&str]) -> Field<'a> {
        self.root().at(keys)
    }

    /// True if other files complete this service: it has no image, no build and no provider, or stands in an
    /// override file. What it does not say is then not missing.
    pub fn is_partial(self) -> bool {
        let main = self.project.trees.first().map_or("", |tree| tree.source().name());
        let file = main.rsplit('/').next().unwrap_or(main).to_ascii_lowercase();
        let override_file = file.ends_with(".override.yml") || file.ends_with(".override.yaml");
        override_file || !["image", "build", "provider", "extends"].iter().any(|key| self.get(key).is_set())
    }

    /// True if no container is made for it: an external `provider` runs it.
    pub fn is_external(self) -> bool {
        self.get("provider").is_set()
    }

    /// Its published ports.
    pub fn ports(self) -> Vec<Port<'a>> {
        self.get("ports").items().into_iter().map(Port::read).collect()
    }

    /// What it mounts.
    pub fn mounts(self) -> Vec<Mount<'a>> {
        self.get("volumes").items().into_iter().map(|field| Mount::read(self.project, field)).collect()
    }

    /// Its environment variables, from the list or mapping form.
    pub fn environment(self) -> impl Iterator<Item = Variable<'a>> {
        self.get("environment").entries().map(|(name, value)| Variable { name, value })
    }

    /// The arguments of its build.
    pub fn build_args(self) -> impl Iterator<Item = Variable<'a>> {
        self.at(&["build", "args"]).entries().map(|(name, value)| Variable { name, value })
    }

    /// The first of several keys that is set; the first key where none is.
    pub fn first_of(self, paths: &[&[&str]]) -> Field<'a> {
        let fields = paths.iter().map(|path| self.at(path));
        fields.clone().find(|f| f.is_set()).or_else(|| fields.clone().next()).unwrap_or_else(|| self.root())
    }

    /// Its network mode (`network_mode`; `net` in files of version 1).
    pub fn network_mode(self) -> Val<&'a str, Node<'a>> {
        self.first_of(&[&["network_mode"], &["net"]]).str()
    }
}
