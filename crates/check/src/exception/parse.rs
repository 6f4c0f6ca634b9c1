//! The text of an exception: `RULE[,RULE...] reason="..." owner="..." until=YYYY-MM-DD`.

/// The parts of an exception's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) rules: Vec<String>,
    pub(super) reason: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) until: Option<String>,
}

/// Takes the words after `holdfast: allow` apart. `Err` says what can't be understood.
pub(super) fn terms(text: &str) -> Result<Terms, String> {
    let mut terms = Terms::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let word_end = rest.find([' ', '\t', '=', ',']).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(word_end).unwrap_or((rest, ""));
        if let Some(value) = after.strip_prefix('=') {
            let (value, remainder) = quoted(value)?;
            let slot = match word {
                "reason" => &mut terms.reason,
                "owner" => &mut terms.owner,
                "until" => &mut terms.until,
                _ => return Err(format!("`{word}` is none of: reason, owner, until")),
            };
            *slot = Some(value);
            rest = remainder;
        } else {
            if !word.is_empty() {
                terms.rules.push(word.to_owned());
            }
            rest = after.trim_start_matches([',', ' ', '\t']);
        }
    }
    if let Some(until) = &terms.until
        && !is_date(until)
    {
        return Err(format!("`until={until}` is not a date; write it as until=2027-01-31"));
    }
    Ok(terms)
}

fn quoted(text: &str) -> Result<(String, &str), String> {
    for quote in ['"', '\''] {
        if let Some(body) = text.strip_prefix(quote) {
            let (value, rest) =
                body.split_once(quote).ok_or_else(|| format!("the quote {quote} is not closed"))?;
            return Ok((value.to_owned(), rest.trim_start()));
        }
    }
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let (value, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    Ok((value.to_owned(), rest.trim_start()))
}

/// True for `YYYY-MM-DD` with a month and a day that exist; such texts compare as dates do.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_terms() {
        let t = terms(r#"a-rule,b-rule reason="it is, so" until=2027-01-31 owner=me"#).unwrap();
        assert_eq!(t.rules, ["a-rule", "b-rule"]);
        assert_eq!(t.reason.as_deref(), Some("it is, so"));
        assert_eq!(t.until.as_deref(), Some("2027-01-31"));
        assert_eq!(t.owner.as_deref(), Some("me"));
        assert!(terms("a until=2027-02-30").is_err());
        assert!(terms("a because=x").is_err());
        assert!(terms("a reason=\"open").is_err());
        assert_eq!(terms("a b").unwrap().rules, ["a", "b"]);
        assert!(is_date("2028-02-29") && !is_date("2027-02-29") && !is_date("27-2-9"));
    }
}
