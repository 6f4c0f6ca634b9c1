//! Label selectors in Kubernetes' syntax: `a=b, c!=d, e in (f, g), h notin (i), j, !k, l>1`.

use std::collections::{BTreeMap, BTreeSet};

/// Requirements, all of which must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Exists,
    Missing,
    In(BTreeSet<String>),
    NotIn(BTreeSet<String>),
    Above(i64),
    Below(i64),
}

impl Query {
    /// Reads one.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text);
        let mut parser = Parser { tokens: &tokens };
        let mut requirements = Vec::new();
        if parser.peek().is_empty() {
            return Ok(Self(requirements));
        }
        loop {
            let first = parser.peek();
            if first != "!" && !is_word(first) {
                return Err(format!("found '{first}', expected: !, identifier, or 'end of string'"));
            }
            requirements
                .push(parser.requirement().map_err(|error| format!("unable to parse requirement: {error}"))?);
            match parser.next() {
                "" => return Ok(Self(requirements)),
                "," => {
                    let next = parser.peek();
                    if next != "!" && !is_word(next) {
                        return Err(format!("found '{next}', expected: identifier after ','"));
                    }
                }
                other => return Err(format!("found '{other}', expected: ',' or 'end of string'")),
            }
        }
    }

    /// True if all requirements are met.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.0.iter().all(|requirement| {
            let value = labels.get(&requirement.key);
            let number = || value.and_then(|value| value.parse::<i64>().ok());
            match &requirement.test {
                Test::Exists => value.is_some(),
                Test::Missing => value.is_none(),
                Test::In(values) => value.is_some_and(|value| values.contains(value)),
                Test::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
                Test::Above(bound) => number().is_some_and(|number| number > *bound),
                Test::Below(bound) => number().is_some_and(|number| number < *bound),
            }
        })
    }
}

fn is_special(letter: char) -> bool {
    matches!(letter, '=' | '!' | '(' | ')' | ',' | '>' | '<')
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|letter| !is_special(letter))
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut joins = false;
    for letter in text.chars() {
        if matches!(letter, ' ' | '\t' | '\r' | '\n') {
            joins = false;
            continue;
        }
        let fits = tokens.last().is_some_and(|last| {
            if is_special(letter) {
                matches!((last.as_str(), letter), ("=" | "!", '='))
            } else {
                is_word(last)
            }
        });
        match tokens.last_mut() {
            Some(last) if joins && fits => last.push(letter),
            _ => tokens.push(letter.to_string()),
        }
        joins = true;
    }
    tokens
}

struct Parser<'a> {
    tokens: &'a [String],
}

impl<'a> Parser<'a> {
    fn peek(&self) -> &'a str {
        self.tokens.first().map_or("", String::as_str)
    }

    fn next(&mut self) -> &'a str {
        let Some((first, rest)) = self.tokens.split_first() else { return "" };
        self.tokens = rest;
        first
    }

    fn requirement(&mut self) -> Result<Requirement, String> {
        let negated = self.peek() == "!";
        if negated {
            self.next();
        }
        let key = self.next();
        if !is_word(key) {
            return Err(format!("found '{key}', expected: identifier"));
        }
        check_key(key)?;
        let key = key.to_owned();
        if negated {
            return Ok(Requirement { key, test: Test::Missing });
        }
        if matches!(self.peek(), "" | ",") {
            return Ok(Requirement { key, test: Test::Exists });
        }
        let test = match self.next() {
            "=" | "==" => Test::In(BTreeSet::from([self.value(&key)?])),
            "!=" => Test::NotIn(BTreeSet::from([self.value(&key)?])),
            "in" => Test::In(self.values(&key)?),
            "notin" => Test::NotIn(self.values(&key)?),
            sign @ (">" | "<") => {
                let bound = self
                    .value(&key)?
                    .parse()
                    .map_err(|_| "for 'Gt', 'Lt' operators, the value must be an integer".to_owned())?;
                if sign == ">" { Test::Above(bound) } else { Test::Below(bound) }
            }
            other => return Err(format!("found '{other}', expected: '=', '!=', '==', 'in', notin'")),
        };
        Ok(Requirement { key, test })
    }

    fn value(&mut self, key: &str) -> Result<String, String> {
        if matches!(self.peek(), "" | ",") {
            return Ok(String::new());
        }
        let value = self.next();
        if !is_word(value) {
            return Err(format!("found '{value}', expected: identifier"));
        }
        check_value(key, value)?;
        Ok(value.to_owned())
    }

    fn values(&mut self, key: &str) -> Result<BTreeSet<String>, String> {
        let open = self.next();
        if open != "(" {
            return Err(format!("found '{open}' expected: '('"));
        }
        let mut values = BTreeSet::new();
        let mut wants_value = true;
        loop {
            match self.next() {
                ")" => {
                    if wants_value {
                        values.insert(String::new());
                    }
                    return Ok(values);
                }
                "," => {
                    if wants_value {
                        values.insert(String::new());
                    }
                    wants_value = true;
                }
                word if is_word(word) && wants_value => {
                    check_value(key, word)?;
                    values.insert(word.to_owned());
                    wants_value = false;
                }
                other => return Err(format!("found '{other}', expected: ',' or ')'")),
            }
        }
    }
}

