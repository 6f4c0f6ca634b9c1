//! Writes an HTML report with made-up but realistic content to standard output, to look at in a browser:
//! `cargo run -p report --example html_demo > /tmp/demo.html`. An argument asks for that many findings.

use model::{
    Area, Confidence, Exception, ExceptionSource, Finding, Fix, LedgerRow, Location, Maturity, Notice,
    NoticeKind, Pointer, Position, Profile, Range, Rank, Related, ResourceId, RuleMeta, RuleTally, Safety,
    Scope, Severity, Span, Status, TextEdit, Why, WhyCode,
};
use report::{Report, Sources, Stats, html};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

const API: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: payments-api
  namespace: payments
  labels: {app: payments-api}   # owned by team-payments
spec:
  replicas: 1
  selector:
    matchLabels: {app: payments-api}
  template:
    metadata:
      labels: {app: payments-api}
    spec:
      hostPID: true
      serviceAccountName: default
      containers:
        - name: api
          image: registry.example.test/payments/api:latest
          ports:
            - containerPort: 8443
          env:
            - name: STRIPE_KEY
              value: \"sk_live_4eC39HqLyjWDarjtT1zdp7dc\"
            - name: LOG_LEVEL
              value: info
          securityContext:
            privileged: true
            capabilities:
              add: [SYS_ADMIN, NET_RAW]
          volumeMounts:
            - name: sock
              mountPath: /var/run/docker.sock
      volumes:
        - name: sock
          hostPath:
            path: /var/run/docker.sock
";

const RBAC: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ci-deployer
rules:
  - apiGroups: ['*']
    resources: ['*']
    verbs: ['*']
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: everyone-reads
subjects:
  - kind: Group
    name: system:authenticated
    apiGroup: rbac.authorization.k8s.io
roleRef:
  kind: ClusterRole
  name: cluster-admin
  apiGroup: rbac.authorization.k8s.io
";

