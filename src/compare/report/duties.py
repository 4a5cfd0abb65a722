"""Who must report to whom, via whom, by when and how often: of one plan, and the plans beside each other.

In: :class:`Inputs`, and a locality or none. Out: blocks. A clause that names several rhythms is one row
of the table ``deadlines`` each; here it is one row, as it is printed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from compare.due import stated_day
from compare.figures import plot_year
from compare.figures.due_counts import yearly_days
from compare.report.blocks import Block, Chart, Sheet, lines_link, printed, task_link, worded
from compare.report.evidence import printed_marks
from compare.report.inputs import Inputs
from compare.report.shared import heading, sheet, subheading

__all__ = ["all_duties", "duties"]

_CLAUSE = ["locality", "task_id", "line_start", "text", "reporter_text", "report_to", "via"]
_SENTENCES = 6
_COLUMNS = {  # of a body of a duty: the words as printed, and the ids
    "reporter": ("reporter_text", "reporter"),
    "report_to": ("report_to", "report_to_id"),
    "via": ("via", "via_id"),
}
_NOTHING = "–"
_PERIODS = ("weekly", "monthly", "quarterly", "half-yearly", "annual", "regular", "on-demand", "once", "")
_LONG = 12  # rows from which a table can be filtered
_WORDS = {"regular": "rhythm.other", "on-demand": "duty.asked", "once": "duty.once", "": "duty.unsaid"}
_KINDS = ("dated", "once", "undated", "asked", "unsaid")


def _told(inputs: Inputs, locality: str = "") -> pd.DataFrame:
    """Return the duties with the day, precision and words of their event, and its day of a month."""
    events = inputs["calendar"][inputs["calendar"]["source"] == "report"]
    stated = [stated_day(event) for event in events.itertuples()]
    events = events.assign(stated=stated).set_index("event_id")[["due_on", "precision", "printed", "stated"]]
    table = inputs["deadlines"]
    own = (table[table["locality"] == locality] if locality else table).drop(columns="due_on")
    return own.join(events, on="deadline_id")


def _day(due: str) -> str:
    """Write ``MM-DD`` as day and month.

    Examples
    --------
    >>> _day("12-05")
    '05/12'
    """
    return f"{due[3:]}/{due[:2]}"


def _kind(row: Mapping[str, Any]) -> str:
    """Tell what is due on a printed day, once, in a rhythm without a day, when asked, or unsaid."""
    if row["period"] in ("once", "on-demand", ""):
        return {"once": "once", "on-demand": "asked", "": "unsaid"}[row["period"]]
    return "dated" if row["due"] or row["stated"] else "undated"


def _day_word(row: Mapping[str, Any], inputs: Inputs) -> str:
    """Write the day of a year, or of a month or a quarter's last month."""
    if not row["stated"]:
        return _day(row["due"])
    of = "duty.of_month" if row["period"] == "monthly" else "duty.of_quarter"
    return inputs.labels(of, day=row["stated"])


def _when(row: Mapping[str, Any], inputs: Inputs) -> str:
    """Write how often and by when."""
    t, period = inputs.labels, row["period"]
    if period == "once" and row["due_on"]:
        return t.due(row["due_on"], row["precision"])
    word = t(_WORDS.get(period, f"rhythm.{period}"))
    if not (row["due"] or row["stated"]):
        return word
    if period == "annual":
        return t.date(f"--{row['due']}")
    return t("duty.when", rhythm=word, date=_day_word(row, inputs))


def _said(row: Mapping[str, Any]) -> bool:
    """Tell whether a duty has a time that a sentence can name; a year alone is none."""
    once = row["period"] == "once" and row["due_on"] and row["precision"] != "year"
    return bool(once) or _kind(row) == "dated"


def _known(text: str, inputs: Inputs) -> str:
    """Put bodies with commas between them into the page's language, where every one of them is known."""
    words, parts = inputs.names.wording, text.split(", ")
    found = [words.said(words.issuer(part)) for part in parts]
    known = all(said != part for said, part in zip(found, parts, strict=True))
    return inputs.labels.listed(found) if known else words.issuer(text)


