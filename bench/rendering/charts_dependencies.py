"""Small charts for how charts depend on one another."""

from rendering.charts import ALL, Case, shown

CASES = []


def case(name, files, *arguments, fails=False):
    CASES.append(Case(f"dependencies: {name}", files, list(arguments), fails))


def chart(*dependencies, name="c", version="1.0.0", api="v2", more=""):
    text = f"apiVersion: {api}\nname: {name}\nversion: {version}\n{more}"
    return text + ("dependencies:\n" + "".join(f"- {{{d}}}\n" for d in dependencies) if dependencies else "")


SUB = "name: sub, version: 1.x.x, repository: 'https://example.com'"
PLAIN = {"templates/a.yaml": ALL, "charts/sub/templates/a.yaml": ALL, "charts/sub/values.yaml": "own: 1\nboth: sub\n"}

case("a subchart and its values", {**PLAIN, "values.yaml": "sub: {both: parent, extra: 2}\n"})
case("a subchart that is not listed", {**PLAIN, "Chart.yaml": chart()})
case("a listed subchart", {**PLAIN, "Chart.yaml": chart(SUB)})
case("a listed subchart is missing", {"Chart.yaml": chart(SUB), "templates/a.yaml": ALL}, fails=True)
case("a version that does not match", {**PLAIN, "Chart.yaml": chart("name: sub, version: 2.x.x, repository: ''")})
case("values for the subchart from outside", {**PLAIN, "Chart.yaml": chart(SUB), "../v.yaml": "sub:\n  own: 7\n"},
     "--helm-values", "v.yaml", "--helm-set", "sub.both=set")
case("values of a subchart are no map", {**PLAIN, "values.yaml": "sub: text\n"}, fails=True)
case("values of a subchart are no map, set", {**PLAIN}, "--helm-set", "sub=5", fails=True)
case("a subchart's values as null", {**PLAIN, "values.yaml": "sub: null\n"})
case("null deletes a subchart's value", {**PLAIN, "values.yaml": "sub: {own: null}\n"})
case("null on the command line deletes", {**PLAIN, "values.yaml": "keep: 1\ngone: 2\nsub: {both: x}\n"},
     "--helm-set", "gone=null,sub.own=null,sub.both=null")
case("null in a values file deletes", {**PLAIN, "values.yaml": "a: {b: 1, c: 2}\n", "../v.yaml": "a: {b: null}\nsub: {own: null}\n"},
     "--helm-values", "v.yaml")
case("null for what is not there", {**PLAIN}, "--helm-set", "absent=null,sub.absent=null")
case("null in a subchart's own values", {"charts/sub/values.yaml": "a: null\nb: {c: null}\n", "charts/sub/templates/a.yaml": ALL})
case("null over a map in a subchart",
     {"charts/sub/values.yaml": "a: {b: 1, c: 2}\n", "charts/sub/templates/a.yaml": ALL, "values.yaml": "sub: {a: null}\n"})

for setting in ("true", "false", "'true'", "null", "1"):
    case(f"condition is {setting}", {**PLAIN, "Chart.yaml": chart(SUB + ", condition: sub.enabled"),
                                     "values.yaml": f"sub: {{enabled: {setting}}}\n"})
case("condition is not set", {**PLAIN, "Chart.yaml": chart(SUB + ", condition: sub.enabled")})
case("condition by --set", {**PLAIN, "Chart.yaml": chart(SUB + ", condition: sub.enabled")}, "--helm-set", "sub.enabled=false")
case("condition in the subchart's own values",
     {**PLAIN, "Chart.yaml": chart(SUB + ", condition: sub.enabled"), "charts/sub/values.yaml": "enabled: false\n"})
case("two conditions, the first decides", {**PLAIN, "Chart.yaml": chart(SUB + ", condition: 'x.on,sub.enabled'"),
                                           "values.yaml": "x: {on: false}\nsub: {enabled: true}\n"})
case("two conditions, the first is not there", {**PLAIN, "Chart.yaml": chart(SUB + ", condition: 'x.on, sub.enabled'"),
                                                "values.yaml": "sub: {enabled: false}\n"})
