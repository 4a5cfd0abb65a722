"""Reports: notebooks that show the tables, and one HTML file a locality made from them.

In: the folder of processed tables. Out: :func:`open_report` for a notebook, :func:`render_reports`
for all HTML files at once. Nothing here computes a result; it shows what the tables hold.
"""

from compare.report.batch import render_reports
from compare.report.inputs import read_names
from compare.report.opened import Report, open_report

__all__ = ["Report", "open_report", "read_names", "render_reports"]
