//! Test harness shared by the crates of the workspace: runs checks on texts and on the examples that
//! stand in their documentation.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test harness: a broken expectation is a panic"
)]

use check::docs::{Example, examples};
use check::{Check, Companion, Content, File, Inventory, Runner, Settings, Verdicts, json};
use model::{Finding, RuleTally};
use serde_json::json;
use std::sync::Arc;
use syntax::SourceText;

/// Reads a text as the language of an example block says: `yaml`, `json`, `dockerfile` or `compose`.
///
/// # Panics
/// If the text does not parse: an example must.
pub fn parse(language: &str, text: &str) -> File {
    let name = match language {
        "dockerfile" => "Dockerfile",
        "json" => "example.json",
        "compose" => "compose.yaml",
        _ => "example.yaml",
    };
    let source = Arc::new(SourceText::new(name, text));
    let content = match language {
        "yaml" => Content::Tree(syntax::yaml::parse(source.clone())),
        "json" => Content::Tree(syntax::json::parse(source.clone())),
        "compose" => {
            let tree = syntax::yaml::parse(source.clone());
            assert!(tree.errors().is_empty(), "the example does not parse: {:?}\n{text}", tree.errors());
            let (project, errors) = syntax::compose::load(tree, &|_| None);
            assert!(errors.is_empty(), "the example does not load: {errors:?}\n{text}");
            assert!(project.services().len() > 0, "the example has no service");
            Content::Compose(project)
        }
        "dockerfile" => Content::Dockerfile(syntax::dockerfile::parse(source.clone())),
        other => panic!("no such example language: {other:?}"),
    };
    if let Content::Tree(tree) = &content {
        assert!(tree.errors().is_empty(), "the example does not parse: {:?}\n{text}", tree.errors());
        assert!(tree.roots().next().is_some(), "the example is empty");
    }
    File::new(source, content)
}

/// Settings as an example's info string gives them: `pss=v1.24 kubernetes=1.25 registries=a,b partial=yes`,
/// and, for a Dockerfile, `dockerignore=.git,.env` (the lines of the file beside it) or `dockerignore=absent`.
///
/// # Panics
/// On a word it does not know.
pub fn settings(example: &Example) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in &example.options {
        match key.as_str() {
            "pss" => settings.pss_version = value.parse().unwrap(),
            "kubernetes" => settings.kubernetes_version = value.parse().unwrap(),
            "registries" => settings.allowed_registries = value.split(',').map(str::to_owned).collect(),
            "partial" => settings.complete = value != "yes",
            // Not a setting; see `assert_outcome`.
            "dockerignore" => {}
            _ => panic!("no such example option: {key}"),
        }
    }
    settings
}

/// Runs checks on one text.
pub fn judge(checks: &[&'static Check], language: &str, text: &str, settings: &Settings) -> Verdicts {
    let file = parse(language, text);
    let inventory = Inventory::new([&file]);
    Runner::new(checks.iter().copied(), &inventory, settings).judge_all()
}

/// Findings of one check on YAML, with default settings.
pub fn findings(check: &'static Check, yaml: &str) -> Vec<Finding> {
    judge(&[check], "yaml", yaml, &Settings::default()).findings
}

/// How one check fared on YAML, with default settings.
pub fn tally(check: &'static Check, yaml: &str) -> RuleTally {
    judge(&[check], "yaml", yaml, &Settings::default()).tallies.remove(0)
}

/// Proves the examples in a check's documentation: each failing one fails, each passing one is judged and
/// passes, through every door that applies: as written, as JSON, and inside a `List`.
///
/// # Panics
/// With the example and what went wrong.
pub fn assert_examples(check: &'static Check) {
    let id = check.meta.id;
    let all = examples(check.meta.docs);
    assert!(all.iter().any(|e| e.fails), "{id}: no failing example");
    assert!(all.iter().any(|e| !e.fails), "{id}: no passing example");
    for example in &all {
        let settings = settings(example);
        assert_outcome(check, example, &example.language, &example.text, &settings);
        if example.language == "yaml" {
            let file = parse("yaml", &example.text);
            let Content::Tree(tree) = &file.content else { continue };
            let items: Vec<_> = tree.roots().filter_map(json::value).collect();
            if items.iter().all(|i| i.get("kind").is_some()) {
                let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
                let text = serde_json::to_string_pretty(&list).unwrap();
                assert_outcome(check, example, "json", &text, &settings);
            }
        }
    }
}

fn assert_outcome(check: &'static Check, example: &Example, language: &str, text: &str, settings: &Settings) {
    let id = check.meta.id;
    let mut file = parse(language, text);
    file.dockerignore = match example.options.iter().find(|(key, _)| key == "dockerignore") {
        Some((_, lines)) if lines == "absent" => Companion::Absent,
        Some((_, lines)) => {
            Companion::Present(Arc::new(SourceText::new(".dockerignore", lines.replace(',', "\n"))))
        }
        None => Companion::Unknown,
    };
    let inventory = Inventory::new([&file]);
    let verdicts = Runner::new([check], &inventory, settings).judge_all();
    let tally = &verdicts.tallies[0];
    if example.fails {
        assert!(!verdicts.findings.is_empty(), "{id}: a failing example ({language}) passes:\n{text}");
    } else {
        let said: Vec<_> = verdicts.findings.iter().map(|f| &f.message).collect();
        assert!(said.is_empty(), "{id}: a passing example ({language}) fails: {said:?}\n{text}");
        // An example may leave out what other checks need (the pod of a CronJob).
        let own = verdicts.gaps.iter().filter(|g| g.rules.iter().any(|rule| rule == id));
        let gaps: Vec<_> = own.map(|g| &g.reason).collect();
        assert!(gaps.is_empty(), "{id}: a passing example ({language}) is not evaluated: {gaps:?}\n{text}");
        assert!(tally.passed > 0, "{id}: a passing example ({language}) is not judged at all:\n{text}");
    }
    for finding in &verdicts.findings {
        assert!(!finding.message.ends_with('.'), "{id}: message ends with a full stop: {}", finding.message);
        assert!(finding.primary.range.start.line > 0, "{id}: finding without a place");
    }
}
