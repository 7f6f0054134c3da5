#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # what stands in single quotes is jq's
# TAP: what sdreg update installs, and what becomes of it on a disk that is full or may not be
# written, when it is stopped, when several run at once, when others change its files.
set -u
# shellcheck source-path=SCRIPTDIR source=update.sh disable=SC1091
. "$(dirname "$0")/update.sh"

check "a first registry" 0 update good/old.xml
cp -a "$place" "$TMP/first"

# ---- the disk ----

# unprivileged COMMAND...: root too is to be kept out by permissions
unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --bounding-set=-all --inh-caps=-all "$@"
	else
		"$@"
	fi
}

first
chmod 555 "$place"
keep
fault "a directory that may not be written" "you may not write here" \
	unprivileged "$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
is "a directory that may not be written: nothing was fetched for it" "" "$log"
chmod 755 "$place"
mkdir -m 555 "$TMP/denied"
check "--system without the right" 2 unprivileged env SDREG_STATEDIR="$TMP/denied/sdreg" \
	"$SDREG" update --system --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
has "says what to do" "use sudo, or leave out --system" "$ERR"
check "a file where the directory should be" 2 env XDG_DATA_HOME="$served/new.xml" \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"

# limited BLOCKS: an update that may write files of so many KiB
limited() (
	ulimit -f "$1"
	update good/new.xml
)
first
fault "no room for what comes" "what came cannot be kept" limited 20
ok "the XML needs less room than the next test gives" \
	[ "$(stat -c %s "$served/new.xml")" -lt 102400 ]
ok "the image needs more" [ "$(stat -c %s "$place/registry.image")" -gt 102400 ]
fault "no room for the image" "registry.previous.image: File too large" limited 100

# full: in a mount namespace, on a file system that is too small for a second registry
full() {
	mount -t tmpfs -o "size=$1" none "$home" || return 77
	cp -a "$TMP/first" "$place"
	keep
	update good/new.xml && return
	kept >&2 && "$SDREG" lookup old-one | grep -q "registry of 3001-01-01" && return 2
}
export -f full update keep kept listing
export TMP SDREG place home here SDREG_STATEDIR served
export port
if unshare -m true 2>/dev/null; then
	apart=(unshare -m)
else
	apart=(unshare -rm)
fi
if "${apart[@]}" mount -t tmpfs none "$home" 2>/dev/null; then
	first
	update good/new.xml --quiet
	page=$(getconf PAGESIZE)
	old=$((($(stat -c %s "$place/registry.previous.image") + page - 1) / page * page))
	new=$((($(stat -c %s "$place/registry.image") + page - 1) / page * page))
	first
	# what is there is an image and a page of state; the same comes twice, and once more a page
	for room in $((old + page)) $((2 * old)) $((2 * old + new)) $((2 * old + new + page)); do
		check "a disk of $room bytes" 2 "${apart[@]}" bash -c "full $room"
		has "a disk of $room bytes: full" "No space left on device; make room and try again" \
			"$ERR"
		has "a disk of $room bytes: who answers" \
			"what answers is still IANA's registry of 3001-01-01" "$ERR"
	done
	check "a disk with a page more" 0 "${apart[@]}" bash -c "full $((room + page))"
else
	skip "a full disk" "needs root or user namespaces, to mount a small file system"
fi

# ---- signals, and several at once ----

for signal in INT TERM HUP; do
	first
	start drip/new.xml
	kill -s "$signal" "$started"
	ends "SIG$signal in the middle" $((128 + $(kill -l "$signal")))
	has "SIG$signal in the middle: is said" "stopped by a signal" "$TMP/started.err"
	ok "SIG$signal in the middle: leaves nothing" kept
done
first
hangup=ignore start drip/new.xml
kill -s HUP "$started"
sleep 0.3
kill -s TERM "$started"
ends "SIGHUP that is ignored ends nothing, SIGTERM does" 143
first
start drip/new.xml
kill -s KILL "$started"
wait "$started" 2>/dev/null
ok "SIGKILL in the middle: leaves nothing" kept
for name in image previous.image state; do
	echo "half" >"$place/registry.$name.new"
done
check "what a power cut left" 0 update good/new.xml
ok "is gone" [ -z "$(find "$place" -name '*.new')" ]
answers "after a power cut" new-one 3002-02-02

