//! What a shell script is made of. All spans are of the text that was parsed, also those of scripts inside
//! quotes; [`super::parse_mapped`] carries them further to a source.

use crate::SyntaxError;
use crate::mapped::Mapped;
use model::Span;

/// A parsed script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Its commands.
    pub list: List,
    /// Heredocs, numbered by [`Redirect::heredoc`].
    pub heredocs: Vec<Heredoc>,
    /// Comments, from `#` to the end of the line.
    pub comments: Vec<Span>,
    /// Mistakes, in order of their place; what could be read is still there.
    pub errors: Vec<SyntaxError>,
}

/// Commands one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Chains, separated by `;`, `&` or line ends.
    pub chains: Vec<Chain>,
}

/// Pipelines joined by `&&` and `||`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The pipelines, each with what joins it to the one before; `None` for the first.
    pub pipelines: Vec<(Option<Join>, Pipeline)>,
    /// True if it ends with `&`.
    pub background: bool,
}

/// What joins two pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Join {
    /// `&&`: run if the one before succeeded.
    And,
    /// `||`: run if the one before failed.
    Or,
}

/// Commands joined by `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// True after `!`.
    pub negated: bool,
    /// The commands.
    pub commands: Vec<Command>,
    /// All of it.
    pub span: Span,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A program, builtin or function with its words.
    Simple(Box<Simple>),
    /// Anything with commands in it.
    Compound(Compound),
}

/// A simple command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simple {
    /// Assignments before the words.
    pub assignments: Vec<Assignment>,
    /// The words; may be empty.
    pub words: Vec<Word>,
    /// Redirections, wherever they stand.
    pub redirects: Vec<Redirect>,
    /// All of it.
    pub span: Span,
    /// Programs such as `sudo` and `env` that merely start the rest.
    pub wrappers: Vec<Wrapper>,
    /// Place in `words` of the program that does the work, after wrappers.
    pub program: usize,
    /// The script it runs, where that is written in its words: `sh -c '...'`, `eval ...`.
    pub script: Option<Box<Script>>,
}

/// A program that starts another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapper {
    /// Its name without folder: `sudo`, `env`, `xargs`, ...
    pub name: String,
    /// Its place in the command's words.
    pub at: usize,
}

/// `NAME=value` before a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The name.
    pub name: String,
    /// True for `NAME+=value` and `NAME[i]=value`.
    pub partial: bool,
    /// The value.
    pub value: Word,
    /// All of it.
    pub span: Span,
}

/// A word: what becomes one argument, before splitting and globbing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its parts, in order. An empty pair of quotes is an empty quoted text.
    pub parts: Vec<Part>,
    /// All of it, quotes included.
    pub span: Span,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// True inside quotes or after a backslash.
    pub quoted: bool,
    /// Its bytes, without the quotes around it.
    pub span: Span,
}

/// Kinds of parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Text, quotes and escapes taken out.
    Text(Mapped),
    /// `$NAME`, `${NAME}`, `${NAME:-word}`.
    Parameter {
        /// The name, or the sign of a special parameter.
        name: String,
        /// What stands between name and argument: `:-`, `##`, `/`; empty without.
        operator: String,
        /// The word after the operator.
        argument: Vec<Part>,
    },
    /// `$(...)` or backticks.
    Substitution(Script),
    /// `<(...)` or `>(...)`.
    Process(Script),
    /// `$((...))`, with the parts of its expression.
    Arithmetic(Vec<Part>),
    /// `(...)` of an array assignment.
    Array(Vec<Word>),
}

