//! The levels, and the controls each of them consists of.

use check::PssVersion;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// A level of the Pod Security Standards, from loose to strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Everything is allowed.
    Privileged,
    /// Known ways to gain privilege are closed.
    Baseline,
    /// Current hardening practice is followed.
    Restricted,
}

impl Level {
    /// Every level, from loose to strict.
    pub const ALL: [Self; 3] = [Self::Privileged, Self::Baseline, Self::Restricted];

    /// The word used in labels.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }

    /// The next stricter level.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Privileged => Some(Self::Baseline),
            Self::Baseline => Some(Self::Restricted),
            Self::Restricted => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Level {
    type Err = String;

    /// Reads a label's value; upper case is not accepted, as in Kubernetes.
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|level| level.word() == text)
            .ok_or_else(|| format!("`{text}` is none of `privileged`, `baseline`, `restricted`"))
    }
}

/// A control, as Kubernetes names it.
#[derive(Debug, PartialEq, Eq)]
pub struct Control {
    /// Its name: `hostPorts`.
    pub name: &'static str,
    /// The level that asks for it first.
    pub level: Level,
    /// The first policy version (minor) that has it.
    pub since: u32,
    /// The baseline control it stands in for where restricted is asked for.
    pub overrides: Option<&'static str>,
}

impl Control {
    /// True if `wanted` at `version` asks for this control. Restricted asks for those of baseline as well,
    /// but for the ones that a control of its own stands in for.
    pub fn counts(&self, wanted: Level, version: PssVersion) -> bool {
        let replaced = |name: &str| {
            CONTROLS.iter().any(|other| other.overrides == Some(name) && version.at_least(other.since))
        };
        self.level <= wanted
            && version.at_least(self.since)
            && !(wanted == Level::Restricted && self.level == Level::Baseline && replaced(self.name))
    }
}

const fn baseline(name: &'static str, since: u32) -> Control {
    Control { name, level: Level::Baseline, since, overrides: None }
}

const fn restricted(name: &'static str, since: u32, overrides: Option<&'static str>) -> Control {
    Control { name, level: Level::Restricted, since, overrides }
}

/// Every control of every version.
pub static CONTROLS: &[Control] = &[
    baseline("appArmorProfile", 0),
    baseline("capabilities_baseline", 0),
    baseline("hostNamespaces", 0),
    baseline("hostPathVolumes", 0),
    baseline("hostPorts", 0),
    baseline("hostProbesAndHostLifecycle", 34),
    baseline("privileged", 0),
    baseline("procMount", 0),
    baseline("seLinuxOptions", 0),
    baseline("seccompProfile_baseline", 0),
    baseline("sysctls", 0),
    baseline("windowsHostProcess", 0),
    restricted("allowPrivilegeEscalation", 8, None),
    restricted("capabilities_restricted", 22, Some("capabilities_baseline")),
    restricted("procMount_restricted", 35, Some("procMount")),
    restricted("restrictedVolumes", 0, Some("hostPathVolumes")),
    restricted("runAsNonRoot", 0, None),
    restricted("runAsUser", 23, None),
    restricted("seccompProfile_restricted", 19, Some("seccompProfile_baseline")),
];

/// The control that a rule's reference `pss:<level>/<control>` names.
pub fn control(reference: &str) -> Option<&'static Control> {
    let (level, name) = reference.strip_prefix("pss:")?.split_once('/')?;
    CONTROLS.iter().find(|control| control.name == name && control.level.word() == level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn checks_and_controls_match() {
        let references: BTreeSet<_> = crate::all()
            .flat_map(|check| check.meta.controls)
            .filter(|reference| reference.starts_with("pss:"))
            .map(|reference| control(reference).unwrap_or_else(|| panic!("{reference}")).name)
            .collect();
        let names: BTreeSet<_> = CONTROLS.iter().map(|control| control.name).collect();
        assert_eq!(references, names);
    }

    #[test]
    fn restricted_replaces_controls_of_baseline() {
        let counts = |name: &str, level, version| {
            CONTROLS.iter().find(|c| c.name == name).unwrap().counts(level, version)
        };
        let (new, old) = (PssVersion::Latest, PssVersion::Minor(21));
        assert!(counts("capabilities_baseline", Level::Baseline, new));
        assert!(!counts("capabilities_baseline", Level::Restricted, new));
        assert!(counts("capabilities_baseline", Level::Restricted, old));
        assert!(!counts("capabilities_restricted", Level::Baseline, new));
        assert!(!counts("hostProbesAndHostLifecycle", Level::Restricted, old));
        assert!(!counts("hostPorts", Level::Privileged, new));
    }
}