first
all=()
for way in good plain chunked gzip good; do
	update "$way/new.xml" --quiet &
	all+=($!)
done
trouble=0
for pid in "${all[@]}"; do
	wait "$pid" || trouble=1
done
ok "five at once all end well" [ "$trouble" = 0 ]
answers "five at once" new-one 3002-02-02
same "five at once: the one before is kept" "$TMP/first/registry.image" \
	"$place/registry.previous.image"
ok "five at once: nothing else is left" [ "$(ls -A "$place")" = \
	$'registry.image\nregistry.previous.image\nregistry.state' ]

# held: whether the registry is left alone while another holds the directory
held() {
	local result
	(
		exec 9<"$place"
		flock 9
		exec sleep 60
	) &
	pids+=($!)
	holder=$!
	sleep 0.3
	start "$@"
	sleep 1
	kept
	result=$?
	return "$result"
}
first
held good/new.xml >"$TMP/held" 2>&1
ok "an update waits for another to end" [ $? = 0 ]
kill "$holder" 2>/dev/null
ends "and then goes on" 0
answers "and then goes on" new-one 3002-02-02
first
held good/new.xml >"$TMP/held" 2>&1
kill -s TERM "$started"
ends "a signal ends the waiting" 143
ok "and all is as it was" kept
kill "$holder" 2>/dev/null

first
update good/tenth.xml --quiet
cp "$place/registry.image" "$TMP/third"
first
held good/new.xml >"$TMP/held" 2>&1
cp "$TMP/third" "$TMP/third.new"
mv "$TMP/third.new" "$place/registry.image"
kill "$holder" 2>/dev/null
ends "what another installed meanwhile is looked at" 2
has "and a newer one is not replaced" "older than that of 3003-03-03" "$TMP/started.err"
answers "the other's" tenth-less 3003-03-03

# ---- what others did to the files ----

# tampered WHAT STATE: a state that is no good costs no more than a whole answer
tampered() {
	first
	rm -rf "$place/registry.state"
	printf '%s' "$2" >"$place/registry.state"
	check "a state that is $1" 0 update good/old.xml
	lacks "a state that is $1: asks for everything" "If-" "$log"
	lacks "a state that is $1: adds nothing to the question" "Evil" "$log"
	: >"$log"
	check "a state that was $1" 0 update good/old.xml
	has "a state that was $1: is mended" "If-None-Match" "$log"
}
state=$(<"$TMP/first/registry.state")
tampered empty ""
tampered "no JSON" "{"
tampered "an array" "[1]"
tampered "binary" $'\xff\xfe\x01'
tampered "of another image" "$(jq '.image.sum = "0000000000000000"' <<<"$state")"
tampered "of another size" "$(jq '.image.size += 1' <<<"$state")"
tampered "without an ETag" "$(jq 'del(.etag)' <<<"$state")"
tampered "with numbers" "$(jq '.etag = 7' <<<"$state")"
tampered "with more headers" "$(jq '.etag = "\"x\"\r\nEvil: yes"' <<<"$state")"
tampered "endless" "$(jq --arg long "$(printf %030000d 0)" '.etag = $long' <<<"$state")"
tampered "of a long ETag" "$(jq --arg long "$(printf %0600d 0)" '.etag = $long' <<<"$state")"
first
jq '.etag = "\"other\""' <<<"$state" >"$place/registry.state"
check "a state with another ETag" 0 update good/old.xml
is "gets the same registry, which is up to date" \
	"registry of 3001-01-01, 400 entries, is up to date in $place"
ok "and installs it not" [ ! -e "$place/registry.previous.image" ]
first
rm "$place/registry.state"
check "no state" 0 update good/new.xml
check "info without a state" 0 "$SDREG" info

# damage WHAT COMMAND...: done to registry.image with its path appended; then the one before answers
damage() {
	local what=$1
	shift
	first
	update good/new.xml --quiet
	"$@" "$place/registry.image" >"$TMP/damage" 2>&1
	keep
	check "$what: a look-up" 0 "$SDREG" lookup old-one
	has "$what: the one before answers" "registry of 3001-01-01, installed for this user"
	ok "$what: one line is said" [ "$(wc -l <"$ERR")" = 1 ]
	has "$what: of the file" "sdreg: $place/registry.image: " "$ERR"
	has "$what: and what to do" "run sdreg update" "$ERR"
	check "$what: info" 0 "$SDREG" info
	has "$what: info names the file that answers" "$place/registry.previous.image"
	ok "$what: nothing is touched" kept
}

