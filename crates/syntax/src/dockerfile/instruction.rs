//! From a logical line to an instruction.

use super::ast::{
    ArgDef, Body, Command, Form, From, Heredoc, Instruction, Keyword, Mount, MountOption, Pair, Port, Run,
    Transfer, User,
};
use super::lines::{Line, Lines};
use super::words::{self, Json};
use crate::SyntaxError;
use crate::mapped::Mapped;
use model::Span;

/// Longest unknown keyword for which a likely one is looked for.
const MAX_GUESS: usize = 16;

/// Reads one instruction; its heredocs are taken from `lines`.
pub(super) fn read(line: Line, lines: &mut Lines<'_>) -> Instruction {
    let text = line.text.trimmed();
    let (keyword, word, args) = split(&text);
    let target = if keyword == Keyword::Onbuild { split(&args).0 } else { keyword };
    let (heredocs, end) = match target {
        Keyword::Add | Keyword::Copy | Keyword::Run if !is_json(keyword, &args) => lines.heredocs(&args),
        _ => (Vec::new(), None),
    };
    let span = Span::new(line.span.start, end.unwrap_or(0).max(line.span.end));
    let mut reader = Reader { escape: lines.escape, errors: &mut lines.errors, heredocs: &heredocs };
    let mut instruction = reader.instruction(keyword, &word, args, span, false);
    instruction.heredocs = heredocs;
    instruction.blank_lines = line.blank_lines;
    instruction
}

/// Keyword, the keyword as written, and the arguments.
fn split(text: &Mapped) -> (Keyword, Mapped, Mapped) {
    let all = text.text();
    let end = all.find(char::is_whitespace).unwrap_or(all.len());
    let word = text.slice(0, end);
    (Keyword::read(word.text()), word, text.slice(end, all.len()).trimmed())
}

/// True for exec form, which has no heredocs.
fn is_json(keyword: Keyword, args: &Mapped) -> bool {
    let inner;
    let args = if keyword == Keyword::Onbuild {
        inner = split(args).2;
        &inner
    } else {
        args
    };
    let (_, rest) = words::flags(args);
    matches!(words::json(&args.slice(rest, args.text().len())), Json::Array(_))
}

const fn known_flags(keyword: Keyword) -> &'static [&'static str] {
    match keyword {
        Keyword::Add => &["keep-git-dir", "checksum", "chown", "chmod", "link", "exclude", "unpack"],
        Keyword::Copy => &["from", "chown", "chmod", "link", "parents", "exclude"],
        Keyword::From => &["platform"],
        Keyword::Healthcheck => &["interval", "timeout", "start-period", "start-interval", "retries"],
        Keyword::Run => &["mount", "network", "security", "device"],
        _ => &[],
    }
}

struct Reader<'a> {
    escape: char,
    errors: &'a mut Vec<SyntaxError>,
    heredocs: &'a [Heredoc],
}

