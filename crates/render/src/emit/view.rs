//! What Go's `encoding/json` sees of values that are neither scalars nor plain collections.

use crate::sprig::certificates::Certificate;
use crate::sprig::encoding::base64;
use crate::sprig::strval::bytes;
use crate::sprig::time::{Named, Time};
use crate::value::{ListKind, Value};

/// The value that stands for an object, or for bytes; `None` if it is seen as it is.
pub(super) fn seen(value: &Value) -> Option<Value> {
    match value {
        Value::List(list, origin) if list.kind == ListKind::Bytes => {
            Some(Value::str(base64(&bytes(list.items()))).with_origin(*origin))
        }
        Value::Object(object, origin) => {
            let inner = if let Some(time) = object.as_any().downcast_ref::<Time>() {
                Value::str(time.rfc3339())
            } else if let Some(number) = Named::number(value) {
                Value::int(number)
            } else if let Some(certificate) = object.as_any().downcast_ref::<Certificate>() {
                certificate.fields("Cert", "Key")
            } else {
                object.underlying().unwrap_or_else(|| Value::str(object.display()))
            };
            Some(inner.with_origin(*origin))
        }
        _ => None,
    }
}

/// The text with each byte that is no UTF-8 replaced, as Go does; `None` if there is none.
pub(super) fn valid(bytes: &[u8]) -> Option<String> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for _ in chunk.invalid() {
            out.push('\u{fffd}');
        }
    }
    Some(out)
}
