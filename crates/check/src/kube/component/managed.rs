//! Cluster definitions of tools that set most flags by themselves: kOps, k0s, Rancher.

use super::{Component, Program, Source};
use crate::kube::Object;

/// Sections of a kOps Cluster.
const KOPS: &[(&str, Program)] = &[
    ("kubeAPIServer", Program::ApiServer),
    ("kubeControllerManager", Program::ControllerManager),
    ("kubeScheduler", Program::Scheduler),
    ("kubelet", Program::Kubelet),
    ("controlPlaneKubelet", Program::Kubelet),
    ("masterKubelet", Program::Kubelet),
    ("kubeProxy", Program::KubeProxy),
];

/// Sections of a k0s ClusterConfig.
const K0S: &[(&str, Program)] = &[
    ("api", Program::ApiServer),
    ("controllerManager", Program::ControllerManager),
    ("scheduler", Program::Scheduler),
];

/// Keys of the configuration of k3s and RKE2 nodes.
const RANCHER: &[(&str, Program)] = &[
    ("kube-apiserver-arg", Program::ApiServer),
    ("kube-controller-manager-arg", Program::ControllerManager),
    ("kube-scheduler-arg", Program::Scheduler),
    ("etcd-arg", Program::Etcd),
    ("kubelet-arg", Program::Kubelet),
    ("kube-proxy-arg", Program::KubeProxy),
];

/// Adds the components that an object configures by way of one of these tools.
pub fn components<'a>(object: &Object<'a>, found: &mut Vec<Component<'a>>) {
    let spec = object.spec();
    match (object.group(), object.kind) {
        ("kops.k8s.io", "Cluster" | "InstanceGroup") => {
            let all = spec.get("authorization").get("alwaysAllow");
            if all.exists() {
                let mut component = Component::new(Program::ApiServer, Source::Partial, object, all);
                component.push_argument("authorization-mode=AlwaysAllow", all);
                found.push(component);
            }
            for (key, program) in KOPS {
                let section = spec.get(key);
                if section.is_map() {
                    let mut component = Component::new(*program, Source::Partial, object, section);
                    component.fields = Some(section);
                    let version = spec.get("kubernetesVersion").scalar();
                    component.minor = version.and_then(super::command::minor_of);
                    found.push(component);
                }
            }
        }
        ("k0s.k0sproject.io", "ClusterConfig") => {
            for (key, program) in K0S {
                let section = spec.get(key).get("extraArgs");
                if section.is_set() {
                    let mut component = Component::new(*program, Source::Partial, object, section);
                    component.read_arguments(section);
                    found.push(component);
                }
            }
        }
        ("provisioning.cattle.io", "Cluster") => {
            let rke = spec.get("rkeConfig");
            let selectors = rke.get("machineSelectorConfig").items().map(|s| s.get("config"));
            for config in std::iter::once(rke.get("machineGlobalConfig")).chain(selectors) {
                for (key, program) in RANCHER {
                    let arguments = config.get(key);
                    let mut component = Component::new(*program, Source::Partial, object, arguments);
                    for item in arguments.items().chain(std::iter::once(arguments)) {
                        if let Some(text) = item.scalar() {
                            component.push_argument(text, item);
                        }
                    }
                    if arguments.is_set() {
                        found.push(component);
                    }
                }
            }
        }
        _ => {}
    }
}
