//! kubeadm: `ClusterConfiguration` and its like, alone and inside Cluster API objects.

use super::words::placeholder_in;
use super::{Anchor, Component, Flag, Form, Given, Program, Source};
use crate::kube::Object;
use syntax::Node;

/// What kubeadm passes to a component if nothing else is said (cmd/kubeadm, "control plane manifests" and
/// the generated kubelet configuration). Values that only tell "set" stand for any path.
const DEFAULTS: &[(Program, &[(&str, &str)])] = &[
    (
        Program::ApiServer,
        &[
            ("authorization-mode", "Node,RBAC"),
            ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
            ("enable-admission-plugins", "NodeRestriction"),
            ("insecure-port", "0"),
            ("kubelet-client-certificate", "/etc/kubernetes/pki/apiserver-kubelet-client.crt"),
            ("kubelet-client-key", "/etc/kubernetes/pki/apiserver-kubelet-client.key"),
            ("secure-port", "6443"),
            ("service-account-issuer", "https://kubernetes.default.svc.cluster.local"),
            ("service-account-key-file", "/etc/kubernetes/pki/sa.pub"),
            ("service-account-signing-key-file", "/etc/kubernetes/pki/sa.key"),
            ("tls-cert-file", "/etc/kubernetes/pki/apiserver.crt"),
            ("tls-private-key-file", "/etc/kubernetes/pki/apiserver.key"),
        ],
    ),
    (
        Program::ControllerManager,
        &[
            ("bind-address", "127.0.0.1"),
            ("root-ca-file", "/etc/kubernetes/pki/ca.crt"),
            ("service-account-private-key-file", "/etc/kubernetes/pki/sa.key"),
            ("use-service-account-credentials", "true"),
        ],
    ),
    (Program::Scheduler, &[("bind-address", "127.0.0.1")]),
    (
        Program::Etcd,
        &[
            ("cert-file", "/etc/kubernetes/pki/etcd/server.crt"),
            ("client-cert-auth", "true"),
            ("key-file", "/etc/kubernetes/pki/etcd/server.key"),
            ("listen-client-urls", "https://127.0.0.1:2379"),
            ("listen-metrics-urls", "http://127.0.0.1:2381"),
            ("listen-peer-urls", "https://127.0.0.1:2380"),
            ("peer-cert-file", "/etc/kubernetes/pki/etcd/peer.crt"),
            ("peer-client-cert-auth", "true"),
            ("peer-key-file", "/etc/kubernetes/pki/etcd/peer.key"),
            ("peer-trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
            ("trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
        ],
    ),
    (
        Program::Kubelet,
        &[
            ("anonymous-auth", "false"),
            ("authorization-mode", "Webhook"),
            ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
            ("read-only-port", "0"),
            ("rotate-certificates", "true"),
        ],
    ),
];

/// kubeadm's own connection to the etcd it runs.
const LOCAL_ETCD: &[(&str, &str)] = &[
    ("etcd-cafile", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("etcd-certfile", "/etc/kubernetes/pki/apiserver-etcd-client.crt"),
    ("etcd-keyfile", "/etc/kubernetes/pki/apiserver-etcd-client.key"),
    ("etcd-servers", "https://127.0.0.1:2379"),
];

/// What kubeadm sets for a flag that is not given.
pub fn default(component: &Component<'_>, flag: &str) -> Option<&'static str> {
    if !component.kubeadm {
        return None;
    }
    let of = |table: &[(&str, &'static str)]| table.iter().find(|(n, _)| *n == flag).map(|(_, v)| *v);
    if component.program == Program::ApiServer
        && !component.owner_section("etcd").get("external").is_set()
        && let Some(value) = of(LOCAL_ETCD)
    {
        return Some(value);
    }
    DEFAULTS.iter().find(|(program, _)| *program == component.program).and_then(|(_, table)| of(table))
}

/// Adds the components that an object configures by way of kubeadm.
pub fn components<'a>(object: &Object<'a>, found: &mut Vec<Component<'a>>) {
    let spec = object.spec();
    let config = match object.kind {
        "ClusterConfiguration" | "MasterConfiguration" => return cluster(object, object.root, found),
        "InitConfiguration" | "JoinConfiguration" | "NodeConfiguration" => {
            return node(object, object.root, found);
        }
        "KubeadmControlPlane" => spec.get("kubeadmConfigSpec"),
        "KubeadmControlPlaneTemplate" => spec.at("template.spec.kubeadmConfigSpec"),
        "KubeadmConfig" => spec,
        "KubeadmConfigTemplate" => spec.at("template.spec"),
        _ => return,
    };
    let inner = config.get("clusterConfiguration");
    if inner.is_map() {
        let first = found.len();
        cluster(object, inner, found);
        let minor = spec.get("version").scalar().and_then(super::command::minor_of);
        for component in found.iter_mut().skip(first) {
            component.minor = component.minor.or(minor);
        }
    }
    for key in ["initConfiguration", "joinConfiguration"] {
        node(object, config.get(key), found);
    }
}

fn cluster<'a>(object: &Object<'a>, root: Node<'a>, found: &mut Vec<Component<'a>>) {
    let minor = root.get("kubernetesVersion").scalar().and_then(super::command::minor_of);
    let pairs = pairs(object);
    let all: [(Program, &'static [&'static str], &str); 3] = [
        (Program::ApiServer, &["apiServer", "extraArgs"], "apiServerExtraArgs"),
        (Program::ControllerManager, &["controllerManager", "extraArgs"], "controllerManagerExtraArgs"),
        (Program::Scheduler, &["scheduler", "extraArgs"], "schedulerExtraArgs"),
    ];
    for (program, route, old) in all {
        let mut component = section(object, program, Source::Kubeadm, root, route, pairs);
        component.minor = minor;
        component.read_arguments(root.get(old));
        if program == Program::ApiServer {
            component.read_external_etcd(root.at("etcd.external"));
        }
        found.push(component);
    }
    if !root.at("etcd.external").is_set() {
        found.push(section(
            object,
            Program::Etcd,
            Source::Kubeadm,
            root,
            &["etcd", "local", "extraArgs"],
            pairs,
        ));
    }
}

fn node<'a>(object: &Object<'a>, root: Node<'a>, found: &mut Vec<Component<'a>>) {
    let route: &[&str] = &["nodeRegistration", "kubeletExtraArgs"];
    if !root.path(route).is_empty() {
        found.push(section(object, Program::Kubelet, Source::Partial, root, route, pairs(object)));
    }
}

/// True if new arguments are written as a list of names and values: kubeadm v1beta4, Cluster API v1beta2.
fn pairs(object: &Object<'_>) -> bool {
    match object.group() {
        "kubeadm.k8s.io" => object.version() >= "v1beta4" && object.version().starts_with("v1beta"),
        _ => object.version() == "v1beta2",
    }
}

fn section<'a>(
    object: &Object<'a>,
    program: Program,
    source: Source,
    root: Node<'a>,
    route: &'static [&'static str],
    pairs: bool,
) -> Component<'a> {
    let mut component = Component::new(program, source, object, root);
    let arguments = root.path(route);
    let missing = [arguments, root.path(route.split_last().map_or(&[][..], |(_, init)| init))]
        .into_iter()
        .find(|n| n.is_set());
    let head = if root == object.root { object.head() } else { root };
    component.place = missing.unwrap_or(head);
    component.anchor = if arguments.is_seq() || (pairs && !arguments.is_map()) {
        Anchor::Pairs(root, route)
    } else {
        Anchor::Map(root, route)
    };
    component.read_arguments(arguments);
    component
}

