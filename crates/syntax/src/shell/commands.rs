//! Every simple command of a script, in the order in which they run.

use super::ast::{
    Assignment, Command, Compound, CompoundKind, Join, List, Part, PartKind, Pipeline, Redirect, Script,
    Simple, Word, Wrapper,
};
use super::unwrap::base_name;
use model::Span;
use std::ops::Range;

/// Circumstances under which a command runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Inside `$(...)`, backticks or a process substitution.
    pub substitution: bool,
    /// Inside a script in the words of another command (`sh -c '...'`) or fed to a shell.
    pub nested: bool,
    /// Inside `( ... )`.
    pub subshell: bool,
    /// Inside a function.
    pub function: bool,
    /// Inside a branch, a loop or a `case`, so that it may not run.
    pub branch: bool,
    /// In the condition of `if`, `while` or `until`.
    pub condition: bool,
    /// Ends with `&`, or stands in something that does.
    pub background: bool,
    /// After `!`.
    pub negated: bool,
    /// What joins its pipeline to the one before.
    pub join: Option<Join>,
    /// True if a `||` later in its chain, or after a group it stands in, deals with its failure.
    pub or_follows: bool,
}

/// A simple command with its surroundings.
#[derive(Clone, Debug)]
pub struct Invocation<'a> {
    /// The command as written.
    pub simple: &'a Simple,
    /// The script it stands in: heredoc numbers of its redirections are of this one.
    pub script: &'a Script,
    /// Number of its chain (`a && b || c`), from 0; commands of one chain share it.
    pub chain: usize,
    /// Number of its pipeline, from 0.
    pub pipeline: usize,
    /// Its place in the pipeline, from 0.
    pub position: usize,
    /// Number of commands in the pipeline.
    pub length: usize,
    /// Commands whose output it may read through pipes: the stages before it, else what feeds the group it
    /// stands in. Indexes into what [`Script::commands`] gave.
    pub upstream: Range<usize>,
    /// Commands that ran inside its own words, assignments and redirections.
    pub inputs: Range<usize>,
    /// Circumstances.
    pub flow: Flow,
}

impl<'a> Invocation<'a> {
    /// The words from the program that does the work on: wrappers such as `sudo` are left out.
    pub fn argv(&self) -> &'a [Word] {
        self.simple.words.get(self.simple.program..).unwrap_or(&[])
    }

    /// The words after the program.
    pub fn args(&self) -> &'a [Word] {
        self.argv().get(1..).unwrap_or(&[])
    }

    /// Name of the program without its folder; `None` if only a run can tell, or there is none.
    pub fn name(&self) -> Option<String> {
        self.argv().first()?.literal().map(|text| base_name(&text).to_owned())
    }

    /// True if the program has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name().as_deref() == Some(name)
    }

    /// Programs in front of it that start it.
    pub fn wrappers(&self) -> &'a [Wrapper] {
        &self.simple.wrappers
    }

    /// True if a wrapper of this name starts it.
    pub fn has_wrapper(&self, name: &str) -> bool {
        self.simple.wrappers.iter().any(|w| w.name == name)
    }

    /// Assignments before it.
    pub fn assignments(&self) -> &'a [Assignment] {
        &self.simple.assignments
    }

    /// Its redirections.
    pub fn redirects(&self) -> &'a [Redirect] {
        &self.simple.redirects
    }

    /// All of it as written.
    pub fn span(&self) -> Span {
        self.simple.span
    }

    /// Options and operands with a known text, in order.
    pub fn literals(&self) -> impl Iterator<Item = (String, Span)> + 'a {
        self.args().iter().filter_map(|w| Some((w.literal()?, w.span)))
    }

    /// True if one of the words is `--long`, `--long=...`, or a cluster of short options with `short` in it.
    pub fn has_option(&self, short: Option<char>, long: &str) -> bool {
        self.args().iter().take_while(|w| !w.is("--")).any(|w| {
            let text = w.known_prefix();
            match text.strip_prefix("--") {
                Some(rest) => {
                    !long.is_empty()
                        && rest.strip_prefix(long).is_some_and(|r| r.is_empty() || r.starts_with('='))
                }
                None => short.is_some_and(|s| text.strip_prefix('-').is_some_and(|r| r.contains(s))),
            }
        })
    }
}

impl Script {
    /// Every simple command, in the order in which they run: those inside the words of a command come
    /// before it, those of a script it is given after it. Functions are shown where they are defined.
    pub fn commands(&self) -> Vec<Invocation<'_>> {
        let mut walker = Walker { found: Vec::new(), chains: 0, pipelines: 0 };
        walker.list(self, &self.list, &Flow::default(), &(0..0));
        walker.found
    }

    /// True if a command before `index` (all of them for `None`) turned on a shell option: `e` or
    /// `errexit`, `pipefail`, ... Only `set` outside of branches counts.
    pub fn sets_option(
        commands: &[Invocation<'_>],
        before: Option<usize>,
        short: Option<char>,
        long: &str,
    ) -> bool {
        let mut on = false;
        for command in commands.iter().take(before.unwrap_or(commands.len())) {
            if !command.is("set") || command.flow.substitution || command.flow.branch || command.flow.function
            {
                continue;
            }
            let mut names = false;
            for word in command.args() {
                let text = word.known_prefix();
                if std::mem::take(&mut names) && text == long {
                    on = true;
                    continue;
                }
                if let Some(letters) = text.strip_prefix('-') {
                    on |= short.is_some_and(|s| letters.contains(s));
                    names = letters.contains('o');
                } else if let Some(letters) = text.strip_prefix('+') {
                    on &= short.is_none_or(|s| !letters.contains(s));
                }
            }
        }
        on
    }
}

