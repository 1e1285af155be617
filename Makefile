# movieloop. `make run` starts it, `make test` tests it, `make check` is what every commit passes.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
BIOME  := @biomejs/biome@2.6.8
TYPESCRIPT := typescript@7.0.2
OPENAPI_TYPES := openapi-typescript@7.13.0

# A file of tests stays with one process.
PARALLEL := --numprocesses auto --dist loadfile
# Tests of one name, of which processes that share the work would run one, and those of a browser.
ALONE := tests/api/test_openapi.py tests/web
ON_POSTGRES := tests/store tests/recommender tests/importers/hooks tests/importers/media_servers tests/api/routes tests/api/test_permissions.py tests/api/test_response_cache.py

.PHONY: run lesson test test-postgres cluster-test quick lint lint-page freeze-api page-types check check-all format bench bench-growth bench-learning crash constraints wheel sbom audit clean help

run: $(VENV)/.run  ## start the service with the packaged films and open the browser
	$(BIN)/movieloop

lesson: $(VENV)/.run  ## start the five-film lesson
	$(BIN)/uvicorn movie_recommendation_lesson6:app --reload

test: $(VENV)/.test  ## run every test, doctests included
	$(BIN)/python -m pytest -m "not slow" $(PARALLEL)
	$(BIN)/python -m pytest -m slow $(PARALLEL) $(addprefix --ignore ,$(ALONE))
	$(BIN)/python -m pytest -m slow $(ALONE)

test-postgres: $(VENV)/.test  ## run the tests of store, loop and API on a PostgreSQL server, which they start
	$(BIN)/python -m tests.postgres_server
	$(BIN)/python -m pytest -m "not slow" --engine postgres $(PARALLEL) $(ON_POSTGRES)

quick: $(VENV)/.test  ## run the tests that need no browser, no second process and no long training
	$(BIN)/python -m pytest -m "not slow" $(PARALLEL)

lint: $(VENV)/.test  ## format, style, types, and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

lint-page:  ## format, style and types of the page's scripts, if Node is there
	@if command -v npx >/dev/null; then \
		npx --yes --package $(BIOME) biome ci --colors=off && \
		$(MAKE) --silent page-types CHECK=--check && \
		npx --yes --package $(TYPESCRIPT) tsc --project src/movieloop/web/jsconfig.json; \
	else echo "npx is missing: the page's scripts were not checked"; fi

freeze-api: $(VENV)/.test  ## keep the OpenAPI document in docs/, unless its callers would break
	$(BIN)/python tools/openapi.py --freeze

page-types: $(VENV)/.test  ## make the types of the page's scripts from the OpenAPI document
	@mkdir -p build && $(BIN)/python tools/openapi.py > build/openapi.json
	@npx --yes --package $(OPENAPI_TYPES) openapi-typescript build/openapi.json $(CHECK) -o src/movieloop/web/types/openapi.d.ts

check: lint lint-page quick  ## what every commit passes, under five minutes

check-all: lint lint-page test  ## what a release passes: browser, crashes, several processes too

docs: $(VENV)/.test  ## build the documentation site in build/site, strictly; look: make docs-serve
	$(BIN)/python tools/site.py
	$(BIN)/zensical build --clean --strict

docs-serve: docs  ## build the documentation site and serve it on port 8001
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site 8001

format: $(VENV)/.test  ## format the code and mend what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	npx --yes --package $(BIOME) biome check --write

bench: $(VENV)/.test  ## measure speed beside floors and peers (some five minutes); writes benchmarks/latest.json
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python benchmarks/all.py

bench-growth: $(VENV)/.test  ## draw how cost grows with films, users, ratings and clients
	$(BIN)/python benchmarks/growth.py

bench-learning: $(VENV)/.test  ## regenerate the tables of docs/learning.md, in parts; SET=NAME=PATH measures yours
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[eval]'
	$(BIN)/python benchmarks/learning.py $(if $(SET),--ratings $(SET))

crash: $(VENV)/.test  ## 200 rounds of kill -9 in parts of 60: say it again until all is well
	$(BIN)/python -m tests.crashing

cluster-test: $(VENV)/.test  ## three replicas behind nginx through a bad day: nothing is lost
	$(BIN)/python benchmarks/cluster.py --plot docs/plots/cluster.svg

constraints: $(VENV)/.test  ## resolve constraints.txt anew, with today's versions
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	mkdir -p build
	{ head -1 constraints.txt; $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--extra bench --extra docs --extra eval --extra postgres --extra test --no-annotate --no-header pyproject.toml; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

wheel: $(VENV)/.test  ## build the wheel into dist/
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

sbom: build/tools/bin/pip-audit  ## list what a release consists of, in CycloneDX, into dist/sbom.json
	rm -rf build/release && $(PYTHON) -m venv --without-pip build/release
	$(BIN)/pip --python build/release/bin/python install --quiet --disable-pip-version-check --constraint constraints.txt .
	mkdir -p dist && build/tools/bin/cyclonedx-py environment build/release --pyproject pyproject.toml \
		--output-format JSON --output-file dist/sbom.json

audit: build/tools/bin/pip-audit  ## ask PyPI for known holes in what it is tested with
	build/tools/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip

build/tools/bin/pip-audit:
	$(PYTHON) -m venv build/tools
	build/tools/bin/pip install --quiet --disable-pip-version-check pip-audit cyclonedx-bom

clean:  ## delete everything make has made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "movieloop needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@# Debian keeps a part of venv in a package of its own.
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ root=$$([ "$$(id -u)" = 0 ] || echo sudo); echo "installing python3-venv"; \
		  $$root apt-get update -qq && $$root apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/.run
