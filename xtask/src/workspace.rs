//! What there is: files under version control, packages and their dependencies.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which table of a manifest a dependency stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `[dependencies]`
    Normal,
    /// `[dev-dependencies]`
    Dev,
    /// `[build-dependencies]`
    Build,
}

/// A dependency of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package's own name, whatever it is renamed to.
    pub name: String,
    /// Where it is declared.
    pub kind: Kind,
    /// True if it is a member of this workspace.
    pub ours: bool,
}

/// A member of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its manifest, from the root of the workspace.
    pub manifest: String,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Runs cargo in the root and returns what it printed.
pub fn cargo(arguments: &[&str]) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let shown = format!("cargo {}", arguments.join(" "));
    let done = Command::new(cargo)
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|e| format!("{shown}: {e}"))?;
    if !done.status.success() {
        return Err(format!("{shown} failed:\n{}", String::from_utf8_lossy(&done.stderr)));
    }
    String::from_utf8(done.stdout).map_err(|e| format!("{shown}: {e}"))
}

/// The members of the workspace, from `cargo metadata`.
pub fn packages() -> Result<Vec<Package>, String> {
    read_metadata(&cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline"])?)
}

fn read_metadata(json: &str) -> Result<Vec<Package>, String> {
    let value: Value = serde_json::from_str(json).map_err(|e| format!("cargo metadata: {e}"))?;
    let top = value.get("workspace_root").and_then(Value::as_str).unwrap_or("");
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let packages = list(&value, "packages")
        .iter()
        .map(|package| Package {
            name: text(package, "name"),
            manifest: text(package, "manifest_path")
                .trim_start_matches(top)
                .trim_start_matches(['/', '\\'])
                .replace('\\', "/"),
            dependencies: list(package, "dependencies")
                .iter()
                .map(|dependency| Dependency {
                    name: text(dependency, "name"),
                    kind: match text(dependency, "kind").as_str() {
                        "dev" => Kind::Dev,
                        "build" => Kind::Build,
                        _ => Kind::Normal,
                    },
                    ours: dependency.get("path").is_some_and(Value::is_string),
                })
                .collect(),
        })
        .collect();
    Ok(packages)
}

/// A file of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path from the root, with `/` between parts.
    pub path: String,
    /// Its text; empty for files that are none.
    pub text: String,
}

/// Every file under version control, or about to be; in a copy without history, every file that is not output.
pub fn files() -> Result<Vec<Source>, String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let mut paths: Vec<String> = match listed {
        Ok(done) if done.status.success() => String::from_utf8_lossy(&done.stdout)
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect(),
        _ => {
            let mut found = Vec::new();
            walk(&root(), "", &mut found)?;
            found
        }
    };
    paths.sort();
    paths.dedup();
    let sources = paths.into_iter().filter_map(|path| {
        // Deleted but not yet committed.
        let bytes = fs::read(root().join(&path)).ok()?;
        Some(Source { path, text: String::from_utf8(bytes).unwrap_or_default() })
    });
    Ok(sources.collect())
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if name != "target" && name != ".git" {
                walk(&entry.path(), &format!("{path}/"), found)?;
            }
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_cargo_says() {
        let json = r#"{"workspace_root": "/r", "packages": [{"name": "a", "manifest_path": "/r/crates/a/Cargo.toml",
            "dependencies": [{"name": "b", "kind": null, "path": "/r/crates/b"}, {"name": "serde", "kind": "dev"}]}]}"#;
        let packages = read_metadata(json).unwrap();
        assert_eq!(packages[0].manifest, "crates/a/Cargo.toml");
        let expected = [("b", Kind::Normal, true), ("serde", Kind::Dev, false)];
        for (dependency, (name, kind, ours)) in packages[0].dependencies.iter().zip(expected) {
            assert_eq!((dependency.name.as_str(), dependency.kind, dependency.ours), (name, kind, ours));
        }
        assert!(read_metadata("nope").is_err());
    }

    #[test]
    fn this_file_is_among_the_files() {
        let files = files().unwrap();
        assert!(files.iter().any(|f| f.path == "xtask/src/workspace.rs" && f.text.contains("this_file_is")));
        assert!(files.iter().all(|f| !f.path.starts_with("target/")));
    }
}
