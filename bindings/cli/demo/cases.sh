#!/usr/bin/env bash
# A few real cases, decided in the terminal. $1: the command line.
set -euo pipefail
cd "$(dirname "$0")/../../.."
thutuc=$1

show() {
  printf '\n\033[7m %s \033[0m\n' "$1"
  shift
  printf '\033[2m$ thutuc'
  printf ' %s' "$@"
  printf '\033[0m\n\n'
  "$thutuc" "$@" || return $?
}

show '1. A tenant asks for permanent residence: the home is too small' \
  decide 1.004222 --facts bindings/cli/demo/tenant.json --as-of 2026-11-22
show '2. One fact changes: 9 m² a person' \
  decide 1.004222 --facts bindings/cli/demo/tenant.json --fact residence.area_per_person=9 --as-of 2026-11-22
printf '\n\033[7m %s \033[0m\n' '3. The same person in the VNeID app, on five days: the fee and the deadline of the law of each day'
for day in 2022-06-01 2024-04-03 2025-08-01 2026-11-22 2027-03-02; do
  printf '\n\033[2m$ thutuc decide 1.004222 --facts bindings/cli/demo/app.json --as-of %s\033[0m\n' "$day"
  # The outcome, the parts with their summaries, and what the fee rests on.
  "$thutuc" decide 1.004222 --facts bindings/cli/demo/app.json --as-of "$day" |
    awk '/^\[/ { print } /^PHÍ, LỆ PHÍ/ { part = 1 } /^HẸN TRẢ/ { print; part = 0 } part && NF { print }'
done
show '4. A birth in Hà Nội, registered late' \
  decide 1.001193 --facts bindings/cli/demo/birth.json --as-of 2026-11-10 --jurisdiction ha_noi
show '5. A passport' \
  decide 1.001456 --facts bindings/cli/demo/passport.json --as-of 2026-11-22 --lang en
show '6. Seven working days over Tết' \
  due --period '7 working days' --from 2026-02-10
show '7. A child born just before Tết: one submission, four steps, each with its day' \
  decide 2.000986 --facts bindings/cli/demo/linked_birth.json --as-of 2027-02-03 --received-at 2027-02-03T15:30
printf '\nAsk for yourself: %s ask 1.004222\n' "$thutuc"
