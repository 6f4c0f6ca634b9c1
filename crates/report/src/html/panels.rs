//! Frameworks, exceptions and what stands in for the lists where scripts do not run.

use super::data::{exception, place};
use super::markup::Markup;
use super::sections::{bar, count, group};
use crate::Report;
use crate::framework::{self, Assessment, Verdict};
use model::{NoticeKind, RuleMeta};

/// Rows of a list that are shown without scripts.
const PLAIN: usize = 200;

/// One line a framework, its controls behind it.
pub(super) fn frameworks(m: &mut Markup, report: &Report, rules: &[&'static RuleMeta]) {
    m.open("section", &[("id", "frameworks"), ("aria-labelledby", "h-frameworks")]);
    m.leaf("h2", &[("id", "h-frameworks")], "Frameworks");
    m.open("p", &[("class", "lead legend")]);
    for verdict in Verdict::ALL {
        m.leaf("span", &[("class", &format!("dot {}", verdict.key()))], verdict.word());
    }
    m.close();
    m.open("div", &[("class", "card flush")]);
    for framework in framework::ALL {
        one(m, &framework::assess(framework, report, rules));
    }
    m.close_all(2);
}

fn one(m: &mut Markup, assessment: &Assessment) {
    let framework = assessment.framework;
    let counts = assessment.counts();
    m.open("details", &[("class", "framework")]);
    m.open("summary", &[]);
    m.open("span", &[("class", "name")]);
    m.leaf("b", &[], framework.title);
    m.leaf("small", &[], framework.version);
    m.close();
    let shown =
        [Verdict::Broken, Verdict::NotEvaluated, Verdict::Met, Verdict::NotApplicable, Verdict::NotCovered];
    let parts: Vec<_> = shown.iter().map(|v| (v.key(), counts.of(*v) as usize)).collect();
    let label: Vec<String> = shown
        .iter()
        .filter(|v| counts.of(**v) > 0)
        .map(|v| format!("{} {}", counts.of(*v), v.word()))
        .collect();
    bar(m, &label.join(", "), &parts, counts.total() as usize);
    m.open("span", &[("class", "tally")]);
    for verdict in shown {
        let n = counts.of(verdict);
        let class = if n == 0 { format!("n {} none", verdict.key()) } else { format!("n {}", verdict.key()) };
        m.leaf("span", &[("class", &class), ("title", verdict.word())], &n.to_string());
    }
    m.close_all(2);
    m.leaf("p", &[("class", "quiet")], framework.source);
    m.open("div", &[("class", "scroll")]);
    m.open("table", &[("class", "controls")]);
    m.fixed("<thead><tr><th scope=\"col\">Control</th><th scope=\"col\">Asks for</th><th scope=\"col\">Verdict</th><th scope=\"col\">Why</th></tr></thead>");
    m.open("tbody", &[]);
    let mut group = "";
    for result in &assessment.results {
        if group != result.group.id {
            group = result.group.id;
            m.open("tr", &[("class", "group")]);
            m.leaf("th", &[("colspan", "4"), ("scope", "colgroup")], result.group.title);
            m.close();
        }
        m.open("tr", &[]);
        m.open("td", &[]);
        m.leaf("code", &[], result.control.id);
        m.close();
        m.leaf("td", &[], result.control.title);
        m.open("td", &[]);
        m.leaf("span", &[("class", &format!("pill {}", result.verdict.key()))], result.verdict.word());
        m.close();
        m.open("td", &[]);
        if result.verdict == Verdict::Broken {
            let reference = format!("{}:{}", framework.id, result.control.id);
            m.leaf("a", &[("href", &format!("#findings?control={reference}"))], &result.why);
        } else {
            m.text(&result.why);
        }
        if result.verdict != Verdict::Met && result.excepted > 0 {
            m.leaf("small", &[], &format!(" {} accepted", result.excepted));
        }
        m.close_all(2);
    }
    m.close_all(4);
}

/// What was accepted, and which acceptances need care.
pub(super) fn exceptions(m: &mut Markup, report: &Report) {
    let accepted: Vec<_> =
        report.findings.iter().filter_map(|f| f.exception.as_ref().map(|e| (f, e))).collect();
    m.open("section", &[("id", "exceptions"), ("aria-labelledby", "h-exceptions")]);
    m.leaf("h2", &[("id", "h-exceptions")], "Exceptions");
    if accepted.is_empty() && report.notices.is_empty() {
        m.leaf("p", &[("class", "quiet")], "No finding was accepted, and no exception needs care.");
    }
    if !report.notices.is_empty() {
        m.open("ul", &[("class", "notices")]);
        for notice in &report.notices {
            let word = match notice.kind {
                NoticeKind::Unused => "unused",
                NoticeKind::Expired => "expired",
                NoticeKind::NotUnderstood => "not understood",
            };
            m.open("li", &[]);
            m.leaf("span", &[("class", "pill not-evaluated")], word);
            m.open("span", &[]);
            m.prose(&notice.message);
            m.close();
            m.leaf("code", &[], &place(&notice.location));
            m.close();
        }
        m.close();
    }
    if !accepted.is_empty() {
        m.open("p", &[("class", "lead")]);
        m.text(&format!("{} accepted. ", count(accepted.len(), "finding")));
        m.leaf("a", &[("href", "#findings?show=accepted")], "Show them among the findings");
        m.close();
        m.open("div", &[("class", "scroll card flush")]);
        m.open("table", &[]);
        m.fixed("<thead><tr><th scope=\"col\">Severity</th><th scope=\"col\">Rule</th><th scope=\"col\">Resource</th><th scope=\"col\">Exception</th></tr></thead>");
        m.open("tbody", &[]);
        for (finding, accepted) in accepted.iter().take(PLAIN) {
            m.open("tr", &[]);
            m.open("td", &[]);
            m.leaf("span", &[("class", &format!("sev {}", finding.severity))], finding.severity.word());
            m.close();
            m.leaf("td", &[], finding.rule.title);
            m.leaf("td", &[], &finding.resource.to_string());
            m.leaf("td", &[], &exception(accepted));
            m.close();
        }
        m.close_all(3);
        if accepted.len() > PLAIN {
            m.leaf("p", &[("class", "quiet")], &format!("and {} more", group(accepted.len() - PLAIN)));
        }
    }
    m.close();
}

/// The most urgent findings as a plain table.
pub(super) fn without_script(m: &mut Markup, report: &Report) {
    m.open("noscript", &[]);
    let open = report.open().count();
    m.leaf(
        "p",
        &[],
        &format!(
            "Scripts do not run here: these are the {} most urgent of {}, without search, code or fixes.",
            group(open.min(PLAIN)),
            count(open, "open finding")
        ),
    );
    m.open("div", &[("class", "scroll card flush")]);
    m.open("table", &[]);
    m.fixed("<thead><tr><th scope=\"col\">Severity</th><th scope=\"col\">Finding</th><th scope=\"col\">Place</th><th scope=\"col\">Rule</th></tr></thead>");
    m.open("tbody", &[]);
    for finding in report.open().take(PLAIN) {
        m.open("tr", &[]);
        m.leaf("td", &[], finding.severity.word());
        m.leaf("td", &[], &finding.message);
        m.leaf("td", &[], &place(&finding.primary));
        m.leaf("td", &[], finding.rule.id);
        m.close();
    }
    m.close_all(4);
}
