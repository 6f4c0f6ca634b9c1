//! Database or administration port is exposed.

use crate::support::network::{self, ADMIN_PORTS, DATABASE_PORTS};
use check::exposure::{RouteKind, service_routes};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Databases, caches, SSH, debuggers and the interfaces of Docker, the kubelet or etcd are not made to
    /// face a network of strangers. A Service of type LoadBalancer or NodePort, or with external addresses,
    /// puts them there.
    ///
    /// ## How to fix
    /// Change the type to ClusterIP. If clients outside of the cluster need it, make the load balancer
    /// internal and limit `loadBalancerSourceRanges`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: db
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: db
    ///   ports:
    ///     - port: 5432
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: cache
    ///   namespace: shop
    /// spec:
    ///   type: NodePort
    ///   selector:
    ///     app: cache
    ///   ports:
    ///     - port: 6379
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: NodePort
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 30022
    ///       targetPort: 22
    /// ```
    ///
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
    ///     - port: 2379
    ///   externalIPs: [203.0.113.10]
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
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 443
    /// ```
    ///
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
    ///     - port: 5432
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 22
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations:
    ///     service.beta.kubernetes.io/azure-load-balancer-internal: "true"
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    ///   ports:
    ///     - port: 5432
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
    ///     - port: 5432
    ///   loadBalancerSourceRanges: [203.0.113.0/28]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-sensitive-port",
        title: "Database or administration port is exposed",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "such services are found by scanners within hours and have weak or no protection \
                      of their own",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-6",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
            "practices:NET-3",
            "practices:K8S-5",
        ],
        remediation: "Make the Service ClusterIP, and reach it through a bastion, a VPN or `kubectl \
                      port-forward`.",
        since: "0.1.0",
        aliases: &["kube-linter:ssh-port"],
        docs: DOCS,
    },
    subject: Subject::Object(&["Service"], judge),
};

fn judge<'a>(service: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let routes = service_routes(service);
    let ranges = service.spec().get("loadBalancerSourceRanges");
    let narrow =
        !ranges.is_empty() && !ranges.items().any(|r| r.scalar().is_some_and(network::is_any_address));
    let outward = |kind: RouteKind| match kind {
        RouteKind::LoadBalancer => !narrow,
        RouteKind::NodePort | RouteKind::ExternalIp => true,
        _ => false,
    };
    let Some(route) = routes.iter().find(|r| outward(r.kind)) else { return };
    for port in service.spec().get("ports").items() {
        for field in ["targetPort", "port"] {
            let place = port.get(field);
            let number = place.as_int().unwrap_or(0);
            // Target ports count first: 443 in front of 5432 is still the database.
            if let Some(name) = network::well_known(number, &[DATABASE_PORTS, ADMIN_PORTS]) {
                let message =
                    format!("Service `{}` opens port {number} ({name}) to the outside", service.name());
                out.fail(place, message).related(route.place, "opens it").key(number.to_string());
                break;
            }
        }
    }
}
