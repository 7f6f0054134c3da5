# SPDX-License-Identifier: MIT
# What fish completes for sdreg(1). All of it is asked of sdreg itself, which takes milliseconds.

# The command among the words before the cursor, and the last service type
function __sdreg_words
    set -g __sdreg_command
    set -g __sdreg_type
    set -l before
    for word in (commandline -opc)[2..-1]
        if contains -- "$before" --registry --supplement
            set before
            continue
        end
        set before $word
        switch $word
            case '-*'
            case '*._tcp' '*._udp' '*._tcp.*' '*._udp.*'
                set -g __sdreg_type $word
            case '*'
                test -n "$__sdreg_command"; or set -g __sdreg_command $word
        end
    end
end

function __sdreg_help
    sdreg $__sdreg_command --help 2>/dev/null
end

function __sdreg_options
    for line in (__sdreg_help | string match -r '^  -[^ ].*')
        set -l parts (string split -m 1 '  ' -- (string sub -s 3 -- $line))
        for option in (string split ', ' -- $parts[1])
            printf '%s\t%s\n' (string split ' ' -- $option)[1] (string trim -- "$parts[2]")
        end
    end
end

# The word that stands for an option's argument in --help
function __sdreg_argument
    __sdreg_help |
        string replace -rf "^  (?:-[a-zA-Z], )?$argv[1](?:, --[a-z-]+)? ([^ ]+).*" '$1' |
        head -n 1
end

function __sdreg_formats
    __sdreg_help |
        string replace -rf '^usage:.* \[--format ([a-z|]*)\].*|^     ([a-z]+)  .*' '$1$2' |
        string split '|'
end

function __sdreg_types
    sdreg types --format tsv 2>/dev/null | cut -f $argv[1] | uniq
end

function __sdreg_keys
    set -l answer (sdreg lookup --json $__sdreg_type 2>/dev/null | string collect)
    string match -ar '"key":"[^"\\\\]*"|"keys":\["[^]]*\]' -- $answer |
        string replace -r '^"keys?":' '' | string replace -ar '[][]' '' | string split ',' |
        string trim -c '"' | string match -v '*#*' | sort -u | string replace -r '$' '='
end

function __sdreg_values
    sdreg lookup --json $__sdreg_type 2>/dev/null |
        string replace -rf ".*\\{\"key\":\"$argv[1]\"[^]]*\"values\":\\[([^]]*)\\].*" '$1' |
        string match -ar '"value":"[^"\\\\]*"' | string replace -r '^"value":"(.*)"$' "$argv[1]=\$1"
end

function __sdreg_complete
    __sdreg_words
    set -l current (commandline -ct)
    set -l before (commandline -opc)[-1]
    if string match -q -- '-*' $before
        switch (__sdreg_argument $before)
            case FILE
                __fish_complete_path $current
                return
            case FORMAT tsv json
                __sdreg_formats
                return
            case T
                printf '%s\n' tcp udp sctp dccp none
                return
            case '?*'
                return
        end
    end
    if string match -q -- '-*' $current
        __sdreg_options
        return
    end
    switch "$__sdreg_command"
        case ''
            sdreg --help 2>/dev/null | sed -n '/^commands/,/^$/s/^  \([a-z]*\)  *\(.*\)/\1\t\2/p'
        case lookup
            string match -q '_*' -- $current; and __sdreg_types 1; or __sdreg_types 2
        case check
            if test -n "$__sdreg_type"; and string match -q '*=*' -- $current
                __sdreg_values (string split -m 1 = -- $current)[1]
            else if test -n "$__sdreg_type"; and not string match -q '_*' -- $current
                __sdreg_keys
            else
                __sdreg_types 1
            end
        case browse
            __sdreg_types 1
        case annotate
            __fish_complete_path $current
        case diff
            echo embedded
            __fish_complete_path $current
    end
end

complete -c sdreg -f -a '(__sdreg_complete)'
