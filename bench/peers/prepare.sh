#!/usr/bin/env bash
# Prepares what thutuc is compared with: prepare.sh WORKLOAD FOLDER
# WORKLOAD holds the peers' versions (node/package.json) and the workload as ZEN's graphs (rules/make_zen.py); FOLDER gets the
# packages, from the ordinary registries, and the graphs. What cannot be installed is said and left out.
set -euo pipefail
workload=$1 folder=$2
mkdir -p "$folder/node"
PYTHONDONTWRITEBYTECODE=1 python3 "$workload/rules/make_zen.py" "$folder/rules"

wanted=$(node -p "require('$(realpath "$workload")/node/package.json').dependencies['@gorules/zen-engine']")
if [[ ! -d "$folder/node/node_modules/@gorules/zen-engine" ]]; then
  echo '{"private":true}' > "$folder/node/package.json"
  npm install --prefix "$folder/node" --no-audit --no-fund --silent "@gorules/zen-engine@$wanted" ||
    { echo "bench: ZEN for Node cannot be installed: left out" >&2; rm -rf "$folder/node/node_modules"; }
fi
