"""The table of what the plans promise in numbers."""

from compare.tables.column import SOURCE, Column, Table, text

__all__ = ["BOUNDS", "PROMISES", "SCOPES"]

BOUNDS = ["about", "at-least", "more-than", "exactly", "at-most"]
SCOPES = ["objective", "annex-output"]

PROMISES: dict[str, Table] = {
    "targets": Table(
        "one quantified goal: one number and what it counts",
        ("target_id",),
        {
            "target_id": text("`<locality>/<n>`, counted in the order of the document"),
            "locality": text("locality"),
            "indicator": text("what is counted: an id of indicators.csv, or one made of the printed words"),
            "value": Column("float", "number promised; the lower one of a range"),
            "value_high": Column("float", "upper number of a printed range; else equal to value"),
            "unit": text("unit: %, hợp tác xã, người, triệu đồng/năm, ..."),
            "bound": text("how the number is meant, by the word printed before or after it", *BOUNDS),
            "year": Column(
                "int", "year by which; missing where none is stated", bounds=(1900, 2200), optional=True
            ),
            "baseline": Column("float", "value at present, where the plan prints it", optional=True),
            "text": text("phrase as printed, with what it is a part of"),
            "sentence": text("sentence or item as printed"),
            "scope": text("a goal of the plan, or an output promised by a row of the annex", *SCOPES),
            "task_id": text("task that promises it; empty for a goal of the plan"),
            **SOURCE,
        },
    ),
}
