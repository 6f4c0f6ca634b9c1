//! A report made by hand: every kind of finding, fix, exception, gap and notice, with hostile names.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]
#![allow(dead_code)]

use model::{
    Area, Change, Confidence, Exception, ExceptionSource, Finding, Fix, LedgerRow, Location, Maturity,
    Notice, NoticeKind, Pointer, Position, Profile, Range, Rank, Related, ResourceId, RuleMeta, RuleTally,
    Safety, Scope, Severity, Span, Status, TextEdit, Why, WhyCode,
};
use report::{Report, Sources, Stats};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const RULE: RuleMeta = RuleMeta {
    id: "",
    title: "",
    area: Area::Cluster,
    topic: "workload",
    profile: Profile::Security,
    severity: Severity::High,
    severity_reason: "",
    confidence: Confidence::High,
    maturity: Maturity::Stable,
    controls: &[],
    remediation: "",
    since: "0.1.0",
    aliases: &[],
    docs: "",
};

pub static PRIVILEGED: RuleMeta = RuleMeta {
    id: "privileged-container",
    title: "Container runs privileged",
    severity: Severity::Critical,
    severity_reason: "A privileged container is root on its node: every device and every kernel interface is open to it.",
    controls: &["pss:baseline/privileged", "owasp-k8s-2025:K01", "cis-k8s:5.2.2"],
    remediation: "Remove `privileged: true`. If a device is needed, mount it through a device plugin; if a capability is needed, add only that one.",
    aliases: &["checkov:CKV_K8S_16", "trivy:KSV-0017"],
    docs: "# Container runs privileged\n\n## What\n\nA container with `privileged: true` has **all** capabilities, sees every device, and is not held back by seccomp, AppArmor or SELinux. Whoever takes over the process owns the node.\n\n## How to fix\n\n- Remove the field.\n- If a device is needed:\n  1. use a device plugin,\n  2. or mount that one device.\n\n> Node agents are the usual exception; see [the guide](https://example.org/agents).\n\n| field | value |\n|---|---|\n| privileged | false |\n\n## Fails\n\n```yaml\nsecurityContext:\n  privileged: true\n```\n\n## Passes\n\n```yaml\nsecurityContext:\n  privileged: false\n```\n",
    ..RULE
};
pub static LIMITS: RuleMeta = RuleMeta {
    id: "memory-limit",
    title: "Container has no memory limit",
    severity: Severity::Medium,
    severity_reason: "One leaking container can take the node down with it.",
    profile: Profile::Reliability,
    controls: &["practices:RES-1"],
    remediation: "Set `resources.limits.memory` to what the container needs at most.",
    ..RULE
};
pub static SECRET: RuleMeta = RuleMeta {
    id: "env-literal-secret",
    title: "Secret written into the environment",
    area: Area::Code,
    topic: "secret",
    severity_reason: "Whoever can read the repository has the secret.",
    controls: &["practices:SEC-1"],
    remediation: "Revoke the secret, then read it from a Secret with `valueFrom.secretKeyRef`.",
    ..RULE
};
pub static ROOT: RuleMeta = RuleMeta {
    id: "image-runs-as-root",
    title: "Image runs as root",
    area: Area::Container,
    topic: "dockerfile",
    severity_reason: "Root inside is one kernel fault away from root outside.",
    controls: &["practices:IMG-2"],
    remediation: "Create a user and switch to it with `USER` before `CMD`.",
    ..RULE
};
pub static PINNED: RuleMeta = RuleMeta {
    id: "image-digest",
    title: "Base image is not pinned to a digest",
    area: Area::Container,
    topic: "dockerfile",
    severity: Severity::Low,
    confidence: Confidence::Medium,
    severity_reason: "The tag can be moved to another image.",
    remediation: "Append `@sha256:...` to the image.",
    ..RULE
};
pub static NAMES: RuleMeta = RuleMeta {
    id: "odd-name",
    title: "Name holds odd characters",
    severity: Severity::Info,
    confidence: Confidence::Low,
    profile: Profile::Style,
    severity_reason: "Harmless by itself.",
    remediation: "Use plain letters.",
    ..RULE
};

