//! What `helm template` takes from its command line.

/// Inputs of a rendering besides chart and values.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the release.
    pub release: String,
    /// Namespace of the release.
    pub namespace: String,
    /// Version of Kubernetes that charts are told, `1.33` or `v1.33.2`.
    pub kube_version: String,
    /// API versions that charts are told there are, besides those of every cluster.
    pub api_versions: Vec<String>,
    /// Print custom resource definitions, too (`--include-crds`).
    pub crds: bool,
    /// Print test hooks, too.
    pub tests: bool,
    /// Render for an upgrade instead of an installation.
    pub upgrade: bool,
    /// The time templates are told, in seconds since 1970.
    pub now: i64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            release: "release-name".to_owned(),
            namespace: "default".to_owned(),
            kube_version: "v1.37.0".to_owned(),
            api_versions: Vec::new(),
            crds: false,
            tests: false,
            upgrade: false,
            now: 0,
        }
    }
}
