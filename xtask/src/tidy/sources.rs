//! Shape of the source files: size, names, purity.

use super::layers::PURE;
use crate::workspace::Source;

/// Most lines of a source file.
const MOST_LINES: usize = 600;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] = &[];

/// What code that is pure does not mention.
const IMPURE: &[&str] = &[
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "UnixStream",
    "std::env::",
    "std::thread",
    "std::process",
    "SystemTime",
    "Instant::now",
];

/// Names that say nothing about what is in a module.
const NAMELESS: &[&str] = &["utils", "util", "helpers", "helper", "misc"];

/// Faults of the Rust files.
pub fn faults(files: &[Source]) -> Vec<String> {
    shape(files, LONGER)
}

fn shape(files: &[Source], longer: &[(&str, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, _) in longer {
        let still = files.iter().any(|f| f.path == *path && f.text.lines().count() > MOST_LINES);
        if !still {
            faults.push(format!(
                "{path} is not longer than {MOST_LINES} lines any more; take it off the list of xtask"
            ));
        }
    }
    for file in files.iter().filter(|f| has_ending(&f.path, "rs")) {
        let path = &file.path;
        let lines = file.text.lines().count();
        let generated =
            file.text.lines().next().is_some_and(|line| line.contains("Written by `cargo xtask gen`"));
        if lines > MOST_LINES && !generated && !longer.iter().any(|(long, _)| long == path) {
            faults.push(format!(
                "{path} has {lines} lines, more than {MOST_LINES}: split it by what its parts are about"
            ));
        }
        let parts: Vec<&str> = path.split(['/', '.']).collect();
        // Cargo takes every other file below `tests` for a test of its own.
        if path.ends_with("/mod.rs") && !path.ends_with("/tests/common/mod.rs") {
            faults.push(format!("{path}: name the file after its module, beside the folder"));
        }
        if let Some(name) = parts.iter().find(|part| NAMELESS.contains(part)) {
            faults.push(format!(
                "{path}: `{name}` says nothing about what is inside; name it after what it does"
            ));
        }
        faults.extend(impure(file));
    }
    faults
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
}

/// Uses of the outside world in crates that are to have none. Tests may use it.
fn impure(file: &Source) -> Vec<String> {
    let Some((name, inside)) = file.path.strip_prefix("crates/").and_then(|rest| rest.split_once("/src/"))
    else {
        return Vec::new();
    };
    if !PURE.contains(&name)
        || inside.starts_with("tests")
        || inside.contains("/tests")
        || inside.contains("_tests")
    {
        return Vec::new();
    }
    let code = file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    code.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter_map(|(index, line)| {
            let word = IMPURE.iter().find(|word| line.contains(*word))?;
            Some(format!(
                "{}:{}: `{word}` in `{name}`, which is pure; take what it gives as an argument",
                file.path,
                index + 1
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{one, tree};
    use super::*;

    #[test]
    fn good_files_pass() {
        let text = "use std::fmt;\n// std::fs is not used\n#[cfg(test)]\nmod tests {\nuse std::fs;\n}\n";
        let files = tree(&[
            ("crates/model/src/a.rs", text),
            ("crates/x/tests/common/mod.rs", ""),
            ("README.md", "std::fs"),
        ]);
        assert_eq!(shape(&files, &[]), [] as [String; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        let long = "x\n".repeat(MOST_LINES + 1);
        one(&shape(&tree(&[("crates/a/src/b.rs", &long)]), &[]), "601 lines");
        assert!(
            shape(&tree(&[("crates/a/src/b.rs", &long)]), &[("crates/a/src/b.rs", "a table")]).is_empty()
        );
        let list = format!("//! Written by `cargo xtask gen`.\n{long}");
        assert!(shape(&tree(&[("crates/a/src/b.rs", &list)]), &[]).is_empty());
        one(&shape(&tree(&[("crates/a/src/b.rs", "")]), &[("crates/a/src/b.rs", "a table")]), "any more");
        one(&shape(&tree(&[("crates/a/src/b/mod.rs", "")]), &[]), "beside the folder");
        one(&shape(&tree(&[("crates/a/src/utils.rs", "")]), &[]), "says nothing");
        one(&shape(&tree(&[("crates/a/src/utils/b.rs", "")]), &[]), "says nothing");
        one(
            &shape(&tree(&[("crates/check/src/b.rs", "\nuse std::fs;\n")]), &[]),
            "b.rs:2: `std::fs` in `check`",
        );
        assert!(shape(&tree(&[("crates/scan/src/b.rs", "use std::fs;")]), &[]).is_empty());
    }
}
