//! Secrets on command lines.

use super::{Found, Suspicion, judge_assignment, judge_text};
use model::Confidence;

/// Every secret in one command line or one of its arguments: `--password=x`, `--password x`, `PASSWORD=x`,
/// `curl -u user:password`, and known forms. `next` is the argument after it, where arguments are given one by
/// one; a secret that stands there is reported with an empty range at the end of `text`.
pub fn judge_command(text: &str, next: Option<&str>) -> Vec<Found> {
    let mut found: Vec<Found> = judge_text(text)
        .into_iter()
        .map(|hit| Found {
            name: String::new(),
            range: hit.range,
            suspicion: Suspicion { why: hit.kind.to_owned(), confidence: Confidence::High },
        })
        .collect();
    let by_form = found.len();
    let words: Vec<(usize, &str)> = split(text);
    let single = words.len() == 1;
    let curl = words.iter().any(|(_, w)| matches!(*w, "curl" | "wget"));
    for (index, (at, word)) in words.iter().enumerate() {
        let following = words.get(index + 1).copied();
        let judged = if let Some((name, value)) = word.split_once('=') {
            let name = name.trim_start_matches('-');
            let (value, offset) = unquote(value, at + word.len() - value.len());
            Some((name, value, offset..offset + value.len()))
        } else if curl && matches!(*word, "-u" | "--user") {
            following.and_then(|(at, word)| {
                let (word, at) = unquote(word, at);
                let (_, password) = word.split_once(':')?;
                let at = at + word.len() - password.len();
                Some(("password", password, at..at + password.len()))
            })
        } else if let Some(name) = word.strip_prefix("--") {
            match following {
                Some((at, value)) => {
                    let (value, at) = unquote(value, at);
                    Some((name, value, at..at + value.len()))
                }
                None if single => next.map(|value| (name, value, text.len()..text.len())),
                None => None,
            }
        } else {
            None
        };
        let Some((name, value, range)) = judged else { continue };
        let overlaps = |f: &Found| f.range.start < range.end && range.start < f.range.end;
        if value.starts_with('-') || !is_name(name) || found.iter().take(by_form).any(overlaps) {
            continue;
        }
        if let Some(suspicion) = judge_assignment(name, value) {
            // Flags like `--secret web-tls` name things; only what looks secret counts there.
            let flag = word.starts_with("--");
            if !flag || suspicion.confidence > Confidence::Low || value == "changeme" {
                found.push(Found { name: name.to_owned(), range, suspicion });
            }
        }
    }
    found.sort_by_key(|f| f.range.start);
    found
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

fn unquote(word: &str, at: usize) -> (&str, usize) {
    for quote in ['"', '\''] {
        if let Some(rest) = word.strip_prefix(quote) {
            return (rest.split(quote).next().unwrap_or(rest), at + 1);
        }
    }
    (word, at)
}

/// Words with their offsets; quotes keep blanks together.
fn split(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        let blank = quote.is_none() && (c.is_whitespace() || matches!(c, ';' | '|' | '&'));
        if blank {
            if let Some(from) = start.take() {
                words.extend(text.get(from..at).map(|word| (from, word)));
            }
            continue;
        }
        start.get_or_insert(at);
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
    }
    if let Some(from) = start {
        words.extend(text.get(from..).map(|word| (from, word)));
    }
    words
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::judge_command;

    #[test]
    fn finds_secrets() {
        for (text, next) in [
            ("--password=hunter2", None),
            ("--password", Some("hunter2")),
            ("--db-password='s3cret pw'", None),
            ("mysql -u root --password=hunter2 -h db", None),
            ("exec app --api-key a8f5f167f44f4964e6c998dee827110c", None),
            ("PGPASSWORD=postgres psql -h db", None),
            ("curl -u admin:hunter2 https://example.com", None),
            ("redis-server --requirepass hunter2", None),
            ("app --dsn=postgres://app:hunter2@db/app", None),
        ] {
            assert_eq!(judge_command(text, next).len(), 1, "{text}");
        }
        let text = "mysql --password=hunter2 -h db";
        assert_eq!(&text[judge_command(text, None)[0].range.clone()], "hunter2");
    }

    #[test]
    fn leaves_the_rest() {
        for (text, next) in [
            ("--password=$(DB_PASSWORD)", None),
            ("--password=$DB_PASSWORD", None),
            ("--password-file=/run/secrets/x", None),
            ("--password", Some("--verbose")),
            ("--password", None),
            ("--tls-secret web-tls", None),
            ("--token-ttl=24h", None),
            ("--default-ssl-certificate=ns/secret-name", None),
            ("--use-token=true", None),
            ("--secret", Some("my-app")),
            ("echo hello world", None),
            ("PASSWORD=\"$(cat /run/secrets/password)\" app", None),
        ] {
            assert!(judge_command(text, next).is_empty(), "{text}: {:?}", judge_command(text, next));
        }
    }
}
