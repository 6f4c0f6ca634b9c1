//! NetworkPolicies as Kubernetes reads them (`networking.k8s.io/v1`), namespaces with their workloads, and
//! well-known ports.

use check::kube::select;
use check::{Inventory, Object, Pod};
use std::collections::{BTreeMap, HashMap};
use syntax::Node;

/// Comparisons of labels that one check may make, against inputs made to be slow.
pub const BUDGET: usize = 1_000_000;

/// A direction of traffic, as seen from the pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the pod.
    Ingress,
    /// Away from the pod.
    Egress,
}

impl Direction {
    /// The field of the rules.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }

    /// The field of a rule's peers.
    pub const fn peers(self) -> &'static str {
        match self {
            Self::Ingress => "from",
            Self::Egress => "to",
        }
    }

    /// The word in `policyTypes`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ingress => "Ingress",
            Self::Egress => "Egress",
        }
    }
}

/// A NetworkPolicy of Kubernetes.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    /// The object.
    pub object: Object<'a>,
}

impl<'a> Policy<'a> {
    /// True if it restricts this direction. Without `policyTypes` that is ingress always, and egress if
    /// there are egress rules.
    pub fn affects(&self, direction: Direction) -> bool {
        let types = self.object.spec().get("policyTypes");
        if types.is_empty() {
            return direction == Direction::Ingress || !self.object.spec().get("egress").is_empty();
        }
        types.items().any(|t| t.is(direction.word()))
    }

    /// The rules of a direction; none if it is not affected.
    pub fn rules(&self, direction: Direction) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let field = if self.affects(direction) { direction.field() } else { "" };
        self.object.spec().get(field).items()
    }

    /// True if it selects every pod of its namespace; a missing selector is an empty one.
    pub fn selects_all(&self) -> bool {
        let selector = self.object.spec().get("podSelector");
        selector.get("matchLabels").is_empty() && selector.get("matchExpressions").is_empty()
    }

    /// True if it selects a pod of its namespace with these labels.
    pub fn selects(&self, labels: Node<'a>) -> bool {
        self.selects_all() || select::matches(self.object.spec().get("podSelector"), labels)
    }

    /// True if one of its rules allows everything in this direction, so that it restricts nothing.
    pub fn allows_all(&self, direction: Direction) -> bool {
        self.rules(direction).any(|rule| allows_all(rule, direction))
    }
}

/// True for a rule without peers and without ports.
pub fn allows_all(rule: Node<'_>, direction: Direction) -> bool {
    rule.get(direction.peers()).is_empty() && rule.get("ports").is_empty()
}

/// True for a `namespaceSelector` or `podSelector` that is there and empty.
pub fn is_empty_selector(selector: Node<'_>) -> bool {
    selector.exists() && selector.get("matchLabels").is_empty() && selector.get("matchExpressions").is_empty()
}

/// True for a peer that stands for every pod of the cluster.
pub fn is_any_pod(peer: Node<'_>) -> bool {
    let pods = peer.get("podSelector");
    is_empty_selector(peer.get("namespaceSelector")) && (!pods.exists() || is_empty_selector(pods))
}

/// True for a CIDR that covers half of all addresses or more.
pub fn is_any_address(cidr: &str) -> bool {
    cidr.rsplit_once('/').is_some_and(|(_, bits)| matches!(bits.trim(), "0" | "1"))
}

/// True if an item of `ports` covers a port of a protocol. A name covers the port it usually stands for.
pub fn covers(port: Node<'_>, protocol: &str, number: i64, names: &[&str]) -> bool {
    if port.get("protocol").as_str().unwrap_or("TCP") != protocol {
        return false;
    }
    let first = port.get("port");
    if !first.is_set() {
        return true;
    }
    match first.as_int().or_else(|| first.scalar()?.parse().ok()) {
        Some(low) => low <= number && number <= port.get("endPort").as_int().unwrap_or(low).max(low),
        None => first.scalar().is_some_and(|name| names.contains(&name)),
    }
}

/// A namespace with what is in it.
#[derive(Debug, Default)]
pub struct Space<'i, 'a> {
    /// The Namespace object, if it is in the input.
    pub object: Option<&'i Object<'a>>,
    /// Its pods and pod templates to which policies apply: not those on the node's network.
    pub pods: Vec<&'i Pod<'a>>,
    /// Its NetworkPolicies.
    pub policies: Vec<Policy<'a>>,
    /// A policy of a network plug-in in this namespace.
    pub foreign: Option<&'i Object<'a>>,
}

/// The namespaces of an inventory, by name.
#[derive(Debug, Default)]
pub struct Spaces<'i, 'a> {
    /// Each namespace that something is in.
    pub by_name: BTreeMap<&'a str, Space<'i, 'a>>,
    /// A policy of a network plug-in, or an AdminNetworkPolicy, that holds for the whole cluster.
    pub foreign: Option<&'i Object<'a>>,
}

