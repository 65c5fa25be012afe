# Samband. Two commands are enough: `make run` and `make test`.
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
PORT ?= 8000
export UV_PYTHON_DOWNLOADS := never

.PHONY: setup run test soak bench lock clean pictures

setup: $(VENV)/.ready

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@python3 -c 'import ensurepip' 2>/dev/null || { echo "Samband needs Debian's python3-venv: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || python3 -m venv $(VENV)
	@echo "Setting up the environment (once, about half a minute) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip sync -q --compile-bytecode --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@$(BIN)/samband translations
	@touch $@

run: setup
	@exec $(BIN)/samband serve --port $(PORT)

test: setup
	@$(BIN)/python -m tests.tools.suite

# SOAK_MINUTES (20), SOAK_SEED (today): the access rules at length, by generated worlds.
soak: setup
	@$(BIN)/python -m tests.tools.soak

pictures: setup
	@$(BIN)/python -m tests.acceptance.screenshots

bench: setup
	@$(BIN)/python -m benchmarks.pages
	@$(BIN)/python -m benchmarks.prints
	@$(BIN)/python -m benchmarks.resources
	@$(BIN)/python -m benchmarks.resources --county

lock: ; @for f in base dev dask; do $(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 --universal --no-header requirements/$$f.in -o requirements/$$f.txt; done
