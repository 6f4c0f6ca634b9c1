"""Small charts for files, hooks, CRDs, what is printed in which order, and what a chart may look like."""

from rendering.charts import ALL, Case

CASES = []


def case(name, files, *arguments, fails=False):
    CASES.append(Case(f"files: {name}", files, list(arguments), fails))


def thing(kind, name="x", more="", api="v1"):
    return f"apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n{more}"


FILES = {"conf/a.txt": "alpha\n", "conf/b.ini": "[s]\nk = v\n", "conf/deep/c.txt": "one\ntwo\n", "top.txt": "no newline",
         "conf/d.bin": b"\x00\xff\x10", "docs/README.md": "# doc\n"}


def files(name, *templates, more=None, fails=False):
    text = "".join(f"v{i}: {t}\n" for i, t in enumerate(templates))
    case(name, {**FILES, **(more or {}), "templates/a.yaml": text}, fails=fails)


files("Get", '{{ .Files.Get "conf/a.txt" | toJson }}', '{{ .Files.Get "absent" | toJson }}', '{{ .Files.Get "./top.txt" | toJson }}',
      '{{ .Files.Get "conf/../top.txt" | toJson }}', '{{ .Files.Get "/etc/hostname" | toJson }}', '{{ .Files.Get "../outside" | toJson }}',
      more={"../outside": "secret"})
files("Get of what is no plain file", '{{ .Files.Get "Chart.yaml" | toJson }}', '{{ .Files.Get "values.yaml" | toJson }}',
      '{{ .Files.Get "templates/a.yaml" | toJson }}', '{{ .Files.Get "crds/x.yaml" | toJson }}', '{{ .Files.Get "charts/x/y" | toJson }}',
      '{{ .Files.Get ".helmignore" | toJson }}', '{{ .Files.Get "README.md" | toJson }}', '{{ .Files.Get "LICENSE" | toJson }}',
      more={"values.yaml": "a: 1\n", "crds/x.yaml": thing("CustomResourceDefinition", api="apiextensions.k8s.io/v1"),
            "README.md": "r", "LICENSE": "l", ".helmignore": "nope\n", "charts/x/y": "z"})
files("GetBytes and Lines", '{{ .Files.GetBytes "conf/a.txt" | toString | toJson }}', '{{ .Files.Lines "conf/deep/c.txt" | toJson }}',
      '{{ .Files.Lines "absent" | toJson }}', '{{ .Files.GetBytes "conf/d.bin" | len }}', '{{ .Files.Lines "top.txt" | toJson }}',
      '{{ .Files.Get "conf/d.bin" | b64enc }}')
files("Glob, AsConfig, AsSecrets", '{{ (.Files.Glob "conf/*").AsConfig | toJson }}', '{{ (.Files.Glob "conf/**").AsSecrets | toJson }}',
      '{{ (.Files.Glob "nothing/*").AsConfig | toJson }}', '{{ (.Files.Glob "**.txt").AsConfig | toJson }}',
      '{{ (.Files.Glob "conf/?.txt").AsConfig | toJson }}', '{{ (.Files.Glob "conf/{a,b}.*").AsConfig | toJson }}',
      '{{ (.Files.Glob "conf/[ab].*").AsSecrets | toJson }}', '{{ (.Files.Glob "*").AsConfig | toJson }}')
files("ranges over files", "\n{{- range $path, $bytes := .Files.Glob \"conf/**\" }}\n- {{ $path }} {{ len $bytes }} {{ base $path }}\n{{- end }}",
      "\n{{- range $p, $_ := .Files }}\n- {{ $p }}\n{{- end }}", '{{ range $p, $b := .Files.Glob "*.txt" }}{{ toString $b | quote }}{{ end }}',
      "{{ len .Files }}", '{{ index .Files "top.txt" | toString }}')
