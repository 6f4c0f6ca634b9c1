//! Reads charts.

use super::chart::Chart;
use super::library::Library;
use crate::files::Files;
use crate::output::Problem;
use std::sync::Arc;

/// The chart folders of a tree, in order: those with a `Chart.yaml`, but not those inside `charts/` of another.
pub fn charts(files: &dyn Files) -> Vec<String> {
    let _ = files;
    Vec::new()
}

/// Reads the chart in a folder, and the charts it depends on. What is missing or broken is among the chart's
/// problems; `Err` only if there is no `Chart.yaml` that can be read.
pub fn load(files: &dyn Files, folder: &str, library: &Library) -> Result<Chart, Vec<Problem>> {
    let _ = (files, folder, library);
    Err(Vec::new())
}

/// Reads a packaged chart (`.tgz`). `name` is how people know the archive.
pub fn load_archive(bytes: &Arc<[u8]>, name: &str, library: &Library) -> Result<Chart, Vec<Problem>> {
    let _ = (bytes, name, library);
    Err(Vec::new())
}
