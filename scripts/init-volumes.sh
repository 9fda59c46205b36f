#!/usr/bin/env bash
# For those whose fingers know it: makes the instances' folders, and nothing else.
set -euo pipefail

exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/provision" init --only volumes "$@"
