#!/usr/bin/env bash
# Times wsalog against the tools people use today, checks the answers, and writes
# bench/out/table.md. README.md beside it says what each row means.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."

usage() {
	cat <<'END'
usage: bench/run.sh [--quick | --full]
  --quick  small logs, few rounds, at most two minutes: shows that all works
  --full   also a file of 4 GiB, a line of 1 GiB and the scaling from 10 MB to 4 GB
Variables: RUNS (rounds, 15), SIZE (of each log, 520MiB), OUT (folder, bench/out),
  INSTALL=no (do not install missing tools), GO (the go command)
END
}

mode=normal
for arg; do
	case $arg in
	--quick) mode=quick ;;
	--full) mode=full ;;
	-h | --help) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
if [ $mode = quick ]; then
	: "${RUNS:=3}" "${SIZE:=32MiB}"
fi
: "${RUNS:=15}" "${SIZE:=520MiB}" "${OUT:=bench/out}" "${INSTALL:=yes}" "${GO:=go}"
case $RUNS in '' | *[!0-9]* | 0) echo "run.sh: RUNS=$RUNS: use a whole number from 1" >&2; exit 2 ;; esac

regex='(?-u)WSA|1(00|10|01)[0-9]{2}'
plain_regex='WSA|1(00|10|01)[0-9]{2}' # the same for tools that lack the switch
literals=bench/literals.txt
bin=$OUT/bin logs=$OUT/logs times=$OUT/times
wsalog=$bin/wsalog
table=$OUT/table.md
trouble=0

say() { echo "run.sh: $*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

# ---- tools -----------------------------------------------------------------

fresh=no
install() { # install PACKAGE...: true when apt put them there
	[ "$INSTALL" = yes ] && has apt-get && [ "$(id -u)" = 0 ] || return 1
	[ $fresh = yes ] || apt-get update -q >/dev/null 2>&1 || return 1
	fresh=yes
	apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1
}

tools() {
	has hyperfine || install hyperfine || {
		say "hyperfine is missing: install it (as root with apt this script does)"
		exit 2
	}
	local pair
	for pair in rg:ripgrep ugrep:ugrep /usr/bin/time:time gcc:gcc pkg-config:pkg-config; do
		has "${pair%%:*}" || install "${pair#*:}" || say "${pair%%:*} is missing: its rows are left out"
	done
	has pkg-config && { pkg-config --exists libhs || install libhyperscan-dev libc6-dev || true; }
	mkdir -p "$bin" "$logs" "$times"
	"$GO" build -tags netgo,osusergo -o "$wsalog" . # as README.md says
	"$GO" build -o "$bin/gen" ./bench/gen
	"$GO" build -o "$bin/inmem" ./bench/inmem
	if has gcc && has pkg-config && pkg-config --exists libhs; then
		# shellcheck disable=SC2046 # the flags are words
		gcc -O2 $(pkg-config --cflags libhs) -o "$bin/hs" bench/hyperscan/hs.c $(pkg-config --libs libhs)
	else
		rm -f "$bin/hs"
		say "libhyperscan is missing: its row is left out"
	fi
}

# ---- logs ------------------------------------------------------------------

# make NAME FLAG...: a log and its ledger, unless they are there from the same flags
# and the same generator.
make() {
	local name=$1 file=$logs/$1.log want
	shift
	want="$* $(cksum <"$bin/gen")"
	if [ -s "$file" ] && [ "$(cat "$logs/$name.made" 2>/dev/null)" = "$want" ]; then
		return
	fi
	say "writes $file"
	"$bin/gen" "$@" -o "$file" -ledger "$logs/$name.tsv"
	echo "$want" >"$logs/$name.made"
}

bytes() { wc -c <"$logs/$1.log" | tr -d ' '; }

# ---- timing ----------------------------------------------------------------

# command_for ID LOG: what is timed. Counters write to a pipe, because GNU grep stops
# at the first hit when it sees /dev/null.
command_for() {
	local f=$logs/$2.log
	case $1 in
	report) echo "$wsalog report --format json $f" ;;
	report1) echo "$wsalog report -j 1 --format json $f" ;;
	one-core) echo "taskset -c 0 $wsalog report --format json $f" ;;
	pass) echo "bash -c '$wsalog $f 2>/dev/null | cat >/dev/null'" ;;
	ndjson) echo "$wsalog --format ndjson --no-summary $f" ;;
	rg | rg-again) echo "rg -c '$regex' $f" ;;
	rg-list) echo "rg -c -F -f $literals $f" ;;
	rg-json) echo "rg --json '$regex' $f" ;;
	grep-list) echo "grep -c -F -f $literals $f" ;;
	ugrep) echo "ugrep -c '$plain_regex' $f" ;;
	ugrep-list) echo "ugrep -c -F -f $literals $f" ;;
	wc) echo "wc -l $f" ;;
	cat) echo "cat $f" ;;
	cat-cat) echo "bash -c 'cat $f | cat >/dev/null'" ;;
	esac
}