const DOCKERFILE: &str = "\
FROM node:18
ARG NPM_TOKEN=npm_8Yh2kLmQx0dV7sT3bRfW
WORKDIR app
COPY . .
RUN curl -fsSL https://get.example.test/setup.sh | sh
RUN apt-get update
RUN npm ci && chmod -R 777 /app
EXPOSE 22 8080
CMD [\"node\", \"server.js\"]
";

const COMPOSE: &str = "\
services:
  db:
    image: postgres:16
    ports:
      - \"5432:5432\"
    environment:
      POSTGRES_PASSWORD: hunter2hunter2
    privileged: true
";

const SERVICE: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: payments-api
  namespace: payments
spec:
  type: LoadBalancer
  selector: {app: payments-api}
  ports:
    - port: 443
      targetPort: 8443
";

const DOCS: &str = "## What\n\nThe fault, told in a few sentences, with the `field` it sits in.\n\n## Why\n\n\
A process in such a container **can act as root on the node**: it loads kernel modules, mounts the disk, reads \
the credentials of every other pod.\n\n## How to fix\n\n- Remove the setting.\n- If one capability is needed, add \
just that one.\n\n```yaml\nsecurityContext:\n  privileged: false\n```\n";

macro_rules! rules {
    ($($name:ident $id:literal $title:literal $area:ident $topic:literal $severity:ident [$($c:literal),*] $reason:literal $fix:literal;)+) => {
        $(static $name: RuleMeta = RuleMeta {
            id: $id, title: $title, area: Area::$area, topic: $topic, profile: Profile::Security,
            severity: Severity::$severity, severity_reason: $reason, confidence: Confidence::High,
            maturity: Maturity::Stable, controls: &[$($c),*], remediation: $fix, since: "0.1.0",
            aliases: &[], docs: DOCS,
        };)+
        static RULES: &[&RuleMeta] = &[$(&$name),+];
    };
}

rules! {
    PRIVILEGED "privileged-container" "Container runs privileged" Cluster "workload" Critical
        ["pss:baseline/privileged", "practices:RUN-3", "owasp-k8s-2025:K01", "owasp-k8s-2022:K01", "nsa-cisa:pod-security/privileged", "cis-k8s:5.2.2"]
        "a privileged container is root on the node, with nothing in between" "Remove `privileged: true`; add single capabilities if any are needed.";
    HOST_PID "host-pid" "Pod shares the PID namespace of the host" Cluster "workload" High
        ["pss:baseline/hostNamespaces", "practices:RUN-4", "owasp-k8s-2025:K01", "nsa-cisa:pod-security/host-namespaces", "cis-k8s:5.2.3"]
        "processes of the node can be seen, signalled and, with one capability more, traced" "Remove `hostPID`.";
    SYS_ADMIN "dangerous-capability" "Container adds a dangerous capability" Cluster "workload" High
        ["pss:baseline/capabilities_baseline", "practices:IMG-4", "owasp-k8s-2025:K01", "nsa-cisa:pod-security/capabilities", "cis-k8s:5.2.9"]
        "SYS_ADMIN mounts file systems and leads out of the container" "Drop ALL and add only what the program needs.";
    SOCKET "runtime-socket" "Container runtime socket mounted" Cluster "workload" Critical
        ["pss:baseline/hostPathVolumes", "practices:RUN-3", "owasp-k8s-2025:K01", "nsa-cisa:pod-security/host-path", "cis-k8s:5.2.11"]
        "who can talk to the runtime can start a privileged container" "Do not mount the socket; use the API of the cluster.";
    SECRET_ENV "secret-in-env" "Secret in an environment variable" Code "secret" High
        ["practices:SEC-1", "owasp-k8s-2025:K03", "owasp-k8s-2022:K08", "nsa-cisa:network/secrets", "cis-k8s:5.4.1"]
        "everyone who can read the repository has the credential" "Revoke it, then read it from a Secret mounted as a file.";
    SECRET_ARG "secret-in-build-argument" "Secret in a build argument" Code "secret" High
        ["practices:SEC-1", "practices:IMG-3", "cis-docker:4.10"]
        "build arguments stay in the image history" "Revoke it, then use a build secret: `RUN --mount=type=secret`.";
    LATEST "image-latest-tag" "Image without a fixed tag" Container "image" Medium
        ["practices:IMG-1", "owasp-k8s-2025:K01", "nsa-cisa:pod-security/trusted-images", "cis-docker:4.2"]
        "what runs may change without anyone changing anything" "Name a version, better a digest.";
    ROOT "runs-as-root" "Container may run as root" Container "image" High
        ["pss:restricted/runAsNonRoot", "practices:IMG-2", "owasp-k8s-2025:K01", "nsa-cisa:pod-security/non-root", "cis-k8s:5.2.7", "cis-docker:4.1"]
        "root in the container is root for every kernel fault" "Set `USER`, or `runAsNonRoot: true` and `runAsUser`.";
    WILDCARD "rbac-wildcard" "Role allows everything" Cluster "rbac" Critical
        ["practices:RBAC-1", "owasp-k8s-2025:K02", "owasp-k8s-2022:K03", "nsa-cisa:auth/least-privilege", "cis-k8s:5.1.3"]
        "whoever holds the role owns the cluster" "List the groups, resources and verbs that are needed.";
    ADMIN "cluster-admin-binding" "cluster-admin given to a broad group" Cluster "rbac" Critical
        ["practices:RBAC-1", "owasp-k8s-2025:K02", "owasp-k8s-2022:K03", "nsa-cisa:auth/least-privilege", "cis-k8s:5.1.1"]
        "every authenticated identity owns the cluster" "Bind a narrow role to named subjects.";
    DENY "no-default-deny" "Namespace without a default-deny policy" Cluster "network" Medium
        ["practices:NET-1", "owasp-k8s-2025:K05", "owasp-k8s-2022:K07", "nsa-cisa:network/default-deny", "cis-k8s:5.3.2"]
        "an intruder reaches every pod from any pod" "Add a NetworkPolicy that selects all pods and allows nothing.";
    CURL "curl-pipe-shell" "Downloaded script run unseen" Container "dockerfile" High
        ["practices:IMG-1", "owasp-k8s-2025:K07", "cis-docker:4.11"]
        "whoever controls the server or the name controls the image" "Download a fixed version and check its digest before running it.";
    CHMOD "world-writable" "Files writable by everyone" Container "dockerfile" Low
        ["practices:IMG-2"] "any process in the container can change the program" "Give only the owner write access.";
    SSH "ssh-exposed" "SSH port exposed" Container "dockerfile" Medium
        ["practices:IMG-6"] "a login service in a container is one more way in" "Remove it; use the orchestrator to look inside.";
    PUBLISHED "published-database" "Database port published on all interfaces" Container "compose" High
        ["practices:NET-3"] "the database answers to the whole network of the host" "Publish it on 127.0.0.1 or not at all.";
    WORKDIR "relative-workdir" "WORKDIR is relative" Container "dockerfile" Info
        ["practices:IMG-1"] "it depends on the base image where the files end up" "Begin the path with a slash.";
    ANONYMOUS "apiserver-anonymous" "API server allows anonymous requests" Cluster "node" High
        ["cis-k8s:1.2.1", "practices:K8S-1", "owasp-k8s-2025:K09", "nsa-cisa:auth/anonymous"] "anyone on the network may ask" "Set `--anonymous-auth=false`.";
    READONLY "writable-root-fs" "Root file system is writable" Cluster "workload" Medium
        ["practices:IMG-10", "nsa-cisa:pod-security/immutable-fs"] "an intruder can leave tools behind" "Set `readOnlyRootFilesystem: true`.";
    HOSTPORT "host-port" "Container takes a port of the host" Cluster "workload" Medium
        ["pss:baseline/hostPorts", "cis-k8s:5.2.12"] "it can be reached past every network policy" "Use a Service.";
    TOKEN "token-mounted" "Service-account token mounted without need" Cluster "rbac" Low
        ["practices:RBAC-2", "cis-k8s:5.1.6", "nsa-cisa:pod-security/sa-token", "owasp-k8s-2025:K02"] "an intruder gets the rights of the pod" "Set `automountServiceAccountToken: false`.";
}

struct Files(BTreeMap<String, &'static str>);

impl Sources for Files {
    fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).copied()
    }
}

