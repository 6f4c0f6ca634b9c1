//! Fixes of the pod checks are offered in every layout, and clear their fault when applied.

#![allow(clippy::unwrap_used, clippy::panic)] // a test harness of its own

use check::{Check, Settings};
use model::Finding;

fn check(id: &str) -> &'static Check {
    checks::all().find(|check| check.meta.id == id).unwrap()
}

fn findings(id: &str, language: &str, text: &str) -> Vec<Finding> {
    testkit::judge(&[check(id)], language, text, &Settings::default()).findings
}

/// Applies every fix, one after the other, until nothing is found; gives the text.
fn mend(id: &str, language: &str, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..8 {
        let found = findings(id, language, &text);
        let Some(first) = found.first() else { return text };
        let fix = first
            .fixes
            .first()
            .unwrap_or_else(|| panic!("{id} offers no fix for {}:\n{text}", first.message));
        for edit in fix.edits.iter().rev() {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
    }
    panic!("{id} is never content:\n{text}")
}

const BLOCK: &str = "
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true # for speed
  containers:
    - name: web
      image: example.com/web:1.0
      ports:
        - containerPort: 80
          hostPort: 80
      securityContext:
        capabilities:
          add:
            - NET_ADMIN # vpn
            - CHOWN
            - SYS_TIME
    - name: side
      image: example.com/side:1.0
";

const FLOW: &str = "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {hostNetwork: true, containers: [
  {name: web, image: 'x:1', ports: [{containerPort: 80, hostPort: 80}], securityContext: {capabilities: {add: [NET_ADMIN, SYS_TIME]}}},
  {name: side, image: 'x:1'}]}}
";

const JSON: &str = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"hostNetwork": true, "containers": [
  {"name": "web", "image": "x:1", "ports": [{"containerPort": 80, "hostPort": 80}],
   "securityContext": {"capabilities": {"add": ["NET_ADMIN", "SYS_TIME"]}}},
  {"name": "side", "image": "x:1"}]}}
"#;

#[test]
fn fixes_clear_their_fault_in_every_layout() {
    for id in [
        "host-network",
        "host-port",
        "capabilities-beyond-baseline",
        "capabilities-not-dropped",
        "dangerous-capabilities",
        "privilege-escalation",
        "run-as-non-root",
        "seccomp-profile-missing",
        "writable-root-filesystem",
        "service-account-token-mounted",
    ] {
        for (language, text) in [("yaml", BLOCK), ("yaml", FLOW), ("json", JSON)] {
            assert!(!findings(id, language, text).is_empty(), "{id} finds nothing in:\n{text}");
            mend(id, language, text);
        }
    }
}

#[test]
fn fixes_keep_what_is_around_them() {
    let mended = mend("capabilities-beyond-baseline", "yaml", BLOCK);
    assert!(mended.contains("            - CHOWN\n"), "{mended}");
    assert!(mended.contains("# for speed"), "{mended}");
    let mended = mend("run-as-non-root", "yaml", BLOCK);
    assert!(mended.contains("runAsNonRoot: true"), "{mended}");
    assert_eq!(mended.lines().count(), BLOCK.lines().count() + 2, "{mended}");
}

#[test]
fn one_cause_is_one_finding() {
    assert_eq!(findings("run-as-non-root", "yaml", BLOCK).len(), 1);
    assert_eq!(findings("seccomp-profile-missing", "yaml", BLOCK).len(), 1);
    assert_eq!(findings("privilege-escalation", "yaml", BLOCK).len(), 2);
    assert_eq!(findings("dangerous-capabilities", "yaml", BLOCK).len(), 2);
}
