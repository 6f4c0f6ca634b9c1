//! Metrics of kube-proxy are open to the network.

use crate::support::component::{fault, is_loopback, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The metrics port of kube-proxy asks for no credentials and shows its configuration too. On other than the
    /// loopback address everybody on the network can read it.
    ///
    /// ## How to fix
    /// Set `metrics-bind-address` (`metricsBindAddress`) to 127.0.0.1:10249.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-proxy, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-proxy
    ///       image: registry.k8s.io/kube-proxy:v1.34.0
    ///       command:
    ///         - kube-proxy
    ///         - --metrics-bind-address=0.0.0.0:10249
    /// ```
    /// ```yaml
    /// apiVersion: kubeproxy.config.k8s.io/v1alpha1
    /// kind: KubeProxyConfiguration
    /// metricsBindAddress: 0.0.0.0:10249
    /// ```
    /// ```yaml
    /// apiVersion: kubeproxy.config.k8s.io/v1alpha1
    /// kind: KubeProxyConfiguration
    /// metricsBindAddress: "[::]:10249"
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-proxy, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-proxy
    ///       image: registry.k8s.io/kube-proxy:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kube-proxy
    ///         - --metrics-bind-address=127.0.0.1:10249
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-proxy, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-proxy
    ///       image: registry.k8s.io/kube-proxy:v1.34.0
    ///       command:
    ///         - kube-proxy
    /// ```
    /// ```yaml
    /// apiVersion: kubeproxy.config.k8s.io/v1alpha1
    /// kind: KubeProxyConfiguration
    /// metricsBindAddress: 127.0.0.1:10249
    /// ```
    /// ```yaml
    /// apiVersion: kubeproxy.config.k8s.io/v1alpha1
    /// kind: KubeProxyConfiguration
    /// metricsBindAddress: ""
    /// ```
    /// ```yaml
    /// apiVersion: kubeproxy.config.k8s.io/v1alpha1
    /// kind: KubeProxyConfiguration
    /// mode: ipvs
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kube-proxy-metrics-address",
        title: "Metrics of kube-proxy are open to the network",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "metrics and configuration show how the network is laid out, no secrets",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.3.1",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "owasp-k8s-2025:K06",
        ],
        remediation: "Set `metrics-bind-address` (`metricsBindAddress`) to 127.0.0.1:10249.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::KubeProxy], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.text("metrics-bind-address");
    let open = |address: &String| !address.is_empty() && !is_loopback(address);
    let Some(found) = fault(component, out, value, String::new(), open) else { return };
    let change = plan(component, "metrics-bind-address", &"127.0.0.1:10249".into(), false);
    let draft = report(component, out, found, "metrics-bind-address", "shows its metrics to the network");
    if let Some(change) = change {
        draft.fix(change);
    }
}