output_of() { case $1 in ndjson | rg-json | cat | pass | cat-cat) echo null ;; *) echo pipe ;; esac; }

able() { case $1 in rg* | ugrep*) has "${1%%-*}" ;; one-core) has taskset ;; *) true ;; esac; }

# warm ID LOG: runs a command once, for the cache and for its exit status: 1 is "no
# line matches" for the searchers and trouble for the others.
warm() {
	local status=0
	eval "$(command_for "$1" "$2")" >"$times/$2.$1.answer" 2>"$times/$2.$1.stderr" </dev/null || status=$?
	case $1:$status in
	*:0 | rg*:1 | grep*:1 | ugrep*:1) ;;
	*)
		say "$1 on $2 ends with status $status: $(head -n 1 "$times/$2.$1.stderr")"
		trouble=1
		return 1
		;;
	esac
	case $1 in ndjson | rg-json | cat) rm "$times/$2.$1.answer" ;; esac
}

# race LOG ID...: times the commands in turns; each round begins with another one.
race() {
	local log=$1 round i n id runners=()
	shift
	for id; do
		rm -f "$times/$log.$id"
		if able "$id" && warm "$id" "$log"; then runners+=("$id"); fi
	done
	n=${#runners[@]}
	say "times $n commands on $log, $RUNS rounds"
	for ((round = 0; round < RUNS; round++)); do
		for ((i = 0; i < n; i++)); do
			id=${runners[(round + i) % n]}
			rm -f "$times/last.csv" # a failed run must not be given the time of the one before
			hyperfine -N -i --style none --runs 1 --output "$(output_of "$id")" --export-csv "$times/last.csv" \
				"$(command_for "$id" "$log")" >/dev/null 2>&1 || true
			# from the end, since the command stands first and may hold commas
			[ ! -s "$times/last.csv" ] || awk -F, 'END { print $(NF-1), $(NF-3), $(NF-2) }' "$times/last.csv" >>"$times/$log.$id"
		done
	done
}

# least LOG ID: the shortest time in seconds; middle: the median; cpu: least user+system.
least() { [ -s "$times/$1.$2" ] && sort -g "$times/$1.$2" | awk 'NR == 1 { print $1 }'; }
middle() { sort -g "$times/$1.$2" | awk '{ t[NR] = $1 } END { print (t[int((NR+1)/2)] + t[int(NR/2)+1]) / 2 }'; }
cpu() { awk 'NR == 1 || $2+$3 < c { c = $2+$3 } END { print c }' "$times/$1.$2"; }

# ratio A B: "-" where either is no time, because a command is missing or failed.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a+0 > 0 && b+0 > 0) printf "%.2f", a/b; else print "-" }'; }

label() {
	case $1 in
	report) echo '`wsalog report --format json`' ;;
	report1) echo '`wsalog report -j 1 --format json`' ;;
	one-core) echo '`wsalog report --format json` on one core' ;;
	pass) echo '`wsalog FILE \| cat`' ;;
	ndjson) echo '`wsalog --format ndjson`' ;;
	rg) echo "\`rg -c '${regex//|/\\|}'\`" ;;
	rg-again) echo 'the same again (noise)' ;;
	rg-list) echo '`rg -c -F -f literals.txt`' ;;
	rg-json) echo '`rg --json` with the regex' ;;
	grep-list) echo '`grep -c -F -f literals.txt`' ;;
	ugrep) echo '`ugrep -c` with the regex' ;;
	ugrep-list) echo '`ugrep -c -F -f literals.txt`' ;;
	wc) echo '`wc -l`' ;;
	cat) echo '`cat`' ;;
	cat-cat) echo '`cat FILE \| cat`' ;;
	esac
}

