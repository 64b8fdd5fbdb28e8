"""Writes the derived files of geo/data; run while developing (see geo/derive/__main__.py)."""