fn at(file: &str, text: &str, what: &str, pointer: &str) -> Location {
    let start = text.find(what).unwrap_or(0);
    let position = |offset: usize| {
        let before = text.get(..offset).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Position {
            line: before.matches('\n').count() as u32 + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() as u32 + 1,
        }
    };
    let end = start + what.len();
    Location {
        file: Arc::from(file),
        pointer: Pointer::from_encoded(pointer),
        span: Span::new(start as u32, end as u32),
        range: Range { start: position(start), end: position(end) },
    }
}

fn fix(title: &str, safety: Safety, place: &Location, text: &str) -> Fix {
    let edit = TextEdit { file: place.file.clone(), span: place.span, text: text.to_owned() };
    Fix { title: title.to_owned(), safety, changes: Vec::new(), edits: vec![edit] }
}

fn findings() -> Vec<Finding> {
    let kube = |kind: &str, ns: &str, name: &str| ResourceId {
        provider: "kubernetes".into(),
        kind: kind.into(),
        namespace: ns.into(),
        name: name.into(),
    };
    let mut out: Vec<Finding> = Vec::new();
    let mut add = |rule: &'static RuleMeta,
                   score: u8,
                   id: &ResourceId,
                   primary: Location,
                   message: &str,
                   reasons: &[&str]| {
        out.push(Finding {
            rule,
            severity: rule.severity,
            confidence: rule.confidence,
            resource: id.clone(),
            primary,
            related: Vec::new(),
            message: message.to_owned(),
            fixes: Vec::new(),
            fingerprint: format!(
                "{:032x}",
                0x9e37_79b9_7f4a_7c15_u128
                    .wrapping_mul(0x1234_5678_9abc_def1 + u128::from(score))
                    .wrapping_add(score.into())
            ),
            rank: Rank { score, reasons: reasons.iter().map(|r| (*r).to_owned()).collect() },
            exception: None,
            rendered: None,
        });
    };
    let api = kube("Deployment", "payments", "payments-api");
    let f = "deploy/payments/api.yaml";
    let exposed = "reachable from outside through Service payments-api (LoadBalancer)";
    let stage = ResourceId {
        provider: "dockerfile".into(),
        kind: "Stage".into(),
        namespace: String::new(),
        name: "0".into(),
    };
    let db = ResourceId {
        provider: "compose".into(),
        kind: "Service".into(),
        namespace: String::new(),
        name: "db".into(),
    };
    add(
        &PRIVILEGED,
        98,
        &api,
        at(f, API, "privileged: true", "/spec/template/spec/containers/0/securityContext/privileged"),
        "Container `api` runs privileged",
        &[exposed, "root on the node", "shares host PID namespace"],
    );
    add(
        &SOCKET,
        96,
        &api,
        at(f, API, "path: /var/run/docker.sock", "/spec/template/spec/volumes/0/hostPath/path"),
        "Volume `sock` mounts the Docker socket of the node",
        &[exposed, "controls every container of the node"],
    );
    add(
        &ADMIN,
        95,
        &kube("ClusterRoleBinding", "", "everyone-reads"),
        at("deploy/rbac.yaml", RBAC, "name: cluster-admin", "/roleRef/name"),
        "Group `system:authenticated` holds cluster-admin",
        &["every service account is in the group", "all of the cluster"],
    );
    add(
        &WILDCARD,
        90,
        &kube("ClusterRole", "", "ci-deployer"),
        at("deploy/rbac.yaml", RBAC, "verbs: ['*']", "/rules/0/verbs"),
        "ClusterRole `ci-deployer` allows every verb on every resource",
        &["all of the cluster"],
    );
    add(
        &SYS_ADMIN,
        84,
        &api,
        at(f, API, "SYS_ADMIN", "/spec/template/spec/containers/0/securityContext/capabilities/add/0"),
        "Container `api` adds SYS_ADMIN",
        &[exposed],
    );
    add(
        &SECRET_ENV,
        82,
        &api,
        at(f, API, "\"sk_live_4eC39HqLyjWDarjtT1zdp7dc\"", "/spec/template/spec/containers/0/env/0/value"),
        "STRIPE_KEY holds a live Stripe key",
        &["valid outside the cluster"],
    );
    add(
        &HOST_PID,
        80,
        &api,
        at(f, API, "hostPID: true", "/spec/template/spec/hostPID"),
        "Pod shares the PID namespace of the host",
        &[exposed],
    );
    add(
        &SECRET_ARG,
        75,
        &stage,
        at("Dockerfile", DOCKERFILE, "npm_8Yh2kLmQx0dV7sT3bRfW", ""),
        "Build argument NPM_TOKEN holds an npm token",
        &["stays in the image history"],
    );
    add(
        &CURL,
        70,
        &stage,
        at("Dockerfile", DOCKERFILE, "curl -fsSL https://get.example.test/setup.sh | sh", ""),
        "A script from get.example.test is run without a look at it",
        &[],
    );
    add(
        &PUBLISHED,
        68,
        &db,
        at("compose.yaml", COMPOSE, "\"5432:5432\"", "/services/db/ports/0"),
        "PostgreSQL is published on every interface of the host",
        &["no password policy"],
    );
    add(
        &ROOT,
        66,
        &stage,
        at("Dockerfile", DOCKERFILE, "FROM node:18", ""),
        "The last stage runs as root",
        &[],
    );
    add(
        &ROOT,
        65,
        &api,
        at(f, API, "- name: api", "/spec/template/spec/containers/0"),
        "Container `api` may run as root",
        &[exposed],
    );
    add(
        &SECRET_ENV,
        60,
        &db,
        at("compose.yaml", COMPOSE, "hunter2hunter2", "/services/db/environment/POSTGRES_PASSWORD"),
        "POSTGRES_PASSWORD stands in clear",
        &[],
    );
    add(
        &PRIVILEGED,
        58,
        &db,
        at("compose.yaml", COMPOSE, "privileged: true", "/services/db/privileged"),
        "Service `db` runs privileged",
        &["published port"],
    );
    add(
        &DENY,
        50,
        &kube("Namespace", "", "payments"),
        at(f, API, "namespace: payments", "/metadata/namespace"),
        "Namespace `payments` has no default-deny policy for ingress",
        &["2 workloads", "1 of them exposed"],
    );
    add(
        &LATEST,
        44,
        &api,
        at(f, API, "registry.example.test/payments/api:latest", "/spec/template/spec/containers/0/image"),
        "Image `payments/api` has the tag latest",
        &[],
    );
    add(
        &READONLY,
        43,
        &api,
        at(f, API, "securityContext:", "/spec/template/spec/containers/0/securityContext"),
        "Root file system of container `api` is writable",
        &[],
    );
    add(&SSH, 40, &stage, at("Dockerfile", DOCKERFILE, "22", ""), "Port 22 is exposed", &[]);
    add(
        &LATEST,
        38,
        &stage,
        at("Dockerfile", DOCKERFILE, "node:18", ""),
        "Base image `node:18` is not pinned by digest",
        &[],
    );
    add(
        &TOKEN,
        30,
        &api,
        at(f, API, "serviceAccountName: default", "/spec/template/spec/serviceAccountName"),
        "Token of service account `default` is mounted into payments-api",
        &[],
    );
    add(
        &CHMOD,
        20,
        &stage,
        at("Dockerfile", DOCKERFILE, "chmod -R 777 /app", ""),
        "/app becomes writable by everyone",
        &[],
    );
    add(
        &WORKDIR,
        5,
        &stage,
        at("Dockerfile", DOCKERFILE, "WORKDIR app", ""),
        "WORKDIR `app` is relative",
        &[],
    );
    for (i, finding) in out.iter_mut().enumerate() {
        match finding.rule.id {
            "privileged-container" if i == 0 => {
                finding.fixes = vec![fix(
                    "set securityContext.privileged to false",
                    Safety::Unsafe,
                    &finding.primary,
                    "privileged: false",
                )];
                let service = at("deploy/payments/service.yaml", SERVICE, "type: LoadBalancer", "/spec/type");
                finding.related = vec![
                    Related {
                        location: service,
                        label: "the Service that exposes it".to_owned(),
                        role: model::Role::Evidence,
                    },
                    Related {
                        location: at(f, API, "hostPID: true", ""),
                        label: "shares the PID namespace".to_owned(),
                        role: model::Role::Evidence,
                    },
                ];
            }
            "relative-workdir" => {
                finding.fixes =
                    vec![fix("begin the path with a slash", Safety::Safe, &finding.primary, "WORKDIR /app")];
            }
            "host-pid" => {
                let place = at(f, API, "      hostPID: true\n", "");
                finding.fixes = vec![fix("remove hostPID", Safety::Unsafe, &place, "")];
            }
            "runs-as-root" if finding.resource.provider == "dockerfile" => {
                let mut place = at("Dockerfile", DOCKERFILE, "CMD [", "");
                place.span.end = place.span.start;
                finding.fixes =
                    vec![fix("run as an unprivileged user", Safety::Unsafe, &place, "USER 65532:65532\n")];
            }
            "ssh-exposed" => {
                finding.exception = Some(Exception {
                    rule: finding.rule.id.to_owned(),
                    scope: Scope::default(),
                    owner: Some("team-platform".to_owned()),
                    reason: Some("needed until the debug sidecar is rolled out".to_owned()),
                    until: Some("2027-01-31".to_owned()),
                    source: ExceptionSource::Config,
                    location: at("holdfast.toml", "", "", ""),
                });
            }
            _ => {}
        }
    }
    out
}

