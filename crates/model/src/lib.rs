//! The shared vocabulary of Holdfast: what a rule, a finding, a location, a fix, an exception and a
//! row of the coverage ledger are. Pure data: no parsing, no policy, no input or output.

mod coverage;
mod exception;
mod finding;
mod fix;
mod location;
mod outcome;
mod resource;
mod rule;
mod value;

pub use coverage::{LedgerRow, Status};
pub use exception::{Exception, ExceptionSource, Notice, NoticeKind, Scope};
pub use finding::{Finding, Rank, Related, Rendered, Renderer, Role, RuleTally};
pub use fix::{Change, Fix, Safety, TextEdit};
pub use location::{Location, Pointer, Position, Range, Span};
pub use outcome::{Outcome, Why, WhyCode};
pub use resource::ResourceId;
pub use rule::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
pub use value::Val;
