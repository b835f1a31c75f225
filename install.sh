#!/bin/sh
# Builds and installs graven, and its hooks in a repository. See `./install.sh --help`.
set -eu

usage() {
    cat <<'END'
Usage: ./install.sh [--prefix DIR] [--server] [--binary FILE] [DIR]
       ./install.sh --uninstall [--prefix DIR] [--server] [DIR]

Builds graven and installs it as PREFIX/bin/graven. With the DIR of a Git repository, installs its hooks there too and
audits its history; without one, audits the history of graven itself. Running it again updates the installation.

  --prefix DIR   install to DIR/bin (default: ~/.local)
  --server       install the server hook, pre-receive, instead of the client hooks; implied by a bare repository
  --binary FILE  install this binary instead of building one
  --uninstall    remove the hooks from DIR, if given, and PREFIX/bin/graven
  -h, --help     print this

Exit codes: 0 installed (findings in the history do not block new commits), 1 not installed, 2 installed, but the
history could not be judged.
END
}

say() {
    printf '%s\n' "$*"
}

die() {
    printf 'install.sh: %s\n' "$*" >&2
    exit 1
}

# Quotes one word for a shell, in commands that are shown.
quoted() {
    printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

absolute() {
    case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$PWD" "$1" ;;
    esac
}

# Another program's file is never overwritten or removed: `--version` must show that it is graven.
is_graven() {
    [ -f "$1" ] && [ -x "$1" ] || return 1
    case $("$1" --version 2>/dev/null </dev/null) in
    "graven "*) return 0 ;;
    *) return 1 ;;
    esac
}

require_own() {
    if [ -e "$1" ] || [ -L "$1" ]; then
        is_graven "$1" || die "$1 exists and is not graven; move it away, or choose another location with --prefix DIR"
    fi
}

require_git() {
    command -v git >/dev/null 2>&1 || die "git is not on PATH; install it (Debian: apt-get install git), then run this again"
}

# Sets $built to the binary.
build() {
    if ! command -v cargo >/dev/null 2>&1 && [ -x "${HOME:-}/.cargo/bin/cargo" ]; then
        PATH=$HOME/.cargo/bin:$PATH
    fi
    command -v cargo >/dev/null 2>&1 ||
        die "cargo is not on PATH; install Rust from https://rustup.rs, then run this again, or give a built binary with --binary FILE"
    # CC may hold arguments too; its first word is the compiler.
    compiler=${CC:-cc}
    command -v "${compiler%% *}" >/dev/null 2>&1 ||
        die "the C compiler ${compiler%% *}, which builds libgit2, is not on PATH; install one (Debian: apt-get install gcc libc6-dev; macOS: xcode-select --install), then run this again"
    cargo build --release --locked --manifest-path "$root/Cargo.toml" --target-dir "$root/target" ||
        die "graven could not be built; see the errors above"
    built=$root/target/release/graven
    [ -f "$built" ] ||
        die "cargo built graven for another target; give the binary that it built with --binary FILE"
}

install_binary() {
    require_own "$graven"
    is_graven "$built" || die "$built does not run as graven on this machine; run ./install.sh without --binary to build one"
    mkdir -p "$bin" || die "$bin cannot be created; choose another location with --prefix DIR"
    # Copied, then renamed, so that a running hook keeps its binary.
    draft=$bin/.graven.$$
    if ! { cp "$built" "$draft" && chmod 755 "$draft" && mv -f "$draft" "$graven"; }; then
        rm -f "$draft"
        die "$graven cannot be written; choose another location with --prefix DIR"
    fi
    say "installed $graven"
    case :$PATH: in
    *":$bin:"*) ;;
    *) say "$bin is not on your PATH (the hooks do not need it); to run graven by name: export PATH=$(quoted "$bin"):\"\$PATH\"" ;;
    esac
}

# Checks the repository in $dir before anything is changed; a bare one is a server's.
look_at_repository() {
    require_git
    [ -d "$dir" ] || die "$dir is not a folder; give the folder of a Git repository"
    dir=$(cd "$dir" && pwd)
    bare=$(git -C "$dir" rev-parse --is-bare-repository) ||
        die "$dir is not a Git repository that this user may use; see git's error above; to create one: git init $(quoted "$dir")"
    if [ "$bare" = true ]; then
        server=yes
    fi
}

