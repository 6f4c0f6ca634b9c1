//! Reports for programs against the schemas they promise to follow.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;
#[path = "common/validate.rs"]
mod validate;

use report::{Format, NoSources, Sources, Style, render};
use serde_json::Value;

fn check(schema: &str, format: Format) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let mut empty = common::fixture();
    empty.findings.clear();
    empty.ledger.clear();
    empty.tallies.clear();
    empty.notices.clear();
    let texts = common::texts();
    let cases: [(_, &dyn Sources); 3] =
        [(common::fixture(), &texts), (common::fixture(), &NoSources), (empty, &NoSources)];
    for (report, sources) in cases {
        let text = render(format, &report, sources, &Style::default());
        let value: Value = serde_json::from_str(&text).unwrap();
        let mut errors = Vec::new();
        validate::validate(&schema, &schema, &value, "", &mut errors);
        assert!(errors.is_empty(), "{format}: {errors:#?}");
    }
}

#[test]
fn json_follows_its_schema() {
    check(include_str!("../../../docs/schema/holdfast.report.v1.schema.json"), Format::Json);
}

/// The official schemas are not ours to ship: name a copy to check against it.
fn check_official(variable: &str, format: Format) {
    match std::env::var(variable).map(std::fs::read_to_string) {
        Ok(Ok(schema)) => check(&schema, format),
        Ok(Err(error)) => panic!("{variable}: {error}"),
        Err(_) => println!("skipped: set {variable} to the path of the schema to check {format}"),
    }
}

#[test]
fn sarif_follows_the_official_schema() {
    check_official("HOLDFAST_SARIF_SCHEMA", Format::Sarif);
}

#[test]
fn gitlab_sast_follows_the_official_schema() {
    check_official("HOLDFAST_GITLAB_SAST_SCHEMA", Format::GitlabSast);
}

#[test]
fn the_validator_finds_mistakes() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/holdfast.report.v1.schema.json")).unwrap();
    let text = render(Format::Json, &common::fixture(), &NoSources, &Style::default());
    let good: Value = serde_json::from_str(&text).unwrap();
    let breakages: [fn(&mut Value); 5] = [
        |v| v["findings"][0]["severity"] = "grave".into(),
        |v| v["findings"][0]["location"]["line"] = 0.into(),
        |v| v["findings"][0]["extra"] = 1.into(),
        |v| v["summary"] = Value::Null,
        |v| v["findings"][0]["exception"] = serde_json::json!({}),
    ];
    for break_it in breakages {
        let mut bad = good.clone();
        break_it(&mut bad);
        let mut errors = Vec::new();
        validate::validate(&schema, &schema, &bad, "", &mut errors);
        assert!(!errors.is_empty());
    }
}
