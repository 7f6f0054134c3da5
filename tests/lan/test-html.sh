#!/bin/bash
# SPDX-License-Identifier: MIT
# TAP: the page of sdreg browse --html. juliet publishes, what is good and what is meant to do harm,
# tybalt says what no daemon would, romeo looks. A real browser reads the page where there is one.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ "${1-}" != inside ]; then
	if [ ! -x "${BUILDDIR:-.}/sdreg-browse" ]; then
		echo "1..0 # SKIP built without Avahi"
		exit 0
	fi
	exec "$here/lan.sh" --tap "juliet romeo tybalt" "$here/test-html.sh" inside
fi
: "${SDREG:?}" "${SRCDIR:?}"
page=$LAN_DIR/page.html

number=0
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	head -c 2000 "$LAN_DIR/out" "$LAN_DIR/err" 2>/dev/null | tr -c '\n\t -~' '?' | sed 's/^/#   /'
}

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# run COMMAND...: on romeo; output to files, the exit status in $status
run() {
	on romeo "$@" >"$LAN_DIR/out" 2>"$LAN_DIR/err" </dev/null
	status=$?
}

# has TEXT NAME, lacks TEXT NAME: what the page has somewhere
has() { grep -qaF -e "$1" "$page"; ok $? "$2"; }
lacks() { ! grep -qaF -e "$1" "$page"; ok $? "$2"; }
said() { grep -qaF -e "$1" "$LAN_DIR/err"; ok $? "$2"; }

# ---- what is on the network ----

csi=$'\302\233' override=$'\342\200\256'
publish juliet juliet@pronto _presence._tcp 5562 txtvers=1 1st=Juliet status=away balcony=2
publish juliet 'Röm;éo & "s" <printer>' _ipp._tcp 631 txtvers=1 rp=ipp/print empty= flag
publish juliet '<script>document.title="taken"</script>' _http._tcp 81 \
	'<b>=<img src=x onerror=document.title="taken">' '=none' '"><script>alert(1)</script>=1'
publish juliet '"><img src=x onerror="document.title=1">' _http._tcp 82 "path=/$csi$override"
publish juliet "'-alert(1)-'${csi}31m${override}gnp.exe" _http._tcp 83
publish juliet '</style></title></script><base href=//x>' _http._tcp 84
publish juliet Bad _under_score._tcp 4712
daemon_stop tybalt
mkfifo "$LAN_DIR/tybalt.in"
exec 9<>"$LAN_DIR/tybalt.in"
start tybalt python3 "$here/mdns.py" serve <&9
echo '{"do": "add", "name": "ghost@tybalt", "type": "_presence._tcp"}' >&9
echo '{"do": "add", "name": "x", "type": "_ssh._tcp", "host": "<i>\u00c2\u009b.local", "address": "10.88.0.3", "port": 22}' >&9
wait_for romeo _presence._tcp=2 _ipp._tcp _http._tcp=4 _under_score._tcp _ssh._tcp

# ---- the page ----

run "$SDREG" browse -t --timeout 8 --html "$page"
ok $((status != 1)) "a page is written; the status is that of a snapshot with a silent service"
[ ! -s "$LAN_DIR/out" ]
ok $? "and nothing else"
said 'no answer from "ghost@tybalt"' "what is silent is said too"
if command -v xmllint >/dev/null; then
	xmllint --noout "$page" >"$LAN_DIR/out" 2>&1
	ok $? "the page is well formed"
else
	skip "the page is well formed" "xmllint is not installed"
