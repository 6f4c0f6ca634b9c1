//! Rules by the names other tools have for them.

use model::RuleMeta;
use std::collections::BTreeMap;

/// Rule ids by foreign id (`trivy:KSV-0017`).
#[derive(Debug, Default)]
pub struct Aliases {
    by_alias: BTreeMap<String, Vec<&'static str>>,
    ids: Vec<&'static str>,
}

impl Aliases {
    /// Collects the aliases of all rules.
    pub fn new(rules: impl IntoIterator<Item = &'static RuleMeta>) -> Self {
        let mut aliases = Self::default();
        for rule in rules {
            aliases.ids.push(rule.id);
            for alias in rule.aliases {
                if let Some((tool, id)) = alias.split_once(':') {
                    aliases.by_alias.entry(key(tool, id)).or_default().push(rule.id);
                }
            }
        }
        aliases.ids.sort_unstable();
        aliases
    }

    /// The rules that a foreign id stands for; none if it has no counterpart here.
    pub fn rules(&self, tool: &str, id: &str) -> &[&'static str] {
        self.by_alias.get(&key(tool, id)).map_or(&[], Vec::as_slice)
    }

    /// True if there is a rule of this id.
    pub fn is_rule(&self, id: &str) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// The rule id nearest to a mistyped one, if any is near.
    pub fn nearest(&self, id: &str) -> Option<&'static str> {
        let limit = id.len() / 3;
        let best = self.ids.iter().map(|known| (distance(id, known), *known)).min()?;
        (best.0 <= limit).then_some(best.1)
    }
}

/// One spelling for an id: Trivy's rules go by `AVD-KSV-0017`, `KSV-0017` and `KSV017`.
fn key(tool: &str, id: &str) -> String {
    let id = id.trim().to_ascii_uppercase();
    let id = id.strip_prefix("AVD-").unwrap_or(&id);
    if tool == "trivy" {
        let letters: String = id.chars().filter(char::is_ascii_alphabetic).collect();
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        return format!("{tool}:{letters}{}", digits.trim_start_matches('0'));
    }
    format!("{tool}:{id}")
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, cb) in row.iter_mut().skip(1).zip(&b) {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = *cell;
            *cell = cost.min(left + 1).min(diagonal + 1);
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_rule() {
        assert_eq!(key("trivy", "AVD-KSV-0017"), key("trivy", "KSV017"));
        assert_eq!(key("trivy", "avd-ds-0002"), key("trivy", "DS-0002"));
        assert_ne!(key("trivy", "KSV-0170"), key("trivy", "KSV-0017"));
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
