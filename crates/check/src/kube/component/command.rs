//! Components run by containers.

use super::words::{self, Word};
use super::{Anchor, Component, Flag, Form, Given, Program, Source};
use crate::kube::{Container, Object};
use model::{Why, WhyCode};
use std::collections::BTreeSet;
use syntax::{ImageRef, Node};

/// Programs that run the program they are given.
const WRAPPERS: &[&str] = &[
    "go-runner",
    "tini",
    "dumb-init",
    "catatonit",
    "env",
    "exec",
    "nice",
    "ionice",
    "nohup",
    "sudo",
    "chroot",
    "nsenter",
    "hyperkube",
    "timeout",
    "setpriv",
    "su-exec",
    "gosu",
    "numactl",
];

const SHELLS: &[&str] = &["sh", "bash", "ash", "dash", "zsh", "ksh"];

/// How many programs may start one another.
const DEPTH: usize = 8;

/// Flags of k3s and RKE2 that carry flags of a component.
const CARRIERS: &[(&str, Program)] = &[
    ("kube-apiserver-arg", Program::ApiServer),
    ("kube-controller-manager-arg", Program::ControllerManager),
    ("kube-scheduler-arg", Program::Scheduler),
    ("etcd-arg", Program::Etcd),
    ("kubelet-arg", Program::Kubelet),
    ("kube-proxy-arg", Program::KubeProxy),
];

/// Adds the component that a container runs, if any.
pub fn components<'a>(owner: &Object<'a>, container: &Container<'a>, found: &mut Vec<Component<'a>>) {
    let env = container.node.get("env");
    let (command, args) = (container.node.get("command"), container.node.get("args"));
    let image = container.node.get("image").as_str().and_then(|i| ImageRef::parse(i).ok());
    if command.items().next().and_then(Node::scalar).is_none() && !args.is_seq() {
        return;
    }
    let mut all: Vec<Word<'a>> =
        command.items().chain(args.items()).filter_map(|n| words::item(n, env)).collect();
    let mut list = if args.is_seq() && !args.is_empty() { args } else { command };
    let program = if command.is_seq() && !command.is_empty() {
        start(&mut all, &mut list, 0)
    } else {
        image.as_ref().and_then(|i| by_image(i.base_name(), &mut all))
    };
    let minor = image.as_ref().and_then(|i| i.effective_tag()).and_then(minor_of);
    match program {
        Some(Started::Component(program)) => {
            let mut component = Component::new(program, Source::Command, owner, container.node);
            component.place = if command.is_seq() && !command.is_empty() { command } else { args };
            // A tag of etcd is its own version, not that of Kubernetes.
            component.minor = minor.filter(|_| program != Program::Etcd);
            component.anchor = if list.is_seq() && all.iter().all(|w| w.own_item) {
                Anchor::Words(list)
            } else {
                Anchor::Nowhere
            };
            component.read(&all);
            if program == Program::Etcd {
                component.read_etcd_environment(env, container.node.get("envFrom"));
            }
            component.note_config_file();
            if !component.flags.is_empty() || command.is_set() {
                found.push(component);
            }
        }
        Some(Started::Bundle) => bundled(owner, container, &all, found),
        None => {}
    }
}

enum Started {
    Component(Program),
    /// k3s, RKE2: one program that is all of them.
    Bundle,
}