impl<'i, 'a> Spaces<'i, 'a> {
    /// Sorts the workloads and policies of an inventory by namespace.
    pub fn new(inventory: &'i Inventory<'a>) -> Self {
        let mut spaces = Self::default();
        for pod in inventory.pods() {
            let on_node = pod.spec().get("hostNetwork").as_bool() == Some(true);
            if !on_node && pod.owner.kind != "PodTemplate" {
                spaces.by_name.entry(pod.namespace()).or_default().pods.push(pod);
            }
        }
        for object in inventory.of_kind("NetworkPolicy") {
            let space = spaces.by_name.entry(object.namespace()).or_default();
            space.policies.push(Policy { object: *object });
        }
        for object in inventory.of_kind("Namespace") {
            spaces.by_name.entry(object.name()).or_default().object.get_or_insert(object);
        }
        for object in inventory.objects() {
            match (object.kind, object.group()) {
                ("CiliumNetworkPolicy", "cilium.io")
                | ("NetworkPolicy", "crd.projectcalico.org" | "projectcalico.org" | "crd.antrea.io") => {
                    spaces.by_name.entry(object.namespace()).or_default().foreign.get_or_insert(object);
                }
                ("CiliumClusterwideNetworkPolicy", "cilium.io")
                | ("GlobalNetworkPolicy", "crd.projectcalico.org" | "projectcalico.org")
                | ("ClusterNetworkPolicy", _)
                | ("AdminNetworkPolicy" | "BaselineAdminNetworkPolicy", "policy.networking.k8s.io") => {
                    spaces.foreign.get_or_insert(object);
                }
                _ => {}
            }
        }
        spaces
    }
}

/// Policies by a label that they ask for, so that a pod is compared only with likely ones.
#[derive(Debug, Default)]
pub struct Selectors<'p, 'a> {
    all: bool,
    by_label: HashMap<(&'a str, &'a str), Vec<&'p Policy<'a>>>,
    /// Those that ask for no certain value of a label.
    rest: Vec<&'p Policy<'a>>,
}

impl<'p, 'a> Selectors<'p, 'a> {
    /// Indexes policies of one namespace.
    pub fn new(policies: impl IntoIterator<Item = &'p Policy<'a>>) -> Self {
        let mut selectors = Self::default();
        for policy in policies {
            let wanted = policy.object.spec().at("podSelector.matchLabels").entries().next();
            if policy.selects_all() {
                selectors.all = true;
            } else if let Some((key, value)) = wanted {
                let value = value.scalar().unwrap_or("");
                selectors.by_label.entry((key, value)).or_default().push(policy);
            } else {
                selectors.rest.push(policy);
            }
        }
        selectors
    }

    /// True if one of the policies selects every pod.
    pub fn select_all(&self) -> bool {
        self.all
    }

