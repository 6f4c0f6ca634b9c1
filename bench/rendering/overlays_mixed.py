"""Small overlays put together by chance, with a fixed seed."""

import random

from rendering.overlays import OBJECTS, Case

SEED = 20
HOW_MANY = 200
NAMES = [name for name in sorted(OBJECTS) if name != "job.yaml"]


def merge(body):
    return "- patch: |\n" + "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))


# Patches of objects in the base: (object they need, entry of `patches`).
PATCHES = [
    ("deployment.yaml", merge("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 4}")),
    ("deployment.yaml", merge("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n        env:\n        - {name: PLAIN, value: two}\n        - {name: MORE, valueFrom: {secretKeyRef: {name: keys, key: k}}}\n      - {name: side, $patch: delete}")),
    ("deployment.yaml", merge("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, annotations: {patched: 'yes'}}\nspec:\n  template:\n    spec:\n      volumes:\n      - {name: sec, $patch: delete}\n      - {name: tmp, emptyDir: {}}\n      containers:\n      - name: extra\n        image: busybox\n        volumeMounts: [{name: tmp, mountPath: /tmp}]")),
    ("deployment.yaml", "- target: {kind: Deployment, labelSelector: app=web}\n  patch: |\n    - {op: add, path: /spec/template/spec/hostNetwork, value: true}\n    - {op: remove, path: /spec/template/spec/containers/0/ports/0}\n"),
    ("service.yaml", merge("apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: LoadBalancer\n  ports:\n  - {port: 443, name: tls}")),
    ("service.yaml", "- target: {kind: Serv.*}\n  patch: |\n    - {op: replace, path: /spec/ports/0/port, value: 81}\n"),
    ("configmap.yaml", merge("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: null, new: \"n\"}")),
    ("stateful.yaml", merge("apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  template:\n    spec:\n      containers:\n      - {name: db, resources: {limits: {memory: 1Gi}}}")),
    ("stateful.yaml", "- target: {kind: StatefulSet, name: db}\n  patch: |\n    - {op: replace, path: /spec/volumeClaimTemplates/0/spec/resources/requests/storage, value: 5Gi}\n"),
    ("cron.yaml", merge("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec: {suspend: true, schedule: '@hourly'}")),
    ("rbac.yaml", "- target: {kind: Role|ClusterRole}\n  patch: |\n    - {op: add, path: /rules/-, value: {apiGroups: [apps], resources: [deployments], verbs: [list]}}\n"),
    ("ingress.yaml", "- target: {kind: Ingress}\n  patch: |\n    - {op: replace, path: /spec/rules/0/host, value: new.example.com}\n"),
    ("custom.yaml", merge("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: widget}\nspec: {list: [4], image: other:2}")),
    ("daemon.yaml", merge("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent, namespace: kept}\nspec: {template: {metadata: {annotations: {note: null}}}}")),
    ("account.yaml", merge("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: runner}\n$patch: delete")),
    ("claim.yaml", "- target: {kind: PersistentVolume.*}\n  patch: |\n    - {op: add, path: /metadata/labels, value: {disk: a}}\n"),
]
REPLACEMENTS = [
    (("configmap.yaml", "deployment.yaml"), "- source: {kind: ConfigMap, name: settings, fieldPath: data.text}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [metadata.annotations.text]\n    options: {create: true}\n"),
    (("service.yaml", "ingress.yaml"), "- source: {kind: Service, name: web}\n  targets:\n  - select: {kind: Ingress}\n    fieldPaths: [spec.rules.0.host]\n    options: {delimiter: ., index: 0}\n"),
    (("deployment.yaml", "custom.yaml"), "- source: {kind: Deployment, fieldPath: 'spec.template.spec.containers.[name=web].image'}\n  targets:\n  - select: {kind: Widget}\n    fieldPaths: [spec.image, 'spec.containers.*.image']\n"),
    (("service.yaml", "deployment.yaml"), "- source: {kind: Service, fieldPath: spec.ports.0.port}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: ['spec.template.spec.containers.[name=web].ports.[name=http].containerPort']\n"),
]


