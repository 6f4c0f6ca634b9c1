//! Volume claim that is mounted is not there.

use crate::support::{lookup::Names, references};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use syntax::Node;

check::docs! {
    /// The pod mounts a PersistentVolumeClaim that no manifest declares. If nobody else makes it, the pod stays pending.
    ///
    /// ## How to fix
    /// Correct the name, declare the object, or mark the reference `optional` where the program does without it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, persistentVolumeClaim: {claimName: web}}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, persistentVolumeClaim: {claimName: web}}]
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "volume-claim-dangling",
        title: "Volume claim that is mounted is not there",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the pod stays pending until the claim is there, but it may well come from \
                      elsewhere",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Correct the name of the claim, or add it in the same namespace.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["PersistentVolumeClaim"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let names = Names::new(cx, "PersistentVolumeClaim");
    for pod in cx.inventory.pods() {
        out.subject(pod.owner.id());
        for reference in
            references::of(pod).into_iter().filter(|r| r.kind == "PersistentVolumeClaim" && !r.optional)
        {
            let Some(name) = out.known(reference.name.name()) else { continue };
            // A StatefulSet puts its own claims in the place of volumes of the same name.
            let volume = reference.name.parent().and_then(Node::parent);
            let own = pod.owner.spec().get("volumeClaimTemplates").items().any(|claim| {
                volume.is_some_and(|v| claim.at("metadata.name").scalar() == v.get("name").scalar())
            });
            if own || names.has(name, &pod.owner) {
                continue;
            }
            if cx.settings.complete {
                out.fail(
                    reference.name,
                    format!(
                        "the PersistentVolumeClaim `{name}` of {} `{}` is not there",
                        pod.owner.kind,
                        pod.owner.name()
                    ),
                );
            } else {
                let why = format!("the PersistentVolumeClaim `{name}` may be part of another input");
                out.unknown(reference.name, Why::new(WhyCode::MissingInput, why));
            }
        }
    }
}
