//! Exceptions: reading them in every form, applying them to findings, reporting the stale ones.
//!
//! Forms: comments `holdfast: allow RULE reason="..." until=YYYY-MM-DD owner=...` beside a line, annotations
//! `allow.holdfast.dev/RULE` on objects, sections of the configuration file, and the inline forms of other
//! tools, mapped rule by rule through [`model::RuleMeta::aliases`].

mod apply;
mod comments;
mod foreign;
mod parse;

pub use apply::{Exceptions, Region};
pub use foreign::Aliases;
