//! Which variables an instruction sees, and what they hold.

use super::ast::{ArgDef, Pair};
use super::expand::{Expanded, Value, expand};
use model::{Span, Why, WhyCode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Build arguments that BuildKit defines itself: seen by `FROM`, and by a stage that declares them.
const PLATFORM: &[&str] = &[
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
];
/// Build arguments that every stage may use undeclared.
const PROXY: &[&str] = &[
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "FTP_PROXY",
    "ftp_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
    "SOURCE_DATE_EPOCH",
];

/// Most bytes of values that are kept for one file: variables that double each other grow fast.
const MAX_KEPT: usize = 4 << 20;

/// A variable of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// What it holds.
    pub value: Expanded,
    /// Where it is set, name and value.
    pub span: Span,
    /// True for `ARG NAME` without any default: [`Variable::value`] is unknown, but not set by the file.
    pub open: bool,
}

/// Variables by name.
pub type Variables = BTreeMap<String, Variable>;

/// What is under the variables a stage sets itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Nothing: before the first `FROM`, or a stage from scratch.
    Nothing,
    /// An image whose environment the file does not tell.
    Image(String),
    /// Too many variables to follow.
    Limit,
}

/// The variables that are in force at one instruction.
#[derive(Clone, Debug)]
pub struct Scope {
    pub(super) escape: char,
    pub(super) globals: Arc<Variables>,
    pub(super) env: Arc<Variables>,
    pub(super) args: Variables,
    pub(super) ground: Ground,
    /// True while `FROM` and global `ARG`s are read.
    pub(super) global: bool,
    /// Bytes of values kept so far, over all stages.
    pub(super) spent: usize,
}

impl Scope {
    pub(super) fn global(escape: char) -> Self {
        Self {
            escape,
            globals: Arc::default(),
            env: Arc::default(),
            args: Variables::new(),
            ground: Ground::Nothing,
            global: true,
            spent: 0,
        }
    }

    /// Fills the variables of a word in, and takes its quotes and escapes out. For words that Docker
    /// expands; commands are expanded by their shell.
    pub fn expand(&self, text: &str) -> Expanded {
        expand(text, self.escape, &|name| self.value(name))
    }

    /// What a variable holds here.
    pub fn value(&self, name: &str) -> Value<'_> {
        if let Some(variable) = self.env.get(name).or_else(|| self.args.get(name)) {
            return match &variable.value {
                Expanded::Known(text) => Value::Known(text),
                Expanded::Unknown(why) if variable.open => Value::Open(why),
                Expanded::Unknown(why) => Value::Unknown(why.clone()),
            };
        }
        let unresolved = |detail: String| Value::Unknown(Why::new(WhyCode::Unresolved, detail));
        if self.global && PLATFORM.contains(&name) {
            return unresolved(format!("`{name}` depends on the platform that is built for"));
        }
        if !self.global && PROXY.contains(&name) {
            return unresolved(format!("`{name}` is set by whoever builds"));
        }
        match &self.ground {
            Ground::Nothing => Value::Unset,
            Ground::Image(image) => unresolved(format!("`{name}` is not set here; `{image}` may set it")),
            Ground::Limit => Value::Unknown(Why::new(WhyCode::Limit, "too many variables to follow")),
        }
    }

    /// The environment set by the file: `ENV` of this stage and those it is built on.
    pub fn env(&self) -> &Variables {
        &self.env
    }

    /// Build arguments declared so far in this stage (before the first `FROM`: the global ones).
    pub fn args(&self) -> &Variables {
        &self.args
    }

    pub(super) fn set_env(&mut self, pairs: &[Pair]) {
        // All values of one ENV see the variables as they were before it.
        let values: Vec<_> = pairs.iter().map(|p| (p, self.expand(p.value.text()))).collect();
        for (pair, value) in values {
            let value = self.afford(value);
            let Expanded::Known(key) = self.expand(pair.key.text()) else { continue };
            Arc::make_mut(&mut self.env).insert(key, Variable { value, span: pair.span(), open: false });
        }
    }

    pub(super) fn set_args(&mut self, defs: &[ArgDef]) {
        for def in defs {
            let name = def.name.text();
            let variable = match &def.default {
                Some(default) => {
                    let value = self.expand(default.text());
                    Variable { value: self.afford(value), span: def.span(), open: false }
                }
                None => self.undefaulted(name, def.span()),
            };
            self.args.insert(name.to_owned(), variable);
        }
    }

    fn afford(&mut self, value: Expanded) -> Expanded {
        self.spent += value.known().map_or(0, str::len);
        if self.spent > MAX_KEPT {
            return Expanded::Unknown(Why::new(WhyCode::Limit, "the file's variables grow too large"));
        }
        value
    }

    fn undefaulted(&self, name: &str, span: Span) -> Variable {
        if let Some(global) = self.globals.get(name) {
            return global.clone();
        }
        let platform = PLATFORM.contains(&name);
        let detail = if platform {
            format!("`{name}` depends on the platform that is built for")
        } else {
            format!("`{name}` is a build argument without a default")
        };
        Variable { value: Expanded::Unknown(Why::new(WhyCode::Unresolved, detail)), span, open: !platform }
    }
}
