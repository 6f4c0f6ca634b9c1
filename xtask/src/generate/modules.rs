//! The lists of modules of the folders of checks.

use super::Plan;
use crate::workspace::root;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The folders of the four Cs.
pub const AREAS: [&str; 4] = ["code", "container", "cluster", "cloud"];

/// The list of each folder that holds checks.
pub fn plan() -> Result<Plan, String> {
    let mut plan = Plan::new();
    for area in AREAS {
        let folder = format!("crates/checks/src/{area}");
        let Ok(entries) = fs::read_dir(root().join(&folder)) else { continue };
        let mut names: Vec<String> = entries
            .filter_map(|e| e.ok()?.file_name().into_string().ok()?.strip_suffix(".rs").map(str::to_owned))
            .collect();
        names.sort();
        if !names.is_empty() {
            plan.insert(format!("{folder}.rs"), format_source(&list(area, &names))?);
        }
    }
    Ok(plan)
}

fn list(area: &str, names: &[String]) -> String {
    let mut text = format!(
        "//! Checks of the area `{area}`. Written by `cargo xtask gen`; do not edit.\n\nuse check::Check;\n\n"
    );
    for name in names {
        let _ = writeln!(text, "pub mod {name};");
    }
    text.push_str("\n/// Every check of this area, by file name.\npub static CHECKS: &[&Check] = &[\n");
    for name in names {
        let _ = writeln!(text, "    &{name}::CHECK,");
    }
    text.push_str("];\n");
    text
}

/// The text as `cargo fmt` would have it, so that neither of the two undoes what the other did.
fn format_source(text: &str) -> Result<String, String> {
    let fail = |e: std::io::Error| format!("rustfmt: {e} (`rustup component add rustfmt` installs it)");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(fail)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(fail)?;
    }
    let done = child.wait_with_output().map_err(fail)?;
    if !done.status.success() {
        return Err(
            "rustfmt refuses the list of modules: is there a file whose name is no module's?".to_owned()
        );
    }
    String::from_utf8(done.stdout).map_err(|e| format!("rustfmt: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_every_module_twice() {
        let text = list("cluster", &["a_one".to_owned(), "b_two".to_owned()]);
        for line in ["pub mod a_one;\n", "pub mod b_two;\n", "    &a_one::CHECK,\n", "    &b_two::CHECK,\n"] {
            assert!(text.contains(line), "{line}");
        }
    }
}
