use super::*;

fn value(setup: &str, word: &str) -> String {
    let file = read(&format!("{setup}\nUSER {word}\n"));
    match &file.evaluate().last().unwrap().user.as_ref().unwrap().value {
        Expanded::Known(text) => text.clone(),
        Expanded::Unknown(why) => format!("?{}", why.detail),
    }
}

#[test]
fn expands_like_buildkit() {
    let setup = "FROM scratch\nENV A=1 E= S=\"x y\"";
    for (word, want) in [
        ("$A", "1"),
        ("${A}b", "1b"),
        ("a$A.$A", "a1.1"),
        ("\\$A", "$A"),
        ("'$A'", "$A"),
        ("\"$A\"", "1"),
        ("\"\\$A\\\\\"", "$A\\"),
        ("$S", "x y"),
        ("${A:-z}", "1"),
        ("${E:-z}", "z"),
        ("${E-z}", ""),
        ("${X:-z}", "z"),
        ("${X-z}", "z"),
        ("${A:+z}", "z"),
        ("${E:+z}", ""),
        ("${E+z}", "z"),
        ("${X:+z}q", "q"),
        ("${X:-${A}2}", "12"),
        ("$Xq", ""),
        ("a$", "a$"),
        ("a$/b", "a$/b"),
        ("$A$", "1$"),
    ] {
        assert_eq!(value(setup, word), want, "{word}");
    }
    for word in ["${A#1}", "${A%%x*}", "${A/a/b}", "${A//a/b}", "${X:?no}", "${}", "${A", "${A:x}"] {
        assert!(value(setup, word).starts_with('?'), "{word}");
    }
}

#[test]
fn scopes() {
    for (setup, word, want) in [
        ("ARG G=1\nFROM scratch", "$G", ""),
        ("ARG G=1\nFROM scratch\nARG G", "$G", "1"),
        ("ARG G=1\nFROM scratch\nARG G=2", "$G", "2"),
        ("FROM scratch\nARG V=1\nENV V=2", "$V", "2"),
        ("FROM scratch\nENV V=2\nARG V=1", "$V", "2"),
        ("FROM scratch AS a\nENV V=2\nFROM a", "$V", "2"),
        ("FROM scratch AS a\nARG V=2\nFROM a", "$V", ""),
        ("FROM scratch\nENV A=1\nENV A=2 B=$A", "$B", "1"),
        ("FROM scratch\nARG A=1 B=$A", "$B", "1"),
        ("FROM scratch\nARG A", "${A:-d}", "d"),
        ("FROM scratch\nARG A", "$A", "?`A` is a build argument without a default"),
        (
            "FROM scratch\nARG TARGETARCH",
            "$TARGETARCH",
            "?`TARGETARCH` depends on the platform that is built for",
        ),
        ("FROM debian:12", "$X", "?`X` is not set here; `debian:12` may set it"),
        ("FROM debian:12 AS a\nFROM a", "$X", "?`X` is not set here; `debian:12` may set it"),
        ("FROM scratch", "$HTTP_PROXY", "?`HTTP_PROXY` is set by whoever builds"),
    ] {
        assert_eq!(value(setup, word), want, "{setup}");
    }
}

#[test]
fn bases() {
    let file = good(
        "ARG V=1.2\nARG EMPTY\nFROM node:$V AS Base\nFROM base AS two\nFROM scratch\nFROM $EMPTY\nFROM x:${EMPTY:-y}\nFROM --platform=$TARGETPLATFORM later\nFROM a AS later\nFROM BASE\nFROM 0\nFROM z$NOPE\nFROM z:$TARGETARCH",
    );
    let bases: Vec<_> = file
        .evaluate()
        .stages
        .iter()
        .map(|s| match &s.base {
            Base::Image(i) => i.clone(),
            Base::Stage(i) => format!("#{i}"),
            Base::Scratch => "-".to_owned(),
            Base::Unknown(_) => "?".to_owned(),
        })
        .collect();
    assert_eq!(bases, ["node:1.2", "#0", "-", "?", "x:y", "later", "a", "#0", "0", "z", "?"]);
    assert_eq!(file.evaluate().root_base(1), Some(&Base::Image("node:1.2".to_owned())));
    assert_eq!(file.evaluate().lineage(7), [7, 0]);
}

