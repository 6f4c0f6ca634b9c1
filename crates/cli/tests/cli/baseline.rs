//! What was there before: baselines, and changes since a commit.

use crate::harness::{Folder, POD, has, other};

#[test]
fn a_baseline_hides_what_it_knows_and_nothing_else() {
    let folder = Folder::with("pod.yaml", POD);
    folder.scan(&["--write-baseline", "known.json"]).exits(1);
    let done = folder.scan(&["--baseline", "known.json"]).exits(0);
    assert_eq!(done.open_rules(), [""; 0]);
    assert!(done.err.contains("2 findings are in the baseline"), "{}", done.err);
    // Lines move, the file is renamed, another pod comes.
    std::fs::remove_file(folder.path("pod.yaml")).unwrap();
    folder.put("moved/web.yaml", format!("# new\n\n{POD}"));
    folder.scan(&["--baseline", "known.json"]).exits(0);
    folder.put("other.yaml", POD.replace("name: web", "name: other"));
    let done = folder.scan(&["--baseline", "known.json"]).exits(1);
    assert_eq!(done.open_rules(), ["host-network", "privileged-container"]);
}

#[test]
fn a_report_serves_as_baseline_and_other_json_does_not() {
    let folder = Folder::with("pod.yaml", POD);
    let report = folder.scan(&["pod.yaml"]).exits(1).out;
    folder.put("report.json", report);
    folder.scan(&["pod.yaml", "--baseline", "report.json"]).exits(0);
    folder.put("stray.json", "{\"a\": 1}");
    for (file, part) in [("stray.json", "neither"), ("pod.yaml", "pod.yaml"), ("nope.json", "no such file")] {
        let done = folder.scan(&["pod.yaml", "--baseline", file]).exits(2);
        assert!(done.err.contains(part), "{}", done.err);
    }
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut all = vec!["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    all.extend(arguments);
    other(&folder.path("."), "git", &all);
}

#[test]
fn only_what_changed() {
    if !has("git") {
        return;
    }
    let folder = Folder::with("old.yaml", POD);
    folder.put("touched.yaml", POD.replace("name: web", "name: touched"));
    git(&folder, &["init", "-q", "-b", "trunk"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "first"]);
    let files = |done: crate::harness::Done| {
        let json = done.json();
        let findings = json["findings"].as_array().unwrap().iter();
        let mut files: Vec<String> =
            findings.map(|f| f["location"]["file"].as_str().unwrap().to_owned()).collect();
        files.sort();
        files.dedup();
        files
    };
    assert_eq!(files(folder.scan(&["--changed-since", "HEAD"]).exits(0)), [""; 0]);
    folder.put("touched.yaml", format!("# changed\n{}", POD.replace("name: web", "name: touched")));
    folder.put("k8s/new.yaml", POD.replace("name: web", "name: new"));
    assert_eq!(files(folder.scan(&["--changed-since", "HEAD"]).exits(1)), ["k8s/new.yaml", "touched.yaml"]);
    assert_eq!(files(folder.scan(&["--changed-since", "trunk", "k8s"]).exits(1)), ["k8s/new.yaml"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "second"]);
    assert_eq!(files(folder.scan(&["--changed-since", "HEAD~1"]).exits(1)), ["k8s/new.yaml", "touched.yaml"]);
    assert!(folder.scan(&["--changed-since", "no-such-branch"]).exits(2).err.contains("no-such-branch"));
}

#[test]
fn only_what_changed_without_a_repository() {
    let folder = Folder::with("pod.yaml", POD);
    // The folder for temporary files might itself lie in a repository.
    if folder.path(".").ancestors().any(|p| p.join(".git").exists()) {
        println!("skipped: temporary files lie in a repository");
        return;
    }
    assert!(folder.scan(&["--changed-since", "HEAD"]).exits(2).err.contains("--changed-since"));
}
