//! Kustomize overlays: judged as deployed, and led back to the base or the patch.

use crate::harness::{Done, Folder};
use serde_json::Value;

const BASE: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  \
    template:\n    metadata:\n      labels: {app: web}\n    spec:\n      hostNetwork: true\n      containers:\n        - name: web\n          \
    image: example.com/web:1.0\n          securityContext:\n            privileged: false\n";

const PATCH: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        \
    - name: web\n          securityContext:\n            privileged: true # for the driver\n";

fn tree() -> Folder {
    let folder = Folder::with("base/web.yaml", BASE);
    folder.put("base/kustomization.yaml", "resources: [web.yaml]\n");
    folder.put("staging/kustomization.yaml", "namePrefix: staging-\nresources: [../base]\n");
    folder.put(
        "prod/kustomization.yaml",
        "namePrefix: prod-\nnamespace: prod\nresources:\n  - ../base\npatches:\n  - path: patch.yaml\n",
    );
    folder.put("prod/patch.yaml", PATCH);
    folder
}

fn scan(folder: &Folder, arguments: &[&str]) -> Done {
    folder.scan(&[&["--fail-on", "none"], arguments].concat())
}

fn finding(done: &Done, rule: &str) -> Value {
    let json = done.json();
    let findings = json["findings"].as_array().unwrap();
    let found: Vec<&Value> = findings.iter().filter(|f| f["rule"] == rule).collect();
    assert_eq!(found.len(), 1, "{rule}: {findings:#?}");
    found[0].clone()
}

#[test]
fn what_all_overlays_share_is_said_once() {
    let done = scan(&tree(), &[]).exits(0);
    let host = finding(&done, "host-network");
    assert_eq!((&host["location"]["file"], &host["location"]["line"]), (&"base/web.yaml".into(), &12.into()));
    assert_eq!(host["rendered"]["runs"], serde_json::json!(["prod", "staging"]));
    assert_eq!(host["rendered"]["of"], 2);
}

#[test]
fn what_a_patch_breaks_is_found_in_the_patch() {
    let done = scan(&tree(), &[]).exits(0);
    let privileged = finding(&done, "privileged-container");
    let location = &privileged["location"];
    assert_eq!((&location["file"], &location["line"]), (&"prod/patch.yaml".into(), &11.into()));
    assert_eq!(privileged["resource"]["name"], "prod-web");
    assert_eq!(privileged["resource"]["namespace"], "prod");
    for file in ["base/web.yaml", "prod/patch.yaml"] {
        assert_eq!(done.row(file)["status"], "judged", "{file}");
    }
}

#[test]
fn fixes_change_the_patch_and_the_base() {
    let folder = tree();
    folder.run(&["fix", "--unsafe", "--rules", "privileged-container,host-network"]).exits(0);
    assert_eq!(folder.get("prod/patch.yaml"), PATCH.replace("privileged: true", "privileged: false"));
    assert_eq!(folder.get("base/web.yaml"), BASE.replace("hostNetwork: true", "hostNetwork: false"));
    assert_eq!(scan(&folder, &[]).exits(0).open_rules(), [""; 0]);
}

#[test]
fn what_an_overlay_mends_is_no_fault() {
    let folder = tree();
    std::fs::remove_dir_all(folder.path("staging")).unwrap();
    folder.put("prod/patch.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      hostNetwork: false\n");
    assert_eq!(scan(&folder, &[]).exits(0).open_rules(), [""; 0]);
}

#[test]
fn an_overlay_that_cannot_be_built_leaves_its_files_to_be_judged_as_they_are() {
    let folder = tree();
    folder.put(
        "prod/kustomization.yaml",
        "resources: [../base, missing.yaml]\npatches: [{path: patch.yaml}]\n",
    );
    let done = scan(&folder, &[]).exits(0);
    assert!(done.open_rules().contains(&"host-network".to_owned()));
    let json = done.json();
    let rows = json["ledger"].as_array().unwrap();
    let row = rows.iter().find(|row| row["status"] == "error").unwrap();
    assert_eq!(row["file"], "prod/kustomization.yaml", "{row:#}");
    assert!(row["reason"].as_str().unwrap().contains("missing.yaml"), "{row:#}");
    scan(&folder, &["--fail-on-gaps"]).exits(2);
}

#[test]
fn exceptions_beside_a_base_hold_for_all_overlays() {
    let folder = tree();
    folder.put(
        "base/web.yaml",
        BASE.replace(
            "      hostNetwork",
            "      # holdfast: allow host-network reason=\"x\"\n      hostNetwork",
        ),
    );
    let done = scan(&folder, &[]).exits(0);
    assert_eq!(done.open_rules(), ["privileged-container"]);
    assert_eq!(done.notices(), [""; 0]);
}

#[test]
fn remote_bases_are_gaps() {
    let folder = tree();
    folder.put(
        "staging/kustomization.yaml",
        "resources:\n  - ../base\n  - https://example.com/x.yaml\n  - github.com/example/repo//base?ref=v1\n",
    );
    let done = scan(&folder, &[]).exits(0);
    let ledger = done.json()["ledger"].to_string();
    assert!(ledger.contains("example.com/x.yaml") && ledger.contains("github.com/example/repo"), "{ledger}");
    scan(&folder, &["--fail-on-gaps"]).exits(2);
}

#[test]
fn render_prints_what_kustomize_would() {
    let done = tree().run(&["render", "prod"]).exits(0);
    assert!(done.out.contains("name: prod-web\n"), "{}", done.out);
    assert!(done.out.contains("privileged: true\n"), "{}", done.out);
    let done = tree().run(&["render", "--trace", "prod"]).exits(0);
    let line = done.out.lines().find(|line| line.contains("privileged")).unwrap();
    assert!(line.contains("# prod/patch.yaml:11"), "{line}");
}

#[test]
fn overlays_in_a_circle_are_an_error_not_silence() {
    let folder = Folder::with("a/kustomization.yaml", "resources: [../b]\n");
    folder.put("b/kustomization.yaml", "resources: [../a]\n");
    let done = scan(&folder, &["--fail-on-gaps"]).exits(2);
    assert!(done.json()["ledger"].to_string().contains("cycle"), "{}", done.out);
}
