//! Pods may use any number of processes.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `podPidsLimit` one pod with a fork bomb takes all process ids of the node, and everything on it
    /// stops.
    ///
    /// ## How to fix
    /// Set `pod-max-pids` (`podPidsLimit`) to a limit such as 4096.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kubelet
    ///       image: example.com/kubelet:v1.34.0
    ///       command:
    ///         - kubelet
    ///         - --pod-max-pids=-1
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kubelet
    ///       image: example.com/kubelet:v1.34.0
    ///       command:
    ///         - kubelet
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// podPidsLimit: -1
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// cgroupDriver: systemd
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     pod-max-pids: "-1"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: pod-max-pids
    ///       value: "-1"
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kubelet
    ///       image: example.com/kubelet:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kubelet
    ///         - --pod-max-pids=4096
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// podPidsLimit: 4096
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     pod-max-pids: "1024"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: pod-max-pids
    ///       value: "1024"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-pod-pids-limit",
        title: "Pods may use any number of processes",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "one pod can exhaust the process ids of its node and stop all others",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.2.13",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "practices:RUN-4",
        ],
        remediation: "Set `pod-max-pids` (`podPidsLimit`) to a limit such as 4096.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.int("pod-max-pids");
    let Some(found) = fault(component, out, value, -1, |n| *n <= 0) else { return };
    let change = plan(component, "pod-max-pids", &4096.into(), false);
    let draft = report(component, out, found, "pod-max-pids", "lets a pod use any number of processes");
    if let Some(change) = change {
        draft.fix(change);
    }
}
