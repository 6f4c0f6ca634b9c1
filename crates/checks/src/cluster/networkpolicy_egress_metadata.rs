//! NetworkPolicy lets pods reach the cloud's metadata service.

use crate::support::network::{self, Direction, Policy};
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// At 169.254.169.254 clouds answer with data about the node, credentials of its cloud identity among
    /// them. An egress rule for an address range that contains it, on port 80 or all ports, lets every
    /// selected pod ask.
    ///
    /// ## How to fix
    /// List `169.254.169.254/32` (or `169.254.0.0/16`) under `except`, or name ports without 80.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 169.254.169.254/32
    ///       ports:
    ///         - port: 80
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    ///             except: [10.0.0.0/8]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    ///             except:
    ///               - 169.254.169.254/32
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 0.0.0.0/0
    ///       ports:
    ///         - port: 443
    /// ```
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   egress:
    ///     - to:
    ///         - ipBlock:
    ///             cidr: 10.0.0.0/8
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-egress-metadata",
        title: "NetworkPolicy lets pods reach the cloud's metadata service",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the metadata service hands the node's cloud credentials to whoever asks; newer \
                      platforms guard it otherwise as well",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K08",
            "nsa-cisa:network/policies",
            "nsa-cisa:network/cloud-metadata",
        ],
        remediation: "Add `169.254.169.254/32` to `except` of the `ipBlock`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["NetworkPolicy"], judge),
};

/// 169.254.169.254, as a number.
const METADATA: u32 = 0xA9FE_A9FE;

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let policy = Policy { object: *object };
    for rule in policy.rules(Direction::Egress) {
        let ports = rule.get("ports");
        if !ports.is_empty() && !ports.items().any(|p| network::covers(p, "TCP", 80, &["http"])) {
            continue;
        }
        for block in rule.get("to").items().map(|p| p.get("ipBlock")) {
            let Some(place) = out.met(block.get("cidr").name(), contains) else { continue };
            if block.get("except").items().any(|e| e.scalar().is_some_and(contains)) {
                continue;
            }
            let message = format!(
                "NetworkPolicy `{}` lets pods reach the cloud's metadata service at 169.254.169.254",
                object.name(),
            );
            let block = block.parent().map_or(block, |peer| peer.get("ipBlock"));
            let mut plan = None;
            if network::is_any_address(block.get("cidr").scalar().unwrap_or("")) {
                let title = "leave the metadata service out with `except`";
                plan = Some(Plan::risky(title).append(block, &["except"], "169.254.169.254/32"));
            }
            let draft = out.fail(place, message);
            if let Some(plan) = plan {
                draft.fix(plan);
            }
        }
    }
}

/// True if a CIDR of IPv4 contains the metadata service's address.
fn contains(cidr: &str) -> bool {
    let Some((address, bits)) = cidr.trim().split_once('/') else { return false };
    let (Ok(address), Ok(bits)) = (address.parse::<std::net::Ipv4Addr>(), bits.parse::<u32>()) else {
        return false;
    };
    let mask = u32::MAX.checked_shl(32_u32.saturating_sub(bits)).unwrap_or(0);
    bits <= 32 && u32::from(address) & mask == METADATA & mask
}
