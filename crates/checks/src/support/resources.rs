//! Requests and limits as they count in the end: a container's own, the pod's, or a LimitRange's defaults.

use super::quantity::Quantity;
use super::workload;
use check::{Container, Cx, Out, Role};
use model::Val;
use syntax::Node;

/// Whether a container is held to an amount of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount<'a> {
    /// It is; or it can't be told, which has been noted.
    Settled,
    /// Nothing is written.
    Missing,
    /// Zero is written here, which Kubernetes takes for nothing.
    Zero(Node<'a>),
}

/// What limits the use of `resource` by a container: its own limit, the pod's (since 1.34) or a default of a
/// LimitRange in the same namespace.
pub fn limit<'a>(container: &Container<'a>, resource: &str, cx: &Cx<'a>, out: &mut Out<'a>) -> Amount<'a> {
    amount(container, resource, &["limits"], &["default"], cx, out)
}

/// What is set aside of `resource` for a container. A limit without a request is the request as well.
pub fn request<'a>(container: &Container<'a>, resource: &str, cx: &Cx<'a>, out: &mut Out<'a>) -> Amount<'a> {
    amount(container, resource, &["requests", "limits"], &["defaultRequest", "default"], cx, out)
}

fn amount<'a>(
    container: &Container<'a>,
    resource: &str,
    fields: &[&str],
    defaults: &[&str],
    cx: &Cx<'a>,
    out: &mut Out<'a>,
) -> Amount<'a> {
    let mut zero = None;
    let places = [container.node.get("resources"), container.pod.spec().get("resources")];
    for (place, field) in places.iter().flat_map(|place| fields.iter().map(move |field| (place, *field))) {
        if !place.is_map() && place.is_set() {
            out.known(place.name());
            return Amount::Settled;
        }
        let node = place.get(field).get(resource);
        match Quantity::at(node) {
            Val::Known(quantity, _) if quantity.is_zero() => {
                zero = zero.or(Some(node));
                if field == "requests" {
                    // An explicit request of nothing is not replaced by the limit.
                    return Amount::Zero(node);
                }
            }
            Val::Known(..) => return Amount::Settled,
            Val::Absent(_) => {}
            Val::Unknown(why, place) => {
                out.unknown(place, why);
                return Amount::Settled;
            }
        }
    }
    if let Some(zero) = zero {
        return Amount::Zero(zero);
    }
    if workload::note_patch(&container.pod.owner, out) {
        return Amount::Settled;
    }
    let namespace = container.pod.namespace();
    let defaulted = cx.inventory.of_kind("LimitRange").filter(|r| r.namespace() == namespace).any(|range| {
        range.spec().get("limits").items().filter(|l| l.get("type").is("Container")).any(|limit| {
            // A maximum serves as the default limit where none is given.
            defaults.iter().chain(&["max"]).any(|field| {
                matches!(Quantity::at(limit.get(field).get(resource)), Val::Known(q, _) if !q.is_zero())
            })
        })
    });
    if defaulted { Amount::Settled } else { Amount::Missing }
}

/// True for containers whose resources can be set at all: ephemeral ones have none.
pub fn has_resources(container: &Container<'_>) -> bool {
    container.role != Role::Ephemeral
}

/// Where to point for a missing amount: the part of `resources` that lacks it, else the container.
pub fn place<'a>(container: &Container<'a>, field: &str) -> Node<'a> {
    container.node.get("resources").get(field)
}

/// Which of the two amounts of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// What the container may use at most.
    Limit,
    /// What the scheduler sets aside for it.
    Request,
}

/// Reports a container that is held to no amount of `resource`, or to none that counts.
pub fn judge_missing<'a>(
    container: &Container<'a>,
    resource: &str,
    bound: Bound,
    cx: &Cx<'a>,
    out: &mut Out<'a>,
) {
    if !has_resources(container) {
        return;
    }
    let (amount, field, word) = match bound {
        Bound::Limit => (limit(container, resource, cx, out), "limits", "limit"),
        Bound::Request => (request(container, resource, cx, out), "requests", "request"),
    };
    let label = container.label();
    match amount {
        Amount::Settled => {}
        Amount::Missing => {
            out.fail(place(container, field), format!("{label} has no {resource} {word}"));
        }
        Amount::Zero(place) => {
            out.fail(place, format!("the {resource} {word} of {label} is zero, which counts as none"));
        }
    }
}
