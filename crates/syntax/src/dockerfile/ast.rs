//! What a Dockerfile is made of. Every part knows its bytes; nothing here is expanded.

use super::script::Worked;
use crate::mapped::Mapped;
use crate::{SourceText, SyntaxError};
use model::Span;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A parsed Dockerfile.
#[derive(Clone, Debug)]
pub struct Dockerfile {
    /// The text it was read from.
    pub source: Arc<SourceText>,
    /// The escape character: a backslash, or a backtick where `# escape` says so.
    pub escape: char,
    /// Parser directives, in order.
    pub directives: Vec<Directive>,
    /// Comments, from `#` to the end of the line, in order; also those inside continued lines. Parser
    /// directives and lines of heredocs are not comments.
    pub comments: Vec<Span>,
    /// What stands before the first `FROM`: global `ARG`s.
    pub globals: Vec<Instruction>,
    /// Build stages, in order.
    pub stages: Vec<Stage>,
    /// Mistakes, in order of their place.
    pub errors: Vec<SyntaxError>,
    /// What [`Dockerfile::worked`] found, so that it is worked out once.
    pub(super) worked: OnceLock<Box<Worked>>,
}

impl Dockerfile {
    /// Every instruction in order of writing, the `FROM`s included; triggers of `ONBUILD` are not unrolled.
    pub fn instructions(&self) -> impl Iterator<Item = &Instruction> {
        self.globals.iter().chain(
            self.stages.iter().flat_map(|stage| std::iter::once(&stage.from).chain(&stage.instructions)),
        )
    }

    /// The stage that is built if none is named: the last.
    pub fn final_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// The last directive with this name (lower case).
    pub fn directive(&self, name: &str) -> Option<&Directive> {
        self.directives.iter().rfind(|d| d.name == name)
    }
}

/// A parser directive, `# name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// `syntax`, `escape` or `check`.
    pub name: String,
    /// The value as written.
    pub value: String,
    /// The whole line without its ending.
    pub span: Span,
    /// The value alone.
    pub value_span: Span,
}

/// A build stage: a `FROM` and what follows it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its number, from 0.
    pub index: usize,
    /// Its name in lower case, as BuildKit compares it.
    pub name: Option<String>,
    /// The `FROM` instruction.
    pub from: Instruction,
    /// The instructions after it.
    pub instructions: Vec<Instruction>,
    /// From `FROM` to the end of the last instruction.
    pub span: Span,
}

impl Stage {
    /// What the `FROM` says; `None` if it was broken.
    pub fn source(&self) -> Option<&From> {
        match &self.from.body {
            Body::From(from) => Some(from),
            _ => None,
        }
    }

    /// The instructions with this keyword, in order.
    pub fn of(&self, keyword: Keyword) -> impl DoubleEndedIterator<Item = &Instruction> {
        self.instructions.iter().filter(move |i| i.keyword == keyword)
    }

    /// Name if it has one, else its number: what `--target` and `--from` accept.
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.index.to_string())
    }
}

macro_rules! keywords {
    ($($variant:ident = $word:literal),+ $(,)?) => {
        /// Name of an instruction.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Keyword {
            $(#[doc = concat!("`", $word, "`")] $variant),+,
            /// Not an instruction that Docker knows.
            Unknown,
        }

        impl Keyword {
            /// Every keyword that Docker knows.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The keyword in upper case; empty for an unknown one.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+, Self::Unknown => "" }
            }

            /// Reads a keyword in any case.
            pub fn read(text: &str) -> Self {
                Self::ALL.iter().copied().find(|k| k.word().eq_ignore_ascii_case(text)).unwrap_or(Self::Unknown)
            }
        }
    };
}

keywords! {
    Add = "ADD", Arg = "ARG", Cmd = "CMD", Copy = "COPY", Entrypoint = "ENTRYPOINT", Env = "ENV",
    Expose = "EXPOSE", From = "FROM", Healthcheck = "HEALTHCHECK", Label = "LABEL",
    Maintainer = "MAINTAINER", Onbuild = "ONBUILD", Run = "RUN", Shell = "SHELL",
    Stopsignal = "STOPSIGNAL", User = "USER", Volume = "VOLUME", Workdir = "WORKDIR",
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One instruction.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Which one.
    pub keyword: Keyword,
    /// The keyword's bytes.
    pub keyword_span: Span,
    /// From the keyword to the end of the last line, heredocs included, without the final line ending.
    pub span: Span,
    /// Flags before the arguments, as written; also those the instruction does not know.
    pub flags: Vec<Flag>,
    /// The arguments after the flags, continuations joined, heredoc bodies not included.
    pub args: Mapped,
    /// The arguments, taken apart.
    pub body: Body,
    /// Heredocs, in the order they are named.
    pub heredocs: Vec<Heredoc>,
    /// Blank lines inside a continued line, which Docker warns of.
    pub blank_lines: Vec<Span>,
}