# rows LOG RIVAL ID...: the table of one log, with times of RIVAL as the measure.
rows() {
	local log=$1 rival=$2 id t
	shift 2
	echo
	echo "### $log: $(awk -F'\t' '$1 == "total" { n[$2] = $3 } END {
		printf "%.0f MB, %d lines, %d hits written", '"$(bytes "$log")"'/1e6, n["lines"], n["hits"] }' "$logs/$log.tsv")"
	echo
	echo "| command | least s | median s | GB/s | CPU s | ÷ $rival |"
	echo '|---|--:|--:|--:|--:|--:|'
	for id; do
		t=$(least "$log" "$id") || continue
		printf '| %s | %.3f | %.3f | %s | %.3f | %s |\n' "$(label "$id")" "$t" "$(middle "$log" "$id")" \
			"$(awk -v b="$(bytes "$log")" -v t="$t" 'BEGIN { printf "%.2f", b/t/1e9 }')" \
			"$(cpu "$log" "$id")" "$(ratio "$t" "$(least "$log" "$rival" || echo 0)")"
	done
}

# ---- answers ---------------------------------------------------------------

# found FILE: "code count" of a JSON report, codes that are listed apart included.
found() {
	tr '{' '\n' <"$1" | sed -n 's/^"code":\([0-9]*\),"name":.*"count":\([0-9]*\),.*/\1 \2/p' | awk '$1 > 10000'
}

# answers LOG...: compares each report with the ledger.
answers() {
	local log
	printf '\n| log | written | found of them | beyond | codes that differ (written → found) |\n|---|--:|--:|--:|---|\n'
	for log; do
		[ -s "$times/$log.report.answer" ] || continue
		found "$times/$log.report.answer" | awk -F'[\t ]' -v name="$log" '
			NR == FNR { if ($1 == "code") { want[$2] = $3; total += $3 } ; next }
			{ got[$1] = $2 }
			END {
				for (c = 10000; c < 11100; c++) {
					w = want[c] + 0; g = got[c] + 0
					hit += w < g ? w : g
					if (g > w) beyond += g - w
					if (g != w && ++n <= 12) { list = list sep c " " w " → " g; sep = ", " }
				}
				if (n > 12) list = list " …"
				printf "| %s | %d | %d | %d | %s |\n", name, total, hit, beyond, list
			}' "$logs/$log.tsv" -
	done
}

# ---- memory, scaling, start ------------------------------------------------

# peak COMMAND...: the largest resident size in MiB, "-" where time is missing.
peak() {
	[ -x /usr/bin/time ] || { echo -; return; }
	/usr/bin/time -q -f %M -o "$times/peak" "$@" >/dev/null 2>&1 </dev/null || true
	awk 'END { printf "%.1f", $1/1024 }' "$times/peak"
}

memory_row() {
	local f=$logs/$1.log a b c
	a=$(peak "$wsalog" report --format json "$f")
	b=$(peak "$wsalog" --no-summary "$f")
	c=$(peak "$wsalog" --format ndjson --no-summary "$f")
	printf '%s\n' "$a" "$b" "$c" >>"$times/peaks"
	printf '| %s | %.0f | %s | %s | %s |\n' "$1" "$(awk "BEGIN { print $(bytes "$1")/1e6 }")" "$a" "$b" "$c"
}

