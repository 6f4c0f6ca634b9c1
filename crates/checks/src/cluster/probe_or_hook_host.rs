//! Probes and lifecycle hooks that name a host.

use crate::support::pod_security::{containers, mapping};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// HTTP and TCP probes and lifecycle hooks are carried out by the kubelet. A `host` other than the pod makes
    /// the kubelet send requests, from the node's network position, to any address, 127.0.0.1 of the node
    /// included: a blind server-side request forgery.
    ///
    /// From version v1.34 on the Pod Security Standard *baseline* (hostProbesAndHostLifecycle) allows no host in
    /// `httpGet` and `tcpSocket` of livenessProbe, readinessProbe, startupProbe, postStart and preStop.
    ///
    /// ## How to fix
    /// Remove `host`. To choose a virtual host set the header `Host` in `httpHeaders`; to ask a port that is
    /// bound to localhost use an `exec` probe.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe:
    ///         httpGet: {path: /healthz, port: 8080, host: 127.0.0.1}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       readinessProbe:
    ///         tcpSocket: {port: 5432, host: db.internal}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       lifecycle:
    ///         preStop:
    ///           httpGet: {host: localhost, port: 9091, path: /quit}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   initContainers:
    ///     - name: proxy
    ///       image: example.com/proxy:1.0
    ///       restartPolicy: Always
    ///       startupProbe:
    ///         tcpSocket: {host: '::1', port: 1}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.34
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       lifecycle:
    ///         postStart:
    ///           tcpSocket: {host: 10.0.0.1, port: 1}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe:
    ///         httpGet: {path: /healthz, port: 8080}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe:
    ///         httpGet: {path: /healthz, port: 8080, host: ''}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe:
    ///         httpGet:
    ///           port: 80
    ///           host: null
    ///           httpHeaders: [{name: Host, value: example.com}]
    /// ```
    /// ```yaml pss=v1.33
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       livenessProbe:
    ///         httpGet: {path: /healthz, port: 8080, host: 127.0.0.1}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "probe-or-hook-host",
        title: "Probe or lifecycle hook names a host",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the kubelet sends the request from the node's network, so whoever writes the pod can probe hosts the node alone can reach",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/hostProbesAndHostLifecycle",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "cis-k8s:5.6.3",
        ],
        remediation: "Remove `host`, so that the kubelet asks the pod itself.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that has this control.
const SINCE: u32 = 34;

/// Where the kubelet is told to send requests.
const HANDLERS: [[&str; 2]; 5] = [
    ["livenessProbe", ""],
    ["readinessProbe", ""],
    ["startupProbe", ""],
    ["lifecycle", "postStart"],
    ["lifecycle", "preStop"],
];

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !cx.settings.pss_version.at_least(SINCE) {
        return;
    }
    for container in containers(pod, out) {
        for [field, hook] in HANDLERS {
            let Some(mut handler) = mapping(container.node.get(field), out) else { continue };
            if !hook.is_empty() {
                let Some(inner) = mapping(handler.get(hook), out) else { continue };
                handler = inner;
            }
            for action in ["httpGet", "tcpSocket"] {
                let Some(action_node) = mapping(handler.get(action), out) else { continue };
                let host = action_node.get("host");
                if let Some(place) = out.met(host.name(), |host| !host.is_empty()) {
                    let (label, host) = (container.label(), host.scalar().unwrap_or(""));
                    let name = if hook.is_empty() { field } else { hook };
                    out.fail(
                        place,
                        format!("`{name}.{action}` of {label} sends the kubelet to host `{host}`"),
                    )
                    .fix(Plan::risky("remove `host`").remove(place));
                }
            }
        }
    }
}
