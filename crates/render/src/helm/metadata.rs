//! `Chart.yaml` and `requirements.yaml`.

use crate::template::float;
use std::sync::Arc;
use syntax::{Kind, Node, Tree, scalar};

/// What a chart says about itself.
#[derive(Clone, Debug)]
pub(super) struct Metadata {
    /// `Chart.yaml`.
    pub(super) tree: Arc<Tree>,
    /// `requirements.yaml` of a chart of version 1.
    pub(super) requirements: Option<Arc<Tree>>,
    pub(super) api_version: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) kube_version: String,
    pub(super) kind: String,
    pub(super) deprecated: bool,
    /// What the chart depends on; none if it does not say (which is not the same as an empty list).
    pub(super) dependencies: Option<Vec<Dependency>>,
}

/// An entry of `dependencies`.
#[derive(Clone, Debug)]
pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) repository: String,
    pub(super) condition: String,
    pub(super) tags: Vec<String>,
    pub(super) alias: String,
    pub(super) imports: Vec<Import>,
    /// True if it stands in `requirements.yaml`.
    pub(super) in_requirements: bool,
    /// Its node there.
    pub(super) node: syntax::NodeId,
}

/// An entry of `import-values`.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) child: String,
    pub(super) parent: String,
}

impl Metadata {
    /// Reads `Chart.yaml`, and `requirements.yaml` over it. An error says what Helm would reject.
    pub(super) fn read(tree: Arc<Tree>, requirements: Option<Arc<Tree>>) -> Result<Self, String> {
        if let Some(error) = tree.errors().iter().find(|error| error.lost) {
            return Err(format!("cannot load Chart.yaml: {error}"));
        }
        let root = tree.roots().next().ok_or("validation: chart.metadata.name is required")?;
        if !root.is_map() {
            return Err("cannot load Chart.yaml: it is not a mapping".to_owned());
        }
        let text = |key: &str| json_string(root.get(key)).unwrap_or_default();
        let mut metadata = Self {
            api_version: text("apiVersion"),
            name: text("name"),
            version: text("version"),
            kube_version: text("kubeVersion"),
            kind: text("type"),
            deprecated: root.get("deprecated").as_bool().unwrap_or(false),
            dependencies: dependencies(root.get("dependencies"), false),
            requirements: None,
            tree: tree.clone(),
        };
        if metadata.api_version.is_empty() {
            "v1".clone_into(&mut metadata.api_version);
        }
        if let Some(requirements) = requirements {
            if let Some(error) = requirements.errors().iter().find(|error| error.lost) {
                return Err(format!("cannot load requirements.yaml: {error}"));
            }
            let listed = requirements.roots().next().and_then(|r| dependencies(r.get("dependencies"), true));
            if listed.is_some() {
                metadata.dependencies = listed;
                metadata.requirements = Some(requirements);
            }
        }
        metadata.validate()?;
        Ok(metadata)
    }

    fn validate(&self) -> Result<(), String> {
        if self.name.is_empty() {
            return Err("validation: chart.metadata.name is required".to_owned());
        }
        if self.name.contains(['/', '\\']) || matches!(self.name.as_str(), "." | "..") {
            return Err(format!("validation: chart.metadata.name {:?} is invalid", self.name));
        }
        if self.version.is_empty() {
            return Err("validation: chart.metadata.version is required".to_owned());
        }
        if !matches!(self.kind.as_str(), "" | "application" | "library") {
            return Err("validation: chart.metadata.type must be application or library".to_owned());
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        for dependency in self.dependencies.iter().flatten() {
            if !dependency.alias.chars().all(plain) {
                return Err(format!(
                    "validation: dependency {:?} has disallowed characters in the alias",
                    dependency.name
                ));
            }
        }
        Ok(())
    }

    /// The entry of a dependency.
    pub(super) fn entry(&self, dependency: &Dependency) -> Node<'_> {
        let tree = if dependency.in_requirements { self.requirements.as_ref() } else { None };
        tree.unwrap_or(&self.tree).node(dependency.node)
    }
}

fn dependencies(list: Node<'_>, in_requirements: bool) -> Option<Vec<Dependency>> {
    if !list.is_seq() {
        return None;
    }
    let entries = list.items().filter(|item| item.is_map()).map(|item| {
        let text = |key: &str| json_string(item.get(key)).unwrap_or_default();
        let imports = item.get("import-values").items().filter_map(|import| match import.kind() {
            Kind::Str => {
                Some(Import { child: format!("exports.{}", import.as_str()?), parent: ".".to_owned() })
            }
            Kind::Map => Some(Import {
                child: json_string(import.get("child")).unwrap_or_default(),
                parent: json_string(import.get("parent")).unwrap_or_default(),
            }),
            Kind::Null | Kind::Bool | Kind::Int | Kind::Float | Kind::Seq => None,
        });
        Dependency {
            name: text("name"),
            version: text("version"),
            repository: text("repository"),
            condition: text("condition"),
            tags: item.get("tags").items().filter_map(json_string).collect(),
            alias: text("alias"),
            imports: imports.collect(),
            in_requirements,
            node: item.id(),
        }
    });
    Some(entries.collect())
}

/// A scalar as it comes out where YAML is read into a string: numbers and booleans in their plain form.
pub(super) fn json_string(node: Node<'_>) -> Option<String> {
    match node.kind() {
        Kind::Str => node.as_str().map(str::to_owned),
        Kind::Bool => node.as_bool().map(|value| value.to_string()),
        Kind::Int => node.as_int().map(|value| value.to_string()),
        Kind::Float => node.scalar().and_then(scalar::parse_float).map(float::shortest),
        Kind::Null | Kind::Map | Kind::Seq => None,
    }
}