memory() {
	printf '\n| log | MB | report, MiB | annotated, MiB | ndjson, MiB |\n|---|--:|--:|--:|--:|\n'
	local log
	: >"$times/peaks"
	for log; do memory_row "$log"; done
}

# scaling NAME...: report on logs of growing size, least of three.
scaling() {
	printf '\n| log | MB | least s | GB/s | peak MiB |\n|---|--:|--:|--:|--:|\n'
	local log t keep=$RUNS
	RUNS=3
	for log; do
		race "$log" report
		t=$(least "$log" report) || continue
		awk -v n="$log" -v b="$(bytes "$log")" -v t="$t" -v m="$(peak "$wsalog" report --format json "$logs/$log.log")" \
			'BEGIN { printf "| %s | %.0f | %.3f | %.2f | %s |\n", n, b/1e6, t, b/t/1e9, m }'
	done
	RUNS=$keep
}

in_memory() {
	mine=$("$bin/inmem" -runs "$RUNS" "$logs/mixed-0.1.log" | cut -f 1)
	theirs=
	[ ! -x "$bin/hs" ] || theirs=$("$bin/hs" $literals "$logs/mixed-0.1.log" "$RUNS" | cut -f 1)
	printf '\n| in memory, one thread, mixed-0.1 | least s | GB/s |\n|---|--:|--:|\n'
	local name t
	for name in mine theirs; do
		t=${!name}
		[ -z "$t" ] || awk -v n="$([ $name = mine ] && echo "wsalog's matcher" || echo 'Hyperscan, literals.txt')" \
			-v b="$(bytes mixed-0.1)" -v t="$t" 'BEGIN { printf "| %s | %.4f | %.2f |\n", n, t, b/t/1e9 }'
	done
}

# ---- verdicts --------------------------------------------------------------

# verdict WHAT VALUE SIGN ACCEPTED GOAL: a row; SIGN is "<=" or ">=". What was not
# measured gets none: no value is no small value.
verdict() {
	awk -v what="$1" -v v="$2" -v sign="$3" -v ok="$4" -v goal="$5" 'BEGIN {
		if (v !~ /^[0-9]+([.][0-9]+)?$/ || v+0 <= 0) exit
		good = sign == "<=" ? v+0 <= ok : v+0 >= ok
		best = sign == "<=" ? v+0 <= goal : v+0 >= goal
		printf "| %s | %s | %s %s | %s %s | %s |\n", what, v, sign, ok, sign, goal, best ? "goal" : good ? "accepted" : "missed" }'
}

times_of() { ratio "$(least "$1" "$2" || echo -)" "$(least "$3" "$4" || echo 0)"; }

verdicts() {
	local m=mixed-0.1 h=mixed-10
	printf '\n| ratio of least times | value | accepted | goal | |\n|---|--:|--:|--:|---|\n'
	verdict 'report ÷ rg with the regex, 0.1 %' "$(times_of $m report $m rg)" '<=' 1.5 1.0
	verdict 'rg with the list ÷ report, 0.1 %' "$(times_of $m rg-list $m report)" '>=' 6 10
	verdict '`wsalog \| cat` ÷ `cat \| cat`, 0.1 %' "$(times_of $m pass $m cat-cat)" '<=' 2 1.5
	verdict 'report ÷ rg --json, 10 %' "$(times_of $h report $h rg-json)" '<=' 1 1
	verdict 'ndjson ÷ rg --json, 10 %' "$(times_of $h ndjson $h rg-json)" '<=' 2 2
	verdict 'matcher ÷ Hyperscan, in memory' "$([ -z "$theirs" ] || ratio "$mine" "$theirs")" '<=' 1 1
	verdict 'matcher in memory, GB/s' "$(awk -v b="$(bytes $m)" -v t="$mine" 'BEGIN { printf "%.2f", b/t/1e9 }')" '>=' 3 3
	verdict 'report on one core ÷ on two, 10 %' "$([ "$(nproc 2>/dev/null || echo 1)" != 2 ] || times_of $h one-core $h report)" '>=' 1.7 1.7
	verdict 'start on three lines, CPU ms' "$(awk -v c="$(cpu start report)" 'BEGIN { printf "%.1f", c*1000 }')" '<=' 15 15
	verdict 'largest peak of memory, MiB' "$(sort -g "$times/peaks" | tail -n 1)" '<=' 64 64
	verdict 'noise: rg ÷ rg, the slower one' "$(times_of $m rg-again $m rg | awk '$1 > 0 { printf "%.2f", $1 < 1 ? 1/$1 : $1 }')" '<=' 1.05 1.02
}

