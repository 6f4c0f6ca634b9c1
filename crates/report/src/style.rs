//! How a report for people looks: what the terminal can do, and the colours of severities.

use model::Severity;

/// What the reader's terminal can do and what they asked for. Nothing here is read from the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Use ANSI colours.
    pub colour: bool,
    /// Columns of the terminal; 40 at least is assumed.
    pub width: usize,
    /// Use line-drawing characters; otherwise ASCII only (the input's own text excepted).
    pub unicode: bool,
    /// Say everything: every gap, every place, every accepted finding.
    pub verbose: bool,
    /// Show at most this many blocks, the most urgent ones; `None` for all. Only for formats that people read.
    pub limit: Option<usize>,
    /// Time of the run, `YYYY-MM-DDThh:mm:ss`, for formats that must state one.
    pub time: Option<String>,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100, unicode: true, verbose: false, limit: None, time: None }
    }
}

/// A way to set off text on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// As it stands.
    Plain,
    /// Headings and titles.
    Bold,
    /// What may be overlooked: line numbers, rule ids.
    Dim,
    /// Names of files.
    File,
    /// Something good, or something to do.
    Good,
    /// Secondary spans and their labels.
    Note,
    /// Text in the colour of a severity.
    Of(Severity),
    /// A badge on a background in the colour of a severity.
    Badge(Severity),
}

impl Ink {
    /// Parameters of the SGR sequence (ECMA-48, 8.3.117); empty for none. Only the sixteen basic colours
    /// are used, so that the reader's own theme decides how they look.
    pub const fn sgr(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Dim => "2",
            Self::File => "1;4",
            Self::Good => "32",
            Self::Of(Severity::Critical) => "1;35",
            Self::Of(Severity::High) => "31",
            Self::Of(Severity::Medium) => "33",
            Self::Of(Severity::Low) => "34",
            Self::Note | Self::Of(Severity::Info) => "36",
            Self::Badge(Severity::Critical) => "1;97;45",
            Self::Badge(Severity::High) => "1;97;41",
            Self::Badge(Severity::Medium) => "30;43",
            Self::Badge(Severity::Low) => "97;44",
            Self::Badge(Severity::Info) => "30;46",
        }
    }
}

impl Style {
    /// Columns to fill.
    pub fn columns(&self) -> usize {
        self.width.max(40)
    }

    /// Columns for prose and rules: no more than can be read with ease.
    pub fn measure(&self) -> usize {
        self.columns().min(100)
    }

    /// Appends `text` in an ink. The text must already be free of control characters.
    pub fn paint(&self, out: &mut String, ink: Ink, text: &str) {
        let sgr = ink.sgr();
        if self.colour && !sgr.is_empty() && !text.is_empty() {
            out.push_str("\u{1b}[");
            out.push_str(sgr);
            out.push('m');
            out.push_str(text);
            out.push_str("\u{1b}[0m");
        } else {
            out.push_str(text);
        }
    }

    /// The first where line drawing is allowed, the second where only ASCII is.
    pub const fn pick(&self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }
}

/// Colour of a severity on white paper, as `#rrggbb`; every one is readable as text (WCAG 2.1 AA).
pub const fn hex(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "#8a1c7c",
        Severity::High => "#b3261e",
        Severity::Medium => "#8a5300",
        Severity::Low => "#1f5fae",
        Severity::Info => "#4a5b6c",
    }
}

/// The severities from the worst down, as tables list them.
pub const DOWNWARDS: [Severity; 5] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];
