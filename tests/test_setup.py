"""One list of dependencies: pyproject.toml; the lock files and environment.yml say the same."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def _locked(name: str) -> dict[str, str]:
    lines = re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / name).read_text(), re.M)
    return {canonicalize_name(package): version for package, version in lines}


def _check(requirements: list[str], locked: dict[str, str]) -> None:
    for requirement in map(Requirement, requirements):
        name = canonicalize_name(requirement.name)
        assert name in locked
        assert requirement.specifier.contains(locked[name])


def test_the_lock_holds_what_the_project_lists() -> None:
    batch = [*EXTRAS["build"], *EXTRAS["calendar"], *EXTRAS["workbook"]]
    _check(PROJECT["dependencies"] + batch, _locked("requirements.lock"))


def test_the_development_lock_holds_everything() -> None:
    locked = _locked("requirements-dev.lock")
    _check([*PROJECT["dependencies"], *(r for extra in EXTRAS.values() for r in extra)], locked)
    assert _locked("requirements.lock").items() <= locked.items()


def test_batch_needs_no_jupyterlab() -> None:
    assert "jupyterlab" not in _locked("requirements.lock")


def test_make_lab_brings_the_widgets_and_their_extension() -> None:
    assert {"ipywidgets", "jupyterlab-widgets"} <= set(_locked("requirements-dev.lock"))
    assert "ipywidgets" not in _locked("requirements.lock")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_names_versions_and_hashes_only(name: str) -> None:
    for line in (ROOT / name).read_text().splitlines():
        assert re.fullmatch(r"[\w.-]+==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_environment_yml_lists_the_same_packages() -> None:
    text = (ROOT / "environment.yml").read_text()
    listed = sorted(re.findall(r"^ +- ([a-z][\w-]*>=[\d.]+)$", text, re.M))
    assert listed == sorted(
        [*PROJECT["dependencies"], *EXTRAS["lab"], *EXTRAS["calendar"], *EXTRAS["workbook"], "python>=3.11"]
    )
    assert PROJECT["requires-python"] == ">=3.11"


def test_the_package_and_its_command_are_installed() -> None:
    command = Path(sys.executable).parent / "doichieu"
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert said.stdout == f"doichieu {PROJECT['version']}\n"
