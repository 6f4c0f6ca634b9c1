//! A chart as it was read.

use super::metadata::Metadata;
use crate::files::Blob;
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
    pub(super) folder: Arc<str>,
    pub(super) metadata: Metadata,
    /// `values.yaml`.
    pub(super) values: Option<Arc<Tree>>,
    /// `values.schema.json`.
    pub(super) schema: Option<Arc<SourceText>>,
    pub(super) templates: Vec<Template>,
    /// What templates see as `.Files`, by path in the chart.
    pub(super) files: Arc<[(Arc<str>, Blob)]>,
    pub(super) dependencies: Vec<Arc<Chart>>,
    pub(super) problems: Vec<Problem>,
    pub(super) taken: Vec<Taken>,
    /// Dependencies that were not found, by name; for hints.
    pub(super) missing: Vec<String>,
    /// True if Helm would not get as far as rendering it.
    pub(super) broken: bool,
}

/// A file of `templates/`.
#[derive(Clone, Debug)]
pub(super) struct Template {
    /// Path in the chart: `templates/deployment.yaml`.
    pub(super) path: Arc<str>,
    /// Its text.
    pub(super) source: Arc<SourceText>,
}

impl Chart {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Its version.
    pub fn version(&self) -> &str {
        &self.metadata.version
    }

    /// Its folder, or its archive, as shown to people.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// True if it only serves other charts and renders nothing itself.
    pub fn is_library(&self) -> bool {
        self.metadata.kind == "library"
    }

    /// True if its authors call it deprecated.
    pub fn is_deprecated(&self) -> bool {
        self.metadata.deprecated
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
