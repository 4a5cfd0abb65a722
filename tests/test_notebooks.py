"""Notebooks: thin, without outputs, and each runs top to bottom as it is."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHOWN = ("text/html", "application/vnd.plotly.v1+json", "text/plain")


def _read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def _code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module", autouse=True)
def processed(built: Path) -> Path:
    """The tables that the notebooks read by default."""
    return Path(shutil.copytree(built, ROOT / "data" / "processed", dirs_exist_ok=True))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_thin_and_without_outputs(path: Path) -> None:
    cells = _code(_read(path))
    lines = [line for cell in cells for line in cell.source.splitlines() if line.strip()]
    assert len(cells) <= 12
    assert len(lines) <= 40
    assert not any(cell.outputs or cell.execution_count for cell in cells)
    nodes = [node for cell in cells for node in ast.walk(ast.parse(cell.source))]
    assert not any(isinstance(n, ast.FunctionDef | ast.ClassDef | ast.For | ast.While) for n in nodes)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_parameters_stand_first_and_are_plain(path: Path) -> None:
    notebook = _read(path)
    first = _code(notebook)[0]
    assert first.metadata.tags == ["parameters"]
    for statement in ast.parse(first.source).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
    assert re.match(r"# .+", notebook.cells[0].source)


ALIGN_ONCE = f"""
import sys
sys.path.append({str(ROOT / "tests")!r})
import compare, made_once
compare.align_tasks = made_once.align_once
%reset -f
"""  # the very same tables are not aligned again


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """One kernel for all notebooks: it has its libraries loaded, and forgets every name in between."""
    manager, client = start_new_kernel(cwd=str(ROOT / "notebooks"))
    reply = client.execute_interactive(ALIGN_ONCE, timeout=120)
    client.stop_channels()
    assert reply["content"]["status"] == "ok", reply
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_top_to_bottom(path: Path, kernel: KernelManager) -> None:
    notebook = _read(path)
    notebook.cells.append(nbformat.v4.new_code_cell("%reset -f"))
    client = NotebookClient(notebook, km=kernel, timeout=120)
    client.execute()
    client.kc.stop_channels()
    notebook.cells.pop()
    last = _code(notebook)[-1]
    assert any(kind in output.get("data", {}) for output in last.outputs for kind in SHOWN)
