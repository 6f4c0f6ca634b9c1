//! What several checks share, by topic.

pub mod audit;
pub mod component;
pub mod encryption;
