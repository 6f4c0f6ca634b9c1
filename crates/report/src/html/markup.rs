//! Writing HTML in which every text and attribute is escaped and every element closed.

/// A page in the making.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
    open: Vec<&'static str>,
}

type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Markup {
    fn start(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Opens an element; what follows is inside it until [`Self::close`].
    pub(super) fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.open.push(tag);
    }

    /// Closes the element opened last.
    pub(super) fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
            if matches!(tag, "section" | "div" | "li" | "tr" | "p" | "header" | "details" | "nav" | "table") {
                self.out.push('\n');
            }
        }
    }

    /// Closes as many elements.
    pub(super) fn close_all(&mut self, count: usize) {
        for _ in 0..count {
            self.close();
        }
    }

    /// An element with nothing but text in it.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close();
    }

    /// An element that has no end tag.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// Text in which what stands between backticks is code.
    pub(super) fn prose(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, code, after)) = rest
            .split_once('`')
            .and_then(|(before, tail)| tail.split_once('`').map(|(code, after)| (before, code, after)))
        {
            self.text(before);
            if code.is_empty() {
                self.text("``");
            } else {
                self.leaf("code", &[], code);
            }
            rest = after;
        }
        self.text(rest);
    }

    /// Markup of our own, never of the input.
    pub(super) fn fixed(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// A block of data that scripts read and browsers do not run. `json` must be valid JSON.
    pub(super) fn data(&mut self, id: &'static str, json: &str) {
        self.start("script", &[("type", "application/json"), ("id", id)]);
        for c in json.chars() {
            match c {
                '<' => self.out.push_str("\\u003c"),
                '>' => self.out.push_str("\\u003e"),
                '&' => self.out.push_str("\\u0026"),
                '\u{2028}' => self.out.push_str("\\u2028"),
                '\u{2029}' => self.out.push_str("\\u2029"),
                _ => self.out.push(c),
            }
        }
        self.out.push_str("</script>\n");
    }

    /// The finished text, with whatever is still open closed.
    pub(super) fn finish(mut self) -> String {
        let count = self.open.len();
        self.close_all(count);
        self.out
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(visible(c)),
        }
    }
}

/// Characters that would reorder or hide what a person reads stand as U+FFFD.
pub(super) const fn visible(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        c if crate::escape::is_unsafe(c) => '\u{fffd}',
        c => c,
    }
}

/// A text with [`visible`] characters only.
pub(super) fn tidy(text: &str) -> String {
    text.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_escaped_and_closed() {
        let mut m = Markup::default();
        m.open("div", &[("title", "\"><script>alert('x')</script>")]);
        m.leaf("b", &[], "<i>&\u{202e}\u{1b}");
        m.open("p", &[]);
        let out = m.finish();
        assert_eq!(
            out,
            "<div title=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\">\
             <b>&lt;i&gt;&amp;\u{fffd}\u{fffd}</b><p></p>\n</div>\n"
        );
    }

    #[test]
    fn backticks_make_code() {
        let mut m = Markup::default();
        m.prose("a `b<` c ``d` e");
        assert_eq!(m.finish(), "a <code>b&lt;</code> c ``d` e");
    }

    #[test]
    fn data_can_not_end_its_element() {
        let mut m = Markup::default();
        m.data("d", &serde_json::json!(["</script><!--", "a&b\u{2028}"]).to_string());
        let out = m.finish();
        assert_eq!(out.matches("</script").count(), 1);
        assert!(!out.contains("<!--"));
        let json = out.split_once('>').unwrap().1.split_once("</script").unwrap().0;
        let back: Vec<String> = serde_json::from_str(json).unwrap();
        assert_eq!(back, ["</script><!--", "a&b\u{2028}"]);
    }
}