fi
has '<b>9</b> services' "how many services"
has '<b>5</b> types' "how many types"
has 'All service types.' "what was browsed"
has "<meta name=\"generator\" content=\"$("$SDREG" --version)\"/>" "which version made it"
has 'By IANA&#39;s Service Name' "what answered"
has '<b>1 service</b> did not answer in time, and neither host nor TXT record is known: <a href="#s6"><bdi>ghost@tybalt</bdi></a></p>' "how many did not answer"
has '<span class="badge unknown">did not answer</span>' "and which"
lacks 'may be incomplete' "nothing was left out"
cp "$page" "$LAN_DIR/all.html"
has '<code>_presence._tcp</code></a></th><td>XMPP Link-Local Messaging</td><td><span class="badge good">registered</span>' "a type with title and verdict"
has '<span class="badge error">not well formed</span>' "a type that breaks a rule"
has '<td data-label="Port">5562<div class="small">registered: 5298</div>' "another port than the registered one"
has '<td data-label="Port">631<div class="small">as registered</div>' "the registered port"
has '<dt><code>status</code></dt><dd><code>away</code></dd><dd>' "a TXT key with its value"
has '<dt><code>balcony</code></dt><dd><code>2</code></dd><dd><span class="dim">key not known</span>' "one that nobody knows"
has '<span class="dim">is there, without a value</span>' "one without a value"
has '<span class="dim">empty</span>' "one whose value is empty"
has '<dt class="dim">no key</dt><dd><code>=none</code>' "a string without a key"
has '<span class="badge error">error</span>' "findings of the checks"
has '<code>balcony</code>: the key is not registered' "with the key and the finding"
has '<figcaption id="by-type">Services by type</figcaption>' "a chart by type"
has 'aria-labelledby="by-host by-host-desc"' "a chart by host, with a description"

# ---- text stays text ----

has 'Röm;éo &amp; &quot;s&quot; &lt;printer&gt;' "a name with markup in it is whole"
has '&lt;script&gt;document.title=&quot;taken&quot;&lt;/script&gt;' "a script is text"
has '&quot;&gt;&lt;img src=x onerror=&quot;document.title=1&quot;&gt;' "a picture is text"
has '&#39;-alert(1)-&#39;\194\15531m\226\128\174gnp.exe' "controls and overrides are made visible"
has '<code>/\194\155\226\128\174</code>' "in TXT records, too"
has '<bdi>\060i\062\194\155.local</bdi>' "a name of a host is as the daemon escapes it"
! grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]' "$page"
ok $? "no control character is in the page"
[ "$(grep -c '<script' "$page")$(grep -c '<style' "$page")" = 11 ]
ok $? "one script and one style"
! grep -aE ' (src|srcset|action|style|on[a-z]+)="| href="[^#]|url\(|@import|<(base|link|iframe|object|img)' \
	"$page" >"$LAN_DIR/out"
ok $? "nothing is loaded from anywhere"

# hash_of ELEMENT: of what is in it, to its last byte
hash_of() {
	sed -n "/<$1>/,/<\\/$1>/p" "$page" | sed -e "s/.*<$1>//" -e '/<\/'"$1"'>/d' | sha256sum |
		sed -e 's/ .*//' -e 's/../\\x&/g' | tr -d '\n' | xargs -0 printf | base64
}
for part in style script; do
	hash=$(hash_of "$part")
	has "$part-src 'sha256-$hash'" "the policy lets the page's $part be, by its hash $hash"
done

# ---- what was asked for ----

run "$SDREG" browse -t --html - --no-resolve --type '_PRES*' --registered -4 --interface eth0 -l
ok $status "a page to standard output"
cp "$LAN_DIR/out" "$page"
has 'All service types like <code>_PRES*</code>, only if registered on the interface <code>eth0</code> over IPv4' "the filters are told"
has 'hosts and TXT records were not asked for' "and what was not asked for"
has '<span class="badge unknown">not asked</span>' "which is no silence"
lacks 'did not answer' "of anybody"
run "$SDREG" browse -c --html "$page" _nobody._tcp _noone._udp
ok $((status != 1)) "an empty page, of what is in the cache"
has 'There was no such service.' "says so"
has 'Service types <code>_nobody._tcp</code>, <code>_noone._udp</code>, as the daemon had them' "and of what"
for options in "" "-p -t" "--json -t"; do
	# shellcheck disable=SC2086 # words
	run "$SDREG" browse $options --html "$LAN_DIR/none.html"
	[ $status = 2 ] && [ ! -e "$LAN_DIR/none.html" ]
	ok $? "--html with ${options:-neither -t nor -c} is wrong usage"
