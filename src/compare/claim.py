"""One run at a time in a folder, and no litter of runs that died.

In: a folder that a run writes into. Out: the folder claimed while the run lasts. The claim is a lock
of the operating system on the file ``.lock``, so it ends with the process, however that ends; what the
file holds (the number of the process) is for the message only.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from compare.errors import CompareError

__all__ = ["SCRATCH", "claimed"]

SCRATCH = (".making-*", ".writing-*")
"""Folders in which runs work; what is whole is moved out of them."""

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str], wait: bool) -> bool:
        file.seek(1 << 30)  # away from the text, which others may read
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str], wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


@contextmanager
def claimed(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Claim a folder, made if need be, and clear what dead runs left of their work in it.

    Parameters
    ----------
    folder : Path
        The folder that will be written into.
    wait : bool
        Wait for a run that has claimed it, rather than give up.

    Raises
    ------
    CompareError
        Another run has claimed the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+", encoding="utf-8") as file:
        if not _lock(file, wait):
            file.seek(0)
            raise CompareError(
                f"{folder}: a folder that no other run writes into wanted, found process "
                f"{file.read(20).strip() or 'unknown'} at work there; wait until it has ended"
            )
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        for pattern in SCRATCH:
            for left in folder.glob(pattern):
                shutil.rmtree(left, ignore_errors=True)
        yield
