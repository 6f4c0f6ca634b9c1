//! Load balancer admits every address.

use crate::support::network;
use check::exposure::internal_load_balancer;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A Service of type LoadBalancer without `loadBalancerSourceRanges` is reachable from everywhere the
    /// cloud's load balancer is, in most clouds the whole Internet. Internal load balancers, as the
    /// annotations of the clouds declare them, pass.
    ///
    /// ## How to fix
    /// Set `spec.loadBalancerSourceRanges`. For services that are meant for everyone prefer an Ingress or
    /// Gateway, where TLS, authentication and logs are in one place.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    ///   loadBalancerSourceRanges:
    ///     - 0.0.0.0/0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-internal: "false"
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    ///   loadBalancerSourceRanges:
    ///     - 203.0.113.0/24
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-scheme: "internal"
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations:
    ///     networking.gke.io/load-balancer-type: "Internal"
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations:
    ///     service.beta.kubernetes.io/load-balancer-source-ranges: "10.0.0.0/8"
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 80
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-load-balancer-open",
        title: "Load balancer admits every address",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "a public service may be meant; what listens there is open to the whole Internet",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
        ],
        remediation: "List the admitted networks in `loadBalancerSourceRanges`, make the load balancer \
                      internal by the cloud's annotation, or use an Ingress.",
        since: "0.1.0",
        aliases: &["kube-linter:exposed-services"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Service"], judge),
};

fn judge<'a>(service: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let kind = service.spec().get("type");
    let Some(place) = out.met(kind.name(), |t| t == "LoadBalancer") else { return };
    if internal_load_balancer(service).is_some() {
        return;
    }
    let annotation = service.annotations().get("service.beta.kubernetes.io/load-balancer-source-ranges");
    let ranges = service.spec().get("loadBalancerSourceRanges");
    let open = ranges.items().find(|r| r.scalar().is_some_and(network::is_any_address));
    let annotated = annotation
        .scalar()
        .is_some_and(|a| !a.trim().is_empty() && !a.split(',').any(network::is_any_address));
    if let Some(range) = open {
        let message = format!("Service `{}` admits every address to its load balancer", service.name());
        out.fail(range, message).key("ranges");
    } else if ranges.is_empty() && !annotated {
        let message = format!(
            "Service `{}` has a load balancer without `loadBalancerSourceRanges`: every address is admitted",
            service.name(),
        );
        out.fail(place, message);
    }
}
