//! Databases and administration published to everybody.

use crate::support::compose::bind_to_localhost;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::{Ports, Service};

check::docs! {
    /// A port without an address is published on all interfaces of the host, and Docker's rules come before
    /// those of a host firewall such as ufw. For databases, caches, queues, engine APIs and administration
    /// consoles that is an open door. Services of one project reach each other by name, without `ports`.
    ///
    /// ## How to fix
    /// Write `127.0.0.1:5432:5432`, or drop the entry.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     ports: ["5432:5432"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: mysql:9
    ///     ports:
    ///       - target: 3306
    ///         published: "13306"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   cache:
    ///     image: redis:7
    ///     ports: ["0.0.0.0:${REDIS_PORT:-6379}:6379"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   search:
    ///     image: elasticsearch:8.15.0
    ///     ports: ["9200-9300:9200-9300"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     ports: ["${DB_PORT}:5432"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:27-dind
    ///     ports: ["[::]:2375:2375"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     ports: ["127.0.0.1:5432:5432", "[::1]:5432:5432"]
    ///     expose: [5432]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["80:80", "443:443"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-port-database-open",
        title: "Compose service publishes a database or administration port to every network",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "such services are found by scanners within hours and often have weak or no \
                      authentication, but some have one",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-3", "practices:NET-6", "practices:RUN-4"],
        remediation: "Bind the port to 127.0.0.1, or remove it: services of one project reach each other \
                      without published ports.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Ports of services that are not meant for everybody, in ascending order.
const PORTS: [(u16, &str); 50] = [
    (389, "LDAP"),
    (873, "rsync"),
    (1433, "SQL Server"),
    (1521, "Oracle"),
    (2049, "NFS"),
    (2181, "ZooKeeper"),
    (2375, "the Docker API without TLS"),
    (2376, "the Docker API"),
    (2379, "etcd"),
    (2380, "etcd"),
    (3306, "MySQL"),
    (3389, "remote desktop"),
    (4444, "Selenium"),
    (4646, "Nomad"),
    (5005, "the Java debugger"),
    (5432, "PostgreSQL"),
    (5433, "YugabyteDB"),
    (5601, "Kibana"),
    (5672, "RabbitMQ"),
    (5900, "VNC"),
    (5984, "CouchDB"),
    (6379, "Redis"),
    (6443, "the Kubernetes API"),
    (7000, "Cassandra between nodes"),
    (7199, "the management port of Cassandra"),
    (7474, "Neo4j"),
    (7687, "Neo4j"),
    (8086, "InfluxDB"),
    (8123, "ClickHouse"),
    (8200, "Vault"),
    (8500, "Consul"),
    (8529, "ArangoDB"),
    (8983, "Solr"),
    (9042, "Cassandra"),
    (9090, "Prometheus"),
    (9092, "Kafka"),
    (9200, "Elasticsearch"),
    (9229, "the debugger of Node.js"),
    (9300, "Elasticsearch between nodes"),
    (9440, "ClickHouse"),
    (10250, "the kubelet"),
    (11211, "Memcached"),
    (15672, "the console of RabbitMQ"),
    (26257, "CockroachDB"),
    (27017, "MongoDB"),
    (27018, "MongoDB"),
    (28015, "RethinkDB"),
    (50000, "Db2 or a Jenkins agent"),
    (50070, "Hadoop"),
    (61616, "ActiveMQ"),
];

/// What stands behind a range of ports of a container, if it is nothing for everybody.
pub(super) fn guarded(ports: Ports) -> Option<&'static str> {
    PORTS.iter().find(|(port, _)| ports.contains(*port)).map(|(_, name)| *name)
}

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for port in service.ports() {
        let Some(target) = port.target.clone().known() else { continue };
        let Some(what) = guarded(target) else { continue };
        if let Some(true) = out.known(port.is_open()) {
            let message =
                format!("{} publishes port {target} ({what}) on every network of the host", service.label());
            let draft = out.fail(port.field, message).key(format!("ports/{target}"));
            if let Some(plan) = bind_to_localhost(&port) {
                draft.fix(plan);
            }
        }
    }
}
