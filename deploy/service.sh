#!/bin/sh
# Runs the service that the first argument names, in place of this shell, so that it hears the signals itself.
set -eu
cd "$(dirname "$0")/.."
case "${1-}" in
  near-rt-ric | non-rt-ric | dashboard) entry=apps/$1/dist/main.js ;;
  e2-sim) entry=e2-sim/dist/main.js ;;
  *)
    echo 'expected the name of a service: near-rt-ric, non-rt-ric, dashboard or e2-sim' >&2
    exit 64
    ;;
esac
exec node --no-parallel-scavenge --heap-growing-percent=200 "$entry"
