use super::*;
use crate::Stats;
use crate::framework::{CIS_DOCKER, PSS};
use model::{
    Confidence, Exception, ExceptionSource, Finding, Location, Profile, Rank, ResourceId, RuleTally, Scope,
    Severity, Status, Why, WhyCode,
};
use std::sync::Arc;

macro_rules! rule {
    ($name:ident, $id:literal, $maturity:ident, [$($control:literal),*]) => {
        static $name: RuleMeta = RuleMeta {
            id: $id,
            title: "A fault",
            area: Area::Cluster,
            topic: "workload",
            profile: Profile::Security,
            severity: Severity::High,
            severity_reason: "for the test",
            confidence: Confidence::High,
            maturity: Maturity::$maturity,
            controls: &[$($control),*],
            remediation: "Mend it.",
            since: "0.1.0",
            aliases: &[],
            docs: "",
        };
    };
}

rule!(PRIVILEGED, "privileged-container", Stable, ["pss:baseline/privileged", "cis-k8s:5.2.2"]);
rule!(PRIVILEGED_OLD, "old-privileged", Deprecated, ["pss:baseline/privileged"]);
rule!(PORTS, "host-port", Stable, ["pss:baseline/hostPorts"]);
rule!(PORTS_TOO, "host-port-range", Stable, ["pss:baseline/hostPorts", "pss:baseline/hostPorts"]);

fn report() -> Report {
    Report {
        version: "0.1.0",
        targets: vec![".".to_owned()],
        findings: Vec::new(),
        ledger: Vec::new(),
        rules: Vec::new(),
        framework: None,
        tallies: Vec::new(),
        notices: Vec::new(),
        stats: Stats::default(),
        fail_on: None,
    }
}

fn tally(rule: &'static RuleMeta, passed: u32, failed: u32, excepted: u32, not_evaluated: u32) -> RuleTally {
    RuleTally { rule, passed, failed, excepted, not_evaluated }
}

fn finding(rule: &'static RuleMeta, excepted: bool) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        confidence: rule.confidence,
        resource: ResourceId::default(),
        primary: Location::default(),
        related: Vec::new(),
        message: "m".to_owned(),
        fixes: Vec::new(),
        fingerprint: "0".repeat(32),
        rank: Rank::default(),
        exception: excepted.then(|| Exception {
            rule: rule.id.to_owned(),
            scope: Scope::default(),
            owner: None,
            reason: None,
            until: None,
            source: ExceptionSource::Config,
            location: Location::default(),
        }),
        rendered: None,
    }
}

fn verdict(report: &Report, rules: &[&'static RuleMeta], control: &str) -> (Verdict, String, u32, u32) {
    let assessment = assess(&PSS, report, rules);
    assert_eq!(assessment.results.len(), PSS.controls().count());
    assert_eq!(assessment.counts().total() as usize, assessment.results.len());
    let result = assessment.results.into_iter().find(|r| r.control.id == control).unwrap();
    (result.verdict, result.why, result.open, result.excepted)
}

const PRIV: &str = "baseline/privileged";

#[test]
fn a_control_without_rules_is_not_covered_and_says_so() {
    let (v, why, ..) = verdict(&report(), &[], PRIV);
    assert_eq!(v, Verdict::NotCovered);
    assert!(why.starts_with("no rule serves it"), "{why}");
    let docker = assess(&CIS_DOCKER, &report(), &[&PRIVILEGED]);
    assert_eq!(docker.counts().not_covered, 12);
}

#[test]
fn judged_and_nothing_broken_is_met() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 3, 0, 0, 0));
    assert_eq!(verdict(&r, &[&PRIVILEGED], PRIV), (Verdict::Met, String::new(), 0, 0));
}

#[test]
fn open_findings_break_it_and_outweigh_gaps() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 3, 1, 0, 2));
    r.findings = vec![finding(&PRIVILEGED, false), finding(&PRIVILEGED, true)];
    let (v, why, open, excepted) = verdict(&r, &[&PRIVILEGED], PRIV);
    assert_eq!((v, open, excepted), (Verdict::Broken, 1, 1));
    assert_eq!(why, "1 finding: privileged-container (1)");
}

