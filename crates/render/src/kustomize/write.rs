//! Objects to YAML.

use crate::context::Context;
use crate::emit;
use crate::text::{Text, TextBuf};
use crate::value::Value;

/// An object as a YAML document: keys sorted, each with the origin of its value. Kustomize writes with the
/// library that `toYaml` of charts goes by.
pub(super) fn yaml(context: &mut Context, value: &Value) -> Result<Text, String> {
    let text = emit::to_yaml(context, value)?;
    let mut buf = TextBuf::default();
    buf.push_text(&text);
    buf.push_beside(b"\n");
    Ok(buf.finish())
}
