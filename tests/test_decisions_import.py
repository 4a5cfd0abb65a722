"""A file of decisions that is handed in again, with more in it."""

from pathlib import Path

import pandas as pd

from compare.catalogue import empty_catalogue
from compare.decisions import COLUMNS, import_decisions, read_decisions
from compare.text import fingerprint

TASKS = pd.DataFrame(
    {"task_id": ["gia-lai/annex/1", "gia-lai/annex/2"], "locality": "gia-lai", "text": ["a", "b"]}
)


def handed_in(path: Path, *rows: tuple[str, str]) -> Path:
    """Write answers as a report saves them: each makes a family of a task."""
    lines = [",".join(COLUMNS)]
    lines += [
        f"gia-lai/annex/{n},,new,{title},{fingerprint('ab'[int(n) - 1])},An,2026-11-21,," for n, title in rows
    ]
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def test_file_with_a_new_family_may_be_handed_in_again(tmp_path: Path) -> None:
    """Whoever answers more later saves all answers again, those of before included."""
    log, file = tmp_path / "log.csv", tmp_path / "file.csv"
    import_decisions(handed_in(file, ("1", "Việc mới")), TASKS, empty_catalogue(), log)
    again = import_decisions(
        handed_in(file, ("1", "Việc mới"), ("2", "Việc khác")), TASKS, empty_catalogue(), log
    )
    assert (len(again.added), again.n_known) == (1, 1)


def test_the_same_new_title_joins_the_new_family(tmp_path: Path) -> None:
    log, file = tmp_path / "log.csv", tmp_path / "file.csv"
    import_decisions(handed_in(file, ("1", "Việc mới")), TASKS, empty_catalogue(), log)
    found = import_decisions(handed_in(file, ("2", "Việc mới")), TASKS, empty_catalogue(), log)
    assert found.added["family_id"].tolist() == ["viec-moi"]


def test_an_old_file_does_not_bring_back_what_its_reader_changed_since(tmp_path: Path) -> None:
    log, old, new = tmp_path / "log.csv", tmp_path / "old.csv", tmp_path / "new.csv"
    handed_in(old, ("1", "Việc mới"))
    import_decisions(old, TASKS, empty_catalogue(), log)
    there = read_decisions(log)
    changed = there.iloc[[0]].assign(match="no", title_vi="", date="2099-01-01")
    changed[COLUMNS].to_csv(new, index=False)
    import_decisions(new, TASKS, empty_catalogue(), log)
    found = import_decisions(old, TASKS, empty_catalogue(), log)
    assert (len(found.added), found.n_known) == (0, 1)
    assert read_decisions(log)["match"].tolist() == ["new", "no"]
