//! Nothing that was seen is passed over in silence.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use check::Settings;
use model::Status;
use scan::{Options, Scanned, config, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("holdfast-coverage-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for (file, text) in files {
            let file = path.join("in").join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(path)
    }

    fn options(&self) -> Options {
        Options {
            roots: vec![self.0.join("in")],
            stdin: None,
            exclude: config::globs([]).unwrap(),
            max_file_size: 1 << 20,
            checks: checks::all().collect(),
            settings: Settings::default(),
            exceptions: Vec::new(),
            accepted_gaps: Vec::new(),
            severity: None,
            fail_on: None,
            framework: None,
            baseline: None,
            take_baseline: false,
            changed: None,
            today: "2026-11-23".to_owned(),
            fixes: false,
            rendering: scan::rendered::Rendering::default(),
            around: Vec::new(),
            overlay: BTreeMap::new(),
        }
    }

    fn scan(&self) -> Scanned {
        run(&self.options(), &|_, _| {})
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The gaps of a run: file name, line, reason.
fn gaps(scanned: &Scanned) -> Vec<(String, Option<u32>, String)> {
    let name = |file: &str| file.rsplit('/').next().unwrap().to_owned();
    let rows = scanned.report.ledger.iter().filter(|r| r.status.is_gap());
    rows.map(|r| (name(&r.file), r.line, r.reason.clone())).collect()
}

/// Whether a rule has a finding, and not one that an exception covers.
fn open(scanned: &Scanned, rule: &str) -> usize {
    scanned.report.findings.iter().filter(|f| f.rule.id == rule && f.exception.is_none()).count()
}

const SPEC: &str = "{hostNetwork: true, containers: [{name: c, image: a}]}";

#[test]
fn what_looks_like_an_object_but_is_none_is_a_gap() {
    for (text, line) in [
        (
            format!(
                "apiVersion: v1\nkind: List\nitems:\n- text\n- apiVersion: v1\n  kind: Pod\n  spec: {SPEC}\n"
            ),
            4,
        ),
        (format!("kind: Pod\nmetadata: {{name: a}}\nspec: {SPEC}\n"), 1),
        (format!("apiVersion: {{{{ x }}}}\nkind: Pod\nspec: {SPEC}\n"), 1),
        ("apiVersion: v1\nkind: List\nitems: none\n".to_owned(), 3),
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template: text\n"
                .to_owned(),
            5,
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec: text\n".to_owned(), 5),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - text\n".to_owned(), 6),
    ] {
        let folder = Folder::new("almost", &[("a.yaml", &text)]);
        let gaps = gaps(&folder.scan());
        assert!(gaps.iter().any(|(_, at, _)| *at == Some(line)), "{text}{gaps:?}");
    }
}

#[test]
fn lists_of_every_form_are_unrolled() {
    for text in [
        format!("apiVersion: v1\nkind: PodList\nitems:\n- metadata: {{name: a}}\n  spec: {SPEC}\n"),
        format!("apiVersion: v1\nkind: Template\nobjects:\n- apiVersion: v1\n  kind: Pod\n  spec: {SPEC}\n"),
        format!(
            "apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n- apiVersion: v1\n  kind: Pod\n  spec: {SPEC}\n"
        ),
        format!(
            "apiVersion: v1\nkind: DeploymentConfig\nmetadata: {{name: a}}\nspec: {{template: {{spec: {SPEC}}}}}\n"
        ),
        format!(
            "apiVersion: x.io/v1\nkind: My\nspec: {{t: {{spec: {{hostNetwork: true, containers: [{{name: a}}, {{image: b}}]}}}}}}\n# {SPEC}\n"
        ),
    ] {
        let folder = Folder::new("lists", &[("a.yaml", &text)]);
        assert_eq!(open(&folder.scan(), "host-network"), 1, "{text}");
    }
}

#[test]
fn binary_manifests_and_odd_names() {
    let folder = Folder::new("odd", &[("a.yaml", "a: \0"), ("b.png", "\0")]);
    assert_eq!(gaps(&folder.scan()).len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let pod = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {SPEC}\n");
        for byte in [0xfe, 0xff] {
            let name = [b'n', byte, b'.', b'y', b'm', b'l'];
            fs::write(folder.0.join("in").join(std::ffi::OsStr::from_bytes(&name)), &pod).unwrap();
        }
        assert_eq!(open(&folder.scan(), "host-network"), 2, "names that look alike are two files");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_tree_are_gaps() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links", &[("a.yaml", "a: 1\n")]);
    fs::write(folder.0.join("outside.yaml"), "b: 1\n").unwrap();
    symlink("a.yaml", folder.0.join("in/inside.yaml")).unwrap();
    symlink("nowhere", folder.0.join("in/dangling.yaml")).unwrap();
    symlink("../outside.yaml", folder.0.join("in/out.yaml")).unwrap();
    symlink("..", folder.0.join("in/up")).unwrap();
    let names: Vec<String> = gaps(&folder.scan()).into_iter().map(|g| g.0).collect();
    assert_eq!(names, ["out.yaml", "up"]);
}

#[test]
fn patches_of_a_kustomization_without_a_kind() {
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2}\n";
    let folder =
        Folder::new("patch", &[("kustomization.yaml", "patches:\n- path: p.yaml\n"), ("p.yaml", patch)]);
    let gaps = gaps(&folder.scan());
    // The overlay can't be built, for there is nothing to patch; so the patch is judged nowhere.
    assert!(gaps.iter().any(|gap| gap.2.contains("Kustomize patch")), "{gaps:?}");
    assert!(gaps.iter().any(|gap| gap.2.contains("no matches for Id")), "{gaps:?}");
}

#[test]
fn exceptions_reach_no_further_than_they_say() {
    let pod = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n  hostNetwork: true\n  containers: [{{name: c, image: a}}]\n"
        )
    };
    let end = format!("{}  # holdfast: allow host-network reason=x\n---\n{}", pod("a"), pod("b"));
    let folder = Folder::new("reach", &[("a.yaml", &end)]);
    assert_eq!(
        open(&folder.scan(), "host-network"),
        2,
        "a comment at the end of a document is not about the next"
    );
    let never = pod("a").replace("  hostNetwork", "  # trivy:ignore:KSV-0009:exp:someday\n  hostNetwork");
    let folder = Folder::new("never", &[("a.yaml", &never)]);
    assert_eq!(open(&folder.scan(), "host-network"), 1, "a day that is none never comes");
    let over =
        pod("a").replace("  hostNetwork", "  # holdfast: allow host-network until=2026-11-22\n  hostNetwork");
    let last = over.replace("22", "23");
    let folder = Folder::new("days", &[("a.yaml", &over)]);
    assert_eq!(open(&folder.scan(), "host-network"), 1);
    let folder = Folder::new("days", &[("a.yaml", &last)]);
    assert_eq!(open(&folder.scan(), "host-network"), 0, "it holds on its last day");
    let run = "FROM a:1\nRUN sudo a && \\\n  # holdfast: allow * reason=x\n  sudo b\nRUN sudo c\n";
    let folder = Folder::new("run", &[("Dockerfile", run)]);
    let scanned = folder.scan();
    let third = |f: &&model::Finding| f.primary.range.start.line == 5;
    assert!(scanned.report.findings.iter().any(|f| f.primary.range.start.line == 2 && f.exception.is_some()));
    assert!(scanned.report.findings.iter().filter(third).all(|f| f.exception.is_none()));
}

