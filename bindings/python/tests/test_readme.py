"""All Python in README.md runs, in order, as one program."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from conftest import SMALL


def test_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = Path(__file__).parents[1] / "README.md"
    blocks = re.findall(r"^```python\n(.*?)^```", readme.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 8
    shutil.copy(SMALL, tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile("\n".join(blocks), str(readme), "exec"), {})
    verdict, message = shown.getvalue().splitlines()
    assert verdict.startswith('{"documentversie"')
    assert message.startswith("V0205 voorstel.json:1:")
