#!/usr/bin/env python3
"""Writes into each case here what the real kubectl makes of it: `KUBECTL=kubectl HELM=helm python3 expect.py`.

A case is a line that says what it proves, then its files, each after a line `=== NAME`, then what comes of the
folder: after `=> output` the objects, or after `=> error` the words.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

kubectl = os.environ.get("KUBECTL", "kubectl")
helm = os.environ.get("HELM", "helm")
for case in sorted(pathlib.Path(__file__).parent.glob("*.case")):
    text = re.split(r"^=> ", case.read_text(), flags=re.M)[0]
    with tempfile.TemporaryDirectory() as folder:
        for part in re.split(r"^=== ", text, flags=re.M)[1:]:
            name, content = part.split("\n", 1)
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        command = [kubectl, "kustomize", "--enable-helm", "--helm-command", helm, folder]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        text += "=> output\n" + done.stdout
    else:
        lines = [line for line in done.stderr.splitlines() if not line.startswith("# Warning")]
        # What follows the first line may be whole objects.
        text += "=> error\n" + lines[0].removeprefix("error: ").replace(folder, ".") + "\n"
    case.write_text(text)
    print(case.stem, "fails" if done.returncode else "", file=sys.stderr)
