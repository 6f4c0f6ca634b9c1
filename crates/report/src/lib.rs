//! Findings to people and machines: terminal, JSON, SARIF, JUnit, GitLab, GitHub, Markdown, HTML, and
//! compliance views. Pure: a report in, text out.

pub mod escape;
pub mod explain;
pub mod files;
pub mod format;
pub mod frame;
pub mod framework;
pub mod github;
pub mod gitlab;
pub mod group;
pub mod html;
pub mod input;
pub mod json;
pub mod junit;
pub mod layout;
pub mod list;
pub mod markdown;
pub mod patch;
pub mod plain;
pub mod sarif;
pub mod style;
pub mod summary;
pub mod terminal;
pub mod width;

pub use format::{Format, render};
pub use input::{NoSources, Report, Sources, Stats};
pub use style::Style;
