//! The configuration file, `holdfast.toml`.

use check::{KubeVersion, PssVersion};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use model::{Exception, ExceptionSource, Location, Pointer, Profile, Scope, Severity, Span};
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use syntax::SourceText;
use toml::Spanned;

/// Name under which the configuration is looked for.
pub const FILE_NAME: &str = "holdfast.toml";

/// Largest limit that can be set, in MiB: places in a text are 32 bits wide, and text may grow when it is
/// converted.
const MAX_FILE_MIB: u64 = 2048;

/// A value written as a word and read with [`FromStr`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

impl<'de, T> Deserialize<'de> for Word<T>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What to scan and what to report.
    #[serde(default)]
    pub scan: ScanSection,
    /// Which Kubernetes the manifests are meant for.
    #[serde(default)]
    pub kubernetes: KubernetesSection,
    /// Where images may come from.
    #[serde(default)]
    pub images: ImagesSection,
    /// Gaps in coverage that somebody has accepted.
    #[serde(default)]
    pub coverage: CoverageSection,
    /// Faults that somebody has accepted.
    #[serde(default)]
    exceptions: Vec<Spanned<ExceptionSection>>,
    /// The exceptions, located; filled by [`Config::parse`].
    #[serde(skip)]
    pub accepted: Vec<Exception>,
}

/// `[scan]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScanSection {
    /// Globs over paths below the scanned root that are left out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// `security`, `reliability`, `style` or `all`.
    pub profile: Option<String>,
    /// Least severity that fails the run; `none` never fails.
    pub fail_on: Option<String>,
    /// Least severity that is reported.
    pub severity: Option<Word<Severity>>,
    /// Only these rules.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Not these rules.
    #[serde(default)]
    pub skip: Vec<String>,
    /// Largest file that is parsed, in MiB.
    pub max_file_size: Option<u64>,
}

/// `[kubernetes]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KubernetesSection {
    /// Kubernetes version the manifests are meant for.
    pub version: Option<Word<KubeVersion>>,
    /// Version of the Pod Security Standards.
    pub pss_version: Option<Word<PssVersion>>,
    /// Whether everything that will run is part of the input.
    pub complete: Option<bool>,
}

/// `[images]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ImagesSection {
    /// Registries, or repositories in them, that images may come from.
    #[serde(default)]
    pub allowed_registries: Vec<String>,
}

/// `[coverage]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CoverageSection {
    /// Gaps that are known and accepted: `--fail-on-gaps` does not mind them.
    #[serde(default)]
    pub accept: Vec<AcceptedGap>,
}

/// An accepted gap.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AcceptedGap {
    /// Glob over file names.
    pub path: String,
    /// Why it is accepted.
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ExceptionSection {
    rule: String,
    path: Option<String>,
    resource: Option<String>,
    fingerprint: Option<String>,
    owner: Option<String>,
    reason: String,
    until: Option<String>,
}

/// Profiles by the word used on the command line and in the configuration: `all` is none in particular.
pub fn profiles(word: &str) -> Result<Vec<Profile>, String> {
    if word == "all" {
        return Ok(Vec::new());
    }
    word.split(',').map(|w| w.trim().parse::<Profile>().map_err(|e| format!("{e}, all"))).collect()
}

/// A threshold by its word; `none` is no threshold.
pub fn threshold(word: &str) -> Result<Option<Severity>, String> {
    if word == "none" { Ok(None) } else { word.parse().map(Some).map_err(|e| format!("{e}, none")) }
}

/// Several globs over paths as one matcher. `Err` names the one that is no glob.
pub fn globs<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let add = |set: &mut GlobSetBuilder, text: &str| {
            let glob = GlobBuilder::new(text).literal_separator(true).build();
            glob.map(|glob| set.add(glob)).map(drop).map_err(|e| format!("`{pattern}` is not a pattern: {e}"))
        };
        let pattern = pattern.trim_end_matches('/');
        add(&mut set, pattern)?;
        // A bare name means that file or folder anywhere, as in .gitignore.
        if !pattern.contains('/') {
            add(&mut set, &format!("**/{pattern}"))?;
        }
    }
    set.build().map_err(|e| e.to_string())
}

