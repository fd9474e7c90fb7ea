# `make` alone lists what one can do.
.DEFAULT_GOAL := help
.PHONY: help install run chat train test coverage test-slow test-all journeys browser lint bench bench-understanding bench-harms bench-noise bench-console crash load clean

UV := $(shell command -v uv 2>/dev/null || echo $(CURDIR)/.uv/bin/uv)
UV_VERSION := 0.9.18
PYTHON ?= python3
# The distribution's own Python first, where it is whole: it is built with profiles, pyenv's is not, and takes half as
# long again for the same turn (docs/adr/0013-the-fastest-python-at-hand.md). Else what uv finds or fetches.
APP_PYTHON ?= $(firstword $(foreach python,/usr/bin/python3.12 /usr/bin/python3.11, \
	$(shell $(python) -c 'import asyncio, sqlite3, ssl' 2>/dev/null && echo $(python))) 3.12)
TEST_PROCESSES ?= 2
# From Python 3.12 on coverage costs little (sys.monitoring); on 3.11 it takes two thirds more processor: `make coverage`.
COVERED = --cov --cov-report=term
COVERAGE ?= $(shell .venv/bin/python -c 'import sys; print("$(COVERED)" * (sys.version_info >= (3, 12)))' 2>/dev/null)
PYTEST = .venv/bin/python -m pytest -n $(TEST_PROCESSES) --dist loadfile
export RASA_TELEMETRY_ENABLED = false

help:  ## what one can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/installed bot/.venv/installed  ## both environments

$(CURDIR)/.uv/bin/uv:
	@echo "fetching uv into .uv/"
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/installed: pyproject.toml uv.lock | $(filter $(CURDIR)/%,$(UV))
	@echo "installing the app's environment (.venv)"
	@$(UV) sync --frozen --quiet --python $(APP_PYTHON)
	@touch $@

bot/.venv/installed: bot/pyproject.toml bot/uv.lock | $(filter $(CURDIR)/%,$(UV))
	@echo "installing the engine's environment (bot/.venv, about 2.6 GB)"
	@$(UV) sync --frozen --quiet --directory bot --python 3.10
	@touch $@

run: install  ## train if needed and serve on http://127.0.0.1:8000 (PORT=...)
	@.venv/bin/takwin train
	@.venv/bin/takwin serve

train: install  ## train the understanding if data changed
	@.venv/bin/takwin train

chat: install  ## talk to a running Takwin in this terminal
	@.venv/bin/takwin chat

test: install  ## every test but the slow ones, in two processes; from Python 3.12 on, what they cover
	@.venv/bin/takwin train
	@$(PYTEST) -m "not slow" $(COVERAGE)

coverage: install  ## the same, and what they cover on any Python
	@$(MAKE) test COVERAGE="$(COVERED)"

test-slow: install  ## the slow ones: browsers, crashes, training, registrations by SMS
	@.venv/bin/takwin train
	@.venv/bin/python -m tests.browser.chromium
	@.venv/bin/python -m tests.browser.axe
	@$(PYTEST) -m slow

test-all: lint test test-slow  ## everything: lint, tests, slow tests

lint: install  ## ruff and mypy
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/mypy --config-file bot/mypy.ini

bench: install  ## measure turns, start-up and memory on this machine
	@.venv/bin/takwin train
	@.venv/bin/python -m benchmarks.turns

bench-understanding: install  ## compare the understanding with stock Rasa's
	@bot/.venv/bin/python -W ignore -m benchmarks.understanding

bench-harms: install  ## measure what could harm people or stop the service
	@.venv/bin/takwin train
	@.venv/bin/python -m benchmarks.harms

bench-noise: install  ## measure what greetings, blessings and typos cost the understanding
	@.venv/bin/takwin train
	@.venv/bin/python -m benchmarks.noise

bench-console: install  ## fill the store with a million messages and time the console
	@.venv/bin/python -m benchmarks.console

crash: install  ## kill every process at random under 10,000 messages
	@.venv/bin/takwin train
	@.venv/bin/python -m benchmarks.crash

load: install  ## measure the channels under load, beside stock Rasa
	@.venv/bin/takwin train
	@.venv/bin/python -m benchmarks.load

clean:  ## forget everything built here, data under var/ included
	rm -rf .venv bot/.venv .uv var models/*.tar.gz
