//! Container offers SSH.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A login server in a container has its own keys and users, which nobody rotates, and passes by the RBAC and the audit
    /// log of Kubernetes. Programs that serve Git or file transfer over SSH are an exception to be made by name.
    ///
    /// ## How to fix
    /// Remove the server; use `kubectl exec`.
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
    ///       ports: [{containerPort: 22}]
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
    ///       ports: [{name: ssh, containerPort: 2222}]
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
    ///       livenessProbe: {tcpSocket: {port: 22}}
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
    ///       command: [/usr/sbin/sshd, -D]
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
    ///       ports: [{containerPort: 8022, name: web}]
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
    ///       ports: [{containerPort: 22, protocol: UDP}]
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
    ///       command: [sh, -c, "ssh-keyscan example.com > known_hosts"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ssh-port",
        title: "Container offers SSH",
        area: Area::Cluster,
        topic: "hygiene",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it is a way in past the access control and the audit log of the cluster, but \
                      still asks for a login",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "practices:K8S-5", "owasp-k8s-2022:K01", "owasp-k8s-2025:K01"],
        remediation: "Remove the SSH server from the image and use `kubectl exec` or `kubectl \
                      debug`, which are authorised and audited.",
        since: "0.1.0",
        aliases: &["kube-linter:ssh-port"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for port in container.node.get("ports").items() {
        let number = port.get("containerPort");
        let name = port.get("name").scalar().unwrap_or("");
        let tcp = port.get("protocol").scalar().unwrap_or("TCP") == "TCP";
        if tcp && (number.as_int() == Some(22) || matches!(name, "ssh" | "sshd")) {
            out.fail(number, format!("{} declares a port for SSH", container.label()));
        }
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let port = container.node.path(&[probe, "tcpSocket", "port"]);
        if port.as_int() == Some(22) {
            out.fail(port, format!("a probe of {} asks its SSH server", container.label()));
        }
    }
    let program = container.node.get("command").index(0);
    if program.scalar().is_some_and(|path| path.rsplit('/').next() == Some("sshd")) {
        out.fail(program, format!("{} runs an SSH server", container.label())).confidence(Confidence::High);
    }
}
