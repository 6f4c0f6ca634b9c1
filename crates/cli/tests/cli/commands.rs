//! The commands beside scanning and fixing.

use crate::harness::{Folder, POD};

#[test]
fn help_has_examples() {
    let folder = Folder::new();
    for command in [&["--help"][..], &["scan", "--help"], &["fix", "--help"]] {
        assert!(folder.run(command).exits(0).out.contains("Examples:"), "{command:?}");
    }
    for command in ["pss", "rules", "explain", "init", "doctor", "completions"] {
        assert!(folder.run(&[command, "--help"]).exits(0).out.contains("Usage: holdfast"), "{command}");
    }
    assert!(folder.run(&["--version"]).exits(0).out.starts_with("holdfast "));
    assert!(folder.run(&["scna"]).exits(2).err.contains("'scan'"));
    folder.run(&[]).exits(2);
}

#[test]
fn explain_by_our_id_and_by_those_of_others() {
    let folder = Folder::new();
    let ours = folder.run(&["explain", "privileged-container"]).exits(0).out;
    assert!(ours.contains("privileged: true"), "{ours}");
    for id in ["CKV_K8S_16", "KSV-0017", "AVD-KSV-0017", "ksv017"] {
        assert!(folder.run(&["explain", id]).exits(0).out.contains("privileged-container"), "{id}");
    }
    assert!(folder.run(&["explain", "privilegd-container"]).exits(2).err.contains("did you mean"));
    assert!(folder.run(&["explain", "x"]).exits(2).err.contains("no rule is called `x`"));
}

#[test]
fn rules_for_programs() {
    let folder = Folder::new();
    let all = folder.run(&["rules", "--format", "json"]).exits(0).json();
    let all = all.as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = all.iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
    for rule in all {
        for key in
            ["id", "title", "area", "topic", "severity", "severity_reason", "remediation", "since", "docs"]
        {
            assert!(!rule[key].as_str().unwrap().is_empty(), "{} has no {key}", rule["id"]);
        }
        assert!(rule["docs"].as_str().unwrap().contains("## Fails"), "{}", rule["id"]);
    }
    let some = folder.run(&["rules", "--format", "json", "--framework", "pss"]).exits(0).json();
    let some = some.as_array().unwrap();
    assert!(!some.is_empty() && some.len() < all.len());
    assert!(folder.run(&["rules"]).exits(0).out.contains("privileged-container"));
    assert!(folder.run(&["rules", "--format", "markdown"]).exits(0).out.starts_with("| rule |"));
}

#[test]
fn init_then_scan() {
    let folder = Folder::with("pod.yaml", POD);
    folder.put(".git/HEAD", "ref: refs/heads/trunk\n");
    let done = folder.run(&["init", "--ci", "github,gitlab", "--hook"]).exits(0);
    for name in
        ["holdfast.toml", ".pre-commit-config.yaml", ".github/workflows/holdfast.yml", ".gitlab/holdfast.yml"]
    {
        assert!(done.out.contains(&format!("wrote   {name}")), "{name}: {}", done.out);
        assert!(!folder.get(name).is_empty());
    }
    let mode = std::fs::metadata(folder.path(".git/hooks/pre-commit")).unwrap();
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o111, 0o111);
    assert!(mode.len() > 0);
    let done = folder.run(&["scan", "-f", "json"]).exits(1);
    for file in [".pre-commit-config.yaml", ".github/workflows/holdfast.yml", ".gitlab/holdfast.yml"] {
        assert_eq!(done.row(file)["status"], "not-applicable", "{file}");
    }
    folder.put("holdfast.toml", "# mine\n");
    assert!(folder.run(&["init"]).exits(0).out.contains("kept    holdfast.toml"));
    assert_eq!(folder.get("holdfast.toml"), "# mine\n");
    folder.run(&["init", "--force"]).exits(0);
    assert_ne!(folder.get("holdfast.toml"), "# mine\n");
    folder.run(&["init", "no/such/folder"]).exits(2);
    Folder::new().run(&["init", "--hook"]).exits(2);
}

#[test]
fn doctor_says_what_is_active() {
    let folder = Folder::new();
    let out = folder.run(&["doctor"]).exits(0).out;
    for word in ["rules ", "file access ", "system calls ", "configuration "] {
        assert!(out.contains(word), "{word}: {out}");
    }
    folder.put("holdfast.toml", "[scan]\nprofil = 1\n");
    assert!(folder.run(&["doctor"]).out.contains("holdfast.toml:2:1"));
}

#[test]
fn completions_for_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(folder.run(&["completions", shell]).exits(0).out.contains("holdfast"), "{shell}");
    }
}

#[test]
fn the_standard_each_workload_meets() {
    let folder = Folder::with("pod.yaml", POD);
    let done = folder.run(&["pss", "pod.yaml"]).exits(0);
    assert!(done.out.contains("privileged"), "{}", done.out);
    assert!(done.out.contains("hostNamespaces") || done.out.contains("host-network"), "{}", done.out);
}
