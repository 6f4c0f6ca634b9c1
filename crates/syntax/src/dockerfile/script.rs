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

/// A Dockerfile with its stages evaluated and its commands parsed.
#[derive(Clone, Debug)]
pub struct Worked {
    /// The stages.
    pub evaluation: Evaluation,
    /// For each instruction of each stage what it runs (or defers with `ONBUILD`), if it runs anything.
    pub programs: Vec<Vec<Option<Program>>>,
}

impl Dockerfile {
    /// The stages evaluated and all commands parsed; done once, kept with the file.
    pub fn worked(&self) -> &Worked {
        self.worked.get_or_init(|| {
            let evaluation = self.evaluate();
            let of = |stage: &Stage| {
                let mut shell = self.shell_at(&evaluation, stage.index, 0).and_then(<[Mapped]>::first);
                let windows = is_windows(&evaluation, stage.index);
                let mut programs = Vec::with_capacity(stage.instructions.len());
                for instruction in &stage.instructions {
                    if let Body::Shell(words) = &instruction.body {
                        shell = words.first();
                    }
                    programs.push(program(instruction.inner(), shell, windows));
                }
                programs
            };
            let programs = self.stages.iter().map(of).collect();
            Box::new(Worked { evaluation, programs })
        })
    }

    /// What the instruction at `place` of a stage runs (or defers with `ONBUILD`), in the shell that is in
    /// force there. `None` if it runs nothing.
    pub fn program_at(&self, evaluation: &Evaluation, stage: usize, place: usize) -> Option<Program> {
        let instruction = self.stages.get(stage)?.instructions.get(place)?.inner();
        let shell = self.shell_at(evaluation, stage, place).and_then(<[Mapped]>::first);
        program(instruction, shell, is_windows(evaluation, stage))
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
}

fn is_windows(evaluation: &Evaluation, stage: usize) -> bool {
    matches!(evaluation.root_base(stage), Some(Base::Image(image))
        if ["windows", "nanoserver"].iter().any(|w| image.to_ascii_lowercase().contains(w)))
}

fn program(instruction: &Instruction, shell: Option<&Mapped>, windows: bool) -> Option<Program> {
    let text = match &instruction.command()?.form {
        Form::Exec(words) => return Some(Program::Script(shell::from_words(words))),
        Form::Shell { script, .. } => script,
    };
    let interpreter = match &instruction.body {
        Body::Run(run) => run.interpreter.as_ref(),
        _ => None,
    };
    let dialect = match (interpreter, shell) {
        (Some(interpreter), _) => dialect::of_interpreter(interpreter.text()),
        (None, Some(shell)) => dialect::of_program(shell.text()),
        (None, None) if windows => Dialect::Cmd,
        (None, None) => dialect::guess(text.text()),
    };
    match dialect {
        Dialect::Posix => Some(Program::Script(shell::parse_mapped(text))),
        other => Some(Program::Foreign(other)),
    }
}

impl Stage {
    /// Places of instructions that run something while the image is built.
    pub fn runs(&self) -> impl Iterator<Item = (usize, &Instruction)> {
        self.instructions.iter().enumerate().filter(|(_, i)| matches!(i.inner().body, Body::Run(_)))
    }
}
