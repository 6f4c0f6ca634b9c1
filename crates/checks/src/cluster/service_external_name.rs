//! Service is an alias for a name outside.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A Service of type ExternalName is a CNAME in the cluster's DNS. Whoever controls the name controls
    /// the traffic. Ingress controllers that follow it can be made to reach internal hosts; names of the
    /// node, the metadata service or the API server are a sure sign and weigh more.
    ///
    /// ## How to fix
    /// Point the application to the external host itself, with TLS that verifies its name.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: mail
    /// spec:
    ///   type: ExternalName
    ///   externalName: mail.example.org
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: meta
    /// spec:
    ///   type: ExternalName
    ///   externalName: 169.254.169.254
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: self
    /// spec:
    ///   type: ExternalName
    ///   externalName: localhost
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
    ///   name: db
    /// spec:
    ///   type: ExternalName
    ///   externalName: db.data.svc.cluster.local
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-external-name",
        title: "Service is an alias for a name outside",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "traffic meant for the Service goes where the name points, which no NetworkPolicy \
                      or certificate of the cluster covers",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-4",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
        ],
        remediation: "Use the real host name in the application, or make sure that the name is under \
                      your control.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Service"], judge),
};

fn judge<'a>(service: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if !service.spec().get("type").is("ExternalName") {
        return;
    }
    let field = service.spec().get("externalName");
    let Some(name) = out.known(field.name()) else { return };
    let name = name.trim_end_matches('.');
    let core = name.strip_suffix(".svc.cluster.local").or_else(|| name.strip_suffix(".svc"));
    let harmful = matches!(name, "localhost" | "127.0.0.1" | "169.254.169.254" | "metadata.google.internal")
        || core == Some("kubernetes.default");
    if harmful {
        let message = format!("Service `{}` leads to `{name}`", service.name());
        out.fail(field, message).severity(Severity::Medium);
    } else if core.is_none() {
        out.fail(field, format!("Service `{}` leads to `{name}`, outside of the cluster", service.name()));
    }
}