impl Reader<'_> {
    fn error(&mut self, span: Span, message: impl Into<String>, hint: &str) {
        self.errors.push(SyntaxError::new(span, message).hint(hint));
    }

    fn instruction(
        &mut self,
        keyword: Keyword,
        word: &Mapped,
        args: Mapped,
        span: Span,
        deferred: bool,
    ) -> Instruction {
        let keyword_span = word.span();
        let (flags, rest) = if keyword == Keyword::Unknown { (Vec::new(), 0) } else { words::flags(&args) };
        let rest = args.slice(rest, args.text().len());
        let mut instruction = Instruction {
            keyword,
            keyword_span,
            span,
            flags,
            args: rest,
            body: Body::Broken,
            heredocs: Vec::new(),
            blank_lines: Vec::new(),
        };
        self.check_flags(&instruction);
        instruction.body = if keyword == Keyword::Unknown {
            self.unknown(keyword_span, word.text());
            Body::Broken
        } else if instruction.args.is_empty() {
            let example = example(keyword);
            self.error(keyword_span, format!("{keyword} has no arguments"), &format!("write `{example}`"));
            Body::Broken
        } else {
            self.body(&instruction, deferred)
        };
        instruction
    }

    fn check_flags(&mut self, instruction: &Instruction) {
        let known = known_flags(instruction.keyword);
        for flag in &instruction.flags {
            if !known.contains(&flag.name.as_str()) {
                let hint = if known.is_empty() {
                    format!("{} takes no flags", instruction.keyword)
                } else {
                    format!("{} takes --{}", instruction.keyword, known.join(", --"))
                };
                let message = format!("`--{}` is not a flag of {}", flag.name, instruction.keyword);
                self.errors.push(SyntaxError::new(flag.span, message).hint(hint).survived());
            }
        }
    }

    fn unknown(&mut self, span: Span, word: &str) {
        let hint = match nearest(word) {
            Some(keyword) => format!("did you mean {keyword}?"),
            None => "begin the line with an instruction such as RUN or COPY, or end the line before with a backslash"
                .to_owned(),
        };
        let shown: String = word.chars().take(40).collect();
        self.error(span, format!("`{shown}` is not an instruction"), &hint);
    }

    fn body(&mut self, instruction: &Instruction, deferred: bool) -> Body {
        let args = &instruction.args;
        match instruction.keyword {
            Keyword::Add | Keyword::Copy => {
                let Some(transfer) = self.transfer(instruction) else { return Body::Broken };
                if instruction.keyword == Keyword::Add { Body::Add(transfer) } else { Body::Copy(transfer) }
            }
            Keyword::Arg => self.arg(args),
            Keyword::Env | Keyword::Label => match self.pairs(instruction) {
                Some(pairs) if instruction.keyword == Keyword::Env => Body::Env(pairs),
                Some(pairs) => Body::Label(pairs),
                None => Body::Broken,
            },
            Keyword::Cmd => self.command(args).map_or(Body::Broken, Body::Cmd),
            Keyword::Entrypoint => self.command(args).map_or(Body::Broken, Body::Entrypoint),
            Keyword::Run => self.run(instruction),
            Keyword::Expose => Body::Expose(words::plain(args).into_iter().map(|w| self.port(w)).collect()),
            Keyword::From => self.from(args),
            Keyword::Healthcheck => self.healthcheck(instruction),
            Keyword::Maintainer => Body::Maintainer(args.clone()),
            Keyword::Onbuild => self.onbuild(instruction, deferred),
            Keyword::Shell => match words::json(args) {
                Json::Array(words) if !words.is_empty() => Body::Shell(words),
                _ => {
                    self.error(
                        args.span(),
                        "SHELL needs a JSON array of strings",
                        "write `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]`",
                    );
                    Body::Broken
                }
            },
            Keyword::Stopsignal => self.single(args).map_or(Body::Broken, Body::Stopsignal),
            Keyword::User => self.single(args).map_or(Body::Broken, |text| Body::User(User { text })),
            Keyword::Workdir => self.single(args).map_or(Body::Broken, Body::Workdir),
            Keyword::Volume => match words::json(args) {
                Json::Array(words) => Body::Volume(words),
                Json::NotStrings => self.not_strings(args),
                Json::No | Json::Broken => Body::Volume(words::plain(args)),
            },
            Keyword::Unknown => Body::Broken,
        }
    }

    fn not_strings(&mut self, args: &Mapped) -> Body {
        self.error(
            args.span(),
            "an array in exec form may hold only strings",
            "put every item into double quotes",
        );
        Body::Broken
    }

    /// Reports a quote that is never closed in a text that Docker itself expands.
    fn quotes_closed(&mut self, text: &Mapped) -> bool {
        let Some(at) = words::quoted(text, self.escape).1 else { return true };
        let span = Span::new(text.span_of(at, at + 1).start, text.span().end);
        self.error(span, "the quote is never closed", "close it, or escape it if it is meant literally");
        false
    }

    fn single(&mut self, args: &Mapped) -> Option<Mapped> {
        self.quotes_closed(args).then(|| args.clone())
    }

    fn command(&mut self, args: &Mapped) -> Option<Command> {
        let form = match words::json(args) {
            Json::Array(words) => Form::Exec(words),
            Json::NotStrings => {
                self.not_strings(args);
                return None;
            }
            Json::Broken => Form::Shell { script: args.clone(), broken_json: true },
            Json::No => Form::Shell { script: args.clone(), broken_json: false },
        };
        Some(Command { form, span: args.span() })
    }

    fn run(&mut self, instruction: &Instruction) -> Body {
        let Some(mut command) = self.command(&instruction.args) else { return Body::Broken };
        let mut interpreter = None;
        if let Form::Shell { script, .. } = &mut command.form
            && !self.heredocs.is_empty()
        {
            let only_marker = self.heredocs.first().is_some_and(|h| h.marker == script.span());
            if let (true, Some(heredoc)) = (only_marker, self.heredocs.first()) {
                *script = heredoc.body.clone();
                interpreter = shebang(script);
            } else {
                for heredoc in self.heredocs {
                    let body_at = heredoc.body.span().start;
                    script.push("\n", body_at.saturating_sub(1));
                    script.push_part(&heredoc.body, 0, heredoc.body.text().len());
                    if let Some(closing) = heredoc.closing {
                        script.push(&heredoc.name, closing.end.saturating_sub(heredoc.name.len() as u32));
                    }
                }
            }
        }
        let mounts = instruction
            .flags
            .iter()
            .filter(|f| f.name == "mount")
            .filter_map(|f| {
                let value = f.value.as_ref().filter(|v| !v.is_empty());
                if value.is_none() {
                    self.error(f.span, "--mount has no value", "write `--mount=type=cache,target=/path`");
                }
                Some(mount(value?, f.span))
            })
            .collect();
        Body::Run(Run { mounts, command, interpreter })
    }

    fn transfer(&mut self, instruction: &Instruction) -> Option<Transfer> {
        let args = &instruction.args;
        let (mut words, exec_form) = match words::json(args) {
            Json::Array(words) => (words, true),
            Json::NotStrings => {
                self.not_strings(args);
                return None;
            }
            Json::No | Json::Broken => (words::plain(args), false),
        };
        let all_closed = exec_form || words.iter().all(|w| self.quotes_closed(w));
        if words.len() < 2 {
            self.error(
                args.span(),
                format!("{} needs a source and a destination", instruction.keyword),
                &format!("write `{}`", example(instruction.keyword)),
            );
            return None;
        }
        let target = words.pop().filter(|_| all_closed)?;
        words.retain(|w| !self.heredocs.iter().any(|h| h.marker == w.span()));
        Some(Transfer { sources: words, target, exec_form })
    }

    fn arg(&mut self, args: &Mapped) -> Body {
        if !self.quotes_closed(args) {
            return Body::Broken;
        }
        let mut defs = Vec::new();
        for word in words::quoted(args, self.escape).0 {
            let text = word.text();
            let (name, default) = match text.find('=') {
                Some(i) => (word.slice(0, i), Some(word.slice(i + 1, text.len()))),
                None => (word.clone(), None),
            };
            if name.is_empty() {
                self.error(word.span(), "the ARG has no name", "write `ARG NAME=default`");
            } else {
                defs.push(ArgDef { name, default });
            }
        }
        Body::Arg(defs)
    }

    fn pairs(&mut self, instruction: &Instruction) -> Option<Vec<Pair>> {
        let (args, keyword) = (&instruction.args, instruction.keyword);
        let (words, open) = words::quoted(args, self.escape);
        if open.is_some() {
            self.quotes_closed(args);
            return None;
        }
        if words.first().is_some_and(|w| !w.text().contains('=')) {
            let text = args.text();
            let Some(end) = text.find(char::is_whitespace) else {
                self.error(
                    args.span(),
                    format!("{keyword} {text} has no value"),
                    &format!("write `{keyword} {text}=value`"),
                );
                return None;
            };
            let value = args.slice(end, text.len()).trimmed();
            return Some(vec![Pair { key: args.slice(0, end), value, legacy: true }]);
        }
        let mut pairs = Vec::with_capacity(words.len());
        for word in words {
            match word.text().find('=') {
                Some(0) => self.error(
                    word.span(),
                    format!("this {keyword} has no name"),
                    &format!("write `{keyword} NAME=value`"),
                ),
                Some(i) => pairs.push(Pair {
                    key: word.slice(0, i),
                    value: word.slice(i + 1, word.text().len()),
                    legacy: false,
                }),
                None => self.error(
                    word.span(),
                    format!("`{}` is not of the form name=value", word.text()),
                    "put values with blanks into double quotes",
                ),
            }
        }
        Some(pairs)
    }

    fn port(&mut self, word: Mapped) -> Port {
        let text = word.text();
        if text.contains('$') {
            return Port { text: word, range: None, protocol: None };
        }
        let unquoted = text.trim_matches(['"', '\'']);
        let (ports, protocol) = unquoted.split_once('/').unwrap_or((unquoted, "tcp"));
        let protocol = protocol.to_ascii_lowercase();
        // `ip:host:container` is accepted by the builder, which keeps only the last part.
        let ports = ports.rsplit(':').next().unwrap_or(ports);
        let range = match ports.split_once('-') {
            Some((first, last)) => first.parse().ok().zip(last.parse().ok()),
            None => ports.parse().ok().map(|port| (port, port)),
        };
        let valid = range.filter(|(first, last): &(u16, u16)| first <= last);
        if valid.is_none() || !matches!(protocol.as_str(), "tcp" | "udp" | "sctp") {
            let message = format!("`{text}` is not a port");
            self.errors.push(
                SyntaxError::new(word.span(), message)
                    .hint("write a port or a range, with tcp, udp or sctp: `EXPOSE 8080/tcp`")
                    .survived(),
            );
        }
        Port { text: word, range: valid, protocol: Some(protocol) }
    }

    fn from(&mut self, args: &Mapped) -> Body {
        let words = words::plain(args);
        let from = match words.as_slice() {
            [image] => From { image: image.clone(), alias: None },
            [image, word, alias] if word.text().eq_ignore_ascii_case("as") => {
                let name = alias.text().to_ascii_lowercase();
                let valid = name.starts_with(|c: char| c.is_ascii_lowercase())
                    && name.bytes().all(|b| {
                        b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.')
                    });
                if !valid {
                    self.errors.push(
                        SyntaxError::new(alias.span(), format!("`{}` can't name a stage", alias.text()))
                            .hint("begin with a letter and use only letters, digits, `-`, `_` and `.`")
                            .survived(),
                    );
                }
                From { image: image.clone(), alias: Some(alias.clone()) }
            }
            [image, rest @ ..] => {
                self.errors.push(
                    SyntaxError::new(args.span(), "FROM takes an image and, after AS, a name")
                        .hint("write `FROM image:tag AS name`; comments need a line of their own")
                        .survived(),
                );
                let alias = match rest {
                    [word, alias, ..] if word.text().eq_ignore_ascii_case("as") => Some(alias.clone()),
                    _ => None,
                };
                From { image: image.clone(), alias }
            }
            [] => return Body::Broken,
        };
        if !self.quotes_closed(&from.image) {
            return Body::Broken;
        }
        Body::From(from)
    }

    fn healthcheck(&mut self, instruction: &Instruction) -> Body {
        let args = &instruction.args;
        let text = args.text();
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let word = text.get(..end).unwrap_or("");
        let rest = args.slice(end, text.len()).trimmed();
        if word.eq_ignore_ascii_case("none") {
            if !rest.is_empty() {
                self.error(rest.span(), "HEALTHCHECK NONE takes no arguments", "remove them");
            }
            return Body::Healthcheck(None);
        }
        if !word.eq_ignore_ascii_case("cmd") {
            self.error(
                args.span_of(0, end),
                format!("`{word}` is not a kind of health check"),
                "write `HEALTHCHECK CMD command` or `HEALTHCHECK NONE`",
            );
            return Body::Broken;
        }
        if rest.is_empty() {
            self.error(args.span(), "HEALTHCHECK CMD names no command", "write `HEALTHCHECK CMD command`");
            return Body::Broken;
        }
        self.command(&rest).map_or(Body::Broken, |command| Body::Healthcheck(Some(command)))
    }

    fn onbuild(&mut self, instruction: &Instruction, deferred: bool) -> Body {
        let (keyword, word, args) = split(&instruction.args);
        let span = word.span();
        if deferred || matches!(keyword, Keyword::Onbuild | Keyword::From | Keyword::Maintainer) {
            self.error(span, format!("ONBUILD can't defer {keyword}"), "move it to a stage of its own");
            return Body::Broken;
        }
        let whole = Span::new(span.start, instruction.span.end);
        let mut inner = self.instruction(keyword, &word, args, whole, true);
        inner.heredocs = self.heredocs.to_vec();
        Body::Onbuild(Box::new(inner))
    }
}

