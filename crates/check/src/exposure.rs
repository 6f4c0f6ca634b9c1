//! How each pod can be reached, and what its service account may do: facts for ranking findings.
//!
//! Data flow: Services are matched to pods by namespace and labels; what leads to a Service (Ingress,
//! routes of the Gateway API and of common controllers) is followed by name; bindings are looked up by
//! service account. All of it once, in time linear in the input for selectors that tell pods apart, and
//! bounded for those that do not.

use crate::kube::rbac::{self, Ask, Power};
use crate::kube::{Binding, Object, Pod, select};
use crate::{Inventory, Place};
use std::collections::{BTreeMap, HashMap};
use syntax::{Node, NodeId};

/// Comparisons of labels that matching Services may cost in one inventory.
const MATCH_BUDGET: usize = 1_000_000;

/// Routes kept for one pod; more say nothing new.
const MOST_ROUTES: usize = 32;

/// How a pod is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteKind {
    /// A port of the node is mapped to the container.
    HostPort,
    /// It shares the node's network.
    HostNetwork,
    /// A Service opens a port on every node.
    NodePort,
    /// A Service with addresses outside of the cluster's own.
    ExternalIp,
    /// A Service asks for a load balancer within the cloud's private network.
    InternalLoadBalancer,
    /// A Service asks for a load balancer.
    LoadBalancer,
    /// An Ingress, or a route of the Gateway API or of another ingress controller, leads to its Service.
    Ingress,
}

/// One way to reach a pod.
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// What makes the way: the Service's type, the backend of an Ingress, the host port.
    pub place: Place<'a>,
    /// The kind of way.
    pub kind: RouteKind,
    /// For a report: ``Service `web` (LoadBalancer)``.
    pub label: String,
}

/// What a service account may do that an attacker would want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RightKind {
    /// Every verb on every resource.
    Everything,
    /// Rights beyond its own: escalate, bind, impersonate, or writing bindings.
    Escalation,
    /// The contents of Secrets.
    ReadSecrets,
    /// Commands in other pods.
    Exec,
    /// New pods, with any service account and volume of their namespace.
    CreatePods,
    /// The kubelets' own interface.
    NodesProxy,
}

impl RightKind {
    /// For a report: `may read Secrets`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Everything => "may do everything",
            Self::Escalation => "may raise its own rights",
            Self::ReadSecrets => "may read Secrets",
            Self::Exec => "may run commands in pods",
            Self::CreatePods => "may create pods",
            Self::NodesProxy => "may use the kubelets' interface",
        }
    }
}

/// A right, and where it comes from.
#[derive(Clone, Debug)]
pub struct Right<'a> {
    /// What it is.
    pub kind: RightKind,
    /// True if it holds in all namespaces.
    pub cluster_wide: bool,
    /// The binding that gives it.
    pub place: Place<'a>,
    /// For a report: ``may read Secrets in every namespace (ClusterRoleBinding `x`)``.
    pub label: String,
}

/// What is known about one pod.
#[derive(Clone, Debug, Default)]
pub struct Reach<'a> {
    /// The ways to reach it, in order of kind.
    pub routes: Vec<Route<'a>>,
    /// The rights of its service account, cluster-wide ones first.
    pub rights: Vec<Right<'a>>,
}

impl Reach<'_> {
    /// True if something leads to it from outside the cluster.
    pub fn is_exposed(&self) -> bool {
        !self.routes.is_empty()
    }
}

/// The facts about every pod of an inventory.
#[derive(Debug, Default)]
pub struct Exposure<'a> {
    /// By the position of the owner in the inventory and the node of the template.
    pods: HashMap<(usize, NodeId), Reach<'a>>,
}

const RBAC_WRITES: &[&str] = &["create", "update", "patch"];

/// The powers that matter for ranking.
static POWERS: [(RightKind, Power); 5] = [
    (
        RightKind::Escalation,
        power(&[
            Ask::on(rbac::GROUP, "clusterroles", "", &["escalate", "bind"]),
            Ask::on(rbac::GROUP, "roles", "", &["escalate", "bind"]),
            Ask::on(rbac::GROUP, "clusterrolebindings", "", RBAC_WRITES),
            Ask::on(rbac::GROUP, "rolebindings", "", RBAC_WRITES),
            Ask::on("", "users", "", &["impersonate"]),
            Ask::on("", "groups", "", &["impersonate"]),
            Ask::on("", "serviceaccounts", "", &["impersonate"]),
            Ask::on("", "serviceaccounts", "token", &["create"]),
        ]),
    ),
    (RightKind::ReadSecrets, power(&[Ask::on("", "secrets", "", &["get", "list", "watch"])])),
    (RightKind::Exec, power(&[Ask::on("", "pods", "exec", &["create", "get"])])),
    (
        RightKind::CreatePods,
        power(&[
            Ask::on("", "pods", "", &["create"]),
            Ask::on("apps", "deployments", "", &["create"]),
            Ask::on("apps", "daemonsets", "", &["create"]),
            Ask::on("apps", "statefulsets", "", &["create"]),
            Ask::on("apps", "replicasets", "", &["create"]),
            Ask::on("batch", "jobs", "", &["create"]),
            Ask::on("batch", "cronjobs", "", &["create"]),
        ]),
    ),
    (RightKind::NodesProxy, power(&[Ask::on("", "nodes", "proxy", &["get", "create"])])),
];

