//! The rule reference: one page a rule, and an index.

use super::{Plan, REFERENCE};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A rule as `holdfast rules --format json` tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub title: String,
    pub area: String,
    pub topic: String,
    pub profile: String,
    pub severity: String,
    pub severity_reason: String,
    pub confidence: String,
    pub maturity: String,
    pub remediation: String,
    pub since: String,
    pub docs: String,
    pub controls: Vec<String>,
    pub aliases: Vec<String>,
}

impl Rule {
    /// Path of its page, from the folder of the reference.
    pub fn page(&self) -> String {
        format!("{}/{}.md", self.area, self.id)
    }
}

/// Takes the list apart. `Err` names a rule that lacks something.
pub fn rules(list: &Value) -> Result<Vec<Rule>, String> {
    let list = list.as_array().ok_or("holdfast rules: the list is no array")?;
    let mut rules = list.iter().map(rule).collect::<Result<Vec<_>, String>>()?;
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rules)
}

fn rule(value: &Value) -> Result<Rule, String> {
    let id = value.get("id").and_then(Value::as_str).unwrap_or("?");
    let text = |key: &str| {
        let found = value.get(key).and_then(Value::as_str).unwrap_or("");
        if found.trim().is_empty() {
            return Err(format!("holdfast rules: rule `{id}` has no {key}"));
        }
        Ok(found.to_owned())
    };
    let list = |key: &str| -> Vec<String> {
        let found = value.get(key).and_then(Value::as_array).into_iter().flatten();
        found.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Ok(Rule {
        id: text("id")?,
        title: text("title")?,
        area: text("area")?,
        topic: text("topic")?,
        profile: text("profile")?,
        severity: text("severity")?,
        severity_reason: text("severity_reason")?,
        confidence: text("confidence")?,
        maturity: text("maturity")?,
        remediation: text("remediation")?,
        since: text("since")?,
        docs: text("docs")?,
        controls: list("controls"),
        aliases: list("aliases"),
    })
}

/// All pages of the reference.
pub fn plan(rules: &[Rule]) -> Plan {
    let mut plan: Plan =
        rules.iter().map(|rule| (format!("{REFERENCE}/{}", rule.page()), page(rule))).collect();
    plan.insert(format!("{REFERENCE}/README.md"), index(rules));
    plan
}

const NOTE: &str = "<!-- Written by `cargo xtask gen` from the check's own file; do not edit. -->\n";

fn page(rule: &Rule) -> String {
    let mut out = format!("{NOTE}\n# {}\n\n", rule.title);
    let _ = writeln!(out, "| | |\n|---|---|");
    let _ = writeln!(out, "| rule | `{}` |", rule.id);
    let _ = writeln!(out, "| area, topic | {}, {} |", rule.area, rule.topic);
    let _ = writeln!(out, "| severity | **{}**: {} |", rule.severity, cell(&rule.severity_reason));
    let _ = writeln!(out, "| confidence | {} |", rule.confidence);
    let _ = writeln!(out, "| profile | {} |", rule.profile);
    let _ = writeln!(out, "| maturity | {}, since {} |", rule.maturity, rule.since);
    let listed = |names: &[String]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if !rule.controls.is_empty() {
        let _ = writeln!(out, "| controls | {} ([all](../../controls.md)) |", listed(&rule.controls));
    }
    if !rule.aliases.is_empty() {
        let _ = writeln!(out, "| elsewhere known as | {} |", listed(&rule.aliases));
    }
    let _ = writeln!(out, "\n{}", rule.docs.trim());
    let _ = writeln!(out, "\n## In short\n\n{}", rule.remediation);
    let _ = writeln!(
        out,
        "\n## To accept it\n\n```yaml\n# holdfast: allow {} reason=\"why this is fine here\" until=YYYY-MM-DD\n```",
        rule.id
    );
    out
}

fn index(rules: &[Rule]) -> String {
    let mut out = format!(
        "{NOTE}\n# Rules\n\n{} rules, sorted by the four Cs and by topic. `holdfast explain RULE` prints a page in the \
         terminal; [controls.md](../controls.md) sorts them by the controls of frameworks.\n",
        rules.len()
    );
    let mut areas: BTreeMap<usize, BTreeMap<&str, Vec<&Rule>>> = BTreeMap::new();
    let order = super::modules::AREAS;
    for rule in rules {
        let place = order.iter().position(|area| *area == rule.area).unwrap_or(order.len());
        areas.entry(place).or_default().entry(&rule.topic).or_default().push(rule);
    }
    for (place, topics) in areas {
        let area = order.get(place).copied().unwrap_or("other");
        let count: usize = topics.values().map(Vec::len).sum();
        let _ = writeln!(out, "\n## {area} ({count})");
        for (topic, rules) in topics {
            let _ = writeln!(
                out,
                "\n### {topic}\n\n| rule | what is wrong | severity | profile |\n|---|---|---|---|"
            );
            for rule in rules {
                let _ = writeln!(
                    out,
                    "| [`{}`]({}) | {} | {} | {} |",
                    rule.id,
                    rule.page(),
                    cell(&rule.title),
                    rule.severity,
                    rule.profile
                );
            }
        }
    }
    out
}

/// Text that can stand in a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sample() -> Value {
        json!([{
            "id": "host-network", "title": "Pod shares a|b", "area": "cluster", "topic": "pod-security",
            "profile": "security", "severity": "high", "severity_reason": "it does", "confidence": "high",
            "maturity": "stable", "remediation": "Stop.", "since": "0.1.0", "docs": "What.\n\n## Fails\n",
            "controls": ["pss:baseline/hostNamespaces"], "aliases": ["checkov:CKV_K8S_19"]
        }])
    }

    #[test]
    fn a_page_tells_everything() {
        let plan = plan(&rules(&sample()).unwrap());
        let page = &plan["docs/rules/cluster/host-network.md"];
        for part in [
            "# Pod shares",
            "**high**: it does",
            "`checkov:CKV_K8S_19`",
            "## Fails",
            "Stop.",
            "hostNamespaces",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let index = &plan["docs/rules/README.md"];
        assert!(index.contains("(cluster/host-network.md) | Pod shares a\\|b | high |"), "{index}");
    }

    #[test]
    fn a_rule_without_its_documentation_is_refused() {
        let mut list = sample();
        list[0]["docs"] = json!(" ");
        assert!(rules(&list).unwrap_err().contains("`host-network` has no docs"));
        assert!(rules(&json!({})).is_err());
    }
}
