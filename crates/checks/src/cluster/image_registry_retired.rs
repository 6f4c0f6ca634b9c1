//! Image comes from a retired registry.

use crate::support::images;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Some places are frozen: what is there is old, gets no fixes, and goes away one day. `k8s.gcr.io` and
    /// `gcr.io/google-containers` gave way to `registry.k8s.io`, `docker.io/bitnami` to a paid catalogue with a frozen
    /// archive, `quay.io/kubernetes-ingress-controller` to `registry.k8s.io/ingress-nginx`.
    ///
    /// ## How to fix
    /// Use the successor.
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
    ///       image: k8s.gcr.io/pause:3.6
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: gcr.io/google_containers/echoserver:1.10
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: gcr.io/google-containers/busybox:1.27
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: gcr.io/kubernetes-helm/tiller:v2.16.1
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: docker.io/bitnamilegacy/redis:7.2
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: us.gcr.io/k8s-artifacts-prod/pause:3.5
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
    ///       image: registry.k8s.io/pause:3.10
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: gcr.io/distroless/static:nonroot
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: k8s.gcr.io.example.com/pause:3.6
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-registry-retired",
        title: "Image comes from a retired registry",
        area: Area::Cluster,
        topic: "image",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the images there get no more security fixes, and pulls fail once the place is \
                      switched off",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "owasp-k8s-2022:K10", "nsa-cisa:pod-security/trusted-images"],
        remediation: "Use the successor that the message names, in a version that is still \
                      maintained.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

/// Place, and what took its place.
const RETIRED: &[(&str, &str)] = &[
    ("k8s.gcr.io", "use registry.k8s.io"),
    ("gcr.io/google-containers", "use registry.k8s.io"),
    ("gcr.io/google_containers", "use registry.k8s.io"),
    ("us.gcr.io/k8s-artifacts-prod", "use registry.k8s.io"),
    ("eu.gcr.io/k8s-artifacts-prod", "use registry.k8s.io"),
    ("asia.gcr.io/k8s-artifacts-prod", "use registry.k8s.io"),
    ("gcr.io/kubernetes-helm", "Helm 3 needs no Tiller"),
    ("gcr.io/heptio-images", "the projects live on under velero and projectcontour"),
    ("quay.io/kubernetes-ingress-controller", "use registry.k8s.io/ingress-nginx"),
    ("quay.io/external_storage", "use registry.k8s.io/sig-storage"),
    ("quay.io/kubernetes_incubator", "the incubator was closed"),
    ("docker.io/bitnamilegacy", "the archive is frozen; use a maintained image"),
    ("docker.pkg.github.com", "use ghcr.io"),
    ("docker.io/kubernetesui/dashboard", "the dashboard is archived"),
    ("registry.svc.ci.openshift.org", "use registry.ci.openshift.org"),
];

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((place, image)) = images::of(container, out) else { return };
    if let Some((registry, advice)) = RETIRED.iter().find(|(place, _)| images::comes_from(&image, place)) {
        out.fail(
            place,
            format!("the image of {} comes from `{registry}`, which is retired: {advice}", container.label()),
        );
    }
}
