//! ClusterRole adds dangerous rights to a built-in role.

use crate::support::rbac::{self, on_rbac};
use check::kube::rbac::{Ask, Power};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The label `rbac.authorization.k8s.io/aggregate-to-view` (or `-edit`, `-admin`) adds a role's rules
    /// to the built-in one. `view` is meant for reading without Secrets; `edit` for changing workloads but
    /// not rights; `admin` for a namespace without power over the cluster. Rights beyond that spread to
    /// everybody who is bound to the built-in role.
    ///
    /// ## How to fix
    /// Aggregate only the resources of your own API group, with reading verbs into `view` and writing verbs
    /// into `edit`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-view: "true"
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["secrets"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-edit: "true"
    /// rules:
    ///   - apiGroups: ["rbac.authorization.k8s.io"]
    ///     resources: ["clusterroles"]
    ///     verbs: ["escalate"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-admin: "true"
    /// rules:
    ///   - apiGroups: ["*"]
    ///     resources: ["*"]
    ///     verbs: ["*"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-view: "true"
    /// rules:
    ///   - apiGroups: ["example.com"]
    ///     resources: ["backups"]
    ///     verbs: ["get", "create"]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-view: "true"
    /// rules:
    ///   - apiGroups: ["example.com"]
    ///     resources: ["backups"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-edit: "true"
    /// rules:
    ///   - apiGroups: ["example.com"]
    ///     resources: ["backups"]
    ///     verbs: ["create", "delete"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    ///   labels:
    ///     rbac.authorization.k8s.io/aggregate-to-view: "false"
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["secrets"]
    ///     verbs: ["get"]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata:
    ///   name: operator
    /// rules:
    ///   - apiGroups: [""]
    ///     resources: ["pods"]
    ///     verbs: ["get", "list", "watch"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "rbac-aggregate-dangerous",
        title: "ClusterRole adds dangerous rights to a built-in role",
        area: Area::Cluster,
        topic: "rbac",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone bound to admin, edit or view anywhere gets the rights, without any new \
                      binding",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-1",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/least-privilege",
            "cis-k8s:5.1.1",
            "cis-k8s:5.1.8",
        ],
        remediation: "Remove the label, or the rights that go beyond what the built-in role is for.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["ClusterRole"], judge),
};

const READS: &[&str] = &["get", "list", "watch"];

static RIGHTS: Power = rbac::cluster_wide(
    "raise rights",
    &[
        on_rbac("roles", &["escalate", "bind"]),
        on_rbac("clusterroles", &["escalate", "bind", "create", "update", "patch"]),
        on_rbac("clusterrolebindings", &["create", "update", "patch"]),
        Ask::on("", "users", "", &["impersonate"]),
        Ask::on("", "groups", "", &["impersonate"]),
        Ask::on("", "nodes", "proxy", &["get", "create"]),
        Ask::on("", "persistentvolumes", "", &["create"]),
        Ask::on("certificates.k8s.io", "certificatesigningrequests", "approval", &["update", "patch"]),
        Ask::on("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "", &["create", "update"]),
        Ask::on("admissionregistration.k8s.io", "validatingwebhookconfigurations", "", &["delete", "update"]),
    ],
);

static BINDINGS: Power = rbac::namespaced(
    "change roles",
    &[
        on_rbac("rolebindings", &["create", "update", "patch"]),
        on_rbac("roles", &["create", "update", "patch"]),
    ],
);

static SECRETS: Power = rbac::namespaced("read Secrets", &[Ask::on("", "secrets", "", READS)]);

fn judge<'a>(role: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let label = |name: &str| role.labels().get(&format!("rbac.authorization.k8s.io/aggregate-to-{name}"));
    let on = |name: &str| label(name).scalar() == Some("true");
    // The least powerful of the roles that it is added to decides.
    let Some(to) = ["view", "edit", "admin"].into_iter().find(|to| on(to)) else { return };
    for rule in rbac::readable(role, out) {
        let harmful = |power: &Power| rule.gives(power).first().map(|g| g.resource);
        let writes = || {
            let other = |v: &syntax::Node<'_>| v.as_str().is_some_and(|v| !READS.contains(&v));
            rule.verbs().items().find(other).filter(|_| !rule.resources().is_empty())
        };
        let (found, what) = match to {
            "view" => match harmful(&SECRETS).or_else(|| harmful(&RIGHTS)) {
                Some(place) => (Some(place), "rights that it is made to leave out"),
                None => (writes(), "the right to change things"),
            },
            "edit" => (harmful(&RIGHTS).or_else(|| harmful(&BINDINGS)), "power over rights or the cluster"),
            _ => (harmful(&RIGHTS), "power over rights or the cluster"),
        };
        if let Some(place) = found {
            let message = format!("ClusterRole `{}` adds {what} to the built-in role `{to}`", role.name());
            let minor = what == "the right to change things" && rbac::is_own_api(&rule);
            out.fail(place, message)
                .severity(if minor { Severity::Medium } else { Severity::High })
                .related(label(to), "adds its rules to the built-in role")
                .key(rbac::key_of(&rule));
        }
    }
}
