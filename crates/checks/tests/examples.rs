//! Every check's examples are its tests.

use std::collections::BTreeSet;

#[test]
fn examples_hold() {
    let mut failed = Vec::new();
    for check in checks::all() {
        let run = std::panic::catch_unwind(|| testkit::assert_examples(check));
        if run.is_err() {
            failed.push(check.meta.id);
        }
    }
    assert!(failed.is_empty(), "examples of these checks do not hold (see above): {failed:?}");
}

#[test]
fn metadata_is_sound() {
    let mut ids = BTreeSet::new();
    for check in checks::all() {
        let m = &check.meta;
        assert!(ids.insert(m.id), "{} is defined twice", m.id);
        assert!(m.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", m.id);
        assert!(!m.title.ends_with('.') && !m.title.is_empty(), "{}: title", m.id);
        assert!(m.severity_reason.len() > 15, "{}: severity_reason", m.id);
        assert!(m.remediation.len() > 20 && m.remediation.ends_with('.'), "{}: remediation", m.id);
        assert!(m.controls.iter().all(|c| c.contains(':')), "{}: controls", m.id);
        assert!(m.aliases.iter().all(|c| c.contains(':')), "{}: aliases", m.id);
        assert!(m.docs.contains("## How to fix"), "{}: docs lack `## How to fix`", m.id);
    }
}
