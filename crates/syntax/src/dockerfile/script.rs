//! The commands behind `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK`.

use super::ast::{Body, Dockerfile, Form, Instruction, Stage};
use super::stages::{Base, Evaluation};
use crate::mapped::Mapped;
use crate::shell::{self, Dialect, Script, dialect};

/// What an instruction runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// A shell script, or a single command of exec form as one.
    Script(Script),
    /// A text in another language, which is not looked into.
    Foreign(Dialect),
}

impl Dockerfile {
    /// What the instruction at `place` of a stage runs (or defers with `ONBUILD`), in the shell that is in
    /// force there. `None` if it runs nothing.
    pub fn program_at(&self, evaluation: &Evaluation, stage: usize, place: usize) -> Option<Program> {
        let instruction = self.stages.get(stage)?.instructions.get(place)?.inner();
        let command = instruction.command()?;
        let text = match &command.form {
            Form::Exec(words) => return Some(Program::Script(shell::from_words(words))),
            Form::Shell { script, .. } => script,
        };
        match self.dialect(evaluation, stage, place, instruction, text) {
            Dialect::Posix => Some(Program::Script(shell::parse_mapped(text))),
            other => Some(Program::Foreign(other)),
        }
    }

    /// The words of the `SHELL` in force at `place` of a stage, own or inherited; `None` for the default.
    pub fn shell_at(&self, evaluation: &Evaluation, stage: usize, place: usize) -> Option<&[Mapped]> {
        let words = |i: &Instruction| matches!(i.body, Body::Shell(_));
        let own = self.stages.get(stage)?.instructions.iter().take(place).rfind(|i| words(i));
        let found = match own {
            Some(own) => Some(own),
            None => match evaluation.stages.get(stage)?.base {
                Base::Stage(parent) => {
                    let (stage, place) = evaluation.stages.get(parent)?.shell_from?;
                    self.stages.get(stage)?.instructions.get(place)
                }
                _ => None,
            },
        };
        match &found?.body {
            Body::Shell(words) => Some(words),
            _ => None,
        }
    }

    fn dialect(
        &self,
        evaluation: &Evaluation,
        stage: usize,
        place: usize,
        instruction: &Instruction,
        text: &Mapped,
    ) -> Dialect {
        if let Body::Run(run) = &instruction.body
            && let Some(interpreter) = &run.interpreter
        {
            return dialect::of_interpreter(interpreter.text());
        }
        if let Some(program) = self.shell_at(evaluation, stage, place).and_then(<[Mapped]>::first) {
            return dialect::of_program(program.text());
        }
        if let Some(Base::Image(image)) = evaluation.root_base(stage)
            && ["windows", "nanoserver"].iter().any(|w| image.to_ascii_lowercase().contains(w))
        {
            return Dialect::Cmd;
        }
        dialect::guess(text.text())
    }
}

impl Stage {
    /// Places of instructions that run something while the image is built.
    pub fn runs(&self) -> impl Iterator<Item = (usize, &Instruction)> {
        self.instructions.iter().enumerate().filter(|(_, i)| matches!(i.inner().body, Body::Run(_)))
    }
}
