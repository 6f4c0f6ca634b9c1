//! A chart as it was read.

use crate::output::Problem;
use std::sync::Arc;
use syntax::{SourceText, Tree};

/// How a dependency was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// A folder in the chart's `charts/`.
    Charts,
    /// A packaged chart in the chart's `charts/`.
    Archive,
    /// The folder that a `file://` repository names.
    File,
    /// A chart of that name and a fitting version elsewhere in the tree. Helm itself would not look there.
    Elsewhere,
}

/// A dependency, and where it was taken from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// The chart's name.
    pub name: Arc<str>,
    /// Its version.
    pub version: Arc<str>,
    /// The folder or archive, as shown to people.
    pub from: Arc<str>,
    /// How it was come by.
    pub how: How,
}

/// A chart with the charts it depends on. Never changed once read, so it is shared between renderings.
#[derive(Debug)]
pub struct Chart {
    pub(crate) folder: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) version: Arc<str>,
    pub(crate) library: bool,
    pub(crate) deprecated: bool,
    pub(crate) values: Option<Arc<Tree>>,
    pub(crate) templates: Vec<Template>,
    pub(crate) dependencies: Vec<Arc<Chart>>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) taken: Vec<Taken>,
}

/// A file of `templates/`.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// Path in the chart: `templates/deployment.yaml`.
    pub(crate) path: Arc<str>,
    /// Its text.
    pub(crate) source: Arc<SourceText>,
}

impl Chart {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its folder, or its archive, as shown to people.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// True if it only serves other charts and renders nothing itself.
    pub fn is_library(&self) -> bool {
        self.library
    }

    /// True if its authors call it deprecated.
    pub fn is_deprecated(&self) -> bool {
        self.deprecated
    }

    /// The files of its `templates/`, without those of its dependencies.
    pub fn templates(&self) -> impl Iterator<Item = &Arc<SourceText>> {
        self.templates.iter().map(|template| &template.source)
    }

    /// Its `values.yaml`.
    pub fn values(&self) -> Option<&Arc<Tree>> {
        self.values.as_ref()
    }

    /// The charts it depends on directly, those included that values may switch off.
    pub fn dependencies(&self) -> &[Arc<Self>] {
        &self.dependencies
    }

    /// What was missing or broken when it was read, dependencies included.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Where each dependency was taken from, those of dependencies included.
    pub fn taken(&self) -> &[Taken] {
        &self.taken
    }
}
