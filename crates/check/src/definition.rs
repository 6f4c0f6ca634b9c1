//! What a check is.

use crate::{Component, Container, Cx, Object, Out, Pod, Program};
use model::RuleMeta;

/// A rule with the code that judges it. One `static CHECK` a file.
#[derive(Debug)]
pub struct Check {
    /// Everything that is known before it runs.
    pub meta: RuleMeta,
    /// What it looks at, and how.
    pub subject: Subject,
}

/// What a check looks at, one at a time, and the function that judges it.
///
/// A function reports faults with [`Out::fail`] and what it could not tell with [`Out::unknown`]; if it does
/// neither, the subject has passed.
#[derive(Debug)]
pub enum Subject {
    /// Each Kubernetes object of one of these kinds. `Ingress` means the kind in any API group of Kubernetes
    /// itself; `Application.argoproj.io` names another group; `*` means every object.
    Object(&'static [&'static str], for<'a> fn(&Object<'a>, &Cx<'a>, &mut Out<'a>)),
    /// Each pod: a Pod, the pod template of a controller, or one found in a custom resource.
    Pod(for<'a> fn(&Pod<'a>, &Cx<'a>, &mut Out<'a>)),
    /// Each container of each pod: init, sidecar, regular and ephemeral.
    Container(for<'a> fn(&Container<'a>, &Cx<'a>, &mut Out<'a>)),
    /// Each of these programs of the control plane or of nodes, wherever it is run or configured: static pods
    /// and other containers, kubeadm, configuration files.
    Component(&'static [Program], for<'a> fn(&Component<'a>, &Cx<'a>, &mut Out<'a>)),
    /// Each Dockerfile.
    Dockerfile(for<'a> fn(&'a syntax::dockerfile::Dockerfile, &Cx<'a>, &mut Out<'a>)),
    /// Each service of each Compose project.
    Service(for<'a> fn(syntax::compose::Service<'a>, &Cx<'a>, &mut Out<'a>)),
    /// The inventory as a whole, once. The function names its subjects itself ([`Out::subject`]). The kinds
    /// are those without which it can't judge: if the input is known to be partial and has none of them, the
    /// check is not evaluated.
    Inventory(&'static [&'static str], for<'a> fn(&Cx<'a>, &mut Out<'a>)),
}
