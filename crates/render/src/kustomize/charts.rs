//! `helmCharts`: charts that are rendered and added to the objects.

use super::fault::Fault;
use super::kustomization::Kustomization;
use super::loader::Loader;
use super::target::{Accumulator, Trail};
use model::WhyCode;

impl Loader<'_> {
    /// Adds what the charts of a kustomization come to.
    pub(super) fn inflate_charts(
        &mut self,
        target: &Kustomization,
        trail: &Trail,
        sum: &mut Accumulator,
    ) -> Result<(), Fault> {
        let _ = (trail, sum);
        for key in ["helmCharts", "helmChartInflationGenerator"] {
            for (entry, at) in self.entries(target, key) {
                if !self.options.helm {
                    let message =
                        "trouble configuring builtin HelmChartInflationGenerator: must specify --enable-helm";
                    return Err(Fault::new(message, at).code(WhyCode::Unsupported));
                }
                let name = entry.str("name");
                let message = format!("the chart `{name}` is not rendered as part of an overlay yet");
                self.leave_out(Fault::new(message, at).code(WhyCode::Unsupported), "");
            }
        }
        Ok(())
    }
}
