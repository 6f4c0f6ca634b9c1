//! Reports: every form at once, the same bytes whatever the threads, nothing but what was asked for.

use crate::harness::{Folder, POD, TWO};

/// A small repository with faults, an exception, a gap and prose.
fn shop() -> Folder {
    let folder = Folder::new();
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shop");
    for name in ["README.md", "k8s/web.yaml", "k8s/agent.yaml", "k8s/broken.yaml", "k8s/patch.yaml.tpl"] {
        folder.put(name, std::fs::read(fixtures.join(name)).unwrap());
    }
    folder
}

#[test]
fn snapshots() {
    let folder = shop();
    let run = |arguments: &[&str]| {
        let mut all = vec!["scan"];
        all.extend(TWO);
        all.extend(arguments);
        let done = folder.run(&all);
        format!("exit code {}\n--- out\n{}--- err\n{}", done.code, done.out, done.err)
    };
    insta::assert_snapshot!("plain", run(&[]));
    insta::assert_snapshot!("terminal", run(&["-f", "terminal"]));
    insta::assert_snapshot!("verbose", run(&["-f", "terminal", "--verbose"]));
    insta::assert_snapshot!("json", run(&["-f", "json"]).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    insta::assert_snapshot!("github", run(&["-f", "github"]));
}

#[test]
fn every_form_at_once() {
    let folder = shop();
    let forms = [
        "terminal",
        "plain",
        "json",
        "sarif",
        "junit",
        "gitlab",
        "gitlab-sast",
        "github",
        "markdown",
        "html",
    ];
    let targets: Vec<String> = forms.iter().map(|form| format!("{form}=out.{form}")).collect();
    let mut arguments = vec!["scan", "k8s"];
    for target in &targets {
        arguments.extend(["-f", target]);
    }
    let done = folder.run(&arguments).exits(1);
    assert_eq!(done.out, "");
    for form in forms {
        assert!(folder.get(&format!("out.{form}")).contains("privileged"), "{form}");
    }
    for form in ["json", "sarif", "gitlab", "gitlab-sast"] {
        serde_json::from_str::<serde_json::Value>(&folder.get(&format!("out.{form}"))).unwrap();
    }
    let done = folder.run(&["scan", "-f", "json", "-f", "sarif"]).exits(2);
    assert!(done.err.contains("two reports go to standard output"), "{}", done.err);
}

#[test]
fn the_same_bytes_whatever_the_threads_and_the_order() {
    let folder = shop();
    for i in 0..60 {
        folder.put(&format!("many/{}/pod{i}.yaml", i % 7), POD.replace("web", &format!("web{i}")));
    }
    for form in ["json", "sarif", "terminal", "html", "junit", "gitlab", "markdown"] {
        let one =
            |threads: &str| folder.run(&["scan", "-f", form, "--threads", threads, "--profile", "all"]).out;
        let first = one("1");
        assert!(!first.is_empty());
        assert_eq!(first, one("8"), "{form}");
        assert_eq!(first, one("3"), "{form}");
    }
    let findings = |roots: [&str; 2]| folder.scan(&roots).json()["findings"].clone();
    assert_eq!(findings(["k8s", "many"]), findings(["many", "k8s"]));
    assert_eq!(findings(["many", "many"]), findings(["many", "many/"]), "a root named twice is judged once");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = shop();
    let run = |extra: &[&str], variables: &[(&str, &str)]| {
        let mut arguments = vec!["scan", "-f", "terminal"];
        arguments.extend(extra);
        folder.run_with(&arguments, variables, b"").out.contains('\x1b')
    };
    assert!(!run(&[], &[]), "standard output is a pipe");
    assert!(!run(&[], &[("NO_COLOR", "1")]));
    assert!(run(&["--colour", "always"], &[]));
    assert!(!run(&["--colour", "never"], &[]));
}

#[test]
fn quiet_is_quiet() {
    let folder = Folder::with("pod.yaml", POD);
    let done = folder.run(&["scan", "--quiet"]).exits(1);
    assert_eq!((done.out.as_str(), done.err.as_str()), ("", ""));
    let done = folder.run(&["scan", "--quiet", "-f", "json"]).exits(1);
    assert!(done.out.starts_with('{') && done.err.is_empty());
}

#[test]
fn a_width_is_kept() {
    let folder = shop();
    for width in ["60", "100"] {
        let arguments = ["scan", "-f", "terminal", "--profile", "all"];
        let done = folder.run_with(&arguments, &[("COLUMNS", width)], b"");
        let most = width.parse::<usize>().unwrap();
        for line in done.out.lines() {
            assert!(line.chars().count() <= most, "{width}: {line}");
        }
    }
}

#[test]
fn names_from_the_input_do_not_reach_the_terminal_as_commands() {
    let folder = Folder::with("pod.yaml", POD.replace("name: web\n", "name: \"web\\e[2J\\u202e\"\n"));
    for form in ["terminal", "plain", "github", "markdown"] {
        let mut arguments = vec!["scan", "-f", form];
        arguments.extend(TWO);
        let out = folder.run(&arguments).exits(1).out;
        assert!(!out.contains('\x1b') && !out.contains('\u{202e}'), "{form}: {out:?}");
    }
}
