//! Helm charts: a finding leads to the key or the line that a person has to change, and changing it helps.

use crate::harness::{Done, Folder};
use serde_json::Value;

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

/// A Deployment whose faults come from values, from a literal, and from what is left out.
const DEPLOYMENT: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.name" . }}
  labels: {{- include "web.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {{- include "web.labels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "web.labels" . | nindent 8 }}
    spec:
      hostNetwork: {{ .Values.host.network }}
      hostPID: true
      {{- if .Values.podSecurityContext.enabled }}
      securityContext: {{- omit .Values.podSecurityContext "enabled" | toYaml | nindent 8 }}
      {{- end }}
      containers:
        - name: web
          image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
"#;

const HELPERS: &str = r#"{{- define "web.name" -}}
{{ .Release.Name }}-web
{{- end -}}
{{- define "web.labels" -}}
app: {{ include "web.name" . }}
{{- end -}}
"#;

const VALUES: &str = "replicas: 2\nhost:\n  network: true # for the metrics\nimage:\n  name: example.com/web\n  tag: \"1.0\"\n\
    podSecurityContext:\n  enabled: false\n  runAsNonRoot: true\nsecurityContext:\n  privileged: true\n";

fn chart() -> Folder {
    let folder = Folder::with("web/Chart.yaml", CHART);
    folder.put("web/values.yaml", VALUES);
    folder.put("web/templates/_helpers.tpl", HELPERS);
    folder.put("web/templates/deployment.yaml", DEPLOYMENT);
    folder
}

const RULES: &str = "privileged-container,host-network,host-pid,run-as-non-root";

fn scan(folder: &Folder, arguments: &[&str]) -> Done {
    let mut all = vec!["scan", "-f", "json", "--fail-on", "none", "--rules", RULES];
    all.extend(arguments);
    folder.run(&all)
}

fn finding(done: &Done, rule: &str) -> Value {
    let json = done.json();
    let findings = json["findings"].as_array().unwrap();
    let found: Vec<&Value> = findings.iter().filter(|f| f["rule"] == rule).collect();
    assert_eq!(found.len(), 1, "{rule}: {findings:#?}");
    found[0].clone()
}

fn place(value: &Value) -> (&str, u64) {
    (value["file"].as_str().unwrap(), value["line"].as_u64().unwrap())
}

fn related<'a>(finding: &'a Value, role: &str) -> Vec<(&'a str, u64)> {
    finding["related"].as_array().unwrap().iter().filter(|r| r["role"] == role).map(place).collect()
}

#[test]
fn a_value_is_found_in_the_values_file() {
    let done = scan(&chart(), &[]).exits(0);
    let host = finding(&done, "host-network");
    assert_eq!(place(&host["location"]), ("web/values.yaml", 3));
    assert_eq!(host["rendered"]["key"], "host.network");
    assert_eq!(related(&host, "template"), [("web/templates/deployment.yaml", 14)]);
    let privileged = finding(&done, "privileged-container");
    assert_eq!(place(&privileged["location"]), ("web/values.yaml", 11));
    assert_eq!(privileged["rendered"]["key"], "securityContext.privileged");
    assert_eq!(related(&privileged, "template"), [("web/templates/deployment.yaml", 22)]);
}

#[test]
fn a_literal_is_found_in_the_template() {
    let done = scan(&chart(), &[]).exits(0);
    let host = finding(&done, "host-pid");
    assert_eq!(place(&host["location"]), ("web/templates/deployment.yaml", 15));
    assert_eq!(host["rendered"]["key"], Value::Null);
}

#[test]
fn what_is_switched_off_leads_to_its_switch() {
    let done = scan(&chart(), &[]).exits(0);
    let root = finding(&done, "run-as-non-root");
    assert_eq!(root["rendered"]["key"], "podSecurityContext.enabled", "{root:#}");
    assert_eq!(place(&root["location"]), ("web/values.yaml", 8));
    assert_eq!(related(&root, "template"), [("web/templates/deployment.yaml", 17)]);
}

#[test]
fn fixes_change_the_values_and_the_template() {
    let folder = chart();
    let fix = ["fix", "--unsafe", "--rules", RULES];
    folder.run(&fix).exits(0);
    let expected = VALUES
        .replace("network: true", "network: false")
        .replace("enabled: false", "enabled: true")
        .replace("privileged: true", "privileged: false");
    assert_eq!(folder.get("web/values.yaml"), expected);
    let template = folder.get("web/templates/deployment.yaml");
    assert_eq!(template, DEPLOYMENT.replace("hostPID: true", "hostPID: false"));
    assert_eq!(scan(&folder, &[]).exits(0).open_rules(), [""; 0]);
}

