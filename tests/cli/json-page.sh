# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Holds what sdreg prints to the lists of members in sdreg-json(5). Sourced, not run; $TMP is a
# directory that goes with the test.
#
#   page_open FILE            reads the page
#   page_hold SECTIONS FILE   prints what the objects in the file have and the sections do not say,
#                             and what these call always there and is not. SECTIONS are those whose
#                             lists hold, with commas between; of one with ~ before it, any member
#                             may lack.
#   page_unseen PATTERN       of the sections that match: the members, and the types of each, that
#                             no object has brought out
#   page_words PAGE FILE      of the members that are one of a few words: those not on the page

# Lines "section TAB member TAB types TAB always|sometimes" of the lists
page_open() {
	awk -v OFS='\t' '/^\.S[hs] / { section = substr($0, 5) }
		/^\.It Va .* Pq / {
			split(substr($0, 8), half, / Pq /)
			always = sub(/; not always$/, "", half[2]) ? "sometimes" : "always"
			gsub(/,| or /, " ", half[2])
			n = split(half[1], names, / , /)
			for (i = 1; i <= n; i++)
				print section, names[i], half[2], always
		}' "$1" >"$TMP/page"
	: >"$TMP/seen"
}

# "member TAB type" of each value, and "member TAB {members}" of each object; the outermost's member
# is empty
page_members() {
	# shellcheck disable=SC2016 # jq's variables
	jq -r 'def walk($at): type as $type |
		if $type == "array" then [$at, $type], (.[] | walk($at + "[]"))
		elif $type == "object" and keys == ["base64"] then [$at, "base64"]
		elif $type == "object" then [$at, $type], [$at, "{," + (keys | join(",")) + ",}"],
			(keys[] as $key | .[$key] |
				walk(if $at == "" then $key else $at + "." + $key end))
		elif $type == "number" and (. < 0 or . != floor) then [$at, "number that is none"]
		else [$at, $type] end;
		walk("") | @tsv' "$1" | sort -u
}

page_hold() {
	page_members "$2" >"$TMP/members"
	[ -s "$TMP/members" ] || echo "there is no object"
	awk -F '\t' -v sections="$1" -v seen="$TMP/seen" '
		function parent(path) {
			if (path ~ /\[\]$/)
				return substr(path, 1, length(path) - 2)
			return path ~ /\./ ? substr(path, 1, match(path, /\.[^.]*$/) - 1) : ""
		}
		# a member of a section, at a place; its parents are objects and arrays
		function add(section, member, at, types, always, up, n, i, type, what) {
			n = split(types, type, / +/)
			for (i = 1; i <= n; i++)
				if (type[i] ~ /^[A-Z]/) {
					enter(type[i], at)
					say(at, "object", section SUBSEP member SUBSEP type[i])
				} else if (type[i] == "text") {
					what = section SUBSEP member SUBSEP "text"
					say(at, "string", what)
					say(at, "base64", what " in base64")
				} else {
					say(at, type[i], section SUBSEP member SUBSEP type[i])
				}
			needed[at] = always == "always"
			for (; at != ""; at = up) {
				up = parent(at)
				if (!(up in declared) || at ~ /\[\]$/)
					say(up, at ~ /\[\]$/ ? "array" : "object", "")
				if (at ~ /\[\]$/ && !(up in needed))
					needed[up] = always == "always"
				if (!(at in needed))
					needed[at] = 1
			}
		}
		function say(at, type, what) {
			told[at, type] = told[at, type] what "\n"
			if (what != "")
				declared[at] = 1
		}
		function enter(section, at, i) {
			for (i = 1; i <= lines; i++)
				if (of[i] == section)
					add(section, name[i], at == "" ? name[i] : at "." name[i],
						types_of[i], is_loose ? "sometimes" : always_of[i])
		}
		FNR == NR { lines++; of[lines] = $1; name[lines] = $2; types_of[lines] = $3
			always_of[lines] = $4; known[$1] = 1; next }
		FNR == 1 {
			n = split(sections, list, ",")
			say("", "object", "")
			for (k = 1; k <= n; k++) {
				is_loose = sub(/^~/, "", list[k])
				if (!(list[k] in known))
					print "there is no section " list[k]
				enter(list[k], "")
			}
		}
		$2 ~ /^{/ {
			for (member in needed)
				if (needed[member] && parent(member) == $1 &&
					member !~ /(^|\[\])$/) {
					last = member
					sub(/^.*\./, "", last)
					if (index($2, "," last ",") == 0)
						print member ": not always there"
				}
			next
		}
		!(($1, $2) in told) { print $1 ": " $2 ": not on the page"; next }
		{ printf "%s", told[$1, $2] >>seen }' "$TMP/page" "$TMP/members" | sort -u
}

page_unseen() {
	awk -F '\t' -v pattern="$1" 'FNR == NR { seen[$0] = 1; next }
		$1 ~ pattern {
			n = split($3, type, / +/)
			for (i = 1; i <= n; i++) {
				if (!(($1, $2, type[i]) in seen))
					print $1 ": " $2 ": " type[i]
				if (type[i] == "text" && !(($1, $2, "text in base64") in seen))
					print $1 ": " $2 ": text in base64"
			}
		}' "$TMP/seen" "$TMP/page" | sort -u
}

# page_words PAGE FILE: the words in the file's objects that the page does not have
page_words() {
	jq -r '.. | objects | .event, .verdict, .port_verdict, .transport, .kind, .need, .severity,
		.result, (.form | strings) | strings' "$2" | sort -u | while read -r word; do
		[[ $word == [-+=] ]] || grep -qE "^\.(It )?Ql (.* , )?$word( |\$)" "$1" ||
			echo "$word"
	done
}