impl Instruction {
    /// The last flag with this name (without dashes).
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().rfind(|f| f.name == name)
    }

    /// Value of the last flag with this name; `None` if it is missing or has no value.
    pub fn flag_value(&self, name: &str) -> Option<&Mapped> {
        self.flag(name).and_then(|f| f.value.as_ref())
    }

    /// Keyword and arguments of the first line, for showing to people.
    pub fn head_span(&self, source: &SourceText) -> Span {
        let line = source.slice(self.span).lines().next().unwrap_or("").trim_end();
        Span::new(self.span.start, self.span.start + line.len() as u32)
    }

    /// The command it runs, now or when a container starts: `RUN`, `CMD`, `ENTRYPOINT`, `HEALTHCHECK CMD`.
    pub fn command(&self) -> Option<&Command> {
        match &self.body {
            Body::Run(run) => Some(&run.command),
            Body::Cmd(command) | Body::Entrypoint(command) | Body::Healthcheck(Some(command)) => {
                Some(command)
            }
            _ => None,
        }
    }

    /// The instruction that runs in the end: itself, or what `ONBUILD` defers.
    pub fn inner(&self) -> &Self {
        match &self.body {
            Body::Onbuild(inner) => inner,
            _ => self,
        }
    }
}

/// A flag of an instruction, `--name` or `--name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Name without dashes, as written.
    pub name: String,
    /// Value without quotes; `None` without `=`.
    pub value: Option<Mapped>,
    /// The whole flag.
    pub span: Span,
}

impl Flag {
    /// A boolean flag: true without a value or with one of Go's words for true.
    pub fn is_on(&self) -> bool {
        self.value.as_ref().is_none_or(|v| matches!(v.text(), "1" | "t" | "T" | "true" | "TRUE" | "True"))
    }
}

/// The arguments of an instruction, taken apart.
#[derive(Clone, Debug)]
pub enum Body {
    /// `ADD`.
    Add(Transfer),
    /// `ARG`.
    Arg(Vec<ArgDef>),
    /// `CMD`.
    Cmd(Command),
    /// `COPY`.
    Copy(Transfer),
    /// `ENTRYPOINT`.
    Entrypoint(Command),
    /// `ENV`.
    Env(Vec<Pair>),
    /// `EXPOSE`.
    Expose(Vec<Port>),
    /// `FROM`.
    From(From),
    /// `HEALTHCHECK`: the command, or nothing for `NONE`.
    Healthcheck(Option<Command>),
    /// `LABEL`.
    Label(Vec<Pair>),
    /// `MAINTAINER`.
    Maintainer(Mapped),
    /// `ONBUILD`, with the instruction it defers.
    Onbuild(Box<Instruction>),
    /// `RUN`.
    Run(Run),
    /// `SHELL`: the program and its arguments.
    Shell(Vec<Mapped>),
    /// `STOPSIGNAL`.
    Stopsignal(Mapped),
    /// `USER`.
    User(User),
    /// `VOLUME`.
    Volume(Vec<Mapped>),
    /// `WORKDIR`.
    Workdir(Mapped),
    /// An unknown instruction, or one whose arguments make no sense; an error says why.
    Broken,
}

/// `FROM [--platform=P] image [AS name]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The image or stage, not expanded.
    pub image: Mapped,
    /// The name as written.
    pub alias: Option<Mapped>,
}

/// `RUN`.
#[derive(Clone, Debug)]
pub struct Run {
    /// `--mount` flags, taken apart.
    pub mounts: Vec<Mount>,
    /// What is run. In shell form heredocs are part of the script; where the instruction is nothing but a
    /// heredoc (`RUN <<EOF`), the script is the body.
    pub command: Command,
    /// The program named by a `#!` line at the head of such a body, with its arguments.
    pub interpreter: Option<Mapped>,
}

