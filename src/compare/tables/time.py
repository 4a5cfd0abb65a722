"""The tables of what is due when."""

from compare.tables.column import SOURCE, Table, text

__all__ = ["TIME"]

_PERIODS = ["weekly", "monthly", "quarterly", "half-yearly", "annual"]
_RHYTHMS = [*_PERIODS, "biennial", "ongoing", "other"]

TIME: dict[str, Table] = {
    "deadlines": Table(
        "one reporting duty and period, or one due day of it",
        ("deadline_id",),
        {
            "deadline_id": text("`<locality>/<n>` in the order of the document"),
            "locality": text("locality"),
            "task_id": text("task whose text holds the duty; empty outside the tasks"),
            "text": text("clause as printed"),
            "reporter": text("who reports, agency ids joined by `;`"),
            "reporter_text": text("who reports as printed"),
            "due": text("`MM-DD` of the day printed, for a single report too; empty where no such day is"),
            "period": text(
                "how often; `regular` is định kỳ without a rhythm, `on-demand` when asked or in trouble, "
                "`once` a date of one year; a report on nine months is annual; empty where nothing is said",
                *_PERIODS,
                *("regular", "on-demand", "once", ""),
            ),
            "report_to": text("who is told, as printed"),
            "report_to_id": text("agency ids of who is told, joined by `;`; empty where none is known"),
            "via": text("who passes the report on, as printed"),
            "via_id": text("agency ids of who passes it on"),
            **SOURCE,
            "due_on": text("when a single report (`once`) is due, ISO, as partial as the print; else empty"),
        },
    ),
    "calendar": Table(
        "one task, or one reporting duty, placed in time",
        ("event_id",),
        {
            "event_id": text("task_id or deadline_id"),
            "locality": text("locality"),
            "source": text("what is due: a task, or a report", "task", "report"),
            "task_id": text("task; empty for a duty outside the tasks"),
            "kind": text(
                "`untimed`: no time is printed, or none that could be read, or only on demand",
                *("one-off", "recurring", "ongoing", "untimed"),
            ),
            "rhythm": text(
                "of recurring and ongoing ones (of several the most frequent); empty otherwise", *_RHYTHMS, ""
            ),
            "starts_on": text("first day, `YYYY-MM-DD`"),
            "due_on": text("last day, `YYYY-MM-DD`: the last one of the quarter, month or year printed"),
            "due_yearly": text("`MM-DD` on which it falls due every year"),
            "precision": text(
                "what the end is printed to; of a yearly day `day`", "day", "month", "quarter", "year", ""
            ),
            "printed": text("time as printed"),
            "title": text("short text of what is due"),
            "leads": text("agency ids joined by `;`: the leads, or who reports"),
            **SOURCE,
        },
    ),
}
