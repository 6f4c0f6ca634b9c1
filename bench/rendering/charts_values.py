"""Small charts for values: files, --set, schemas."""

import json

from rendering.charts import ALL, Case, shown

CASES = []


def case(name, files, *arguments, fails=False):
    CASES.append(Case(f"values: {name}", {"templates/a.yaml": ALL, **files}, list(arguments), fails))


def sets(name, *texts, values="", fails=False):
    case(f"--set {name}", {"values.yaml": values}, *[part for text in texts for part in ("--helm-set", text)], fails=fails)


sets("a number, a bool, a text, null", "a=1,b=true,c=text,d=null,e=1.5,f=-3,g=010,h=1e3,i=TRUE,j=")
sets("nested", "a.b.c=1,a.b.d=2,a.e=3")
sets("lists", "a={x,y,1,true},b={},c={ x , y }")
sets("an index", "a[0]=x,a[2]=z,b[0].c=1,b[0].d=2,b[1].c=3", values="")
sets("an index over a list", "a[1]=new,a[3]=far", values="a: [one, two]\n")
sets("an index below an index", "a[0][1]=x,a[1][0]=y")
sets("escapes", r"a=x\,y,b\.c=1,d=x\\y,e=\{x\}", values="")
sets("dots in keys", r"nodeSelector.kubernetes\.io/os=linux")
sets("quotes are kept", "a=\"x\",b='y'")
sets("spaces", "a= x ,b =y, c=z")
sets("equals in a value", "a=b=c,d==")
sets("a URL", "a=http://h:80/p?q=1")
sets("large numbers", "a=12345678901,b=9223372036854775807,c=9223372036854775808,d=-9223372036854775808")
sets("numbers in other forms", "a=0x1f,b=1_000,c=+5,d=0,e=00,f=0.0,g=.5,h=-0")
sets("over a map", "a=1", values="a: {b: 1}\n")
sets("a map over a text", "a.b=1", values="a: text\n")
sets("a map over null", "a.b=1", values="a: null\n")
sets("into a list as a map", "a.b=1", values="a: [1]\n")
sets("an index into a map", "a[0]=1", values="a: {b: 1}\n")
sets("twice", "a=1", "a=2,b=3")
sets("a null that deletes", "a=null,b.c=null", values="a: 1\nb: {c: 2, d: 3}\n")
sets("a list, then an index", "a={x,y}", "a[0]=z")
sets("without a value", "a", fails=True)
sets("without a key", "=1")
sets("a negative index", "a[-1]=x", fails=True)
sets("an index that is no number", "a[x]=1", fails=True)
sets("an open list", "a={x,y", fails=True)
sets("an index that is too large", "a[99999999]=x", fails=True)
sets("an empty part of a key", "a..b=1", fails=True)
sets("only a comma", ",", fails=True)
sets("ends with a comma", "a=1,")
sets("an empty list item", "a={x,,y},b={,}")
sets("brackets in a value", "a=[1],b=x[0]")

case("values files, one over another", {
    "values.yaml": "a: {b: 1, c: [1, 2]}\nd: text\n", "../one.yaml": "a: {b: 2, c: [3]}\n", "../two.yaml": "a: {e: 5}\nd: {f: 1}\n"},
     "--helm-values", "one.yaml", "--helm-values", "two.yaml")
case("values files and --set", {"../one.yaml": "a: {b: 2}\n"}, "--helm-values", "one.yaml", "--helm-set", "a.b=3,a.c=4")
case("an empty values file", {"values.yaml": "", "../v.yaml": ""}, "--helm-values", "v.yaml")
case("a values file of comments", {"values.yaml": "# nothing\n"})
case("values are a list", {"values.yaml": "- a\n"}, fails=True)
case("a values file from outside is a list", {"../v.yaml": "- a\n"}, "--helm-values", "v.yaml", fails=True)
case("values are broken YAML", {"values.yaml": "a: [\n"}, fails=True)
case("a values file is not there", {}, "--helm-values", "absent.yaml", fails=True)
case("a map over a text", {"values.yaml": "a: text\n", "../v.yaml": "a: {b: 1}\n"}, "--helm-values", "v.yaml")
case("a text over a map", {"values.yaml": "a: {b: 1}\n", "../v.yaml": "a: text\n"}, "--helm-values", "v.yaml")
case("a null over a map, then a map", {"values.yaml": "a: {b: 1}\n", "../one.yaml": "a: null\n", "../two.yaml": "a: {c: 1}\n"},
     "--helm-values", "one.yaml", "--helm-values", "two.yaml")