done
run "$SDREG" browse -c --html "$LAN_DIR/no/page.html" _ipp._tcp
[ $status = 2 ] && grep -qxF "sdreg: $LAN_DIR/no/page.html: No such file or directory" "$LAN_DIR/err"
ok $? "what cannot be written is named"

# ---- a page is whole or it is not ----

# at_work PID: the helper has blocked SIGINT, as it does to look at the network; the ghost makes it
# last. A shell that is on its way there blocks it too, for a moment.
at_work() {
	[[ $(readlink "/proc/$1/exe") == *sdreg-browse ]] &&
		grep -q '^SigBlk:.*[2367abef]$' "/proc/$1/status"
}
cp "$page" "$LAN_DIR/before.html"
start romeo "$SDREG" browse -t --html "$page" _presence._tcp >"$LAN_DIR/out" 2>"$LAN_DIR/err"
# shellcheck disable=SC2154 # functions.sh sets it
lan_until "a snapshot at work" at_work "$started" && kill -INT "$started"
ended "$started"
ok $(($? != 130)) "a snapshot that is broken off ends by the signal"
said "$page: not written" "which is said"
cmp "$page" "$LAN_DIR/before.html" >/dev/null
ok $? "and what was there stays"
start romeo "$SDREG" browse -t --html "$page" _presence._tcp >"$LAN_DIR/out" 2>"$LAN_DIR/err"
lan_until "a snapshot at work" at_work "$started" && sleep 0.5
daemon_stop romeo KILL
ended "$started"
ok $(($? != 2)) "so is one without a daemon from the middle on"
cmp "$page" "$LAN_DIR/before.html" >/dev/null
ok $? "and what was there stays"
beside=("$page".*)
[ ! -e "${beside[0]}" ]
ok $? "nothing is left beside"
daemon_start romeo
seq 1100 | sed 's/.*/{"do": "add", "name": "crowd&", "type": "_crowd._tcp"}/' >&9
wait_for romeo _crowd._tcp=1100
run "$SDREG" browse -t --no-resolve --html "$page" _crowd._tcp
ok $status "a crowd"
has '<b>The picture may be incomplete:</b>' "the page says that it may not be all of it"
has 'with 1000 services on eth0' "and why"

# ---- in a browser ----

# matches GOT WANTED: the same, or with ~ before it a part
matches() {
	if [[ $2 == \~* ]]; then
		[[ $1 == *"${2#\~}"* ]]
	else
		[ "$1" = "$2" ]
	fi
}

# look: the lines of standard input are a name, an expression and what it has to be, with | between;
# lines without are for the browser
look() {
	local name expression wanted got rows
	rows=$(cat)
	while IFS='|' read -r name expression wanted; do
		echo "${expression:-$name}"
	done <<<"$rows" >"$LAN_DIR/asked"
	if [ -z "$browser" ]; then
		: >"$LAN_DIR/out"
	else
		timeout 120 python3 "$here/browser.py" "$browser" <"$LAN_DIR/asked" >"$LAN_DIR/out" \
			2>"$LAN_DIR/err"
	fi
	while IFS='|' read -r name expression wanted; do
		read -r got <&8
		if [ -z "$expression" ]; then
			continue
		elif [ -z "$browser" ]; then
			skip "$name" "$why"
		else
			matches "$got" "$wanted" || echo "# $name: $got, not $wanted"
			matches "$got" "$wanted"
			ok $? "$name"
		fi
	done <<<"$rows" 8<"$LAN_DIR/out"
}

browser=$(command -v chromium) || browser=$(command -v chromium-browser)
why="chromium or python3 is not installed"
command -v python3 >/dev/null || browser=
page=$LAN_DIR/all.html
# the same with what would do harm if it were let, and with a policy that fits nothing
sed 's|</main>|<script>document.title = "taken"</script><img src="x" onerror="document.title = 1"/><p id="p" style="color: red">x</p></main>|' \
	"$page" >"$LAN_DIR/taken.html"
