#!/usr/bin/env bash
# The version of OpenFisca-Core that a folder of peers' versions names, for pip: openfisca.sh WORKLOAD
set -euo pipefail
grep -oE 'openfisca-core==[0-9.]+' "$1/run.sh" | head -1
