# make mine       mine the sample minutes into minutes.db and show what is in it
# make test       run every check and every test
# make evaluate   score the pipeline on the councils of the corpus that it was not trained on
# make evaluate-parse  score the reading of PDFs on printed papers whose words and structure are known
# make evaluate-topics    score the topics of decisions on councils of the corpus that they were not trained on
# make train      train the pipeline again from the corpus and write it to models/
# make benchmark  measure speed and memory
# make load       ask the web application of DB as fast as it answers, and measure it
# make fuzz       mine ten thousand broken documents and see that each is mined or told to have failed
# make evaluate-similar  score ways of finding decisions on the same matter on invented decisions that were judged
# make evaluate-gather   gather five invented councils behind each way to misbehave, and count what is missing
# make screenshots      take the pictures of docs/web.md again, in the browser that CHROMIUM names or that is found
# make chaos      kill gathering, mining and a cluster's workers many times, and see that all come to the same end
# PYTHON=python3.12 make test   use another Python, 3.11 or newer

PYTHON ?= python3
DB ?= minutes.db
VENV := .venv
BIN := $(VENV)/bin
MODEL := models/en_council_minutes
STAMP := $(VENV)/.installed
TESTERS = $(shell $(PYTHON) -c 'import os; cores = os.cpu_count() or 1; print(min(2 * cores, cores + 4))')

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: mine test lint types unit browser benchmark load evaluate evaluate-gather evaluate-parse evaluate-topics evaluate-similar screenshots chaos fuzz train clean setup help

help:
	@sed -n 's/^# //p' Makefile

setup: $(STAMP)

$(STAMP): setup.cfg pyproject.toml $(wildcard $(MODEL)/*.*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "$(PYTHON) is older than Python 3.11: name a newer one, as in PYTHON=python3.12 make"; exit 1; }
	@test -x $(BIN)/python -a -x $(BIN)/pip \
	    || $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
	    || $(PYTHON) -m virtualenv --clear -q $(VENV) 2>/dev/null \
	    || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
	         && $(PYTHON) -m pip --python $(BIN)/python install -q pip; } \
	    || { rm -rf $(VENV); echo "can't make a virtual environment: install the package python3-venv"; exit 1; }
	$(BIN)/python -m pip install -q -e '.[dev]'
	$(BIN)/python -m pip install -q ./$(MODEL)
	@touch $@

mine: $(STAMP)
	$(BIN)/minutes-miner mine corpus/samples --db $(DB)
	@echo
	$(BIN)/minutes-miner stats --db $(DB)
	@echo
	$(BIN)/minutes-miner search --db $(DB) --sort amount --limit 20

test: lint types unit

lint: $(STAMP)
	$(BIN)/flake8 minutes_miner tests scripts
	$(BIN)/isort --check --quiet minutes_miner tests scripts
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

# Tests wait for servers, browsers and other processes half of their time, so more of them run than there are cores.
unit: $(STAMP) browser
	$(BIN)/python -m pytest -q -n $(TESTERS) --dist loadfile --no-loadscope-reorder

# The tests of the web application drive a real browser. Root on Debian gets one; others are told that they lack it.
browser:
	@test -n "$$CHROMIUM" || command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	    || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	         && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	    || echo "no browser was found: its tests are left out; install chromium, or name one in CHROMIUM"

benchmark: $(STAMP)
	$(BIN)/python scripts/benchmark.py
	$(BIN)/python scripts/benchmark.py archive --cluster

load: $(STAMP)
	$(BIN)/python scripts/load.py --db $(DB)

evaluate: $(STAMP)
	$(BIN)/python scripts/make_corpus.py councils
	$(BIN)/minutes-miner evaluate build/corpus/test/gold.jsonl

fuzz: $(STAMP)
	$(BIN)/python scripts/fuzz.py

evaluate-parse: $(STAMP)
	$(BIN)/python scripts/evaluate_parse.py

evaluate-similar: $(STAMP)
	$(BIN)/python scripts/evaluate_similar.py

evaluate-topics: $(STAMP)
	$(BIN)/python scripts/train_topics.py --evaluate

evaluate-gather: $(STAMP)
	$(BIN)/python scripts/evaluate_gather.py

screenshots: $(STAMP)
	$(BIN)/python scripts/screenshots.py

chaos: $(STAMP)
	GATHERING_SIZE=5,10,6 GATHERING_KILLS=20 $(BIN)/python -m pytest -q tests/workflow/test_gathering_killed.py
	MINING_KILLS=100 CLUSTER_KILLS=10 $(BIN)/python -m pytest -q tests/workflow/test_archive_killed.py \
	    tests/workflow/test_cluster.py

train: $(STAMP)
	$(BIN)/python scripts/train.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info minutes.db minutes.db-*
