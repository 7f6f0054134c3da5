# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What a script run by lan.sh can say. Sourced, not run.
#
#   on HOST CMD...               run CMD in HOST, wait for it; its exit status
#   start HOST CMD...            run CMD in HOST in the background; its process id is $started
#   ended PID                    wait for what was started; its exit status. It is killed when it
#                                does not end in time
#   stop PID...                  end what was started, and wait for it
#   publish HOST [OPTION...] NAME TYPE PORT [TXT...]
#                                publish a service (options: avahi-publish's); $started
#   publish_as HOST HOSTNAME ADDRESS NAME TYPE PORT [TXT...]
#                                the same, on a host name and an address that are not HOST's
#   wait_for HOST TYPE[=N]...    until HOST sees a service, or N, of each TYPE; fails in the end
#   daemon_stop HOST [SIGNAL]    end HOST's avahi-daemon (KILL: it cannot say goodbye)
#   daemon_start HOST [KEY=VALUE...]
#                                start it; the pairs go into its configuration's [server]
#   daemon_log HOST              what HOST's daemons said
#   dbus_stop HOST [SIGNAL]      end HOST's D-Bus; its avahi-daemon goes with it
#   dbus_start HOST              start it
#   link_down HOST, link_up HOST
#                                pull HOST's cable and plug it in; its interface stays
#   link_delete HOST, link_add HOST NUMBER
#                                take the interface away; make the NUMBER-th host's anew
#
# $LAN_DIR is a scratch directory that all hosts see and that goes with the LAN, and mktemp uses it.
# Files put into $LAN_DIR/HOST/avahi/services are HOST's static services (avahi.service(5)).
# `ip link set dev HOST down` pulls HOST's cable, `up` plugs it in. The n-th host is 10.88.0.n.
# $LAN_TIMEOUT, in seconds, is the longest that anything here waits.

unset BASH_ENV # meant for the script, not for each bash that it starts

: "${LAN_TIMEOUT:=30}"
lan_source=$(dirname "${BASH_SOURCE[0]}")
export LAN_TIMEOUT LAN_DIR=/run/lan TMPDIR=/run/lan/tmp

lan_say() { echo "lan: $*" >&2; }

# Replaces the shell, so that the process id that a caller knows is the command's, which heeds
# signals: bash 5.3 lets all that it starts in the background ignore SIGINT.
lan_exec() {
	local holder host=$1
	shift
	read -r holder <"$LAN_DIR/$host/holder" || exit 99
	# Entering the mounts leaves a chroot, if this is one, and the working directory: back to both.
	# shellcheck disable=SC2016 # expanded by the inner shell
	exec nsenter --target "$holder" --net --mount --uts --root --wd \
		env --default-signal DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket \
		sh -c 'cd "$0" && exec "$@"' "$PWD" "$@"
}

on() { (lan_exec "$@"); }

# The redirection keeps what a shell would take from a command in the background: standard input.
start() {
	lan_exec "$@" <&0 &
	# shellcheck disable=SC2034 # the script reads it
	started=$!
}

ended() {
	lan_until "the end of process $1" lan_gone "$1" || kill -KILL "$1"
	wait "$1"
}

stop() {
	local pid status=0
	kill "$@"
	for pid; do
		ended "$pid"
		status=$?
	done
	return "$status"
} 2>/dev/null

# A daemon belongs to the LAN and not to the script, whose `wait` must not wait for it.
# Its name is that of its log and, with its process id, of a file.
lan_daemon() {
	local host=$1 name=$2
	shift 2
	(
		lan_exec "$host" "$@" >"$LAN_DIR/$host/$name.log" 2>&1 </dev/null &
		echo $! >"$LAN_DIR/$host/$name.pid"
	)
}

# lan_until WHAT CMD...: until CMD succeeds
lan_until() {
	local what=$1 end=$((SECONDS + LAN_TIMEOUT))
	shift
	until "$@"; do
		if ((SECONDS >= end)); then
			lan_say "$what: not within $LAN_TIMEOUT s"
			return 1
		fi
		sleep 0.05
	done
} </dev/null

publish() {
	local host=$1
	shift
	lan_publish "$host" -s "$@"
}

publish_as() {
	local host=$1 name=$2 address=$3
	shift 3
	# -R: no reverse entry, the address is not this host's to claim
	lan_publish "$host" -a -R "$name" "$address"
	lan_publish "$host" -s -H "$name" "$@"
}

lan_publish() {
	start "$1" avahi-publish "${@:2}" >>"$LAN_DIR/$1/publish.log" 2>&1 </dev/null
}

wait_for() {
	local host=$1 want pid status=0 pids=()
	shift
	for want; do
		lan_until "$host sees $want" lan_sees "$host" "${want%%=*}" "${want#*=}" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || status=1
	done
	return "$status"
}

# One look may miss what comes late, so avahi-browse is asked again and again.
lan_sees() {
	local seen count=$3
	[[ $count =~ ^[0-9]+$ ]] || count=1
	seen=$(on "$1" timeout 10 avahi-browse -tp "$2" 2>/dev/null | cut -d';' -f4 | sort -u | wc -l)
	((seen >= count))
}

