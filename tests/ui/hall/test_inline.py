"""Modules become one script that does what they did."""

from pathlib import Path

import pytest

from tests.node import in_node
from ui.hall.inline import one_script


def written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder / f"{next(iter(modules))}.js"


def test_it_runs_each_module_once_and_below_before_above(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        top='import { left } from "./left.js";\nimport {\n  right,\n} from "./right.js";\n'
        "  // a comment\nconsole.log(JSON.stringify([left, right(), order]));\n",
        left='import { order } from "./base.js";\norder.push("left");\nexport const left = 1;\n',
        right='import { order } from "./base.js";\nexport function right() {\n  return 2;\n}\n',
        base='// above all\nexport const order = ["base"];\n',
    )
    script = one_script(entry)
    assert "//" not in script
    assert "import" not in script
    assert in_node(script, None) == [1, 2, ["base", "left"]]


def test_one_name_in_two_modules_is_refused(tmp_path: Path) -> None:
    entry = written(
        tmp_path, a='import { b } from "./b.js";\nconst PAUSE = 1;\n', b="export const PAUSE = b;\n"
    )
    with pytest.raises(ValueError, match="PAUSE"):
        one_script(entry)
