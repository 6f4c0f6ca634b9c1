//! PodDisruptionBudgets against what they guard.

use super::workload;
use check::{Cx, Object, Pod};
use model::Val;
use syntax::Node;

/// A number of pods, or a share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// So many.
    Count(i64),
    /// So many of a hundred.
    Percent(i64),
}

impl Share {
    /// Reads `2`, `"2"` or `50%`.
    pub fn at(node: Node<'_>) -> Option<Self> {
        if let Some(count) = node.as_int() {
            return Some(Self::Count(count));
        }
        let text = node.as_str()?;
        match text.strip_suffix('%') {
            Some(percent) => percent.parse().ok().map(Self::Percent),
            None => text.parse().ok().map(Self::Count),
        }
    }

    /// Number of pods out of `total`; shares are rounded up, as the disruption controller does.
    pub fn of(self, total: i64) -> i64 {
        match self {
            Self::Count(count) => count,
            Self::Percent(percent) => percent.saturating_mul(total).saturating_add(99) / 100,
        }
    }
}

/// The budgets that guard a pod.
pub fn guarding<'s, 'a>(cx: &Cx<'a>, pod: &'s Pod<'a>) -> impl Iterator<Item = &'a Object<'a>> + use<'s, 'a> {
    cx.inventory
        .of_kind("PodDisruptionBudget")
        .filter(move |budget| workload::same_namespace(budget, &pod.owner) && selects(budget, pod))
}

/// True if the budget's selector takes the pod. An empty selector takes every pod since `policy/v1`, and none
/// before.
pub fn selects(budget: &Object<'_>, pod: &Pod<'_>) -> bool {
    let selector = budget.spec().get("selector");
    if selector.is_map() && selector.is_empty() {
        return budget.version() == "v1";
    }
    selector.is_map() && check::kube::select::matches(selector, pod.labels())
}

/// The fewest pods that a controller keeps: its replicas, or what its autoscaler may go down to. `None` if
/// that can't be told.
pub fn fewest_pods(cx: &Cx<'_>, controller: &Object<'_>) -> Option<i64> {
    let scaled = workload::autoscalers(cx.inventory, controller).map(workload::fewest).min();
    scaled.or_else(|| match workload::replicas(controller) {
        Val::Known(count, _) => Some(count),
        Val::Absent(_) | Val::Unknown(..) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn shares_round_up() {
        assert_eq!(Share::Percent(50).of(3), 2);
        assert_eq!(Share::Percent(100).of(3), 3);
        assert_eq!(Share::Percent(0).of(3), 0);
        assert_eq!(Share::Percent(i64::MAX).of(i64::MAX), i64::MAX / 100);
        assert_eq!(Share::Count(2).of(1), 2);
    }
}
