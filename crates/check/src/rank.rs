//! The order of urgency: what an attacker gains, and how easily the thing is reached.

use crate::exposure::{Reach, RightKind, RouteKind};
use crate::{Exposure, Inventory};
use model::{Confidence, Finding, Rank, ResourceId, Severity};
use std::collections::HashMap;

/// Most reasons named of each sort; the rest would say nothing new.
const MOST_REASONS: usize = 2;

/// Gives each finding its rank: its severity, moved by how exposed the workload is in the same inventory and
/// by what its service account may do there.
pub fn rank(findings: &mut [Finding], inventory: &Inventory<'_>) {
    if findings.is_empty() {
        return;
    }
    let exposure = Exposure::new(inventory);
    let mut reaches: HashMap<(&str, ResourceId), Vec<&Reach<'_>>> = HashMap::new();
    for pod in inventory.pods() {
        if let Some(reach) = exposure.get(pod)
            && (reach.is_exposed() || !reach.rights.is_empty())
        {
            let file: &str = pod.owner.root.tree().source().name();
            reaches.entry((file, pod.owner.id())).or_default().push(reach);
        }
    }
    for finding in findings {
        let file = finding.primary.file.clone();
        let reach = reaches.get(&(&*file, finding.resource.clone()));
        finding.rank = score(finding, reach.map_or(&[], Vec::as_slice));
    }
}

fn score(finding: &Finding, reaches: &[&Reach<'_>]) -> Rank {
    let base: u8 = match finding.severity {
        Severity::Critical => 78,
        Severity::High => 60,
        Severity::Medium => 40,
        Severity::Low => 20,
        Severity::Info => 5,
    };
    let doubt = match finding.confidence {
        Confidence::High => 0,
        Confidence::Medium => 4,
        Confidence::Low => 10,
    };
    let mut reasons = Vec::new();
    let mut routes: Vec<_> = reaches.iter().flat_map(|r| &r.routes).collect();
    routes.sort_by_key(|r| std::cmp::Reverse((weight_of_route(r.kind), r.kind)));
    let mut rights: Vec<_> = reaches.iter().flat_map(|r| &r.rights).collect();
    rights.sort_by_key(|r| std::cmp::Reverse(weight_of_right(r.kind, r.cluster_wide)));
    let route = routes.first().map_or(0, |r| weight_of_route(r.kind));
    let right = rights.first().map_or(0, |r| weight_of_right(r.kind, r.cluster_wide));
    let ways = routes.iter().map(|r| format!("reachable through {}", r.label));
    let allowed = rights.iter().map(|r| format!("its service account {}", r.label));
    for reason in ways.take(MOST_REASONS).chain(allowed.take(MOST_REASONS)) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    Rank { score: (base + route + right).saturating_sub(doubt).min(100), reasons }
}

const fn weight_of_route(kind: RouteKind) -> u8 {
    match kind {
        RouteKind::LoadBalancer | RouteKind::Ingress | RouteKind::ExternalIp => 12,
        RouteKind::NodePort | RouteKind::HostPort => 8,
        RouteKind::HostNetwork | RouteKind::InternalLoadBalancer => 5,
    }
}

const fn weight_of_right(kind: RightKind, cluster_wide: bool) -> u8 {
    let weight = match kind {
        RightKind::Everything | RightKind::Escalation => 8,
        RightKind::ReadSecrets | RightKind::Exec | RightKind::NodesProxy => 6,
        RightKind::CreatePods => 5,
    };
    if cluster_wide { weight + 2 } else { weight }
}