#[test]
fn sets_of_values_are_told_apart() {
    let folder = chart();
    folder.put("web/values-safe.yaml", "securityContext:\n  privileged: false\n");
    folder.put("web/ci/big-values.yaml", "replicas: 9\n");
    let done = scan(&folder, &[]).exits(0);
    let privileged = finding(&done, "privileged-container");
    assert_eq!(privileged["rendered"]["of"], 3);
    assert_eq!(privileged["rendered"]["runs"], serde_json::json!(["default values", "ci/big-values.yaml"]));
    let host = finding(&done, "host-network");
    assert_eq!(host["rendered"]["runs"].as_array().unwrap().len(), 3);
}

#[test]
fn values_of_the_command_line_win() {
    let folder = chart();
    folder.put("prod.yaml", "host:\n  network: false\nsecurityContext: null\n");
    let done = scan(
        &folder,
        &["--helm-values", "prod.yaml", "--helm-set", "podSecurityContext.enabled=true", "web"],
    );
    assert_eq!(done.exits(0).open_rules(), ["host-pid"]);
}

#[test]
fn exceptions_beside_the_template_and_the_values() {
    let folder = chart();
    let values = VALUES.replace(
        "  network: true # for the metrics",
        "  # holdfast: allow host-network reason=\"metrics\"\n  network: true",
    );
    folder.put("web/values.yaml", values);
    let template = DEPLOYMENT.replace(
        "      hostPID: true",
        "      {{/* holdfast: allow host-pid reason=\"debugging\" */}}\n      hostPID: true",
    );
    let template = template.replace(
        "          securityContext:",
        "          # holdfast: allow privileged-container reason=\"driver\"\n          securityContext:",
    );
    folder.put("web/templates/deployment.yaml", template);
    let done = scan(&folder, &[]).exits(0);
    assert_eq!(done.open_rules(), ["run-as-non-root"]);
    assert_eq!(done.notices(), [""; 0]);
}

#[test]
fn a_dependency_is_found_elsewhere_and_the_ledger_says_so() {
    let folder = chart();
    folder.put(
        "shop/Chart.yaml",
        "apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n  - name: web\n    version: 1.x.x\n    repository: https://charts.example.com\n  - name: lost\n    version: 2.0.0\n    repository: https://charts.example.com\n",
    );
    folder.put("shop/values.yaml", "web:\n  host:\n    network: false\n");
    let done = scan(&folder, &["--exclude", "none"]).exits(0);
    let ledger = done.json()["ledger"].to_string();
    assert!(ledger.contains("its dependency web is not in charts/"), "{ledger}");
    assert!(ledger.contains("lost"), "{ledger}");
    // Both charts deploy it, but only the default values of one take the host's network.
    let host = finding(&done, "host-network");
    assert_eq!(host["rendered"]["unit"], "web");
}

#[test]
fn an_argo_application_brings_its_values() {
    let folder = chart();
    folder.put(
        "apps/web.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: web-prod\n  namespace: argocd\nspec:\n  project: default\n  \
         destination:\n    namespace: prod\n    server: https://kubernetes.default.svc\n  source:\n    repoURL: https://example.com/repo.git\n    path: web\n    helm:\n      \
         valuesObject:\n        host:\n          network: false\n        extra: true\n      parameters:\n        - name: securityContext.privileged\n          value: \"false\"\n",
    );
    let done = scan(&folder, &[]).exits(0);
    let host = finding(&done, "host-network");
    assert_eq!(host["rendered"]["runs"], serde_json::json!(["default values"]));
    let json = done.json();
    assert_eq!(
        finding(&done, "host-pid")["rendered"]["runs"],
        serde_json::json!(["default values", "Application web-prod"])
    );
    assert!(json["ledger"].to_string().contains("rendered, and judged as deployed"));
}

#[test]
fn exploring_switches_on_what_is_off() {
    let folder = chart();
    folder.put("web/templates/debug.yaml", "{{- if .Values.debug.enabled }}\napiVersion: v1\nkind: Pod\nmetadata:\n  name: debug\nspec:\n  hostNetwork: true\n  containers:\n    - name: shell\n      image: example.com/shell:1\n{{- end }}\n");
    folder.put("web/values.yaml", format!("{VALUES}debug:\n  enabled: false\n"));
    let plain = scan(&folder, &[]).exits(0);
    assert_eq!(plain.open_rules().iter().filter(|rule| *rule == "host-network").count(), 1);
    assert_eq!(plain.row("web/templates/debug.yaml")["status"], "not-applicable");
    let done = scan(&folder, &["--helm-explore"]).exits(0);
    let json = done.json();
    let debug = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["resource"]["name"] == "debug")
        .unwrap()
        .clone();
    assert_eq!(place(&debug["location"]), ("web/templates/debug.yaml", 7));
    assert_eq!(debug["rendered"]["runs"], serde_json::json!(["debug.enabled=true, not the default"]));
    assert_eq!(related(&debug, "condition"), [("web/values.yaml", 13)]);
}

