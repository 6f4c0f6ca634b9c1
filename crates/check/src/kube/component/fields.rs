//! Configuration files of components: which field stands for which flag.

use super::{Anchor, Component, Program, Source};
use crate::kube::Object;
use syntax::Node;

/// Fields of `KubeletConfiguration` (kubelet.config.k8s.io/v1beta1).
const KUBELET: &[(&str, &[&str])] = &[
    ("address", &["address"]),
    ("allowed-unsafe-sysctls", &["allowedUnsafeSysctls"]),
    ("anonymous-auth", &["authentication", "anonymous", "enabled"]),
    ("authentication-token-webhook", &["authentication", "webhook", "enabled"]),
    ("authorization-mode", &["authorization", "mode"]),
    ("client-ca-file", &["authentication", "x509", "clientCAFile"]),
    ("event-qps", &["eventRecordQPS"]),
    ("feature-gates", &["featureGates"]),
    ("make-iptables-util-chains", &["makeIPTablesUtilChains"]),
    ("manifest-url", &["staticPodURL"]),
    ("pod-max-pids", &["podPidsLimit"]),
    ("protect-kernel-defaults", &["protectKernelDefaults"]),
    ("read-only-port", &["readOnlyPort"]),
    ("rotate-certificates", &["rotateCertificates"]),
    ("rotate-server-certificates", &["serverTLSBootstrap"]),
    ("seccomp-default", &["seccompDefault"]),
    ("streaming-connection-idle-timeout", &["streamingConnectionIdleTimeout"]),
    ("tls-cert-file", &["tlsCertFile"]),
    ("tls-cipher-suites", &["tlsCipherSuites"]),
    ("tls-min-version", &["tlsMinVersion"]),
    ("tls-private-key-file", &["tlsPrivateKeyFile"]),
    ("profiling", &["enableProfilingHandler"]),
];

/// Fields of `KubeSchedulerConfiguration`.
const SCHEDULER: &[(&str, &[&str])] = &[("profiling", &["enableProfiling"])];

/// Fields of `KubeProxyConfiguration`.
const PROXY: &[(&str, &[&str])] = &[
    ("bind-address", &["bindAddress"]),
    ("feature-gates", &["featureGates"]),
    ("healthz-bind-address", &["healthzBindAddress"]),
    ("metrics-bind-address", &["metricsBindAddress"]),
    ("profiling", &["enableProfiling"]),
];

/// The route to the field that stands for a flag.
pub fn route(program: Program, flag: &str) -> Option<&'static [&'static str]> {
    let table = match program {
        Program::Kubelet => KUBELET,
        Program::Scheduler => SCHEDULER,
        Program::KubeProxy => PROXY,
        _ => return None,
    };
    table.iter().find(|(name, _)| *name == flag).map(|(_, route)| *route)
}

/// A configuration file as the component it configures.
pub fn component<'a>(object: &Object<'a>, program: Program) -> Component<'a> {
    let mut component = Component::new(program, Source::File, object, object.root);
    component.place = object.head();
    component.fields = Some(object.root);
    component.anchor = Anchor::Fields(object.root);
    // Beside a kubeadm configuration in the same file it goes through kubeadm, which fills in its defaults.
    let mut minor = None;
    let documents =
        object.root.tree().roots().flat_map(|root| std::iter::once(root).chain(root.get("items").items()));
    let beside = documents
        .filter(|root| root.get("apiVersion").as_str().is_some_and(|v| v.starts_with("kubeadm.k8s.io/")));
    for root in beside {
        component.kubeadm = true;
        let version = root.get("kubernetesVersion").scalar().and_then(super::command::minor_of);
        minor = minor.or(version);
    }
    component.minor = minor;
    component
}

/// A mapping whose keys are flags in camel case, as in kOps: `anonymousAuth` for `anonymous-auth`.
pub fn camel<'a>(fields: Node<'a>, flag: &str) -> Option<Node<'a>> {
    let wanted = || flag.chars().filter(|c| *c != '-');
    fields
        .entries()
        .find(|(key, _)| key.chars().map(|c| c.to_ascii_lowercase()).eq(wanted()))
        .map(|(_, value)| value)
}