/// Finds the program that a command line starts and drops the words before its flags.
fn start<'a>(all: &mut Vec<Word<'a>>, list: &mut Node<'a>, depth: usize) -> Option<Started> {
    if depth > DEPTH {
        return None;
    }
    let first = base(&all.first()?.text);
    if let Some(program) = Program::of_path(first) {
        all.remove(0);
        return Some(Started::Component(program));
    }
    if matches!(first, "k3s" | "rke2") {
        all.remove(0);
        return Some(Started::Bundle);
    }
    if let Some(shell) = all.iter().position(|w| SHELLS.contains(&base(&w.text)))
        && (shell == 0 || WRAPPERS.contains(&first))
    {
        let rest = all.get(shell + 1..)?;
        let dash_c = rest.iter().position(|w| w.text.starts_with('-') && w.text.ends_with('c'))?;
        let script = rest.get(dash_c + 1)?.clone();
        *list = script.node;
        let tail: Vec<Word<'a>> = rest.get(dash_c + 2..).unwrap_or_default().to_vec();
        for mut command in words::script(&script.text, script.node) {
            let noise = command.iter().take_while(|w| is_noise(&w.text)).count();
            command.drain(..noise);
            let mut ignored = script.node;
            if command.first().is_some_and(|w| !SHELLS.contains(&base(&w.text)))
                && let Some(started) = start(&mut command, &mut ignored, depth + 1)
            {
                if script.text.contains("$@") || script.text.contains("$*") {
                    command.extend(tail.into_iter().skip(1));
                    command.retain(|w| !matches!(w.text.as_str(), "$@" | "$*"));
                }
                *all = command;
                return Some(started);
            }
        }
        return None;
    }
    if !WRAPPERS.contains(&first) {
        return None;
    }
    let is_program = |w: &Word<'_>| {
        if first == "hyperkube" { Program::of_hyperkube(&w.text) } else { named(&w.text) }
    };
    let at = all.iter().skip(1).position(|w| {
        !w.text.starts_with('-') && (is_program(w).is_some() || base(&w.text) == "hyperkube")
    })? + 1;
    let found = all.get(at).and_then(is_program);
    all.drain(..if found.is_some() { at + 1 } else { at });
    found.map(Started::Component).or_else(|| start(all, list, depth + 1))
}

/// Words before the program in a simple command: assignments and keywords.
fn is_noise(word: &str) -> bool {
    let assigns = word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    });
    assigns || matches!(word, "exec" | "then" | "do" | "else" | "{" | "(" | "command" | "!")
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The program that an argument names: as a bare word or in a folder of programs. Other paths that end alike
/// are folders (`/var/lib/kubelet`).
fn named(word: &str) -> Option<Program> {
    let folder = word.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.is_empty() || folder.split('/').any(|part| part.ends_with("bin") || part == "hyperkube") {
        Program::of_path(word).filter(|_| !word.starts_with('-'))
    } else {
        None
    }
}

/// Without a command the image's own program runs; it is taken for the one the image is named after.
fn by_image(name: &str, all: &mut Vec<Word<'_>>) -> Option<Started> {
    let name = base(name);
    if name.starts_with("hyperkube") {
        let program = all.first().and_then(|w| Program::of_hyperkube(&w.text))?;
        all.remove(0);
        return Some(Started::Component(program));
    }
    if matches!(name, "k3s" | "rke2") {
        return Some(Started::Bundle);
    }
    // Arguments that begin with the program itself are those of an image with a wrapper as entry point.
    if let Some(program) = all.first().and_then(|w| named(&w.text))
        && all.get(1).is_none_or(|w| w.text.starts_with('-'))
    {
        all.remove(0);
        return Some(Started::Component(program));
    }
    let program = Program::of_path(name)?;
    all.first().is_some_and(|w| w.text.starts_with('-')).then_some(Started::Component(program))
}

