//! Programs of the control plane and of nodes, with the settings they run with, wherever these are written.

mod command;
mod fields;
mod kubeadm;
mod managed;
mod program;
mod settings;
#[cfg(test)]
mod tests;
mod words;

pub use program::Program;
pub use settings::duration_ms;

use super::{Object, Pod};
use model::Why;
use syntax::Node;

/// Where the settings of a component are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// On the command line of a container.
    Command,
    /// In the configuration of kubeadm, which sets a good deal by itself.
    Kubeadm,
    /// In the component's own configuration file.
    File,
    /// In the configuration of a tool that sets the rest by itself (kOps, k0s, k3s, Rancher; the kubelet
    /// arguments of kubeadm). What is not written there says nothing.
    Partial,
}

/// What a flag was given.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Given {
    Text(String),
    /// Why, and the text as it stands.
    Unknown(Why, String),
}

impl Given {
    /// A text that is final unless there is a reason why it isn't.
    fn of(text: &str, unknown: Option<Why>) -> Self {
        let text = text.trim().to_owned();
        unknown.map_or_else(|| Self::Text(text.clone()), |why| Self::Unknown(why, text.clone()))
    }
}

/// How a flag was written, for fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `--flag=value` or `--flag` as an item.
    Item,
    /// The value is an item or a mapping's value of its own.
    Value,
    /// Inside a script or an environment variable: no mechanical fix.
    Inline,
}

#[derive(Clone, Debug)]
struct Flag<'a> {
    /// Without dashes in front.
    name: String,
    given: Given,
    place: Node<'a>,
    form: Form,
}

/// Where a flag that is not there would be added.
#[derive(Clone, Copy, Debug)]
enum Anchor<'a> {
    /// A list of command-line words.
    Words(Node<'a>),
    /// A mapping from names to values, reached from a node that exists.
    Map(Node<'a>, &'static [&'static str]),
    /// A list of `name` and `value`, reached from a node that exists.
    Pairs(Node<'a>, &'static [&'static str]),
    /// The fields of a configuration file.
    Fields(Node<'a>),
    /// Nowhere.
    Nowhere,
}

/// A program of the control plane or of a node, with the settings it runs with.
#[derive(Clone, Debug)]
pub struct Component<'a> {
    /// Which program.
    pub program: Program,
    /// Where its settings are written.
    pub source: Source,
    /// The object that holds it.
    pub owner: Object<'a>,
    /// The mapping its settings stand in: the container, the configuration file, the section.
    pub root: Node<'a>,
    /// Where to point for a setting that is not there.
    pub place: Node<'a>,
    /// Minor version of Kubernetes it is of, where its image or its configuration says so.
    pub minor: Option<u32>,
    flags: Vec<Flag<'a>>,
    /// Set if some settings can't be seen: a template, a shell variable, a file named on the command line.
    hidden: Option<(Why, Node<'a>)>,
    /// Set if the command line names a configuration file.
    config: Option<(Why, Node<'a>)>,
    /// A mapping of fields that stand for flags.
    fields: Option<Node<'a>>,
    /// kubeadm fills in what is not set.
    kubeadm: bool,
    anchor: Anchor<'a>,
}

/// The components that an object runs or configures.
pub fn components<'a>(object: &Object<'a>, pods: &[Pod<'a>]) -> Vec<Component<'a>> {
    let mut found = Vec::new();
    for pod in pods {
        for container in pod.containers().filter(super::Container::is_long_running) {
            command::components(object, &container, &mut found);
        }
    }
    // A template where a pod's containers should be: not valid, but plainly meant.
    let template = object.spec().get("template");
    if object.kind == "Pod" && object.is_builtin() && template.is_map() {
        for container in (Pod { owner: *object, template }).containers() {
            command::components(object, &container, &mut found);
        }
    }
    match object.group() {
        "kubelet.config.k8s.io" if object.kind == "KubeletConfiguration" => {
            found.push(fields::component(object, Program::Kubelet));
        }
        "kubescheduler.config.k8s.io" if object.kind == "KubeSchedulerConfiguration" => {
            found.push(fields::component(object, Program::Scheduler));
        }
        "kubeproxy.config.k8s.io" if object.kind == "KubeProxyConfiguration" => {
            found.push(fields::component(object, Program::KubeProxy));
        }
        "kubeadm.k8s.io" | "bootstrap.cluster.x-k8s.io" | "controlplane.cluster.x-k8s.io" => {
            kubeadm::components(object, &mut found);
        }
        "kops.k8s.io" | "k0s.k0sproject.io" | "provisioning.cattle.io" => {
            managed::components(object, &mut found);
        }
        _ => {}
    }
    found
}

impl<'a> Component<'a> {
    fn new(program: Program, source: Source, owner: &Object<'a>, root: Node<'a>) -> Self {
        Self {
            program,
            source,
            owner: *owner,
            root,
            place: root,
            minor: None,
            flags: Vec::new(),
            hidden: None,
            config: None,
            fields: None,
            kubeadm: source == Source::Kubeadm,
            anchor: Anchor::Nowhere,
        }
    }

    /// True if a setting that is not written here says nothing about the component.
    pub fn is_partial(&self) -> bool {
        self.source == Source::Partial
    }

    /// True if any of these settings is written here.
    pub fn has_any(&self, flags: &[&str]) -> bool {
        flags.iter().any(|flag| !matches!(self.text(flag), model::Val::Absent(_)))
    }
}
