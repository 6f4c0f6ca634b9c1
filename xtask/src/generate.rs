//! Writes what follows from the checks' files: the lists of modules.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of the four Cs.
const AREAS: [&str; 4] = ["code", "container", "cluster", "cloud"];

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Writes `text` to `path`, or, with `check`, only says whether it differs.
pub fn write(path: &Path, text: &str, check: bool) -> Result<(), String> {
    let now = fs::read_to_string(path).unwrap_or_default();
    if now == text {
        return Ok(());
    }
    let shown = path.strip_prefix(root()).unwrap_or(path).display();
    if check {
        return Err(format!("{shown} is out of date; run `cargo xtask gen`"));
    }
    fs::write(path, text).map_err(|e| format!("{shown}: {e}"))
}

/// Writes the list of modules of each folder of checks.
pub fn modules(check: bool) -> Result<(), String> {
    let sources = root().join("crates/checks/src");
    for area in AREAS {
        let folder = sources.join(area);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut names: Vec<String> = entries
            .filter_map(|e| e.ok()?.file_name().into_string().ok()?.strip_suffix(".rs").map(str::to_owned))
            .collect();
        names.sort();
        if names.is_empty() {
            continue;
        }
        let mut text = format!(
            "//! Checks of the area `{area}`. Written by `cargo xtask gen`; do not edit.\n\nuse check::Check;\n\n"
        );
        for name in &names {
            let _ = writeln!(text, "pub mod {name};");
        }
        text.push_str("\n/// Every check of this area, by file name.\npub static CHECKS: &[&Check] = &[\n");
        for name in &names {
            let _ = writeln!(text, "    &{name}::CHECK,");
        }
        text.push_str("];\n");
        write(&sources.join(format!("{area}.rs")), &text, check)?;
    }
    Ok(())
}