files("a broken pattern", '{{ (.Files.Glob "conf/[").AsConfig | toJson }}')
files("tpl over a file", '{{ tpl (.Files.Get "t.txt") . | quote }}', '{{ .Files.AsConfig | len | quote }}',
      more={"t.txt": "name: {{ .Release.Name }}"})
case("files of a subchart are its own", {
    "top.txt": "top", "charts/sub/own.txt": "own", "templates/a.yaml": "v: {{ .Files.Get \"top.txt\" }}{{ .Files.Get \"charts/sub/own.txt\" }}\n",
    "charts/sub/templates/a.yaml": "v: {{ .Files.Get \"own.txt\" }}{{ .Files.Get \"top.txt\" }}\n"})


def ignoring(name, text, *paths, fails=False):
    shown = "".join(f"  {i}: {{{{ .Files.Get {chr(34)}{p}{chr(34)} }}}}\n" for i, p in enumerate(paths))
    case(f".helmignore {name}", {**{p: "here" for p in paths}, ".helmignore": text, "templates/a.yaml": f"v:\n{shown}"}, fails=fails)


ignoring("names and folders", "a.txt\nlog/\n", "a.txt", "x/a.txt", "log/b", "x/log/c", "b.txt", "log.txt")
ignoring("wildcards", "*.bak\n?.md\n[ab].x\n", "a.bak", "x/b.bak", "r.md", "rr.md", "a.x", "c.x")
ignoring("negation", "*.txt\n!keep.txt\n", "a.txt", "keep.txt", "x/keep.txt", "b.md", fails=True)
ignoring("only a negation", "!a.txt\n", "a.txt", "b.txt", fails=True)
ignoring("an anchor", "/a.txt\n/x/b.txt\n", "a.txt", "x/a.txt", "x/b.txt", "y/x/b.txt")
ignoring("a path", "x/a.txt\nx/y\n", "x/a.txt", "y/x/a.txt", "x/y/z", "x/b.txt")
ignoring("comments and spaces", "# a.txt\n  b.txt  \n\n\\#c\n", "a.txt", "b.txt", "#c")
ignoring("two stars", "**/a.txt\n", "a.txt", "x/a.txt", fails=True)
ignoring("hidden files", ".hidden\n.git/\n", ".hidden", ".git/x", ".other", "x/.hidden")
case(".helmignore leaves templates out", {
    ".helmignore": "templates/off.yaml\nskip-*\ncharts/gone/\n", "templates/off.yaml": thing("Off"), "templates/on.yaml": thing("On"),
    "templates/skip-x.yaml": thing("Skip"), "charts/gone/Chart.yaml": "apiVersion: v2\nname: gone\nversion: 1.0.0\n",
    "charts/gone/templates/a.yaml": thing("Gone")})
case(".helmignore of a subchart", {
    "charts/sub/.helmignore": "off.yaml\n", "charts/sub/templates/off.yaml": thing("Off"), "charts/sub/templates/on.yaml": thing("On"),
    "templates/off.yaml": thing("Kept")})
case(".helmignore leaves values.yaml out", {".helmignore": "values.yaml\n", "values.yaml": "a: 1\n", "templates/a.yaml": ALL})

