//! `--for` where it cannot be, and for the host that only wants a script.

use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Pushing};

const HOSTS: [(&str, &str); 3] = [
    ("gitlab", "GitLab"),
    ("gitea", "Gitea"),
    ("gitolite", "gitolite"),
];

// spec: HOST-003
#[test]
fn a_clone_is_no_repository_of_a_host() {
    let clone = Repo::init();
    let before = super::below(clone.path());
    for (host, name) in HOSTS {
        for command in ["install", "uninstall"] {
            let said = clone.graven(&[command, "--server", "--for", host]);
            said.ends(2).has(&[
                "it has a work tree",
                &format!("{name} serves bare repositories only"),
                "--repo DIR",
            ]);
        }
    }
    assert_eq!(super::below(clone.path()), before);
}

#[test]
fn a_host_that_nobody_knows_is_answered_with_those_that_are_known() {
    let said = Repo::bare().graven(&["install", "--for", "gerrit"]);
    said.ends(2)
        .has(&["gerrit", "plain, gitlab, gitea, ghes, gitolite"]);
}

#[test]
fn the_plain_host_is_the_one_without_a_name() {
    let (one, other) = (Repo::bare(), Repo::bare());
    one.graven(&["install"]).ends(0);
    other.graven(&["install", "--for", "plain"]).ends(0);
    let text =
        |repo: &Repo| std::fs::read_to_string(repo.path().join("hooks/pre-receive")).unwrap();
    assert_eq!(text(&one), text(&other));
}

/// The script is run for real in `chroot.rs`.
#[test]
fn for_github_enterprise_server_the_script_is_printed_and_nothing_is_written() {
    let server = Repo::bare();
    let before = super::below(server.path());
    let said = server.graven(&["install", "--for", "ghes"]);
    assert_eq!(said.ends(0).out, graven::setup::install::GHES);
    assert_eq!(super::below(server.path()), before);
    let said = server.graven(&["uninstall", "--for", "ghes"]);
    said.ends(2).has(&[
        "graven installs nothing on GitHub Enterprise Server",
        "where it was uploaded",
    ]);
}

// spec: HOST-007
#[test]
fn who_pushes_and_by_which_way_changes_nothing() {
    let pushing = Pushing::accepted("sha1");
    pushing.clone.change(ADR, EDITED);
    let said = pushing.refuse(&["main"]).remote();
    let variables = [
        ("GL_ID", "user-1"),
        ("GL_USER", "root"),
        ("GL_PROTOCOL", "web"),
        ("GITEA_PUSHER_NAME", "root"),
        ("GITHUB_USER_LOGIN", "root"),
        ("GITHUB_VIA", "pull request merge button"),
    ];
    for (name, value) in variables {
        pushing.clone.set(name, value);
        assert_eq!(pushing.refuse(&["main"]).remote(), said, "{name}");
    }
}
