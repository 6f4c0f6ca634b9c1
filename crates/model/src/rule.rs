//! What is known about a rule of any kind before it runs.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! words {
    ($(#[$m:meta])* $name:ident { $($(#[$vm:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$m])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vm])* $variant),+ }

        impl $name {
            /// Every value, in ascending order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The lower-case word used in configuration, reports and on the command line.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text.to_ascii_lowercase().as_str() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("`{text}` is none of: {}", [$($word),+].join(", "))),
                }
            }
        }
    };
}

words! {
    /// How bad it is if an attacker meets this fault, all else equal.
    Severity {
        /// Worth knowing; no harm by itself.
        Info = "info",
        /// Weakens a defence that others back up.
        Low = "low",
        /// Removes one defence of several.
        Medium = "medium",
        /// One further mistake away from compromise.
        High = "high",
        /// Compromise of node, cluster or data follows directly.
        Critical = "critical",
    }
}

words! {
    /// How sure the rule is that what it reports is really so.
    Confidence {
        /// A heuristic; look before acting.
        Low = "low",
        /// Right unless something outside the input says otherwise.
        Medium = "medium",
        /// Read off the input itself.
        High = "high",
    }
}

words! {
    /// How settled a rule is.
    Maturity {
        /// May still change what it reports.
        Experimental = "experimental",
        /// Only corrected, not changed.
        Stable = "stable",
        /// Kept for old configuration; will go.
        Deprecated = "deprecated",
    }
}

words! {
    /// What a rule is about, so that a person sees only what they asked for.
    Profile {
        /// What a security reviewer would raise.
        Security = "security",
        /// What an on-call engineer would raise.
        Reliability = "reliability",
        /// What a careful colleague would mention.
        Style = "style",
    }
}

words! {
    /// The four Cs by which content, reports and documentation are sorted.
    Area {
        /// Secrets, source, dependencies, pipelines.
        Code = "code",
        /// Dockerfiles, Compose files, images, packages, signatures.
        Container = "container",
        /// Kubernetes objects, access, network, nodes.
        Cluster = "cluster",
        /// Infrastructure as code and live accounts.
        Cloud = "cloud",
    }
}

/// Everything about a rule that does not depend on the input.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct RuleMeta {
    /// Stable kebab-case name, unique over all rules: `privileged-container`.
    pub id: &'static str,
    /// What is wrong, in a few words, without a full stop: `Container runs privileged`.
    pub title: &'static str,
    /// Which of the four Cs.
    pub area: Area,
    /// Topic within the area, for grouping in documentation: `workload`, `rbac`, `network`, `node`, ...
    pub topic: &'static str,
    /// Who wants to hear of it.
    pub profile: Profile,
    /// Default severity; a finding may carry another.
    pub severity: Severity,
    /// Why this severity and not the next one up or down.
    pub severity_reason: &'static str,
    /// Default confidence; a finding may carry another.
    pub confidence: Confidence,
    /// How settled the rule is.
    pub maturity: Maturity,
    /// References `framework:control`, e.g. `pss:baseline/privileged`, `practices:IMG-2`,
    /// `owasp-k8s-2025:K01`, `nsa-cisa:pod-security/non-root`, `cis-k8s:5.2.2`.
    pub controls: &'static [&'static str],
    /// What to do about it, in one or two sentences that a person can act on.
    pub remediation: &'static str,
    /// Version of Holdfast that first had it.
    pub since: &'static str,
    /// Ids of the same rule in other tools, `tool:id`, so that their inline exceptions are honoured:
    /// `checkov:CKV_K8S_16`, `trivy:KSV-0017`, `kube-linter:privileged-container`, `hadolint:DL3008`.
    pub aliases: &'static [&'static str],
    /// Markdown: what, why, how to fix, and the examples.
    pub docs: &'static str,
}

impl RuleMeta {
    /// True if the rule refers to `framework`, or to one of its controls.
    pub fn in_framework(&self, framework: &str) -> bool {
        self.controls.iter().any(|c| c.split_once(':').is_some_and(|(f, _)| f == framework))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_order() {
        for s in Severity::ALL {
            assert_eq!(s.word().parse::<Severity>(), Ok(*s));
        }
        assert!(Severity::High > Severity::Medium);
        assert!("hgih".parse::<Severity>().is_err());
    }
}
