//! Findings to people and machines: terminal, JSON, SARIF, JUnit, GitLab, GitHub, Markdown, HTML, and
//! compliance views. Pure: a report in, text out.

pub mod framework;
pub mod html;
pub mod input;

pub use input::{NoSources, Report, Sources, Stats};