const fn power(asks: &'static [Ask]) -> Power {
    Power { what: "", asks, namespaced: true, though_named: false }
}

/// The rights a role gives, each once.
fn rights_of_role(role: &Object<'_>) -> Vec<RightKind> {
    let mut kinds = Vec::new();
    for rule in rbac::rules(role) {
        if rule.is_everything() {
            return vec![RightKind::Everything];
        }
        for (kind, power) in &POWERS {
            if !kinds.contains(kind) && !rule.gives(power).is_empty() {
                kinds.push(*kind);
            }
        }
    }
    kinds
}

/// The rights of the built-in roles, by name.
fn rights_of_builtin(name: &str) -> &'static [RightKind] {
    match name {
        "cluster-admin" => &[RightKind::Everything],
        "admin" => &[RightKind::Escalation, RightKind::ReadSecrets, RightKind::Exec, RightKind::CreatePods],
        "edit" => &[RightKind::ReadSecrets, RightKind::Exec, RightKind::CreatePods],
        _ => &[],
    }
}

/// Ways to Services, by namespace and name.
pub type Ways<'a> = HashMap<(&'a str, &'a str), Vec<Route<'a>>>;

impl<'a> Exposure<'a> {
    /// Gathers the facts about every pod of `inventory`.
    pub fn new(inventory: &Inventory<'a>) -> Self {
        let mut exposure = Self::default();
        for pod in inventory.pods() {
            exposure.pods.insert(key(pod), Reach { routes: own_routes(pod), rights: Vec::new() });
        }
        exposure.add_services(inventory);
        exposure.add_rights(inventory);
        for reach in exposure.pods.values_mut() {
            reach.routes.sort_by(|a, b| (a.kind, &a.label).cmp(&(b.kind, &b.label)));
            reach.routes.dedup_by(|a, b| a.kind == b.kind && a.label == b.label);
        }
        exposure
    }

