"""Small overlays for patches: strategic merges, JSON patches, targets."""

from rendering.overlays import ALL, Case, layered, over

CASES = []


def case(name, files, fails=None, path="o"):
    CASES.append(Case(f"patches: {name}", files, path, fails))


def merge(name, patch, *names, target="", fails=None):
    """A strategic merge written into the kustomization."""
    lines = "".join(f"    {line}\n" for line in patch.strip("\n").split("\n"))
    case(f"merge {name}", over(f"patches:\n- patch: |\n{lines}{target}", *names), fails)


def web(spec, name="web"):
    return f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n" + "".join(f"  {line}\n" for line in spec.split("\n"))


def pod(spec):
    return web("template:\n  spec:\n" + "\n".join(f"    {line}" for line in spec.split("\n")))


merge("a scalar", web("replicas: 5"))
merge("a new field", web("paused: true\nstrategy: {type: Recreate}"))
merge("a null deletes", web("replicas: null"))
merge("a null for a map", web("template: {metadata: null}"))
merge("a null for what is not there", web("paused: null"))
merge("an empty map", web("template: {}"))
merge("metadata", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels: {tier: front, app: null}\n  annotations: {a: b}")
merge("a container by name", pod("containers:\n- name: web\n  image: other:2"))
merge("a new container", pod("containers:\n- name: fresh\n  image: fresh:1"))
merge("two containers, one new", pod("containers:\n- {name: fresh, image: f}\n- {name: side, command: [x]}"))
merge("an init container", pod("initContainers:\n- {name: init, args: [a]}\n- {name: other, image: x}"))
merge("ports by containerPort", pod("containers:\n- name: web\n  ports:\n  - {containerPort: 80, name: changed}\n  - {containerPort: 8080}"))
merge("ports with a protocol", pod("containers:\n- name: web\n  ports:\n  - {containerPort: 80, protocol: UDP, name: u}"))
merge("env by name", pod("containers:\n- name: web\n  env:\n  - {name: PLAIN, value: two}\n  - {name: NEW, value: n}"))
merge("env from a value to a reference", pod("containers:\n- name: web\n  env:\n  - name: PLAIN\n    value: null\n    valueFrom: {fieldRef: {fieldPath: metadata.name}}"))
merge("envFrom is replaced", pod("containers:\n- name: web\n  envFrom:\n  - configMapRef: {name: other}"))
merge("volumeMounts by path", pod("containers:\n- name: web\n  volumeMounts:\n  - {name: moved, mountPath: /conf}\n  - {name: more, mountPath: /more}"))
merge("volumes by name", pod("volumes:\n- name: conf\n  configMap: {name: other}\n- {name: tmp, emptyDir: {}}"))
merge("a volume of another type", pod("volumes:\n- name: conf\n  configMap: null\n  emptyDir: {}"))
merge("imagePullSecrets", pod("imagePullSecrets:\n- {name: more}"))
merge("tolerations", pod("tolerations:\n- {key: a, operator: Exists}"))
merge("hostAliases by ip", pod("hostAliases:\n- {ip: 1.2.3.4, hostnames: [a]}"))
merge("topology spread", pod("topologySpreadConstraints:\n- {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}"))
merge("command and args", pod("containers:\n- name: web\n  command: [a, b]\n  args: []"))
merge("security context", pod("securityContext: {runAsNonRoot: true}\ncontainers:\n- name: web\n  securityContext: {capabilities: {drop: [ALL]}}"))
merge("resources", pod("containers:\n- name: web\n  resources: {limits: {cpu: 1, memory: 1Gi}}"))
merge("$patch: delete of a container", pod("containers:\n- name: side\n  $patch: delete"))
merge("$patch: replace of a list", pod("containers:\n- name: only\n  image: only\n- $patch: replace"))
merge("$patch: replace of a map", web("template:\n  $patch: replace\n  spec:\n    containers: [{name: x, image: y}]"))
merge("$patch: delete of a map", pod("containers:\n- name: web\n  env: null\nsecurityContext:\n  $patch: delete"))
merge("$patch: merge", web("template:\n  $patch: merge\n  metadata: {labels: {x: y}}"))
merge("$patch: delete of an object", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n$patch: delete")
merge("$patch: delete of a port", pod("containers:\n- name: web\n  ports:\n  - {containerPort: 443, $patch: delete}"))
merge("$patch: delete of a volume and an env", pod("volumes:\n- {name: conf, $patch: delete}\ncontainers:\n- name: web\n  env:\n  - {name: PLAIN, $patch: delete}"))
merge("$patch: delete of what is not there", pod("containers:\n- {name: nobody, $patch: delete}"))
merge("$patch: replace of labels", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels:\n    $patch: replace\n    only: this")
merge("$setElementOrder", pod("$setElementOrder/containers:\n- name: side\n- name: web\ncontainers:\n- {name: web, image: x}"))
merge("$deleteFromPrimitiveList", pod("containers:\n- name: web\n  $deleteFromPrimitiveList/args: [a]"))
merge("$retainKeys", web("strategy:\n  $retainKeys: [type]\n  type: Recreate"))
merge("$patch that is unknown", web("template:\n  $patch: nonsense\n  x: 1"), fails="nonsense")
merge("service ports", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - {port: 80, protocol: TCP, targetPort: 8080}\n  - {port: 443, name: tls}")
merge("service ports without protocol", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - {port: 80, targetPort: 8080}")
merge("data of a ConfigMap", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: null\n  b: \"2\"\n  text: |\n    other\n")
merge("ingress rules are replaced", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: front\nspec:\n  rules:\n  - host: new.example.com", "ingress.yaml")
merge("role rules are replaced", "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: reader\nrules:\n- {apiGroups: [apps], resources: [x], verbs: [y]}", "rbac.yaml")
merge("subjects are replaced", "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: reading\nsubjects:\n- {kind: User, name: x}", "rbac.yaml")
merge("a custom object: lists are replaced", "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: widget\nspec:\n  list: [9]\n  containers:\n  - {name: b}", "custom.yaml")
merge("a custom object: nulls and maps", "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: widget\nspec:\n  image: null\n  deep: {a: {b: c}}", "custom.yaml")
merge("$patch: delete in a custom object", "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: widget\nspec:\n  containers:\n  - {name: a, $patch: delete}", "custom.yaml")
merge("a webhook by name", "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: hook\nwebhooks:\n- {name: a.example.com, failurePolicy: Fail}\n- {name: b.example.com}", "webhook.yaml")
merge("claim templates", "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  volumeClaimTemplates:\n  - metadata: {name: other}\n    spec: {accessModes: [ReadOnlyMany]}", "stateful.yaml")
merge("the job of a CronJob", "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly\nspec:\n  schedule: '* * * * *'\n  jobTemplate: {spec: {template: {spec: {containers: [{name: job, image: new}]}}}}", "cron.yaml")
merge("secrets of a ServiceAccount", "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: runner\nsecrets:\n- {name: more}\nimagePullSecrets:\n- {name: pull}", "account.yaml", "secret.yaml")
merge("versions of a definition", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: widgets.example.com\nspec:\n  versions:\n  - {name: v2, served: false, storage: false}", "crd.yaml")
merge("a policy's rules", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec:\n  ingress: []\n  egress: [{}]", "policy.yaml")
merge("conditions and finalizers", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: default\n  finalizers: [a]\nspec:\n  finalizers: [kubernetes]", "space.yaml")
merge("of several documents", web("replicas: 2").rstrip() + "\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: {type: NodePort}")
merge("types of values", web("a: 010\nb: 'yes'\nc: yes\nd: 1e3\ne: \"1\"\nf: 0x10\ng: ~\nh: 2001-01-01\ni: ''\nj: [~, 1.0, \"on\"]"))
merge("a text of several lines", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  b: |-\n    x\n      y\n\n    z\n  c: >\n    folded\n    text\n  d: \"tab\\t\"\n")
merge("comments and anchors", web("a: &x {k: 1} # note\nb: *x"))
merge("a target by name", web("replicas: 9", "ignored"), target="  target: {kind: Deployment, name: web}\n")
merge("a target that changes its name", web("replicas: 9", "fresh"), target="  target: {kind: Deployment, name: web}\n  options: {allowNameChange: true}\n")
merge("a target that changes its kind", "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: web\nspec: {serviceName: s}",
      target="  target: {kind: Deployment, name: web}\n  options: {allowKindChange: true}\n")
merge("of a name that is not there", web("replicas: 1", "nobody"), fails="no matches for Id|failed to find unique target")
merge("without a name", "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 3}", target="  target: {kind: Deployment}\n", fails="")
merge("of another group", web("replicas: 4").replace("apps/v1", "extensions/v1beta1"), fails="no matches for Id|failed to find unique target")
merge("of another version", web("replicas: 4").replace("apps/v1", "apps/v1beta1"), fails="no matches for Id|failed to find unique target")
merge("a scalar over a map", web("template: text"), fails="")
merge("a map over a scalar", web("replicas: {a: 1}"), fails="")
merge("a list over a map", web("selector: [1]"), fails="")


def json_patch(name, operations, *names, target="{kind: Deployment, name: web}", fails=None):
    lines = "".join(f"    {line}\n" for line in operations.strip("\n").split("\n"))
    case(f"JSON {name}", over(f"patches:\n- target: {target}\n  patch: |\n{lines}", *names), fails)


json_patch("replace", "- {op: replace, path: /spec/replicas, value: 7}")
json_patch("add a field, a list item, at an index, at the end", """
- {op: add, path: /spec/paused, value: true}
- {op: add, path: /spec/template/spec/containers/-, value: {name: z, image: z}}
- {op: add, path: /spec/template/spec/containers/0, value: {name: a, image: a}}
- {op: add, path: /spec/template/spec/containers/1/ports/1, value: {containerPort: 1}}""")
json_patch("remove", "- {op: remove, path: /spec/template/spec/containers/0/ports}\n- {op: remove, path: /spec/template/spec/volumes/1}")
json_patch("move and copy", "- {op: move, from: /spec/replicas, path: /spec/copies}\n- {op: copy, from: /metadata/labels, path: /metadata/annotations}")
json_patch("test that holds", "- {op: test, path: /spec/replicas, value: 1}\n- {op: replace, path: /spec/replicas, value: 2}")
json_patch("test that fails", "- {op: test, path: /spec/replicas, value: 5}", fails="[Tt]est")
json_patch("replace of what is not there", "- {op: replace, path: /spec/nothing/here, value: 1}", fails="")
json_patch("replace of a missing key", "- {op: replace, path: /spec/nothing, value: 1}", fails="")
json_patch("remove of what is not there", "- {op: remove, path: /spec/nothing}", fails="")
json_patch("add below what is not there", "- {op: add, path: /spec/a/b, value: 1}", fails="")
json_patch("an index out of range", "- {op: add, path: /spec/template/spec/containers/9, value: {}}", fails="")
json_patch("an unknown operation", "- {op: nope, path: /spec, value: 1}", fails="")
json_patch("escapes in paths", "- {op: add, path: /metadata/labels/example.com~1a~0b, value: x}")
json_patch("annotations that are not there", "- {op: add, path: /metadata/annotations, value: {a: b}}\n- {op: add, path: /metadata/annotations/c, value: d}")
json_patch("as JSON", '[{"op": "replace", "path": "/spec/replicas", "value": 3}, {"op": "add", "path": "/spec/x", "value": [1, "a", null, true, 1.5]}]')
json_patch("values of all types", "- {op: add, path: /spec/a, value: null}\n- {op: add, path: /spec/b, value: '5'}\n- {op: add, path: /spec/c, value: 1.0}\n- {op: add, path: /spec/d, value: yes}\n- {op: add, path: /spec/e, value: |\n    x\n  }")
CASES.pop()
json_patch("values of several types", "- {op: add, path: /spec/a, value: null}\n- {op: add, path: /spec/b, value: '5'}\n- {op: add, path: /spec/c, value: 1.0}\n- {op: add, path: /spec/d, value: yes}\n- {op: add, path: /spec/e, value: 123456789012}")
json_patch("without a value", "- {op: add, path: /spec/a}", fails="")
json_patch("add over what is there", "- {op: add, path: /spec/replicas, value: 8}\n- {op: add, path: /spec/selector, value: {}}")
json_patch("a negative index", "- {op: remove, path: /spec/template/spec/containers/-1}")
json_patch("the name", "- {op: replace, path: /metadata/name, value: renamed}")
json_patch("a patch without a target", "- {op: remove, path: /spec}", target="{}", fails="")
json_patch("an empty target kind", "- {op: add, path: /metadata/labels, value: {all: yes}}", target="{name: web}", fails="")
json_patch("the whole object", "- {op: replace, path: '', value: {apiVersion: v1, kind: X, metadata: {name: y}}}", fails="")

SET = "- {op: add, path: /metadata/annotations, value: {hit: 'true'}}"
for target in ("{kind: Deployment}", "{group: apps}", "{version: v1}", "{group: apps, version: v1, kind: StatefulSet}", "{name: web}", "{name: w.*}",
               "{name: we}", "{kind: .*Set|Service}", "{labelSelector: app=web}", "{labelSelector: 'app in (web, db)'}", "{labelSelector: '!app'}",
               "{annotationSelector: note=before}", "{namespace: kept}", "{namespace: default}", "{kind: Nothing}", "{name: 'web|db'}", "{labelSelector: 'app!=web'}",
               "{name: '^web$'}", "{kind: Deploy}", "{labelSelector: app}", "{version: v.*, kind: Service}"):
    json_patch(f"target {target}", SET, *[n for n in ALL if n != "job.yaml"], target=target)
json_patch("a target whose pattern is broken", SET, target="{name: 'a['}", fails="")
json_patch("a target whose selector is broken", SET, target="{labelSelector: 'a in'}", fails="")
for target in ("{kind: Deployment|StatefulSet|DaemonSet}", "{labelSelector: app=web}"):
    lines = "    apiVersion: v1\n    kind: Any\n    metadata:\n      name: any\n      labels: {added: here}\n    spec:\n      template: {spec: {priorityClassName: high}}\n"
    case(f"merge into {target}", over(f"patches:\n- target: {target}\n  patch: |\n{lines}", "deployment.yaml", "stateful.yaml", "daemon.yaml", "service.yaml"))

case("a file of a merge", over("patches:\n- path: p.yaml\n", files={"p.yaml": web("replicas: 3")}))
case("a file of a JSON patch", over("patches:\n- path: p.json\n  target: {kind: Service}\n", files={"p.json": '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'}))
case("a file of a JSON patch in YAML", over("patches:\n- path: p.yaml\n  target: {kind: Service}\n", files={"p.yaml": "- op: add\n  path: /spec/type\n  value: NodePort\n"}))
case("a file and a patch in the same entry", over("patches:\n- path: p.yaml\n  patch: 'x: 1'\n", files={"p.yaml": web("replicas: 3")}), "")
case("a file that is not there", over("patches:\n- path: p.yaml\n"), "p.yaml")
case("an empty file", over("patches:\n- path: p.yaml\n", files={"p.yaml": ""}), "")
case("an entry without anything", over("patches:\n- target: {kind: Service}\n"), "")
case("patchesStrategicMerge", over("patchesStrategicMerge:\n- p.yaml\n- |-\n  apiVersion: v1\n  kind: Service\n  metadata: {name: web}\n  spec: {type: NodePort}\n", files={"p.yaml": web("replicas: 3")}))
case("patchesStrategicMerge, several documents", over("patchesStrategicMerge: [p.yaml]\n", files={
    "p.yaml": web("replicas: 3") + "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n$patch: delete\n"}))
case("patchesJson6902", over("""
    patchesJson6902:
    - target: {group: apps, version: v1, kind: Deployment, name: web}
      path: p.yaml
    - target: {version: v1, kind: Service, name: web}
      patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
    """, files={"p.yaml": "- {op: replace, path: /spec/replicas, value: 4}\n"}))
case("patches in order", over("""
    patches:
    - patch: '[{"op": "add", "path": "/spec/x", "value": {"y": 1}}]'
      target: {kind: Deployment}
    - patch: '[{"op": "replace", "path": "/spec/x/y", "value": 2}]'
      target: {kind: Deployment}
    """))
case("a patch before the prefix and after it", layered("namePrefix: base-\n", """
    namePrefix: top-
    patches:
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec: {replicas: 4}
    - target: {kind: Service, name: web}
      patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
    """))
case("a patch by the name after a prefix", layered("namePrefix: base-\n", """
    patches:
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: base-web}
        spec: {replicas: 4}
    - target: {kind: Service, name: base-web}
      patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
    """))
case("a patch with a namespace", over("""
    namespace: there
    patches:
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: there}
        spec: {replicas: 4}
    """), "no matches for Id|failed to find unique target")
case("a patch to a base with a namespace", layered("namespace: there\n", """
    patches:
    - patch: |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: there}
        spec: {replicas: 4}
    """))
case("two objects of one name in two namespaces", {
    "o/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: b}\n",
    "o/kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap, namespace: b}\n  patch: '[{\"op\": \"add\", \"path\": \"/data\", \"value\": {\"x\": \"y\"}}]'\n"})
case("patches deleting all", over("patches:\n- target: {name: .*}\n  patch: |\n    $patch: delete\n    apiVersion: v1\n    kind: X\n    metadata: {name: x}\n"))
case("a patch that makes two objects the same", {
    "o/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n",
    "o/kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap, name: b}\n  patch: '[{\"op\": \"replace\", \"path\": \"/metadata/name\", \"value\": \"a\"}]'\n"}, "may not add resource with an already registered id")
