# make demo   set up, and lint the five articles in seeds/
# make test   set up, and run the tests
# make check  formatting, lint rules and types
# make bench  speed beside peers
# make fuzz   100,000 random edits in files of every format
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check format bench fuzz clean

demo: $(READY)
	$(BIN)/copydesk check --exit-zero seeds/

test: $(READY)
	$(BIN)/python -m pytest -n auto -q

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fuzz: $(READY)
	COPYDESK_EDITS=100000 $(BIN)/python -m pytest -q tests/lint/formats/test_edits.py \
		tests/lint/formats/test_independent_readers.py

bench: $(READY) .venv-bench/.ready
	$(BIN)/python -m benchmarks

.venv-bench/.ready: benchmarks/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/requirements.txt
	@touch .venv-bench/.ready

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "copydesk needs Python 3.11 or newer; say make PYTHON=python3.12, for instance")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $(READY)

clean:
	rm -rf .venv .venv-bench dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
