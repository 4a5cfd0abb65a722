"""What the README shows is what happens, and every public name is documented."""

import doctest
import inspect
import re
from pathlib import Path

import pytest

import compare as cp

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("aligned_once")
def test_the_readme_s_python_gives_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 5
    assert result.failed == 0


def test_the_readme_s_make_targets_exist() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M)
    assert set(re.findall(r"make ([\w-]+)", README)) - {"is"} <= set(targets)


def test_the_readme_s_paths_exist() -> None:
    assert all((ROOT / path).exists() for path in re.findall(r"\((docs/[\w/.]+)\)", README))


@pytest.mark.parametrize("name", cp.__all__)
def test_public_names_are_documented(name: str) -> None:
    documented = inspect.getdoc(getattr(cp, name)) or ""
    assert documented.split("\n")[0].endswith("."), name
