"""What each paragraph of a pasted text is: the article's own words, or what the page put around them."""

from extract.layout.lines import Line, LineKind, layout

__all__ = ["Line", "LineKind", "layout"]
