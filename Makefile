# Default: install, build, and convert input/ to output/, with one report of all documents together.
.PHONY: all install build convert web test test-all bench docs clean

all: convert

# Stamp: newer than the lock file if the locked packages are installed.
node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

install: node_modules/.installed

build: install
	npm run --silent build

convert: build
	node dist/crosswalk.js convert input --output output --combine

# Crosswalk in one file, dist-web/crosswalk.html: for those who may install nothing.
web: build
	npm run --silent build:web

# Checks that finish in minutes: types, lint, unused code, and the tests without corpora, end-to-end runs and browsers.
test: build
	npm run --silent types
	npm run --silent lint
	npm run --silent unused
	npm run --silent test

# All tests.
test-all: test
	npm run --silent test:rest

bench: build
	npm run --silent bench

# Generated pages, and pictures of README and docs from input/.
docs: build
	npm run --silent docs
	node scripts/take-pictures.mjs

clean:
	rm -rf dist dist-web coverage node_modules
	find output -mindepth 1 ! -name .gitkeep -delete
