//! Assessments to terminal, JSON and Markdown.

use super::{Assessment, ControlResult, Verdict};
use serde_json::{Value, json};
use std::fmt::Write as _;

const RESET: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";

const fn style(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Broken => "\u{1b}[1;31m",
        Verdict::NotEvaluated => "\u{1b}[33m",
        Verdict::Met => "\u{1b}[32m",
        Verdict::NotApplicable | Verdict::NotCovered => DIM,
    }
}

/// A table for people. `width` is the number of columns at hand; `colour` allows ANSI escapes. What comes
/// from the input is stripped of control characters.
pub fn terminal(assessment: &Assessment, width: usize, colour: bool) -> String {
    let paint = |style: &'static str, text: &str| {
        if colour { format!("{style}{text}{RESET}") } else { text.to_owned() }
    };
    let width = width.clamp(40, 160);
    let framework = assessment.framework;
    let mut out = String::new();
    let heading = format!("{} {}", framework.title, framework.version);
    for line in wrap(&heading, width) {
        let _ = writeln!(out, "{}", paint(BOLD, &line));
    }
    out.push('\n');
    let widest = assessment.results.iter().map(|r| r.control.id.chars().count()).max().unwrap_or(0);
    // Beside short ids there is room for the texts; they go below long ones.
    let stacked = widest > 12 || width < 60;
    let id_width = if stacked { 0 } else { widest };
    let left = match (stacked, width < 60) {
        (true, true) => 4,
        (true, false) => 18,
        (false, _) => 18 + id_width + 2,
    };
    let mut group = "";
    for result in &assessment.results {
        if group != result.group.id {
            if !group.is_empty() {
                out.push('\n');
            }
            group = result.group.id;
            for line in wrap(result.group.title, width) {
                let _ = writeln!(out, "{}", paint(BOLD, &line));
            }
        }
        let verdict = paint(style(result.verdict), &format!("{:<14}", result.verdict.word()));
        let mut lines = wrap(result.control.title, width - left);
        if stacked {
            let _ = writeln!(out, "  {verdict}  {}", result.control.id);
        } else {
            let first = if lines.is_empty() { String::new() } else { lines.remove(0) };
            let _ = writeln!(out, "  {verdict}  {:<id_width$}  {first}", result.control.id);
        }
        for line in lines {
            let _ = writeln!(out, "{:left$}{line}", "");
        }
        if result.verdict != Verdict::NotApplicable {
            for line in wrap(&clean(&result.why), width - left) {
                let _ = writeln!(out, "{:left$}{}", "", paint(DIM, &line));
            }
        }
        if result.verdict != Verdict::Met && result.excepted > 0 {
            let _ = writeln!(out, "{:left$}{}", "", paint(DIM, &format!("{} excepted", result.excepted)));
        }
    }
    let counts = assessment.counts();
    let _ = writeln!(out, "\n{} controls", counts.total());
    for verdict in Verdict::ALL {
        if counts.of(verdict) > 0 {
            let line = format!("{:>6} {}", counts.of(verdict), verdict.word());
            let _ = writeln!(out, "{}", paint(style(verdict), &line));
        }
    }
    if assessment.gaps > 0 {
        let note = format!(
            "{} in the coverage ledger: `met` holds for what could be read.",
            if assessment.gaps == 1 { "1 gap".to_owned() } else { format!("{} gaps", assessment.gaps) }
        );
        for line in wrap(&note, width) {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// The whole assessment as JSON.
pub fn json(assessment: &Assessment) -> Value {
    let framework = assessment.framework;
    json!({
        "framework": {
            "id": framework.id,
            "title": framework.title,
            "version": framework.version,
            "source": framework.source,
        },
        "summary": assessment.counts(),
        "gaps": assessment.gaps,
        "controls": assessment.results.iter().map(control).collect::<Vec<_>>(),
    })
}

fn control(result: &ControlResult) -> Value {
    json!({
        "id": result.control.id,
        "group_id": result.group.id,
        "group": result.group.title,
        "title": result.control.title,
        "answer_in": result.control.reach,
        "note": result.control.note,
        "verdict": result.verdict,
        "why": result.why,
        "open": result.open,
        "excepted": result.excepted,
        "rules": result.rules.iter().map(|r| json!({
            "id": r.rule.id,
            "ran": r.ran,
            "open": r.open,
            "excepted": r.excepted,
            "passed": r.passed,
            "failed": r.failed,
            "not_evaluated": r.not_evaluated,
        })).collect::<Vec<_>>(),
    })
}

/// A Markdown section with one table per group.
pub fn markdown(assessment: &Assessment) -> String {
    let framework = assessment.framework;
    let counts = assessment.counts();
    let mut out = format!("## {} {}\n\n", framework.title, framework.version);
    out.push_str(
        "| met | broken | not evaluated | not applicable | not covered |\n|---:|---:|---:|---:|---:|\n",
    );
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} |",
        counts.met, counts.broken, counts.not_evaluated, counts.not_applicable, counts.not_covered
    );
    if assessment.gaps > 0 {
        let _ = writeln!(
            out,
            "\nGaps in the coverage ledger: {}. *Met* holds for what could be read.",
            assessment.gaps
        );
    }
    let mut group = "";
    for result in &assessment.results {
        if group != result.group.id {
            group = result.group.id;
            let _ = writeln!(
                out,
                "\n### {}\n\n| control | asks for | verdict | why | open | excepted |\n|---|---|---|---|---:|---:|",
                result.group.title
            );
        }
        let word = result.verdict.word();
        let verdict = if result.verdict == Verdict::Broken { format!("**{word}**") } else { word.to_owned() };
        let _ = writeln!(
            out,
            "| `{}` | {} | {verdict} | {} | {} | {} |",
            result.control.id,
            escape(result.control.title),
            escape(&result.why),
            result.open,
            result.excepted
        );
    }
    out
}

