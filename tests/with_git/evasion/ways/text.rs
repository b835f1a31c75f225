//! What the ways through letters, paths, bytes and markup share: one published state, one thing that is done to it.

use std::fs;

use crate::evasion::case::{Case, Last, Verdict, push};
use crate::support::guarded::{ACCEPTED, ADR, Pushing};

/// A spec with two sections.
pub(crate) const SPEC: &str = "sdd/specs/001-paths.md";
/// As it was published.
pub(crate) const PATHS: &str = "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: Absolute\n\nA path is absolute and never \
                                empty.\n\n## PATH-002: Dots\n\nDouble dots are rejected with an error.\n";
/// A further record.
pub(crate) const SECOND: &str = "sdd/adrs/0002-drop-records.md";

/// A case that has to be refused.
pub(crate) const fn refused(
    name: &'static str,
    what: &'static str,
    (rule, message): (&'static str, &'static str),
    set_up: fn(&Pushing) -> Last,
) -> Case {
    Case {
        name,
        what,
        verdict: Verdict::Refused(rule, message),
        set_up,
    }
}

/// A case that cannot be judged.
pub(crate) const fn not_judged(
    name: &'static str,
    what: &'static str,
    cause: &'static str,
    set_up: fn(&Pushing) -> Last,
) -> Case {
    Case {
        name,
        what,
        verdict: Verdict::NotJudged(cause),
        set_up,
    }
}

/// A case that is legal.
pub(crate) const fn silent(
    name: &'static str,
    what: &'static str,
    set_up: fn(&Pushing) -> Last,
) -> Case {
    Case {
        name,
        what,
        verdict: Verdict::Silent,
        set_up,
    }
}

/// The accepted record and the spec are published.
pub(crate) fn published(pushing: &Pushing) -> &Pushing {
    pushing
        .clone
        .write(ADR, ACCEPTED)
        .write(SPEC, PATHS)
        .write("tests/paths.rs", "// spec: PATH-001, PATH-002\n");
    pushing.clone.commit("begin");
    pushing.allow(&["main"]);
    pushing
}

/// A file is published beside them.
pub(crate) fn also(pushing: &Pushing, path: &str, text: &str) {
    pushing.clone.change(path, text);
    pushing.allow(&["main"]);
}

/// The accepted record is made to say this.
pub(crate) fn record(pushing: &Pushing, bytes: impl AsRef<[u8]>) -> Last {
    put(published(pushing), ADR, bytes)
}

/// A second record says this.
pub(crate) fn new_record(pushing: &Pushing, bytes: impl AsRef<[u8]>) -> Last {
    put(published(pushing), SECOND, bytes)
}

/// The spec is made to say this.
pub(crate) fn spec(pushing: &Pushing, bytes: impl AsRef<[u8]>) -> Last {
    put(published(pushing), SPEC, bytes)
}

/// A file gets these bytes, in a commit that is pushed.
pub(crate) fn put(pushing: &Pushing, path: &str, bytes: impl AsRef<[u8]>) -> Last {
    let file = pushing.clone.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
    pushing.clone.commit("change");
    push(&["main"])
}

/// A record with this status.
pub(crate) fn with_status(status: &str) -> String {
    format!("# 2. Drop records\n\n## Status\n\n{status}\n\n## Decision\n\nWe drop them.\n")
}
