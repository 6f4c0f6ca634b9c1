//! What stages come to: their bases, the variables each instruction sees, the state at the end, and which
//! stages the result is built from.

use super::ast::{Body, Dockerfile, Instruction, Stage};
use super::expand::Expanded;
use super::scope::{Ground, Scope, Variables};
use model::{Span, Why, WhyCode};
use std::collections::HashMap;
use std::sync::Arc;

/// Most variables that are copied from stages to those built on them, over the whole file.
const MAX_COPIED: usize = 200_000;

/// What a stage is built on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// An image from outside, variables filled in.
    Image(String),
    /// An earlier stage.
    Stage(usize),
    /// Nothing: `FROM scratch`.
    Scratch,
    /// It can't be told from the file.
    Unknown(Why),
}

/// Where files come from: `COPY --from`, `RUN --mount=from=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A stage of this file.
    Stage(usize),
    /// An image from outside (or a named build context).
    Image(String),
    /// It can't be told from the file.
    Unknown(Why),
}

/// A setting that a later instruction replaces: `USER`, `WORKDIR`, `CMD`, ...
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The value, variables filled in. For a relative `WORKDIR` the whole path, if known.
    pub value: Expanded,
    /// The stage it is written in.
    pub stage: usize,
    /// Its place in [`Stage::instructions`].
    pub instruction: usize,
    /// The value's bytes.
    pub span: Span,
}

/// A use of another stage or image by a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What is used.
    pub origin: Origin,
    /// The word that names it.
    pub span: Span,
    /// Place of the instruction in [`Stage::instructions`].
    pub instruction: usize,
}

/// A stage at its end.
#[derive(Clone, Debug)]
pub struct StageState {
    /// What it is built on.
    pub base: Base,
    /// The first stage of its line that is built on something from outside (itself, if it is).
    pub root: usize,
    /// `--platform` of its `FROM`.
    pub platform: Option<Expanded>,
    /// The user in force; `None` where only the base image may say.
    pub user: Option<Setting>,
    /// The working directory in force.
    pub workdir: Option<Setting>,
    /// Where the `SHELL` in force is written: stage and place.
    pub shell_from: Option<(usize, usize)>,
    /// Where the `CMD`, `ENTRYPOINT` and `HEALTHCHECK` in force are written: stage and place.
    pub cmd: Option<(usize, usize)>,
    /// See [`StageState::cmd`].
    pub entrypoint: Option<(usize, usize)>,
    /// See [`StageState::cmd`].
    pub healthcheck: Option<(usize, usize)>,
    /// `COPY --from`, `ADD --from` and `RUN --mount=from=`, those deferred by `ONBUILD` too.
    pub references: Vec<Reference>,
    /// Variables at the end of the stage.
    pub scope: Scope,
    /// True if the final stage needs it, or is it.
    pub reachable: bool,
}

impl StageState {
    /// The environment that the file gives the stage.
    pub fn env(&self) -> &Variables {
        self.scope.env()
    }
}

/// The stages of a file, worked out.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// One state per stage, in order.
    pub stages: Vec<StageState>,
}

impl Evaluation {
    /// The state of the stage that is built if none is named.
    pub fn last(&self) -> Option<&StageState> {
        self.stages.last()
    }

    /// The image from outside that a stage goes back to, through the stages it is built on.
    pub fn root_base(&self, stage: usize) -> Option<&Base> {
        let root = self.stages.get(stage)?.root;
        self.stages.get(root).map(|s| &s.base)
    }

    /// Stages from `stage` back to its root.
    pub fn lineage(&self, stage: usize) -> Vec<usize> {
        let mut line = vec![stage];
        let mut at = stage;
        while let Some(Base::Stage(parent)) = self.stages.get(at).map(|s| &s.base) {
            // A base is always an earlier stage.
            line.push(*parent);
            at = *parent;
        }
        line
    }
}

