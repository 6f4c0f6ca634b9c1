//! The matrix of controls: which rules answer which control of which framework.

use super::reference::{Rule, cell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The matrix, after the headings and rows of `docs/frameworks.md` (which a test of `report` holds to the data),
/// and a fault for each reference that no framework has.
pub fn matrix(frameworks: &str, rules: &[Rule]) -> (String, Vec<String>) {
    let mut serving: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        for control in &rule.controls {
            serving.entry(control).or_default().push(rule);
        }
    }
    let mut out = "<!-- Written by `cargo xtask gen`; do not edit. -->\n\n# Controls and the rules that answer them\n\n\
        Each control of each framework, in the order of its source. Where files can not answer, the cell says who can: \
        see [frameworks.md](frameworks.md).\n"
        .to_owned();
    let mut known = BTreeSet::new();
    let mut open = false;
    for line in frameworks.lines() {
        if line.starts_with("## ") || line.starts_with("### ") {
            let _ = writeln!(out, "\n{line}");
            open = false;
        } else if let Some((reference, title, reach)) = row(line) {
            if !open {
                out.push_str("\n| control | asks for | rules |\n|---|---|---|\n");
                open = true;
            }
            known.insert(reference);
            let rules = serving.get(reference).map(|rules| {
                let link = |rule: &&Rule| format!("[{}](rules/{})", rule.id, rule.page());
                rules.iter().map(link).collect::<Vec<_>>().join(", ")
            });
            let rules = rules.unwrap_or_else(|| match reach {
                "files" => "*none yet*".to_owned(),
                other => format!("*{other}*"),
            });
            let _ = writeln!(out, "| `{reference}` | {} | {rules} |", cell(title));
        }
    }
    let unknown = serving.iter().filter(|(reference, _)| !known.contains(**reference));
    let faults = unknown
        .flat_map(|(reference, rules)| rules.iter().map(move |rule| (reference, rule)))
        .map(|(reference, rule)| {
            format!(
                "rule `{}` names the control `{reference}`, which docs/frameworks.md does not have",
                rule.id
            )
        })
        .collect();
    (out, faults)
}

/// Reference, title and reach of a row of `docs/frameworks.md`.
fn row(line: &str) -> Option<(&str, &str, &str)> {
    let mut cells = line.strip_prefix("| `")?.split(" | ");
    let reference = cells.next()?.strip_suffix('`')?;
    Some((reference, cells.next()?.trim(), cells.next()?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMEWORKS: &str = "# F\n\n## One\n\n| reference | asks for | answer in | what |\n|---|---|---|---|\n\
        | `one:1` | This | files | x |\n| `one:2` | That | live | y |\n";

    fn rule(control: &str) -> Rule {
        Rule { id: "r".into(), area: "cluster".into(), controls: vec![control.into()], ..Rule::default() }
    }

    #[test]
    fn every_control_has_a_row() {
        let (text, faults) = matrix(FRAMEWORKS, &[rule("one:1")]);
        assert!(
            text.contains("| `one:1` | This | [r](rules/cluster/r.md) |\n| `one:2` | That | *live* |\n"),
            "{text}"
        );
        assert!(faults.is_empty());
        assert!(matrix(FRAMEWORKS, &[]).0.contains("*none yet*"));
    }

    #[test]
    fn a_reference_to_nothing_is_a_fault() {
        let (_, faults) = matrix(FRAMEWORKS, &[rule("one:3")]);
        assert!(faults[0].contains("`r` names the control `one:3`"));
    }
}