    /// The facts about a pod; nothing for a pod of another inventory.
    pub fn of(&self, pod: &Pod<'a>) -> Reach<'a> {
        self.get(pod).cloned().unwrap_or_default()
    }

    /// The facts about a pod, borrowed.
    pub fn get(&self, pod: &Pod<'a>) -> Option<&Reach<'a>> {
        self.pods.get(&key(pod))
    }

    fn add_services(&mut self, inventory: &Inventory<'a>) {
        let ways = ways(inventory);
        let finder = PodFinder::new(inventory.pods());
        let mut budget = MATCH_BUDGET;
        for service in inventory.of_kind("Service") {
            let mut routes = service_routes(service);
            routes.extend(ways.get(&(service.namespace(), service.name())).into_iter().flatten().cloned());
            if routes.is_empty() {
                continue;
            }
            for pod in finder.selected(service, &mut budget) {
                if let Some(reach) = self.pods.get_mut(&key(pod)) {
                    let room = MOST_ROUTES.saturating_sub(reach.routes.len());
                    reach.routes.extend(routes.iter().take(room).cloned());
                }
            }
        }
    }

    fn add_rights(&mut self, inventory: &Inventory<'a>) {
        let mut by_role: HashMap<(bool, &'a str, &'a str), Vec<RightKind>> = HashMap::new();
        let mut by_account: BTreeMap<(&'a str, &'a str), Vec<Right<'a>>> = BTreeMap::new();
        for pod in inventory.pods() {
            let account = (pod.namespace(), pod.service_account());
            let rights = by_account.entry(account).or_insert_with(|| {
                let mut rights = Vec::new();
                for binding in inventory.access().of_service_account(account.0, account.1) {
                    let namespace = if binding.to_cluster_role { "" } else { binding.object.namespace() };
                    let role = (binding.to_cluster_role, namespace, binding.role);
                    let kinds = by_role.entry(role).or_insert_with(|| rights_of_ref(inventory, binding));
                    rights.extend(kinds.iter().map(|kind| right(*kind, binding)));
                }
                rights.sort_by(|a, b| {
                    (!a.cluster_wide, a.kind, &a.label).cmp(&(!b.cluster_wide, b.kind, &b.label))
                });
                rights.dedup_by_key(|r| (r.cluster_wide, r.kind));
                rights
            });
            if let Some(reach) = self.pods.get_mut(&key(pod)) {
                reach.rights.clone_from(rights);
            }
        }
    }
}

fn key(pod: &Pod<'_>) -> (usize, NodeId) {
    (pod.owner.index, pod.template.id())
}

fn rights_of_ref(inventory: &Inventory<'_>, binding: &Binding<'_>) -> Vec<RightKind> {
    if !binding.to_cluster_role {
        let role = inventory.find("Role", binding.object.namespace(), binding.role);
        return role.map(rights_of_role).unwrap_or_default();
    }
    let mut kinds = Vec::new();
    for name in inventory.access().parts(binding.role) {
        match inventory.find("ClusterRole", "", name) {
            Some(role) => kinds.extend(rights_of_role(role)),
            None => kinds.extend(rights_of_builtin(name)),
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn right<'a>(kind: RightKind, binding: &Binding<'a>) -> Right<'a> {
    let cluster_wide = binding.is_cluster_wide();
    let object = &binding.object;
    let whence = if cluster_wide {
        "in every namespace".to_owned()
    } else {
        format!("in namespace `{}`", object.namespace())
    };
    let label = format!("{} {whence} ({} `{}`)", kind.label(), object.kind, object.name());
    Right { kind, cluster_wide, place: Place::Node(binding.role_name()), label }
}

/// What the pod itself opens on its node.
fn own_routes<'a>(pod: &Pod<'a>) -> Vec<Route<'a>> {
    let mut routes = Vec::new();
    let network = pod.spec().get("hostNetwork");
    if network.as_bool() == Some(true) {
        let place = Place::Node(network);
        routes.push(Route { place, kind: RouteKind::HostNetwork, label: "the node's network".to_owned() });
    }
    for container in pod.containers() {
        for port in container.node.get("ports").items() {
            if let Some(number) = port.get("hostPort").as_int().filter(|n| *n > 0) {
                let place = Place::Node(port.get("hostPort"));
                routes.push(Route { place, kind: RouteKind::HostPort, label: format!("host port {number}") });
            }
        }
    }
    routes
}

/// Annotations by which clouds are told to make a load balancer private, with the values that do so.
const INTERNAL: &[(&str, &[&str])] = &[
    ("service.beta.kubernetes.io/aws-load-balancer-internal", &["true", "0.0.0.0/0"]),
    ("service.beta.kubernetes.io/aws-load-balancer-scheme", &["internal"]),
    ("service.beta.kubernetes.io/azure-load-balancer-internal", &["true"]),
    ("networking.gke.io/load-balancer-type", &["Internal", "internal"]),
    ("cloud.google.com/load-balancer-type", &["Internal", "internal"]),
    ("service.beta.kubernetes.io/openstack-internal-load-balancer", &["true"]),
    ("service.beta.kubernetes.io/cce-load-balancer-internal-vpc", &["true"]),
    ("service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", &[]),
    ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", &["intranet"]),
    ("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", &["private"]),
    ("service.beta.kubernetes.io/oci-load-balancer-internal", &["true"]),
    ("networking.internal.k8s.io/load-balancer", &["true"]),
    ("load-balancer.hetzner.cloud/disable-public-network", &["true"]),
];

/// The annotation that makes the load balancer of a Service private to the cloud's network.
pub fn internal_load_balancer<'a>(service: &Object<'a>) -> Option<Node<'a>> {
    INTERNAL.iter().find_map(|(name, values)| {
        let annotation = service.annotations().get(name);
        let value = annotation.scalar()?;
        (values.is_empty() || values.contains(&value)).then_some(annotation)
    })
}

/// The ways that a Service opens by itself.
pub fn service_routes<'a>(service: &Object<'a>) -> Vec<Route<'a>> {
    let spec = service.spec();
    let kind = spec.get("type");
    let label = |what: &str| format!("Service `{}` ({what})", service.name());
    let mut routes = Vec::new();
    match kind.as_str() {
        Some("LoadBalancer") if internal_load_balancer(service).is_some() => routes.push(Route {
            place: Place::Node(kind),
            kind: RouteKind::InternalLoadBalancer,
            label: label("internal LoadBalancer"),
        }),
        Some("LoadBalancer") => routes.push(Route {
            place: Place::Node(kind),
            kind: RouteKind::LoadBalancer,
            label: label("LoadBalancer"),
        }),
        Some("NodePort") => routes.push(Route {
            place: Place::Node(kind),
            kind: RouteKind::NodePort,
            label: label("NodePort"),
        }),
        _ => {}
    }
    let external = spec.get("externalIPs");
    if !external.is_empty() {
        let place = Place::Node(external);
        routes.push(Route { place, kind: RouteKind::ExternalIp, label: label("external IPs") });
    }
    routes
}

