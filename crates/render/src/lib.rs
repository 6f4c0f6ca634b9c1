//! Helm charts and Kustomize overlays, rendered to manifests that know where each byte came from.
//!
//! Pure: files come through the [`Files`] trait, time and randomness are arguments. Nothing of the scanned
//! project is run but its templates, in the engine here, within bounds.

pub mod context;
pub mod emit;
pub mod files;
pub mod helm;
pub mod kustomize;
pub mod origin;
pub mod output;
pub mod schema;
pub mod semver;
pub mod sprig;
pub mod template;
pub mod text;
pub mod trace;
pub mod value;

pub use context::{Context, Function};
pub use files::{Blob, Files};
pub use origin::{FileId, Frame, FrameId, Origin, OriginId, Origins, Run, Skip, Step};
pub use output::{Manifest, Output, Problem};
pub use text::{Text, TextBuf};
pub use trace::{Spot, Trace};
pub use value::{IntKind, List, ListKind, Map, Object, Value};