struct Walker<'a> {
    found: Vec<Invocation<'a>>,
    chains: usize,
    pipelines: usize,
}

impl<'a> Walker<'a> {
    fn list(&mut self, script: &'a Script, list: &'a List, flow: &Flow, upstream: &Range<usize>) {
        for chain in &list.chains {
            let number = self.chains;
            self.chains += 1;
            let last_or = chain.pipelines.iter().rposition(|(join, _)| *join == Some(Join::Or));
            for (i, (join, pipeline)) in chain.pipelines.iter().enumerate() {
                let flow = Flow {
                    join: *join,
                    or_follows: flow.or_follows || last_or.is_some_and(|or| or > i),
                    background: flow.background || chain.background,
                    negated: pipeline.negated,
                    ..*flow
                };
                self.pipeline(script, pipeline, number, &flow, upstream);
            }
        }
    }

    fn pipeline(
        &mut self,
        script: &'a Script,
        pipeline: &'a Pipeline,
        chain: usize,
        flow: &Flow,
        upstream: &Range<usize>,
    ) {
        let number = self.pipelines;
        self.pipelines += 1;
        let first = self.found.len();
        for (position, command) in pipeline.commands.iter().enumerate() {
            let upstream = if position == 0 { upstream.clone() } else { first..self.found.len() };
            match command {
                Command::Simple(simple) => {
                    let before = self.found.len();
                    self.words_of(script, simple, flow);
                    let inputs = before..self.found.len();
                    self.found.push(Invocation {
                        simple,
                        script,
                        chain,
                        pipeline: number,
                        position,
                        length: pipeline.commands.len(),
                        upstream: upstream.clone(),
                        inputs,
                        flow: *flow,
                    });
                    self.given(script, simple, flow, &upstream);
                }
                Command::Compound(compound) => self.compound(script, compound, flow, &upstream),
            }
        }
    }

    /// Scripts that a command runs.
    fn given(&mut self, script: &'a Script, simple: &'a Simple, flow: &Flow, upstream: &Range<usize>) {
        let inner = Flow { nested: true, ..*flow };
        if let Some(given) = &simple.script {
            self.list(given, &given.list, &inner, upstream);
        }
        for redirect in &simple.redirects {
            let heredoc = redirect.heredoc.and_then(|i| script.heredocs.get(i));
            if let Some(given) = heredoc.and_then(|h| h.script.as_ref()) {
                self.list(given, &given.list, &inner, &(0..0));
            }
        }
    }

    fn words_of(&mut self, script: &'a Script, simple: &'a Simple, flow: &Flow) {
        for assignment in &simple.assignments {
            self.parts(&assignment.value.parts, flow);
        }
        self.words(&simple.words, flow);
        self.redirects(script, &simple.redirects, flow);
    }

    fn words(&mut self, words: &'a [Word], flow: &Flow) {
        for word in words {
            self.parts(&word.parts, flow);
        }
    }

    fn redirects(&mut self, script: &'a Script, redirects: &'a [Redirect], flow: &Flow) {
        for redirect in redirects {
            match redirect.heredoc.and_then(|i| script.heredocs.get(i)) {
                // A body that is a script of its own shows its commands there.
                Some(heredoc) if heredoc.script.is_none() => self.parts(&heredoc.parts, flow),
                Some(_) => {}
                None => self.parts(&redirect.target.parts, flow),
            }
        }
    }

    fn parts(&mut self, parts: &'a [Part], flow: &Flow) {
        for part in parts {
            match &part.kind {
                PartKind::Substitution(script) | PartKind::Process(script) => {
                    let inner =
                        Flow { substitution: true, join: None, or_follows: false, negated: false, ..*flow };
                    self.list(script, &script.list, &inner, &(0..0));
                }
                PartKind::Parameter { argument, .. } => self.parts(argument, flow),
                PartKind::Arithmetic(parts) => self.parts(parts, flow),
                PartKind::Array(words) => self.words(words, flow),
                PartKind::Text(_) => {}
            }
        }
    }

    fn compound(&mut self, script: &'a Script, compound: &'a Compound, flow: &Flow, upstream: &Range<usize>) {
        self.redirects(script, &compound.redirects, flow);
        let branch = Flow { branch: true, ..*flow };
        let condition = Flow { condition: true, ..*flow };
        match &compound.kind {
            CompoundKind::Subshell(list) => {
                self.list(script, list, &Flow { subshell: true, ..*flow }, upstream);
            }
            CompoundKind::Group(list) => self.list(script, list, flow, upstream),
            CompoundKind::If(branches, otherwise) => {
                for (i, (test, body)) in branches.iter().enumerate() {
                    let test_flow = Flow { branch: flow.branch || i > 0, ..condition };
                    self.list(script, test, &test_flow, upstream);
                    self.list(script, body, &branch, upstream);
                }
                self.list(script, otherwise, &branch, upstream);
            }
            CompoundKind::Loop(test, body) => {
                self.list(script, test, &condition, upstream);
                self.list(script, body, &branch, upstream);
            }
            CompoundKind::For(_, words, body) => {
                self.words(words, flow);
                self.list(script, body, &branch, upstream);
            }
            CompoundKind::Case(word, arms) => {
                self.parts(&word.parts, flow);
                for (patterns, list) in arms {
                    self.words(patterns, &branch);
                    self.list(script, list, &branch, upstream);
                }
            }
            CompoundKind::Function(_, body) => {
                if let Command::Compound(body) = &**body {
                    self.compound(script, body, &Flow { function: true, ..*flow }, &(0..0));
                }
            }
            CompoundKind::Test(words) => self.words(words, flow),
            CompoundKind::Arithmetic(parts) => self.parts(parts, flow),
        }
    }
}