sed 's|script-src .sha256-|&0|' "$page" >"$LAN_DIR/mute.html"
contrast=$(tr -d '\n\t' <"$here/contrast.js" | sed 's|/\*[^*]*\*/||g')
look <<TABLE
no complaint of the page|open file://$page|[]
the title is the page's|document.title.startsWith('Services on the network, 2')|true
the script has run|document.getElementById('search').hidden|false
nothing else has: no element is from a name|document.querySelectorAll('img, b b, i, base, table script').length|0
a name is text|Array.from(document.querySelectorAll('#services th bdi')).filter(e => e.textContent === '<script>document.title="taken"</' + 'script>').length|1
all is shown|document.querySelectorAll('tbody[id]:not([hidden])').length|9
the charts have bars of a length|document.querySelector('.bar').getBoundingClientRect().width > 100|true
easy to read in the light|$contrast|[]
media dark
it is dark in the dark|getComputedStyle(document.body).backgroundColor|"rgb(15, 18, 21)"
easy to read in the dark|$contrast|[]
media print
on paper it is light|getComputedStyle(document.body).backgroundColor|"rgb(255, 255, 255)"
and has no search|getComputedStyle(document.getElementById('bar')).display|"none"
media light
width 320
on a telephone nothing is beyond the edge|document.documentElement.scrollWidth|320
width 1200
all headers are for something|Array.from(document.querySelectorAll('th')).every(e => ['col', 'row'].includes(e.scope))|true
all ids are single|new Set(Array.from(document.querySelectorAll('[id]')).map(e => e.id)).size === document.querySelectorAll('[id]').length|true
all links lead somewhere|Array.from(document.querySelectorAll('a')).every(e => document.getElementById(e.hash.slice(1)) !== null)|true
hosts are sorted|document.querySelector('#hosts button').click(), Array.from(document.querySelectorAll('#hosts tbody th')).map(e => e.textContent[0]).join('')|"\\\\j"
and the other way|document.querySelector('#hosts button').click(), document.querySelector('#hosts tbody th').textContent|"juliet.local"
which is said|document.querySelector('#hosts thead th').ariaSort|"descending"
ports are sorted as numbers|document.querySelectorAll('#services button')[3].click(), Array.from(document.querySelectorAll('#services td[data-label=Port]')).slice(0, 4).map(e => parseInt(e.textContent)).join()|"22,81,82,83"
findings by severity|document.querySelectorAll('#findings button')[0].click(), document.querySelector('#findings td').textContent|"error"
a search|document.getElementById('q').value = 'PRONTO _presence', document.getElementById('q').dispatchEvent(new Event('input')), document.getElementById('hits').textContent|"1 of 9 services"
is in the address|location.hash|"#q=PRONTO%20_presence"
and hides the rest|Array.from(document.querySelectorAll('tbody[id]')).filter(e => e.checkVisibility()).map(e => e.querySelector('bdi').textContent).join()|"juliet@pronto"
a table with nothing left is hidden|document.getElementById('hosts').checkVisibility()|false
as are the charts, which are of all|document.querySelector('.charts').checkVisibility()|false
nothing fits|document.getElementById('q').value = 'nonsense', document.getElementById('q').dispatchEvent(new Event('input')), document.getElementById('services').innerText|~No service fits
a search in the address|open file://$page#q=%3Cscript%3E|[]
finds what it looks for|document.getElementById('hits').textContent|"1 of 9 services"
a link to what is hidden ends the search|location.hash = '#s9', new Promise(done => setTimeout(() => done(document.querySelectorAll('tbody[id]:not([hidden])').length), 200))|9
a script that came in all the same is not run|open file://$LAN_DIR/taken.html|~Executing inline script violates
nor anything of it|document.title.startsWith('Services') && getComputedStyle(document.getElementById('p')).color !== 'rgb(255, 0, 0)'|true
open file://$LAN_DIR/mute.html
without the script the page is whole|document.querySelectorAll('tbody[id]').length|9
and offers no search|document.getElementById('search').hidden|true
TABLE
echo "1..$number"