case("condition on a global", {**PLAIN, "Chart.yaml": chart(SUB + ", condition: global.sub"), "values.yaml": "global: {sub: false}\n"})
TAGGED = {**PLAIN, "Chart.yaml": chart(SUB + ", tags: [front, back]")}
case("tags without values", TAGGED)
case("a tag is false", TAGGED, "--helm-set", "tags.front=false")
case("one tag of two is true", TAGGED, "--helm-set", "tags.front=false,tags.back=true")
case("all tags are false", TAGGED, "--helm-set", "tags.front=false,tags.back=false")
case("condition over tags", {**PLAIN, "Chart.yaml": chart(SUB + ", tags: [front], condition: sub.enabled"),
                             "values.yaml": "tags: {front: false}\nsub: {enabled: true}\n"})
case("tags in the values of a subchart count for nothing",
     {**PLAIN, "Chart.yaml": chart(SUB + ", tags: [front]"), "charts/sub/values.yaml": "tags: {front: false}\n"})
case("a condition of a subchart's subchart", {
    "Chart.yaml": chart(SUB), "charts/sub/Chart.yaml": chart("name: deep, version: '*', repository: '', condition: deep.on", name="sub"),
    "charts/sub/charts/deep/templates/a.yaml": ALL, "charts/sub/charts/deep/values.yaml": "x: 1\n",
    "charts/sub/templates/a.yaml": ALL}, "--helm-set", "sub.deep.on=false")
case("a template sees which subcharts are on", {
    **PLAIN, "Chart.yaml": chart(SUB + ", condition: sub.enabled"), "values.yaml": "sub: {enabled: false}\n",
    "templates/b.yaml": "kind: B\nsubs: {{ keys .Subcharts | toJson }}\nvalues: {{ .Values.sub | toJson }}\n"})

ALIASED = {"Chart.yaml": chart(SUB + ", alias: one", SUB + ", alias: two"), "values.yaml": "one: {own: a}\ntwo: {both: b}\nsub: {own: c}\n",
           "templates/a.yaml": ALL, "charts/sub/values.yaml": "own: 1\nboth: sub\n",
           "charts/sub/templates/a.yaml": ALL + "path: {{ .Template.Name }} {{ .Template.BasePath }}\n"}
case("two aliases of one subchart", ALIASED)
case("an alias and the name", {**ALIASED, "Chart.yaml": chart(SUB, SUB + ", alias: two")})
case("a condition on an alias", {**ALIASED, "Chart.yaml": chart(SUB + ", alias: one, condition: one.on", SUB + ", alias: two")},
     "--helm-set", "one.on=false")
case("an alias and helpers of its parent", {
    "Chart.yaml": chart(SUB + ", alias: other"), "templates/_h.tpl": '{{ define "n" }}{{ .Chart.Name }}-parent{{ end }}',
    "charts/sub/templates/_h.tpl": '{{ define "n" }}{{ .Chart.Name }}-sub{{ end }}',
    "charts/sub/templates/a.yaml": "kind: A\nname: {{ include \"n\" . }}\n", "templates/a.yaml": "kind: A\nname: {{ include \"n\" . }}\n"})

EXPORTING = {"charts/sub/values.yaml": "exports:\n  data: {a: 1, b: {c: 2}}\n  more: {d: 4}\ninner: {x: 1, y: {z: 2}}\n",
             "charts/sub/templates/a.yaml": ALL, "templates/a.yaml": ALL, "values.yaml": "b: {e: 5}\nmine: {x: 9}\n"}
case("import-values by name", {**EXPORTING, "Chart.yaml": chart(SUB + ", import-values: [data, more]")})
case("import-values by child and parent",
     {**EXPORTING, "Chart.yaml": chart(SUB + ", import-values: [{child: inner, parent: mine}]")})
