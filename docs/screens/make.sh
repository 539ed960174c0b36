#!/usr/bin/env bash
# Takes the pictures in this folder: each runs the real program in a terminal
# (tmux), reads the screen back and has a browser draw it, cell by cell.
# Needs tmux, Chromium and two fonts; on Debian:
#   apt-get install tmux chromium fonts-dejavu-core fonts-wqy-microhei
set -euo pipefail
cd "$(dirname "$0")/../.."

case ${1:-} in
'') ;;
*) echo "usage: docs/screens/make.sh    (ONLY=name takes one picture alone)" >&2; exit 2 ;;
esac

here=docs/screens
work=$(mktemp -d)
server=wsalog-screens-$$
trap 'tmux -L "$server" kill-server 2>/dev/null || :; rm -rf "$work"' EXIT

${GO:-go} build -o "$work/wsalog" .
${GO:-go} build -o "$work/ansi2html" "$here/_ansi2html/main.go"

# picture NAME COLUMNS ROWS TITLE [LIGHT] runs the shell commands that stand on
# standard input in a terminal of that size, and takes its picture when they have
# ended. The terminal has more rows than they fill, so that none scrolls away.
picture() {
	local name=$1 columns=$2 rows=$3 title=$4 light=${5:-}
	local command size
	command=$(cat)
	if [ -n "${ONLY:-}" ] && [ "$ONLY" != "$name" ]; then
		return
	fi
	cat >"$work/run" <<END
$command
sleep 1 # until the terminal has drawn it
tmux -L "$server" wait-for -S ready
sleep 60
END
	tmux -L "$server" -f /dev/null new-session -d -s "$name" -x "$columns" -y "$rows" \
		"exec env -i PATH='$work:/usr/local/bin:/usr/bin:/bin' HOME='$work' TERM=tmux-256color COLORTERM=truecolor \
			LANG='${LANGUAGE_OF:-C.UTF-8}' TZ=UTC bash '$work/run'"
	tmux -L "$server" wait-for ready
	tmux -L "$server" capture-pane -e -p -t "$name" >"$work/$name.ansi"
	if [ "$(tmux -L "$server" display-message -p -t "$name" '#{history_size}')" != 0 ]; then
		echo "$name: $rows rows are too few" >&2
		return 1
	fi
	tmux -L "$server" kill-session -t "$name"
	"$work/ansi2html" html ${light:+-light} "$columns" "$title" <"$work/$name.ansi" >"$work/$name.html" 2>"$work/size" ||
		{ cat "$work/size" >&2; return 1; }
	read -r width height <"$work/size"
	chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --user-data-dir="$work/profile" --hide-scrollbars \
		--force-device-scale-factor=2 --window-size=$((width > 600 ? width : 600)),$((height + 200)) \
		--screenshot="$work/$name.png" "file://$work/$name.html" >"$work/chromium.log" 2>&1 ||
		{ cat "$work/chromium.log" >&2; return 1; }
	"$work/ansi2html" trim "$width" "$height" "$work/$name.png" "$here/$name.png"
	size=$(wc -c <"$here/$name.png")
	echo "$here/$name.png $size bytes"
	if [ "$size" -ge 150000 ]; then
		echo "$here/$name.png is larger than 150 kB" >&2
		return 1
	fi
}

picture stream 120 44 'sed -n 31,51p samples/mixed-stacks.log | wsalog' <<'END'
sed -n 31,51p samples/mixed-stacks.log | wsalog
END

picture narrow 40 60 'sed -n 31,38p … | wsalog' <<'END'
sed -n 31,38p samples/mixed-stacks.log | wsalog
END

LANGUAGE_OF=zh_CN.UTF-8 picture chinese 80 44 'tail -n +35 samples/order-zh.log | head -n 18 | wsalog' <<'END'
tail -n +35 samples/order-zh.log | head -n 18 | wsalog
END

# A service goes down, and its clients ask again, ever less often.
picture burst 100 40 'wsalog -f --from-start pool.log' <<'END'
line() { printf '2026-07-14 10:22:%02d.%03d %s\n' "$(($1 / 1000))" "$(($1 % 1000))" "$2"; }
refused() { line "$1" "ERROR [pool-$(($1 % 4 + 1))] connect 10.0.0.$2:5432 failed: WSAECONNREFUSED (10061)"; }
log() {
	line 31402 'INFO  [pool-1] 12 connections open'
	line 32020 'INFO  [http-4] GET /v1/orders 200 in 12 ms'
	for ((i = 0, at = 33114; at < 52000; i++, at += 40 + i * 3 / 2)); do
		refused $at $((i % 17 == 6 ? 6 : 5))
	done
	line 52904 'WARN  [health] database is down, queries wait'
	line 53111 'ERROR [pool-2] connect 10.0.0.5:5432 failed: WSAETIMEDOUT (10060)'
	line 53490 'INFO  [http-2] GET /v1/health 503 in 3 ms'
	for ((at = 54200; at < 59800; at += 170)); do
		refused $at 5
	done
}
cd "$HOME"
log >pool.log
wsalog -f --from-start pool.log &
sleep 1
END

picture explain-full 120 40 'sed -n 31,34p samples/mixed-stacks.log | wsalog --explain full' <<'END'
sed -n 31,34p samples/mixed-stacks.log | wsalog --explain full
END

picture report 140 60 'wsalog report --theme light samples/*.log' light <<'END'
wsalog report --theme light samples/*.log
END