not_judged() {
    say "graven is installed, but the history could not be judged ($1); see the error above"
    exit 2
}

# Shows only the last lines of the audit: the summary is there.
audit() {
    any=$(git -C "$1" rev-list --all -n 1) || not_judged "git rev-list failed"
    if [ -z "$any" ]; then
        say "$1 has no commits yet, so there is no history to audit"
        return 0
    fi
    say "auditing the history of $1"
    result=0
    summary=$("$graven" audit --repo "$1" </dev/null) || result=$?
    lines=$(printf '%s\n' "$summary" | wc -l)
    if [ "$lines" -gt 40 ]; then
        say "(the last 40 of $((lines)) lines; to show all: $(quoted "$graven") audit --repo $(quoted "$1"))"
    fi
    if [ -n "$summary" ]; then
        printf '%s\n' "$summary" | tail -n 40
    fi
    case $result in
    0) ;;
    1) say "the history above has findings; they do not block new commits" ;;
    *) not_judged "graven audit exited with $result" ;;
    esac
}

install_all() {
    if [ -n "$dir" ]; then
        look_at_repository
    fi
    if [ -z "$built" ]; then
        require_own "$graven"
        build
    fi
    install_binary
    if [ -n "$dir" ]; then
        "$graven" install ${server:+--server} --repo "$dir" ||
            die "the hooks are not installed; fix the error above, then run this again"
        audit "$dir"
    elif command -v git >/dev/null 2>&1 && [ "$(git -C "$root" rev-parse --show-toplevel 2>/dev/null)" = "$root" ]; then
        audit "$root"
    else
        say "this is not a clone of graven, so there is no history to audit; give a repository: ./install.sh DIR"
    fi
}

# Whether the repository has a hook with graven's marker.
has_hooks() {
    hooks=$(cd "$dir" && cd "$(git rev-parse --git-path hooks)" 2>/dev/null && pwd) || return 1
    for name in pre-commit pre-merge-commit commit-msg pre-push pre-receive; do
        if grep -q '^# graven-shim:' "$hooks/$name" "$hooks/$name.d/graven" 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

uninstall_all() {
    require_own "$graven"
    if [ -n "$dir" ]; then
        look_at_repository
        if [ -x "$graven" ]; then
            "$graven" uninstall ${server:+--server} --repo "$dir" ||
                die "the hooks are not removed; fix the error above, then run this again"
        elif has_hooks; then
            die "$dir has graven's hooks, and removing them needs $graven: run ./install.sh first, or give its location with --prefix DIR"
        fi
    fi
    if [ -x "$graven" ]; then
        rm -f "$graven"
        say "removed $graven"
        say "a repository that still has graven's hooks refuses commits and pushes until they are removed or graven is installed again"
    else
        say "$graven does not exist: nothing to remove"
    fi
}

unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_PREFIX GIT_NAMESPACE
unset CDPATH
root=$(cd "$(dirname "$0")" && pwd -P)
prefix=${HOME:+$HOME/.local}
action=install_all
server=
built=
dir=

while [ $# -gt 0 ]; do
    case $1 in
    --prefix | --binary)
        [ -n "${2:-}" ] || die "$1 needs a value; see ./install.sh --help"
        if [ "$1" = --prefix ]; then
            prefix=$(absolute "$2")
        else
            built=$(absolute "$2")
        fi
        shift
        ;;
    --server) server=yes ;;
    --uninstall) action=uninstall_all ;;
    -h | --help)
        usage
        exit 0
        ;;
    -*) die "unknown option $1; see ./install.sh --help" ;;
    *)
        [ -z "$dir" ] || die "two repositories were given, $dir and $1; run this once for each"
        dir=$(absolute "$1")
        ;;
    esac
    shift
done

[ -n "$prefix" ] || die "HOME is not set; choose where to install with --prefix DIR"
bin=${prefix%/}/bin
graven=$bin/graven
"$action"