case("nulls inside lists", {"values.yaml": "a: [null, {b: null}]\nc: {d: null}\n"})
case("types of YAML", {"values.yaml": """
    a: 010
    b: 0x1F
    c: 1e3
    d: 1.0
    e: yes
    f: "yes"
    g: 2001-01-01
    h: 12:30:45
    i: !!str 5
    j: ~
    k: 0o17
    l: 1_000
    n: 123456789012345678901234567890
    o: |
      two
      lines
    p: >-
      folded
      text
    q: -0
    r: +1
    s: 0b11
    t: 'single '' quote'
    u: off
    """, "templates/a.yaml": shown(*"abcdefghijklopqrstu") + "  n: {{ .Values.n }}\n"})
case("numbers in templates", {"values.yaml": "a: 1000000\nb: 12345678\nc: 0.1\nd: 100000000000000000000\ne: 3\n",
                              "templates/a.yaml": "a: {{ .Values.a }}\nb: {{ .Values.b | quote }}\nc: {{ .Values.c }}\nd: {{ .Values.d }}\ne: {{ .Values.e }}\nt: {{ typeOf .Values.a }}\n"})
case("keys that are no texts", {"values.yaml": "1: one\ntrue: t\n1.5: f\n"})
case("a number that JSON lacks", {"values.yaml": "a: .inf\n"}, fails=True)
case("null as a key", {"values.yaml": "null: n\n"}, fails=True)
case("anchors and merge keys", {"values.yaml": "base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nlist: [*b]\n"})
case("a key given twice", {"values.yaml": "a: 1\na: 2\n"})
case("two documents in one file", {"values.yaml": "a: 1\n---\nb: 2\n"})
case("an order of keys", {"values.yaml": "z: 1\na: 2\nM: 3\n_: 4\n\"10\": 5\n\"9\": 6\n",
                          "templates/a.yaml": "{{ range $k, $v := .Values }}\n{{ $k | quote }}: {{ $v }}\n{{- end }}\n"})
case("values with a BOM", {"values.yaml": "\ufeffa: 1\n"})
case("a template changes values for the next", {
    "values.yaml": "a: 1\n", "templates/a.yaml": "{{ $_ := set .Values \"a\" 2 }}{{ $_ := set .Values \"new\" 1 }}v: {{ .Values | toJson }}\n",
    "templates/b.yaml": "v: {{ .Values | toJson }}\n", "templates/c/d.yaml": "v: {{ .Values | toJson }}\n"})
case("a parent changes the values of a subchart", {
    "charts/sub/values.yaml": "a: 1\n", "charts/sub/templates/a.yaml": "v: {{ .Values | toJson }}\n",
    "templates/a.yaml": "{{ $_ := set .Values.sub \"a\" 2 }}v: {{ .Values.sub | toJson }}\n"})
case("a change of globals reaches other charts", {
    "values.yaml": "global: {a: 1}\n", "charts/sub/templates/a.yaml": "{{ $_ := set .Values.global \"b\" 2 }}v: {{ .Values.global | toJson }}\n",
    "templates/a.yaml": "v: {{ .Values.global | toJson }}\n", "templates/z.yaml": "v: {{ .Values.global | toJson }}\n"})


def schema(name, about, values, *arguments, fails=False, **files):
    case(f"schema: {name}", {"values.schema.json": json.dumps(about), "values.yaml": values, **files}, *arguments, fails=fails)


