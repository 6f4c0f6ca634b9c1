//! Values to text, byte for byte as Go's libraries write them, with the origins of their parts.
//!
//! Charts hash what `toYaml` and `toJson` give, so a wrong byte here would show up far away. A value passes
//! through JSON on its way to YAML, as in `sigs.k8s.io/yaml`; [`to_yaml_pretty`] does not.

mod analysis;
mod json;
pub(crate) mod number;
mod order;
mod resolve;
mod scalar;
mod toml;
mod view;
mod yaml;

use crate::context::Context;
use crate::text::Text;
use crate::value::Value;
use yaml::Style;

pub use toml::to_toml;

/// Deepest nesting that is written; a map that holds itself comes to this.
const MAX_DEPTH: usize = 400;

/// What is said of a value that is nested deeper, most likely one that holds itself.
const TOO_DEEP: &str = "json: unsupported value: encountered a cycle via map[string]interface {}";

/// `toYaml`: keys sorted, sequences not indented, long lines folded as go-yaml v2 does, no line feed at the end.
/// A key has the origin of its value; an empty collection the origin of the collection.
pub fn to_yaml(context: &mut Context, value: &Value) -> Result<Text, String> {
    yaml::write(context, value, Style::Json)
}

/// `toYamlPretty`: as go-yaml v3 writes it with an indentation of two: sequences indented, no line folded.
pub fn to_yaml_pretty(context: &mut Context, value: &Value) -> Result<Text, String> {
    yaml::write(context, value, Style::Pretty)
}

/// `toJson`: one line, keys sorted, `<`, `>` and `&` escaped.
pub fn to_json(context: &mut Context, value: &Value) -> Result<Text, String> {
    json::write(context, value, json::Layout { escape_html: true, indent: false })
}

/// `toPrettyJson`: as [`to_json`], indented by two.
pub fn to_json_pretty(context: &mut Context, value: &Value) -> Result<Text, String> {
    json::write(context, value, json::Layout { escape_html: true, indent: true })
}

/// `toRawJson`: as [`to_json`], but `<`, `>` and `&` as they are.
pub fn to_json_raw(context: &mut Context, value: &Value) -> Result<Text, String> {
    json::write(context, value, json::Layout { escape_html: false, indent: false })
}
