//! Whether every workload of a namespace is shut off by default in one direction.

use super::network::{BUDGET, Direction, Selectors, Space, Spaces};
use check::{Cx, Out, Pod};
use model::{ResourceId, Severity, Why, WhyCode};

/// Judges each namespace with workloads, once.
pub fn default_deny<'a>(direction: Direction, cx: &Cx<'a>, out: &mut Out<'a>) {
    let spaces = Spaces::new(cx.inventory);
    let mut budget = BUDGET;
    for (name, space) in &spaces.by_name {
        // A namespace of which only patches are here is somebody else's to restrict.
        let Some(first) = space.pods.iter().find(|pod| is_whole(pod)) else { continue };
        out.subject(ResourceId {
            provider: "kubernetes".to_owned(),
            kind: "Namespace".to_owned(),
            namespace: String::new(),
            name: (*name).to_owned(),
        });
        let Some(open) = open_pods(space, direction, &mut budget) else {
            let detail = "too many policies and pods to compare them all";
            out.unknown(&first.owner, Why::new(WhyCode::Limit, detail));
            continue;
        };
        let Some(one) = open.first() else { continue };
        if let Some(foreign) = spaces.foreign.or(space.foreign) {
            let detail = format!(
                "{} `{}` may restrict the pods of namespace `{name}`; policies of that kind are not read yet",
                foreign.kind,
                foreign.name()
            );
            out.unknown(foreign, Why::new(WhyCode::Unsupported, detail));
            continue;
        }
        let traffic = direction.field();
        let message = if space.policies.is_empty() {
            format!(
                "namespace `{name}` has {} and no NetworkPolicy, so {} {traffic} traffic is not restricted",
                count(space.pods.len()),
                if space.pods.len() == 1 { "its" } else { "their" },
            )
        } else if open.len() == space.pods.len() {
            format!("no NetworkPolicy of namespace `{name}` restricts {traffic} traffic of its workloads")
        } else {
            format!(
                "the NetworkPolicies of namespace `{name}` leave {traffic} traffic of {} of its {} open",
                open.len(),
                count(space.pods.len()),
            )
        };
        let draft = match space.object {
            Some(object) => out.fail(object, message),
            None => out.fail(&(if open.len() == space.pods.len() { first } else { one }).owner, message),
        };
        if *name == "kube-system" {
            draft.severity(Severity::Low);
        }
        draft.key(traffic);
        for pod in open.iter().take(5) {
            draft.related(&pod.owner, format!("its {traffic} traffic is open"));
        }
    }
}

fn is_whole(pod: &Pod<'_>) -> bool {
    pod.containers().next().is_none() || pod.containers().any(|c| c.node.get("image").is_set())
}

fn count(workloads: usize) -> String {
    if workloads == 1 { "1 workload".to_owned() } else { format!("{workloads} workloads") }
}

/// The pods that no policy restricts; `None` if telling would cost too much.
fn open_pods<'i, 'a>(
    space: &Space<'i, 'a>,
    direction: Direction,
    budget: &mut usize,
) -> Option<Vec<&'i Pod<'a>>> {
    let useful = space.policies.iter().filter(|p| p.affects(direction) && !p.allows_all(direction));
    let selectors = Selectors::new(useful);
    let mut open = Vec::new();
    for pod in &space.pods {
        if !selectors.select(pod.labels(), budget)? {
            open.push(*pod);
        }
    }
    Some(open)
}
