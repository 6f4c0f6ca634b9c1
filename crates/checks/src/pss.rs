//! Which Pod Security Standard workloads and namespaces meet, what keeps them from the next one, and which
//! labels their namespaces should carry.
//!
//! Everything is decided by the checks with a control reference `pss:<level>/<control>`; this module only
//! draws the sums, in the way Pod Security Admission does (KEP-2579).

mod assess;
mod labels;
mod level;
pub mod render;

pub use assess::{ControlReport, Fault, Gap, NamespaceReport, Report, Standing, WorkloadReport, assess};
pub use labels::{Advice, LabelReport, MODES, PREFIX, is_version};
pub use level::{CONTROLS, Control, Level, control};
