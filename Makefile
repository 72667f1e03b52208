# make run        serve the site at http://127.0.0.1:8000 (PORT=…, HOST=…, WORKERS=…)
# make test       run every check and all tests; OPSQA_TEST_ALL=1: none may be left out
# make bench      measure pages and the loading of articles, and write the tables of docs/performance.md
# make messages   bring the translations in step with the sources (needs gettext)
# make requirements   pin what requirements*.in name and what those need, with the hash of every file of each

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

VENV_PYTHON := .venv/bin/python
PIP_INSTALL := $(VENV_PYTHON) -m pip install -qq --disable-pip-version-check
# For every system and every Python from the oldest on; what is pinned already stays unless it must change.
COMPILE := UV_CUSTOM_COMPILE_COMMAND='make requirements' .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url
# One thread a worker: each thread would hold a database connection of its own.
SERVER := $(VENV_PYTHON) -m opsqa.server --interface wsgi --no-ws --blocking-threads 1 --backpressure 64 \
	--respawn-failed-workers --workers-kill-timeout 10 --log-level error

.PHONY: run test bench messages requirements

run: .venv/installed
	@$(VENV_PYTHON) manage.py prepare_site --host '$(HOST)' --port '$(PORT)'
	@exec $(SERVER) --workers $(WORKERS) --host '$(HOST)' --port '$(PORT)' opsqa.wsgi:application

test: .venv/installed-dev
	@exec $(VENV_PYTHON) -m tests.run

bench: .venv/installed-dev
	@$(VENV_PYTHON) -m tests.benchmarks.page_speed 1000 --write docs/performance.md
	@$(VENV_PYTHON) -m tests.benchmarks.import_speed 1000 --write docs/performance.md

# Without line numbers, so that moved code leaves the catalogue as it is.
messages: .venv/installed
	@$(VENV_PYTHON) manage.py makemessages --locale zh_Hans --no-location --no-wrap --ignore .venv --ignore var --ignore tests
	@$(VENV_PYTHON) manage.py compilemessages --locale zh_Hans --ignore .venv

requirements: .venv/installed-dev
	@$(COMPILE) requirements.in --output-file requirements.txt
	@$(COMPILE) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt
	@$(COMPILE) requirements-bench.in --output-file requirements-bench.txt

.venv/installed: requirements.txt | .venv/bin/pip
	@echo "Installing what requirements.txt names …"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/pip
	@echo "Installing what requirements-dev.txt names …"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# pip is what venv makes last, so an interrupted start is taken up again.
.venv/bin/pip:
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer with its venv module is needed; on Debian: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
