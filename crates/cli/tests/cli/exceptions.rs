//! Accepted faults in every form in which they are written down.

use crate::harness::{Done, Folder, POD};

/// The pod with a line put in before the one that contains `before`.
fn pod_with(before: &str, line: &str) -> String {
    POD.lines()
        .flat_map(|l| [l.contains(before).then(|| format!("{line}\n")), Some(format!("{l}\n"))])
        .flatten()
        .collect()
}

fn scan(text: &str) -> Done {
    Folder::with("pod.yaml", text).scan(&["pod.yaml"])
}

#[test]
fn beside_the_line_and_above_the_block() {
    let trailing = POD.replace(
        "privileged: true",
        "privileged: true # holdfast: allow privileged-container reason=\"it loads modules\"",
    );
    let done = scan(&trailing);
    assert_eq!(done.open_rules(), ["host-network"]);
    let json = done.json();
    let excepted = json["findings"].as_array().unwrap().iter().find(|f| !f["exception"].is_null()).unwrap();
    assert_eq!(excepted["exception"]["reason"], "it loads modules");
    let above = pod_with("privileged: true", "        # holdfast: allow privileged-container reason=\"x\"");
    assert_eq!(scan(&above).open_rules(), ["host-network"]);
    // Above a block it holds for all of it; elsewhere it does not reach.
    let block = pod_with("- name: web", "    # holdfast: allow privileged-container reason=\"x\"");
    assert_eq!(scan(&block).open_rules(), ["host-network"]);
    let whole = pod_with("apiVersion", "# holdfast: allow privileged-container,host-network reason=\"x\"");
    assert_eq!(scan(&whole).exits(0).open_rules(), [""; 0]);
    let elsewhere = pod_with("hostNetwork", "  # holdfast: allow privileged-container reason=\"x\"");
    let done = scan(&elsewhere);
    assert_eq!(done.open_rules().len(), 2);
    assert_eq!(done.notices(), ["the exception for `privileged-container` matches no finding"]);
}

#[test]
fn a_comment_above_the_first_document_does_not_reach_the_second() {
    let two = format!(
        "# holdfast: allow privileged-container reason=\"x\"\n{POD}---\n{}",
        POD.replace("web", "api")
    );
    let done = scan(&two);
    assert_eq!(done.open_rules(), ["host-network", "host-network", "privileged-container"]);
}

#[test]
fn annotations() {
    let annotated = POD.replace(
        "  namespace: shop\n",
        "  namespace: shop\n  annotations:\n    allow.holdfast.dev/privileged-container: 'reason=\"x\" until=2099-01-01'\n    \
         allow.holdfast.dev/host-network: because\n",
    );
    let done = scan(&annotated).exits(0);
    assert_eq!(done.open_rules(), [""; 0]);
    assert_eq!(done.json()["findings"][1]["exception"]["source"], "annotation");
}

#[test]
fn run_out_unused_and_unknown() {
    let folder = Folder::with(
        "pod.yaml",
        POD.replace(
            "privileged: true",
            "privileged: true # holdfast: allow privileged-container until=2020-01-31",
        ),
    );
    let done = folder.scan(&["pod.yaml"]).exits(1);
    assert_eq!(done.open_rules().len(), 2, "an exception that ran out does not hold");
    assert_eq!(done.notices(), ["the exception for `privileged-container` ran out on 2020-01-31"]);
    for (comment, part) in [
        ("holdfast: allow privileged-contaner", "did you mean `privileged-container`?"),
        ("holdfast: allow", "names no rule"),
        ("holdfast: allow privileged-container until=tomorrow", "is not a date"),
        ("holdfast: allow privileged-container because=x", "none of: reason, owner, until"),
        ("holdfast: ignore privileged-container", "is not understood"),
        ("checkov:skip=CKV_NOPE_1:because", "`CKV_NOPE_1` has no counterpart here"),
        ("trivy:ignore:NOPE-0001", "`NOPE-0001` has no counterpart here"),
    ] {
        let done = scan(&POD.replace("privileged: true", &format!("privileged: true # {comment}"))).exits(1);
        assert_eq!(done.open_rules().len(), 2, "{comment}");
        assert!(done.notices().iter().any(|n| n.contains(part)), "{comment}: {:?}", done.notices());
    }
}

