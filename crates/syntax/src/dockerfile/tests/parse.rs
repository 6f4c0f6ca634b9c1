use super::*;

fn only(text: &str) -> Instruction {
    let file = good(&format!("FROM scratch\n{text}"));
    assert_eq!(file.stages[0].instructions.len(), 1, "{text}");
    file.stages[0].instructions[0].clone()
}

#[test]
fn directives_and_comments() {
    let file = good(
        "\u{feff}# syntax=docker/dockerfile:1\r\n# escape = `\r\n# hi\r\nfrom a\r\n  # there\r\nRUN a `  \r\n # in\r\n\r\n  b\r\n",
    );
    assert_eq!(file.escape, '`');
    assert_eq!(file.directive("syntax").unwrap().value, "docker/dockerfile:1");
    let comments: Vec<_> = file.comments.iter().map(|c| file.source.slice(*c)).collect();
    assert_eq!(comments, ["# hi", "# there", "# in"]);
    let run = &file.stages[0].instructions[0];
    assert_eq!(run.args.text(), "a   b");
    assert_eq!(run.blank_lines.len(), 1);
    assert_eq!(file.source.slice(run.span), "RUN a `  \r\n # in\r\n\r\n  b");
    // A directive after anything else is a comment.
    assert_eq!(good("\n# escape=`\nFROM a").escape, '\\');
    assert_eq!(good("# note\n# escape=`\nFROM a").escape, '\\');
    assert!(!read("# escape=x\nFROM a").errors.is_empty());
    assert!(!read("# escape=`\n# ESCAPE=`\nFROM a").errors.is_empty());
}

#[test]
fn continuations() {
    for (text, args) in [
        ("RUN a \\\n b", "a  b"),
        ("RUN a \\ \t\n b", "a  b"),
        ("RUN a\\\nb", "ab"),
        ("RUN \\\n\\\n a", "a"),
        ("RUN a \\\n# x\n  # y\nb", "a b"),
        ("RUN a \\\\\n", "a \\\\"),
        ("RUN a \\", "a"),
        ("RUN a \\\n", "a"),
        ("RUN a \\\nRUN b", "a RUN b"),
        ("\t RUN\ta", "a"),
        ("R\\\nUN a", "a"),
    ] {
        assert_eq!(only(text).args.text(), args, "{text}");
    }
}

#[test]
fn from() {
    let file = good("FROM --platform=$BUILDPLATFORM golang:1.22 AS Build\nFROM build\n");
    let from = &file.stages[0];
    assert_eq!(from.name.as_deref(), Some("build"));
    assert_eq!(from.source().unwrap().alias.as_ref().unwrap().text(), "Build");
    assert_eq!(from.from.flag_value("platform").unwrap().text(), "$BUILDPLATFORM");
    for bad in
        ["FROM", "FROM a b", "FROM a AS", "FROM a AS 1x", "FROM a AS b c", "FROM --foo=1 a", "FROM a # c"]
    {
        assert_eq!(read(bad).errors.len(), 1, "{bad} {:?}", read(bad).errors);
    }
}

#[test]
fn run_forms_and_mounts() {
    let run = only(
        "RUN --mount=type=cache,target=/root/.cache,sharing=locked --mount=from=base,src=/a,dst=/b,ro --network=none --security=insecure make x",
    );
    let Body::Run(r) = &run.body else { panic!() };
    assert_eq!(r.command.script().unwrap().text(), "make x");
    assert_eq!(r.mounts[0].kind, "cache");
    assert_eq!(r.mounts[0].target().unwrap().text(), "/root/.cache");
    assert_eq!(r.mounts[1].kind, "bind");
    assert_eq!(r.mounts[1].from().unwrap().text(), "base");
    assert!(r.mounts[1].option(&["ro", "readonly"]).unwrap().value.is_none());
    assert_eq!(run.flag_value("network").unwrap().text(), "none");
    let run = only("RUN --mount=\"type=secret,id=a\" [\"sh\", \"-c\", \"a \\\"b\\u00e9\"]");
    let Body::Run(r) = &run.body else { panic!() };
    assert_eq!(texts(r.command.exec().unwrap()), ["sh", "-c", "a \"bé"]);
    for (text, broken) in [
        ("RUN ['a', 'b']", true),
        ("RUN [\"a\"", true),
        ("RUN [\"a\",]", true),
        ("RUN [ -d x ] && y", true),
        ("RUN [\"a\"] && b", true),
        ("RUN echo [", false),
    ] {
        let run = only(text);
        let Form::Shell { broken_json, .. } = &run.command().unwrap().form else { panic!("{text}") };
        assert_eq!(*broken_json, broken, "{text}");
    }
    assert_eq!(read("FROM a\nRUN [\"a\", 1]").errors.len(), 1);
    assert_eq!(only("CMD []").command().unwrap().exec().unwrap().len(), 0);
}

