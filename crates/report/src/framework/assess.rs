//! What a report says about each control of a framework.

use super::{Control, Framework, Group, Reach};
use crate::Report;
use model::{Area, LedgerRow, Maturity, RuleMeta};
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of a control. Only [`Verdict::Met`] is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A rule that serves it broke, and no exception covers that.
    Broken,
    /// Nothing broke, but something that should have been judged was not.
    NotEvaluated,
    /// Judged at least once, and nothing that was judged broke. Places that could not be read are named in
    /// [`ControlResult::why`].
    Met,
    /// Rules serve it, but the input has nothing they are about.
    NotApplicable,
    /// No rule of the product serves it.
    NotCovered,
}

impl Verdict {
    /// Every verdict, worst first.
    pub const ALL: [Self; 5] =
        [Self::Broken, Self::NotEvaluated, Self::Met, Self::NotApplicable, Self::NotCovered];

    /// As people read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::NotEvaluated => "not evaluated",
            Self::Met => "met",
            Self::NotApplicable => "not applicable",
            Self::NotCovered => "not covered",
        }
    }

    /// As machines read it, and as a class name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::NotEvaluated => "not-evaluated",
            Self::Met => "met",
            Self::NotApplicable => "not-applicable",
            Self::NotCovered => "not-covered",
        }
    }
}

/// A framework, control by control.
#[derive(Debug)]
pub struct Assessment {
    /// The framework.
    pub framework: &'static Framework,
    /// One result for each control, in the framework's order.
    pub results: Vec<ControlResult>,
    /// Number of gaps in the ledger: what was seen but not judged.
    pub gaps: usize,
}

/// What became of one control, and why.
#[derive(Debug)]
pub struct ControlResult {
    /// Its section.
    pub group: &'static Group,
    /// The control.
    pub control: &'static Control,
    /// What became of it.
    pub verdict: Verdict,
    /// The same as a sentence; for [`Verdict::Met`] it holds the reservations and may be empty.
    pub why: String,
    /// The rules that serve it, by id.
    pub rules: Vec<Serving>,
    /// Findings of these rules that no exception covers.
    pub open: u32,
    /// Findings of these rules that somebody has accepted.
    pub excepted: u32,
}

/// A rule that serves a control, with its figures in this run.
#[derive(Debug)]
pub struct Serving {
    /// The rule.
    pub rule: &'static RuleMeta,
    /// False if it was left out of the run (profile, selection).
    pub ran: bool,
    /// Findings that no exception covers.
    pub open: u32,
    /// Findings covered by exceptions.
    pub excepted: u32,
    /// Subjects that passed.
    pub passed: u32,
    /// Subjects that failed, also where the finding itself was filtered out of the report.
    pub failed: u32,
    /// Subjects whose findings are all covered by exceptions.
    pub accepted: u32,
    /// Subjects, or ledger rows about this rule, that could not be judged.
    pub not_evaluated: u32,
}

/// Number of controls by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// See [`Verdict::Met`].
    pub met: u32,
    /// See [`Verdict::Broken`].
    pub broken: u32,
    /// See [`Verdict::NotEvaluated`].
    pub not_evaluated: u32,
    /// See [`Verdict::NotApplicable`].
    pub not_applicable: u32,
    /// See [`Verdict::NotCovered`].
    pub not_covered: u32,
}

impl Counts {
    /// The number for one verdict.
    pub const fn of(&self, verdict: Verdict) -> u32 {
        match verdict {
            Verdict::Met => self.met,
            Verdict::Broken => self.broken,
            Verdict::NotEvaluated => self.not_evaluated,
            Verdict::NotApplicable => self.not_applicable,
            Verdict::NotCovered => self.not_covered,
        }
    }

    /// All controls.
    pub const fn total(&self) -> u32 {
        self.met + self.broken + self.not_evaluated + self.not_applicable + self.not_covered
    }
}