    /// True if one of the policies selects a pod with these labels; `None` if telling would cost more than
    /// what is left of `budget`.
    pub fn select(&self, labels: Node<'a>, budget: &mut usize) -> Option<bool> {
        if self.all {
            return Some(true);
        }
        let by_label = labels
            .entries()
            .filter_map(|(key, value)| self.by_label.get(&(key, value.scalar().unwrap_or(""))));
        for policy in by_label.flatten().chain(&self.rest) {
            *budget = budget.checked_sub(1)?;
            if policy.selects(labels) {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// Ports of databases and stores, with what listens there.
pub const DATABASE_PORTS: &[(i64, &str)] = &[
    (1433, "SQL Server"),
    (1521, "Oracle"),
    (2379, "etcd"),
    (2380, "etcd"),
    (3050, "Firebird"),
    (3306, "MySQL"),
    (5432, "PostgreSQL"),
    (5984, "CouchDB"),
    (6379, "Redis"),
    (6380, "Redis"),
    (7474, "Neo4j"),
    (7687, "Neo4j"),
    (8086, "InfluxDB"),
    (9042, "Cassandra"),
    (9092, "Kafka"),
    (9200, "Elasticsearch"),
    (9300, "Elasticsearch"),
    (11211, "memcached"),
    (26257, "CockroachDB"),
    (27017, "MongoDB"),
    (27018, "MongoDB"),
    (27019, "MongoDB"),
    (28015, "RethinkDB"),
    (33060, "MySQL"),
];

/// Ports of services for administrators, with what listens there.
pub const ADMIN_PORTS: &[(i64, &str)] = &[
    (21, "FTP"),
    (22, "SSH"),
    (23, "Telnet"),
    (111, "rpcbind"),
    (389, "LDAP"),
    (445, "SMB"),
    (2049, "NFS"),
    (2181, "ZooKeeper"),
    (2375, "the Docker API"),
    (2376, "the Docker API"),
    (3389, "RDP"),
    (4646, "Nomad"),
    (5005, "a Java debugger"),
    (5900, "VNC"),
    (8500, "Consul"),
    (9229, "a Node.js debugger"),
    (10250, "the kubelet"),
    (10255, "the kubelet"),
    (44134, "Tiller"),
];

/// What listens at a port by convention, if it is one of these lists.
pub fn well_known(port: i64, lists: &[&[(i64, &'static str)]]) -> Option<&'static str> {
    lists.iter().copied().flatten().find(|(number, _)| *number == port).map(|(_, name)| *name)
}

/// Images of databases, by the last part of their names, with what they are.
pub const DATABASE_IMAGES: &[(&str, &str)] = &[
    ("postgres", "PostgreSQL"),
    ("postgresql", "PostgreSQL"),
    ("postgis", "PostgreSQL"),
    ("timescaledb", "PostgreSQL"),
    ("mysql", "MySQL"),
    ("mysql-server", "MySQL"),
    ("mariadb", "MariaDB"),
    ("percona", "MySQL"),
    ("mongo", "MongoDB"),
    ("mongodb", "MongoDB"),
    ("redis", "Redis"),
    ("redis-stack", "Redis"),
    ("valkey", "Valkey"),
    ("keydb", "KeyDB"),
    ("memcached", "memcached"),
    ("elasticsearch", "Elasticsearch"),
    ("opensearch", "OpenSearch"),
    ("cassandra", "Cassandra"),
    ("scylla", "ScyllaDB"),
    ("couchdb", "CouchDB"),
    ("couchbase", "Couchbase"),
    ("cockroach", "CockroachDB"),
    ("influxdb", "InfluxDB"),
    ("neo4j", "Neo4j"),
    ("clickhouse-server", "ClickHouse"),
    ("clickhouse", "ClickHouse"),
    ("etcd", "etcd"),
    ("mssql-server", "SQL Server"),
    ("rethinkdb", "RethinkDB"),
    ("arangodb", "ArangoDB"),
    ("dgraph", "Dgraph"),
];

/// The last part of an image's name, without tag and digest: `postgres` of `docker.io/library/postgres:16`.
pub fn image_name(image: &str) -> &str {
    let image = image.split_once('@').map_or(image, |(name, _)| name);
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split_once(':').map_or(last, |(name, _)| name)
}

/// Ports that hardly anything but a database declares.
const TELLING_PORTS: &[i64] = &[1433, 3306, 5432, 6379, 9042, 9200, 11211, 26257, 27017, 28015];

/// Words in the name of an image that is a client of a database, or stands before one.
const CLIENTS: &[&str] = &[
    "exporter",
    "operator",
    "proxy",
    "pooler",
    "bouncer",
    "backup",
    "admin",
    "client",
    "ui",
    "web",
    "sentinel",
    "haproxy",
    "envoy",
    "controller",
    "migrate",
    "init",
];

/// What database a pod is, going by the ports that its containers declare, and the port that says so.
pub fn database_by_port<'a>(pod: &Pod<'a>) -> Option<(&'static str, Node<'a>)> {
    pod.containers().filter(check::Container::is_long_running).find_map(|container| {
        let image = image_name(container.node.get("image").scalar()?);
        if image.split(['-', '_', '.']).any(|word| CLIENTS.contains(&word)) {
            return None;
        }
        container.node.get("ports").items().find_map(|port| {
            let place = port.get("containerPort");
            let number = place.scalar()?.parse().ok().filter(|n| TELLING_PORTS.contains(n))?;
            well_known(number, &[DATABASE_PORTS]).map(|name| (name, place))
        })
    })
}

/// What database a pod is, going by its images, and the image that says so.
pub fn database<'a>(pod: &Pod<'a>) -> Option<(&'static str, Node<'a>)> {
    pod.containers().filter(check::Container::is_long_running).find_map(|container| {
        let image = container.node.get("image");
        let name = image_name(image.scalar()?);
        let known = DATABASE_IMAGES.iter().find(|(known, _)| *known == name);
        known.map(|(_, what)| (*what, image))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use syntax::{SourceText, yaml};

    #[test]
    fn names_of_images() {
        assert_eq!(image_name("docker.io/library/postgres:16"), "postgres");
        assert_eq!(image_name("localhost:5000/redis@sha256:ab"), "redis");
        assert_eq!(image_name("mongo"), "mongo");
    }

    #[test]
    fn ports_cover_by_number_range_and_name() {
        let tree = yaml::parse(Arc::new(SourceText::new(
            "p.yaml",
            "[{port: 53, protocol: UDP}, {port: 50, endPort: 60}, {}, {port: dns, protocol: UDP}, {port: '53'}]",
        )));
        let ports: Vec<Node<'_>> = tree.roots().next().unwrap().items().collect();
        let udp: Vec<bool> = ports.iter().map(|p| covers(*p, "UDP", 53, &["dns"])).collect();
        assert_eq!(udp, [true, false, false, true, false]);
        let tcp: Vec<bool> = ports.iter().map(|p| covers(*p, "TCP", 53, &["dns"])).collect();
        assert_eq!(tcp, [false, true, true, false, true]);
    }

    #[test]
    fn addresses() {
        assert!(is_any_address("0.0.0.0/0") && is_any_address("::/0") && is_any_address("128.0.0.0/1"));
        assert!(!is_any_address("10.0.0.0/8"));
    }
}
