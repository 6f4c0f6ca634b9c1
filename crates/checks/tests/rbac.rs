//! What the examples of the RBAC checks can't say: severity by reach, and where findings point.

use check::Check;
use model::{Finding, Severity};
use testkit::findings;

fn named(id: &str) -> Option<&'static Check> {
    checks::all().find(|c| c.meta.id == id)
}

fn of(id: &str, yaml: &str) -> Vec<Finding> {
    named(id).map(|check| findings(check, yaml)).unwrap_or_default()
}

fn severities(id: &str, yaml: &str) -> Vec<Severity> {
    of(id, yaml).into_iter().map(|f| f.severity).collect()
}

const ROLE: &str = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules:\n  - \
                    apiGroups: ['']\n    resources: [pods, secrets]\n    verbs: [get, list]\n";

fn binding(kind: &str, role: &str, subject: &str) -> String {
    let space = if kind == "RoleBinding" { ", namespace: shop" } else { "" };
    format!(
        "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: b{space}}}\nroleRef: {{kind: \
         ClusterRole, name: {role}}}\nsubjects: [{subject}]\n"
    )
}

const ACCOUNT: &str = "{kind: ServiceAccount, name: web, namespace: shop}";

#[test]
fn severity_follows_reach() {
    let of = |more: &str| severities("rbac-read-secrets", &format!("{ROLE}{more}"));
    assert_eq!(of(""), [Severity::High], "nothing is known about its bindings");
    assert_eq!(of(&binding("ClusterRoleBinding", "r", ACCOUNT)), [Severity::High]);
    assert_eq!(of(&binding("RoleBinding", "r", ACCOUNT)), [Severity::Medium]);
    assert_eq!(of(&binding("ClusterRoleBinding", "other", ACCOUNT)), [Severity::Medium], "bound to nobody");
    let all = "{kind: Group, name: 'system:authenticated'}";
    assert_eq!(of(&binding("ClusterRoleBinding", "r", all)), [Severity::Critical]);
    let system = ROLE.replace("name: r}", "name: 'system:r'}");
    assert_eq!(severities("rbac-read-secrets", &system), [Severity::Medium]);
    let own = system.replace(
        "name: 'system:r'",
        "name: 'system:r', labels: {kubernetes.io/bootstrapping: rbac-defaults}",
    );
    assert!(severities("rbac-read-secrets", &own).is_empty(), "made by the API server");
}

#[test]
fn findings_point_at_the_item() {
    let found = of("rbac-read-secrets", &format!("{ROLE}{}", binding("ClusterRoleBinding", "r", ACCOUNT)));
    let first =
        found.first().map(|f| (f.primary.pointer.as_str().to_owned(), f.message.clone(), f.related.len()));
    let message = "ClusterRole `r` lets service account `shop/web` read Secrets in every namespace: `get` and `list` \
                   on `secrets`";
    assert_eq!(first, Some(("/rules/0/resources/1".to_owned(), message.to_owned(), 1)));
}

#[test]
fn a_power_over_the_cluster_is_void_in_a_role() {
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: shop}\nrules: \
                [{apiGroups: [''], resources: [nodes/proxy], verbs: [get]}]\n";
    assert_eq!(severities("rbac-nodes-proxy", role), [Severity::Low]);
}

#[test]
fn one_rule_of_everything_is_one_finding() {
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules:\n  - \
                {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n  - {nonResourceURLs: ['*'], verbs: ['*']}\n";
    let said: Vec<&str> = checks::all()
        .filter(|c| c.meta.topic == "rbac")
        .flat_map(|c| findings(c, role))
        .map(|f| f.rule.id)
        .collect();
    assert_eq!(said, ["rbac-wildcard-everything"]);
}

#[test]
fn aggregation_carries_the_reach_of_the_whole() {
    let part =
        ROLE.replace("name: r}", "name: r, labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'true'}}");
    let bound = format!("{part}{}", binding("RoleBinding", "admin", ACCOUNT));
    assert_eq!(severities("rbac-read-secrets", &bound), [Severity::Medium]);
}

#[test]
fn templates_are_gaps_not_passes() {
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules:\n  - \
                apiGroups: ['']\n    resources: ['${RESOURCE}']\n    verbs: [get]\n";
    let tally = named("rbac-read-secrets").map(|c| testkit::tally(c, role));
    assert_eq!(tally.map(|t| (t.passed, t.not_evaluated)), Some((0, 1)));
    let broken = ROLE.replace("[pods, secrets]", "secrets");
    let tally = named("rbac-read-secrets").map(|c| testkit::tally(c, &broken));
    assert_eq!(tally.map(|t| (t.passed, t.not_evaluated)), Some((0, 1)));
}
