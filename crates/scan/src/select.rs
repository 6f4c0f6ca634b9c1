//! Which checks run.

use check::Check;
use model::{Profile, RuleMeta};

/// The user's choice of checks.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Profiles asked for; empty means all.
    pub profiles: Vec<Profile>,
    /// Only these rules (ids, or globs with `*`), whatever their profile; empty means all of the profiles.
    pub rules: Vec<String>,
    /// Not these rules (ids, or globs with `*`).
    pub skip: Vec<String>,
    /// Only rules of this framework.
    pub framework: Option<String>,
}

impl Selection {
    /// The checks chosen, in their own order. `Err` names a pattern that matches no rule.
    pub fn choose(&self) -> Result<Vec<&'static Check>, String> {
        for pattern in self.rules.iter().chain(&self.skip) {
            if !checks::all().any(|c| matches(pattern, c.meta.id)) {
                let aliases = check::exception::Aliases::new(checks::all().map(|c| &c.meta));
                let near =
                    aliases.nearest(pattern).map_or(String::new(), |id| format!("; did you mean `{id}`?"));
                return Err(format!("no rule is called `{pattern}`{near} (`holdfast rules` lists them)"));
            }
        }
        Ok(checks::all().filter(|c| self.wants(&c.meta)).collect())
    }

    fn wants(&self, rule: &RuleMeta) -> bool {
        let named = self.rules.iter().any(|p| matches(p, rule.id));
        let by_profile = self.profiles.is_empty() || self.profiles.contains(&rule.profile);
        let by_framework = self.framework.as_ref().is_none_or(|f| rule.in_framework(f));
        let wanted = if self.rules.is_empty() {
            // A framework asks for its controls, of whatever profile.
            by_framework && (by_profile || self.framework.is_some())
        } else {
            named
        };
        wanted && !self.skip.iter().any(|p| matches(p, rule.id))
    }
}

/// `*` stands for any run of characters.
fn matches(pattern: &str, id: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = id.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        assert!(matches("a-b", "a-b") && !matches("a-b", "a-bc"));
        assert!(matches("rbac-*", "rbac-wildcard") && !matches("rbac-*", "xrbac-"));
        assert!(matches("*", "x") && matches("a*c*e", "abcde") && !matches("a*c*f", "abcde"));
    }
}