#[test]
fn containers_are_counted_one_by_one() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  # holdfast: allow image-tag-latest\n  - name: a\n    image: a:latest\n  - name: b\n    image: b:latest\n";
    let folder = Folder::new("count", &[("a.yaml", text)]);
    let scanned = folder.scan();
    let tally = scanned.report.tallies.iter().find(|t| t.rule.id == "image-tag-latest").unwrap();
    assert_eq!((tally.failed, tally.excepted), (1, 1));
}

#[test]
fn a_new_baseline_keeps_what_an_old_one_took_out() {
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {SPEC}\n");
    let folder = Folder::new("baseline", &[("a.yaml", &text)]);
    let first = run(&Options { take_baseline: true, ..folder.options() }, &|_, _| {}).baseline.unwrap();
    let again = Options { take_baseline: true, baseline: Some(first.clone()), ..folder.options() };
    let scanned = run(&again, &|_, _| {});
    assert!(scanned.report.findings.is_empty() && scanned.known_before > 0);
    assert_eq!(scanned.baseline, Some(first));
}

#[test]
fn standard_input_is_always_new() {
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {SPEC}\n");
    let folder = Folder::new("stdin", &[("a.yaml", &text)]);
    let changed = Some(std::collections::BTreeSet::new());
    let options = Options { stdin: Some(text.into_bytes()), changed, ..folder.options() };
    let scanned = run(&options, &|_, _| {});
    assert!(
        open(&scanned, "host-network") == 1
            && scanned.report.findings.iter().all(|f| &*f.primary.file == "-")
    );
    assert!(scanned.report.ledger.iter().all(|r| r.status == Status::Judged || r.status.is_gap()));
}
