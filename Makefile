# Two commands are enough: `make demo` shows the whole programme at work, `make test` runs every test.
# Each sets up what it needs: Debian packages (as root), a virtual environment, and a hashed lock.

PYTHON ?= python3
VENV ?= .venv
BENCH_VENV ?= .venv-bench
WORKERS ?= auto
ARGS ?=

BIN := $(VENV)/bin
RUN := $(VENV)/.run-done
DEV := $(VENV)/.dev-done
BENCH := $(BENCH_VENV)/.done
PIP := -m pip --disable-pip-version-check --no-input --quiet --require-virtualenv
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
SYSTEM_RUN := packaging/debian-packages-run.txt
SYSTEM_TEST := packaging/debian-packages-test.txt

export PYTHONUTF8 := 1
ifeq ($(LC_ALL)$(LANG),)
export LANG := C.UTF-8
endif

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check fix torture bench package lock

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
	@echo
	@echo "  Another Python: make PYTHON=/path/to/python3.11 …   Words for the program: make demo ARGS=--fresh"

setup: $(RUN) ## make the virtual environment and install the app in it

run: $(RUN) ## open the app on your own profile
	@$(BIN)/companion $(ARGS)

demo: $(RUN) ## the whole programme on a sample company, from calendars to a published takeaway
	@$(BIN)/companion demo $(ARGS)

test: $(DEV) ## every test but the long ones
	@LC_ALL=C.UTF-8 $(BIN)/python -m pytest -n $(WORKERS) -m "not torture" $(ARGS)

check: $(DEV) ## format, lint, types and the rules of the house
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m compileall -q src tests bench

fix: $(DEV) ## mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

torture: $(DEV) ## the long runs: kills, state machines
	@LC_ALL=C.UTF-8 $(BIN)/python -m pytest -m torture $(ARGS)

bench: $(DEV) $(BENCH) ## measure against floors and peers, into bench/RESULTS.md
	$(BIN)/python -m bench --peers $(BENCH_VENV)/bin $(ARGS)

package: $(DEV) ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

lock: ## work out the locks anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(COMPILE) pyproject.toml --extra demo --extra build -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev -o requirements-dev.lock
	$(COMPILE) bench/requirements.in -o requirements-bench.lock

$(RUN): requirements.lock pyproject.toml $(SYSTEM_RUN)
	@sh packaging/system.sh "$(PYTHON)" $(SYSTEM_RUN)
	@sh packaging/venv.sh "$(PYTHON)" $(VENV) requirements.lock
	@$(BIN)/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# the demo's environment grows into the tests' one: both locks agree on every version they share
$(DEV): requirements-dev.lock pyproject.toml $(SYSTEM_RUN) $(SYSTEM_TEST)
	@sh packaging/system.sh "$(PYTHON)" $(SYSTEM_RUN) $(SYSTEM_TEST)
	@sh packaging/venv.sh "$(PYTHON)" $(VENV) requirements-dev.lock
	@$(BIN)/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $(RUN) $@

$(BENCH): requirements-bench.lock
	@sh packaging/venv.sh "$(PYTHON)" $(BENCH_VENV) requirements-bench.lock
	@touch $@
