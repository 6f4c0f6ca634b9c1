//! Anything that becomes a pod.

use super::{Container, Object, Role};
use syntax::Node;

/// A pod, or the template a controller makes pods from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pod<'a> {
    /// The object that holds it: the Pod itself, its controller, or a custom resource.
    pub owner: Object<'a>,
    /// The mapping with the pod's `metadata` and `spec`.
    pub template: Node<'a>,
}

impl<'a> Pod<'a> {
    /// The pod's own metadata (of the template, not of the controller).
    pub fn metadata(&self) -> Node<'a> {
        self.template.get("metadata")
    }

    /// The pod's labels.
    pub fn labels(&self) -> Node<'a> {
        self.metadata().get("labels")
    }

    /// The pod's annotations.
    pub fn annotations(&self) -> Node<'a> {
        self.metadata().get("annotations")
    }

    /// The pod's spec.
    pub fn spec(&self) -> Node<'a> {
        self.template.get("spec")
    }

    /// The pod-level security context.
    pub fn security_context(&self) -> Node<'a> {
        self.spec().get("securityContext")
    }

    /// The namespace its pods run in.
    pub fn namespace(&self) -> &'a str {
        self.owner.namespace()
    }

    /// The service account it runs as: `default` if none is named.
    pub fn service_account(&self) -> &'a str {
        let spec = self.spec();
        spec.get("serviceAccountName")
            .scalar()
            .or_else(|| spec.get("serviceAccount").scalar())
            .filter(|name| !name.is_empty())
            .unwrap_or("default")
    }

    /// True if `spec.os.name` is `windows`.
    pub fn is_windows(&self) -> bool {
        self.spec().at("os.name").is("windows")
    }

    /// True if it is a static pod of a control-plane component or lives in `kube-system`.
    pub fn is_system(&self) -> bool {
        self.namespace() == "kube-system"
    }

    /// True for a Job or CronJob: it ends by itself, so probes and budgets make no sense.
    pub fn is_batch(&self) -> bool {
        self.owner.is_any(&["Job", "CronJob"])
    }

    /// Init containers (sidecars among them), containers and ephemeral containers, in that order.
    pub fn containers(&self) -> impl Iterator<Item = Container<'a>> + use<'a> {
        let pod = *self;
        [
            ("initContainers", Role::Init),
            ("containers", Role::Regular),
            ("ephemeralContainers", Role::Ephemeral),
        ]
        .into_iter()
        .flat_map(move |(key, role)| {
            pod.spec().get(key).items().filter(|c| c.is_map()).map(move |node| {
                let sidecar = role == Role::Init && node.get("restartPolicy").is("Always");
                Container { pod, node, role: if sidecar { Role::Sidecar } else { role } }
            })
        })
    }
}