#[test]
fn failures_whose_findings_were_filtered_out_still_break_it() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 3, 2, 0, 0));
    let (v, why, open, _) = verdict(&r, &[&PRIVILEGED], PRIV);
    assert_eq!((v, open), (Verdict::Broken, 0));
    assert!(why.contains("2 subjects failed"), "{why}");
}

#[test]
fn findings_without_a_tally_break_it_even_if_the_list_of_rules_lacks_the_rule() {
    let mut r = report();
    r.findings.push(finding(&PRIVILEGED, false));
    assert_eq!(verdict(&r, &[], PRIV).0, Verdict::Broken);
}

#[test]
fn a_subject_that_could_not_be_judged_leaves_it_open() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 3, 0, 0, 1));
    let (v, why, ..) = verdict(&r, &[&PRIVILEGED], PRIV);
    assert_eq!(v, Verdict::NotEvaluated);
    assert_eq!(why, "1 subject could not be judged: privileged-container");
}

#[test]
fn a_ledger_row_about_the_rule_leaves_it_open_even_if_the_tally_forgot() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 3, 0, 0, 0));
    let why = Why::new(WhyCode::Unresolved, "a template");
    let mut row = LedgerRow::gap(&Arc::from("a.yaml"), None, Status::NotEvaluated, "kubernetes", &why);
    row.rules = vec!["privileged-container".to_owned()];
    r.ledger.push(row);
    assert_eq!(verdict(&r, &[&PRIVILEGED], PRIV).0, Verdict::NotEvaluated);
}

#[test]
fn a_rule_left_out_of_the_run_leaves_it_open() {
    let mut r = report();
    r.tallies.push(tally(&PORTS, 3, 0, 0, 0));
    let (v, why, ..) = verdict(&r, &[&PORTS, &PORTS_TOO], "baseline/hostPorts");
    assert_eq!(v, Verdict::NotEvaluated);
    assert_eq!(why, "rule left out of this run: host-port-range");
    assert_eq!(verdict(&r, &[&PRIVILEGED], PRIV).0, Verdict::NotEvaluated);
}

#[test]
fn a_deprecated_rule_left_out_does_not_matter() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 1, 0, 0, 0));
    assert_eq!(verdict(&r, &[&PRIVILEGED, &PRIVILEGED_OLD], PRIV).0, Verdict::Met);
}

#[test]
fn no_subject_is_not_applicable_unless_something_was_not_read() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 0, 0, 0, 0));
    assert_eq!(verdict(&r, &[&PRIVILEGED], PRIV).0, Verdict::NotApplicable);

    let why = Why::new(WhyCode::Unsupported, "a Helm template");
    let file: Arc<str> = Arc::from("a.yaml");
    r.ledger.push(LedgerRow::gap(&file, None, Status::NotEvaluated, "dockerfile", &why));
    assert_eq!(verdict(&r, &[&PRIVILEGED], PRIV).0, Verdict::NotApplicable);
    r.ledger.push(LedgerRow::gap(&file, None, Status::NotEvaluated, "yaml", &why));
    assert_eq!(verdict(&r, &[&PRIVILEGED], PRIV).0, Verdict::NotEvaluated);
}

#[test]
fn met_names_its_reservations() {
    let mut r = report();
    r.tallies.push(tally(&PRIVILEGED, 2, 0, 1, 0));
    r.findings.push(finding(&PRIVILEGED, true));
    let why = Why::new(WhyCode::Malformed, "broken");
    r.ledger.push(LedgerRow::gap(&Arc::from("a.yaml"), None, Status::Error, "yaml", &why));
    let (v, why, open, excepted) = verdict(&r, &[&PRIVILEGED], PRIV);
    assert_eq!((v, open, excepted), (Verdict::Met, 0, 1));
    assert_eq!(why, "1 finding accepted by exception; 1 place could not be read");
}

#[test]
fn a_rule_that_names_a_control_twice_counts_once() {
    let mut r = report();
    r.tallies.push(tally(&PORTS_TOO, 0, 1, 0, 0));
    r.findings.push(finding(&PORTS_TOO, false));
    let (v, _, open, _) = verdict(&r, &[&PORTS_TOO], "baseline/hostPorts");
    assert_eq!((v, open), (Verdict::Broken, 1));
}