case("import-values into a deeper key", {**EXPORTING, "Chart.yaml": chart(SUB + ", import-values: [{child: inner.y, parent: p.q.r}]")})
case("import-values of what is not there", {**EXPORTING, "Chart.yaml": chart(SUB + ", import-values: [nothing]")})
case("import-values and values from outside", {**EXPORTING, "Chart.yaml": chart(SUB + ", import-values: [{child: inner, parent: mine}]")},
     "--helm-set", "sub.inner.x=7,mine.y.z=8")
case("import-values through two levels", {
    "Chart.yaml": chart(SUB + ", import-values: [{child: got, parent: got}]"),
    "charts/sub/Chart.yaml": chart("name: deep, version: '*', repository: '', import-values: [{child: v, parent: got}]", name="sub"),
    "charts/sub/charts/deep/values.yaml": "v: {a: 1}\n", "templates/a.yaml": ALL, "charts/sub/templates/a.yaml": ALL})

case("globals reach down", {
    **PLAIN, "values.yaml": "global: {a: 1, b: {c: 2}}\nsub: {global: {b: {d: 3}}}\n",
    "charts/sub/values.yaml": "global: {a: 9, e: 5}\n",
    "charts/sub/charts/deep/templates/a.yaml": ALL, "charts/sub/charts/deep/values.yaml": "global: {f: 6, a: 8}\n"})
case("globals of a subchart do not reach up", {**PLAIN, "charts/sub/values.yaml": "global: {a: 1}\n"})
case("globals by --set", {**PLAIN}, "--helm-set", "global.x.y=1,sub.global.z=2")
case("globals that are no map", {**PLAIN, "values.yaml": "global: text\n"})
case("values reach down three levels", {
    "values.yaml": "sub: {deep: {a: top, b: top}}\n", "charts/sub/values.yaml": "deep: {b: mid, c: mid}\n",
    "charts/sub/charts/deep/values.yaml": "a: own\nb: own\nc: own\nd: own\n", "charts/sub/charts/deep/templates/a.yaml": ALL,
    "templates/a.yaml": ALL, "charts/sub/templates/a.yaml": ALL})
case("helpers of the same name: the parent's counts", {
    "templates/_h.tpl": '{{ define "n" }}parent{{ end }}', "charts/sub/templates/_h.tpl": '{{ define "n" }}sub{{ end }}',
    "charts/other/templates/_h.tpl": '{{ define "n" }}other{{ end }}{{ define "m" }}other{{ end }}',
    "charts/zulu/templates/_h.tpl": '{{ define "m" }}zulu{{ end }}',
    "templates/a.yaml": 'v: {{ include "n" . }}\nm: {{ include "m" . }}\n'})
case("a template of a parent includes one of its subchart", {
    "templates/a.yaml": "v: {{ include \"c.helper\" .Subcharts.sub | quote }}\n",
    "charts/sub/templates/_h.tpl": '{{ define "c.helper" }}{{ .Values.own }} {{ .Chart.Name }}{{ end }}',
    "charts/sub/values.yaml": "own: 1\n"})

LIBRARY = "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n"
case("a library chart", {
    "Chart.yaml": chart("name: lib, version: 1.0.0, repository: ''"), "charts/lib/Chart.yaml": LIBRARY,
    "charts/lib/templates/_h.tpl": '{{ define "lib.labels" }}app: {{ .Chart.Name }}{{ end }}', "charts/lib/templates/x.yaml": "kind: Never\n",
    "charts/lib/values.yaml": "own: 1\n", "templates/a.yaml": "labels:\n  {{- include \"lib.labels\" . | nindent 2 }}\nlib: {{ .Values.lib | toJson }}\n"})
case("a library chart by itself", {"Chart.yaml": LIBRARY, "templates/a.yaml": "kind: Never\n"}, fails=True)

