# All that is needed is git, make and Python 3.11 or newer. Everything is installed into .venv, nothing outside it.
#   make demo     the first thing to type

.DEFAULT_GOAL := help
SHELL := /bin/sh

# A Python that is new enough; another one: make PYTHON=/path/to/python3.12 demo
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)/bin/uv
# uv installs into our environment whatever the person's shell has activated, and never brings a Python of its own.
SYNC := env -u VIRTUAL_ENV -u UV_PYTHON UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 \
	$(UV) sync --quiet --locked --group dev

# A stamp is newer than what it was made from, so a second run installs nothing.
DEV := $(VENV)/.installed-dev
LLM := $(VENV)/.installed-llm
BENCH := $(VENV)/bench/.installed
EVAL := $(VENV)/eval/.installed
LOAD := $(VENV)/load/.installed
EXAMPLE := examples/ferry

.PHONY: help demo demo-llm serve test check fuzz bench eval eval-llm load clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(DEV)  ## the cited summary of the example: no model, no key, no server
	@$(BIN)/summarizer summarize $(EXAMPLE) --engine extractive

demo-llm: $(LLM)  ## the same through a real, weak model on this machine, and what it got wrong
	@$(BIN)/python tools/weak_llm.py -- $(BIN)/summarizer summarize $(EXAMPLE) --engine llm

serve: $(DEV)  ## the HTTP API and its page on http://127.0.0.1:8321
	@$(BIN)/summarizer serve

# In CI nothing may be missing, so the weak model is installed there too; on a laptop its tests run if it is there.
test: $(if $(CI),$(LLM),$(DEV))  ## all tests
	@$(BIN)/pytest

check: $(DEV)  ## lint, format, types, and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fuzz: $(DEV)  ## twenty thousand odd bodies against the whole way in; a few hundred run with the tests
	@$(BIN)/python tools/fuzz.py 20000

bench: $(BENCH)  ## cost and speed beside LangChain and LlamaIndex; writes docs/benchmarks.md and its plots
	@$(VENV)/bench/bin/python -m benchmarks

eval: $(EVAL)  ## the judgements on labelled data in SUMMARIZER_EVAL_DATA; writes docs/evaluation.md
	@$(VENV)/eval/bin/python -m evals.run

# The plan and its cost are told first; say ARGS=--yes to send it.
eval-llm: $(EVAL)  ## whole answers of the configured model on the same data: ARGS="--clusters 10 --yes"
	@$(VENV)/eval/bin/python -m evals.llm $(ARGS)

load: $(LOAD)  ## twice what the server can serve, and its memory over ten minutes; wants a quiet machine
	@$(VENV)/load/bin/python -m load

clean:  ## remove what was installed and cached here
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist

$(UV):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed: install it, or name it with make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)" >&2
	@$(PYTHON) -m venv $(VENV) || { echo "If venv is missing: install your system's python3-venv package." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

$(DEV): pyproject.toml uv.lock | $(UV)
	@echo "Installing what uv.lock names" >&2
	@$(SYNC)
	@touch $@

# After $(DEV), which removes what is not in its own group.
$(LLM): $(DEV)
	@echo "Installing the weak model (about 100 MB)" >&2
	@$(SYNC) --group llm
	@touch $@

# The peers bring a hundred packages: an environment of their own inside ours, so that `make clean` takes it along. Copies
# and no links: nltk, which LlamaIndex splits with, refuses to read a file that is linked from elsewhere.
$(BENCH): pyproject.toml uv.lock | $(UV)
	@echo "Installing the peers to compare with" >&2
	@UV_LINK_MODE=copy $(subst =$(VENV),=$(VENV)/bench,$(subst --group dev,--no-default-groups --group bench,$(SYNC))) --python $(BIN)/python
	@touch $@

# As above; the rulers are old packages, built from source.
$(EVAL): pyproject.toml uv.lock | $(UV)
	@echo "Installing what the evaluation measures with" >&2
	@$(subst =$(VENV),=$(VENV)/eval,$(subst --group dev,--no-default-groups --group eval,$(SYNC))) --python $(BIN)/python
	@touch $@

$(LOAD): pyproject.toml uv.lock | $(UV)
	@echo "Installing what makes the load" >&2
	@$(subst =$(VENV),=$(VENV)/load,$(subst --group dev,--no-default-groups --group load,$(SYNC))) --python $(BIN)/python
	@touch $@
