#!/usr/bin/env bash
# Runs every test suite; --all adds the long ones. Installs what the tests need, and leaves nothing running.
#   run.sh             all suites
#   run.sh --all       with the long tests
#   run.sh --unit      the suites that need no engine; builds what they need
#   run.sh --story X   the engine stories with X in their names, X as in "PublishShopStory" or "first_publish"
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/.." && pwd)