KINDS = ["ConfigMap", "Deployment", "Namespace", "Service", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "Secret", "Pod", "Ingress",
         "CustomResourceDefinition", "Job", "CronJob", "StatefulSet", "DaemonSet", "PersistentVolumeClaim", "PersistentVolume", "StorageClass",
         "NetworkPolicy", "ResourceQuota", "LimitRange", "PodDisruptionBudget", "HorizontalPodAutoscaler", "APIService", "Zebra", "Apple",
         "PriorityClass", "IngressClass", "ReplicaSet", "ReplicationController", "ClusterRoleBinding", "List", "PodSecurityPolicy",
         "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "ClusterRoleList", "SecretList", "RoleList", "Endpoints", "Lease"]
case("order of kinds", {"templates/all.yaml": "---\n".join(thing(k, k.lower()) for k in KINDS)})
case("order of kinds in files", {f"templates/{k.lower()}.yaml": thing(k, "n") for k in KINDS})
case("order of names and files", {
    "templates/b.yaml": thing("Pod", "z") + "---\n" + thing("Pod", "a"), "templates/a.yaml": thing("Pod", "m"), "templates/A.yaml": thing("Pod", "A"),
    "templates/sub/c.yaml": thing("Pod", "c"), "templates/sub/deep/d.yaml": thing("Pod", "d"), "charts/s/templates/e.yaml": thing("Pod", "e"),
    "templates/a-b.yaml": thing("Pod", "m"), "templates/10.yaml": thing("Pod", "ten"), "templates/9.yaml": thing("Pod", "nine")})


def hook(kind, name, **annotations):
    lines = "".join(f'    "helm.sh/{k.replace("_", "-")}": "{v}"\n' for k, v in annotations.items())
    return f"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n  annotations:\n{lines}"


HOOKS = {"templates/pre.yaml": hook("Job", "pre", hook="pre-install"), "templates/post.yaml": hook("Job", "post", hook="post-install,post-upgrade", hook_weight="5"),
         "templates/weight.yaml": hook("Pod", "first", hook="pre-install", hook_weight="-5"), "templates/plain.yaml": thing("Service"),
         "templates/both.yaml": hook("ConfigMap", "b", hook="pre-install") + "---\n" + thing("ConfigMap", "c"),
         "templates/tests/t.yaml": hook("Pod", "t", hook="test"), "templates/old.yaml": hook("Pod", "o", hook="test-success")}
case("hooks", HOOKS)
case("hooks and tests", HOOKS, "--helm-tests")
case("a hook of no known kind", {"templates/a.yaml": hook("Job", "a", hook="no-such"), "templates/b.yaml": thing("Service")})
case("a hook among known and unknown", {"templates/a.yaml": hook("Job", "a", hook="no-such, pre-delete"), "templates/b.yaml": hook("Job", "b", hook="crd-install")})
case("a hook weight that is no number", {"templates/a.yaml": hook("Job", "a", hook="pre-install", hook_weight="x")})
case("an empty hook", {"templates/a.yaml": hook("Job", "a", hook="")})
case("hooks of a test and of something else", {"templates/a.yaml": hook("Job", "a", hook="test,pre-install")})

CRD = thing("CustomResourceDefinition", "things.example.com", "spec:\n  scope: Cluster\n", api="apiextensions.k8s.io/v1")
case("CRDs", {"crds/a.yaml": CRD, "crds/two.yaml": CRD.replace("things", "others") + "---\n" + CRD.replace("things", "more"),
              "crds/deep/b.yml": CRD.replace("things", "deep"), "crds/c.json": '{"kind": "X"}', "crds/readme.txt": "text\n", "templates/a.yaml": thing("Thing")})
case("CRDs are no templates", {"crds/a.yaml": CRD + "# {{ fail \"never\" }}\n", "templates/a.yaml": thing("Thing")})
case("CRDs of a subchart", {"charts/s/crds/a.yaml": CRD, "crds/z.yaml": CRD.replace("things", "z"), "templates/a.yaml": thing("Thing")})
case("CRDs of a subchart that is off", {
    "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n- {name: s, version: '*', repository: '', condition: s.on}\n",
    "values.yaml": "s: {on: false}\n", "charts/s/crds/a.yaml": CRD, "charts/s/templates/a.yaml": thing("Never"), "templates/a.yaml": thing("Thing")})
case("CRDs in a library chart", {"charts/l/Chart.yaml": "apiVersion: v2\nname: l\nversion: 1.0.0\ntype: library\n", "charts/l/crds/a.yaml": CRD})

case("notes are not printed", {"templates/NOTES.txt": "hello {{ .Release.Name }}\n", "charts/s/templates/NOTES.txt": "sub\n", "templates/a.yaml": ALL})
case("notes that fail", {"templates/NOTES.txt": "{{ fail \"in the notes\" }}\n", "templates/a.yaml": ALL}, fails=True)
case("files of templates with other endings", {
    "templates/a.yml": thing("A"), "templates/b.json": '{"kind": "B", "n": {{ 1 }}}', "templates/c.txt": "kind: C\n", "templates/d.tpl": "kind: D\n",
    "templates/_e.yaml": "kind: E\n", "templates/.f.yaml": "kind: F\n", "templates/g": "kind: G\n", "templates/sub/_h.yaml": "kind: H\n", "templates/_sub/i.yaml": "kind: I\n"})
case("empty templates", {"templates/a.yaml": "", "templates/b.yaml": "\n\n", "templates/c.yaml": "# comment\n", "templates/d.yaml": "---\n---\n",
                         "templates/e.yaml": "{{- if false }}\nkind: E\n{{- end }}\n", "templates/f.yaml": "---\n# only\n---\nkind: F\n"})
case("separators", {"templates/a.yaml": "---\nkind: A\n---\nkind: B\n--- \nkind: C\n---\n\n---\nkind: D\n...\n", "templates/b.yaml": "kind: E\n---kind\n"}, fails=True)
case("separators with text", {"templates/a.yaml": "--- # first\nkind: A\n---\t\nkind: B\n\n---\n# c\nkind: C # end\n"})
case("a separator in a text", {"templates/a.yaml": "kind: A\ntext: |\n  ---\n  x\n   ---\nmore: 1\n"})
case("a separator after a trim", {"templates/a.yaml": "{{ range list 1 2 }}\n---\nkind: A\nn: {{ . }}\n{{- end }}\n"})
case("separators joined to what is before", {"templates/a.yaml": "{{- range list 1 2 -}}\nkind: A\nmetadata: {name: n{{ . }}}\n---\n{{ end -}}\n"})
case("comments stay", {"templates/a.yaml": "# top\nkind: A # side\n# below\nx: 1\n\n\n# end\n"})
case("Windows line ends", {"templates/a.yaml": "kind: A\r\nx: {{ 1 }}\r\n---\r\nkind: B\r\n", "values.yaml": "a: 1\r\nb: |\r\n  x\r\n", "templates/b.yaml": ALL})
case("a BOM in a template", {"templates/a.yaml": "\ufeffkind: A\n"})
case("a result that is no YAML", {"templates/a.yaml": "kind: A\n  x: 1\n y: 2\n"}, fails=True)
case("a result with tabs", {"templates/a.yaml": "kind: A\n\tx: 1\n"}, fails=True)
case("a result that is a list", {"templates/a.yaml": "- kind: A\n- kind: B\n"}, fails=True)
case("a result that is a text", {"templates/a.yaml": "just words\n"}, fails=True)
case("a result with a key twice", {"templates/a.yaml": "kind: A\nx: 1\nx: 2\n"})
case("a kind that is no text", {"templates/a.yaml": "kind: 5\nmetadata: {name: 7}\n"})
case("metadata of the wrong shape", {"templates/a.yaml": "kind: A\nmetadata: text\n"}, fails=True)
case("annotations of the wrong type", {"templates/a.yaml": "kind: A\nmetadata:\n  annotations:\n    n: 5\n    b: true\n"})
case("no kind", {"templates/a.yaml": "metadata: {name: a}\n", "templates/b.yaml": "x: 1\n"})
case("a list of objects", {"templates/a.yaml": "apiVersion: v1\nkind: List\nitems:\n- kind: A\n- kind: B\n"})

case("release and namespace", {"templates/a.yaml": "release: {{ .Release | toJson }}\n"}, "--helm-release", "mine", "--helm-namespace", "there")
case("a release name that is not allowed", {"templates/a.yaml": ALL}, "--helm-release", "Not_Good", fails=True)
VERSIONED = "v: {{ .Capabilities.KubeVersion | toJson }}\nhas: {{ .Capabilities.APIVersions.Has \"apps/v1\" }} {{ .Capabilities.APIVersions.Has \"x.example.com/v1\" }} {{ .Capabilities.APIVersions.Has \"x.example.com/v1/Kind\" }}\n"
case("a version of Kubernetes", {"templates/a.yaml": VERSIONED}, "--helm-kube-version", "1.21.3")
case("a version of Kubernetes with a v and more", {"templates/a.yaml": VERSIONED}, "--helm-kube-version", "v1.29.4-eks-abc")
case("a version of Kubernetes in short", {"templates/a.yaml": VERSIONED}, "--helm-kube-version", "1.30")
case("a version of Kubernetes that is none", {"templates/a.yaml": VERSIONED}, "--helm-kube-version", "x", fails=True)
case("API versions", {"templates/a.yaml": VERSIONED}, "--helm-api-version", "x.example.com/v1", "--helm-api-version", "x.example.com/v1/Kind")


def described(name, text, fails=False, **more):
    case(f"Chart.yaml {name}", {"Chart.yaml": text, "templates/a.yaml": "chart: {{ .Chart | toJson }}\n", **more}, fails=fails)


described("in full", """
    apiVersion: v2
    name: c
    version: 1.2.3-rc.1+build
    kubeVersion: ">=1.20.0-0"
    description: A chart
    type: application
    keywords: [a, b]
    home: https://example.com
    sources: [https://example.com/src]
    dependencies: []
    maintainers:
    - {name: Ada, email: ada@example.com, url: https://example.com}
    icon: https://example.com/i.png
    appVersion: 1.10
    deprecated: true
    annotations: {example.com/a: "1"}
    """)
described("with a version of Kubernetes it does not like", "apiVersion: v2\nname: c\nversion: 1.0.0\nkubeVersion: <1.0.0\n", fails=True)
described("without a version", "apiVersion: v2\nname: c\n", fails=True)
described("without a name", "apiVersion: v2\nversion: 1.0.0\n", fails=True)
described("without apiVersion", "name: c\nversion: 1.0.0\n")
described("with an unknown apiVersion", "apiVersion: v9\nname: c\nversion: 1.0.0\n", fails=True)
described("with a bad version", "apiVersion: v2\nname: c\nversion: one\n", fails=True)
described("with a short version", "apiVersion: v2\nname: c\nversion: 1.2\n")
described("with a number as appVersion", "apiVersion: v2\nname: c\nversion: 1.0.0\nappVersion: 1.0\n")
described("with an unknown type", "apiVersion: v2\nname: c\nversion: 1.0.0\ntype: other\n", fails=True)
described("with an unknown field", "apiVersion: v2\nname: c\nversion: 1.0.0\nunknown: 1\n")
described("that is broken", "apiVersion: v2\nname: [\n", fails=True)
described("with a name that is a path", "apiVersion: v2\nname: ../x\nversion: 1.0.0\n", fails=True)
described("of v1", "apiVersion: v1\nname: c\nversion: 1.0.0\nappVersion: 2\nengine: gotpl\ntillerVersion: '>2'\n")
case("no templates", {"values.yaml": "a: 1\n"})
case("a template fails in a subchart", {"charts/s/templates/a.yaml": "a: 1\nb: {{ .Values.x.y }}\n", "templates/a.yaml": ALL}, fails=True)
case("a syntax error in a helper", {"templates/_h.tpl": "\n{{ define \"x\" }}\n{{ if }}\n{{ end }}", "templates/a.yaml": ALL}, fails=True)
case("required through include in a subchart", {
    "templates/_h.tpl": '{{ define "need" }}{{ required (printf "%s is needed" .key) .value }}{{ end }}',
    "charts/s/templates/a.yaml": 'kind: A\nx:\n  y: {{ include "need" (dict "key" "password" "value" .Values.password) | quote }}\n'}, fails=True)
