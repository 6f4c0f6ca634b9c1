//! Values that are laid over a chart's own.

use std::sync::Arc;
use syntax::{NodeId, Tree};

/// A layer of values. Later ones win.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A values file: its first document.
    File(Arc<Tree>),
    /// A mapping inside another file: `helm.valuesObject` of an Argo CD Application, `spec.values` of a Flux
    /// HelmRelease.
    Node {
        /// The file.
        tree: Arc<Tree>,
        /// The mapping.
        node: NodeId,
    },
    /// A block of text inside another file that is YAML itself: `helm.values: |`.
    Text {
        /// The file.
        tree: Arc<Tree>,
        /// The string.
        node: NodeId,
    },
    /// What stands after `--set`: `a.b[0].c=1,x={a,b}`.
    Set {
        /// The keys. If it is empty, `value` is a whole `--set` argument with keys in it.
        path: String,
        /// The value.
        value: String,
        /// All values are strings, as with `--set-string`.
        string: bool,
        /// The value is JSON, as with `--set-json`.
        json: bool,
        /// Where it stands, if it stands in a file.
        place: Option<(Arc<Tree>, NodeId)>,
    },
}