impl Dockerfile {
    /// Works the stages out.
    pub fn evaluate(&self) -> Evaluation {
        self.walk(&mut |_, _, _| {})
    }

    /// Works the stages out, and shows every instruction after the first `FROM`, with the place in its
    /// stage and the variables in force before it. The `FROM`s themselves are not shown.
    pub fn walk(&self, visit: &mut dyn FnMut(&Stage, usize, &Scope)) -> Evaluation {
        let mut global = Scope::global(self.escape);
        for instruction in &self.globals {
            if let Body::Arg(defs) = &instruction.body {
                global.set_args(defs);
            }
        }
        let globals = Arc::new(global.args.clone());
        // The last stage of a name wins for `COPY --from`, the last one before it for `FROM`.
        let by_name: HashMap<&str, usize> =
            self.stages.iter().filter_map(|s| Some((s.name.as_deref()?, s.index))).collect();
        let mut earlier: HashMap<&str, usize> = HashMap::new();
        let mut states: Vec<StageState> = Vec::new();
        let mut copied = 0;
        for stage in &self.stages {
            let base = base(stage, &global, &earlier);
            let mut state = begin(stage, base, &global, &globals, &states, &mut copied);
            state.scope.spent = global.spent;
            for (place, instruction) in stage.instructions.iter().enumerate() {
                visit(stage, place, &state.scope);
                state.apply(stage, place, instruction, &by_name, self.stages.len());
            }
            global.spent = state.scope.spent;
            if let Some(name) = &stage.name {
                earlier.insert(name, stage.index);
            }
            states.push(state);
        }
        mark_reachable(&mut states);
        Evaluation { stages: states }
    }
}

fn base(stage: &Stage, global: &Scope, earlier: &HashMap<&str, usize>) -> Base {
    let Some(from) = stage.source() else {
        return Base::Unknown(Why::new(WhyCode::Malformed, "the FROM can't be read"));
    };
    match global.expand(from.image.text()) {
        Expanded::Known(image) if image.is_empty() => Base::Unknown(Why::new(
            WhyCode::Unresolved,
            format!("`{}` comes to nothing without build arguments", from.image.text()),
        )),
        Expanded::Known(image) => match earlier.get(image.to_ascii_lowercase().as_str()) {
            Some(index) => Base::Stage(*index),
            None if image == "scratch" => Base::Scratch,
            None => Base::Image(image),
        },
        Expanded::Unknown(why) => Base::Unknown(why),
    }
}

fn begin(
    stage: &Stage,
    base: Base,
    global: &Scope,
    globals: &Arc<Variables>,
    states: &[StageState],
    copied: &mut usize,
) -> StageState {
    let platform = stage.from.flag_value("platform").map(|p| global.expand(p.text()));
    let parent = match &base {
        Base::Stage(index) => states.get(*index),
        _ => None,
    };
    let mut scope = Scope::global(global.escape);
    scope.global = false;
    scope.globals = globals.clone();
    scope.ground = match (&base, parent) {
        (_, Some(parent)) => {
            *copied += parent.scope.env.len();
            if *copied > MAX_COPIED {
                Ground::Limit
            } else {
                scope.env = parent.scope.env.clone();
                parent.scope.ground.clone()
            }
        }
        (Base::Image(image), None) => Ground::Image(image.clone()),
        (Base::Unknown(_), None) => Ground::Image("the base image".to_owned()),
        _ => Ground::Nothing,
    };
    StageState {
        root: parent.map_or(stage.index, |p| p.root),
        platform,
        user: parent.and_then(|p| p.user.clone()),
        workdir: parent.and_then(|p| p.workdir.clone()),
        shell_from: parent.and_then(|p| p.shell_from),
        cmd: parent.and_then(|p| p.cmd),
        entrypoint: parent.and_then(|p| p.entrypoint),
        healthcheck: parent.and_then(|p| p.healthcheck),
        references: Vec::new(),
        scope,
        base,
        reachable: false,
    }
}