OBJECT = {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}
schema("met", {**OBJECT, "properties": {"a": {"type": "integer", "minimum": 1}}, "required": ["a"]}, "a: 3\n")
schema("a wrong type", {**OBJECT, "properties": {"a": {"type": "integer"}}}, "a: text\n", fails=True)
schema("something required is missing", {**OBJECT, "required": ["a", "b"]}, "c: 1\n", fails=True)
schema("too small, too long, no match", {**OBJECT, "properties": {
    "a": {"type": "number", "minimum": 5}, "b": {"type": "string", "maxLength": 2}, "c": {"type": "string", "pattern": "^x+$"}}},
       "a: 1\nb: long\nc: y\n", fails=True)
schema("not one of", {**OBJECT, "properties": {"a": {"enum": ["x", "y"]}}}, "a: z\n", fails=True)
schema("nothing else allowed", {**OBJECT, "properties": {"a": {}}, "additionalProperties": False}, "a: 1\nb: 2\n", fails=True)
schema("through --set", {**OBJECT, "properties": {"a": {"type": "string"}}}, "a: x\n", "--helm-set", "a=5", fails=True)
schema("items of a list", {**OBJECT, "properties": {"a": {"type": "array", "items": {"type": "string"}, "minItems": 1}}}, "a: [x, 5]\n", fails=True)
schema("references", {**OBJECT, "properties": {"a": {"$ref": "#/definitions/p"}}, "definitions": {"p": {"type": "integer", "maximum": 9}}},
       "a: 10\n", fails=True)
schema("any of, all of, one of, not", {**OBJECT, "properties": {
    "a": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "b": {"allOf": [{"minimum": 1}, {"maximum": 5}]},
    "c": {"oneOf": [{"type": "integer"}, {"type": "number"}]}, "d": {"not": {"type": "string"}}}},
       "a: x\nb: 3\nc: 1.5\nd: 4\n")
schema("one of, twice", {**OBJECT, "properties": {"c": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}}, "c: 1\n", fails=True)
schema("if, then, else", {**OBJECT, "if": {"properties": {"a": {"const": True}}}, "then": {"required": ["b"]}}, "a: true\n", fails=True)
schema("a whole number with a point is an integer", {**OBJECT, "properties": {"a": {"type": "integer"}}}, "a: 3.0\n")
schema("of a subchart", {"type": "object"}, "sub: {num: text}\n", fails=True, **{
    "charts/sub/values.schema.json": json.dumps({**OBJECT, "properties": {"num": {"type": "integer"}}}), "charts/sub/templates/a.yaml": ALL})
schema("of a subchart, with the globals", {"type": "object"}, "global: {x: 1}\n", **{
    "charts/sub/values.schema.json": json.dumps({**OBJECT, "properties": {"global": {"type": "object"}}, "additionalProperties": False}),
    "charts/sub/templates/a.yaml": ALL})
schema("of a subchart that is off", {"type": "object"}, "sub: {num: text, enabled: false}\n", **{
    "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n- {name: sub, version: '*', repository: '', condition: sub.enabled}\n",
    "charts/sub/values.schema.json": json.dumps({**OBJECT, "properties": {"num": {"type": "integer"}}}), "charts/sub/templates/a.yaml": ALL})
schema("null for a value with a type", {**OBJECT, "properties": {"a": {"type": "string"}}}, "a: x\n", "--helm-set", "a=null")
schema("a format", {**OBJECT, "properties": {"a": {"type": "string", "format": "ipv4"}}}, "a: nope\n", fails=True)
schema("draft 2020-12", {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                         "properties": {"a": {"prefixItems": [{"type": "string"}, {"type": "integer"}]}}}, "a: [x, y]\n", fails=True)
schema("patternProperties, dependentRequired", {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
    "patternProperties": {"^n": {"type": "integer"}}, "dependentRequired": {"a": ["b"]}}, "n1: x\na: 1\n", fails=True)
case("schema: broken", {"values.schema.json": "{", "values.yaml": "a: 1\n"}, fails=True)
case("schema: unique items, multiples, names", {"values.schema.json": json.dumps({**OBJECT, "properties": {
    "a": {"uniqueItems": True}, "b": {"multipleOf": 5}, "c": {"propertyNames": {"pattern": "^[a-z]+$"}}, "d": {"contains": {"const": 1}}}}),
    "values.yaml": "a: [1, 1]\nb: 7\nc: {A1: x}\nd: [2]\n"}, fails=True)
