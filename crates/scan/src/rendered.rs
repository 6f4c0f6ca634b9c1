//! Charts and overlays: which there are, in which runs each is rendered, and what is found in them.
//!
//! Each run (a chart with one set of values, an overlay) is judged by itself, as one deployment: what another
//! run deploys neither helps nor hurts it. Its findings are then led back to files ([`page`]), and those that
//! several runs share are said once ([`merge`]).

mod candidates;
mod charts;
mod explore;
mod judge;
mod merge;
mod overlays;
mod page;
mod print;
mod repair;
mod rows;
mod usages;

use crate::tree::FileTree;
use check::{File, Verdicts};
use model::{LedgerRow, Notice};
use render::{helm, kustomize};
use std::collections::BTreeSet;
use std::sync::Arc;
use syntax::SourceText;

pub use charts::Charts;
pub use merge::merge;
pub use overlays::Overlays;
pub use print::print;
pub use render::helm::Layer;

/// How charts and overlays are rendered.
#[derive(Clone, Debug, Default)]
pub struct Rendering {
    /// Release, namespace, Kubernetes version and the like.
    pub helm: helm::Options,
    /// Values laid over those of every run.
    pub layers: Vec<Layer>,
    /// Whether values that are off by default are switched on one by one, to see what that breaks.
    pub explore: bool,
    /// What building an overlay may do.
    pub kustomize: kustomize::Options,
    /// Whether the rendered texts are kept, for those who want to look at them.
    pub keep: bool,
}

impl Rendering {
    /// The text of a file of values that was named on the command line.
    pub fn given(&self, name: &str) -> Option<&Arc<SourceText>> {
        self.layers.iter().find_map(|layer| match layer {
            Layer::File(tree) if **tree.source().name() == *name => Some(tree.source()),
            _ => None,
        })
    }
}

/// A rendered text that was kept: the objects of one run.
#[derive(Debug)]
pub struct Kept {
    /// The text, read.
    pub file: File,
    runs: Vec<render::Run>,
    origins: Arc<render::Origins>,
    folder: String,
}

impl Kept {
    /// Where a line of the text came from.
    pub fn origin_of(&self, line: u32, is_real: &dyn Fn(&str) -> bool) -> Option<(Arc<str>, u32)> {
        let check::Content::Tree(tree) = &self.file.content else { return None };
        let (runs, origins, folder) = (&self.runs, &*self.origins, &self.folder);
        let place = page::Page { tree, runs, origins, folder, is_real }.place_line(line);
        (!place.file.is_empty()).then_some((place.file, place.range.start.line))
    }
}

/// What came of all runs of a chart, or of an overlay.
#[derive(Debug)]
pub struct Judged {
    /// Findings, led back to files, and counts.
    pub verdicts: Verdicts,
    /// Rows for the ledger.
    pub rows: Vec<LedgerRow>,
    /// Mistakes in what the user asked for.
    pub errors: Vec<String>,
    /// Words about exceptions in annotations.
    pub notices: Vec<Notice>,
    /// Number of objects.
    pub resources: u32,
    /// The rendered texts, if they are kept.
    pub kept: Vec<Kept>,
    /// Names of files whose text is part of the result.
    pub contributed: BTreeSet<Arc<str>>,
}

/// What every run needs.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The options of the scan.
    pub options: &'a crate::Options,
    /// The files.
    pub tree: &'a FileTree<'a>,
    /// Other names of the rules.
    pub aliases: &'a check::exception::Aliases,
}