#[test]
fn heredocs() {
    let run = only("RUN <<EOF\napt-get update\n\napt-get install x\nEOF\n");
    let Body::Run(r) = &run.body else { panic!() };
    assert_eq!(r.command.script().unwrap().text(), "apt-get update\n\napt-get install x\n");
    assert!(run.heredocs[0].expands);
    let run = only("RUN <<-'EOF'\n\t#!/usr/bin/env python3\n\tprint(1)\n\tEOF\n");
    let Body::Run(r) = &run.body else { panic!() };
    assert_eq!(r.interpreter.as_ref().unwrap().text(), "/usr/bin/env python3");
    assert_eq!(r.command.script().unwrap().text(), "#!/usr/bin/env python3\nprint(1)\n");
    assert!(!run.heredocs[0].expands);
    let run = only("RUN <<A cat > x && \\\n <<\"B\" cat\none\nA\ntwo\nB");
    let Body::Run(r) = &run.body else { panic!() };
    assert_eq!(r.command.script().unwrap().text(), "<<A cat > x &&  <<\"B\" cat\none\nA\ntwo\nB");
    let copy = only("COPY --chmod=755 <<run.sh <<b other /dst/\nx\nrun.sh\ny\nb\n");
    let Body::Copy(c) = &copy.body else { panic!() };
    assert_eq!(texts(&c.sources), ["other"]);
    assert_eq!(copy.heredocs[1].body.text(), "y\n");
    let file = good("FROM a\nONBUILD COPY <<x /y\nRUN fake\nx\nRUN b\n");
    let inner = file.stages[0].instructions[0].inner();
    assert_eq!(inner.heredocs[0].body.text(), "RUN fake\n");
    assert_eq!(file.stages[0].instructions.len(), 2);
    // No heredocs: arithmetic, here-strings, quoted text, other instructions.
    for text in ["RUN x $((1<<2))", "RUN cat <<< EOF", "RUN echo \"a <<EOF\"", "CMD cat <<EOF", "RUN a << b"]
    {
        assert!(only(text).heredocs.is_empty(), "{text}");
    }
    let file = read("FROM a\nRUN <<EOF\nx\nRUN y\nUSER z");
    assert_eq!(file.errors.len(), 1);
    assert_eq!(file.stages[0].instructions.len(), 3);
}

#[test]
fn key_values() {
    let pairs = |text: &str| match only(text).body {
        Body::Env(p) | Body::Label(p) => {
            p.iter().map(|p| (p.key.text().to_owned(), p.value.text().to_owned())).collect::<Vec<_>>()
        }
        _ => panic!(),
    };
    let own = |k: &str, v: &str| (k.to_owned(), v.to_owned());
    assert_eq!(pairs("ENV A=1 B=\"x y\" C=a\\ b"), [own("A", "1"), own("B", "\"x y\""), own("C", "a\\ b")]);
    assert_eq!(pairs("ENV A b c=d"), [own("A", "b c=d")]);
    assert_eq!(pairs("ENV A="), [own("A", "")]);
    assert_eq!(pairs("LABEL \"com.x\"=\"y\" \\\n  z=1"), [own("\"com.x\"", "\"y\""), own("z", "1")]);
    for bad in ["ENV A", "ENV A=1 B", "ENV =1", "ENV A=\"x", "LABEL a=b 'c"] {
        assert_eq!(read(&format!("FROM a\n{bad}")).errors.len(), 1, "{bad}");
    }
    let Body::Arg(args) = only("ARG A B=1 C=\"x y\"").body else { panic!() };
    assert_eq!(args.len(), 3);
    assert!(args[0].default.is_none());
    assert_eq!(args[2].default.as_ref().unwrap().text(), "\"x y\"");
}

#[test]
fn ports() {
    let Body::Expose(ports) = only("EXPOSE 80 443/TCP 8000-8010/udp $P").body else { panic!() };
    let read: Vec<_> = ports.iter().map(|p| (p.range, p.protocol.as_deref())).collect();
    assert_eq!(
        read,
        [
            (Some((80, 80)), Some("tcp")),
            (Some((443, 443)), Some("tcp")),
            (Some((8000, 8010)), Some("udp")),
            (None, None)
        ]
    );
    assert_eq!(super::read("FROM a\nEXPOSE 99999 http 9-8").errors.len(), 3);
}

