"""Runs the browser's modules in Node, where there is one; in CI there has to be."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NODE = shutil.which("node")


def in_node(script: str, given: Any, seconds: float = 60) -> Any:
    """What the script, a module's text, writes as JSON; `given` is there under that name."""
    if NODE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is not installed, and CI tests the JavaScript")
        pytest.skip("Node is not installed")
    begin = (
        'import { readFileSync } from "node:fs";\n'
        'const given = JSON.parse(readFileSync(0, "utf8"));\n'
    )
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", begin + script],
        cwd=ROOT,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