flip() {
	python3 -c 'import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(100000)
    byte = file.read(1)[0]
    file.seek(100000)
    file.write(bytes([byte ^ 1]))' "$1"
}
version() { printf '\177' | dd of="$1" bs=1 seek=8 conv=notrunc; }
into_directory() { rm "$1" && mkdir "$1"; }
into_pipe() { rm "$1" && mkfifo "$1"; }
into_part() { "$BUILDDIR/sdreg-xml" part x <"$served/new.xml" >"$1"; }
repaired() {
	: >"$log"
	check "$1: is repaired" 0 update good/new.xml
	is "$1: by installing it again" "registry of 3002-02-02, 401 entries, installed in $place \
(was 3001-01-01, 400)"
	lacks "$1: a whole answer was asked for" "If-" "$log"
	answers "$1: repaired" new-one 3002-02-02
	same "$1: the last good one is still there" "$TMP/first/registry.image" \
		"$place/registry.previous.image"
}
damage "a byte changed" flip
repaired "a byte changed"
damage "cut short" truncate -s 100000
repaired "cut short"
damage "empty" truncate -s 0
repaired "empty"
damage "another version" version
repaired "another version"
damage "a part" into_part
repaired "a part"
damage "cut short and --revert" truncate -s 100000
check "--revert of a damaged one" 0 "$SDREG" update --revert
answers "--revert of a damaged one" old-one 3001-01-01
damage "a directory" into_directory
check "a directory in its place" 2 update good/new.xml
has "is not replaced" "this is no regular file: remove it first" "$ERR"
damage "a pipe" into_pipe
check "a pipe in its place" 2 timeout 10 "$SDREG" update --url "$here/good/new.xml"
has "is not replaced" "this is no regular file: remove it first" "$ERR"
damage "cut short with the one before" truncate -s 100000
echo "garbage" >"$place/registry.previous.image"
check "both damaged" 0 "$SDREG" lookup presence
has "the embedded one answers" "embedded in sdreg"
ok "and a line is said of each" [ "$(wc -l <"$ERR")" = 2 ]
check "both damaged: an update" 0 update good/new.xml
has "both damaged: a new start" "(there was none)"
answers "both damaged" new-one 3002-02-02

for name in registry.image registry.previous.image registry.state; do
	first
	check "the newer one" 0 update good/new.xml --quiet
	cp "$TMP/first/registry.image" "$TMP/victim"
	ln -sf "$TMP/victim" "$place/$name"
	keep
	check "a symbolic link as $name" 2 update good/tenth.xml
	has "a symbolic link as $name: is not replaced" "$place/$name: this is a symbolic link" "$ERR"
	ok "a symbolic link as $name: is left" kept
	same "a symbolic link as $name: what it leads to is untouched" "$TMP/first/registry.image" \
		"$TMP/victim"
done
first
echo untouched >"$TMP/victim"
ln -s "$TMP/victim" "$place/registry.image.new"
check "a symbolic link where a file is made" 0 update good/new.xml
is "does not lead anywhere" untouched "$TMP/victim"

# ---- all users ----

# system PATH OPTION...
system() { update "$@" --system; }

first
cp -a "$TMP/first/." "$SDREG_STATEDIR"
rm -r "$place"
check "one for all users" 0 "$SDREG" lookup old-one
has "answers where the user has none" "registry of 3001-01-01, installed for all users"
cp -a "$TMP/first" "$place"
check "of two of one day" 0 "$SDREG" lookup old-one
has "the user's answers" "installed for this user"
rm -r "$SDREG_STATEDIR"
check "--system" 0 system good/new.xml
is "says where" "registry of 3002-02-02, 401 entries, installed in $SDREG_STATEDIR (there was none)"
check "of two the newer" 0 "$SDREG" lookup new-one
has "answers, here for all" "registry of 3002-02-02, installed for all users"
check "the user's as new" 0 update good/new.xml
check "and then the user's" 0 "$SDREG" info
has "answers" "installed for this user"
rm -r "$SDREG_STATEDIR"
(umask 077 && system good/new.xml --quiet)
ok "all may read what root installs, whatever its umask" \
	[ "$(stat -c %a "$SDREG_STATEDIR" "$SDREG_STATEDIR"/*)" = $'755\n644\n644' ]
