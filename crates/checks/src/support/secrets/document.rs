//! Assignments inside configuration files: properties, INI, YAML, JSON, TOML, environment files.

use super::{Found, Sense, Suspicion, judge_assignment, judge_text, sense};
use model::Confidence;

/// Longest line that is read as an assignment.
const LONGEST_LINE: usize = 2000;

/// Every secret in a text of several lines: known forms anywhere, and values assigned to telling names, one
/// assignment a line. Low suspicions are left out: code and prose are full of words like `token`.
pub fn judge_document(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = judge_text(text)
        .into_iter()
        .map(|hit| Found {
            name: String::new(),
            range: hit.range,
            suspicion: Suspicion { why: hit.kind.to_owned(), confidence: Confidence::High },
        })
        .collect();
    let by_form = found.len();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.len() > LONGEST_LINE {
            continue;
        }
        let Some((name, value, offset)) = assignment(line) else { continue };
        let range = start + offset..start + offset + value.len();
        if found.iter().take(by_form).any(|f| f.range.start < range.end && range.start < f.range.end) {
            continue;
        }
        if let Some(suspicion) = judge_assignment(name, value)
            && (suspicion.confidence > Confidence::Low || value == "changeme")
            && !is_code(value)
        {
            found.push(Found { name: name.to_owned(), range, suspicion });
        }
    }
    found.sort_by_key(|f| f.range.start);
    found
}

/// Name, value and the value's offset of `name = value`, `name: value`, `"name": "value",`,
/// `export NAME=value`, `<password>value</password>`.
fn assignment(line: &str) -> Option<(&str, &str, usize)> {
    let body = line.trim_end();
    let trimmed = body.trim_start();
    if trimmed.starts_with(['#', ';', '*']) || trimmed.starts_with("//") {
        return None;
    }
    if let Some(element) = trimmed.strip_prefix('<') {
        let (name, rest) = element.split_once('>')?;
        let value = rest.split_once("</")?.0;
        return named(body, name, value);
    }
    let (left, right) = body.split_at_checked(body.find(['=', ':'])?)?;
    // `:=` and `=>` are assignments as well; `==` is a comparison.
    let right = right.strip_prefix(":=").or_else(|| right.strip_prefix("=>")).or_else(|| right.get(1..))?;
    if right.starts_with(['=', '/']) && !right.starts_with("//") && right.starts_with('=') {
        return None;
    }
    let left = left.trim().trim_start_matches("- ").trim_start_matches("export ");
    let name = left.trim().trim_matches(['"', '\'']);
    if name.is_empty() || name.len() > 100 || name.contains(['(', '{', '$', '<']) || name.contains(' ') {
        return None;
    }
    if sense(name) == Sense::Harmless {
        return None;
    }
    let value = right.trim().trim_end_matches([',', ';']);
    let quoted = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    let value = quoted.or_else(|| value.strip_prefix('\'')?.strip_suffix('\'')).unwrap_or_else(|| {
        // A comment after an unquoted value is no part of it.
        value.split_once(" #").map_or(value, |(value, _)| value.trim_end())
    });
    named(body, name, value)
}

fn named<'a>(body: &'a str, name: &'a str, value: &'a str) -> Option<(&'a str, &'a str, usize)> {
    let offset = (value.as_ptr() as usize).checked_sub(body.as_ptr() as usize)?;
    (!value.is_empty()).then_some((name, value, offset))
}

/// True for what is computed and not written down: calls, member accesses, expressions.
fn is_code(value: &str) -> bool {
    value.contains(['(', ')', '{', '}', '|', ' '])
        || value.contains("['")
        || value.contains("[\"")
        || value.starts_with(['$', '&', '*', '@', '!', '[', '>'])
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::judge_document;

    #[test]
    fn finds_assignments() {
        for text in [
            "spring.datasource.password=S3cretPw\n",
            "a: 1\n  password: hunter2\n",
            "{\n  \"apiKey\": \"9f86d081884c7d659a2f\",\n}\n",
            "export DB_PASS='letmein'\n",
            "requirepass hunter2\npassword = hunter2\n",
            "<config><x/>\n<password>hunter2</password>\n",
            "url=jdbc:postgresql://app:pw123456@db/app\n",
            "users:\n- token: 0123456789abcdef0123456789abcdef\n",
        ] {
            let found = judge_document(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(text.get(found[0].range.clone()).is_some());
        }
        let text = "x\npassword: hunter2 # ours\n";
        assert_eq!(&text[judge_document(text)[0].range.clone()], "hunter2");
    }

    #[test]
    fn leaves_the_rest() {
        for text in [
            "# password: hunter2\n",
            "password: ${DB_PASSWORD}\n",
            "password = os.environ['X']\n",
            "token := getToken()\n",
            "if token == abcdef1234567890abcd\n",
            "password_file: /run/secrets/x\n",
            "The password is: something you know\n",
            "bearer_token_file: /var/run/secrets/kubernetes.io/serviceaccount/token\n",
            "secretName: web-tls\n",
            "password:\n",
            "max_tokens: 100\n",
        ] {
            assert!(judge_document(text).is_empty(), "{text}: {:?}", judge_document(text));
        }
    }
}