impl StageState {
    fn apply(
        &mut self,
        stage: &Stage,
        place: usize,
        instruction: &Instruction,
        by_name: &HashMap<&str, usize>,
        count: usize,
    ) {
        let here = Some((stage.index, place));
        let setting = |value: Expanded, span: Span| {
            Some(Setting { value, stage: stage.index, instruction: place, span })
        };
        self.references_of(instruction.inner(), place, by_name, count);
        match &instruction.body {
            Body::Env(pairs) => self.scope.set_env(pairs),
            Body::Arg(defs) => self.scope.set_args(defs),
            Body::User(user) => {
                self.user = setting(self.scope.expand(user.text.text()), user.text.span());
            }
            Body::Workdir(path) => {
                let value = match self.scope.expand(path.text()) {
                    Expanded::Known(path) => self.join(&path),
                    unknown @ Expanded::Unknown(_) => unknown,
                };
                self.workdir = setting(value, path.span());
            }
            Body::Shell(_) => self.shell_from = here,
            Body::Cmd(_) => self.cmd = here,
            Body::Entrypoint(_) => {
                self.entrypoint = here;
                // An ENTRYPOINT takes back a CMD that was inherited, not one of its own stage.
                if self.cmd.is_some_and(|(index, _)| index != stage.index) {
                    self.cmd = None;
                }
            }
            Body::Healthcheck(_) => self.healthcheck = here,
            _ => {}
        }
    }

    fn join(&self, path: &str) -> Expanded {
        if is_absolute(path) {
            return Expanded::Known(path.to_owned());
        }
        let before = match &self.workdir {
            Some(Setting { value: Expanded::Known(before), .. }) => before.as_str(),
            Some(Setting { value: unknown, .. }) => return unknown.clone(),
            None if self.scope.ground == Ground::Nothing => "/",
            None => {
                return Expanded::Unknown(Why::new(
                    WhyCode::MissingInput,
                    format!("`{path}` is relative to the working directory of the base image"),
                ));
            }
        };
        if before.len() + path.len() > 4096 {
            return Expanded::Unknown(Why::new(WhyCode::Limit, "the working directory's path is too long"));
        }
        Expanded::Known(format!("{}/{path}", before.trim_end_matches('/')))
    }

    fn references_of(
        &mut self,
        instruction: &Instruction,
        place: usize,
        by_name: &HashMap<&str, usize>,
        count: usize,
    ) {
        let words: Vec<_> = match &instruction.body {
            Body::Copy(_) | Body::Add(_) => instruction.flag_value("from").into_iter().collect(),
            Body::Run(run) => run.mounts.iter().filter_map(|m| m.from()).collect(),
            _ => return,
        };
        for word in words {
            let origin = match self.scope.expand(word.text()) {
                Expanded::Unknown(why) => Origin::Unknown(why),
                Expanded::Known(name) => {
                    let named = by_name.get(name.to_ascii_lowercase().as_str()).copied();
                    match named.or_else(|| name.parse().ok().filter(|i| *i < count)) {
                        Some(index) => Origin::Stage(index),
                        None => Origin::Image(name),
                    }
                }
            };
            self.references.push(Reference { origin, span: word.span(), instruction: place });
        }
    }
}

/// True for a path that does not depend on a working directory, in the manner of Linux or Windows.
pub fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\'])
        || matches!(path.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic())
}

fn mark_reachable(states: &mut [StageState]) {
    let mut todo: Vec<usize> = states.len().checked_sub(1).into_iter().collect();
    while let Some(index) = todo.pop() {
        let Some(state) = states.get_mut(index) else { continue };
        if std::mem::replace(&mut state.reachable, true) {
            continue;
        }
        if let Base::Stage(parent) = state.base {
            todo.push(parent);
        }
        todo.extend(state.references.iter().filter_map(|r| match r.origin {
            Origin::Stage(index) => Some(index),
            Origin::Image(_) | Origin::Unknown(_) => None,
        }));
    }
}
