//! Container writes its logs to a volume.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A volume at `/var/log` or `/logs` holds log files that `kubectl logs` and the node's agent do not see, which fill the
    /// disk, and which go with the pod. A sidecar that reads the same volume is the usual way around where a program can not
    /// do otherwise, and is left alone, as are agents that read the node's logs.
    ///
    /// ## How to fix
    /// Log to the standard streams.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts: [{name: logs, mountPath: /var/log/nginx}]
    ///   volumes: [{name: logs, emptyDir: {}}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts: [{name: logs, mountPath: /var/log}]
    ///     - name: shipper
    ///       image: example.com/shipper:1.0
    ///       volumeMounts: [{name: logs, mountPath: /var/log, readOnly: true}]
    ///   volumes: [{name: logs, emptyDir: {}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: agent
    ///       image: example.com/agent:1.0
    ///       volumeMounts: [{name: logs, mountPath: /var/log}]
    ///   volumes: [{name: logs, hostPath: {path: /var/log}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts: [{name: data, mountPath: /data}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "logs-to-volume",
        title: "Container writes its logs to a volume",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "the logs are kept, but where the cluster's own tools do not find them",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:LOG-1", "owasp-k8s-2022:K05", "owasp-k8s-2025:K10"],
        remediation: "Let the program log to the standard streams, and leave the rest to the agent \
                      on the node.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for mount in container.node.get("volumeMounts").items() {
        let path = mount.get("mountPath").scalar().unwrap_or("");
        let name = mount.get("name").scalar().unwrap_or("");
        let logs =
            path == "/var/log" || path.starts_with("/var/log/") || path == "/logs" || path.ends_with("/logs");
        if !logs || mount.get("readOnly").as_bool() == Some(true) {
            continue;
        }
        let own = |volume: &Node<'a>| volume.get("name").scalar() == Some(name);
        let kept = container.pod.spec().get("volumes").items().find(own).is_some_and(|volume| {
            volume.get("emptyDir").exists() || volume.get("persistentVolumeClaim").is_set()
        });
        let mounted = |other: &Container<'a>| {
            other.node.get("volumeMounts").items().any(|m| m.get("name").scalar() == Some(name))
        };
        if kept && container.pod.containers().filter(mounted).count() == 1 {
            out.fail(mount, format!("{} keeps log files in the volume `{name}`", container.label()));
        }
    }
}
