# The whole of Makan's life on a machine: make app, make test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: app test lint bench gazetteer clean
.DEFAULT_GOAL := app

app: gazetteer
	$(BIN)/streamlit run app.py --server.headless false --server.showEmailPrompt false

test: lint gazetteer
	$(BIN)/python -m pytest

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: gazetteer .venv/tests .venv/bench
	$(BIN)/python -m tests.bench_engines
	$(BIN)/python -m tests.bench_analysis
	$(BIN)/python -m tests.bench_click

# Compiles nothing where the tables have not changed.
gazetteer: .venv/app
	$(BIN)/python -m geo compile

.venv/app: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests: tests/requirements.txt .venv/app
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

.venv/bench: tests/bench-requirements.txt .venv/app
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/bench-requirements.txt
	touch $@

clean:
	rm -rf .venv build
