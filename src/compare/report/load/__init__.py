"""Sections about the load: how uneven it is, who works with whom, peaks, and who holds it today.

In: :class:`compare.report.inputs.Inputs`. Out: blocks, for the report of a locality and for the
overview. What the plan says and what became of its agencies stand beside each other, never mixed.
"""

from compare.report.load.leads import leads
from compare.report.load.merged import today_all
from compare.report.load.partners import links
from compare.report.load.peaks import peaks
from compare.report.load.spread import concentration, concentration_all
from compare.report.load.today import today

__all__ = ["concentration", "concentration_all", "leads", "links", "peaks", "today", "today_all"]
