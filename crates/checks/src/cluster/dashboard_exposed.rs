//! Administration interface is exposed.

use crate::support::{dashboards, network};
use check::exposure::{self, Route, RouteKind};
use check::{Check, Cx, Out, Place, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// Interfaces made for operators, the Kubernetes dashboard, Argo CD, Grafana, Prometheus, Kibana,
    /// Jenkins, database consoles, face everyone if a LoadBalancer, NodePort or Ingress leads to them. They
    /// are recognised by the images behind the Service, or by the Service's name. An Ingress with
    /// authentication annotations is taken as a guarded way, internal load balancers as a smaller risk.
    ///
    /// ## How to fix
    /// Put an authenticating proxy in front, limit source ranges, or keep the interface inside of the
    /// cluster.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: ui
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: ui
    ///     spec:
    ///       containers:
    ///         - name: ui
    ///           image: kubernetesui/dashboard:v2.7.0
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: ui
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: ui
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: grafana
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: grafana
    ///     spec:
    ///       containers:
    ///         - name: grafana
    ///           image: grafana/grafana:11.0.0
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: grafana
    ///   namespace: shop
    /// spec:
    ///   type: NodePort
    ///   selector:
    ///     app: grafana
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: prom
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: prom
    ///     spec:
    ///       containers:
    ///         - name: prom
    ///           image: quay.io/prometheus/prometheus:v3.0.0
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: prom
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: prom
    ///   ports:
    ///     - port: 80
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /
    ///             pathType: Prefix
    ///             backend:
    ///               service:
    ///                 name: prom
    ///                 port:
    ///                   number: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: kubernetes-dashboard
    ///   namespace: shop
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: kubernetes-dashboard
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: grafana
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: grafana
    ///     spec:
    ///       containers:
    ///         - name: grafana
    ///           image: grafana/grafana:11.0.0
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: grafana
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: grafana
    ///   ports:
    ///     - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: web
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ---
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
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: prom
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: prom
    ///     spec:
    ///       containers:
    ///         - name: prom
    ///           image: prom/prometheus:v3.0.0
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: prom
    ///   namespace: shop
    /// spec:
    ///   selector:
    ///     app: prom
    ///   ports:
    ///     - port: 80
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: shop
    ///   namespace: shop
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-url: https://auth.example.com
    /// spec:
    ///   tls:
    ///     - hosts: [shop.example.com]
    ///       secretName: shop-tls
    ///   rules:
    ///     - host: shop.example.com
    ///       http:
    ///         paths:
    ///           - path: /
    ///             pathType: Prefix
    ///             backend:
    ///               service:
    ///                 name: prom
    ///                 port:
    ///                   number: 80
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "dashboard-exposed",
        title: "Administration interface is exposed",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "dashboards show and change the cluster or its data, and their logins are a \
                      favourite of attackers",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-5",
            "practices:NET-6",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
        ],
        remediation: "Make the Service ClusterIP, and publish it through an authenticating proxy or \
                      reach it by `kubectl port-forward`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Inventory(&[], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let ways = exposure::ways(cx.inventory);
    let finder = exposure::PodFinder::new(cx.inventory.pods());
    let mut budget = network::BUDGET;
    for service in cx.inventory.of_kind("Service") {
        out.subject(service.id());
        let mut routes = exposure::service_routes(service);
        routes.extend(ways.get(&(service.namespace(), service.name())).into_iter().flatten().cloned());
        let ranges = service.spec().get("loadBalancerSourceRanges");
        let narrow =
            !ranges.is_empty() && !ranges.items().any(|r| r.scalar().is_some_and(network::is_any_address));
        routes.retain(|r| !(narrow && r.kind == RouteKind::LoadBalancer || is_guarded(r)));
        let Some(route) = routes.iter().max_by_key(|r| r.kind) else { continue };
        let pods = finder.selected(service, &mut budget);
        if budget == 0 {
            let why = Why::new(WhyCode::Limit, "too many Services and pods to compare each with each");
            out.unknown(service, why);
            continue;
        }
        let by_image = pods.iter().find_map(|pod| dashboards::of_pod(pod));
        let by_name = if pods.is_empty() { dashboards::of_service(service.name()) } else { None };
        let Some(name) = by_image.map(|(name, _)| name).or(by_name) else { continue };
        let severity = match route.kind {
            RouteKind::LoadBalancer | RouteKind::ExternalIp => Severity::High,
            RouteKind::InternalLoadBalancer => Severity::Low,
            _ => Severity::Medium,
        };
        let message = format!("{name} is exposed through {}", route.label);
        let draft = out.fail(route.place, message);
        draft.severity(severity).key(name);
        if let Some((_, image)) = by_image {
            draft.related(image, "the image that says what it is");
        }
        if route.kind == RouteKind::Ingress {
            draft.related(service, "the Service that it leads to");
        }
    }
}

/// True for a way through an Ingress or route that asks for a login or admits certain addresses only.
fn is_guarded(route: &Route<'_>) -> bool {
    let Place::Node(node) = route.place else { return false };
    if route.kind != RouteKind::Ingress {
        return false;
    }
    let mut root = node;
    while let Some(parent) = root.parent() {
        if root.get("metadata").is_map() && root.get("kind").is_set() {
            break;
        }
        root = parent;
    }
    let guards = |name: &str| {
        ["auth", "whitelist", "allowlist", "allow-list", "middlewares"].iter().any(|part| name.contains(part))
    };
    root.path(&["metadata", "annotations"]).entries().any(|(name, _)| guards(name))
}
