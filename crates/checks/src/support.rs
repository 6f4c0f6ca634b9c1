//! What several checks share, by topic.

pub mod component;