impl<'a> Component<'a> {
    /// Reads `name: value` or a list of `{name, value}`.
    pub(super) fn read_arguments(&mut self, arguments: Node<'a>) {
        let mut read = |name: &str, value: Node<'a>| {
            let text = value.scalar().unwrap_or("");
            let given = Given::of(text, placeholder_in(text));
            self.flags.push(Flag { name: name.replace('_', "-"), given, place: value, form: Form::Value });
        };
        for (name, value) in arguments.entries() {
            read(name, value);
        }
        for pair in arguments.items() {
            if let Some(name) = pair.get("name").scalar() {
                read(name, pair.get("value"));
            }
        }
        if arguments.is_set() && !arguments.is_map() && !arguments.is_seq() {
            let why = arguments.scalar().and_then(placeholder_in).unwrap_or_else(|| {
                model::Why::new(model::WhyCode::Malformed, "the arguments should be a mapping or a list")
            });
            self.hidden.get_or_insert((why, arguments));
        }
    }

    fn read_external_etcd(&mut self, external: Node<'a>) {
        for (key, flag) in
            [("caFile", "etcd-cafile"), ("certFile", "etcd-certfile"), ("keyFile", "etcd-keyfile")]
        {
            let value = external.get(key);
            if let Some(text) = value.scalar() {
                self.push(flag, Given::Text(text.to_owned()), value, Form::Inline);
            }
        }
        for endpoint in external.get("endpoints").items() {
            if let Some(text) = endpoint.scalar() {
                let given = Given::of(text, placeholder_in(text));
                self.push("etcd-servers", given, endpoint, Form::Inline);
            }
        }
    }

    /// A section beside the component's own in its kubeadm configuration.
    fn owner_section(&self, key: &str) -> Node<'a> {
        self.root.get(key)
    }
}
