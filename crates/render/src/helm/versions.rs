//! Versions of charts and of Kubernetes.

use crate::semver::{Constraint, Version};

/// True if a version is within a range such as `2.x.x` or `>=1.2 <2`. Nothing fits an empty range, as in Helm, nor
/// one that can't be read.
pub(super) fn fits(range: &str, version: &str) -> bool {
    let Ok(version) = Version::parse(version) else { return false };
    Constraint::parse(range).is_ok_and(|range| range.check(&version))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn ranges() {
        for (range, version, wanted) in [
            ("2.x.x", "2.31.4", true),
            ("2.x.x", "3.0.0", false),
            ("", "1.0.0", false),
            ("*", "1.0.0", true),
            (">=1.20.0", "v1.37.0", true),
            (">=1.20.0-0", "1.29.3-gke.4", true),
            (">=1.20.0", "1.29.3-gke.4", false),
            ("no", "1.0.0", false),
            ("1", "no", false),
        ] {
            assert_eq!(fits(range, version), wanted, "{range} {version}");
        }
    }
}
