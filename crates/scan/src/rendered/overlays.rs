//! Kustomize overlays.

use super::judge::{Unit, judge};
use super::{Judged, Scene, rows};
use model::{LedgerRow, Renderer, Status};
use rayon::prelude::*;
use render::Files;
use render::kustomize::{self, Built, Cache};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The overlays of a tree, built.
#[derive(Debug)]
pub struct Overlays {
    built: Vec<(String, Built)>,
    /// What was parsed: trying out fixes builds again from mostly the same files.
    cache: Cache,
}

impl Overlays {
    /// Builds all that are to be judged by themselves.
    pub fn build(scene: Scene<'_>) -> Self {
        let cache = Cache::default();
        let options = &scene.options.rendering.kustomize;
        let roots = kustomize::roots(scene.tree);
        let built = roots
            .into_par_iter()
            .map(|folder| {
                let built = kustomize::build(scene.tree, &folder, options, &cache);
                (folder, built)
            })
            .collect();
        Self { built, cache }
    }

    /// Names of the files that are judged as part of an overlay, not by themselves.
    pub fn consumed(&self) -> BTreeSet<Arc<str>> {
        let whole = self.built.iter().filter(|(_, built)| !built.output.problems.iter().any(|p| p.fatal));
        whole.flat_map(|(_, built)| built.consumed.iter().cloned()).collect()
    }

    /// Judges each as it would be deployed. What several have in common is one finding.
    pub fn judge(&self, scene: Scene<'_>) -> Judged {
        let each: Vec<Judged> = self
            .built
            .par_iter()
            .map(|(folder, built)| {
                let shown: Arc<str> = Arc::from(if folder.is_empty() { "." } else { folder.as_str() });
                let of = self.sharing(built);
                let unit = Unit {
                    by: Renderer::Kustomize,
                    folder: Arc::from(folder.as_str()),
                    run: shown,
                    of,
                    whole: true,
                };
                let output = &built.output;
                let again = |files: &dyn Files| {
                    let options = &scene.options.rendering.kustomize;
                    Some(kustomize::build(files, folder, options, &self.cache).output)
                };
                let mut judged = judge(scene, &unit, output, Some(&again));
                judged.rows.extend(ledger(built));
                let asked =
                    |name: &str| scene.options.roots.iter().any(|root| *root == std::path::Path::new(name));
                if asked(if folder.is_empty() { "." } else { folder }) {
                    judged.errors.extend(output.problems.iter().filter(|p| p.fatal).map(rows::describe));
                }
                judged
            })
            .collect();
        let mut all = Judged::none(scene);
        for judged in each {
            all.add(judged);
        }
        all
    }

    /// Number of overlays that have a file in common with this one, itself included.
    fn sharing(&self, built: &Built) -> u32 {
        self.built.iter().filter(|(_, other)| !other.consumed.is_disjoint(&built.consumed)).count() as u32
    }
}

/// What became of the files of an overlay.
fn ledger(built: &Built) -> Vec<LedgerRow> {
    let mut all: Vec<LedgerRow> =
        built.output.problems.iter().map(|problem| rows::problem(problem, "kustomize")).collect();
    if !built.output.problems.iter().any(|p| p.fatal) {
        all.extend(built.consumed.iter().map(|name| {
            LedgerRow::file(name, Status::Judged, "kustomize", "built into an overlay and judged as deployed")
        }));
    }
    all
}
