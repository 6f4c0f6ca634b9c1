//! Containers without a security context.

use crate::support::pod_security::{containers, is_partial_container, mapping};
use check::{Check, Container, Cx, Out, Pod, Role, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A container without `securityContext` has all the defaults of the runtime: it may gain privileges, keeps the
    /// default capabilities and writes to its root file system, and nobody has thought about it. Some of these can be
    /// set for the container alone, so a security context of the pod does not stand in for it.
    ///
    /// A pod without one is found where a container leaves open what it would take from there: the user, and
    /// the seccomp profile. Other checks judge each of the settings; this one finds the containers for which none was made. Debugging
    /// containers and those of Windows pods that have a security context of their own are left out.
    ///
    /// ## How to fix
    /// Give the container a `securityContext` with `allowPrivilegeEscalation: false`, `readOnlyRootFilesystem: true`,
    /// `capabilities: {drop: [ALL]}` and `runAsNonRoot: true`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: null
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   initContainers:
    ///     - name: setup
    ///       image: example.com/setup:1.0
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {runAsNonRoot: true}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   schedule: "0 3 * * *"
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {allowPrivilegeEscalation: false}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {allowPrivilegeEscalation: false}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   os: {name: windows}
    ///   securityContext: {windowsOptions: {runAsUserName: ContainerUser}}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "security-context-missing",
        title: "Container has no security context",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "what is missing is judged setting by setting by other checks",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:5.6.3",
            "practices:RUN-3",
            "practices:K8S-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/privileged",
        ],
        remediation: "Give each container a `securityContext`: no privilege escalation, a read-only root file system, all capabilities dropped, not root.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_29", "checkov:CKV_K8S_30", "trivy:KSV-0118"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(context) = mapping(pod.security_context(), out) else { return };
    if pod.is_windows() && is_given(context) {
        return;
    }
    let containers: Vec<Container<'a>> = containers(pod, out)
        .into_iter()
        .filter(|container| container.role != Role::Ephemeral)
        .filter(|container| mapping(container.security_context(), out).is_some())
        .collect();
    let (lacking, having): (Vec<Container<'a>>, Vec<Container<'a>>) =
        containers.into_iter().partition(|container| !is_given(container.security_context()));
    if let Some(first) = lacking.iter().find(|container| !is_partial_container(container, out)) {
        let names = lacking.iter().map(Container::label).collect::<Vec<_>>().join(", ");
        let verb = if lacking.len() == 1 { "has" } else { "have" };
        let pod = if is_given(context) { "" } else { ", and neither has the pod" };
        let draft = out.fail(first.node, format!("{names} {verb} no security context{pod}"));
        draft.key("securityContext");
        for other in lacking.iter().filter(|other| other.node != first.node).take(20) {
            draft.related(other.node, "another one");
        }
    } else if !is_given(context)
        && lacking.is_empty()
        && let Some(open) = having.iter().find(|container| relies_on_pod(container))
        && !is_partial_container(open, out)
    {
        let message = format!(
            "the pod has no security context, and {} leaves its user or seccomp profile open",
            open.label()
        );
        out.fail(pod.spec(), message).key("securityContext");
    }
}

/// True for a container that leaves to the pod what containers usually take from it.
fn relies_on_pod(container: &Container<'_>) -> bool {
    let context = container.security_context();
    !(context.get("seccompProfile").is_set()
        && (context.get("runAsNonRoot").is_set() || context.get("runAsUser").is_set()))
}

/// True for a security context that says anything.
fn is_given(context: Node<'_>) -> bool {
    context.is_set() && !context.is_empty()
}
