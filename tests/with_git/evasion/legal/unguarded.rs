//! Repositories in which there is nothing to guard.

use super::silent;
use crate::evasion::case::{Group, git, push};
use crate::support::guarded::ACCEPTED;

pub(crate) const GROUP: Group = Group {
    title: "Legal: repositories without records",
    cases: &[
        silent(
            "first-commit-without-records",
            "the first commit of a project without records",
            |team| {
                team.guarded()
                    .clone
                    .stage("main.c", "int main(void) { return 0; }\n");
                git(&["commit", "--message", "Begin"])
            },
        ),
        silent("first-push-without-records", "its first push", |team| {
            team.guarded()
                .saves("main.c", "int main(void) { return 0; }\n");
            push(&["--set-upstream", "main"])
        }),
        silent(
            "everything-rewritten",
            "its history is rewritten and pushed by force",
            |team| {
                team.guarded()
                    .saves("main.c", "int main(void) { return 0; }\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.does(&["commit", "--quiet", "--amend", "--message", "Begin again"]);
                push(&["--force", "main"])
            },
        ),
        silent(
            "hundred-commits",
            "a hundred commits are pushed at once",
            |team| {
                let commits = (0..100).map(|number| format!(
                "commit refs/heads/main\ncommitter Ada <ada@example.com> {} +0000\ndata 4\nwork\nM 100644 inline src/{number}.c\ndata 2\n1\n",
                1_700_000_000 + number
            ));
                team.guarded().clone.feed(
                    &["fast-import", "--quiet"],
                    commits.collect::<String>().as_bytes(),
                );
                push(&["main"])
            },
        ),
        silent(
            "fixes-and-features",
            "subjects that speak of fixes and features",
            |team| {
                team.guarded()
                    .saves("src/a.c", "1\n")
                    .clone
                    .write("src/a.c", "2\n");
                team.commits("fix: a").clone.write("src/a.c", "3\n");
                team.commits("feat: b");
                push(&["main"])
            },
        ),
        silent(
            "records-that-nobody-enrolled",
            "folders called adr, docs and specs, which no policy names",
            |team| {
                team.guarded()
                    .clone
                    .write("docs/adr/0001-a.md", ACCEPTED)
                    .write("specs/001-a.md", "## A-001: a\n");
                team.commits("Write")
                    .does(&["push", "--quiet", "origin", "main"])
                    .does(&["rm", "-r", "--quiet", "docs", "specs"]);
                team.commits("Drop");
                push(&["main"])
            },
        ),
        silent(
            "empty-commit-first",
            "the very first commit is empty",
            |team| {
                team.guarded();
                git(&["commit", "--allow-empty", "--message", "Begin"])
            },
        ),
        silent(
            "branch-of-another-name",
            "the only branch is called trunk",
            |team| {
                team.guarded()
                    .does(&["checkout", "--quiet", "-b", "trunk"])
                    .saves("a", "a\n");
                team.does(&["push", "--quiet", "origin", "trunk"])
                    .saves("a", "b\n");
                push(&["trunk"])
            },
        ),
    ],
};
