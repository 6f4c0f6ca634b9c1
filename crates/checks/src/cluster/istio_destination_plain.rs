//! Istio connects to a destination without TLS.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A DestinationRule with `tls.mode: DISABLE` makes clients connect in plain, for the whole host, a
    /// subset or a port. `insecureSkipVerify` encrypts, but believes any certificate.
    ///
    /// ## How to fix
    /// Remove the setting; Istio then uses mutual TLS where the other side has it. For hosts outside of the
    /// mesh use `SIMPLE` with `caCertificates`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   host: db
    ///   trafficPolicy:
    ///     tls:
    ///       mode: DISABLE
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.istio.io/v1beta1
    /// kind: DestinationRule
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   host: db
    ///   trafficPolicy:
    ///     portLevelSettings:
    ///       - port: {number: 80}
    ///         tls:
    ///           mode: DISABLE
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   host: db
    ///   trafficPolicy:
    ///     tls:
    ///       mode: SIMPLE
    ///       insecureSkipVerify: true
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   host: db
    ///   trafficPolicy:
    ///     tls:
    ///       mode: ISTIO_MUTUAL
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.istio.io/v1
    /// kind: DestinationRule
    /// metadata:
    ///   name: default
    ///   namespace: shop
    /// spec:
    ///   host: db
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "istio-destination-plain",
        title: "Istio connects to a destination without TLS",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "traffic to the host leaves the sidecar unencrypted although the mesh would \
                      encrypt it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-5",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/encryption",
        ],
        remediation: "Use `ISTIO_MUTUAL`, or leave the `tls` settings out so that the mesh decides.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["DestinationRule.networking.istio.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let spec = object.spec();
    let host = spec.get("host").scalar().unwrap_or("");
    let subsets = spec.get("subsets").items().map(|s| s.get("trafficPolicy"));
    for policy in std::iter::once(spec.get("trafficPolicy")).chain(subsets) {
        let ports = policy.get("portLevelSettings").items().map(|p| p.get("tls"));
        for tls in std::iter::once(policy.get("tls")).chain(ports) {
            if let Some(place) = out.met(tls.get("mode").name(), |m| m == "DISABLE") {
                out.fail(
                    place,
                    format!("DestinationRule `{}` connects to `{host}` without TLS", object.name()),
                );
            }
            if let Some(place) = out.met(tls.get("insecureSkipVerify").bool(), |on| on) {
                let message =
                    format!("DestinationRule `{}` believes any certificate of `{host}`", object.name());
                out.fail(place, message);
            }
        }
    }
}
