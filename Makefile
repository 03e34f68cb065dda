# Everything a developer runs. Two commands on a fresh machine: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test coverage check lint format workbooks templates docs bench fuzz bundle clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile -e ".[dev]"
	touch $@

demo: $(READY)          ## the main job on the example workbooks
	$(BIN)/xlsuite demo

test: $(READY)          ## all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

coverage: $(READY)      ## all tests again, with the coverage gate on the pure packages
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered --cov-report=json:.coverage.json
	$(BIN)/python tests/coverage_gate.py .coverage.json

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint coverage    ## every gate

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

workbooks: $(READY)     ## build workbooks/ from the profiles and workbooks/sources
	$(BIN)/python -m xlsuite.dev workbooks

bench: $(READY)         ## ratios against the physical limit and the peers, in one run
	$(BIN)/python -m tests.benchmarks

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .coverage* .artifacts
