# Two commands are enough on a fresh clone: `make demo` and `make test` do all the set-up they need.
BIN := .venv/bin
.DEFAULT_GOAL := help
# Demo and tests start the program a few hundred times: compile it once, whatever the caller's environment says.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: help setup demo test soak run lint package bench clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## install what is missing: Debian packages (as root), .venv, fonts and icons
	@installer/setup.sh

demo: setup  ## run the main job end to end; results in demo-out/
	$(BIN)/vungxa demo

# Three workers for two cores, since tests with real links wait; the files of few long tests come before the many short.
test: setup  ## run the whole test suite
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

soak: setup  ## the tests of chance with all their rounds: kills, power cuts, dying links (about half an hour)
	VUNGXA_SOAK=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m soak --timeout 3600

run: setup  ## open the window on the demo unit
	$(BIN)/vungxa run --demo

lint: setup  ## ruff, mypy --strict, and the rules of who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict desktop gateway installer
	$(BIN)/lint-imports

package: setup  ## build the frozen folder dist/vungxa and run it once
	$(BIN)/pyinstaller --noconfirm --clean --log-level ERROR --distpath dist --workpath build/pyinstaller installer/vungxa.spec
	$(BIN)/python -m installer.smoke dist/vungxa

bench: setup  ## measure the numbers that docs/ quotes
	$(BIN)/python -m tests.bench

clean:  ## remove everything that was made, .venv too
	rm -rf .venv build dist demo-out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