/// The minor version in `v1.29.3` or `1.29.3-gke.1`.
pub(super) fn minor_of(text: &str) -> Option<u32> {
    let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn bundled<'a>(
    owner: &Object<'a>,
    container: &Container<'a>,
    all: &[Word<'a>],
    found: &mut Vec<Component<'a>>,
) {
    let mut outer = Component::new(Program::Kubelet, Source::Partial, owner, container.node);
    outer.read(all);
    for (carrier, program) in CARRIERS {
        let mut component = Component::new(*program, Source::Partial, owner, container.node);
        for flag in outer.flags.iter().filter(|f| f.name == *carrier) {
            if let Given::Text(text) = &flag.given {
                component.push_argument(text, flag.place);
            }
        }
        if !component.flags.is_empty() {
            found.push(component);
        }
    }
}

impl<'a> Component<'a> {
    /// Reads flags from the words after the program's name.
    fn read(&mut self, all: &[Word<'a>]) {
        let mut words = all.iter().peekable();
        while let Some(word) = words.next() {
            let Some(name) = word.text.strip_prefix("--").or_else(|| word.text.strip_prefix('-')) else {
                // A word that is wholly filled in later may be any flag.
                if let Some(why) = &word.unknown {
                    self.hidden.get_or_insert((why.clone(), word.node));
                }
                continue;
            };
            let form = |own| if own { Form::Item } else { Form::Inline };
            if let Some((name, value)) = name.split_once('=') {
                // The list may stand in quotes of its own inside the word: `--flag="value"`.
                let value = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
                let given = Given::of(value, word.unknown.clone());
                self.push(name, given, word.node, form(word.own_item));
                continue;
            }
            let value = words.next_if(|next| {
                !next.text.starts_with('-')
                    || next.text.strip_prefix('-').is_some_and(|n| n.parse::<u64>().is_ok())
            });
            match value {
                Some(value) => {
                    let given = Given::of(&value.text, value.unknown.clone());
                    let form = if value.own_item { Form::Value } else { Form::Inline };
                    self.push(name, given, value.node, form);
                }
                None => {
                    self.push(name, Given::Text("true".to_owned()), word.node, form(word.own_item));
                }
            }
        }
    }

    pub(super) fn push(&mut self, name: &str, given: Given, place: Node<'a>, form: Form) {
        // The flag library of Kubernetes takes `_` for `-`.
        self.flags.push(Flag { name: name.trim().replace('_', "-"), given, place, form });
    }

    /// Reads `name=value`, with or without dashes in front.
    pub(super) fn push_argument(&mut self, text: &str, place: Node<'a>) {
        let text = text.trim_start_matches('-');
        let (name, value) = text.split_once('=').unwrap_or((text, "true"));
        let given = Given::of(value, words::placeholder_in(text));
        self.push(name, given, place, Form::Inline);
    }

    /// etcd takes every flag from `ETCD_...` too; the command line wins.
    fn read_etcd_environment(&mut self, env: Node<'a>, env_from: Node<'a>) {
        let given_flags: BTreeSet<String> = self.flags.iter().map(|f| f.name.clone()).collect();
        let mut flags = Vec::new();
        for variable in env.items() {
            let name = variable.get("name").scalar().and_then(|n| n.strip_prefix("ETCD_"));
            let Some(name) = name else { continue };
            let value = variable.get("value");
            let unknown = match value.scalar() {
                Some(text) => words::placeholder_in(text),
                None => Some(format!("`ETCD_{name}` comes from another object"))
                    .map(|detail| Why::new(WhyCode::MissingInput, detail)),
            };
            let given = Given::of(value.scalar().unwrap_or(""), unknown);
            let name = name.to_ascii_lowercase().replace('_', "-");
            let place = if value.exists() { value } else { variable };
            if !given_flags.contains(&name) {
                flags.push(Flag { name, given, place, form: Form::Inline });
            }
        }
        self.flags.splice(0..0, flags);
        if env_from.is_seq() && !env_from.is_empty() {
            let why = Why::new(WhyCode::MissingInput, "settings may come from `envFrom`");
            self.hidden.get_or_insert((why, env_from));
        }
    }

    /// Notes that settings may stand in a file which the command line names.
    fn note_config_file(&mut self) {
        let Some(name) = self.program.config_flag() else { return };
        let named = self.flags.iter().rev().find(|f| f.name == name);
        if let Some(flag) = named.filter(|f| f.given != Given::Text(String::new())) {
            let why = Why::new(WhyCode::MissingInput, "settings may stand in the file named by this flag");
            let place = flag.place;
            self.config = Some((why, place));
        }
    }
}
