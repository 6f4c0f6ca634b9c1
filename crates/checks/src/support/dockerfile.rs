//! A Dockerfile as the checks look at it: its stages worked out and its commands parsed.

pub mod bases;
pub mod downloads;
pub mod files;
pub mod packages;

use check::{Out, Place};
use model::{Span, Why, WhyCode};
use std::sync::Arc;
use syntax::SourceText;
use syntax::dockerfile::{
    Base, Body, Dockerfile, Evaluation, Expanded, Form, Instruction, Keyword, Origin, Program, Stage,
};
use syntax::shell::{Invocation, Part, PartKind, Script, Word};

/// What a check sees of a Dockerfile.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The file.
    pub file: &'a Dockerfile,
    /// Its stages, worked out.
    pub eval: &'a Evaluation,
    programs: &'a [Vec<Option<Program>>],
}

/// An instruction with the commands it runs.
#[derive(Debug)]
pub struct Step<'a> {
    /// The stage it stands in.
    pub stage: &'a Stage,
    /// Its place in the stage.
    pub place: usize,
    /// The instruction; what `ONBUILD` defers where it is one.
    pub instruction: &'a Instruction,
    /// What it runs.
    pub script: &'a Script,
    /// The commands of that, in the order in which they run.
    pub commands: Vec<Invocation<'a>>,
}

impl<'a> View<'a> {
    /// The view of a file.
    pub fn of(file: &'a Dockerfile) -> Self {
        let worked = file.worked();
        Self { file, eval: &worked.evaluation, programs: &worked.programs }
    }

    /// Bytes of the file as a place to report.
    pub fn at(&self, span: Span) -> (&'a Arc<SourceText>, Span) {
        (&self.file.source, span)
    }

    /// Keyword and arguments of an instruction's first line, as a place to report.
    pub fn head(&self, instruction: &Instruction) -> (&'a Arc<SourceText>, Span) {
        self.at(instruction.head_span(&self.file.source))
    }

    /// Every instruction with its stage and place; the `FROM`s are not shown.
    pub fn instructions(&self) -> impl Iterator<Item = (&'a Stage, usize, &'a Instruction)> + use<'a> {
        self.file.stages.iter().flat_map(|s| s.instructions.iter().enumerate().map(move |(p, i)| (s, p, i)))
    }

    /// Instructions of one keyword, those that `ONBUILD` defers too.
    pub fn of_keyword(
        &self,
        keyword: Keyword,
    ) -> impl Iterator<Item = (&'a Stage, usize, &'a Instruction)> + use<'a> {
        self.instructions().map(|(s, p, i)| (s, p, i.inner())).filter(move |(_, _, i)| i.keyword == keyword)
    }

    fn steps(&self, wanted: impl Fn(&Instruction) -> bool) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        for (stage, place, outer) in self.instructions() {
            let instruction = outer.inner();
            if !wanted(instruction) {
                continue;
            }
            let program = self.programs.get(stage.index).and_then(|s| s.get(place)).and_then(Option::as_ref);
            if let Some(Program::Script(script)) = program {
                steps.push(Step { stage, place, instruction, script, commands: script.commands() });
            }
        }
        steps
    }

    /// Every `RUN` that a Unix shell runs, with its commands.
    pub fn runs(&self) -> Vec<Step<'a>> {
        self.steps(|i| i.keyword == Keyword::Run)
    }

    /// Every `CMD`, `ENTRYPOINT` and `HEALTHCHECK` with its commands.
    pub fn starts(&self) -> Vec<Step<'a>> {
        self.steps(|i| matches!(i.keyword, Keyword::Cmd | Keyword::Entrypoint | Keyword::Healthcheck))
    }

    /// Everything that runs, at build time or later.
    pub fn all_commands(&self) -> Vec<Step<'a>> {
        self.steps(|_| true)
    }

    /// Notes that scripts in other languages than that of Unix shells are not looked into: once a file.
    pub fn note_foreign(&self, out: &mut Out<'a>) {
        for (stage, place, instruction) in self.instructions() {
            let program = self.programs.get(stage.index).and_then(|s| s.get(place)).and_then(Option::as_ref);
            if let Some(Program::Foreign(dialect)) = program {
                let detail = format!("commands in {dialect:?} are not looked into");
                out.unknown(self.head(instruction), Why::new(WhyCode::Unsupported, detail));
                return;
            }
        }
    }

    /// Which stages have layers in an image that is kept: the final stage, those that nothing else in the
    /// file uses, and those that these are built on.
    pub fn shipped(&self) -> Vec<bool> {
        let count = self.eval.stages.len();
        let mut used = vec![false; count];
        for state in &self.eval.stages {
            let origins = state.references.iter().filter_map(|r| match r.origin {
                Origin::Stage(index) => Some(index),
                Origin::Image(_) | Origin::Unknown(_) => None,
            });
            let base = match state.base {
                Base::Stage(parent) => Some(parent),
                _ => None,
            };
            for slot in origins.chain(base) {
                if let Some(slot) = used.get_mut(slot) {
                    *slot = true;
                }
            }
        }
        let mut shipped: Vec<bool> = used.iter().map(|used| !used).collect();
        if let Some(last) = shipped.last_mut() {
            *last = true;
        }
        // A base is always an earlier stage.
        for index in (0..count).rev() {
            if shipped.get(index) == Some(&true)
                && let Some(Base::Stage(parent)) = self.eval.stages.get(index).map(|s| &s.base)
                && let Some(slot) = shipped.get_mut(*parent)
            {
                *slot = true;
            }
        }
        shipped
    }

    /// Stages whose layers are in the image that is built if no stage is named.
    pub fn final_line(&self) -> Vec<usize> {
        self.file.stages.len().checked_sub(1).map(|last| self.eval.lineage(last)).unwrap_or_default()
    }

    /// Value of an `ENV` in force before an instruction of a stage, variables filled in.
    pub fn env(&self, stage: usize, before: Span, name: &str) -> Option<&'a str> {
        let variable = self.eval.stages.get(stage)?.env().get(name)?;
        if variable.span.start < before.start { variable.value.known() } else { None }
    }

    /// True if an earlier `ENV` sets the variable to something other than nothing, `0`, `false` or `off`.
    pub fn env_is_on(&self, stage: usize, before: Span, name: &str) -> bool {
        self.env(stage, before, name).is_some_and(is_on)
    }

    /// The base of a stage from outside, with the word that names it.
    pub fn image_of(&self, stage: &'a Stage) -> Option<(&'a str, Span)> {
        match &self.eval.stages.get(stage.index)?.base {
            Base::Image(image) => Some((image, stage.source()?.image.span())),
            _ => None,
        }
    }

    /// The image a stage goes back to over the stages it is built on, with the word that names it.
    pub fn root_image(&self, stage: usize) -> Option<(&'a str, Span)> {
        let root = self.eval.stages.get(stage)?.root;
        self.file.stages.get(root).and_then(|s| self.image_of(s))
    }
}

