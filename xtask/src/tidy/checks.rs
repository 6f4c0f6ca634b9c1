//! Every file of a check is registered, and every area with its list.

use crate::workspace::Source;

/// Folder of the checks, with those of the four Cs in it.
const FOLDER: &str = "crates/checks/src/";

/// Checks that no list names, and areas that the crate does not take in.
pub fn faults(files: &[Source]) -> Vec<String> {
    let text = |path: String| files.iter().find(|f| f.path == path).map_or("", |f| f.text.as_str());
    let top = text(format!("{FOLDER}lib.rs"));
    let mut faults = Vec::new();
    let mut areas: Vec<&str> = Vec::new();
    for file in files {
        let inside = file.path.strip_prefix(FOLDER).and_then(|path| path.strip_suffix(".rs"));
        let Some((area, name)) = inside.and_then(|path| path.split_once('/')) else { continue };
        if !file.text.contains("static CHECK: Check") {
            if crate::generate::AREAS.contains(&area) {
                faults.push(format!("{}: no `static CHECK: Check` in a folder of checks", file.path));
            }
            continue;
        }
        if !areas.contains(&area) {
            areas.push(area);
        }
        let list = text(format!("{FOLDER}{area}.rs"));
        if !list.contains(&format!("{name}::CHECK")) || !list.contains(&format!("mod {name};")) {
            faults.push(format!("{} is not registered; run `cargo xtask gen`", file.path));
        }
        let id = name.replace('_', "-");
        if !file.text.contains(&format!("id: \"{id}\"")) {
            faults.push(format!("{}: the rule's id is to be that of its file, `{id}`", file.path));
        }
    }
    for area in areas {
        if !top.contains(&format!("{area}::CHECKS")) {
            faults.push(format!("{FOLDER}lib.rs does not take in `{area}::CHECKS`"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::testing::{one, tree};
    use super::*;

    const GOOD: [(&str, &str); 3] = [
        ("crates/checks/src/lib.rs", "[cluster::CHECKS]"),
        ("crates/checks/src/cluster.rs", "pub mod host_pid;\n[&host_pid::CHECK]"),
        ("crates/checks/src/cluster/host_pid.rs", "pub static CHECK: Check = { id: \"host-pid\" }"),
    ];

    #[test]
    fn registered_checks_pass() {
        assert_eq!(faults(&tree(&GOOD)), [] as [String; 0]);
    }

    #[test]
    fn each_fault_is_found() {
        let with = |index: usize, text| {
            let mut files = GOOD;
            files[index].1 = text;
            faults(&tree(&files))
        };
        one(&with(0, ""), "does not take in `cluster::CHECKS`");
        one(&with(1, ""), "is not registered");
        one(&with(2, "pub static CHECK: Check = { id: \"host-ipc\" }"), "id is to be that of its file");
        one(&with(2, "fn f() {}"), "no `static CHECK: Check`");
    }
}
