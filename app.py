"""The page: wires the library, filters, map and panel. Start it with ``streamlit run app.py``."""

from dashboard.page import run

run()
