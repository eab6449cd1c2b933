# What every bench begins with: a folder of its own, a server, somebody who is signed in, rates. Sourced.
set -euo pipefail
rabrong=$PWD/.build/release/rabrong
work=$(mktemp -d /tmp/rabrong-bench.XXXXXX)
chmod 755 "$work"
servers=()
finish() {
    while [ ${#servers[@]} -gt 0 ]; do stop; done
    [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap finish EXIT
say() { echo "$*" >&2; }
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
# `ratio_by_round A B`: the median of the rounds' own ratios, as the machine may be twice as fast in one as in another.
ratio_by_round() { paste "$1" "$2" | awk '{ printf "%.2f\n", $1 / $2 }' | median; }

export RABRONG_WORK=no
# Where the next server keeps its data, and where it listens: `at FOLDER PORT`.
at() {
    export RABRONG_DATA=$1 RABRONG_LISTEN=127.0.0.1:$2
    base=http://localhost:$2
    socket=$1/postgres/run
}
at "$work/data" 18080
start() {
    "$rabrong" serve 2>>"$work/serve.log" &
    servers+=($!)
    until curl -sf -o /dev/null "$base/readyz"; do
        kill -0 "${servers[-1]}" || return 1
        sleep 0.01
    done
}
# Stops the server that was started last.
stop() {
    kill "${servers[-1]}" 2>/dev/null || true
    wait "${servers[-1]}" 2>/dev/null || true
    unset 'servers[-1]'
}

account() { awk -F, -v d="/$1/sign-in" -v u="$2" '$1 == d && $2 == u { print $3 }' "$RABRONG_DATA/demo-accounts.csv"; }
# `sign_in AREA USERNAME` leaves the cookies' line in $cookies.
sign_in() {
    local jar=$work/jar token
    rm -f "$jar"
    token=$(curl -s -c "$jar" "$base/$1/sign-in" | grep -o 'name="form-token" value="[^"]*"' | head -n 1 |
        cut -d'"' -f4)
    curl -s -o /dev/null -b "$jar" -c "$jar" --data-urlencode "form-token=$token" --data-urlencode "username=$2" \
        --data-urlencode "password=$(account "$1" "$2")" "$base/$1/sign-in"
    cookies=$(awk '/__Host/ { printf "%s%s=%s", sep, $6, $7; sep = "; " }' "$jar")
}
page() { curl -sf -H "Cookie: $cookies" "$base$1"; }
# `page_rate PATH SECONDS`: pages a second.
page_rate() { wrk -t1 -c16 -d"${2}s" -H "Cookie: $cookies" "$base$1" | awk '/Requests\/sec/ { print $2 }'; }

root_sql() { psql -qAt -h "$socket" -U rabrong_root -d rabrong "${@/#/-c}"; }
# What was seeded has statistics, and is on the disk: else the writing goes on beside what is measured (pages amid national
# data were 0.73 of one area's right after the seeding, and 0.82 two minutes later).
settle() { root_sql "VACUUM ANALYZE" CHECKPOINT >/dev/null; }
# `record PATH`: puts the very statements that the page sends into page.sql, as PostgreSQL wrote them down; in how many
# trips they came stays in $trips.
record() {
    page "$1" >/dev/null
    root_sql "ALTER SYSTEM SET log_line_prefix = '%m %v '" "ALTER SYSTEM SET log_min_duration_statement = 0" \
        "SELECT pg_reload_conf()" >/dev/null
    sleep 0.5
    # Once more: what the server remembers of areas and sessions is asked for anew every few seconds.
    page "$1" >/dev/null
    : >"$RABRONG_DATA/postgres/postgres.log"
    page "$1" >/dev/null
    trips=$(/usr/bin/python3 Tests/Bench/statements.py "$RABRONG_DATA/postgres/postgres.log" "$work/page.sql")
    root_sql "ALTER SYSTEM RESET ALL" "SELECT pg_reload_conf()" >/dev/null
}
# `bench_rate SECONDS`: how often pgbench runs the page's statements in a second.
bench_rate() {
    pgbench -n -h "$socket" -U rabrong_app -d rabrong -M prepared -c8 -j1 -T "$1" -f "$work/page.sql" 2>/dev/null |
        awk '/^tps/ { print $3 }'
}
# `page_over_bench NAME PATH [PAGE]`: measures both in turn; the pages' rate stays in $one.
page_over_bench() {
    local page=${3:-page}
    rm -f "$work/pages" "$work/bench"
    record "$2"
    echo "bench $1 $page-trips $trips 1 1"
    say "$1: $page against pgbench, alternating; $(page "$2" | wc -c) bytes"
    page_rate "$2" 2 >/dev/null
    bench_rate 2 >/dev/null
    for round in 1 2 3 4 5; do
        page_rate "$2" 4 >>"$work/pages"
        bench_rate 4 >>"$work/bench"
        say "  round $round: $(tail -n 1 "$work/pages") pages/s, $(tail -n 1 "$work/bench") pgbench/s"
    done
    one=$(median <"$work/pages")
    echo "bench $1 $page-over-pgbench $(ratio_by_round "$work/pages" "$work/bench") 0.55 0.65"
}
# `national_over_one NAME PATH [PAGE]`: the page of the server at $national, which has all areas, over that at $alone.
national_over_one() {
    local page=${3:+$3-} base
    rm -f "$work/national" "$work/alone"
    base=$national page_rate "$2" 2 >/dev/null
    base=$alone page_rate "$2" 2 >/dev/null
    for round in 1 2 3 4 5 6; do
        # Each goes first every other time, in case the second has it easier.
        [ $((round % 2)) = 1 ] || base=$national page_rate "$2" 4 >>"$work/national"
        base=$alone page_rate "$2" 4 >>"$work/alone"
        [ $((round % 2)) = 0 ] || base=$national page_rate "$2" 4 >>"$work/national"
        say "  round $round: $(tail -n 1 "$work/alone") pages/s alone, $(tail -n 1 "$work/national") among all"
    done
    echo "bench $1 ${page}national-over-one $(ratio_by_round "$work/national" "$work/alone") 0.85 0.95"
}