#[test]
fn a_broken_template_is_an_error_and_the_rest_is_judged() {
    let folder = chart();
    folder.put("web/templates/broken.yaml", "kind: X\nname: {{ .Values.nothing.here }}\n");
    folder.put("web/templates/wrong.yaml", "{{ nosuch 1 }}\n");
    let done = scan(&folder, &["web"]).exits(2);
    assert!(done.err.contains("web/templates/broken.yaml:2:"), "{}", done.err);
    assert!(done.err.contains("nil pointer evaluating interface {}.here"), "{}", done.err);
    assert!(done.err.contains("function \"nosuch\" not defined"), "{}", done.err);
    assert!(done.open_rules().contains(&"host-network".to_owned()));
    scan(&folder, &["--fail-on-gaps"]).exits(2);
}

#[test]
fn values_that_promise_a_secret_are_not_shown() {
    let folder = chart();
    folder.put(
        "web/values.yaml",
        VALUES.replace("  network: true", "  password: hunter2-hunter2\n  network: true"),
    );
    folder.put("web/templates/fail.yaml", "{{ fail (printf \"bad password %s\" .Values.host.password) }}\n");
    for format in ["terminal", "plain", "json", "sarif", "html", "markdown"] {
        let done = folder.run(&["scan", "-v", "-f", format, "--rules", RULES]);
        assert!(!done.out.contains("hunter2"), "{format}: {}", done.out);
        assert!(!done.err.contains("hunter2"), "{format}: {}", done.err);
    }
}

#[test]
fn nothing_runs_for_ever() {
    for template in [
        "{{ range $i, $e := until 1000000000 }}x{{ end }}",
        "{{ range 2000000000 }}x{{ end }}",
        "{{ repeat 2000000000 \"x\" }}",
        "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}",
        "{{ $x := \"{{ tpl .x . }}\" }}{{ tpl $x (dict \"x\" $x \"Template\" .Template) }}",
        "{{ $x := \"xxxxxxxxxxxxxxxx\" }}{{ range 64 }}{{ $x = print $x $x }}{{ end }}{{ $x }}",
    ] {
        let folder = chart();
        folder.put("web/templates/loop.yaml", template);
        let done = scan(&folder, &["web"]).exits(2);
        assert!(done.err.contains("web/templates/loop.yaml"), "{template}: {}", done.err);
        assert!(done.open_rules().contains(&"host-network".to_owned()), "{template}");
    }
}

#[test]
fn render_prints_what_helm_would() {
    let folder = chart();
    let done = folder.run(&["render", "web", "--helm-set", "replicas=5"]).exits(0);
    assert!(done.out.starts_with("---\n# Source: web/templates/deployment.yaml\n"), "{}", done.out);
    assert!(done.out.contains("  replicas: 5\n"), "{}", done.out);
    let done = folder.run(&["render", "--trace", "web"]).exits(0);
    let line = done.out.lines().find(|line| line.contains("hostNetwork")).unwrap();
    assert!(line.ends_with("# web/values.yaml:3 host.network"), "{line}");
    let done = folder.run(&["render", "."]).exits(2);
    assert!(done.err.contains("neither a Helm chart nor a Kustomize overlay"), "{}", done.err);
    assert!(done.err.contains("web"), "{}", done.err);
}

#[test]
fn pss_shows_where_a_workload_of_a_chart_comes_from() {
    let done = chart().run(&["pss", "-f", "json"]).exits(0);
    let json = done.json();
    let workload = &json["namespaces"][0]["workloads"][0];
    assert_eq!(workload["file"], "web/templates/deployment.yaml", "{json:#}");
}

#[test]
fn what_a_failed_template_may_have_held_is_not_judged() {
    let folder = chart();
    let rule = "namespace-no-default-deny-ingress";
    let run = |folder: &Folder| {
        let arguments = ["scan", "-f", "json", "--fail-on", "none", "--rules", rule];
        folder.run(&[&arguments[..], &["--helm-set", "host.network=false", "web"]].concat()).json()
    };
    let tally = |json: &Value| {
        let rules = json["rules"].as_array().unwrap();
        let one = rules.iter().find(|one| one["id"] == rule).unwrap();
        (one["failed"].as_u64().unwrap(), one["not_evaluated"].as_u64().unwrap())
    };
    assert_eq!(tally(&run(&folder)), (1, 0));
    // The NetworkPolicy might stand in the template that can't be rendered.
    folder.put("web/templates/policy.yaml", "{{ nosuch }}\n");
    assert_eq!(tally(&run(&folder)), (0, 1));
}
