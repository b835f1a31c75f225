//! Ways through names of files that some systems hold for one name, and through names and messages that a terminal obeys.

use std::os::unix::fs::symlink;

use super::text::{SECOND, also, published, put, record, refused, silent, spec, with_status};
use crate::evasion::case::{Group, Last, git, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Names of files, and what is said in them",
    cases: &[
        refused(
            "case-of-the-ending",
            "`0001-keep-records.MD` is added beside the record: a system that folds case shows one of them",
            (
                "path-twin",
                "sdd/adrs/0001-keep-records.MD is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| put(published(pushing), "sdd/adrs/0001-keep-records.MD", EDITED),
        ),
        refused(
            "case-of-a-folder",
            "the same in `SDD/ADRS/`, which no glob of the policy names",
            (
                "path-twin",
                "SDD/ADRS/0001-keep-records.md is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| put(published(pushing), "SDD/ADRS/0001-keep-records.md", EDITED),
        ),
        refused(
            "case-by-commit",
            "the same, stopped when it is committed",
            (
                "path-twin",
                "Sdd/adrs/0001-keep-records.md is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                published(pushing)
                    .clone
                    .guard()
                    .stage("Sdd/adrs/0001-keep-records.md", EDITED);
                git(&["commit", "--message", "Add notes"])
            },
        ),
        refused(
            "moved-to-a-twin",
            "the record is moved to `SDD/`, where nothing guards it",
            ("frozen-document-deleted", "accepted adr-0001 was deleted"),
            |pushing| moved(pushing, ADR, "SDD/adrs/0001-keep-records.md"),
        ),
        refused(
            "draft-moved-to-a-twin",
            "a draft is moved to `SDD/`, to be accepted there unguarded",
            (
                "path-twin",
                "SDD/adrs/0002-drop-records.md is the same path as sdd/adrs/0002-drop-records.md",
            ),
            |pushing| {
                also(published(pushing), SECOND, &with_status("Draft"));
                moved_from(pushing, SECOND, "SDD/adrs/0002-drop-records.md")
            },
        ),
        refused(
            "new-in-a-twin-folder",
            "a record that never stood elsewhere is added in `SDD/`",
            (
                "path-twin",
                "SDD/adrs/0007-other.md is not protected, because kind adr expects the spelling sdd/adrs/0007-other.md",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "SDD/adrs/0007-other.md",
                    with_status("Accepted"),
                )
            },
        ),
        refused(
            "decomposed-name",
            "a note is added whose name differs from a published one in nothing but decomposed letters",
            (
                "path-twin",
                "sdd/research/research-cafe\u{301}.md is the same path as sdd/research/research-café.md",
            ),
            |pushing| {
                also(
                    published(pushing),
                    "sdd/research/research-caf\u{e9}.md",
                    "# Café\n\nOne.\n",
                );
                put(
                    pushing,
                    "sdd/research/research-cafe\u{301}.md",
                    "# Café\n\nTwo.\n",
                )
            },
        ),
        refused(
            "zero-width-name",
            "the same with a zero-width joiner in the name",
            (
                "path-twin",
                r"sdd/research/research-c\u{200d}afe.md is the same path as sdd/research/research-cafe.md",
            ),
            |pushing| {
                also(
                    published(pushing),
                    "sdd/research/research-cafe.md",
                    "# Café\n\nOne.\n",
                );
                put(
                    pushing,
                    "sdd/research/research-c\u{200d}afe.md",
                    "# Café\n\nTwo.\n",
                )
            },
        ),
        refused(
            "zero-width-folder",
            "a twin in a folder whose name ends in a zero-width non-joiner",
            (
                "path-twin",
                r"sdd/adrs\u{200c}/0001-keep-records.md is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "sdd/adrs\u{200c}/0001-keep-records.md",
                    EDITED,
                )
            },
        ),
        refused(
            "dot-at-the-end",
            "a twin with a dot at its end, which Windows drops",
            (
                "path-twin",
                "sdd/adrs/0001-keep-records.md. is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| put(published(pushing), "sdd/adrs/0001-keep-records.md.", EDITED),
        ),
        refused(
            "blank-at-the-end-of-a-folder",
            "a twin in a folder with a blank at its end, which Windows drops",
            (
                "path-twin",
                "sdd/adrs /0001-keep-records.md is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| put(published(pushing), "sdd/adrs /0001-keep-records.md", EDITED),
        ),
        refused(
            "long-s",
            "a twin in `\u{17f}dd/`: the long s folds to an s",
            (
                "path-twin",
                "\u{17f}dd/adrs/0001-keep-records.md is the same path as sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "\u{17f}dd/adrs/0001-keep-records.md",
                    EDITED,
                )
            },
        ),
        refused(
            "twin-of-the-policy",
            "`Graven.toml` takes the place of the policy where case is folded",
            ("path-twin", "Graven.toml is the same path as graven.toml"),
            |pushing| {
                also(published(pushing), "graven.toml", "preset = \"sdd\"\n");
                put(pushing, "Graven.toml", "preset = \"none\"\n")
            },
        ),
        refused(
            "twin-of-the-backlog",
            "`sdd/backlog.md` takes the place of the backlog",
            (
                "path-twin",
                "sdd/backlog.md is the same path as sdd/BACKLOG.md",
            ),
            |pushing| {
                also(
                    published(pushing),
                    "sdd/BACKLOG.md",
                    "# Backlog\n\n- [ ] **BK-001 — Sort**\n",
                );
                put(pushing, "sdd/backlog.md", "# Backlog\n")
            },
        ),
        refused(
            "link-in-the-place-of-a-folder",
            "`SDD` is a symbolic link: a checkout that folds case writes the records through it",
            ("path-twin", "SDD is the same path as sdd"),
            |pushing| {
                symlink("elsewhere", published(pushing).clone.path().join("SDD")).unwrap();
                pushing.clone.commit("link");
                push(&["main"])
            },
        ),
        refused(
            "link-in-the-place-of-an-inner-folder",
            "the same for `sdd/Adrs`",
            ("path-twin", "sdd/Adrs is the same path as sdd/adrs"),
            |pushing| {
                symlink(
                    "../elsewhere",
                    published(pushing).clone.path().join("sdd/Adrs"),
                )
                .unwrap();
                pushing.clone.commit("link");
                push(&["main"])
            },
        ),
        refused(
            "no-text-in-its-name",
            "the record is moved to a name that is no UTF-8",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| {
                use std::os::unix::ffi::OsStrExt;
                let name = std::ffi::OsStr::from_bytes(b"sdd/adrs/0001-\xff.md");
                std::fs::write(published(pushing).clone.path().join(name), EDITED).unwrap();
                pushing.clone.git(&["rm", "--quiet", ADR]);
                pushing.clone.commit("move");
                push(&["main"])
            },
        ),
        refused(
            "escapes-in-a-name",
            "the name of a new record clears the terminal and writes its own verdict",
            (
                "number-taken",
                "adr-0001 is already taken by sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "sdd/adrs/0001-\u{1b}[2J\nremote: graven: allowed.md",
                    EDITED,
                )
            },
        ),
        refused(
            "direction-in-a-name",
            "the name of a new record is turned round by an override",
            (
                "number-taken",
                "adr-0001 is already taken by sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "sdd/adrs/0001-\u{202e}dm.exe.md",
                    EDITED,
                )
            },
        ),
        refused(
            "escapes-in-a-message",
            "the message of the commit clears the terminal and forges the verdict",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| {
                said(
                    pushing,
                    "\u{1b}[2J\u{1b}]0;x\u{7}\rremote: graven: allowed\u{202e}\n\nremote: graven: allowed",
                )
            },
        ),
        refused(
            "long-message",
            "the message is one line of 100,000 characters",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| said(pushing, &"remote: allowed ".repeat(6_250)),
        ),
        refused(
            "long-path",
            "a twin under a path of 4,000 bytes",
            (
                "number-taken",
                "adr-0001 is already taken by sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                let clone = &published(pushing).clone;
                let blob = clone.feed(&["hash-object", "-w", "--stdin"], EDITED.as_bytes());
                let path = format!("sdd/adrs/0001-{}.md", "x".repeat(4_000));
                clone.feed(
                    &["update-index", "--index-info"],
                    format!("100644 {blob}\t{path}\n").as_bytes(),
                );
                clone.commit_index("long");
                push(&["main"])
            },
        ),
        refused(
            "wide-line",
            "the edited line is 50,000 of the widest letters, with marks piled on each",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| {
                let wide = format!("\u{fdfd}{}", "\u{301}\u{489}".repeat(10)).repeat(5_000);
                record(pushing, ACCEPTED.replace("keep", &wide))
            },
        ),
        refused(
            "escapes-in-a-text",
            "the edited line holds a terminal's commands, private letters and what is no letter",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| {
                let bad = "\u{1b}[2J\u{9b}2J\u{fff9}x\u{fffb}\u{e000}\u{ffff}\u{fdd0}\u{10fffe}\u{e0041}\u{fe01}";
                record(pushing, ACCEPTED.replace("keep", bad))
            },
        ),
        silent(
            "another-case-elsewhere",
            "folders that differ in case where nothing is guarded",
            |pushing| {
                published(pushing)
                    .clone
                    .write("Docs/a.md", "A\n")
                    .write("docs/a.md", "a\n");
                pushing
                    .clone
                    .write("Tests/b.rs", "// b\n")
                    .write("SDD-notes/x.md", "x\n")
                    .write("asdd/adrs/0001-x.md", "x\n");
                pushing.clone.commit("notes");
                push(&["main"])
            },
        ),
        silent(
            "case-mended",
            "a spec is renamed from one spelling to another that the policy knows",
            |pushing| {
                let _ = spec(pushing, super::text::PATHS);
                pushing
                    .clone
                    .git(&["mv", super::text::SPEC, "sdd/specs/001-Paths.md"]);
                pushing.clone.commit("rename");
                push(&["main"])
            },
        ),
    ],
};

/// The published record stands elsewhere.
fn moved(pushing: &Pushing, from: &str, to: &str) -> Last {
    moved_from(published(pushing), from, to)
}

fn moved_from(pushing: &Pushing, from: &str, to: &str) -> Last {
    let text = pushing.clone.text(from);
    pushing.clone.git(&["rm", "--quiet", from]);
    put(pushing, to, text)
}

/// The record is edited in a commit with this message.
fn said(pushing: &Pushing, message: &str) -> Last {
    let clone = &published(pushing).clone;
    clone.stage(ADR, EDITED).write("message", message);
    clone.git(&[
        "commit",
        "--quiet",
        "--file",
        "message",
        "--cleanup",
        "verbatim",
    ]);
    push(&["main"])
}
