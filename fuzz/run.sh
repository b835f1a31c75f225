#!/usr/bin/env bash
# Runs all fuzz targets for so many seconds, side by side: fuzz/run.sh 60. With further arguments only those targets:
# fuzz/run.sh 600 document edit. Needs a C++ compiler, and not cargo-fuzz: it builds much as that does, in half the time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
seconds=${1:?how many seconds each target runs}
shift
[ $# -gt 0 ] || set -- document edit policy hook_input objects waivers citations

# What the fuzzers begin with is what the tests know.
GRAVEN_SEEDS=fuzz/seeds cargo test --manifest-path ../Cargo.toml --quiet --locked --test without_git fuzz_seeds
# The coverage that guides them is an unstable option of the compiler; no code here is unsafe, so no sanitizer is asked.
# Comparisons are not traced, which would double the code: the words that matter stand in the dictionaries.
host=$(rustc -vV | sed -n 's/^host: //p')
coverage=(level=4 inline-8bit-counters pc-table)
RUSTC_BOOTSTRAP=1 RUSTFLAGS="--cfg fuzzing -Cdebug-assertions -Cpasses=sancov-module \
    -Cllvm-args=-simplifycfg-branch-fold-threshold=0 ${coverage[*]/#/-Cllvm-args=-sanitizer-coverage-}" \
    cargo build --release --locked --target "$host"

# CI draws the same inputs in every run, so that what fails there was changed there.
seed=${CI:+1}

# fuzz TARGET: fails when an input makes it panic, or takes 25 seconds or 2 GiB.
fuzz() {
    mkdir -p "corpus/$1" "artifacts/$1" log
    local length=8192
    case $1 in
    document | citations) length=65536 ;;
    edit) length=16384 ;;
    esac
    if ! "target/$host/release/$1" "corpus/$1" "seeds/$1" "-dict=dictionaries/$1.dict" "-artifact_prefix=artifacts/$1/" \
        "-max_total_time=$seconds" "-max_len=$length" "-seed=${seed:-0}" -timeout=25 -rss_limit_mb=2048 \
        -print_final_stats=1 >"log/$1" 2>&1; then
        grep -a -A 8 -E 'panicked|ERROR: libFuzzer' "log/$1" || tail -n 20 "log/$1"
        printf '%s: an input that fails is in fuzz/artifacts/%s\n' "$1" "$1"
        return 1
    fi
    printf '%s: %s runs, %s\n' "$1" "$(sed -n 's/^stat::number_of_executed_units: *//p' "log/$1")" \
        "$(grep -a -o 'cov: [0-9]*' "log/$1" | tail -n 1)"
}

running=()
for target in "$@"; do
    fuzz "$target" &
    running+=($!)
done
failed=0
for one in "${running[@]}"; do
    wait "$one" || failed=1
done
exit "$failed"
