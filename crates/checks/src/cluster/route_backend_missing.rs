//! Ingress or route leads to a Service or port that is not there.

use crate::support::{lookup::Names, workload};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use syntax::Node;

check::docs! {
    /// The backend names a Service that no manifest declares in the namespace, or a port that the Service does not have.
    ///
    /// ## How to fix
    /// Correct the name or the port. A backend of an Ingress has to be in the namespace of the Ingress.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///     - http:
    ///         paths:
    ///           - {path: /, pathType: Prefix, backend: {service: {name: wbe, port: {number: 80}}}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   defaultBackend: {service: {name: web, port: {name: https}}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: extensions/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   backend: {serviceName: web, servicePort: 8080}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   rules: [{backendRefs: [{name: api, port: 80}]}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///     - http:
    ///         paths:
    ///           - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
    ///           - {path: /x, pathType: Prefix, backend: {resource: {apiGroup: example.com, kind: Bucket, name: x}}}
    ///           - {path: /y, pathType: Prefix, backend: {service: {name: redirect, port: {name: use-annotation}}}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   rules: [{backendRefs: [{name: web, port: 80, namespace: other}]}]
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: other}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "route-backend-missing",
        title: "Ingress or route leads to a Service or port that is not there",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "requests end in an error page, which shows at the first test",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Correct the name of the Service, its port, or the namespace.",
        since: "0.1.0",
        aliases: &["kube-linter:dangling-ingress", "kube-score:ingress-targets-service"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["Service"], judge),
};

/// A Service that is named, and the port, which may be missing.
struct Backend<'a> {
    name: Node<'a>,
    port: Node<'a>,
    namespace: Option<&'a str>,
}

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let services = Names::new(cx, "Service");
    let routes = ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"];
    let route_objects = routes.into_iter().flat_map(|kind| cx.inventory.of_kind(kind));
    for object in cx.inventory.of_kind("Ingress").chain(route_objects) {
        out.subject(object.id());
        let found = if object.kind == "Ingress" { of_ingress(object) } else { of_route(object) };
        for backend in found {
            judge_backend(cx, object, &backend, &services, out);
        }
    }
}

fn judge_backend<'a>(
    cx: &Cx<'a>,
    object: &Object<'a>,
    backend: &Backend<'a>,
    services: &Names<'a>,
    out: &mut Out<'a>,
) {
    let Some(name) = out.known(backend.name.name()) else { return };
    // The AWS controller defines actions in annotations and names them like Services.
    if backend.port.is("use-annotation") {
        return;
    }
    let service = match backend.namespace {
        Some(namespace) => cx.inventory.find("Service", namespace, name),
        None => services.find(name, object),
    };
    let Some(service) = service else {
        if cx.settings.complete {
            out.fail(
                backend.name,
                format!(
                    "{} `{}` leads to the Service `{name}`, which is not there",
                    object.kind,
                    object.name()
                ),
            )
            .confidence(if services.any() { Confidence::Medium } else { Confidence::Low });
        } else {
            out.unknown(
                backend.name,
                Why::new(WhyCode::MissingInput, format!("the Service `{name}` may be part of another input")),
            );
        }
        return;
    };
    if service.spec().get("type").is("ExternalName") || workload::has_placeholder(service.spec().get("ports"))
    {
        return;
    }
    let number = backend.port.as_int();
    let wanted = match (number, backend.port.as_str()) {
        (Some(number), _) => number.to_string(),
        (None, Some(name)) => name.to_owned(),
        (None, None) => return,
    };
    let has = service.spec().get("ports").items().any(|port| {
        let same_number = number.is_some() && port.get("port").as_int() == number;
        same_number || (number.is_none() && port.get("name").scalar() == Some(wanted.as_str()))
    });
    if !has {
        out.fail(
            backend.port,
            format!(
                "{} `{}` leads to port `{wanted}`, which the Service `{name}` does not have",
                object.kind,
                object.name()
            ),
        )
        .confidence(Confidence::High)
        .related(service, "the Service");
    }
}

fn of_ingress<'a>(object: &Object<'a>) -> Vec<Backend<'a>> {
    let spec = object.spec();
    let paths =
        spec.get("rules").items().flat_map(|rule| rule.at("http.paths").items()).map(|p| p.get("backend"));
    [spec.get("defaultBackend"), spec.get("backend")]
        .into_iter()
        .chain(paths)
        .filter_map(|backend| {
            let service = backend.get("service");
            if service.get("name").is_set() {
                let port = service.get("port");
                let number = port.get("number");
                let port = if number.is_set() { number } else { port.get("name") };
                return Some(Backend { name: service.get("name"), port, namespace: None });
            }
            let name = backend.get("serviceName");
            name.is_set().then(|| Backend { name, port: backend.get("servicePort"), namespace: None })
        })
        .collect()
}

fn of_route<'a>(object: &Object<'a>) -> Vec<Backend<'a>> {
    let references = object.spec().get("rules").items().flat_map(|rule| rule.get("backendRefs").items());
    references
        .filter(|r| {
            r.get("kind").scalar().unwrap_or("Service") == "Service"
                && r.get("group").scalar().unwrap_or("").is_empty()
        })
        .filter(|r| r.get("name").is_set())
        .map(|r| Backend { name: r.get("name"), port: r.get("port"), namespace: r.get("namespace").scalar() })
        .collect()
}