daemon_start() {
	local host=$1 pair pairs=()
	shift
	# of a key that comes twice, avahi-daemon takes the first
	for pair in "host-name=$host" use-ipv4=yes use-ipv6=yes; do
		[[ " $*" == *" ${pair%%=*}="* ]] || pairs+=("$pair")
	done
	cat >"$LAN_DIR/$host/avahi/avahi-daemon.conf" <<-CONF
		[server]
		$(printf '%s\n' "${pairs[@]}" "$@")
		[wide-area]
		enable-wide-area=no
		[publish]
		publish-hinfo=no
		publish-workstation=no
	CONF
	lan_daemon "$host" avahi-daemon env LC_ALL=C avahi-daemon --no-drop-root --no-chroot \
		--no-rlimits --file "$LAN_DIR/$host/avahi/avahi-daemon.conf"
	lan_until "avahi-daemon on $host" grep -qs 'Server startup complete' \
		"$LAN_DIR/$host/avahi-daemon.log"
}

daemon_stop() {
	local pid
	read -r pid <"$LAN_DIR/$1/avahi-daemon.pid" || return 1
	kill "-${2:-TERM}" "$pid" 2>/dev/null
	lan_until "the end of avahi-daemon on $1" lan_gone "$pid"
}

# avahi-daemon ends when its bus does; what a caller must not have is one that lives on.
dbus_stop() {
	local pid
	read -r pid <"$LAN_DIR/$1/dbus-daemon.pid" || return 1
	kill "-${2:-TERM}" "$pid" 2>/dev/null
	lan_until "the end of dbus-daemon on $1" lan_gone "$pid"
	rm -f "$LAN_DIR/$1/run/dbus/system_bus_socket"
	read -r pid <"$LAN_DIR/$1/avahi-daemon.pid" || return 0
	lan_until "the end of avahi-daemon on $1" lan_gone "$pid"
}

# Its socket is there before anybody listens; its address is printed after that.
dbus_start() {
	lan_daemon "$1" dbus-daemon dbus-daemon --nofork --nopidfile --print-address \
		--config-file "$lan_source/dbus.conf"
	lan_until "dbus-daemon on $1" grep -qs '^unix:path=' "$LAN_DIR/$1/dbus-daemon.log"
}

link_down() { on "$1" ip link set dev eth0 down; }

link_up() { on "$1" ip link set dev eth0 up; }

link_delete() { ip link delete dev "$1"; }

link_add() {
	local holder
	read -r holder <"$LAN_DIR/$1/holder" &&
		ip link add name "$1" type veth peer name eth0 netns "$holder" &&
		ip link set dev "$1" master lan up &&
		on "$1" ip address add "10.88.0.$2/24" dev eth0 &&
		link_up "$1"
}

lan_gone() { [ ! -e "/proc/$1" ]; }

daemon_log() {
	tail -n 100 "$LAN_DIR/$1"/*.log
}

# From here on: used by lan.sh alone.

lan_up() {
	local host number=0 hosts=() status=0
	mount -t tmpfs -o mode=755 tmpfs /run &&
		mkdir -p "$TMPDIR" /run/avahi-daemon /run/dbus || return 1
	lan_users || return 1
	# Snooping would hold multicast back until somebody has asked for it by IGMP or MLD.
	ip link set dev lo up && ip link add name lan up type bridge mcast_snooping 0 || return 1
	for host in ${1//,/ }; do
		number=$((number + 1))
		[[ $host =~ ^[a-z][a-z0-9-]{0,14}$ && ! $host =~ ^(lan|lo|tmp)$ ]] || {
			lan_say "'$host': no name for a host (at most 15 of a-z, 0-9 and -, and not lan, lo, tmp)"
			return 1
		}
		lan_host "$host" "$number" &
		hosts[$!]=$host
	done
	for number in "${!hosts[@]}"; do
		wait "$number" && continue
		lan_say "host ${hosts[$number]} did not come up"
		daemon_log "${hosts[$number]}" >&2
		status=1
	done
	return "$status"
}

# avahi-daemon gives its directory to the user avahi, who does not exist in a user namespace: there,
# and for one way less to fail also without it, avahi is another name of root.
lan_users() {
	sed 's/^avahi:[^:]*:[0-9]*:[0-9]*:/avahi:x:0:0:/' /etc/passwd >"$LAN_DIR/passwd" &&
		sed 's/^avahi:[^:]*:[0-9]*:/avahi:x:0:/' /etc/group >"$LAN_DIR/group" &&
		mount --bind "$LAN_DIR/passwd" /etc/passwd && mount --bind "$LAN_DIR/group" /etc/group
}

lan_host() {
	local host=$1 number=$2 dir=$LAN_DIR/$1
	mkdir -p "$dir/avahi/services" "$dir/run/avahi-daemon" "$dir/run/dbus" || return 1
	(
		unshare --net --mount --uts sh "$lan_source/host.sh" "$host" "$dir" \
			>"$dir/host.log" 2>&1 </dev/null &
		echo $! >"$dir/holder"
	)
	lan_until "host $host" [ -e "$dir/ready" ] && link_add "$host" "$number" &&
		dbus_start "$host" && daemon_start "$host"
}
