//! The documentation of a check, written as a doc comment and available at run time.

/// Makes a `pub const DOCS: &str` of a doc comment, so that a check's explanation and examples are written
/// once, as Markdown, and serve `holdfast explain`, the rule reference and the tests.
///
/// ```
/// check::docs! {
///     /// What is wrong, why it matters.
///     ///
///     /// ## Fails
/// }
/// assert!(DOCS.contains("## Fails"));
/// ```
#[macro_export]
macro_rules! docs {
    ($(#[doc = $line:literal])*) => {
        /// What, why, how to fix, and examples, as Markdown.
        pub const DOCS: &str = concat!($($line, "\n"),*);
    };
}

/// An example in a check's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the check must fail or pass on it.
    pub fails: bool,
    /// Language of the code block: `yaml`, `json`, `dockerfile`, `compose`.
    pub language: String,
    /// Further words of the info string, `key=value`: `pss=v1.24`, `kubernetes=1.25`, `registries=a,b`.
    pub options: Vec<(String, String)>,
    /// The text.
    pub text: String,
}

/// Examples under the headings `## Fails` and `## Passes`.
pub fn examples(docs: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut section = None;
    let mut open: Option<Example> = None;
    // rustdoc keeps the space after `///`; Markdown fences may start with it.
    for line in docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)) {
        if let Some(example) = &mut open {
            if line.trim_end() == "```" {
                examples.extend(open.take());
            } else {
                example.text.push_str(line);
                example.text.push('\n');
            }
        } else if let Some(info) = line.strip_prefix("```") {
            let mut words = info.split_whitespace();
            let language = words.next().unwrap_or("").to_owned();
            let options =
                words.filter_map(|w| w.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            if let Some(fails) = section {
                open = Some(Example { fails, language, options, text: String::new() });
            }
        } else if let Some(heading) = line.strip_prefix("## ") {
            section = match heading.trim() {
                "Fails" => Some(true),
                "Passes" => Some(false),
                _ => None,
            };
        }
    }
    examples
}

/// The documentation without its leading comment spaces, as clean Markdown.
pub fn markdown(docs: &str) -> String {
    let mut text = String::with_capacity(docs.len());
    for line in docs.lines() {
        text.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    docs! {
        /// Something.
        ///
        /// ## Fails
        /// ```yaml pss=v1.24
        /// a:
        ///   b: 1
        /// ```
        /// ## Passes
        /// ```dockerfile
        /// FROM scratch
        /// ```
    }

    #[test]
    fn finds_examples() {
        let found = examples(DOCS);
        assert_eq!(found.len(), 2);
        assert!(found[0].fails);
        assert_eq!(found[0].text, "a:\n  b: 1\n");
        assert_eq!(found[0].options, [("pss".to_owned(), "v1.24".to_owned())]);
        assert_eq!((found[1].fails, found[1].language.as_str()), (false, "dockerfile"));
        assert!(markdown(DOCS).starts_with("Something.\n"));
    }
}
