//! Charts in overlays: where the parts of their objects came from, and what is said of charts that are not there.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests: a broken expectation is a panic"
)]

#[path = "kustomize/memory.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod memory;

use memory::Memory;
use render::kustomize::{Built, Cache, Options, build};
use render::output::{run_at, value_of};
use render::{Origin, OriginId};

const TEMPLATE: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostPID: true\n  \
                        {{- if .Values.net }}\n  hostNetwork: {{ .Values.net }}\n  {{- end }}\n  containers:\n  - name: a\n    \
                        image: \"{{ .Values.image }}:{{ .Values.tag }}\"\n";

fn built(kustomization: &str) -> Built {
    let files = Memory::of(&[
        ("kustomization.yaml", kustomization),
        ("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"),
        ("charts/web/values.yaml", "image: nginx\ntag: one\nnet: true\n"),
        ("charts/web/templates/pod.yaml", TEMPLATE),
    ]);
    build(&files, "", &Options { helm: true, ..Options::default() }, &Cache::default())
}

/// Where a part of the output came from: the text of its action or file, and the line of its value.
fn from(built: &Built, part: &str) -> (String, String) {
    let origins = &built.output.origins;
    let manifest = &built.output.manifests[0];
    let start = manifest.text.find(part).unwrap_or_else(|| panic!("no {part} in {}", manifest.text));
    let run = *run_at(&manifest.runs, (start + part.len() - 1) as u32).unwrap();
    let place = |id: OriginId| {
        origins.node_of(id).map_or_else(String::new, |node| {
            let location = node.location();
            format!("{}:{}", location.file, location.range.start.line)
        })
    };
    match *origins.get(run.origin) {
        Origin::Written { file, span, .. } => {
            let source = origins.source(file).unwrap();
            (source.slice(span).to_owned(), place(value_of(origins, run.origin)))
        }
        Origin::Literal { file, .. } => {
            let source = origins.source(file).unwrap();
            (format!("{} {}", source.name(), &source.text()[run.offset as usize..][..1]), String::new())
        }
        _ => (String::new(), place(run.origin)),
    }
}

#[test]
fn parts_of_charts_know_their_places() {
    let built = built(
        "helmCharts:\n- name: web\n  valuesInline:\n    tag: two\npatches:\n- patch: |\n    apiVersion: v1\n    kind: \
         Pod\n    metadata: {name: web}\n    spec:\n      hostIPC: true\n",
    );
    assert_eq!(built.output.problems, []);
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(from(&built, "image: nginx"), pair("{{ .Values.image }}", "charts/web/values.yaml:1"));
    assert_eq!(from(&built, "nginx:two"), pair("{{ .Values.tag }}", "kustomization.yaml:4"));
    assert_eq!(from(&built, "nginx:"), pair("charts/web/templates/pod.yaml :", ""));
    assert_eq!(from(&built, "hostNetwork: true"), pair("{{ .Values.net }}", "charts/web/values.yaml:3"));
    assert_eq!(from(&built, "hostPID: true"), pair("true", ""));
    assert_eq!(from(&built, "hostIPC: true"), pair("", "kustomization.yaml:11"));
    assert!(built.consumed.contains("charts/web/templates/pod.yaml"));
}

#[test]
fn charts_that_are_not_there_are_gaps() {
    let cases = [
        "- name: other\n  repo: https://example.com\n",
        "- name: web\n  repo: https://example.com\n  version: 2.0.0\n",
    ];
    for case in cases {
        let built = built(&format!("helmCharts:\n{case}"));
        let [problem] = built.output.problems.as_slice() else { panic!("{:?}", built.output.problems) };
        assert!(!problem.fatal && problem.message.contains("was not fetched"), "{problem:?}");
        assert_eq!(problem.location.range.start.line, 2);
    }
    // Older versions of Kustomize pulled to this folder.
    let built = built("helmCharts:\n- name: web\n  repo: https://example.com\n  version: 1.0.0\n");
    assert_eq!((built.output.problems.len(), built.output.manifests.len()), (0, 1));
}