(umask 077 && rm -r "$place" && update good/new.xml --quiet)
ok "a user's umask counts" [ "$(stat -c %a "$place" "$place"/*)" = $'700\n600\n600' ]

# ---- directories ----

mkdir "$TMP/juliet"
check "without XDG_DATA_HOME" 0 env -u XDG_DATA_HOME HOME="$TMP/juliet" \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
ok "it is ~/.local/share" test -f "$TMP/juliet/.local/share/sdreg/registry.image"
check "a relative XDG_DATA_HOME" 0 env XDG_DATA_HOME=home HOME="$TMP/juliet" "$SDREG" info
has "does not count" "$TMP/juliet/.local/share/sdreg"
check "without a home" 2 env -u XDG_DATA_HOME \
	"$SDREG" update --ca-file "$TMP/ours.crt" --url "$here/good/new.xml"
has "it says what to set" "HOME: it is not set, nor is XDG_DATA_HOME" "$ERR"
check "without a home a look-up" 0 env -u XDG_DATA_HOME "$SDREG" lookup new-one
is "has nothing to say of it" "" "$ERR"
# ---- from a file ----

first
: >"$log"
check "a registry from a file" 0 "$SDREG" update --from "$served/new.xml"
is "is installed" "registry of 3002-02-02, 401 entries, installed in $place (was 3001-01-01, 400)"
is "no server is asked" "" "$log"
answers "from a file" new-one 3002-02-02
for name in $'caf\303\251' $'caf\351'; do
	first
	cp "$served/new.xml" "$TMP/$name.xml"
	check "a file named $(printf %q "$name")" 0 "$SDREG" update --from "$TMP/$name.xml"
	check "what is known of it" 0 "$SDREG" --json info
	ok "when it came" jq -e '.fetched != null' "$OUT"
	[ "$name" = $'caf\351' ] || ok "and whence" jq -e '.fetched_from | endswith("café.xml")' "$OUT"
done
check "the same again" 0 "$SDREG" update --from "$served/new.xml"
has "is up to date" "is up to date"
check "a file that shrank" 2 "$SDREG" update --from "$served/shrunk.xml"
has "is refused" "more than a tenth is missing" "$ERR"
first
keep
fault "a file that is cut" "truncated.xml" "$SDREG" update --from "$served/truncated.xml"
fault "no file" "No such file" "$SDREG" update --from "$served/nothing"
check "a server after a file" 0 update good/new.xml
has "is asked, for a file has no ETag" "GET /good/new.xml" "$log"

# ---- older than the embedded one ----

rm -rf "${home:?}"/* "${SDREG_STATEDIR:?}"
day=$("$SDREG" --json info | jq -r .updated)
registry "${day%??}00" 400 day-before >"$TMP/before.xml"
registry "$day" 400 same-day >"$TMP/same.xml"
check "--check of a registry that is older than the embedded one" 0 \
	"$SDREG" update --check --from "$TMP/before.xml"
check "an older registry than the embedded one" 0 "$SDREG" update --from "$TMP/before.xml"
has "does not answer, and that is said" "; the one embedded in sdreg is newer, of $day, and answers"
check "info" 0 "$SDREG" info
has "says so" "older              that of ${day%??}00, installed for this user: it does not answer"
has "and who answers" "IANA's registry of $day, embedded in sdreg"
check "a look-up" 1 "$SDREG" lookup day-before
has "asks the embedded one" "not in IANA's registry of $day, embedded in sdreg" "$ERR"
check "update --json" 0 "$SDREG" --json update --from "$TMP/before.xml"
ok "says it to programs" jq -e .older_than_embedded "$OUT"
check "one of the same day" 0 "$SDREG" update --from "$TMP/same.xml"
lacks "is not older" "embedded"
answers "one of the same day" same-day "$day"
finish