machine() {
	local cpu
	cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
	echo "# wsalog against others"
	echo
	echo "- $(date -u '+%Y-%m-%d %H:%M') UTC, ${cpu:-$(uname -m)}, $(nproc 2>/dev/null || echo '?') cores, $(uname -sr)," \
		"load $1 at the start and $(load) at the end"
	echo "- wsalog $(git rev-parse --short HEAD 2>/dev/null || echo '?')" \
		"$([ -z "$(git status --porcelain 2>/dev/null)" ] || echo 'with changes'), $("$GO" version | cut -d' ' -f3)"
	local t
	for t in rg ugrep grep wc cat hyperfine; do has $t && echo "- $($t --version 2>/dev/null | head -n 1)"; done
	[ ! -x "$bin/hs" ] || echo "- Hyperscan $(pkg-config --modversion libhs)"
	echo "- $(wc -l <$literals | tr -d ' ') literals; logs of $SIZE before encoding; least of $RUNS rounds in turns, warm cache"
}

load() { cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo '?'; }

# ---- the run ---------------------------------------------------------------

started=$(load)
tools
for percent in 0 0.1 1 10; do
	[ "$mode:$percent" != quick:1 ] || continue
	make mixed-$percent -size "$SIZE" -errors "$(awk "BEGIN { print $percent/100 }")"
done
others=(services iis short long chinese)
lights=(mixed-0 mixed-1 utf16-0.1)
if [ $mode = quick ]; then others=(iis chinese) lights=(mixed-0 utf16-0.1); fi
for style in "${others[@]}"; do
	make "$style-0.1" -size "$SIZE" -style "$style"
	lights+=("$style-0.1")
done
make utf16-0.1 -size "$SIZE" -utf16
printf 'connect to 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)\nrecv failed: 10054\nstopped\n' >"$logs/start.log"

main=(report pass ndjson rg rg-again rg-list ugrep ugrep-list grep-list wc cat cat-cat)
heavy=(report one-core report1 pass ndjson rg rg-list rg-json cat-cat)
light=(report pass rg rg-list wc)
race mixed-0.1 "${main[@]}"
race mixed-10 "${heavy[@]}"
for log in "${lights[@]}"; do race "$log" "${light[@]}"; done
race start report

body=$OUT/body.md
{
	in_memory
	rows mixed-0.1 rg "${main[@]}"
	rows mixed-10 rg-json "${heavy[@]}"
	for log in "${lights[@]}"; do rows "$log" rg "${light[@]}"; done
	printf '\n## Answers\n'
	answers mixed-0.1 mixed-10 "${lights[@]}"
	printf '\n## Peak memory\n'
	if [ $mode = full ]; then
		make mixed-4GiB -size 4GiB
		make line-1GiB -size 1GiB -style oneline
		memory mixed-0.1 mixed-10 "${lights[@]}" mixed-4GiB line-1GiB
		for size in 10MB 100MB 1GB; do make "mixed-$size" -size $size; done
		printf '\n## Scaling\n'
		scaling mixed-10MB mixed-100MB mixed-1GB mixed-4GiB
	else
		make line-64MiB -size 64MiB -style oneline
		memory mixed-0.1 mixed-10 "${lights[@]}" line-64MiB
	fi
} >"$body"
{
	machine "$started"
	printf '\n## Verdicts\n'
	verdicts
	printf '\n## Times\n'
	cat "$body"
} >"$table"
rm -f "$body"
cat "$table"
say "wrote $table"
exit $trouble
