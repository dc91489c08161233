# What a contributor runs. Needs make and Python 3.11 or newer; everything else is fetched into .venv/.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The first of these that can make an environment is taken; `make PYTHON=/path/to/python3.11` chooses another.
PYTHON := python3.13 python3.12 python3.11 python3

DOCS := $(wildcard README.md docs/*.md)
SECONDS := 60
PAGES := 100000

.PHONY: all setup demo test lint fix docs docs-check wheel-check audit accuracy fuzz fuzz-check bench soak soak-check lock clean

all: lint test  # what a change must pass

setup: $(READY)

demo: $(READY)  # crawl the built-in example site into data/demo.db; no network needed
	$(BIN)/bayegan demo

test: $(READY)  # what of the code they run: make test COVERAGE=1
	$(BIN)/pytest --numprocesses=auto --maxprocesses=4 $(if $(COVERAGE),--cov)

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(READY)  # what ruff can put right by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(READY)  # write command help and tables into the documents
	$(BIN)/cog -r $(DOCS)

docs-check: $(READY)
	$(BIN)/cog --check --diff $(DOCS)

# The wheel, alone in a new environment with the locked versions of what it needs, must run far from the checkout.
wheel-check: $(READY)
	set -eu; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; \
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(BIN)/python --out-dir "$$place/dist"; \
	$(BIN)/uv venv --quiet --python $(BIN)/python "$$place/venv"; \
	$(BIN)/uv pip install --quiet --python "$$place/venv" --constraint requirements.lock "$$place"/dist/*.whl; \
	cd "$$place"; \
	venv/bin/bayegan --help; \
	venv/bin/bayegan demo

audit: $(READY)  # what is pinned against known vulnerabilities; where none can be asked for, it says so and passes
	$(BIN)/python .ci/audit.py requirements.lock

accuracy: $(READY)  # every field of every page whose truth is known, against floors; what is wrong: make accuracy WRONG=1
	$(BIN)/python -m benchmarks.accuracy $(if $(WRONG),--wrong)

fuzz: $(READY)  # every reader under a coverage-guided fuzzer, a minute each, or: make fuzz SECONDS=600
	PYTHONPATH=tests $(BIN)/python -m fuzz --seconds $(SECONDS)

fuzz-check: $(READY)  # a few seconds each
	PYTHONPATH=tests $(BIN)/python -m fuzz --seconds 3 --seed 1

bench: $(READY)  # a few minutes
	$(BIN)/python -m benchmarks.text
	$(BIN)/python -m benchmarks.read_page
	$(BIN)/python -m benchmarks.page_dictionaries
	$(BIN)/python -m benchmarks.crawl

soak: $(READY)  # one crawl of so many pages, and whether it stays as it began: twenty minutes, or: make soak PAGES=20000
	$(BIN)/python -m benchmarks.soak --pages $(PAGES)

soak-check: $(READY)  # a minute
	$(BIN)/python -m benchmarks.soak --pages 5000 --memory-only

lock: $(READY)  # the newest versions that pyproject.toml admits, with their hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --group dev \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		--output-file requirements.lock pyproject.toml

clean:  # removes what this file made, and nothing of data/
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(BIN)/python:
	@for python in $(PYTHON); do \
		"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		exec "$$python" -m venv --clear $(VENV); \
	done; \
	echo 'Bayegan needs Python 3.11 or newer with venv (Debian: apt install python3-venv), and none of $(PYTHON) is it:' \
		'say make PYTHON=/path/to/python3.' >&2; \
	exit 1

# uv itself comes through pip, in the locked version; the project needs hatchling, which is in the lock as well.
$(READY): requirements.lock pyproject.toml | $(BIN)/python
	sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(VENV)/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $(READY)