def _body(row: Mapping[str, Any], part: str, inputs: Inputs) -> str:
    """Name a body of a duty as printed; in English by its names, where all of it is known."""
    t, (text, ids) = inputs.labels, _COLUMNS[part]
    if t.language == "vi" or not row[ids]:
        return worded(_known(row[text], inputs), row[text], t)
    return t.listed([inputs.names.agency(agency) for agency in str(row[ids]).split(";")])


def _sentence(row: Mapping[str, Any], inputs: Inputs) -> str:
    """Say a duty with a printed day as a sentence: how often, and by when."""
    t, period = inputs.labels, row["period"]
    who, to, via = (_body(row, part, inputs) for part in ("reporter", "report_to", "via"))
    if period == "once":
        often, day = t("duty.once"), t.due(row["due_on"], row["precision"])
    else:
        often = t("duty.each_year") if row["due"] else t(f"rhythm.{period}")
        day = _day_word(row, inputs)
    values = {"who": who or t("duty.who"), "to": to or t("duty.to"), "via": via, "often": often, "day": day}
    key = "finding.duty_via" if row["via"] else "finding.duty"
    return t.markup(key, printed=printed(row["printed"], t), **values)


def _led(said: str, row: Mapping[str, Any], inputs: Inputs) -> Markup:
    """Put the link to its lines behind a sentence about a duty."""
    marks = printed_marks(row, [row["text"]], inputs)
    return Markup("{} {}").format(said, lines_link(row, inputs.labels, row["locality"], marks))