fn main() -> std::io::Result<()> {
    let wanted: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut texts: BTreeMap<String, &'static str> = BTreeMap::new();
    for (name, text) in [
        ("deploy/payments/api.yaml", API),
        ("deploy/rbac.yaml", RBAC),
        ("Dockerfile", DOCKERFILE),
        ("compose.yaml", COMPOSE),
        ("deploy/payments/service.yaml", SERVICE),
    ] {
        texts.insert(name.to_owned(), text);
    }
    let mut all = findings();
    let model = all.clone();
    let mut ledger: Vec<LedgerRow> = texts
        .keys()
        .map(|f| {
            LedgerRow::file(
                &Arc::from(f.as_str()),
                Status::Judged,
                if f.contains("ocker") { "dockerfile" } else { "kubernetes" },
                "every check that applies was run",
            )
        })
        .collect();
    while all.len() < wanted {
        for finding in &model {
            let mut copy = finding.clone();
            let n = all.len();
            let file = format!("services/{:03}/{}", n % 400, copy.primary.file);
            if let Some(text) = texts.get(&*copy.primary.file).copied() {
                texts.entry(file.clone()).or_insert(text);
            }
            ledger.push(LedgerRow::file(
                &Arc::from(file.as_str()),
                Status::Judged,
                "kubernetes",
                "every check that applies was run",
            ));
            copy.primary.file = Arc::from(file.as_str());
            copy.resource.name = format!("{}-{n}", copy.resource.name);
            copy.fingerprint = format!("{n:032x}");
            all.push(copy);
        }
    }
    let why = Why::new(WhyCode::Unsupported, "a Helm template, which is not a manifest until it is rendered");
    for name in ["charts/web/templates/deployment.yaml", "charts/web/templates/ingress.yaml"] {
        let mut row = LedgerRow::gap(&Arc::from(name), None, Status::NotEvaluated, "helm", &why);
        row.hint = Some("render it first: helm template charts/web | holdfast scan -".to_owned());
        ledger.push(row);
    }
    let why = Why::new(WhyCode::Malformed, "a tab where indentation is expected");
    ledger.push(LedgerRow::gap(&Arc::from("deploy/legacy/cron.yaml"), Some(14), Status::Error, "yaml", &why));
    ledger.push(LedgerRow::file(
        &Arc::from("README.md"),
        Status::NotApplicable,
        "text",
        "no check is about text",
    ));
    ledger.push(LedgerRow::file(
        &Arc::from("vendor/"),
        Status::Excluded,
        "directory",
        "left out by holdfast.toml",
    ));
    let tallies = RULES.iter().enumerate().map(|(i, rule)| {
        let failed = all.iter().filter(|f| f.rule.id == rule.id && f.exception.is_none()).count() as u32;
        let excepted = all.iter().filter(|f| f.rule.id == rule.id && f.exception.is_some()).count() as u32;
        let judged = if rule.id == "apiserver-anonymous" { 0 } else { 14 + i as u32 };
        RuleTally { rule, passed: judged, failed, excepted, not_evaluated: u32::from(rule.id == "host-port") }
    });
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        targets: vec!["payments-platform".to_owned()],
        stats: Stats {
            files: 48 + all.len() as u32 / 22,
            bytes: 182_331,
            resources: 61 + all.len() as u32 / 22,
            rules: RULES.len() as u32,
        },
        rules: RULES.to_vec(),
        framework: None,
        tallies: tallies.collect(),
        findings: all,
        ledger,
        notices: vec![Notice {
            kind: NoticeKind::Expired,
            message: "The exception for `host-network` ran out on 2026-10-01 and was not applied".to_owned(),
            location: at("holdfast.toml", "", "", ""),
        }],
        fail_on: Some(Severity::High),
    };
    let page = html::write(&report, &Files(texts));
    std::io::stdout().write_all(page.as_bytes())
}
