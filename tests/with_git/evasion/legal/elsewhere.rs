//! What is odd, and has nothing to do with records.

use super::silent;
use super::team::CODE;
use crate::evasion::case::{Group, push};

pub(crate) const GROUP: Group = Group {
    title: "Legal: odd things elsewhere",
    cases: &[
        silent("big-binary", "a file of 5 MiB without any text", |team| {
            team.begins().bytes(
                "data/dump.bin",
                &(0..5u32 << 20)
                    .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
                    .collect::<Vec<_>>(),
            );
            team.commits("Add data");
            push(&["main"])
        }),
        silent("big-code", "code larger than any document may be", |team| {
            team.begins()
                .saves("src/tables.py", &"ROWS = [0, 1, 2, 3]\n".repeat(300_000));
            push(&["main"])
        }),
        silent(
            "file-that-is-no-utf-8",
            "text in Latin-1, UTF-16 and with NUL",
            |team| {
                team.begins()
                    .bytes("docs/alt.md", b"# Stra\xdfe\n\n## Status\n\nAccepted\n");
                team.bytes("docs/wide.md", b"\xff\xfe#\0 \0W\0")
                    .bytes("docs/nul.md", b"# a\0b\n")
                    .commits("Add old papers");
                push(&["main"])
            },
        ),
        silent(
            "odd-file-names",
            "names with blanks, quotes, line breaks, other scripts and no UTF-8",
            |team| {
                team.begins();
                for name in [
                    "a b.txt",
                    "it's \"quoted\".txt",
                    "line\nbreak.txt",
                    "\u{8a18}\u{9332}.md",
                    "e\u{301}.md",
                    "-rf",
                    "\u{1b}[31m.txt",
                    "a\\b.txt",
                    "*?.md",
                ] {
                    team.bytes(&format!("odd/{name}"), b"odd\n");
                }
                latin_name(team);
                team.commits("Add odd names");
                push(&["main"])
            },
        ),
        silent(
            "symbolic-links",
            "links to a file, to a record and to nowhere",
            |team| {
                team.begins();
                for (name, target) in [
                    ("latest", "sdd/adrs/0002-native-paths.md"),
                    ("gone", "../../nowhere"),
                    ("docs", "sdd"),
                ] {
                    link(team, name, target);
                }
                team.commits("Link");
                push(&["main"])
            },
        ),
        silent(
            "link-becomes-a-file",
            "a link elsewhere becomes a file, and a folder a link",
            |team| {
                link(team.begins(), "latest", "README.md");
                team.saves("old/file.txt", "old\n");
                std::fs::remove_file(team.path("latest")).unwrap();
                std::fs::remove_dir_all(team.path("old")).unwrap();
                link(team, "old", "src");
                team.saves("latest", "a file\n");
                push(&["main"])
            },
        ),
        silent("deep-folders", "a file a hundred folders deep", |team| {
            team.begins()
                .saves(&format!("{}file.txt", "d/".repeat(100)), "deep\n");
            push(&["main"])
        }),
        silent("many-files", "two thousand files in one commit", |team| {
            team.begins();
            for number in 0..2000 {
                team.clone
                    .write(&format!("gen/{}/{number}.txt", number % 40), "generated\n");
            }
            team.commits("Generate");
            push(&["main"])
        }),
        silent(
            "case-only-rename",
            "code is renamed to another case",
            |team| {
                team.begins()
                    .does(&["mv", CODE, "src/Paths.py"])
                    .commits("Rename");
                push(&["main"])
            },
        ),
        silent(
            "case-twins",
            "two files differ in the case of their names alone",
            |team| {
                team.begins().clone.write("src/Makefile", "a\n");
                team.saves("src/makefile", "b\n");
                push(&["main"])
            },
        ),
        silent("run-bit", "a script gets its run bit", |team| {
            team.begins().saves("tools/run", "#!/bin/sh\n").does(&[
                "update-index",
                "--chmod=+x",
                "tools/run",
            ]);
            team.does(&["commit", "--quiet", "--message", "Make it run"])
                .does(&["checkout", "--quiet", "."]);
            push(&["main"])
        }),
        silent(
            "submodule-elsewhere",
            "a submodule is added, moved on and taken away",
            |team| {
                team.begins();
                for id in [team.clone.id("HEAD"), team.clone.id("HEAD^{tree}")] {
                    team.does(&[
                        "update-index",
                        "--add",
                        "--cacheinfo",
                        &format!("160000,{id},vendor/lib"),
                    ]);
                    team.does(&["commit", "--quiet", "--message", "Move the submodule"]);
                }
                team.does(&["rm", "--quiet", "--cached", "vendor/lib"])
                    .does(&["commit", "--quiet", "--message", "Drop it"]);
                push(&["main"])
            },
        ),
        silent(
            "large-file-pointer",
            "a picture is kept by Git LFS",
            |team| {
                team.begins().clone.write(
                    ".gitattributes",
                    "*.png filter=lfs diff=lfs merge=lfs -text\n",
                );
                team.saves("docs/logo.svg", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");
                push(&["main"])
            },
        ),
        silent(
            "attributes-and-ignores",
            "attributes, ignores, mail maps and settings of editors",
            |team| {
                team.begins().clone.write(
                ".gitattributes",
                "*.md text eol=crlf working-tree-encoding=UTF-8\nsdd/** -diff linguist-documentation\n",
            );
                team.clone
                    .write(".gitignore", "*.tmp\n/sdd/notes/\n")
                    .write(".mailmap", "Ada <ada@example.com>\n")
                    .write(".editorconfig", "root = true\n");
                team.commits("Set up editors");
                push(&["main"])
            },
        ),
        silent(
            "empty-files",
            "empty files, and code that becomes empty",
            |team| {
                team.begins()
                    .clone
                    .write("src/__init__.py", "")
                    .write("docs/.gitkeep", "");
                team.saves(CODE, "");
                push(&["main"])
            },
        ),
        silent(
            "everything-else-deleted",
            "code is deleted but for what the records need",
            |team| {
                team.begins()
                    .does(&["rm", "-r", "--quiet", "src", "README.md", "CHANGELOG.md"])
                    .commits("Start again");
                push(&["main"])
            },
        ),
    ],
};

fn link(team: &crate::support::guarded::Pushing, name: &str, target: &str) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, team.path(name)).unwrap();
}

/// A file whose name is no UTF-8, where the file system can have one.
fn latin_name(team: &crate::support::guarded::Pushing) {
    let id = team.clone.feed(&["hash-object", "-w", "--stdin"], b"odd\n");
    let entry = [format!("100644 {id}\todd-").as_bytes(), b"caf\xe9.txt\0"].concat();
    team.clone
        .feed(&["update-index", "--add", "-z", "--index-info"], &entry);
    team.does(&["commit", "--quiet", "--message", "Add a Latin name"]);
    team.does(&["checkout", "--quiet", "."]);
}
