//! `holdfast fix`: only what was asked for changes, everything else stays to the byte.

use crate::harness::{Done, Folder, POD, TWO};

fn fix(folder: &Folder, arguments: &[&str]) -> Done {
    let mut all = vec!["fix"];
    all.extend(TWO);
    all.extend(arguments);
    folder.run(&all)
}

#[test]
fn a_diff_changes_nothing() {
    let folder = Folder::with("k8s/pod.yaml", POD);
    let done = fix(&folder, &["--diff", "--unsafe"]).exits(0);
    for line in [
        "--- a/k8s/pod.yaml",
        "+++ b/k8s/pod.yaml",
        "-        privileged: true",
        "+        privileged: false",
    ] {
        assert!(done.out.lines().any(|l| l == line), "{line}\n{}", done.out);
    }
    assert_eq!(folder.get("k8s/pod.yaml"), POD);
}

#[test]
fn what_is_not_safe_is_left_unless_asked_for() {
    let folder = Folder::with("pod.yaml", POD);
    let done = fix(&folder, &[]).exits(0);
    assert_eq!(folder.get("pod.yaml"), POD);
    assert!(done.err.contains("2 more are offered with --unsafe"), "{}", done.err);
}

#[test]
fn comments_and_layout_stay_and_a_second_run_finds_nothing() {
    let odd = "# top\r\napiVersion:   v1\r\nkind: \"Pod\"   # a kind\r\nmetadata: {name: web}\r\nspec:\r\n  hostNetwork:   true   # why\r\n\r\n  \
        containers:\r\n  - image: 'a.example/b:1'\r\n    name: web\r\n    securityContext: { privileged: true, runAsUser: 1 } # for now\r\n# end";
    let folder = Folder::with("pod.yaml", odd);
    fix(&folder, &["--unsafe"]).exits(0);
    let expected = odd
        .replace("privileged: true", "privileged: false")
        .replace("hostNetwork:   true", "hostNetwork:   false");
    assert_eq!(folder.get("pod.yaml"), expected);
    let again = fix(&folder, &["--unsafe"]).exits(0);
    assert_eq!(again.out, "");
    assert_eq!(folder.get("pod.yaml"), expected);
    assert_eq!(folder.scan(&[]).exits(0).open_rules(), [""; 0]);
    assert_eq!(std::fs::read_dir(folder.path(".")).unwrap().count(), 1, "no file is left behind");
}

#[test]
#[cfg(unix)]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with("pod.yaml", POD);
    for named in ["pod.yaml", "."] {
        folder.put("pod.yaml", POD);
        std::fs::set_permissions(folder.path("pod.yaml"), std::fs::Permissions::from_mode(0o640)).unwrap();
        fix(&folder, &["--unsafe", named]).exits(0);
        assert_ne!(folder.get("pod.yaml"), POD);
        let mode = std::fs::metadata(folder.path("pod.yaml")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640, "{named}");
    }
}

#[test]
fn an_accepted_fault_is_not_mended() {
    let accepted = POD
        .replace("privileged: true", "privileged: true # holdfast: allow privileged-container reason=\"x\"");
    let folder = Folder::with("pod.yaml", &accepted);
    fix(&folder, &["--unsafe"]).exits(0);
    assert!(folder.get("pod.yaml").contains("privileged: true"));
    assert!(folder.get("pod.yaml").contains("hostNetwork: false"));
}

#[test]
fn standard_input_is_only_shown() {
    let folder = Folder::new();
    let arguments = ["fix", "-", "--unsafe", "--rules", "privileged-container"];
    assert!(folder.run_with(&arguments, &[], POD.as_bytes()).exits(2).err.contains("--diff"));
    let done = folder.run_with(&[&arguments[..], &["--diff"]].concat(), &[], POD.as_bytes()).exits(0);
    assert!(done.out.contains("+        privileged: false"), "{}", done.out);
}

#[test]
fn every_fix_together_parses_and_settles() {
    let folder = Folder::with("pod.yaml", POD);
    folder.run(&["fix", "--unsafe", "--profile", "all"]).exits(0);
    let once = folder.get("pod.yaml");
    folder.run(&["scan", "--profile", "all", "--fail-on", "none", "pod.yaml"]).exits(0);
    folder.run(&["fix", "--unsafe", "--profile", "all"]).exits(0);
    assert_eq!(folder.get("pod.yaml"), once);
}