#[test]
fn others() {
    let Body::Healthcheck(None) = only("HEALTHCHECK NONE").body else { panic!() };
    let health = only("HEALTHCHECK --interval=5m --timeout=3s \\\n  CMD curl -f http://localhost/ || exit 1");
    assert_eq!(health.flag_value("interval").unwrap().text(), "5m");
    assert_eq!(health.command().unwrap().script().unwrap().text(), "curl -f http://localhost/ || exit 1");
    let Body::Shell(words) = only("SHELL [\"powershell\", \"-Command\"]").body else { panic!() };
    assert_eq!(texts(&words), ["powershell", "-Command"]);
    let Body::Volume(words) = only("VOLUME [\"/a\", \"/b c\"]").body else { panic!() };
    assert_eq!(texts(&words), ["/a", "/b c"]);
    let Body::Volume(words) = only("VOLUME /a /b").body else { panic!() };
    assert_eq!(texts(&words), ["/a", "/b"]);
    let Body::Copy(copy) = only("COPY [\"a b\", \"c\"]").body else { panic!() };
    assert!(copy.exec_form);
    let add = only("ADD --checksum=sha256:x --keep-git-dir=true https://a /b");
    assert!(add.flag("keep-git-dir").unwrap().is_on());
    assert!(matches!(only("MAINTAINER a <b@c>").body, Body::Maintainer(_)));
    assert!(matches!(only("STOPSIGNAL 9").body, Body::Stopsignal(_)));
    assert!(matches!(only("WORKDIR /a b").body, Body::Workdir(p) if p.text() == "/a b"));
}

#[test]
fn mistakes_are_reported_and_reading_goes_on() {
    assert_eq!(read("# nothing").errors[0].message, "the Dockerfile has no instructions");
    for (text, message) in [
        ("FORM a", "`FORM` is not an instruction"),
        ("FROM a\nRUNN x", "did you mean RUN?"),
        ("FROM a\nENTRPYOINT x", "did you mean ENTRYPOINT?"),
        ("FROM a\n&& x", "end the line before with a backslash"),
        ("FROM a\nRUN", "RUN has no arguments"),
        ("FROM a\nCOPY x", "COPY needs a source and a destination"),
        ("FROM a\nCOPY --form=b x y", "`--form` is not a flag of COPY"),
        ("FROM a\nSHELL bash", "SHELL needs a JSON array"),
        ("FROM a\nHEALTHCHECK curl x", "`curl` is not a kind"),
        ("FROM a\nONBUILD FROM b", "ONBUILD can't defer FROM"),
        ("FROM a\nONBUILD ONBUILD RUN b", "ONBUILD can't defer ONBUILD"),
        ("RUN x\nFROM a", "RUN stands before the first FROM"),
        ("ARG A=1", "the Dockerfile has no FROM"),
        ("FROM a\nUSER \"x", "the quote is never closed"),
        ("FROM a AS b\nCOPY --from=b x y", "copies from itself"),
        ("FROM a AS b\nCOPY --from=3 x y", "there is no stage 3"),
    ] {
        let file = read(&format!("{text}\nUSER last\n"));
        let found = file.errors.iter().any(|e| e.message.contains(message) || e.hint.contains(message));
        assert!(found, "{text}: {:?}", file.errors);
        let last = file.instructions().last().unwrap();
        assert!(matches!(last.body, Body::User(_)), "{text}");
    }
}

#[test]
fn recognises_files() {
    for name in [
        "Dockerfile",
        "a/b/Dockerfile",
        "Dockerfile.prod",
        "Dockerfile-dev",
        "app.dockerfile",
        "app.Dockerfile",
        "Containerfile",
        "Containerfile.x",
        "dockerfile",
        "Dockerfile.go",
        "prod-Dockerfile",
        "DOCKERFILE",
    ] {
        assert!(is_dockerfile_name(name), "{name}");
    }
    for name in [
        "Dockerfile.dockerignore",
        "Dockerfile.md",
        "dockerfile.go",
        "dockerfile.rs",
        "mydockerfile",
        "Dockerfiles",
        "Dockerfile/x",
        "docker-compose.yml",
        ".dockerignore",
        "Dockerfile.yaml",
        "dockerfile-lint.js",
    ] {
        assert!(!is_dockerfile_name(name), "{name}");
    }
    for text in
        ["FROM a\nRUN b\n", "# c\nARG X=1\nFROM a:$X AS y\nCOPY . .\n", "FROM scratch", "from a\nrun b"]
    {
        assert!(looks_like(text), "{text}");
    }
    for text in [
        "",
        "from os import path\nimport sys\n",
        "FROM users\nWHERE x = 1\n",
        "apiVersion: v1\n",
        "From: a@b.c\n",
        "from here",
        "SELECT *\nFROM x",
    ] {
        assert!(!looks_like(text), "{text}");
    }
}
