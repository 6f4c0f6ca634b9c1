//! Manifests: shared lints, versions pinned in one place, every foreign crate argued for.

use crate::workspace::{Package, Source};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// Where decisions are argued.
const DECISIONS: &str = "docs/decisions/";

/// Crates that speak to the kernel and may opt out of the ban on `unsafe`.
const MAY_BE_UNSAFE: &[&str] = &["wire", "sensor"];

/// Faults of all manifests. `Err` if one can't be read.
pub fn faults(packages: &[Package], files: &[Source]) -> Result<Vec<String>, String> {
    let manifests: BTreeMap<&str, Table> = files
        .iter()
        .filter(|f| f.path == "Cargo.toml" || packages.iter().any(|p| p.manifest == f.path))
        .map(|f| Ok((f.path.as_str(), toml::from_str(&f.text).map_err(|e| format!("{}: {e}", f.path))?)))
        .collect::<Result<_, String>>()?;
    let shared = manifests
        .get("Cargo.toml")
        .and_then(|top| top.get("workspace")?.get("dependencies")?.as_table().cloned())
        .ok_or("Cargo.toml has no [workspace.dependencies]")?;
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for package in packages {
        let Some(manifest) = manifests.get(package.manifest.as_str()) else { continue };
        member(package, manifest, &mut used, &mut faults);
    }
    let decisions: String =
        files.iter().filter(|f| f.path.starts_with(DECISIONS)).map(|f| f.text.as_str()).collect();
    for (name, value) in &shared {
        let ours = value.get("path").is_some();
        if !used.contains(name) {
            faults.push(format!(
                "Cargo.toml: `{name}` stands in [workspace.dependencies], but no crate uses it"
            ));
        }
        if ours {
            continue;
        }
        if !is_pinned(value) {
            faults.push(format!("Cargo.toml: `{name}` has no version; pin it to a version of the registry"));
        }
        if !decisions.contains(&format!("`{name}`")) {
            faults.push(format!(
                "`{name}` is argued for nowhere: say in {DECISIONS} what it is for, and why this one"
            ));
        }
    }
    Ok(faults)
}

fn is_pinned(value: &Value) -> bool {
    let version = value.as_str().or_else(|| value.get("version")?.as_str());
    let elsewhere = ["git", "branch", "registry"].iter().any(|key| value.get(key).is_some());
    !elsewhere && version.is_some_and(|v| v.starts_with(|c: char| c.is_ascii_digit() || "^~=".contains(c)))
}

fn member(package: &Package, manifest: &Table, used: &mut BTreeSet<String>, faults: &mut Vec<String>) {
    let path = &package.manifest;
    let inherits = |value: Option<&Value>| {
        value.and_then(|v| v.get("workspace")).and_then(Value::as_bool).unwrap_or(false)
    };
    if !inherits(manifest.get("lints")) && !MAY_BE_UNSAFE.contains(&package.name.as_str()) {
        faults.push(format!("{path}: add `[lints]` with `workspace = true`"));
    }
    for key in ["version", "edition", "rust-version", "license"] {
        if !inherits(manifest.get("package").and_then(|p| p.get(key))) {
            faults
                .push(format!("{path}: `{key}` is to be taken from the workspace: `{key}.workspace = true`"));
        }
    }
    for table in tables(manifest) {
        for (name, value) in table {
            used.insert(name.clone());
            if !inherits(Some(value)) {
                faults.push(format!(
                    "{path}: `{name}` is pinned here; put it in [workspace.dependencies] and write `{name}.workspace = true`"
                ));
            }
        }
    }
}

/// All tables of dependencies, those for single platforms among them.
fn tables(manifest: &Table) -> Vec<&Table> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    std::iter::once(manifest)
        .chain(targets.filter_map(Value::as_table))
        .flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{one, tree};
    use super::*;

    const TOP: &str = "[workspace.dependencies]\nregex = \"1.13\"\n";
    const MEMBER: &str = "[package]\nname = \"a\"\nversion.workspace = true\nedition.workspace = true\n\
        rust-version.workspace = true\nlicense.workspace = true\n[lints]\nworkspace = true\n\
        [dependencies]\nregex.workspace = true\n";

    fn check(top: &str, member: &str, decision: &str) -> Vec<String> {
        let package =
            Package { name: "a".into(), manifest: "crates/a/Cargo.toml".into(), dependencies: vec![] };
        let files =
            tree(&[("Cargo.toml", top), ("crates/a/Cargo.toml", member), ("docs/decisions/x.md", decision)]);
        faults(&[package], &files).unwrap()
    }

    #[test]
    fn a_good_workspace_passes() {
        assert_eq!(check(TOP, MEMBER, "`regex`: text"), [] as [String; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        let why = "`regex`";
        one(&check(TOP, &MEMBER.replace("[lints]\nworkspace = true\n", ""), why), "add `[lints]`");
        one(&check(TOP, &MEMBER.replace("regex.workspace = true", "regex = \"1\""), why), "is pinned here");
        let other = "[target.'cfg(unix)'.dev-dependencies]\nlibc = \"0.2\"\n";
        one(&check(TOP, &format!("{MEMBER}{other}"), why), "`libc` is pinned here");
        one(&check(TOP, &MEMBER.replace("edition.workspace = true", "edition = \"2021\""), why), "`edition`");
        one(&check(TOP, MEMBER, "regex without quotes"), "argued for nowhere");
        one(&check(&TOP.replace("\"1.13\"", "\"*\""), MEMBER, why), "has no version");
        one(&check(&TOP.replace("\"1.13\"", "{ git = \"x\" }"), MEMBER, why), "has no version");
        one(&check(&format!("{TOP}b = {{ path = \"b\" }}\n"), MEMBER, why), "no crate uses it");
    }

    #[test]
    fn a_broken_manifest_is_an_error() {
        assert!(faults(&[], &tree(&[("Cargo.toml", "[x")])).is_err());
        assert!(faults(&[], &tree(&[("Cargo.toml", "[workspace]")])).is_err());
    }
}