/// A `--mount` flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// `bind` (the default), `cache`, `tmpfs`, `secret` or `ssh`, as written.
    pub kind: String,
    /// Options, in order, `type` included.
    pub options: Vec<MountOption>,
    /// The whole flag.
    pub span: Span,
}

impl Mount {
    /// Value of the last option with one of these names (in lower case); `""` for an option without `=`.
    pub fn option(&self, names: &[&str]) -> Option<&MountOption> {
        self.options.iter().rfind(|o| names.contains(&o.key.as_str()))
    }

    /// Where it appears: `target`, `dst` or `destination`.
    pub fn target(&self) -> Option<&Mapped> {
        self.option(&["target", "dst", "destination"])?.value.as_ref()
    }

    /// The stage or image it comes from.
    pub fn from(&self) -> Option<&Mapped> {
        self.option(&["from"])?.value.as_ref()
    }

    /// The path below `from` or the build context: `source` or `src`.
    pub fn source(&self) -> Option<&Mapped> {
        self.option(&["source", "src"])?.value.as_ref()
    }
}

/// `key=value` or `key` of a mount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountOption {
    /// Key in lower case.
    pub key: String,
    /// Value, if there is one.
    pub value: Option<Mapped>,
    /// Key and value.
    pub span: Span,
}

/// `COPY` and `ADD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// What is copied: all words but the last. Heredocs among them are named in
    /// [`Instruction::heredocs`] and not repeated here.
    pub sources: Vec<Mapped>,
    /// Where to.
    pub target: Mapped,
    /// True if written as a JSON array.
    pub exec_form: bool,
}

/// A command, in one of its two forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The form, with the text.
    pub form: Form,
    /// All of it.
    pub span: Span,
}

impl Command {
    /// The words of the exec form.
    pub fn exec(&self) -> Option<&[Mapped]> {
        match &self.form {
            Form::Exec(words) => Some(words),
            Form::Shell { .. } => None,
        }
    }

    /// The script of the shell form.
    pub fn script(&self) -> Option<&Mapped> {
        match &self.form {
            Form::Exec(_) => None,
            Form::Shell { script, .. } => Some(script),
        }
    }
}

/// Exec form or shell form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JSON array of strings, run as it stands.
    Exec(Vec<Mapped>),
    /// A text handed to the shell.
    Shell {
        /// The text, continuations joined, with the bodies of heredocs.
        script: Mapped,
        /// True if it begins with `[` but is not JSON, so that Docker takes it for a script.
        broken_json: bool,
    },
}

/// `NAME=value` of `ENV` or `LABEL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Name as written (a label's name may be quoted and hold variables).
    pub key: Mapped,
    /// Value as written, with its quotes.
    pub value: Mapped,
    /// True for the old form `ENV NAME value`.
    pub legacy: bool,
}

impl Pair {
    /// Key and value.
    pub fn span(&self) -> Span {
        self.key.span().cover(self.value.span())
    }
}

/// `NAME` or `NAME=default` of `ARG`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgDef {
    /// The name.
    pub name: Mapped,
    /// The default as written, with its quotes.
    pub default: Option<Mapped>,
}

impl ArgDef {
    /// Name and default.
    pub fn span(&self) -> Span {
        self.default.as_ref().map_or(self.name.span(), |d| self.name.span().cover(d.span()))
    }
}

/// `USER user[:group]`, not expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// All of it.
    pub text: Mapped,
}

/// One port of `EXPOSE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// As written, not expanded: `8080`, `8000-8010/udp`, `$PORT`.
    pub text: Mapped,
    /// First and last port where they can be read off without expansion.
    pub range: Option<(u16, u16)>,
    /// `tcp` (the default), `udp` or `sctp`, in lower case; `None` where it needs expansion.
    pub protocol: Option<String>,
}

/// A heredoc of `RUN`, `COPY` or `ADD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// The delimiter without quotes; for `COPY` and `ADD` also the file's name.
    pub name: String,
    /// The word that opens it: `<<EOF`, `<<-"EOF"`.
    pub marker: Span,
    /// True if the delimiter is not quoted, so that variables in the body are expanded.
    pub expands: bool,
    /// True for `<<-`: leading tabs are dropped.
    pub chomp: bool,
    /// The body, tabs dropped where asked for, with its last line feed, without the closing line.
    pub body: Mapped,
    /// The closing line without its ending; `None` if it is missing.
    pub closing: Option<Span>,
}