pub const WEB: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: app
          image: nginx:1.27
          securityContext:
            privileged: true
          env:
            - name: API_TOKEN
              value: \"tok-1234567890abcdef\"
        - name: proxy
          image: envoy:1
          securityContext:
            privileged: true
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  type: LoadBalancer
";
pub const DOCKERFILE: &str =
    "FROM debian:12\nRUN apt-get update \\\n\t&& apt-get install -y curl # 日本語 e\u{301}\nCMD [\"/app\"]\n";
pub const ODD: &str = "kind: ConfigMap\nmetadata: {name: \"evil\u{1b}]0;owned\u{7}\u{202e}name\"}\n";

pub struct Texts(pub BTreeMap<String, String>);

impl Sources for Texts {
    fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }
}

pub const ODD_FILE: &str = "a dir/<odd>,\u{1b}[31m:%`|ü.yaml";

pub fn texts() -> Texts {
    let files = [("deploy/web.yaml", WEB), ("Dockerfile", DOCKERFILE), (ODD_FILE, ODD)];
    Texts(files.iter().map(|(f, t)| ((*f).to_owned(), (*t).to_owned())).collect())
}

fn position(text: &str, offset: usize) -> Position {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    Position {
        line: before.matches('\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
    }
}

/// The place of the `nth` (from 0) time `what` is written in a file.
pub fn at(file: &str, text: &str, what: &str, nth: usize, pointer: &str) -> Location {
    let start = text.match_indices(what).nth(nth).expect("the fixture holds it").0;
    let end = start + what.len();
    Location {
        file: Arc::from(file),
        pointer: Pointer::from_encoded(pointer),
        span: Span::new(start as u32, end as u32),
        range: Range { start: position(text, start), end: position(text, end) },
    }
}

pub fn resource(provider: &str, kind: &str, namespace: &str, name: &str) -> ResourceId {
    ResourceId {
        provider: provider.into(),
        kind: kind.into(),
        namespace: namespace.into(),
        name: name.into(),
    }
}

pub fn finding(rule: &'static RuleMeta, primary: Location, message: &str, score: u8) -> Finding {
    Finding {
        rule,
        severity: rule.severity,
        confidence: rule.confidence,
        resource: resource("kubernetes", "Deployment", "shop", "web"),
        fingerprint: format!("{:032x}", u128::from(score) << 64 | u128::from(primary.span.start)),
        primary,
        related: Vec::new(),
        message: message.into(),
        fixes: Vec::new(),
        rank: Rank { score, reasons: Vec::new() },
        exception: None,
        rendered: None,
    }
}

pub fn fixture() -> Report {
    let web = "deploy/web.yaml";
    let base = "/spec/template/spec/containers";
    let mut privileged = finding(
        &PRIVILEGED,
        at(web, WEB, "privileged: true", 0, &format!("{base}/0/securityContext/privileged")),
        "Container `app` of Deployment `shop/web` runs with `privileged: true`",
        97,
    );
    privileged.rank.reasons = vec!["reachable through Service web (LoadBalancer)".into()];
    privileged.related = vec![Related {
        location: at(web, WEB, "type: LoadBalancer", 0, "/spec/type"),
        label: "the Service that exposes it".into(),
        role: model::Role::Evidence,
    }];
    let value = at(web, WEB, "true", 0, "").span;
    privileged.fixes = vec![Fix {
        title: "set securityContext.privileged to false".into(),
        safety: Safety::Unsafe,
        changes: vec![Change::Set {
            pointer: Pointer::from_encoded(format!("{base}/0/securityContext/privileged")),
            value: json!(false),
        }],
        edits: vec![TextEdit { file: Arc::from(web), span: value, text: "false".into() }],
    }];
    let mut proxy = finding(
        &PRIVILEGED,
        at(web, WEB, "privileged: true", 1, &format!("{base}/1/securityContext/privileged")),
        "Container `proxy` of Deployment `shop/web` runs with `privileged: true`",
        96,
    );
    proxy.severity = Severity::High;
    let secret = finding(
        &SECRET,
        at(web, WEB, "\"tok-1234567890abcdef\"", 0, &format!("{base}/0/env/0/value")),
        "Variable `API_TOKEN` of container `app` holds `tok***`",
        80,
    );
    let mut limits = finding(
        &LIMITS,
        at(
            web,
            WEB,
            "name: app\n          image: nginx:1.27\n          securityContext:\n            privileged: true",
            0,
            &format!("{base}/0"),
        ),
        "Container `app` of Deployment `shop/web` can use all memory of its node",
        40,
    );
    let insert = at(web, WEB, "image: nginx:1.27\n", 0, "").span.end;
    limits.fixes = vec![Fix {
        title: "set resources.limits.memory to 256Mi".into(),
        safety: Safety::Safe,
        changes: vec![Change::Set {
            pointer: Pointer::from_encoded(format!("{base}/0/resources/limits/memory")),
            value: json!("256Mi"),
        }],
        edits: vec![TextEdit {
            file: Arc::from(web),
            span: Span::new(insert, insert),
            text: "          resources:\n            limits:\n              memory: 256Mi\n".into(),
        }],
    }];
    let mut root = finding(
        &ROOT,
        at("Dockerfile", DOCKERFILE, "CMD [\"/app\"]", 0, ""),
        "The last stage runs `/app` as root",
        60,
    );
    root.resource = resource("dockerfile", "Stage", "", "0");
    root.related = vec![
        Related {
            location: at("Dockerfile", DOCKERFILE, "debian:12", 0, ""),
            label: "the base sets no user".into(),
            role: model::Role::Evidence,
        },
        Related {
            location: at(web, WEB, "image: nginx:1.27", 0, &format!("{base}/0/image")),
            label: "the workload sets none either".into(),
            role: model::Role::Evidence,
        },
    ];
    let mut pinned = finding(
        &PINNED,
        at("Dockerfile", DOCKERFILE, "debian:12", 0, ""),
        "The base image `debian:12` has no digest",
        20,
    );
    pinned.resource = root.resource.clone();
    pinned.exception = Some(Exception {
        rule: "image-digest".into(),
        scope: Scope::default(),
        owner: Some("platform".into()),
        reason: Some("rebuilt every night".into()),
        until: Some("2027-01-31".into()),
        source: ExceptionSource::Config,
        location: Location {
            file: Arc::from("holdfast.toml"),
            span: Span::new(10, 20),
            range: Range { start: Position { line: 2, column: 1 }, end: Position { line: 2, column: 11 } },
            ..Location::default()
        },
    });
    let mut odd = finding(
        &NAMES,
        at(ODD_FILE, ODD, "\"evil\u{1b}]0;owned\u{7}\u{202e}name\"", 0, "/metadata/name"),
        "The name `evil\u{1b}]0;owned\u{7}\u{202e}name` has <b>odd</b> | characters,\nand ]]> @everyone too: 100%",
        5,
    );
    odd.resource = resource("kubernetes", "ConfigMap", "", "evil\u{1b}]0;owned\u{7}\u{202e}name");
    Report {
        version: "0.1.0",
        targets: vec![".".into()],
        findings: vec![privileged, proxy, secret, root, limits, pinned, odd],
        ledger: ledger(),
        rules: Vec::new(),
        framework: None,
        tallies: vec![
            tally(&SECRET, [3, 1, 0, 0]),
            tally(&PINNED, [0, 0, 1, 0]),
            tally(&ROOT, [0, 1, 0, 0]),
            tally(&LIMITS, [4, 1, 0, 1]),
            tally(&NAMES, [6, 1, 0, 0]),
            tally(&PRIVILEGED, [3, 1, 0, 0]),
        ],
        notices: vec![Notice {
            kind: NoticeKind::Expired,
            message: "the exception for `host-network` ran out on 2026-01-31".into(),
            location: Location {
                file: Arc::from("holdfast.toml"),
                range: Range {
                    start: Position { line: 9, column: 1 },
                    end: Position { line: 9, column: 12 },
                },
                span: Span::new(100, 111),
                ..Location::default()
            },
        }],
        stats: Stats { files: 12, bytes: 4096, resources: 9, rules: 6 },
        fail_on: Some(Severity::High),
    }
}

fn tally(rule: &'static RuleMeta, counts: [u32; 4]) -> RuleTally {
    let [passed, failed, excepted, not_evaluated] = counts;
    RuleTally { rule, passed, failed, excepted, not_evaluated }
}

fn ledger() -> Vec<LedgerRow> {
    let file = |name: &str| -> Arc<str> { Arc::from(name) };
    let template = Why::new(WhyCode::Unresolved, "a Helm template: its values are not known");
    let mut chart =
        LedgerRow::gap(&file("chart/templates/app.yaml"), None, Status::NotEvaluated, "helm", &template);
    chart.hint = Some("render it first: `helm template . | holdfast scan -`".into());
    let mut limit = LedgerRow::gap(
        &file("deploy/api.yaml"),
        Some(14),
        Status::NotEvaluated,
        "kubernetes",
        &Why::new(WhyCode::Unresolved, "the value is the placeholder ${MEMORY}"),
    );
    limit.rules = vec!["memory-limit".into()];
    vec![
        LedgerRow::file(&file("Dockerfile"), Status::Judged, "dockerfile", "1 stage"),
        LedgerRow::file(&file("README.md"), Status::NotApplicable, "text", "documentation"),
        chart,
        limit,
        LedgerRow::gap(
            &file("deploy/broken.yaml"),
            Some(3),
            Status::Error,
            "yaml",
            &Why::new(WhyCode::Malformed, "a tab begins the line"),
        ),
        LedgerRow::file(&file("deploy/clean.yaml"), Status::Judged, "kubernetes", "2 objects"),
        LedgerRow::file(&file("deploy/web.yaml"), Status::Judged, "kubernetes", "2 objects"),
        LedgerRow::file(&file("vendor/x.yaml"), Status::Excluded, "yaml", "excluded by holdfast.toml"),
    ]
}

/// A large report: `n` findings over a hundred files.
pub fn large(n: usize) -> (Report, Texts) {
    let mut report = fixture();
    let mut texts = texts();
    let template = report.findings[0].clone();
    let secret = report.findings[2].clone();
    report.findings.clear();
    for i in 0..n {
        let name = format!("deploy/{:03}.yaml", i % 100);
        let file: Arc<str> = Arc::from(name.as_str());
        texts.0.entry(name).or_insert_with(|| WEB.repeat(20));
        let mut finding = if i % 10 == 0 { secret.clone() } else { template.clone() };
        let by = (i / 100 % 20) * WEB.len();
        let lines = (i / 100 % 20 * WEB.lines().count()) as u32;
        let move_location = |l: &mut Location| {
            l.file = file.clone();
            l.span = Span::new(l.span.start + by as u32, l.span.end + by as u32);
            l.range.start.line += lines;
            l.range.end.line += lines;
        };
        move_location(&mut finding.primary);
        finding.related.iter_mut().for_each(|r| move_location(&mut r.location));
        for edit in finding.fixes.iter_mut().flat_map(|f| &mut f.edits) {
            edit.file = file.clone();
            edit.span = Span::new(edit.span.start + by as u32, edit.span.end + by as u32);
        }
        finding.resource.name = format!("web-{i}");
        finding.fingerprint = format!("{i:032x}");
        finding.rank.score = 100 - (i * 100 / n) as u8;
        report.findings.push(finding);
    }
    (report, texts)
}
