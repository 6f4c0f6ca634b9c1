//! Expressions of other languages inside scalars: what a template engine or `envsubst` fills in later.

/// The first placeholder in `text`, as written: `{{ ... }}`, `{% ... %}`, `<% ... %>`, `${NAME}`, a whole
/// text `$NAME`, or `@@NAME@@`. Kubernetes' own `$(NAME)` is expanded at run time and does not count.
pub fn find(text: &str) -> Option<&str> {
    let at = memchr::memchr3(b'{', b'$', b'<', text.as_bytes());
    if at.is_none() && !text.starts_with("@@") {
        return None;
    }
    for (open, close) in [("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("${", "}")] {
        if let Some(start) = text.find(open)
            && let Some(length) = text.get(start..).and_then(|rest| rest.find(close))
        {
            return text.get(start..start + length + close.len());
        }
    }
    let name = text.strip_prefix('$').or_else(|| text.strip_prefix("@@")?.strip_suffix("@@"))?;
    let is_name = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_what_is_filled_in_later() {
        assert_eq!(find("repo/app:{{ .Values.tag }}"), Some("{{ .Values.tag }}"));
        assert_eq!(find("app:${TAG}"), Some("${TAG}"));
        assert_eq!(find("$IMAGE"), Some("$IMAGE"));
        assert_eq!(find("@@IMAGE@@"), Some("@@IMAGE@@"));
        for plain in ["", "nginx:1.27", "$(POD_IP)", "$5", "a$b", "{a}", "$", "<b>"] {
            assert_eq!(find(plain), None, "{plain}");
        }
    }
}
