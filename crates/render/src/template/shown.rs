//! Parts of a template as Go's errors show them: the same words, with the blanks made regular.

use crate::template::lexer::{Kind, Lexer};
use crate::template::literal::quote;
use model::Span;

/// The text of a part; with `braces`, a `template` action with its name first.
pub(super) fn shown(text: &str, span: Span, braces: bool) -> String {
    let part = span.text(text);
    let mut lexer = Lexer::inside(part);
    let mut out = String::new();
    let mut gap = false;
    let mut first = true;
    loop {
        let item = lexer.next();
        let word = item.span.text(part);
        match item.kind {
            Kind::Eof | Kind::Error | Kind::Left | Kind::Right | Kind::Text => break,
            Kind::Space => {
                gap = !out.is_empty();
                continue;
            }
            Kind::Pipe => out.push_str(" | "),
            Kind::Assign => out.push_str(" = "),
            Kind::Declare => out.push_str(" := "),
            Kind::Char if word == "," => out.push_str(", "),
            Kind::Close => out.push(')'),
            kind => {
                let tight = out.is_empty() || out.ends_with(' ') || out.ends_with('(');
                if gap && !tight {
                    out.push(' ');
                }
                if braces && first && matches!(kind, Kind::Str | Kind::Raw) {
                    let name = crate::template::literal::unquote(word).unwrap_or_default();
                    out.push_str(&quote(&String::from_utf8_lossy(&name)));
                } else {
                    out.push_str(word);
                }
            }
        }
        first = false;
        gap = false;
    }
    if braces { format!("{{{{template {out}}}}}") } else { out }
}
