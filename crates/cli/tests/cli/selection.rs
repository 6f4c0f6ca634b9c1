//! Which rules run, what is reported, and what the exit code says.

use crate::harness::{Folder, POD};

#[test]
fn exit_codes() {
    let folder = Folder::with("pod.yaml", POD);
    folder.scan(&[]).exits(1);
    folder.scan(&["--fail-on", "critical"]).exits(1);
    folder.scan(&["--fail-on", "none"]).exits(0);
    folder.scan(&["--skip", "privileged-container", "--fail-on", "critical"]).exits(0);
    for wrong in [
        &["--fail-on", "worst"][..],
        &["--severity", "worst"],
        &["--nope"],
        &["-f", "pdf"],
        &["-f", "json="],
        &["-f", "sarif"],
        &["--framework", "nope"],
        &["--profile", "nope"],
        &["--pss-version", "v1.99"],
        &["--kubernetes-version", "two"],
        &["--config", "nope.toml"],
        &["--exclude", "a{"],
        &["-f", "html=no/such/folder/x.html"],
    ] {
        let done = folder.scan(wrong).exits(2);
        assert!(!done.err.is_empty(), "{wrong:?}");
    }
}

#[test]
fn severity_hides_what_is_below() {
    let folder = Folder::with("pod.yaml", POD);
    assert_eq!(folder.scan(&["--severity", "critical"]).exits(1).open_rules(), ["privileged-container"]);
}

#[test]
fn rules_and_their_mistypings() {
    let folder = Folder::with("pod.yaml", POD);
    for option in ["--rules", "--skip"] {
        let done = folder.run(&["scan", option, "privileged-contaner"]).exits(2);
        assert!(done.err.contains("did you mean `privileged-container`?"), "{}", done.err);
    }
    let done = folder.run(&["scan", "-f", "json", "--rules", "host-*", "--skip", "host-p*"]).exits(1);
    assert_eq!(done.open_rules(), ["host-network"]);
}

#[test]
fn arguments_win_over_the_configuration() {
    let folder = Folder::with("pod.yaml", POD);
    folder.put(
        "holdfast.toml",
        "[scan]\nfail-on = \"none\"\nrules = [\"host-network\"]\nexclude = [\"vendor/\"]\n",
    );
    folder.put("vendor/pod.yaml", POD);
    let done = folder.run(&["scan", "-f", "json"]).exits(0);
    assert_eq!(done.open_rules(), ["host-network"]);
    assert_eq!(done.row("vendor")["status"], "excluded");
    folder.run(&["scan", "--fail-on", "high"]).exits(1);
    let done = folder.run(&["scan", "-f", "json", "--rules", "privileged-container"]).exits(0);
    assert_eq!(done.open_rules(), ["privileged-container"]);
}

#[test]
fn gaps() {
    let folder = Folder::with("chart/Chart.yaml", "name: x\nversion: 1.0.0\n");
    folder.put("chart/templates/x.yaml", "a: {{ nosuch .Values.x }}\n");
    folder.scan(&[]).exits(0);
    let done = folder.scan(&["--fail-on-gaps"]).exits(2);
    assert_eq!(done.row("chart/templates/x.yaml")["status"], "error");
    folder
        .put("holdfast.toml", "[[coverage.accept]]\npath = \"chart/**\"\nreason = \"rendered elsewhere\"\n");
    let done = folder.scan(&["--fail-on-gaps"]).exits(0);
    assert!(
        done.row("chart/templates/x.yaml")["reason"]
            .as_str()
            .unwrap()
            .contains("accepted: rendered elsewhere")
    );
}

#[test]
fn frameworks() {
    let folder = Folder::with("pod.yaml", POD);
    let done = folder.run(&["scan", "--framework", "pss", "--fail-on", "none"]).exits(0);
    let line = |id: &str| {
        let found = done.out.lines().find(|l| l.split_whitespace().any(|w| w == id));
        found.unwrap_or_else(|| panic!("no line about {id}: {}", done.out)).to_owned()
    };
    assert!(line("baseline/privileged").contains("broken"), "{}", done.out);
    assert!(line("baseline/hostNamespaces").contains("broken"), "{}", done.out);
    assert!(line("baseline/sysctls").contains("met"), "{}", done.out);
}