impl Assessment {
    /// Number of controls by verdict.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for result in &self.results {
            match result.verdict {
                Verdict::Met => counts.met += 1,
                Verdict::Broken => counts.broken += 1,
                Verdict::NotEvaluated => counts.not_evaluated += 1,
                Verdict::NotApplicable => counts.not_applicable += 1,
                Verdict::NotCovered => counts.not_covered += 1,
            }
        }
        counts
    }
}

/// Judges every control of `framework` by what `report` says. `rules` is every rule of the product,
/// whether it ran or not: a control that a rule serves which was left out of the run is not met.
pub fn assess(framework: &'static Framework, report: &Report, rules: &[&'static RuleMeta]) -> Assessment {
    let evidence = Evidence::gather(framework.id, report, rules);
    let results = framework
        .controls()
        .map(|(group, control)| {
            let rules = evidence.serving(control.id);
            let open = rules.iter().map(|r| r.open).sum();
            let excepted = rules.iter().map(|r| r.excepted).sum();
            let (verdict, why) = judge(control, &rules, &evidence.gaps);
            ControlResult { group, control, verdict, why, rules, open, excepted }
        })
        .collect();
    Assessment { framework, results, gaps: report.ledger.iter().filter(|r| r.status.is_gap()).count() }
}

/// Figures by rule, and rules by control: gathered once, in one pass over the report.
struct Evidence<'a> {
    figures: BTreeMap<&'static str, Serving>,
    controls: BTreeMap<&'static str, Vec<&'static str>>,
    /// Gaps that are not about one rule.
    gaps: Vec<&'a LedgerRow>,
}

impl<'a> Evidence<'a> {
    fn gather(framework: &str, report: &'a Report, rules: &[&'static RuleMeta]) -> Self {
        let mut figures: BTreeMap<&'static str, Serving> = BTreeMap::new();
        // A report may know rules that the list does not (policies of the user's own): all count.
        let known = rules
            .iter()
            .copied()
            .chain(report.tallies.iter().map(|t| t.rule))
            .chain(report.findings.iter().map(|f| f.rule));
        for rule in known {
            if rule.in_framework(framework) {
                figures.entry(rule.id).or_insert_with(|| Serving::unseen(rule));
            }
        }
        for tally in &report.tallies {
            if let Some(figure) = figures.get_mut(tally.rule.id) {
                figure.ran = true;
                figure.passed += tally.passed;
                figure.failed += tally.failed;
                figure.accepted += tally.excepted;
                figure.not_evaluated += tally.not_evaluated;
            }
        }
        for finding in &report.findings {
            if let Some(figure) = figures.get_mut(finding.rule.id) {
                figure.ran = true;
                if finding.exception.is_some() {
                    figure.excepted += 1;
                } else {
                    figure.open += 1;
                }
            }
        }
        let mut gaps = Vec::new();
        let mut rows_by_rule: BTreeMap<&str, u32> = BTreeMap::new();
        for row in report.ledger.iter().filter(|r| r.status.is_gap()) {
            if row.rules.is_empty() {
                gaps.push(row);
            }
            for rule in &row.rules {
                *rows_by_rule.entry(rule).or_default() += 1;
            }
        }
        for (rule, rows) in rows_by_rule {
            if let Some(figure) = figures.get_mut(rule) {
                figure.not_evaluated = figure.not_evaluated.max(rows);
            }
        }
        let mut controls: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for figure in figures.values() {
            for reference in figure.rule.controls {
                if let Some((_, control)) = reference.split_once(':').filter(|(f, _)| *f == framework) {
                    let ids = controls.entry(control).or_default();
                    if ids.last() != Some(&figure.rule.id) {
                        ids.push(figure.rule.id);
                    }
                }
            }
        }
        Self { figures, controls, gaps }
    }

    fn serving(&self, control: &str) -> Vec<Serving> {
        let ids = self.controls.get(control).into_iter().flatten();
        ids.filter_map(|id| self.figures.get(id)).map(Serving::copy).collect()
    }
}

impl Serving {
    const fn unseen(rule: &'static RuleMeta) -> Self {
        Self { rule, ran: false, open: 0, excepted: 0, passed: 0, failed: 0, accepted: 0, not_evaluated: 0 }
    }