/// Text without control characters, so that it can not steer a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Text as one Markdown table cell, nothing in it taken for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Breaks at spaces into lines of at most `width` characters; a longer word gets a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let n = word.chars().count();
        if length > 0 && length + 1 + n > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += n;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::{ALL, assess};
    use crate::{Report, Stats};
    use model::{Area, Confidence, Maturity, Profile, RuleMeta, RuleTally, Severity};

    static RULE: RuleMeta = RuleMeta {
        id: "privileged-container",
        title: "Container runs privileged",
        area: Area::Cluster,
        topic: "workload",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "for the test",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["pss:baseline/privileged"],
        remediation: "Mend it.",
        since: "0.1.0",
        aliases: &[],
        docs: "",
    };

    fn report() -> Report {
        Report {
            version: "0.1.0",
            targets: Vec::new(),
            findings: Vec::new(),
            ledger: Vec::new(),
            rules: Vec::new(),
            framework: None,
            tallies: vec![RuleTally { rule: &RULE, passed: 1, failed: 2, excepted: 0, not_evaluated: 0 }],
            notices: Vec::new(),
            stats: Stats::default(),
            fail_on: None,
        }
    }

    #[test]
    fn every_control_is_in_every_rendering_and_lines_fit() {
        for framework in ALL {
            let assessment = assess(framework, &report(), &[&RULE]);
            let markdown = markdown(&assessment);
            let json = json(&assessment);
            assert_eq!(json["controls"].as_array().unwrap().len(), framework.controls().count());
            for width in [40, 60, 80, 120] {
                let text = terminal(&assessment, width, false);
                assert!(!text.contains('\u{1b}'));
                for (_, c) in framework.controls() {
                    assert!(text.contains(c.id) && markdown.contains(c.id), "{}", c.id);
                }
                for line in text.lines() {
                    // Ids and long flags are never broken.
                    let last = line.split_whitespace().last().unwrap_or("");
                    assert!(line.chars().count() <= width || last.len() > 20, "{width}: {line}");
                }
            }
            assert!(terminal(&assessment, 80, true).contains(RESET));
        }
    }

    #[test]
    fn the_terminal_table_reads_well() {
        let assessment = assess(crate::framework::find("pss").unwrap(), &report(), &[&RULE]);
        let text = terminal(&assessment, 100, false);
        assert!(text.starts_with("Kubernetes Pod Security Standards v1.37\n\nBaseline"), "{text}");
        let row = text.lines().position(|l| l.contains("baseline/privileged")).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[row].starts_with("  broken          baseline/privileged"), "{}", lines[row]);
        assert!(lines[row + 2].trim().starts_with("2 subjects failed"), "{}", lines[row + 2]);
        assert!(text.ends_with("19 controls\n     1 broken\n    18 not covered\n"), "{text}");
    }

    #[test]
    fn hostile_text_is_defused() {
        assert_eq!(clean("a\u{1b}[31mb\n"), "a [31mb ");
        assert_eq!(escape("<b>|`x`"), "&lt;b&gt;\\|\\`x\\`");
        assert_eq!(wrap("aa bb cc", 5), ["aa bb", "cc"]);
        assert!(wrap("  ", 5).is_empty());
    }
}
