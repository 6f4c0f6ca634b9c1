//! Small cases by topic, below `suite/`: each begins with a line `# expect:` that says which rules of the
//! topic find something in what follows, up to the next such line. A file's first line lists its rules.

use check::{Check, Settings};
use std::collections::BTreeSet;
use std::path::Path;

fn words(text: &str) -> BTreeSet<&str> {
    text.split([',', ' ']).map(str::trim).filter(|w| !w.is_empty() && *w != "none").collect()
}

/// Judges every case of a file.
fn prove(name: &str, language: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let (head, cases) = text.split_once("\n# expect:").unwrap();
    let topic = words(head.lines().next().unwrap().strip_prefix("# rules:").unwrap());
    let rules: Vec<&'static Check> = checks::all().filter(|c| topic.contains(c.meta.id)).collect();
    assert_eq!(rules.len(), topic.len(), "{name} names a rule that is not there");
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases.split("\n# expect:") {
        let (expected, body) = case.split_once('\n').unwrap();
        let expected = words(expected.split('#').next().unwrap());
        assert!(expected.is_subset(&topic), "{name}: {expected:?} is not of the topic");
        let verdicts = testkit::judge(&rules, language, body, &Settings::default());
        let found: BTreeSet<_> = verdicts.findings.iter().map(|f| f.rule.id).collect();
        count += 1;
        if found != expected {
            let gaps: BTreeSet<_> = verdicts.gaps.iter().map(|g| &g.reason).collect();
            wrong.push(format!("wanted {expected:?}, found {found:?}, gaps {gaps:?}\n{body}"));
        }
    }
    println!("{name}: {count} cases");
    assert!(wrong.is_empty(), "{name}: {} of {count} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! suite {
    ($($test:ident: $file:literal as $language:literal;)*) => {$(
        #[test]
        fn $test() {
            prove($file, $language);
        }
    )*};
}

suite! {
    containers: "containers.yaml" as "yaml";
    kinds: "kinds.yaml" as "yaml";
    images: "images.yaml" as "yaml";
    resources: "resources.yaml" as "yaml";
    secrets: "secrets.yaml" as "yaml";
    rbac: "rbac.yaml" as "yaml";
    bindings: "bindings.yaml" as "yaml";
    network: "network.yaml" as "yaml";
    api_server: "api_server.yaml" as "yaml";
    components: "components.yaml" as "yaml";
    kubelet: "kubelet.yaml" as "yaml";
    encryption_and_audit: "encryption_and_audit.yaml" as "yaml";
}
