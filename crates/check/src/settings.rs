//! What the user can set about the judgement itself.

use std::fmt;
use std::str::FromStr;

/// A Kubernetes minor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KubeVersion {
    /// Minor version of Kubernetes 1: 34 for 1.34.
    pub minor: u32,
}

/// The newest Kubernetes minor version whose rules are built in.
pub const NEWEST_MINOR: u32 = 37;

impl KubeVersion {
    /// The newest version whose rules are built in.
    pub const NEWEST: Self = Self { minor: NEWEST_MINOR };
}

impl fmt::Display for KubeVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

impl FromStr for KubeVersion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is not a Kubernetes version; write it as 1.34 or v1.34");
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.").ok_or_else(bad)?;
        let minor = rest.split('.').next().unwrap_or(rest);
        minor.parse().map(|minor| Self { minor }).map_err(|_| bad())
    }
}

/// A version of the Pod Security Standards: `latest` or that of a Kubernetes minor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PssVersion {
    /// As of a minor version.
    Minor(u32),
    /// The newest known.
    Latest,
}

impl PssVersion {
    /// True if the rules of minor version `minor` or later apply.
    pub const fn at_least(self, minor: u32) -> bool {
        match self {
            Self::Minor(m) => m >= minor,
            Self::Latest => true,
        }
    }
}

impl fmt::Display for PssVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minor(m) => write!(f, "v1.{m}"),
            Self::Latest => f.write_str("latest"),
        }
    }
}

impl FromStr for PssVersion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "latest" {
            return Ok(Self::Latest);
        }
        let version: KubeVersion = text.parse().map_err(|_| {
            format!("`{text}` is not a policy version; write `latest` or one of v1.0 to v1.37")
        })?;
        if version.minor > NEWEST_MINOR {
            return Err(format!(
                "policy version {text} is newer than v1.{NEWEST_MINOR}, the newest known here"
            ));
        }
        Ok(Self::Minor(version.minor))
    }
}

/// What the user can set about the judgement itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Which version of the Pod Security Standards applies.
    pub pss_version: PssVersion,
    /// Which Kubernetes version the manifests are meant for.
    pub kubernetes_version: KubeVersion,
    /// Registries images may come from (`registry.example.com`, `ghcr.io/acme`); empty means any.
    pub allowed_registries: Vec<String>,
    /// Whether kinds that no file declares can be taken as absent (true for a whole repository), or may
    /// exist elsewhere (then checks that need them say "not evaluated").
    pub complete: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            pss_version: PssVersion::Latest,
            kubernetes_version: KubeVersion::NEWEST,
            allowed_registries: Vec::new(),
            complete: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_parse() {
        assert_eq!("v1.24".parse(), Ok(PssVersion::Minor(24)));
        assert_eq!("latest".parse(), Ok(PssVersion::Latest));
        assert_eq!("1.34.2".parse(), Ok(KubeVersion { minor: 34 }));
        assert!("v1.99".parse::<PssVersion>().is_err());
        assert!("2.0".parse::<KubeVersion>().is_err());
        assert!(PssVersion::Latest.at_least(37) && !PssVersion::Minor(21).at_least(22));
    }
}
