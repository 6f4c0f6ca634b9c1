//! The example in `examples/shop` is what its README says it is.

use crate::harness::Folder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn shop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop").canonicalize().unwrap()
}

/// The first cells of the table under a heading, each with the names in backquotes.
fn names(readme: &str, heading: &str) -> Vec<String> {
    let section = readme.split(&format!("## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|l| l.starts_with("| `")).filter_map(|l| l.split(" | ").next());
    rows.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn the_shop_is_as_bad_as_it_says() {
    let root = shop();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let folder = Folder::new();
    let done = folder.run(&["scan", "-f", "json", "--profile", "all", root.to_str().unwrap()]).exits(1);
    let json = done.json();
    let prefix = format!("{}/", root.display());
    let inside = |location: &serde_json::Value| {
        location["file"].as_str().unwrap().strip_prefix(&prefix).unwrap().to_owned()
    };
    let mut faulty = BTreeSet::new();
    let mut serious = BTreeSet::new();
    let mut accepted = 0;
    for finding in json["findings"].as_array().unwrap() {
        if !finding["exception"].is_null() {
            accepted += 1;
            continue;
        }
        let file = inside(&finding["location"]);
        if ["high", "critical"].contains(&finding["severity"].as_str().unwrap()) {
            serious.insert(file.clone());
        }
        faulty.insert(file);
    }
    let rules = folder.run(&["rules", "--format", "json"]).out;
    let dockerfiles = rules.contains("\"hadolint:");
    if !dockerfiles {
        println!("skipped: no rule about Dockerfiles in this build");
    }
    for name in names(&readme, "What is wrong where").iter().filter(|n| n.contains('.') || n.contains('/')) {
        assert!(root.join(name).is_file(), "{name} is not there");
        // The values of .env are used by compose.yaml, and reported there.
        let silent = name == ".env" || (name.ends_with("Dockerfile") && !dockerfiles);
        assert!(silent || faulty.contains(name), "nothing is found in {name}: {faulty:?}");
    }
    for name in ["payments/Dockerfile", "k8s/payments.yaml"] {
        assert!(root.join(name).is_file() && !serious.contains(name), "{name} is said to be right");
    }
    assert!(accepted >= 3, "one exception of each form");
    assert_eq!(done.notices(), [""; 0], "each exception is in use");
    let gaps: Vec<String> = json["ledger"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| {
            ["error", "not-evaluated"].contains(&row["status"].as_str().unwrap())
                && row["rules"].as_array().is_none_or(Vec::is_empty)
        })
        .map(inside)
        .collect();
    assert_eq!(gaps, ["deploy/preview.yaml"]);
}