/// A mount's options are one record of comma-separated values, as in a CSV file.
fn mount(value: &Mapped, span: Span) -> Mount {
    let text = value.text();
    let mut options = Vec::new();
    let mut kind = "bind".to_owned();
    let mut start = 0;
    let mut in_quotes = false;
    let ends = text
        .char_indices()
        .filter(|(_, c)| {
            in_quotes ^= *c == '"';
            *c == ',' && !in_quotes
        })
        .map(|(i, _)| i)
        .collect::<Vec<_>>();
    for end in ends.into_iter().chain([text.len()]) {
        let mut field = value.slice(start, end).trimmed();
        start = end + 1;
        let inner = field.text().len();
        if inner >= 2 && field.text().starts_with('"') && field.text().ends_with('"') {
            field = field.slice(1, inner - 1);
        }
        if field.is_empty() {
            continue;
        }
        let (key, value) = match field.text().find('=') {
            Some(i) => (field.text().get(..i), Some(field.slice(i + 1, field.text().len()))),
            None => (Some(field.text()), None),
        };
        let key = key.unwrap_or("").to_ascii_lowercase();
        if let ("type", Some(value)) = (key.as_str(), &value) {
            value.text().clone_into(&mut kind);
        }
        options.push(MountOption { key, value, span: field.span() });
    }
    Mount { kind, options, span }
}