impl Config {
    /// Reads a configuration. `Err` is a message with file, line and column.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let source = SourceText::new(name, text);
        let at = |offset: usize| {
            let position = source.position(offset as u32);
            format!("{name}:{}:{}", position.line, position.column)
        };
        let mut config: Self = toml::from_str(text).map_err(|e| {
            let place = e.span().map_or_else(|| name.to_owned(), |span| at(span.start));
            format!("{place}: {}", e.message())
        })?;
        if let Some(word) = &config.scan.profile {
            profiles(word).map_err(|e| format!("{name}: scan.profile: {e}"))?;
        }
        if let Some(word) = &config.scan.fail_on {
            threshold(word).map_err(|e| format!("{name}: scan.fail-on: {e}"))?;
        }
        if config.scan.max_file_size.is_some_and(|mib| mib > MAX_FILE_MIB) {
            return Err(format!("{name}: scan.max-file-size: at most {MAX_FILE_MIB} (MiB) are possible"));
        }
        globs(config.scan.exclude.iter().map(String::as_str))
            .map_err(|e| format!("{name}: scan.exclude: {e}"))?;
        globs(config.coverage.accept.iter().map(|a| a.path.as_str()))
            .map_err(|e| format!("{name}: coverage.accept: {e}"))?;
        config.accepted = std::mem::take(&mut config.exceptions)
            .into_iter()
            .map(|section| {
                let span = section.span();
                let section = section.into_inner();
                let line = source.line_span(source.line_of(span.start as u32));
                Exception {
                    rule: section.rule,
                    scope: Scope {
                        path: section.path,
                        resource: section.resource,
                        fingerprint: section.fingerprint,
                    },
                    owner: section.owner,
                    reason: Some(section.reason),
                    until: section.until,
                    source: ExceptionSource::Config,
                    location: locate(&source, line),
                }
            })
            .collect();
        Ok(config)
    }
}

fn locate(source: &SourceText, span: Span) -> Location {
    source.location(span, Pointer::root())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_sections() {
        let config = Config::parse(
            "holdfast.toml",
            "[scan]\nexclude = [\"vendor/\"]\nprofile = \"all\"\nfail-on = \"medium\"\n[kubernetes]\nversion = \"1.30\"\n\
             pss-version = \"v1.30\"\n[[exceptions]]\nrule = \"host-network\"\nreason = \"x\"\nuntil = \"2027-01-01\"\n",
        )
        .unwrap();
        assert_eq!(config.kubernetes.version, Some(Word(KubeVersion { minor: 30 })));
        assert_eq!(config.accepted[0].location.range.start.line, 8);
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, part) in [
            ("[scan]\nprofil = \"x\"\n", "holdfast.toml:2:1"),
            ("[kubernetes]\nversion = \"2\"\n", "holdfast.toml:2:11"),
            ("[scan]\nmax-file-size = 99999999999999\n", "scan.max-file-size"),
            ("[scan\n", "holdfast.toml:1"),
            ("[scan]\nprofile = \"x\"\n", "scan.profile"),
            ("[[exceptions]]\nrule = \"x\"\n", "reason"),
        ] {
            let error = Config::parse("holdfast.toml", text).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn globs_match_as_people_expect() {
        let set = globs(["vendor/", "charts/*/tests/**", "*.gen.yaml"]).unwrap();
        assert!(set.is_match("vendor") && set.is_match("a/vendor") && set.is_match("a/b.gen.yaml"));
        assert!(set.is_match("charts/x/tests/a/b") && !set.is_match("charts/x/y/tests/a"));
        assert!(globs(["a{"]).is_err());
    }
}
