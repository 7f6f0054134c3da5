# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What bash completes for sdreg(1). All of it is asked of sdreg itself, which takes milliseconds.

# _sdreg_options PROGRAM [COMMAND]: the options that --help explains
_sdreg_options() {
	"$@" --help 2>/dev/null | sed -n 's/^  \(-.*\)/\1/p' | sed 's/  .*//' | tr ', ' '[\n*]' |
		grep '^-' | sort -u
}

# _sdreg_argument OPTION PROGRAM [COMMAND]: the word that stands for the option's argument in --help
_sdreg_argument() {
	local option=$1
	shift
	"$@" --help 2>/dev/null | sed -n -e "s/^  \\(-[a-zA-Z], \\)\\{0,1\\}$option \\([^ ]*\\).*/\\2/p" \
		-e "s/^  $option, --[a-z-]* \\([^ ]*\\).*/\\1/p" | head -n 1
}

# _sdreg_formats PROGRAM COMMAND: what --format takes
_sdreg_formats() {
	"$@" --help 2>/dev/null | sed -n -e 's/^     \([a-z][a-z]*\)  .*/\1/p' \
		-e 's/^usage:.* \[--format \([a-z|]*\)\].*/\1/p' | tr '|' '\n'
}

# _sdreg_keys PROGRAM TYPE: the TXT keys that are known of a type
_sdreg_keys() {
	"$1" lookup --json "$2" 2>/dev/null | grep -o -e '"key":"[^"\\]*"' -e '"keys":\["[^]]*\]' |
		sed -e 's/^"keys*"://' -e 's/[][]//g' | tr ',' '\n' | tr -d '"' | grep -v '#' | sort -u
}

# _sdreg_values PROGRAM TYPE KEY: the values that are known of a key
_sdreg_values() {
	"$1" lookup --json "$2" 2>/dev/null |
		sed -n "s/.*{\"key\":\"$3\"[^]]*\"values\":\\[\\([^]]*\\)\\].*/\\1/p" |
		grep -o '"value":"[^"\\]*"' | sed -e 's/^"value":"//' -e 's/"$//'
}

# _sdreg_types PROGRAM COLUMN: service types (1) or service names (2)
_sdreg_types() { "$1" types --format tsv 2>/dev/null | cut -f "$2" | uniq; }

# Puts those of the lines of standard input that begin with $1 into COMPREPLY.
_sdreg_reply() {
	local line
	while IFS= read -r line; do
		[[ $line != "$1"* ]] || COMPREPLY+=("$line")
	done
}

_sdreg_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# The words before the one to complete: finds the command, the service type, and what is wanted.
_sdreg() {
	local program=$1 current=$2 command='' type='' before='' word i
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $before in
		--registry | --supplement) before= && continue ;;
		esac
		before=$word
		case $word in
		-*) ;;
		*._tcp | *._udp | *._tcp.* | *._udp.*) type=$word ;;
		*) [[ -n $command ]] || command=$word ;;
		esac
	done
	before=${COMP_WORDS[COMP_CWORD - 1]}
	local ask=("$program")
	[[ -z $command ]] || ask+=("$command")
	# bash parts words at "=": KEY=VALUE is three of them
	if [[ $command == check && -n $type && ($before == = || $current == =) ]]; then
		[[ $current != = ]] && i=2 || { i=1 && current=; }
		word=${COMP_WORDS[COMP_CWORD - i]}
		_sdreg_reply "$current" < <(_sdreg_values "$program" "$type" "$word")
		return
	fi
	if [[ $before == -* ]]; then
		case $(_sdreg_argument "$before" "${ask[@]}") in
		FILE) _sdreg_files "$current" && return ;;
		FORMAT | tsv | json) _sdreg_reply "$current" < <(_sdreg_formats "${ask[@]}") && return ;;
		T) _sdreg_reply "$current" < <(printf '%s\n' tcp udp sctp dccp none) && return ;;
		?*) return ;;
		esac
	fi
	if [[ $current == -* ]]; then
		_sdreg_reply "$current" < <(_sdreg_options "${ask[@]}")
		return
	fi
	case $command in
	'') _sdreg_reply "$current" < <("$program" --help 2>/dev/null |
		sed -n '/^commands/,/^$/s/^  \([a-z]*\)  .*/\1/p') ;;
	lookup)
		i=2
		[[ $current != _* ]] || i=1
		_sdreg_reply "$current" < <(_sdreg_types "$program" "$i")
		;;
	check)
		if [[ -n $type && $current != _* ]]; then
			compopt -o nospace 2>/dev/null
			_sdreg_reply "$current" < <(_sdreg_keys "$program" "$type" | sed 's/$/=/')
		else
			_sdreg_reply "$current" < <(_sdreg_types "$program" 1)
		fi
		;;
	browse) _sdreg_reply "$current" < <(_sdreg_types "$program" 1) ;;
	annotate) _sdreg_files "$current" ;;
	diff)
		_sdreg_files "$current"
		_sdreg_reply "$current" < <(echo embedded)
		;;
	esac
} && complete -F _sdreg sdreg
