//! Where the parts of a built overlay came from, what problems say and where, and that foreign input does no harm.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests: a broken expectation is a panic"
)]

#[path = "kustomize/memory.rs"]
mod memory;

use memory::{Memory, json};
use render::kustomize::{Built, Cache, Options, build, kustomizations, roots};
use render::output::run_at;
use render::{Origin, OriginId, Origins};

fn built(files: &[(&str, &str)]) -> Built {
    build(&Memory::of(files), "", &Options::default(), &Cache::default())
}

/// The places of an origin, as `file:line:column`.
fn places(origins: &Origins, id: OriginId) -> Vec<String> {
    match origins.get(id) {
        Origin::Node { .. } => {
            let location = origins.node_of(id).unwrap().location();
            vec![format!("{}:{}", location.file, location.range.start.line)]
        }
        Origin::Derived(parts) => parts.iter().flat_map(|part| places(origins, *part)).collect(),
        Origin::Literal { file, .. } => vec![origins.source(*file).unwrap().name().to_string()],
        Origin::None | Origin::Generated | Origin::Missing { .. } | Origin::Written { .. } => Vec::new(),
    }
}

/// The places from which the last byte of a line came.
fn from(built: &Built, line: &str) -> Vec<String> {
    for manifest in &built.output.manifests {
        if let Some(start) = manifest.text.find(line) {
            let run = run_at(&manifest.runs, (start + line.len() - 1) as u32).unwrap();
            return places(&built.output.origins, run.origin);
        }
    }
    panic!("no {line:?} in {:?}", built.output.manifests);
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostPID: true\n  containers:\n  \
                   - name: a\n    image: nginx:1\n    envFrom:\n    - configMapRef: {name: cm}\n";

#[test]
fn every_part_knows_its_place() {
    let built = built(&[
        (
            "kustomization.yaml",
            "resources: [base]\nnamePrefix: p-\nimages:\n- name: nginx\n  newTag: '2'\nlabels:\n- pairs: {a: b}\n\
             patches:\n- patch: |\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: web}\n    spec:\n      \
             hostNetwork: true\n- path: ops.yaml\n  target: {kind: Pod}\nconfigMapGenerator:\n- name: cm\n  \
             literals: [x=one]\n  envs: [e.env]\n",
        ),
        ("ops.yaml", "- op: add\n  path: /spec/hostIPC\n  value: true\n"),
        ("e.env", "# c\nW=two\n"),
        ("base/kustomization.yaml", "resources: [pod.yaml]\n"),
        ("base/pod.yaml", POD),
    ]);
    assert_eq!(built.output.problems, []);
    assert_eq!(from(&built, "hostPID: true"), ["base/pod.yaml:6"]);
    // Inside of an inline patch the line of the kustomization file is known.
    assert_eq!(from(&built, "hostNetwork: true"), ["kustomization.yaml:14"]);
    assert_eq!(from(&built, "hostIPC: true"), ["ops.yaml:3"]);
    assert_eq!(from(&built, "name: p-web"), ["base/pod.yaml:4"]);
    assert_eq!(from(&built, "image: nginx:2"), ["kustomization.yaml:5"]);
    assert_eq!(from(&built, "x: one"), ["kustomization.yaml:19"]);
    assert_eq!(from(&built, "W: two"), ["e.env"]);
    let reference = from(&built, "name: p-cm-");
    assert!(reference.contains(&"kustomization.yaml:18".to_owned()), "{reference:?}");
    let consumed: Vec<&str> = built.consumed.iter().map(|name| &**name).collect();
    assert_eq!(
        consumed,
        ["base/kustomization.yaml", "base/pod.yaml", "e.env", "kustomization.yaml", "ops.yaml"]
    );
}

#[test]
fn patches_that_are_no_block_point_to_their_field() {
    let built = built(&[
        (
            "kustomization.yaml",
            "resources: [pod.yaml]\npatches:\n- patch: '{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": \
             {\"name\": \"web\"}, \"spec\": {\"hostIPC\": true}}'\n",
        ),
        ("pod.yaml", POD),
    ]);
    assert_eq!(built.output.problems, []);
    assert_eq!(from(&built, "hostIPC: true"), ["kustomization.yaml:3"]);
}

#[test]
fn what_is_remote_is_left_out_and_said() {
    let built = built(&[
        (
            "kustomization.yaml",
            "resources:\n- pod.yaml\n- https://example.com/a.yaml\n- github.com/example/base?ref=v1\n\
             components: ['git@example.com:x/y.git']\npatches:\n- patch: |\n    apiVersion: v1\n    kind: Service\n    \
             metadata: {name: remote}\n",
        ),
        ("pod.yaml", POD),
    ]);
    let problems: Vec<(u32, bool)> =
        built.output.problems.iter().map(|p| (p.location.range.start.line, p.fatal)).collect();
    assert_eq!(problems, [(3, false), (4, false), (5, false), (8, false)], "{:?}", built.output.problems);
    assert_eq!(built.output.manifests.len(), 1);
}

#[test]
fn problems_are_at_their_lines() {
    let file = "kustomization.yaml";
    for (text, line, words) in [
        ("resources:\n- pod.yaml\n- none.yaml\n", 3, "no such file"),
        ("resources: [pod.yaml]\nfoo: bar\n", 2, "invalid Kustomization: json: unknown field \"foo\""),
        ("resources: [pod.yaml]\nnamePrefix: 5\n", 2, "of type string"),
        ("resources:\n- pod.yaml\n- pod.yaml\n", 3, "already registered id: Pod.v1.[noGrp]/web.[noNs]"),
        ("resources:\n- ../x.yaml\n", 2, "no such file"),
        ("resources:\n- .\n", 2, "cycle detected"),
        ("resources:\n- /etc/passwd\n", 2, "cannot be absolute"),
        ("resources: [pod.yaml]\nreplicas:\n- {name: db, count: 2}\n", 3, "resource with name db"),
        ("resources: [pod.yaml]\npatches:\n- path: none.yaml\n", 3, "failed to get the patch file"),
        ("resources: [pod.yaml\n", 1, "invalid Kustomization: yaml"),
        ("configMapGenerator:\n- name: a\n  behavior: merge\n", 2, "cannot merge or replace"),
        ("configMapGenerator:\n- name: a\n  literals: [hunter2]\n", 3, "expected key=value"),
        ("resources: [pod.yaml]\nsortOptions: {order: odd}\n", 2, "must be one of [fifo, legacy]"),
        ("helmCharts:\n- name: x\n", 2, "must specify --enable-helm"),
    ] {
        let built = built(&[(file, text), ("pod.yaml", POD)]);
        let [problem] = built.output.problems.as_slice() else {
            panic!("{text}: {:?}", built.output.problems);
        };
        assert!(problem.fatal && problem.message.contains(words), "{text}: {}", problem.message);
        assert_eq!((&*problem.location.file, problem.location.range.start.line), (file, line), "{text}");
        assert!(built.output.manifests.is_empty() && !problem.message.contains("hunter2"));
    }
    let built = built(&[]);
    assert!(built.output.problems[0].message.contains("unable to find one of"));
}

#[test]
fn files_outside_need_leave() {
    let mut files = Memory::of(&[("a/kustomization.yaml", "resources: [../pod.yaml]\n"), ("pod.yaml", POD)]);
    let strict = build(&files, "a", &Options::default(), &Cache::default());
    assert!(strict.output.problems[0].message.contains("security; file 'pod.yaml' is not in or below 'a'"));
    let free = Options { load_restrictor_none: true, ..Options::default() };
    assert_eq!(build(&files, "a", &free, &Cache::default()).output.manifests.len(), 1);
    // Bytes that are no text become binary data.
    files.add("b/kustomization.yaml", "configMapGenerator: [{name: x, files: [f]}]\n");
    files.add_bytes("b/f", &[0xff, 0xfe]);
    let binary = build(&files, "b", &Options::default(), &Cache::default());
    assert_eq!(json(&binary.output.manifests[0].text)["binaryData"]["f"], "//4=");
}

#[test]
fn finds_folders_to_judge() {
    let files = Memory::of(&[
        ("base/kustomization.yaml", "resources: []\n"),
        ("comp/Kustomization", "kind: Component\n"),
        ("dev/kustomization.yml", "resources: [../base]\ncomponents: [../comp]\n"),
        ("prod/kustomization.yaml", "bases: [../base/]\n"),
        ("broken/kustomization.yaml", "resources: [\n"),
        ("kustomization.yaml/x", ""),
    ]);
    assert_eq!(kustomizations(&files), ["base", "broken", "comp", "dev", "prod"]);
    assert_eq!(roots(&files), ["broken", "dev", "prod"]);
}

#[test]
fn foreign_input_ends() {
    // Folders that refer to one another.
    let files = Memory::of(&[
        ("a/kustomization.yaml", "resources: [../b]\n"),
        ("b/kustomization.yaml", "resources: [../a]\n"),
    ]);
    let round = build(&files, "a", &Options::default(), &Cache::default());
    assert!(round.output.problems[0].message.contains("cycle detected"), "{:?}", round.output.problems);
    // A tower of bases, and each doubled by two overlays.
    let mut files = Memory::default();
    for level in 0..200 {
        files.add(&format!("l{level}/kustomization.yaml"), &format!("resources: [../l{}]\n", level + 1));
    }
    let tower = build(&files, "l0", &Options::default(), &Cache::default());
    assert!(tower.output.problems[0].fatal);
    let mut files =
        Memory::of(&[("pod.yaml", POD), ("l25/kustomization.yaml", "configMapGenerator: [{name: a}]\n")]);
    for level in 0..25 {
        let next = level + 1;
        files.add(
            &format!("l{level}/kustomization.yaml"),
            &format!("resources: [../p{level}, ../q{level}]\n"),
        );
        for side in ["p", "q"] {
            let text = format!("resources: [../l{next}]\nnamePrefix: {side}\n");
            files.add(&format!("{side}{level}/kustomization.yaml"), &text);
        }
    }
    let doubled = build(&files, "l0", &Options::default(), &Cache::default());
    assert!(doubled.output.problems[0].fatal, "{:?}", doubled.output.problems);
    // Aliases of aliases.
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 0..9 {
        let item = format!("*{}", if level == 0 { "a".to_owned() } else { format!("b{}", level - 1) });
        let items = [item.as_str(); 10].join(", ");
        bomb = format!("{bomb}b{level}: &b{level} [{items}]\n");
    }
    bomb += "kind: Foo\nmetadata: {name: x}\n";
    let bomb = built(&[("kustomization.yaml", "resources: [r.yaml]\n"), ("r.yaml", &bomb)]);
    assert!(bomb.output.problems[0].fatal);
}

#[test]
fn mangled_overlays_do_no_harm() {
    use proptest::prelude::*;
    let cases: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kustomize"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "case"))
        .map(|path| std::fs::read_to_string(path).unwrap().split("\n=> ").next().unwrap().to_owned())
        .collect();
    let edits =
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..6);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(300));
    runner
        .run(&(any::<prop::sample::Index>(), edits), |(case, edits)| {
            let mut lines: Vec<String> = case.get(&cases).lines().map(str::to_owned).collect();
            for (a, b, how) in edits {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                match how {
                    0 => lines.swap(a, b),
                    1 => lines[a] = lines[b].clone(),
                    2 => lines[a] = lines[a].chars().take(b % 40).collect(),
                    _ => {
                        lines.remove(a);
                    }
                }
                if lines.is_empty() {
                    break;
                }
            }
            let files = Memory::of_case(&lines.join("\n"));
            for folder in kustomizations(&files) {
                let built = build(&files, &folder, &Options::default(), &Cache::default());
                for manifest in &built.output.manifests {
                    json(&manifest.text);
                    prop_assert!(manifest.runs.windows(2).all(|pair| pair[0].at < pair[1].at));
                }
                let fatal = built.output.problems.iter().any(|problem| problem.fatal);
                prop_assert!(!fatal || built.output.manifests.is_empty());
            }
            Ok(())
        })
        .unwrap();
}
