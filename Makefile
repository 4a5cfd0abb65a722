# One command each, from a fresh clone: python3 (3.11+) with venv, and make, are all that is needed.
#   make reports   tables, HTML reports, workbook      make test    every test
#   make lab       JupyterLab on the notebooks                make lint    ruff and mypy
#   make test-lab  every notebook in JupyterLab
#   make evaluate  the alignment, measured             make docs     docs/tables.md from the code
#   make pictures  the README's pictures                      make test-reports, bench-reports   the made reports, at length
#   make lock      renew the lock files (needs uv)            make clean   remove what was built
SHELL   := /bin/bash
PYTHON  ?= python3
JOBS    ?= 2
VENV    := .venv
BIN     := $(VENV)/bin
UV      := $(shell command -v uv 2>/dev/null)

ifdef UV
CREATE  := $(UV) venv --quiet --python $(PYTHON) $(VENV)
INSTALL  = VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet --compile-bytecode
else
CREATE  := $(PYTHON) -m venv $(VENV)
INSTALL  = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: reports more-reports build evaluate test test-lab test-reports bench-reports lint lab docs pictures lock clean
.DELETE_ON_ERROR:

reports: $(VENV)/.batch
	$(BIN)/doichieu build
	$(BIN)/doichieu report --jobs $(JOBS) --workbook

build: $(VENV)/.batch
	$(BIN)/doichieu build

# Measures the alignment and keeps the figures; the peer stands in an environment of its own.
evaluate: $(VENV)/.batch .venv-bench/.done
	$(BIN)/doichieu evaluate --peers .venv-bench/bin/python

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The reports as made, in both languages and with shared assets, every chart and table of them: minutes.
test-reports: reports more-reports $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadscope -m reports tests/test_made_reports.py

# How soon a reader sees them, beside the same pages as plotly writes them.
bench-reports: reports more-reports $(VENV)/.dev
	$(BIN)/python docs/report_times.py --shared build/shared

more-reports: reports
	$(BIN)/doichieu report --jobs $(JOBS) --language en --out build/en
	$(BIN)/doichieu report --jobs $(JOBS) --shared-assets --out build/shared

# Every notebook in JupyterLab by a browser, and for every locality: minutes, so not part of make test.
test-lab: $(VENV)/.dev
	$(BIN)/python -m pytest -m lab tests/test_lab.py tests/test_notebooks.py

lint: $(VENV)/.dev
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy

lab: $(VENV)/.dev
	$(BIN)/jupyter lab --notebook-dir=notebooks $(if $(filter 0,$(shell id -u)),--allow-root)

docs: $(VENV)/.batch
	$(BIN)/python -c 'from pathlib import Path; from compare.schema import tables_markdown; \
	  Path("docs/tables.md").write_text(tables_markdown(), encoding="utf-8")'

pictures: reports $(VENV)/.dev
	$(BIN)/python docs/pictures.py

# The stamps say what is installed; each install is one locked, hash-checked step.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)" >&2; exit 2; }
	$(CREATE)

$(VENV)/.batch: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# JupyterLab's own setting for no news at the first start.
LAB_SETTINGS := $(VENV)/share/jupyter/lab/settings
$(VENV)/.dev: requirements-dev.lock $(VENV)/.batch
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@mkdir -p $(LAB_SETTINGS)
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}' > $(LAB_SETTINGS)/overrides.json
	@touch $@

.venv-bench/.done: requirements-bench.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

lock:
	uv pip compile pyproject.toml --extra build --extra calendar --extra workbook --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet -o requirements.lock
	uv pip compile pyproject.toml --all-extras -c requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet -o requirements-dev.lock
	uv pip compile --group bench --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet -o requirements-bench.lock

clean:
	rm -rf $(VENV) .venv-bench data/processed/* reports/* build