/// Letters, digits and `-_.` inside, letters and digits at the ends.
fn is_name(text: &str) -> bool {
    let edge = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let inner = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    text.len() <= 63 && text.chars().all(inner) && edge(text.chars().next()) && edge(text.chars().last())
}

fn check_key(key: &str) -> Result<(), String> {
    let (prefix, name) = key.split_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    let is_domain = |text: &str| {
        text.len() <= 253
            && !text.chars().any(|letter| letter.is_ascii_uppercase() || letter == '_')
            && text.split('.').all(is_name)
    };
    if !is_name(name) {
        return Err(format!(
            "invalid label key \"{key}\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
        ));
    }
    if prefix.is_some_and(|prefix| !is_domain(prefix)) {
        return Err(format!(
            "invalid label key \"{key}\": prefix part a DNS-1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
        ));
    }
    Ok(())
}

fn check_value(key: &str, value: &str) -> Result<(), String> {
    if is_name(value) {
        return Ok(());
    }
    Err(format!(
        "invalid label value: \"{value}\": at key: \"{key}\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
    ))
}

#[cfg(test)]
mod tests {
    //! Expected values were made with `kubectl kustomize`.

    use super::*;

    fn hits(text: &str) -> String {
        let labels: [&[(&str, &str)]; 5] =
            [&[("a", "x")], &[("a", "y"), ("b", "z")], &[("b", "z")], &[("c", "1")], &[]];
        let query = match Query::parse(text) {
            Ok(query) => query,
            Err(error) => return error,
        };
        let map = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<BTreeMap<_, _>>()
        };
        (0..5).filter(|i| query.matches(&map(labels[*i]))).map(|i| i.to_string()).collect()
    }

    #[test]
    fn finds_labels() {
        for (query, expected) in [
            ("a=x", "0"),
            ("a==x", "0"),
            ("a!=x", "1234"),
            ("a in (x,y)", "01"),
            ("a in (y , x)", "01"),
            ("a notin (x)", "1234"),
            ("a", "01"),
            ("!a", "234"),
            ("! a", "234"),
            ("a , b=z", "1"),
            ("c>0", "3"),
            ("c<1", ""),
            ("a=", ""),
            ("a in ()", ""),
            ("a in (,x)", "0"),
            ("", "01234"),
            ("a!=x,b", "12"),
            ("!a,!b", "34"),
            ("a = x", "0"),
            ("a=x,", "found '', expected: identifier after ','"),
            ("=x", "found '=', expected: !, identifier, or 'end of string'"),
            (",a", "found ',', expected: !, identifier, or 'end of string'"),
            ("a in (x", "unable to parse requirement: found '', expected: ',' or ')'"),
            ("a b", "unable to parse requirement: found 'b', expected: '=', '!=', '==', 'in', notin'"),
            ("a=x y", "found 'y', expected: ',' or 'end of string'"),
            ("c>z", "unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer"),
        ] {
            assert_eq!(hits(query), expected, "{query}");
        }
    }
}