    const fn copy(&self) -> Self {
        Self { ..*self }
    }

    /// Subjects that this rule was really about.
    pub const fn judged(&self) -> u32 {
        self.passed + self.failed + self.accepted
    }

    const fn broke(&self) -> bool {
        self.open > 0 || self.failed > 0
    }
}

fn judge(control: &Control, rules: &[Serving], gaps: &[&LedgerRow]) -> (Verdict, String) {
    if rules.is_empty() {
        let why = match control.reach {
            Reach::Files => format!("no rule serves it, though files could tell: {}", control.note),
            Reach::Live | Reach::People => format!("no rule serves it: {}", control.note),
        };
        return (Verdict::NotCovered, why);
    }
    if rules.iter().any(Serving::broke) {
        return (Verdict::Broken, broken(rules));
    }
    let unjudged: u32 = rules.iter().map(|r| r.not_evaluated).sum();
    if unjudged > 0 {
        let why = format!(
            "{} could not be judged: {}",
            count(unjudged, "subject"),
            names(rules, |r| r.not_evaluated > 0)
        );
        return (Verdict::NotEvaluated, why);
    }
    // A deprecated rule is switched off on purpose; any other that did not run leaves the question open.
    let left_out = |r: &Serving| !r.ran && r.rule.maturity != Maturity::Deprecated;
    let missing = rules.iter().filter(|r| left_out(r)).count() as u32;
    if missing > 0 {
        let why = format!("{} left out of this run: {}", plural(missing, "rule"), names(rules, left_out));
        return (Verdict::NotEvaluated, why);
    }
    let doubts = gaps.iter().filter(|g| rules.iter().any(|r| may_concern(g, r.rule.area))).count() as u32;
    let judged: u32 = rules.iter().map(Serving::judged).sum();
    let excepted: u32 = rules.iter().map(|r| r.excepted).sum();
    if judged == 0 && excepted == 0 {
        return if doubts > 0 {
            (
                Verdict::NotEvaluated,
                format!("nothing to judge was seen, but {} could not be read", count(doubts, "place")),
            )
        } else {
            (Verdict::NotApplicable, "nothing in the input that its rules are about".to_owned())
        };
    }
    let mut reservations = Vec::new();
    if excepted > 0 {
        reservations.push(format!("{} accepted by exception", count(excepted, "finding")));
    }
    if doubts > 0 {
        reservations.push(format!("{} could not be read", count(doubts, "place")));
    }
    (Verdict::Met, reservations.join("; "))
}

fn broken(rules: &[Serving]) -> String {
    let open: u32 = rules.iter().map(|r| r.open).sum();
    let which: Vec<String> = rules
        .iter()
        .filter(|r| r.broke())
        .map(|r| if r.open > 0 { format!("{} ({})", r.rule.id, r.open) } else { r.rule.id.to_owned() })
        .collect();
    if open > 0 {
        format!("{}: {}", count(open, "finding"), which.join(", "))
    } else {
        let failed: u32 = rules.iter().map(|r| r.failed).sum();
        format!(
            "{} failed (findings not shown in this report): {}",
            count(failed, "subject"),
            which.join(", ")
        )
    }
}

fn names(rules: &[Serving], which: impl Fn(&Serving) -> bool) -> String {
    let ids: Vec<&str> = rules.iter().filter(|r| which(r)).map(|r| r.rule.id).collect();
    ids.join(", ")
}

/// Whether an unread file may have held a subject of a rule of this area.
fn may_concern(row: &LedgerRow, area: Area) -> bool {
    match row.kind.as_str() {
        "dockerfile" | "compose" => area == Area::Container || area == Area::Code,
        "kubernetes" | "helm" | "kustomize" => area != Area::Cloud,
        _ => true,
    }
}

fn plural(n: u32, noun: &str) -> String {
    if n == 1 { noun.to_owned() } else { format!("{noun}s") }
}

fn count(n: u32, noun: &str) -> String {
    format!("{n} {}", plural(n, noun))
}

#[cfg(test)]
#[path = "assess_tests.rs"]
mod tests;
