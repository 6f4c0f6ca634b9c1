//! The forms a report can take.

use crate::{
    Report, Sources, Style, framework, github, gitlab, html, json, junit, markdown, plain, sarif, terminal,
};
use std::fmt;
use std::str::FromStr;

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For a person at a terminal: code frames and a summary.
    Terminal,
    /// One finding a line, for pipes.
    Plain,
    /// For programs: `holdfast.report/v1`.
    Json,
    /// SARIF 2.1.0, for code-scanning services.
    Sarif,
    /// JUnit XML, for build servers.
    Junit,
    /// GitLab code quality.
    Gitlab,
    /// GitLab SAST security report.
    GitlabSast,
    /// GitHub workflow commands.
    Github,
    /// For comments on pull requests.
    Markdown,
    /// One self-contained page.
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 10] = [
        Self::Terminal,
        Self::Plain,
        Self::Json,
        Self::Sarif,
        Self::Junit,
        Self::Gitlab,
        Self::GitlabSast,
        Self::Github,
        Self::Markdown,
        Self::Html,
    ];

    /// The word that chooses it on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Plain => "plain",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Gitlab => "gitlab",
            Self::GitlabSast => "gitlab-sast",
            Self::Github => "github",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = text.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|f| f.word() == word)
            .ok_or_else(|| format!("`{text}` is none of: {}", Self::ALL.map(Self::word).join(", ")))
    }
}

/// Writes a report. Code frames and positions of fixes need `sources`; `style` matters to the formats that
/// people read (and its time to GitLab SAST). Where the user asked for a framework, the two forms for terminals
/// show its controls instead of the findings.
pub fn render(format: Format, report: &Report, sources: &dyn Sources, style: &Style) -> String {
    if let (Format::Terminal | Format::Plain, Some(assessment)) = (format, framework::assessment(report)) {
        let colour = style.colour && format == Format::Terminal;
        return framework::render::terminal(&assessment, style.width, colour);
    }
    match format {
        Format::Terminal => terminal::write(report, sources, style),
        Format::Plain => plain::write(report),
        Format::Json => json::write(report, sources),
        Format::Sarif => sarif::write(report, sources),
        Format::Junit => junit::write(report),
        Format::Gitlab => gitlab::code_quality(report),
        Format::GitlabSast => gitlab::sast(report, style.time.as_deref()),
        Format::Github => github::write(report),
        Format::Markdown => markdown::write(report, sources, style),
        Format::Html => html::write(report, sources),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for format in Format::ALL {
            assert_eq!(format.word().parse(), Ok(format));
        }
        assert_eq!(
            "xml".parse::<Format>(),
            Err("`xml` is none of: terminal, plain, json, sarif, junit, gitlab, gitlab-sast, github, markdown, html".into())
        );
    }
}
