//! GitHub Enterprise Server runs a hook in a root folder of its own. Here that holds graven and nothing else: no git, no
//! shell, no `/dev/null`, no `/tmp`, no `/etc/passwd`, no home.
//!
//! A release of graven would be linked statically. This one brings the libraries that it names, so that no second build
//! is needed for the test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::write_script;
use crate::support::guarded::{ADR, EDITED, Pushing};
use crate::support::{Repo, served};

/// Enters the root folder with what git gave the hook, its paths being those inside.
const ENTER: &str = r#"#!/bin/sh
inside() { printf '%s' "${1#"$root"}"; }
root=ROOT
cd / || exit
exec env -i GIT_DIR=/repo ${GIT_QUARANTINE_PATH:+GIT_QUARANTINE_PATH="$(inside "$GIT_QUARANTINE_PATH")"} \
    ${GIT_OBJECT_DIRECTORY:+GIT_OBJECT_DIRECTORY="$(inside "$GIT_OBJECT_DIRECTORY")"} \
    ${GIT_ALTERNATE_OBJECT_DIRECTORIES:+GIT_ALTERNATE_OBJECT_DIRECTORIES="$(inside "$GIT_ALTERNATE_OBJECT_DIRECTORIES")"} \
    WAY "$root" /hook
"#;

/// The command that changes the root: as root, or as root of a namespace of one's own.
fn change_root() -> Option<String> {
    let chroot = served::program("chroot").ok()?;
    let chroot = chroot.display();
    let ways = [
        chroot.to_string(),
        format!("unshare --map-root-user {chroot}"),
    ];
    let works = |way: &String| {
        let tried = Command::new("sh")
            .args(["-c", &format!("exec {way} / true")])
            .output();
        tried.is_ok_and(|tried| tried.status.success())
    };
    ways.into_iter().find(works)
}

/// The libraries that the binary names, the loader among them.
fn libraries(binary: &str) -> Vec<PathBuf> {
    let listed = Command::new("ldd").arg(binary).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    listed
        .split_whitespace()
        .filter(|word| word.starts_with('/'))
        .map(PathBuf::from)
        .collect()
}

fn put(file: &Path, place: &Path) {
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::copy(file, place).unwrap();
}

/// Moves the objects of a repository to where forks share them, and names that place as GitHub Enterprise Server does: by
/// a path from the repository's own objects.
fn share(server: &Repo, network: &Path) {
    let objects = server.path().join("objects");
    fs::create_dir(network).unwrap();
    fs::rename(&objects, network.join("objects")).unwrap();
    fs::create_dir_all(objects.join("info")).unwrap();
    fs::write(objects.join("info/alternates"), "../../network/objects\n").unwrap();
}

// spec: HOST-006
#[test]
fn a_push_is_judged_where_there_is_nothing_but_graven() {
    let Some(change_root) = change_root() else {
        return served::skip(
            "the root cannot be changed here: neither chroot nor unshare --map-root-user may",
        );
    };
    let server = Repo::bare();
    let (root, binary) = (
        server.home().canonicalize().unwrap(),
        env!("CARGO_BIN_EXE_graven"),
    );
    put(Path::new(binary), &root.join("graven/pre-receive"));
    for library in libraries(binary) {
        put(&library, &root.join(library.strip_prefix("/").unwrap()));
    }
    write_script(
        &root.join("hook"),
        &server.graven(&["install", "--for", "ghes"]).out,
    );
    let enter = ENTER
        .replace("ROOT", &format!("'{}'", root.display()))
        .replace("WAY", &change_root);
    write_script(&server.path().join("hooks/pre-receive"), &enter);
    let clone = Repo::init();
    clone.git(&["remote", "add", "origin", &server.url()]);
    let pushing = Pushing { server, clone };

    pushing.clone.accept();
    assert_eq!(pushing.allow(&["main"]).remote(), "");
    share(&pushing.server, &root.join("network"));
    pushing.clone.change(ADR, EDITED);
    pushing.refuse(&["main"]).has(&["frozen-text-edited", ADR]);
    pushing.clone.git(&["revert", "--no-edit", "HEAD"]);
    pushing
        .allow(&["main"])
        .has(&["graven: allowed, with 1 finding restored"]);

    fs::remove_file(root.join("graven/pre-receive")).unwrap();
    pushing.clone.change("other.txt", "1");
    let said = pushing.clone.attempt(&["push", "origin", "main"]);
    said.ends(1).has(&["(pre-receive hook declined)"]);
}
