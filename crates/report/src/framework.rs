//! Frameworks as views over the control references of rules.
//!
//! A framework is data ([`Framework`]); what a report says about it is computed by [`assess`] from the
//! findings, the tallies, the ledger and the full list of rules, and written by [`render`].

mod assess;
mod cis_control_plane;
mod cis_docker;
mod cis_k8s;
mod data;
mod nsa_cisa;
mod owasp;
mod practices;
mod pss;
pub mod render;

pub use assess::{Assessment, ControlResult, Counts, Serving, Verdict, assess};
pub use cis_docker::CIS_DOCKER;
pub use cis_k8s::CIS_K8S;
pub use data::{Control, Framework, Group, Reach};
pub use nsa_cisa::NSA_CISA;
pub use owasp::{OWASP_2022, OWASP_2025};
pub use practices::PRACTICES;
pub use pss::PSS;

/// Every framework the product knows, in the order in which reports show them.
pub static ALL: [&Framework; 7] =
    [&PRACTICES, &PSS, &OWASP_2025, &OWASP_2022, &NSA_CISA, &CIS_K8S, &CIS_DOCKER];

/// The framework with an id. `owasp-k8s` without a year is the latest edition.
pub fn find(id: &str) -> Option<&'static Framework> {
    let id = if id == "owasp-k8s" { OWASP_2025.id } else { id };
    ALL.iter().copied().find(|f| f.id == id)
}

/// What `report` says about the framework its user asked for.
pub fn assessment(report: &crate::Report) -> Option<Assessment> {
    report.framework.map(|framework| assess(framework, report, &report.rules))
}

/// The control that a reference `framework:control` names.
pub fn resolve(reference: &str) -> Option<(&'static Framework, &'static Control)> {
    let (framework, control) = reference.split_once(':')?;
    let framework = ALL.iter().copied().find(|f| f.id == framework)?;
    Some((framework, framework.control(control)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_every_control_is_described() {
        let ids: BTreeSet<_> = ALL.iter().map(|f| f.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for framework in ALL {
            let mut seen = BTreeSet::new();
            for (group, control) in framework.controls() {
                assert!(seen.insert(control.id), "{}:{} twice", framework.id, control.id);
                assert!(!control.title.is_empty() && !control.note.is_empty(), "{}", control.id);
                assert!(!control.title.ends_with('.'), "{}", control.title);
                assert!(!group.title.is_empty());
                assert!(!control.id.contains([':', ' ', '|']), "{}", control.id);
            }
        }
    }

    #[test]
    fn sections_have_the_sizes_of_their_sources() {
        let size = |f: &Framework, id: &str| f.groups.iter().find(|g| g.id == id).map(|g| g.controls.len());
        for (id, n) in [
            ("1.1", 21),
            ("1.2", 30),
            ("1.3", 7),
            ("1.4", 2),
            ("2", 7),
            ("3.1", 3),
            ("3.2", 2),
            ("4.1", 10),
            ("4.2", 14),
            ("4.3", 1),
            ("5.1", 13),
            ("5.2", 12),
            ("5.3", 2),
            ("5.4", 2),
            ("5.5", 1),
            ("5.6", 4),
        ] {
            assert_eq!(size(&CIS_K8S, id), Some(n), "section {id}");
        }
        assert_eq!(CIS_DOCKER.controls().count(), 12);
        assert_eq!(OWASP_2022.controls().count(), 10);
        assert_eq!(OWASP_2025.controls().count(), 10);
        assert_eq!(PSS.controls().count(), 19);
        assert_eq!(PRACTICES.controls().count(), 48);
    }

    #[test]
    fn numbered_controls_stand_in_their_section_in_order() {
        for framework in [&CIS_K8S, &CIS_DOCKER] {
            for group in framework.groups {
                for (i, control) in group.controls.iter().enumerate() {
                    assert_eq!(control.id, format!("{}.{}", group.id, i + 1));
                }
            }
        }
    }

    #[test]
    fn references_resolve() {
        for reference in [
            "pss:baseline/privileged",
            "practices:IMG-2",
            "owasp-k8s-2025:K01",
            "cis-k8s:5.2.2",
            "nsa-cisa:pod-security/non-root",
            "cis-docker:4.1",
        ] {
            assert!(resolve(reference).is_some(), "{reference}");
        }
        for reference in ["pss:privileged", "pss", "", ":", "owasp-k8s:K01", "cis-k8s:5.2.99"] {
            assert!(resolve(reference).is_none(), "{reference}");
        }
        assert_eq!(find("owasp-k8s").map(|f| f.version), Some("2025"));
        assert!(find("nope").is_none());
    }

    #[test]
    fn the_documentation_lists_every_control() {
        let page = include_str!("../../../docs/frameworks.md");
        for framework in ALL {
            for (_, c) in framework.controls() {
                let row = format!("| `{}:{}` | {} |", framework.id, c.id, c.title);
                assert!(page.contains(&row), "docs/frameworks.md lacks: {row}");
            }
        }
        let rows = page.lines().filter(|l| l.starts_with("| `")).count();
        assert_eq!(rows, ALL.iter().map(|f| f.controls().count()).sum::<usize>());
    }
}