impl<'a> Step<'a> {
    /// The commands that an invocation may read from through pipes.
    pub fn upstream(&self, command: &Invocation<'a>) -> &[Invocation<'a>] {
        self.commands.get(command.upstream.clone()).unwrap_or_default()
    }

    /// The commands that ran inside the words of an invocation.
    pub fn inputs(&self, command: &Invocation<'a>) -> &[Invocation<'a>] {
        self.commands.get(command.inputs.clone()).unwrap_or_default()
    }

    /// True if the commands stand in the file as text, so that words can be put between them, and not as a
    /// JSON array.
    pub fn is_shell_form(&self) -> bool {
        self.instruction.command().is_some_and(|c| matches!(c.form, Form::Shell { .. }))
    }

    /// True if the instruction has a mount of this kind (`cache`, `secret`, ...) whose target contains one
    /// of the words.
    pub fn has_mount(&self, kind: &str, words: &[&str]) -> bool {
        let Body::Run(run) = &self.instruction.body else { return false };
        run.mounts.iter().any(|m| {
            m.kind == kind
                && m.target().is_some_and(|t| {
                    let target = t.text().trim_end_matches('/');
                    words.iter().any(|w| target.contains(w))
                })
        })
    }

    /// True if a target of a mount of this kind is a folder above `path`, or is `path`.
    pub fn is_mounted(&self, kinds: &[&str], path: &str) -> bool {
        let Body::Run(run) = &self.instruction.body else { return false };
        run.mounts.iter().any(|m| {
            kinds.contains(&m.kind.as_str())
                && m.target().is_some_and(|t| {
                    path.strip_prefix(t.text().trim_end_matches('/'))
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                })
        })
    }
}

/// True for the value of a switch that is on.
pub fn is_on(value: &str) -> bool {
    !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "false" | "off" | "no")
}

/// The text of a word with `?` in place of what only a run can tell.
pub fn shown(word: &Word) -> String {
    word.with_gaps("?")
}

/// True if a part of the word, at any depth, is only known at run time.
pub fn is_open(word: &Word) -> bool {
    word.parts.iter().any(|p| !matches!(p.kind, PartKind::Text(_)))
}

/// Names of the parameters used anywhere in the words, assignments and redirections of a command, those
/// inside of `$(...)` left out (they belong to the commands there).
pub fn parameters(command: &Invocation<'_>) -> Vec<(String, Span)> {
    fn collect(parts: &[Part], found: &mut Vec<(String, Span)>) {
        for part in parts {
            match &part.kind {
                PartKind::Parameter { name, argument, .. } => {
                    found.push((name.clone(), part.span));
                    collect(argument, found);
                }
                PartKind::Arithmetic(parts) => collect(parts, found),
                PartKind::Array(words) => words.iter().for_each(|w| collect(&w.parts, found)),
                PartKind::Text(_) | PartKind::Substitution(_) | PartKind::Process(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    for word in &command.simple.words {
        collect(&word.parts, &mut found);
    }
    for assignment in command.assignments() {
        collect(&assignment.value.parts, &mut found);
    }
    for redirect in command.redirects() {
        collect(&redirect.target.parts, &mut found);
        if let Some(heredoc) = redirect.heredoc.and_then(|i| command.script.heredocs.get(i)) {
            collect(&heredoc.parts, &mut found);
        }
    }
    found
}

/// The words of an exec form, or of a shell form that is one simple list of words.
pub fn command_words(instruction: &Instruction) -> Vec<String> {
    match instruction.command().map(|c| &c.form) {
        Some(Form::Exec(words)) => words.iter().map(|w| w.text().to_owned()).collect(),
        Some(Form::Shell { script, .. }) => script.text().split_whitespace().map(str::to_owned).collect(),
        None => Vec::new(),
    }
}

/// What a Docker word comes to; what can't be told is noted.
pub fn known<'a>(out: &mut Out<'a>, place: impl Into<Place<'a>>, value: &Expanded) -> Option<String> {
    match value {
        Expanded::Known(text) => Some(text.clone()),
        Expanded::Unknown(why) => {
            out.unknown(place, why.clone());
            None
        }
    }
}