/// The program of a `#!` line at the head of a script.
fn shebang(script: &Mapped) -> Option<Mapped> {
    let line = script.text().lines().next().filter(|l| l.starts_with("#!"))?;
    Some(script.slice(2, line.len()).trimmed()).filter(|s| !s.is_empty())
}

/// A short right use of an instruction, for hints.
const fn example(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Add => "ADD source destination",
        Keyword::Arg => "ARG NAME=default",
        Keyword::Cmd => "CMD [\"program\", \"argument\"]",
        Keyword::Copy => "COPY source destination",
        Keyword::Entrypoint => "ENTRYPOINT [\"program\"]",
        Keyword::Env => "ENV NAME=value",
        Keyword::Expose => "EXPOSE 8080",
        Keyword::From => "FROM image:tag",
        Keyword::Healthcheck => "HEALTHCHECK CMD command",
        Keyword::Label => "LABEL name=value",
        Keyword::Maintainer => "LABEL org.opencontainers.image.authors=name",
        Keyword::Onbuild => "ONBUILD RUN command",
        Keyword::Run => "RUN command",
        Keyword::Shell => "SHELL [\"/bin/sh\", \"-c\"]",
        Keyword::Stopsignal => "STOPSIGNAL SIGTERM",
        Keyword::User => "USER name",
        Keyword::Volume => "VOLUME /path",
        Keyword::Workdir => "WORKDIR /path",
        Keyword::Unknown => "INSTRUCTION arguments",
    }
}

/// The instruction that a wrong keyword was most likely meant to be.
pub(super) fn nearest(word: &str) -> Option<Keyword> {
    if word.len() > MAX_GUESS {
        return None;
    }
    let word = word.to_ascii_uppercase();
    Keyword::ALL
        .iter()
        .map(|k| (distance(word.as_bytes(), k.word().as_bytes()), *k))
        .filter(|(d, k)| *d <= 1 + k.word().len() / 5)
        .min_by_key(|(d, k)| (*d, k.word()))
        .map(|(_, k)| k)
}

/// Number of letters to insert, drop, replace or swap with their neighbour.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = 0;
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        let mut last_b = 0;
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut best =
                (cell(&row, j) + usize::from(x != y)).min(cell(&row, j + 1) + 1).min(cell(&next, j) + 1);
            if i > 0 && j > 0 && *x == last_b && *y == last_a {
                best = best.min(cell(&before, j - 1) + 1);
            }
            last_b = *y;
            next.push(best);
        }
        last_a = *x;
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}