def _onward(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the duties without a day, of a body that passes on what came to it on the same line."""
    passed = {(row["task_id"], row["line_start"], row["via_id"]) for row in rows if row["via_id"]}
    own = [
        (row, (row["task_id"], row["line_start"], row["reporter"]))
        for row in rows
        if not (row["due"] or row["stated"])
    ]
    return [row for row, place in own if place in passed]


def _onward_sentence(row: Mapping[str, Any], inputs: Inputs) -> str:
    t = inputs.labels
    who, to = (_body(row, part, inputs) for part in ("reporter", "report_to"))
    return t.markup("finding.duty_onward", who=who or t("duty.who"), to=to or t("duty.to"))


def _summary(rows: Sequence[Mapping[str, Any]], inputs: Inputs) -> str:
    """Count the duties by how firmly their time is said."""
    t, kinds = inputs.labels, [_kind(row) for row in rows]
    if len(set(kinds)) == 1:
        return t("finding.duties_one", n=len(rows), part=t(f"duty.all_{kinds[0]}"))
    parts = [t(f"duty.n_{kind}", n=kinds.count(kind)) for kind in _KINDS if kind in kinds]
    return t("finding.duties", n=len(rows), parts=t.listed(parts))


def _roomy(text: str, width: int) -> Markup:
    """Keep a cell so wide (in rem) that on a narrow screen its table scrolls rather than grows tall."""
    return Markup('<div class="roomy" style="--w:{}rem">{}</div>').format(width, text)


def _duty_sheet(table: pd.DataFrame, inputs: Inputs, locality: str) -> Sheet:
    """Make the table of the clauses, as they are printed."""
    t, rows = inputs.labels, []
    for _, clause in table.groupby(_CLAUSE, sort=False):
        found = clause.to_dict("records")
        row, blank = found[0], _NOTHING
        when = "; ".join(dict.fromkeys(_when(duty, inputs) for duty in found))
        said, to, via = (printed(row[c], t) for c in ("reporter_text", "report_to", "via"))
        who = [said or blank, _roomy(to or blank, 6), _roomy(via or blank, 6)]
        task = inputs.tasks.get(row["task_id"])
        where = Markup("{}<br>").format(task_link(task, t)) if task else Markup("")
        lines = lines_link(row, t, locality, printed_marks(row, [row["text"]], inputs))
        rows.append((*who, _roomy(when, 6), _roomy(printed(row["text"], t), 24), where + lines))
    names = ("reporter", "report_to", "via", "duty_when", "as_printed", "lines")
    columns = [t(f"column.{c}") for c in names]
    caption = t("sheet.duties", n=len(rows))
    return Sheet(caption, columns, rows, name=f"{locality}-duties", filtered=len(rows) > _LONG)


def _year(inputs: Inputs, locality: str | None) -> list[Block]:
    """Show the days of the year, unless no plan prints one."""
    if yearly_days(inputs["calendar"]).empty:
        return []
    return [Chart(plot_year(inputs["calendar"], locality=locality, names=inputs.names))]


def duties(inputs: Inputs, locality: str) -> list[Block]:
    """Show who must report to whom, via whom, by when and how often."""
    t, table = inputs.labels, _told(inputs, locality)
    if table.empty:
        return [heading(inputs, "duties", t("finding.no_duties"), t("honest.duties"))]
    rows = table.to_dict("records")
    said = [_led(_sentence(row, inputs), row, inputs) for row in rows if _said(row)]
    said += [_led(_onward_sentence(row, inputs), row, inputs) for row in _onward(rows)]
    blocks: list[Block] = [heading(inputs, "duties", _summary(rows, inputs), t("honest.duties"))]
    data = _duty_sheet(table, inputs, locality)
    shown: list[str] = [*said[:_SENTENCES]] or [t("finding.no_duty_day")]
    return [
        *blocks,
        subheading(inputs, t("sub.duties"), *shown),
        *_year(inputs, locality),
        sheet(inputs, data),
    ]


def _compared(inputs: Inputs) -> Sheet:
    """Hold the duties of the localities beside each other, one row a locality."""
    t, rows, told = inputs.labels, [], _told(inputs)
    for place in inputs.localities:
        own = told[told["locality"] == place].to_dict("records")
        firm = [row for row in own if _kind(row) == "dated"]
        days = t.listed([_day(due) for due in sorted({row["due"] for row in firm} - {""})])
        periods = [p for p in _PERIODS if p in {row["period"] for row in own}]
        words = dict.fromkeys(t(_WORDS.get(p, f"rhythm.{p}")) for p in periods)
        bodies = [[_body(row, part, inputs) for row in own if row[part]] for part in ("report_to", "via")]
        texts = [t.listed(list(dict.fromkeys(names))) for names in bodies]
        cells = [_roomy(text or _NOTHING, 8) for text in (*texts, "; ".join(words))]
        link = Markup('<a href="{}.html#duties">{}</a>').format(place, inputs.names.locality(place))
        rows.append((link, len(own), days or _NOTHING, *cells))
    names = ("locality", "n_duties", "yearly_days", "report_to", "via", "rhythm")
    columns = [t(f"column.{c}") for c in names]
    return Sheet(t("sheet.duties_compared"), columns, rows, frozenset({1}), "duties-compared")


def _days_finding(inputs: Inputs) -> str:
    """Say where a yearly day is printed, and where none is."""
    t, table = inputs.labels, inputs["deadlines"]
    firm = table[(table["due"] != "") & (table["period"] == "annual")]
    by_place = firm.groupby("locality")["due"].agg(lambda days: sorted(set(days)))
    said = []
    for place, days in by_place.items():
        listed = t.listed([_day(day) for day in days])
        said.append(t("duty.place_days", place=inputs.names.locality(str(place)), days=listed))
    none = [inputs.names.locality(place) for place in inputs.localities if place not in by_place.index]
    if not said:
        return t("finding.no_duty_days")
    return t(
        "finding.duty_days" if none else "finding.duty_days_all", days="; ".join(said), none=t.listed(none)
    )


def all_duties(inputs: Inputs) -> list[Block]:
    """Show the reporting duties of all localities beside each other."""
    lead = _days_finding(inputs)
    return [
        heading(inputs, "duties", lead, inputs.labels("honest.duties")),
        *_year(inputs, None),
        sheet(inputs, _compared(inputs)),
    ]
