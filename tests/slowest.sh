#!/usr/bin/env bash
# Prints the slowest tests of one or more result files of "dotnet test" (trx): seconds, suite, class and name.
#   slowest.sh COUNT FILE...
set -euo pipefail
count=$1
shift
for file; do
  grep -oE '<(UnitTestResult|UnitTest|TestMethod) [^>]*>' "$file" | awk -v suite="$(basename "$file" .trx)" '
    function value(name,  text) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
    /^<UnitTestResult/ { result++; id[result] = value("testId"); name[result] = value("testName"); split(value("duration"), t, ":"); seconds[result] = t[1] * 3600 + t[2] * 60 + t[3] }
    /^<UnitTest / { current = value("id") }
    /^<TestMethod/ { class = value("className"); sub(/.*\./, "", class); of[current] = class }
    END { for (i = 1; i <= result; i++) printf "%7.1f s  %s  %s.%s\n", seconds[i], suite, of[id[i]], name[i] }'
done | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#x[AD];/ /g; s/&amp;/\&/g' | sort -rn | cut -c1-160 | sed -n "1,${count}p"
