//! Overlays built as `kubectl kustomize` builds them. The cases, with what the real one made of them, lie in
//! `tests/kustomize/`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests: a broken expectation is a panic"
)]

#[path = "kustomize/memory.rs"]
mod memory;

use memory::{Memory, json, objects};
use render::kustomize::{Built, Cache, Options, build};
use std::path::Path;

fn built(files: &Memory) -> Built {
    build(files, "", &Options { helm: true, ..Options::default() }, &Cache::default())
}

fn fatal(built: &Built) -> Vec<&str> {
    built.output.problems.iter().filter(|problem| problem.fatal).map(|p| p.message.as_str()).collect()
}

/// Compares a case with what the real tool made of it.
fn check(case: &str) -> Result<(), String> {
    let (files, expected) = case.split_once("\n=> ").unwrap();
    let files = Memory::of_case(files);
    let built = built(&files);
    let found: Vec<_> = built.output.manifests.iter().map(|manifest| json(&manifest.text)).collect();
    if let Some(error) = expected.strip_prefix("error\n") {
        let words = fatal(&built);
        let first = error.lines().next().unwrap_or_default();
        // On the way to the reason each tool says how it came there.
        let reason = |words: &str| words.rsplit(": ").next().map(|reason| reason.trim().to_owned());
        let same = words.len() == 1 && reason(words[0]) == reason(first);
        return if same && found.is_empty() { Ok(()) } else { Err(format!("{words:?} is not {error}")) };
    }
    let expected = objects(expected.strip_prefix("output\n").unwrap());
    if !fatal(&built).is_empty() {
        return Err(format!("fails: {:?}", fatal(&built)));
    }
    for (found, expected) in found.iter().zip(&expected) {
        if found != expected {
            return Err(format!("found    {found}\nexpected {expected}"));
        }
    }
    if found.len() == expected.len() { Ok(()) } else { Err(format!("{} objects", found.len())) }
}

#[test]
fn builds_as_kubectl_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kustomize");
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "case") {
            count += 1;
            if let Err(why) = check(&std::fs::read_to_string(&path).unwrap()) {
                wrong.push(format!("{}: {why}", path.file_stem().unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(count >= 15, "only {count} cases");
}
