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

/// A version of Kubernetes as charts see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KubeVersion {
    pub(super) version: String,
    /// Without what comes behind the three numbers: what constraints of charts are held against.
    pub(super) normal: String,
    pub(super) major: String,
    pub(super) minor: String,
}

impl KubeVersion {
    /// Reads a version. `None` if it is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = text.trim().trim_start_matches('v');
        let core = plain.split(['-', '+']).next().unwrap_or(plain);
        let tail = plain.get(core.len()..).unwrap_or("");
        let mut numbers = core.split('.').map(|part| part.parse::<u64>().ok());
        let major = numbers.next().flatten()?;
        let minor = numbers.next().unwrap_or(Some(0))?;
        let patch = numbers.next().unwrap_or(Some(0))?;
        if numbers.next().is_some() {
            return None;
        }
        Some(Self {
            version: format!("v{major}.{minor}.{patch}{tail}"),
            normal: format!("v{major}.{minor}.{patch}"),
            major: major.to_string(),
            minor: minor.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kube_versions() {
        let read = |text| KubeVersion::parse(text).map(|v| v.version);
        assert_eq!(read("1.33").as_deref(), Some("v1.33.0"));
        assert_eq!(read("v1.33.2-gke.1").as_deref(), Some("v1.33.2-gke.1"));
        assert_eq!(read("x"), None);
        assert_eq!(read("1.2.3.4"), None);
    }
}
