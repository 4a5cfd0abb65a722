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
from nbclient.exceptions import CellExecutionError
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

import compare as cp

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LOCALITIES = sorted(path.stem for path in (ROOT / "data" / "raw").glob("*.txt"))
SHOWN = ("text/html", "application/vnd.plotly.v1+json", "text/plain")


def _read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def _code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


OF_ONE = [path for path in NOTEBOOKS if re.search(r"^locality = ", _code(_read(path))[0].source, re.M)]


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


@pytest.mark.parametrize(
    "stem", ["03_coverage_gaps", "04_agency_workload", "05_time_and_targets", "06_citations"]
)
def test_a_notebook_about_one_locality_has_it_checked(stem: str) -> None:
    sources = [cell.source for cell in _code(_read(ROOT / "notebooks" / f"{stem}.ipynb"))]
    assert any("cp.read_names(processed, locality=locality)" in source for source in sources)


def test_an_unknown_locality_ends_the_first_notebook_with_those_there_are(kernel: KernelManager) -> None:
    notebook = parameterize_notebook(load_notebook_node(str(NOTEBOOKS[0])), {"locality": "gia lai"})
    with pytest.raises(CellExecutionError, match="unknown locality 'gia lai'.*accepted: dak-nong, dong-nai"):
        _run(notebook, kernel)
    _run(nbformat.v4.new_notebook(), kernel)  # forgets what it knew


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_parameter_is_explained(path: Path) -> None:
    notebook = _read(path)
    place = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    words = notebook.cells[place - 1].source
    assert words.startswith("## Tham số\n")
    names = [ast.unparse(s.targets[0]) for s in ast.parse(notebook.cells[place].source).body]  # type: ignore[attr-defined]
    assert re.findall(r"^- `(\w+)`: \S", words, re.M) == names


def test_an_unknown_locality_is_refused_with_those_there_are(processed: Path) -> None:
    with pytest.raises(cp.CompareError, match="unknown locality 'gia lai'.*gia-lai"):
        cp.read_names(processed, locality="gia lai")
    assert cp.read_names(processed, locality="gia-lai").locality("gia-lai") == "Gia Lai"


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


def _run(notebook: nbformat.NotebookNode, kernel: KernelManager) -> nbformat.NotebookNode:
    notebook.cells.append(nbformat.v4.new_code_cell("%reset -f"))
    client = NotebookClient(notebook, km=kernel, timeout=120)
    try:
        client.execute()
    finally:
        client.kc.stop_channels()
    notebook.cells.pop()
    return notebook


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_top_to_bottom(path: Path, kernel: KernelManager) -> None:
    last = _code(_run(_read(path), kernel))[-1]
    assert any(kind in output.get("data", {}) for output in last.outputs for kind in SHOWN)


@pytest.mark.slow
@pytest.mark.lab
@pytest.mark.parametrize("locality", LOCALITIES)
@pytest.mark.parametrize("path", OF_ONE, ids=lambda p: p.stem)
def test_a_notebook_runs_for_each_locality(path: Path, locality: str, kernel: KernelManager) -> None:
    notebook = _run(parameterize_notebook(load_notebook_node(str(path)), {"locality": locality}), kernel)
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    assert not any(output.output_type == "error" or output.get("name") == "stderr" for output in outputs)
    said = [output["data"].get("text/markdown", "") for output in outputs if "data" in output]
    name = cp.read_names(ROOT / "data" / "processed").locality(locality)
    chosen = [text for text in said if text.startswith("*Địa phương: ")]
    assert all(text.startswith(f"*Địa phương: {name}") for text in chosen)
    assert chosen or path.stem in ("07_review", "locality_report")
