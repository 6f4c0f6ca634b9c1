//! `.helmignore`: which files of a folder are not part of the chart.

use super::glob::Glob;

#[derive(Debug)]
struct Rule {
    glob: Glob,
    /// `!`: what does not match is ignored.
    negated: bool,
    /// A trailing `/`.
    folders_only: bool,
    /// No `/` inside: only the last part of a path is looked at.
    base_only: bool,
}

/// The rules of one chart.
#[derive(Debug, Default)]
pub(super) struct Ignore(Vec<Rule>);

impl Ignore {
    /// Reads a `.helmignore`; no text if there is none. An error is in Helm's words.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut rules = Self::default();
        for line in text.trim_start_matches('\u{feff}').lines() {
            rules.add(line)?;
        }
        rules.add("templates/.?*")?;
        Ok(rules)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let rule = line.trim();
        if rule.is_empty() || rule.starts_with('#') {
            return Ok(());
        }
        if rule.contains("**") {
            return Err("double-star (**) syntax is not supported".to_owned());
        }
        let (negated, rule) = rule.strip_prefix('!').map_or((false, rule), |rest| (true, rest));
        let (folders_only, rule) = rule.strip_suffix('/').map_or((false, rule), |rest| (true, rest));
        let base_only = !rule.contains('/');
        let rule = rule.strip_prefix('/').unwrap_or(rule);
        let glob = Glob::path(rule).ok_or("syntax error in pattern")?;
        self.0.push(Rule { glob, negated, folders_only, base_only });
        Ok(())
    }

    /// True if a file of the chart, or a folder it lies in, is ignored.
    pub(super) fn ignores(&self, path: &str) -> bool {
        let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        folders.into_iter().any(|folder| self.hits(folder, true)) || self.hits(path, false)
    }

    fn hits(&self, path: &str, folder: bool) -> bool {
        let base = path.rsplit('/').next().unwrap_or(path);
        for rule in &self.0 {
            let matches = rule.glob.matches(if rule.base_only { base } else { path });
            if rule.negated {
                if rule.folders_only && !folder || !matches {
                    return true;
                }
            } else if matches && (folder || !rule.folders_only) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_as_helm_does() {
        let rules = Ignore::parse("# c\n*.bak\n.git/\n/top.txt\nci/*-x.yaml\n").unwrap();
        for (path, ignored) in [
            ("a.bak", true),
            ("x/a.bak", true),
            (".git/config", true),
            ("x/.git/config", true),
            ("top.txt", true),
            ("x/top.txt", false),
            ("ci/a-x.yaml", true),
            ("y/ci/a-x.yaml", false),
            ("templates/.hidden", true),
            ("templates/a.yaml", false),
            (".gitignore", false),
        ] {
            assert_eq!(rules.ignores(path), ignored, "{path}");
        }
        assert!(Ignore::parse("a/**/b").is_err());
    }
}
