"""When: the dates that a text names, as ISO ranges relative to the day it was published."""

from extract.dates.finding import When, dates

__all__ = ["When", "dates"]