def settings(rng, names, depth, made):
    """Lines of a kustomization, each feature by chance."""
    lines = []

    def chance(share):
        return rng.random() < share

    if chance(0.4):
        lines.append(f"namePrefix: {rng.choice(['a', 'pre', 'x1'])}-\n")
    if chance(0.3):
        lines.append(f"nameSuffix: -{rng.choice(['z', 'v2'])}\n")
    if chance(0.35):
        lines.append(f"namespace: {rng.choice(['prod', 'test', 'default'])}\n")
    if chance(0.25):
        lines.append(f"commonLabels: {{env: {rng.choice(['dev', 'prod'])}, app: {rng.choice(['web', 'other'])}}}\n")
    if chance(0.25):
        lines.append("commonAnnotations: {owner: team, note: \"" + rng.choice(["1", "true", "a: b"]) + "\"}\n")
    if chance(0.3):
        lines.append(f"labels:\n- pairs: {{tier: t{depth}}}\n  {rng.choice(['includeSelectors', 'includeTemplates'])}: {rng.choice(['true', 'false'])}\n")
    if chance(0.35):
        entries = rng.sample(["{name: nginx, newTag: '2'}", "{name: postgres, newName: pg, newTag: v3}", "{name: alpine, digest: 'sha256:cc'}",
                              "{name: busybox, newName: r.example.com/bb}", "{name: quay.io/example/agent, newTag: '9'}"], rng.randint(1, 3))
        lines.append("images:\n" + "".join(f"- {entry}\n" for entry in entries))
    if chance(0.25) and "stateful.yaml" in names:
        lines.append("replicas:\n- {name: db, count: 2}\n")
    if chance(0.4):
        name = rng.choice(["settings", "keys", f"extra{depth}"])
        kind = rng.choice(["configMap", "secret"])
        behavior = ""
        there = (kind, name) in made or (name == "settings" and kind == "configMap" and "configmap.yaml" in names)
        there = there or (name == "keys" and kind == "secret" and "secret.yaml" in names)
        if there:
            behavior = f"  behavior: {rng.choice(['merge', 'replace'])}\n"
        made.add((kind, name))
        options = rng.choice(["", "", "  options: {disableNameSuffixHash: true}\n", "  options: {labels: {gen: g}, immutable: true}\n"])
        lines.append(f"{kind}Generator:\n- name: {name}\n{behavior}  literals: [a={depth}, k{depth}=v, n=1]\n{options}")
    patches = rng.sample(PATCHES, rng.randint(0, 4))
    chosen = [entry for needed, entry in patches if needed in names]
    if chosen and chance(0.8):
        lines.append("patches:\n" + "".join(chosen))
    fitting = [entry for needed, entry in REPLACEMENTS if set(needed) <= set(names)]
    if fitting and chance(0.3):
        lines.append("replacements:\n" + rng.choice(fitting))
    if chance(0.1):
        lines.append("generatorOptions: {annotations: {made: here}}\n")
    if chance(0.1):
        lines.append(f"sortOptions: {{order: {rng.choice(['legacy', 'fifo'])}}}\n")
    rng.shuffle(lines)
    return "".join(lines)


def tree(rng):
    """A base, up to two overlays on it, sometimes a component and a second base."""
    names = rng.sample(NAMES, rng.randint(3, 9))
    made = set()
    files = {f"base/{name}": OBJECTS[name] for name in names}
    files["base/kustomization.yaml"] = "resources:\n" + "".join(f"- {n}\n" for n in names)
    if rng.random() < 0.6:
        files["base/kustomization.yaml"] += settings(rng, names, 0, made)
    below = "../base"
    if rng.random() < 0.4:
        files["mid/kustomization.yaml"] = f"resources: [{below}]\n" + settings(rng, names, 1, made)
        below = "../mid"
    top = [below]
    if rng.random() < 0.2:
        other = rng.choice([n for n in NAMES if n not in names])
        files[f"other/{other}"] = OBJECTS[other]
        files["other/kustomization.yaml"] = f"resources: [{other}]\nnamePrefix: o-\n"
        top.append("../other")
    text = f"resources: [{', '.join(top)}]\n"
    if rng.random() < 0.25:
        files["comp/kustomization.yaml"] = (
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + settings(rng, names, 2, made))
        text += "components: [../comp]\n"
    files["o/kustomization.yaml"] = text + settings(rng, names, 3, made)
    return files


def build():
    rng = random.Random(SEED)
    return [Case(f"mixed: {number}", tree(rng), "o", "") for number in range(HOW_MANY)]


CASES = build()
