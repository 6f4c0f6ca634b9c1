//! What styles a scalar may be written in, as libyaml decides it.

/// True for what is written as it is.
pub(super) fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{fffd}') && c != '\u{feff}'
}

/// True for what ends a line.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What a scalar's text admits.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four styles that are each possible or not")]
pub(super) struct Analysis {
    /// It has line breaks.
    pub multiline: bool,
    /// It may stand without quotes in a block collection.
    pub plain: bool,
    /// It may stand in single quotes.
    pub single: bool,
    /// It may be a block scalar.
    pub block: bool,
}

/// Looks at a text. `tabs` says that a tab is no special character in a block scalar (go-yaml v3).
pub(super) fn analyse(text: &str, tabs: bool) -> Analysis {
    if text.is_empty() {
        return Analysis { multiline: false, plain: true, single: true, block: false };
    }
    let mut indicators = text.starts_with("---") || text.starts_with("...");
    let mut special = false;
    let mut tab = false;
    let mut line_breaks = false;
    let (mut break_space, mut space_break) = (false, false);
    let (mut after_space, mut after_break) = (false, false);
    let mut after_blank = true;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before_blank = chars.peek().is_none_or(|(_, next)| matches!(next, ' ' | '\t'));
        indicators |= match c {
            ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => {
                at == 0
            }
            '#' => at == 0 || after_blank,
            '?' | '-' => at == 0 && before_blank,
            ':' => before_blank,
            _ => false,
        };
        if !is_printable(c) {
            if tabs && c == '\t' { tab = true } else { special = true }
        }
        if c == ' ' {
            break_space |= after_break;
        } else if is_break(c) {
            line_breaks = true;
            space_break |= after_space;
        }
        after_space = c == ' ';
        after_break = is_break(c);
        after_blank = matches!(c, ' ' | '\t' | '\0') || is_break(c);
    }
    let edge = |c: char| c == ' ' || is_break(c);
    let open = text.starts_with(edge) || text.ends_with(edge);
    let quoted = space_break || special;
    Analysis {
        multiline: line_breaks,
        plain: !(open || break_space || quoted || tab || line_breaks || indicators),
        single: !(break_space || quoted || tab),
        block: !(text.ends_with(' ') || quoted),
    }
}
