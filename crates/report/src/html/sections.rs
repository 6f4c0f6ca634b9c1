//! The parts of the page that need no script: verdict, overview, most urgent risks.

use super::data::place;
use super::markup::Markup;
use crate::Report;
use model::{Area, Finding, Severity};
use std::collections::BTreeMap;

/// What the report comes to, for the top of the page.
pub(super) struct Headline {
    /// Class name: `bad`, `warn`, `good` or `calm`.
    pub(super) tone: &'static str,
    /// One or two words.
    pub(super) verdict: &'static str,
    /// The reason.
    pub(super) sentence: String,
}

/// `3 findings`, `1 finding`.
pub(super) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("{} {noun}", group(n)) } else { format!("{} {noun}s", group(n)) }
}

/// A number with thin spaces between groups of three digits.
pub(super) fn group(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// The verdict. Never good news while something was not judged.
pub(super) fn headline(report: &Report) -> Headline {
    let open = report.open().count();
    let gaps = report.ledger.iter().filter(|r| r.status.is_gap()).count();
    let unjudged = match gaps {
        0 => String::new(),
        n => format!(" {} could not be judged; see coverage.", count(n, "place")),
    };
    if let (true, Some(least)) = (report.fails(), report.fail_on) {
        let over = report.open().filter(|f| f.severity >= least).count();
        let sentence =
            format!("{} at or above {least}, of {} open.{unjudged}", count(over, "finding"), group(open));
        return Headline { tone: "bad", verdict: "Does not pass", sentence };
    }
    let gate = report.fail_on.map_or_else(
        || "No threshold was set.".to_owned(),
        |least| format!("None is at or above the threshold ({least})."),
    );
    match (open, gaps) {
        (0, 0) => Headline {
            tone: "good",
            verdict: "Clean",
            sentence: "Nothing was found, and nothing was left unjudged.".to_owned(),
        },
        (0, _) => Headline {
            tone: "warn",
            verdict: "Not fully judged",
            sentence: format!("Nothing was found, but{}", unjudged.trim_end()),
        },
        (_, 0) if report.fail_on.is_some() => Headline {
            tone: "good",
            verdict: "Passes",
            sentence: format!("{} open. {gate}", count(open, "finding")),
        },
        _ => Headline {
            tone: if gaps > 0 { "warn" } else { "calm" },
            verdict: if report.fail_on.is_some() { "Passes, with gaps" } else { "Review" },
            sentence: format!("{} open. {gate}{unjudged}", count(open, "finding")),
        },
    }
}

/// Verdict and figures.
pub(super) fn hero(m: &mut Markup, report: &Report) {
    let headline = headline(report);
    m.open("section", &[("class", "hero"), ("id", "summary"), ("aria-labelledby", "h-summary")]);
    m.open("div", &[("class", &format!("verdict {}", headline.tone))]);
    m.leaf("span", &[("class", "mark"), ("aria-hidden", "true")], "");
    m.open("div", &[]);
    m.leaf("h1", &[("id", "h-summary")], headline.verdict);
    m.leaf("p", &[], &headline.sentence);
    m.close_all(2);
    m.open("dl", &[("class", "facts")]);
    let excepted = report.findings.len() - report.open().count();
    let stats = report.stats;
    let gaps = report.ledger.iter().filter(|r| r.status.is_gap()).count();
    for (name, value) in [
        ("Files", group(stats.files as usize)),
        ("Resources", group(stats.resources as usize)),
        ("Rules run", group(stats.rules as usize)),
        ("Open findings", group(report.open().count())),
        ("Accepted", group(excepted)),
        ("Gaps", group(gaps)),
    ] {
        m.open("div", &[]);
        m.leaf("dt", &[], name);
        m.leaf("dd", &[], &value);
        m.close();
    }
    m.close();
    m.close();
}

/// How many open findings of each severity a set has, most severe first.
fn by_severity<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(Severity, usize)> {
    let mut counts: BTreeMap<Severity, usize> = Severity::ALL.iter().map(|s| (*s, 0)).collect();
    for finding in findings {
        *counts.entry(finding.severity).or_default() += 1;
    }
    counts.into_iter().rev().collect()
}

/// A bar of stacked stretches. SVG, because the page's policy forbids style attributes.
pub(super) fn bar(m: &mut Markup, label: &str, parts: &[(&'static str, usize)], scale: usize) {
    let total: usize = parts.iter().map(|(_, n)| n).sum();
    m.open(
        "svg",
        &[
            ("class", "bar"),
            ("viewBox", "0 0 1000 10"),
            ("preserveAspectRatio", "none"),
            ("role", "img"),
            ("aria-label", label),
        ],
    );
    m.leaf("rect", &[("class", "track"), ("width", "1000"), ("height", "10")], "");
    let mut x = 0;
    let scale = scale.max(total).max(1);
    for (class, n) in parts.iter().filter(|(_, n)| *n > 0) {
        // At least a sliver, so that a single critical finding is not lost among thousands.
        let width = (n * 1000 / scale).max(6);
        m.leaf(
            "rect",
            &[("class", class), ("x", &x.to_string()), ("width", &width.to_string()), ("height", "10")],
            "",
        );
        x += width;
    }
    m.close();
}

/// Severities, the four Cs, and the rules that were broken most often.
pub(super) fn overview(m: &mut Markup, report: &Report) {
    m.open("section", &[("id", "overview"), ("aria-labelledby", "h-overview")]);
    m.leaf("h2", &[("id", "h-overview")], "Overview");
    let all = by_severity(report.open());
    m.open("ul", &[("class", "tiles")]);
    for (severity, n) in &all {
        let class = if *n == 0 { format!("tile {severity} none") } else { format!("tile {severity}") };
        m.open("li", &[]);
        m.open("a", &[("class", &class), ("href", &format!("#findings?sev={severity}"))]);
        m.leaf("b", &[], &group(*n));
        m.leaf("span", &[], severity.word());
        m.close_all(2);
    }
    m.close();

    m.open("div", &[("class", "columns")]);
    m.open("div", &[("class", "card")]);
    m.leaf("h3", &[], "The four Cs");
    let areas: Vec<_> = Area::ALL
        .iter()
        .rev()
        .map(|area| (*area, by_severity(report.open().filter(|f| f.rule.area == *area))))
        .collect();
    let scale = areas.iter().map(|(_, c)| c.iter().map(|(_, n)| n).sum::<usize>()).max().unwrap_or(0);
    for (area, counts) in &areas {
        let total: usize = counts.iter().map(|(_, n)| n).sum();
        m.open("a", &[("class", "meter"), ("href", &format!("#findings?area={area}"))]);
        m.leaf("span", &[("class", "name")], area.word());
        let parts: Vec<_> = counts.iter().map(|(s, n)| (s.word(), *n)).collect();
        let label: Vec<String> =
            counts.iter().filter(|(_, n)| *n > 0).map(|(s, n)| format!("{n} {s}")).collect();
        bar(m, &if label.is_empty() { "none".to_owned() } else { label.join(", ") }, &parts, scale);
        m.leaf("span", &[("class", "number")], &group(total));
        m.close();
    }
    m.close();

    m.open("div", &[("class", "card")]);
    m.leaf("h3", &[], "Most frequent");
    let mut rules: BTreeMap<&str, (usize, Severity, &str)> = BTreeMap::new();
    for finding in report.open() {
        let entry = rules.entry(finding.rule.id).or_insert((0, finding.severity, finding.rule.title));
        entry.0 += 1;
        entry.1 = entry.1.max(finding.severity);
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(b.1.1.cmp(&a.1.1)).then(a.0.cmp(b.0)));
    let scale = rules.first().map_or(0, |r| r.1.0);
    for (id, (n, severity, title)) in rules.iter().take(5) {
        m.open("a", &[("class", "meter wide"), ("href", &format!("#findings?rule={id}"))]);
        m.leaf("span", &[("class", "name"), ("title", id)], title);
        bar(m, &count(*n, "finding"), &[(severity.word(), *n)], scale);
        m.leaf("span", &[("class", "number")], &group(*n));
        m.close();
    }
    if rules.is_empty() {
        m.leaf("p", &[("class", "quiet")], "No rule was broken.");
    }
    m.close_all(3);
}

/// The findings that stand first, with what put them there.
pub(super) fn risks(m: &mut Markup, report: &Report) {
    let top: Vec<&Finding> = report.open().filter(|f| f.severity >= Severity::Medium).take(5).collect();
    if top.is_empty() {
        return;
    }
    m.open("section", &[("id", "risks"), ("aria-labelledby", "h-risks")]);
    m.leaf("h2", &[("id", "h-risks")], "Begin here");
    m.leaf("p", &[("class", "lead")], "What an attacker gains most from, and reaches most easily.");
    m.open("ol", &[("class", "risks")]);
    for finding in top {
        m.open("li", &[("class", &format!("risk {}", finding.severity))]);
        m.open("div", &[("class", "score"), ("aria-label", &format!("Rank {} of 100", finding.rank.score))]);
        m.leaf("b", &[], &finding.rank.score.to_string());
        m.close();
        m.open("div", &[("class", "what")]);
        m.open("h3", &[]);
        m.leaf("span", &[("class", &format!("sev {}", finding.severity))], finding.severity.word());
        m.open("a", &[("href", &format!("#findings?id={}", finding.fingerprint))]);
        m.prose(&finding.message);
        m.close();
        m.close();
        m.open("p", &[("class", "where")]);
        m.leaf("span", &[], &finding.resource.to_string());
        m.leaf("code", &[], &place(&finding.primary));
        m.close();
        if !finding.rank.reasons.is_empty() {
            m.open("ul", &[("class", "chips"), ("aria-label", "Why it stands here")]);
            for reason in &finding.rank.reasons {
                m.leaf("li", &[], reason);
            }
            m.close();
        }
        m.close_all(2);
    }
    m.close_all(2);
}
