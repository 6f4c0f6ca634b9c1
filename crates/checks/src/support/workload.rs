//! Questions about workloads that many checks ask.

use check::{Container, Cx, Inventory, Object, Pod, kube::select};
use model::Val;
use syntax::{Node, placeholder};

/// Controllers that keep a number of equal pods running.
pub const REPLICATED: &[&str] = &["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

/// Kinds outside of Kubernetes itself whose pods keep running.
const SERVICE_KINDS: &[&str] =
    &["Rollout", "CloneSet", "StatefulSet", "DaemonSet", "DeploymentConfig", "Service", "Configuration"];

/// True if the pod is meant to keep running: no Job, CronJob, workflow step or bare template with
/// `restartPolicy: Never`.
pub fn is_service(pod: &Pod<'_>) -> bool {
    (pod.owner.is_builtin() || SERVICE_KINDS.contains(&pod.owner.kind))
        && !pod.is_batch()
        && !pod.spec().get("restartPolicy").is("Never")
        && !pod.spec().get("restartPolicy").is("OnFailure")
}

/// True for a container whose health matters to somebody: a regular container of a pod that keeps running.
pub fn is_probed(container: &Container<'_>) -> bool {
    container.role == check::Role::Regular && is_service(&container.pod)
}

/// Number of pods a controller asks for; one where nothing is written.
pub fn replicas<'a>(object: &Object<'a>) -> Val<i64, Node<'a>> {
    match object.spec().get("replicas").int() {
        Val::Absent(place) => Val::Known(1, place),
        other => other,
    }
}

/// The autoscalers (HorizontalPodAutoscaler, KEDA ScaledObject) that set the number of pods of an object.
pub fn autoscalers<'s, 'a>(
    inventory: &'s Inventory<'a>,
    object: &'s Object<'a>,
) -> impl Iterator<Item = &'s Object<'a>> + use<'s, 'a> {
    inventory.of_kind("HorizontalPodAutoscaler").chain(inventory.of_group("ScaledObject", "keda.sh")).filter(
        move |scaler| {
            let target = scaler.spec().get("scaleTargetRef");
            let kind = target.get("kind").scalar().unwrap_or("Deployment");
            kind == object.kind
                && target.get("name").scalar() == Some(object.name())
                && same_namespace(scaler, object)
        },
    )
}

/// Fewest pods an autoscaler leaves: `minReplicas`, by default one (zero for KEDA).
pub fn fewest(scaler: &Object<'_>) -> i64 {
    if scaler.kind == "ScaledObject" {
        scaler.spec().get("minReplicaCount").as_int().unwrap_or(0)
    } else {
        scaler.spec().get("minReplicas").as_int().unwrap_or(1)
    }
}

/// True if both objects land in the same namespace. Manifests without a namespace get theirs when they are
/// applied, so one that names none may join any other.
pub fn same_namespace(a: &Object<'_>, b: &Object<'_>) -> bool {
    match (a.declared_namespace(), b.declared_namespace()) {
        (Some(a), Some(b)) => a == b || placeholder::find(a).is_some() || placeholder::find(b).is_some(),
        _ => true,
    }
}

/// Pods of the same namespace whose labels satisfy the equality selector of a Service.
pub fn selected_by_pairs<'s, 'a>(
    cx: &Cx<'a>,
    owner: &'s Object<'a>,
    wanted: Node<'a>,
) -> impl Iterator<Item = &'a Pod<'a>> + use<'s, 'a> {
    cx.inventory
        .pods()
        .iter()
        .filter(move |pod| same_namespace(&pod.owner, owner) && select::equality(wanted, pod.labels()))
}

/// Pods of the same namespace whose labels satisfy a LabelSelector.
pub fn selected_by<'s, 'a>(
    cx: &Cx<'a>,
    owner: &'s Object<'a>,
    selector: Node<'a>,
) -> impl Iterator<Item = &'a Pod<'a>> + use<'s, 'a> {
    cx.inventory
        .pods()
        .iter()
        .filter(move |pod| same_namespace(&pod.owner, owner) && select::matches(selector, pod.labels()))
}

/// True if something below the node is filled in later, so that what it selects can't be told.
pub fn has_placeholder(node: Node<'_>) -> bool {
    node.scalar().is_some_and(|text| placeholder::find(text).is_some())
        || node.items().any(has_placeholder)
        || node.entries().any(|(key, value)| placeholder::find(key).is_some() || has_placeholder(value))
}

/// The declared ports of a container: name and number, each where written.
pub fn ports<'a>(container: &Container<'a>) -> impl Iterator<Item = (Option<&'a str>, Option<i64>)> {
    container
        .node
        .get("ports")
        .items()
        .map(|port| (port.get("name").scalar(), port.get("containerPort").as_int()))
}

/// True if the container can answer on a port called `name`.
pub fn has_named_port(container: &Container<'_>, name: &str) -> bool {
    ports(container).any(|(declared, _)| declared == Some(name))
}

/// Every port number that some container of the pod declares: they share one network.
pub fn pod_declares_port(pod: &Pod<'_>, number: i64) -> bool {
    pod.containers().any(|c| ports(&c).any(|(_, declared)| declared == Some(number)))
}
