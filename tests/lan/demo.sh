# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# demo.sh   two hosts, one that offers services and one that looks: lan.sh "juliet romeo" demo.sh
# $SDREG is the command to show, by its absolute path.
set -u
: "${SDREG:?}"
export SDREG

# show COMMAND WHAT...: a heading, then what COMMAND says on romeo, where $SDREG is called sdreg
show() {
	local command=$1 line
	shift
	echo
	for line; do
		printf '# %s\n' "$line"
	done
	printf '$ %s\n' "$command"
	# shellcheck disable=SC2016 # expanded by the inner shell
	on romeo sh -c 'sdreg() { "$SDREG" "$@"; }; '"$command" || {
		echo "demo: exit status $?: $command" >&2
		failed=1
	}
}

publish juliet juliet@pronto _presence._tcp 5562 txtvers=1 1st=Juliet last=Capulet status=away \
	"msg=Hanging out" port.p2pj=5562 node=https://example.org/balcony-im balcony=2
publish_as juliet Witchcraft._clique._udp.local 239.255.71.66 \
	Witchcraft _clique._udp 13251 txtvers=0
publish juliet "Capulet's printer" _ipp._tcp 631 txtvers=1 qtotal=1 rp=ipp/print \
	"ty=Example LaserWriter" "note=Great hall" pdl=application/pdf,image/urf Color=T Duplex=F
publish juliet "The house of Capulet" _http._tcp 8080 path=/verona
publish juliet Experiment _sdreg-demo._tcp 4711 colour=red
wait_for romeo _presence._tcp _clique._udp _ipp._tcp _http._tcp _sdreg-demo._tcp || {
	daemon_log juliet >&2
	exit 1
}

failed=0
cat <<'TEXT'
A network of two hosts, each with a real avahi-daemon. juliet offers a chat (XEP-0174), a group
chat (Clique), a printer, a web site, and a type that somebody made up. romeo looks around.
TEXT
show 'sdreg browse -t' 'What is on this network, in words.'
show 'avahi-browse -arptk | sdreg annotate' \
	'The same from avahi-browse, whose lines say neither what a type is nor what a TXT key means.'
show 'sdreg lookup presence' 'What is registered under the name "presence".'
exit "$failed"