INSIDE = {"sub/Chart.yaml": chart(name="sub", version="1.2.3"), "sub/values.yaml": "own: 1\n", "sub/templates/a.yaml": ALL}
case("a packaged subchart", {"Chart.yaml": chart(SUB), "charts/sub-1.2.3.tgz": INSIDE, "templates/a.yaml": ALL, "values.yaml": "sub: {more: 2}\n"})
case("a packaged subchart of another file name", {"charts/anything.tgz": INSIDE, "templates/a.yaml": ALL})
case("a packaged subchart within a packaged one", {
    "charts/outer-1.0.0.tgz": {"outer/Chart.yaml": chart(name="outer"), "outer/charts/sub-1.2.3.tgz": INSIDE, "outer/templates/a.yaml": ALL},
    "values.yaml": "outer: {sub: {own: 5}}\n"})
case("an archive that is broken", {"charts/sub-1.2.3.tgz": b"not an archive", "templates/a.yaml": ALL}, fails=True)
case("folders of charts that begin with _ or .", {
    "charts/_off/Chart.yaml": chart(name="off"), "charts/_off/templates/a.yaml": ALL, "charts/.off/Chart.yaml": chart(name="hid"),
    "charts/.off/templates/a.yaml": ALL, "templates/a.yaml": ALL})
case("a text among the charts", {"charts/README.md": "text\n", "templates/a.yaml": ALL}, fails=True)
case("a folder of charts without Chart.yaml", {"charts/sub/templates/a.yaml": ALL, "charts/sub/Chart.yaml": "", "templates/a.yaml": ALL}, fails=True)
case("the folder's name is not the chart's", {
    "charts/folder/Chart.yaml": chart(name="sub"), "charts/folder/templates/a.yaml": ALL, "values.yaml": "sub: {a: 1}\nfolder: {a: 2}\n"})

REQUIRING = {"Chart.yaml": chart(api="v1"), "templates/a.yaml": ALL, "charts/sub/Chart.yaml": chart(api="v1", name="sub"),
             "charts/sub/templates/a.yaml": ALL, "charts/sub/values.yaml": "own: 1\nexports: {data: {x: 1}}\n"}
case("requirements.yaml of a v1 chart", {**REQUIRING, "requirements.yaml": f"dependencies:\n- {{{SUB}, alias: other, condition: other.on}}\n"})
case("requirements.yaml, condition and import-values", {
    **REQUIRING, "requirements.yaml": f"dependencies:\n- {{{SUB}, condition: sub.on, import-values: [data]}}\n", "values.yaml": "sub: {on: true}\n"})
case("requirements.yaml, off", {**REQUIRING, "requirements.yaml": f"dependencies:\n- {{{SUB}, condition: sub.on}}\n"}, "--helm-set", "sub.on=false")
case("requirements.yaml of a v2 chart", {**REQUIRING, "Chart.yaml": chart(), "requirements.yaml": f"dependencies:\n- {{{SUB}, alias: other}}\n"})
case("dependencies in a v1 chart", {**REQUIRING, "Chart.yaml": chart(SUB + ", alias: other", api="v1")})
case("kubeVersion of a subchart", {**PLAIN, "charts/sub/Chart.yaml": chart(name="sub", more="kubeVersion: '>=9.0.0'\n")})
case("Chart fields of a subchart", {
    "charts/sub/Chart.yaml": chart(name="sub", version="2.3.4", more="appVersion: 1.16\ndescription: text\nkeywords: [a]\n"),
    "charts/sub/templates/a.yaml": "chart: {{ .Chart | toJson }}\ntemplate: {{ .Template | toJson }}\nroot: {{ .Chart.IsRoot }}\n"})
case("two versions, two aliases", {
    "Chart.yaml": chart("name: sub, version: 1.x.x, repository: '', alias: one", "name: sub, version: 2.x.x, repository: '', alias: two"),
    "charts/sub-1/Chart.yaml": chart(name="sub", version="1.5.0"), "charts/sub-1/templates/a.yaml": shown("x") + "v: {{ .Chart.Version }}\n",
    "charts/sub-2/Chart.yaml": chart(name="sub", version="2.5.0"), "charts/sub-2/templates/a.yaml": shown("x") + "v: {{ .Chart.Version }}\n",
    "values.yaml": "one: {x: 1}\ntwo: {x: 2}\n"})
