//! Which crate may know which: the table of ARCHITECTURE.md.

use crate::workspace::{Kind, Package};

/// Levels 0 to 2: pure, without files, network, clock or threads.
pub const PURE: &[&str] =
    &["model", "wire", "syntax", "check", "detect", "secrets", "packages", "report", "checks", "render"];

/// A crate, and the crates of the workspace it may know.
const TABLE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("wire", &[]),
    ("syntax", &["model"]),
    ("check", &["model", "syntax"]),
    ("detect", &["model", "wire"]),
    ("secrets", &["model"]),
    ("packages", &["model"]),
    ("report", &["model"]),
    ("render", &["model", "syntax"]),
    ("checks", &["check", "model", "syntax"]),
    ("scan", PURE),
    ("kube", PURE),
    ("sensor", PURE),
    ("server", PURE),
    ("testkit", &["check", "model", "syntax"]),
    ("xtask", &[]),
];

/// The one crate that wires everything together, and those it leaves out.
const TOP: (&str, &[&str]) = ("cli", &["testkit", "xtask"]);

/// Crates that tests may use besides what their crate knows anyway.
const FOR_TESTS: &[&str] = &["testkit"];

/// Edges that the table does not have.
pub fn faults(packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        let row = TABLE.iter().find(|(crate_name, _)| *crate_name == name);
        if row.is_none() && name != TOP.0 {
            faults.push(format!(
                "crate `{name}` is not in the layer table; a crate is added only for another target, enforced purity, \
                 a fence around a heavy dependency, or content kept apart from its engine: give it a row in \
                 xtask/src/tidy/layers.rs and in ARCHITECTURE.md"
            ));
            continue;
        }
        for dependency in package.dependencies.iter().filter(|d| d.ours) {
            let other = dependency.name.as_str();
            let normal = match row {
                Some((_, known)) => known.contains(&other),
                None => !TOP.1.contains(&other),
            };
            if normal || (dependency.kind == Kind::Dev && FOR_TESTS.contains(&other)) {
                continue;
            }
            let allowed = match row {
                Some((_, [])) => "no other crate".to_owned(),
                Some((_, known)) => known.join(", "),
                None => format!("all but {}", TOP.1.join(", ")),
            };
            let table = match dependency.kind {
                Kind::Normal => "[dependencies]",
                Kind::Dev => "[dev-dependencies]",
                Kind::Build => "[build-dependencies]",
            };
            faults.push(format!(
                "{}: `{name}` may not know `{other}` ({table}); it may know {allowed}. Move what is shared down a level, \
                 or pass it in as an argument",
                package.manifest
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::testing::one;
    use super::*;
    use crate::workspace::Dependency;

    fn package(name: &str, dependencies: &[(&str, Kind)]) -> Package {
        let dependencies = dependencies
            .iter()
            .map(|(name, kind)| Dependency { name: (*name).to_owned(), kind: *kind, ours: true })
            .collect();
        Package { name: name.to_owned(), manifest: format!("crates/{name}/Cargo.toml"), dependencies }
    }

    #[test]
    fn edges_of_the_table_pass() {
        let good = [
            package("checks", &[("check", Kind::Normal), ("testkit", Kind::Dev)]),
            package("scan", &[("report", Kind::Normal), ("checks", Kind::Normal)]),
            package("cli", &[("scan", Kind::Normal), ("report", Kind::Normal)]),
        ];
        assert_eq!(faults(&good), [] as [String; 0]);
    }

    #[test]
    fn every_other_edge_fails() {
        for (name, other, kind) in [
            ("model", "syntax", Kind::Normal),
            ("report", "check", Kind::Normal),
            ("report", "check", Kind::Dev),
            ("checks", "report", Kind::Normal),
            ("scan", "kube", Kind::Normal),
            ("scan", "testkit", Kind::Normal),
            ("cli", "xtask", Kind::Build),
            ("xtask", "checks", Kind::Normal),
        ] {
            one(&faults(&[package(name, &[(other, kind)])]), &format!("`{name}` may not know `{other}`"));
        }
    }

    #[test]
    fn a_crate_without_a_row_fails() {
        one(&faults(&[package("helpers", &[])]), "`helpers` is not in the layer table");
    }

    #[test]
    fn foreign_crates_are_not_our_matter() {
        let mut model = package("model", &[("check", Kind::Normal)]);
        model.dependencies[0].ours = false;
        assert!(faults(&[model]).is_empty());
    }

    #[test]
    fn the_table_has_no_circle() {
        for (index, (_, known)) in TABLE.iter().enumerate() {
            for other in *known {
                let at = TABLE.iter().position(|(name, _)| name == other).unwrap();
                assert!(at < index, "{other} stands below a crate that knows it");
            }
        }
    }
}
