"""JupyterLab as a test uses it: a server with settings of its own, a page, Run All Cells."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "JupyterLab ended"
        try:
            urlopen(url).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")


@contextmanager
def lab_server(root: Path) -> Iterator[str]:
    """Start JupyterLab on ``root/notebooks``, as ``make lab`` does, with settings of its own."""
    port = _free_port()
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(root / "jupyter" / name) for name in names}
    own |= {f"JUPYTERLAB_{name}_DIR": str(root / "jupyter" / name) for name in ("SETTINGS", "WORKSPACES")}
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    options += ["--IdentityProvider.token=", f"--notebook-dir={root / 'notebooks'}"]
    with (root / "lab.log").open("w") as log:
        lab = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=os.environ | own, stdout=log, stderr=log
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api", lab)
        yield f"http://127.0.0.1:{port}/lab"
    finally:
        lab.terminate()
        lab.wait(timeout=20)


def run_all(page: Any) -> None:
    """Choose Run, Run All Cells, as soon as the kernel is there."""
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator("#jp-MainMenu").get_by_text("Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