impl Word {
    /// The text, if it is the same on every run; quotes and escapes taken out. Unquoted patterns and tildes
    /// are given as they stand.
    pub fn literal(&self) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match &part.kind {
                PartKind::Text(piece) => text.push_str(piece.text()),
                _ => return None,
            }
        }
        Some(text)
    }

    /// The text with `gap` in place of everything that is only known at run time.
    pub fn with_gaps(&self, gap: &str) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match &part.kind {
                PartKind::Text(piece) => text.push_str(piece.text()),
                _ => text.push_str(gap),
            }
        }
        text
    }

    /// The text before the first part that is only known at run time.
    pub fn known_prefix(&self) -> String {
        let texts = self.parts.iter().map_while(|p| match &p.kind {
            PartKind::Text(piece) => Some(piece.text()),
            _ => None,
        });
        texts.collect()
    }

    /// True if this is exactly `text`, however quoted.
    pub fn is(&self, text: &str) -> bool {
        let mut rest = text;
        for part in &self.parts {
            let PartKind::Text(piece) = &part.kind else { return false };
            match rest.strip_prefix(piece.text()) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.is_empty()
    }

    /// The text, if all of it is written without quotes and escapes.
    pub(super) fn bare(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part { kind: PartKind::Text(text), quoted: false, .. }] => Some(text.text()),
            _ => None,
        }
    }

    /// True if an unquoted `*`, `?` or `[` may match file names.
    pub fn is_pattern(&self) -> bool {
        self.parts.iter().any(|p| match &p.kind {
            PartKind::Text(text) => !p.quoted && text.text().contains(['*', '?', '[']),
            _ => false,
        })
    }

    /// Names of the parameters it uses, those inside defaults too.
    pub fn parameters(&self) -> Vec<&str> {
        fn collect<'a>(parts: &'a [Part], names: &mut Vec<&'a str>) {
            for part in parts {
                match &part.kind {
                    PartKind::Parameter { name, argument, .. } => {
                        names.push(name);
                        collect(argument, names);
                    }
                    PartKind::Arithmetic(parts) => collect(parts, names),
                    PartKind::Array(words) => words.iter().for_each(|w| collect(&w.parts, names)),
                    PartKind::Text(_) | PartKind::Substitution(_) | PartKind::Process(_) => {}
                }
            }
        }
        let mut names = Vec::new();
        collect(&self.parts, &mut names);
        names
    }
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The file descriptor before it, if written.
    pub fd: Option<u32>,
    /// What it does.
    pub operator: RedirectOp,
    /// File, descriptor, heredoc delimiter or here-string.
    pub target: Word,
    /// Number of its heredoc in [`Script::heredocs`].
    pub heredoc: Option<usize>,
    /// All of it.
    pub span: Span,
}

/// Kinds of redirections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedirectOp {
    /// `<`
    Input,
    /// `>`
    Output,
    /// `>|`
    Clobber,
    /// `>>`
    Append,
    /// `<>`
    ReadWrite,
    /// `<&`
    DuplicateInput,
    /// `>&`
    DuplicateOutput,
    /// `&>`
    Both,
    /// `&>>`
    AppendBoth,
    /// `<<`
    Heredoc,
    /// `<<-`
    HeredocTabs,
    /// `<<<`
    HereString,
}

impl RedirectOp {
    /// True if it writes to a file.
    pub const fn writes(self) -> bool {
        matches!(
            self,
            Self::Output | Self::Clobber | Self::Append | Self::ReadWrite | Self::Both | Self::AppendBoth
        )
    }
}

/// The text a heredoc feeds to its command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// The body, tabs dropped where asked for.
    pub body: Mapped,
    /// The same with its expansions; one text if the delimiter was quoted; nothing where there is a script.
    pub parts: Vec<Part>,
    /// The body as a script, where a shell reads it (`bash <<EOF`).
    pub script: Option<Script>,
}

/// A command that holds commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// What it is.
    pub kind: CompoundKind,
    /// Redirections after it.
    pub redirects: Vec<Redirect>,
    /// All of it.
    pub span: Span,
}

/// Kinds of compound commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompoundKind {
    /// `( ... )`
    Subshell(List),
    /// `{ ...; }`
    Group(List),
    /// `if`: conditions with their branches, and `else`.
    If(Vec<(List, List)>, List),
    /// `while` and `until`: condition and body.
    Loop(List, List),
    /// `for` and `select`: variable, words, body. No words without `in`.
    For(String, Vec<Word>, List),
    /// `case`: the word, and the patterns with their commands.
    Case(Word, Vec<(Vec<Word>, List)>),
    /// A function's name and body.
    Function(String, Box<Command>),
    /// `[[ ... ]]`
    Test(Vec<Word>),
    /// `(( ... ))`
    Arithmetic(Vec<Part>),
}