#[test]
fn settings_follow_the_line_of_stages() {
    let file = good(
        "FROM a AS one\nUSER app:grp\nWORKDIR /srv\nCMD x\nSHELL [\"/bin/bash\", \"-c\"]\nFROM one AS two\nWORKDIR sub\nENTRYPOINT [\"y\"]\nFROM b\nWORKDIR rel\n",
    );
    let eval = file.evaluate();
    let two = &eval.stages[1];
    assert_eq!(two.user.as_ref().unwrap().value.known(), Some("app:grp"));
    assert_eq!(two.user.as_ref().unwrap().stage, 0);
    assert_eq!(two.workdir.as_ref().unwrap().value.known(), Some("/srv/sub"));
    assert_eq!(two.cmd, None);
    assert_eq!(two.entrypoint, Some((1, 1)));
    assert_eq!(texts(file.shell_at(&eval, 1, 0).unwrap())[0], "/bin/bash");
    assert!(file.shell_at(&eval, 0, 3).is_none() && file.shell_at(&eval, 2, 1).is_none());
    assert!(eval.stages[2].user.is_none());
    assert!(matches!(eval.stages[2].workdir.as_ref().unwrap().value, Expanded::Unknown(_)));
}

#[test]
fn reachability() {
    let file = good(
        "FROM a AS one\nFROM a AS unused\nFROM a AS Three\nFROM a AS four\nFROM one\nCOPY --from=THREE x y\nRUN --mount=from=3,target=/x z\nCOPY --from=nginx:1 a b\nCOPY --from=2 a b",
    );
    let eval = file.evaluate();
    let reachable: Vec<_> = eval.stages.iter().map(|s| s.reachable).collect();
    assert_eq!(reachable, [true, false, true, true, true]);
    let last = eval.last().unwrap();
    assert_eq!(last.references[2].origin, Origin::Image("nginx:1".to_owned()));
    assert_eq!(last.references[3].origin, Origin::Stage(2));
}

#[test]
fn growth_is_bounded() {
    use std::fmt::Write;
    let mut text = "FROM scratch\nENV A=xxxxxxxxxx\n".to_owned();
    for _ in 0..60 {
        text.push_str("ENV A=$A$A$A$A\n");
    }
    for i in 0..2000 {
        writeln!(text, "ENV B{i}=$A FROM_$A=1").unwrap();
    }
    assert_eq!(value(&text, "$A"), "?the text grows too long when expanded");
    let mut text = "FROM scratch AS s\n".to_owned();
    for i in 0..3000 {
        writeln!(text, "FROM s AS s\nENV V{i}=1\nWORKDIR deep").unwrap();
    }
    read(&text).evaluate();
    let nested = format!("{}x{}", "${A:-".repeat(1000), "}".repeat(1000));
    assert!(value("FROM scratch", &nested).starts_with('?'));
}

#[test]
fn programs() {
    let names = |text: &str| {
        let file = good(text);
        let eval = file.evaluate();
        let last = file.stages.last().unwrap();
        match file.program_at(&eval, last.index, last.instructions.len() - 1) {
            None => "nothing".to_owned(),
            Some(Program::Foreign(dialect)) => format!("{dialect:?}"),
            Some(Program::Script(script)) => {
                let shown = |c: &crate::shell::Invocation<'_>| {
                    format!("{}@{}", c.name().unwrap_or_default(), file.source.slice(c.span()))
                };
                script.commands().iter().map(shown).collect::<Vec<_>>().join(";")
            }
        }
    };
    for (text, want) in [
        ("FROM a\nRUN a \\\n && b", "a@a;b@b"),
        (
            "FROM a\nRUN [\"sh\", \"-c\", \"b \\\"x\\\" | c\"]",
            "sh@\"sh\", \"-c\", \"b \\\"x\\\" | c\";b@b \\\"x\\\";c@c",
        ),
        ("FROM a\nRUN <<EOT bash\n  set -e\n  b\nEOT\n", "bash@<<EOT bash;set@set -e;b@b"),
        ("FROM a\nRUN <<EOT\n#!/usr/bin/env python3\nx\nEOT\n", "Other"),
        ("FROM a\nRUN <<EOT\n#!/bin/bash -e\nx\nEOT\n", "x@x"),
        ("FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN x", "PowerShell"),
        ("FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN x", "Cmd"),
        ("FROM a AS b\nSHELL [\"cmd\"]\nFROM b\nRUN x", "Cmd"),
        ("FROM a\nONBUILD RUN x", "x@x"),
        ("FROM a\nHEALTHCHECK CMD [\"sudo\", \"x\"]", "x@\"sudo\", \"x\""),
        ("FROM a\nUSER x", "nothing"),
    ] {
        assert_eq!(names(text), want, "{text}");
    }
}
