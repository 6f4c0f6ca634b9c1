//! What templates see, and what is printed in which order.

use crate::{about, messages, over, printed, render};
use render::helm::Options;

#[test]
fn order_and_hooks() {
    let files = [
        ("root/Chart.yaml", &*about("root")),
        ("root/charts/a/Chart.yaml", &*about("a")),
        ("root/charts/z/Chart.yaml", &*about("z")),
        ("root/charts/a/templates/_h.tpl", r#"{{ define "who" }}a{{ end }}"#),
        ("root/charts/z/templates/_h.tpl", r#"{{ define "who" }}z{{ end }}{{ define "dup" }}h{{ end }}"#),
        ("root/charts/z/templates/_g.tpl", r#"{{ define "dup" }}g{{ end }}"#),
        ("root/charts/a/templates/x.yaml", "kind: A\nwho: {{ include \"who\" . }}{{ include \"dup\" . }}"),
        (
            "root/templates/b.yaml",
            "kind: B\nb: {{ .Template.BasePath }}\n---\nkind: Pod\n--- \n\nkind: Service\n---\n# none\n",
        ),
        (
            "root/templates/c.yaml",
            "kind: Job\nmetadata: {annotations: {helm.sh/hook: 'pre-install , post-install', helm.sh/hook-weight: '5'}}\n\
             ---\nkind: Pod\nmetadata: {annotations: {helm.sh/hook: test}}\n\
             ---\nkind: ConfigMap\nmetadata: {annotations: {helm.sh/hook: nonsense}}\n\
             ---\nkind: ConfigMap\nmetadata: {annotations: {helm.sh/hook: PRE-Delete}}\n",
        ),
        ("root/templates/NOTES.txt", "not printed"),
        ("root/templates/none.yaml", "a: 1"),
    ];
    let (chart, output) = render(&files, &[], &Options::default());
    assert_eq!(chart.name(), "root");
    assert_eq!(messages(&output.problems), Vec::<&str>::new());
    let annotation = "metadata: {annotations: {helm.sh/hook:";
    assert_eq!(
        printed(&output),
        [
            "root/templates/b.yaml: kind: Service".to_owned(),
            "root/templates/b.yaml: kind: Pod".to_owned(),
            "root/templates/none.yaml: a: 1".to_owned(),
            "root/charts/a/templates/x.yaml: kind: A; who: ag".to_owned(),
            "root/templates/b.yaml: kind: B; b: root/templates".to_owned(),
            format!("root/templates/c.yaml: kind: ConfigMap; {annotation} PRE-Delete}}}}"),
            format!(
                "root/templates/c.yaml: kind: Job; {annotation} 'pre-install , post-install', helm.sh/hook-weight: '5'}}}}"
            ),
        ]
    );
    let job = output.manifests.last().unwrap().hook.as_ref().unwrap();
    assert_eq!(
        (job.events.as_slice(), job.weight),
        (&["pre-install".to_owned(), "post-install".to_owned()][..], 5)
    );
    let options = Options { tests: true, ..Options::default() };
    assert_eq!(render(&files, &[], &options).1.manifests.len(), 8);
}

#[test]
fn what_templates_see() {
    let chart = about("root") + "appVersion: 1.10\nannotations: {x: w}\nkeywords: [a]\n";
    let files = [
        ("root/Chart.yaml", &*chart),
        ("root/files/x.txt", "a\nb\n"),
        ("root/files/d/z.txt", "z"),
        ("root/q.bak", "1"),
        ("root/.helmignore", "*.bak\n"),
        (
            "root/templates/a.yaml",
            "{{ define \"all\" }}a: {{ .Chart.Name }} {{ .Chart.AppVersion }} {{ .Chart.Annotations.x }}{{ .Chart.Annotations.no }} {{ .Chart.IsRoot }} {{ .Chart.Keywords }}\n\
             b: {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion.Minor }} {{ len .Capabilities.APIVersions }}\n\
             c: {{ .Capabilities.APIVersions.Has \"foo/v1\" }} {{ .Capabilities.APIVersions.Has \"apps/v1/Deployment\" }} {{ .Capabilities.HelmVersion.Version }}\n\
             d: {{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.IsUpgrade }} {{ .Template.Name }}\n\
             e: {{ range $p, $_ := .Files }}{{ $p }} {{ end }}\n\
             f: {{ range $p, $_ := .Files.Glob \"files/*\" }}{{ $p }} {{ end }}\n\
             g: {{ range $p, $b := .Files.Glob \"**.txt\" }}{{ $p }}={{ $b | toString | quote }} {{ end }}\n\
             h: {{ .Files.Get \"files/x.txt\" | quote }} {{ .Files.Lines \"files/x.txt\" }} {{ .Files.Get \"no\" }}\n\
             i: {{ (.Files.Glob \"files/x*\").AsConfig | quote }}\n\
             j: {{ (.Files.Glob \"files/*\").AsSecrets }} {{ (.Files.Glob \"no\").AsConfig }}\n\
             k: {{ .Values.none }}{{ .Values.none.deeper }}\n{{ end }}all: {{ include \"all\" . | toJson }}",
        ),
    ];
    let options = Options {
        kube_version: "1.29.3-gke.4".to_owned(),
        api_versions: vec!["foo/v1".to_owned()],
        release: "nm".to_owned(),
        namespace: "ns".to_owned(),
        upgrade: true,
        ..Options::default()
    };
    let (_, output) = render(&files, &[over("none: {}")], &options);
    assert_eq!(messages(&output.problems), Vec::<&str>::new());
    let text = output.manifests[0].text.strip_prefix("all: ").unwrap();
    let text: String = serde_json::from_str(text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "a: root 1.1 w true [a]",
            "b: v1.29.3 v1.29.3-gke.4 29 58",
            "c: true false v4.3.1",
            "d: nm ns true root/templates/a.yaml",
            "e: .helmignore files/d/z.txt files/x.txt ",
            "f: files/x.txt ",
            "g: files/d/z.txt=\"z\" files/x.txt=\"a\\nb\\n\" ",
            "h: \"a\\nb\\n\" [a b] ",
            "i: \"x.txt: |\\n  a\\n  b\"",
            "j: x.txt: YQpiCg== {}",
            "k: map[]<no value>",
        ]
    );
}

#[test]
fn libraries_and_definitions() {
    let library = about("l") + "type: library\n";
    let files = [
        ("root/Chart.yaml", &*about("root")),
        ("root/crds/b.yaml", "kind: B\n---\nkind: C\n"),
        ("root/crds/r.md", "no"),
        ("root/charts/l/Chart.yaml", &*library),
        ("root/charts/l/crds/s.yml", "kind: S\n"),
        ("root/charts/l/values.yaml", "k: 1\n"),
        ("root/charts/l/templates/a.yaml", "kind: L\n"),
        ("root/charts/l/templates/_a.yaml", "{{ define \"l\" }}{{ .Values.l.k }}{{ end }}"),
        ("root/templates/a.yaml", "kind: X\nv: {{ include \"l\" . }}{{ .Subcharts.l.Chart.Name }}\n"),
    ];
    let options = Options { crds: true, ..Options::default() };
    let (_, output) = render(&files, &[], &options);
    assert_eq!(
        printed(&output),
        [
            "root/crds/b.yaml: kind: B; ---; kind: C",
            "root/charts/l/crds/s.yml: kind: S",
            "root/templates/a.yaml: kind: X; v: 1l"
        ]
    );
    let (chart, output) = render(&[("root/Chart.yaml", &library)], &[], &Options::default());
    assert!(chart.is_library());
    assert_eq!(messages(&output.problems), ["library charts are not installable"]);
}

#[test]
fn errors_stand_where_they_are() {
    let chart = about("root") + "kubeVersion: '>=1.99.0'\n";
    let files = [
        ("root/Chart.yaml", &*chart),
        ("root/values.yaml", "db: {password: hunter22}\n"),
        ("root/templates/a.yaml", "kind: A\nb: {{ fail (printf \"no %s\" .Values.db.password) }}\n"),
        ("root/templates/b.yaml", "kind: B\n  a: [\n"),
        ("root/templates/c.yaml", "just text\n"),
        ("root/templates/d.yaml", "kind: {{ nope }}\n"),
        ("root/templates/e.yaml", "kind: E\n"),
    ];
    let (_, output) = render(&files, &[], &Options::default());
    assert_eq!(printed(&output), ["root/templates/e.yaml: kind: E"]);
    let found: Vec<String> = output
        .problems
        .iter()
        .map(|p| {
            format!(
                "{}:{} {} {}",
                p.location.file,
                p.location.range.start.line,
                p.fatal,
                output.redact(&p.message)
            )
        })
        .collect();
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.contains(
        &"root/Chart.yaml:4 true chart requires kubeVersion: >=1.99.0 which is incompatible with Kubernetes v1.37.0"
            .to_owned()
    ));
    assert!(found.contains(
        &"root/templates/a.yaml:2 true execution error at (root/templates/a.yaml:2:6): no ***".to_owned()
    ));
    assert!(found.contains(
        &"root/templates/d.yaml:1 true parse error at (root/templates/d.yaml:1): function \"nope\" not defined"
            .to_owned()
    ));
    assert!(found.iter().any(|line| {
        line.starts_with("root/templates/b.yaml:2 true YAML parse error on root/templates/b.yaml: ")
    }));
    assert!(
        found
            .iter()
            .any(|line| line.ends_with("cannot unmarshal string into Go value of type util.SimpleHead"))
    );
}
