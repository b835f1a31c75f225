//! What is pushed and is no branch.

use super::silent;
use super::team::{CODE, RFC};
use crate::evasion::case::{Group, git, push};

pub(crate) const GROUP: Group = Group {
    title: "Legal: tags, notes and other refs",
    cases: &[
        silent("light-tag", "a light tag", |team| {
            team.begins().does(&["tag", "v1.0"]);
            push(&["v1.0"])
        }),
        silent(
            "annotated-tag",
            "an annotated tag with a long message",
            |team| {
                team.begins().does(&[
                    "tag",
                    "--annotate",
                    "--message",
                    "First\n\nStatus: Accepted",
                    "v1.0",
                ]);
                push(&["v1.0"])
            },
        ),
        silent(
            "signed-looking-tag",
            "a tag object that carries a signature",
            |team| {
                team.begins();
                let tag = format!(
                    "object {}\ntype commit\ntag v1.0\ntagger Ada <ada@example.com> 1700000000 +0000\n\nFirst\n\
                 -----BEGIN PGP SIGNATURE-----\n\niQEzBAABCAAd\n=abcd\n-----END PGP SIGNATURE-----\n",
                    team.clone.id("HEAD")
                );
                let id = team.clone.feed(&["mktag"], tag.as_bytes());
                team.does(&["update-ref", "refs/tags/v1.0", &id]);
                push(&["v1.0"])
            },
        ),
        silent(
            "tag-of-a-tree",
            "a tag of a tree and one of a blob",
            |team| {
                team.begins().does(&["tag", "tree", "HEAD^{tree}"]).does(&[
                    "tag",
                    "key",
                    "HEAD:README.md",
                ]);
                push(&["--tags"])
            },
        ),
        silent(
            "tag-moved",
            "a tag such as `latest` is moved by force",
            |team| {
                team.begins()
                    .does(&["tag", "latest"])
                    .does(&["push", "--quiet", "origin", "latest"]);
                team.saves(CODE, "new = 1\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.does(&["tag", "--force", "latest"]);
                push(&["--force", "latest"])
            },
        ),
        silent("tag-deleted", "a tag is deleted", |team| {
            team.begins()
                .does(&["tag", "v1.0-rc1"])
                .does(&["push", "--quiet", "origin", "v1.0-rc1"]);
            push(&["--delete", "v1.0-rc1"])
        }),
        silent(
            "follow-tags",
            "main is pushed with the tags that lie on it",
            |team| {
                team.begins().saves(CODE, "new = 1\n");
                team.does(&["tag", "--annotate", "--message", "Second", "v1.1"]);
                push(&["--follow-tags", "main"])
            },
        ),
        silent("notes", "notes on commits", |team| {
            team.begins()
                .does(&["notes", "add", "--message", "Reviewed-by: Eve", "HEAD"]);
            push(&["refs/notes/*"])
        }),
        silent(
            "review-ref",
            "a change for review under refs/changes",
            |team| {
                team.begins().branches("topic").saves(
                    RFC,
                    "# Streams\n\n## Status\n\nAccepted\n\n## Proposal\n\nRead it.\n",
                );
                push(&["HEAD:refs/changes/01/1/1"])
            },
        ),
        silent("stash-pushed", "a stash is kept on the server", |team| {
            team.begins()
                .edits(CODE, "join", "unite")
                .does(&["stash", "--quiet"]);
            push(&["refs/stash:refs/stashes/ada"])
        }),
        silent(
            "push-option",
            "a push with options for the server",
            |team| {
                team.begins()
                    .server
                    .git(&["config", "receive.advertisePushOptions", "true"]);
                team.saves(CODE, "new = 1\n");
                push(&[
                    "--push-option=ci.skip",
                    "--push-option=Status: \u{1b}[1mAccepted",
                    "main",
                ])
            },
        ),
        silent(
            "symbolic-ref-on-the-server",
            "the server has a second name for main, and main goes on",
            |team| {
                team.begins()
                    .server
                    .git(&["symbolic-ref", "refs/heads/trunk", "refs/heads/main"]);
                team.saves(CODE, "new = 1\n");
                push(&["main"])
            },
        ),
        silent("dry-run", "a push that is only rehearsed", |team| {
            team.begins().saves(CODE, "new = 1\n");
            push(&["--dry-run", "main"])
        }),
        silent(
            "fetch-and-prune",
            "a fetch that takes away what the server no longer has",
            |team| {
                team.begins()
                    .does(&["push", "--quiet", "origin", "main:topic"]);
                team.server.git(&["update-ref", "-d", "refs/heads/topic"]);
                git(&["fetch", "--quiet", "--prune", "--tags"])
            },
        ),
    ],
};