#[test]
fn forms_of_other_tools() {
    for comment in [
        "checkov:skip=CKV_K8S_16:it loads modules",
        "trivy:ignore:KSV-0017",
        "trivy:ignore:AVD-KSV-0017",
        "trivy:ignore:KSV017:exp:2099-01-01",
    ] {
        let done = scan(&POD.replace("privileged: true", &format!("privileged: true # {comment}")));
        assert_eq!(done.open_rules(), ["host-network"], "{comment}");
    }
    let expired =
        scan(&POD.replace("privileged: true", "privileged: true # trivy:ignore:KSV017:exp:2020-01-01"));
    assert_eq!(expired.open_rules().len(), 2);
    for annotation in [
        "ignore-check.kube-linter.io/privileged-container: it loads modules",
        "checkov.io/skip1: CKV_K8S_16=it loads modules",
    ] {
        let text = POD.replace(
            "  namespace: shop\n",
            &format!("  namespace: shop\n  annotations:\n    {annotation}\n"),
        );
        assert_eq!(scan(&text).open_rules(), ["host-network"], "{annotation}");
    }
    let all = POD.replace(
        "  namespace: shop\n",
        "  namespace: shop\n  annotations:\n    kube-linter.io/ignore-all: x\n",
    );
    let done = scan(&all);
    assert_eq!(done.open_rules().len(), 2);
    assert!(done.notices()[0].contains("ignore-all"), "{:?}", done.notices());
}

#[test]
fn hadolint_in_a_dockerfile() {
    let folder = Folder::with("Dockerfile", "FROM scratch\n# hadolint ignore=DL9999\nUSER 1000\n");
    let done = folder.run(&["scan", "-f", "json", "--profile", "all", "--fail-on", "none"]).exits(0);
    assert_eq!(done.notices(), ["the hadolint exception for `DL9999` has no counterpart here"]);
}

#[test]
fn in_the_configuration() {
    let folder = Folder::with("k8s/pod.yaml", POD);
    let config =
        |terms: &str| format!("[[exceptions]]\nrule = \"privileged-container\"\nreason = \"x\"\n{terms}\n");
    let fingerprint = folder.scan(&[]).json()["findings"][0]["fingerprint"].as_str().unwrap().to_owned();
    for terms in [
        String::new(),
        "path = \"k8s/*.yaml\"".to_owned(),
        "resource = \"Pod/web\"".to_owned(),
        "resource = \"shop/Pod/*\"".to_owned(),
        "owner = \"platform\"\nuntil = \"2099-12-31\"".to_owned(),
        format!("fingerprint = \"{fingerprint}\""),
    ] {
        folder.put("holdfast.toml", config(&terms));
        assert_eq!(folder.scan(&[]).open_rules(), ["host-network"], "{terms}");
    }
    for terms in [
        "path = \"*.yaml\"",
        "resource = \"other/Pod/web\"",
        "resource = \"Deployment/web\"",
        "until = \"2020-01-01\"",
    ] {
        folder.put("holdfast.toml", config(terms));
        let done = folder.scan(&[]);
        assert_eq!(done.open_rules().len(), 2, "{terms}");
        assert_eq!(done.notices().len(), 1, "{terms}");
    }
    for (terms, part) in [
        ("until = \"soon\"", "holdfast.toml:1: `until = \"soon\"` is not a date"),
        ("path = \"a{\"", "is not a pattern"),
        ("colour = \"red\"", "holdfast.toml:4:1"),
    ] {
        folder.put("holdfast.toml", config(terms));
        let done = folder.scan(&[]).exits(2);
        assert!(done.err.contains(part), "{terms}: {}", done.err);
    }
}