/// What leads to Services from outside: Ingresses and routes.
pub fn ways<'a>(inventory: &Inventory<'a>) -> Ways<'a> {
    let mut ways = Ways::new();
    for object in inventory.objects() {
        for backend in backends(object) {
            let label = format!("{} `{}`", object.kind, object.name());
            let route = Route { place: Place::Node(backend.place), kind: RouteKind::Ingress, label };
            ways.entry((backend.namespace, backend.service)).or_default().push(route);
        }
    }
    ways
}

/// A Service that something leads to.
#[derive(Clone, Copy, Debug)]
pub struct Backend<'a> {
    /// Where the Service is named.
    pub place: Node<'a>,
    /// Its namespace.
    pub namespace: &'a str,
    /// Its name.
    pub service: &'a str,
}

/// The Services that an Ingress, a route of the Gateway API, an Istio VirtualService bound to a gateway, an
/// OpenShift Route, a Traefik IngressRoute or a Contour HTTPProxy leads to; nothing for other objects.
pub fn backends<'a>(object: &Object<'a>) -> Vec<Backend<'a>> {
    let spec = object.spec();
    let here = object.namespace();
    let mut found = Vec::new();
    let mut add = |place: Node<'a>, namespace: Option<&'a str>| {
        if let Some(service) = place.scalar() {
            found.push(Backend { place, namespace: namespace.unwrap_or(here), service });
        }
    };
    match (object.kind, object.group()) {
        ("Ingress", "networking.k8s.io" | "extensions") => {
            let paths = spec.get("rules").items().flat_map(|r| r.at("http.paths").items());
            let defaults = [spec.get("defaultBackend"), spec.get("backend")];
            for backend in paths.map(|p| p.get("backend")).chain(defaults) {
                add(backend.at("service.name"), None);
                add(backend.get("serviceName"), None);
            }
        }
        ("HTTPRoute" | "GRPCRoute" | "TLSRoute" | "TCPRoute" | "UDPRoute", "gateway.networking.k8s.io") => {
            for backend in spec.get("rules").items().flat_map(|r| r.get("backendRefs").items()) {
                if matches!(backend.get("kind").as_str(), None | Some("Service")) {
                    add(backend.get("name"), backend.get("namespace").scalar());
                }
            }
        }
        ("VirtualService", "networking.istio.io") if spec.get("gateways").items().any(|g| !g.is("mesh")) => {
            for part in ["http", "tcp", "tls"] {
                for to in spec.get(part).items().flat_map(|r| r.get("route").items()) {
                    let host = to.at("destination.host");
                    let mut parts = host.scalar().unwrap_or("").split('.');
                    if let Some(service) = parts.next().filter(|s| !s.is_empty()) {
                        let namespace = parts.next().unwrap_or(here);
                        found.push(Backend { place: host, namespace, service });
                    }
                }
            }
        }
        ("Route", "route.openshift.io") => add(spec.at("to.name"), None),
        ("IngressRoute" | "IngressRouteTCP" | "IngressRouteUDP", "traefik.io" | "traefik.containo.us")
        | ("HTTPProxy", "projectcontour.io") => {
            for service in spec.get("routes").items().flat_map(|r| r.get("services").items()) {
                add(service.get("name"), service.get("namespace").scalar());
            }
        }
        _ => {}
    }
    found
}

/// Pods by namespace, and by namespace and label, so that a selector looks only at likely ones.
#[derive(Debug, Default)]
pub struct PodFinder<'i, 'a> {
    by_label: HashMap<(&'a str, &'a str, &'a str), Vec<&'i Pod<'a>>>,
}

impl<'i, 'a> PodFinder<'i, 'a> {
    /// Indexes pods.
    pub fn new(pods: &'i [Pod<'a>]) -> Self {
        let mut finder = Self::default();
        for pod in pods {
            for (key, value) in pod.labels().entries() {
                let value = value.scalar().unwrap_or("");
                finder.by_label.entry((pod.namespace(), key, value)).or_default().push(pod);
            }
        }
        finder
    }

    /// The pods that a Service selects. Each comparison is taken from `budget`; when that is used up, no
    /// more pods are found.
    pub fn selected(&self, service: &Object<'a>, budget: &mut usize) -> Vec<&'i Pod<'a>> {
        let selector = service.spec().get("selector");
        let namespace = service.namespace();
        let likely = selector
            .entries()
            .map(|(key, value)| {
                let value = value.scalar().unwrap_or("");
                self.by_label.get(&(namespace, key, value)).map_or(&[][..], Vec::as_slice)
            })
            .min_by_key(|pods| pods.len())
            .unwrap_or_default();
        let affordable = likely.len().min(*budget);
        *budget -= affordable;
        likely
            .iter()
            .take(affordable)
            .filter(|pod| select::equality(selector, pod.labels()))
            .copied()
            .collect()
    }
}
