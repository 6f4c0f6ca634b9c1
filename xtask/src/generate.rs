//! What follows from the checks' files: lists of modules, the rule reference, the control matrix.

mod controls;
mod modules;
mod reference;

pub use modules::AREAS;

use crate::workspace::{cargo, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// Files to be, by path from the root.
type Plan = BTreeMap<String, String>;

/// Folder of the rule reference. Files in it that no rule calls for are taken away.
const REFERENCE: &str = "docs/rules";

/// Writes everything, or, with `check`, returns what is out of date.
pub fn run(check: bool) -> Result<Vec<String>, String> {
    // The lists first: the rest is asked of the program, which needs them to build.
    let mut faults = settle(&modules::plan()?, &[], check)?;
    if !faults.is_empty() {
        return Ok(faults);
    }
    let json = cargo(&["run", "--quiet", "-p", "cli", "--", "rules", "--format", "json"])?;
    let rules: Value = serde_json::from_str(&json).map_err(|e| format!("holdfast rules: {e}"))?;
    let rules = reference::rules(&rules)?;
    let mut plan = reference::plan(&rules);
    let frameworks = root().join("docs/frameworks.md");
    let frameworks = fs::read_to_string(&frameworks).map_err(|e| format!("docs/frameworks.md: {e}"))?;
    let (matrix, unknown) = controls::matrix(&frameworks, &rules);
    plan.insert("docs/controls.md".to_owned(), matrix);
    faults.extend(unknown);
    let stale = stale(&plan)?;
    faults.extend(settle(&plan, &stale, check)?);
    Ok(faults)
}

/// Writes what differs and removes what is stale; with `check`, only says so.
fn settle(plan: &Plan, stale: &[String], check: bool) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    for (name, text) in plan {
        let path = root().join(name);
        let now = fs::read_to_string(&path).ok();
        if now.as_ref() == Some(text) {
            continue;
        }
        if check {
            let what = if now.is_none() { "is missing" } else { "is out of date" };
            faults.push(format!("{name} {what}; run `cargo xtask gen`"));
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| format!("{name}: {e}"))?;
        }
        fs::write(&path, text).map_err(|e| format!("{name}: {e}"))?;
    }
    for name in stale {
        if check {
            faults.push(format!("{name} belongs to no rule; run `cargo xtask gen`"));
        } else {
            fs::remove_file(root().join(name)).map_err(|e| format!("{name}: {e}"))?;
        }
    }
    Ok(faults)
}

/// Pages of the rule reference that are not in the plan.
fn stale(plan: &Plan) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut pending = vec![REFERENCE.to_owned()];
    while let Some(folder) = pending.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else { continue };
        for entry in entries {
            let entry = entry.map_err(|e| format!("{folder}: {e}"))?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                pending.push(name);
            } else if !plan.contains_key(&name) {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}
