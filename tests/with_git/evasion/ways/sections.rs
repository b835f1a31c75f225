//! Ways to lose what a spec has promised.

use super::{case, publish, refused, remove};
use crate::evasion::case::{Group, Last, Verdict, push};
use crate::support::guarded::Pushing;

const SPEC: &str = "sdd/specs/001-paths.md";
const ONE: &str =
    "## PATH-001: Paths are absolute\n\nA path MUST begin at the root of its volume.\n\n";
const TWO: &str = "## PATH-002: Names are short\n\nA name MUST have at most eighty letters.\n\n";
const THREE: &str = "## PATH-003: Links are followed\n\nA link MUST be followed to its end.\n\n";
const LOST: Verdict = refused(
    "section-removed",
    "PATH-002 was published, but no spec declares it now",
);

pub(crate) const GROUP: Group = Group {
    title: "By the sections of a spec",
    cases: &[
        case(
            "section-deleted",
            "a section is taken out",
            LOST,
            |pushing| rewrite(pushing, &spec(&[ONE, THREE])),
        ),
        case(
            "section-deleted-and-restored-elsewhere",
            "a section is taken out, restored, and taken out again in one push",
            LOST,
            |pushing| {
                published(pushing).clone.change(SPEC, &spec(&[ONE, THREE]));
                pushing.clone.change(SPEC, &spec(&[ONE, TWO, THREE]));
                pushing.clone.change(SPEC, &spec(&[ONE, THREE]));
                push(&["main"])
            },
        ),
        case(
            "section-malformed",
            "the ID of a section loses its colon, so that it is no ID",
            refused(
                "section-removed",
                "PATH-002 was published, but its heading no longer declares it",
            ),
            |pushing| {
                rewrite(
                    pushing,
                    &spec(&[ONE, &TWO.replace("PATH-002: ", "PATH-002 "), THREE]),
                )
            },
        ),
        case(
            "heading-too-deep",
            "the heading of a section gets a seventh number sign",
            LOST,
            |pushing| {
                rewrite(
                    pushing,
                    &spec(&[ONE, &TWO.replace("## PATH-002", "####### PATH-002"), THREE]),
                )
            },
        ),
        case(
            "spec-deleted",
            "the whole spec is deleted",
            LOST,
            |pushing| {
                remove(published(pushing), SPEC);
                push(&["main"])
            },
        ),
        case(
            "spec-renamed-and-thinned",
            "the spec is renamed, and a section is dropped on the way",
            LOST,
            |pushing| {
                published(pushing).clone.git(&["rm", "--quiet", SPEC]);
                pushing
                    .clone
                    .change("sdd/specs/001-file-paths.md", &spec(&[ONE, THREE]));
                push(&["main"])
            },
        ),
        case(
            "spec-split-and-thinned",
            "the spec is split into two, and a section is in neither",
            LOST,
            |pushing| {
                published(pushing)
                    .clone
                    .write("sdd/specs/002-links.md", &spec(&[THREE]));
                pushing.clone.change(SPEC, &spec(&[ONE]));
                push(&["main"])
            },
        ),
        case(
            "spec-out-of-the-folder",
            "the spec is moved to where the policy does not look",
            LOST,
            |pushing| {
                published(pushing).clone.write("docs/x", "").git(&[
                    "mv",
                    SPEC,
                    "docs/001-paths.md",
                ]);
                pushing.clone.commit("move");
                push(&["main"])
            },
        ),
        case(
            "spec-among-records",
            "the spec is moved among the records, whose sections count for nothing",
            LOST,
            |pushing| {
                published(pushing).clone.write("sdd/adrs/x", "").git(&[
                    "mv",
                    SPEC,
                    "sdd/adrs/0001-paths.md",
                ]);
                pushing.clone.commit("move");
                push(&["main"])
            },
        ),
        case(
            "spec-as-a-link",
            "a symbolic link takes the place of the spec",
            LOST,
            |pushing| {
                published(pushing).clone.git(&["rm", "--quiet", SPEC]);
                std::fs::create_dir_all(pushing.clone.path().join("sdd/specs")).unwrap();
                std::os::unix::fs::symlink("../../paths.md", pushing.clone.path().join(SPEC))
                    .unwrap();
                pushing
                    .clone
                    .write("paths.md", &spec(&[ONE]))
                    .commit("a link");
                push(&["main"])
            },
        ),
        case(
            "section-renumbered",
            "a section takes a new ID",
            refused(
                "section-renumbered",
                "published section PATH-002 was renumbered to PATH-009",
            ),
            |pushing| {
                rewrite(
                    pushing,
                    &spec(&[ONE, &TWO.replace("PATH-002", "PATH-009"), THREE]),
                )
            },
        ),
        case(
            "sections-shifted",
            "a new section is put in front, and the others take the next numbers",
            refused("section-shifted", "PATH-001"),
            |pushing| {
                let shifted = [ONE, TWO, THREE].concat();
                let shifted = shifted
                    .replace("PATH-003", "PATH-004")
                    .replace("PATH-002", "PATH-003")
                    .replace("PATH-001", "PATH-002");
                rewrite(
                    pushing,
                    &spec(&[
                        "## PATH-001: Slashes are plain\n\nA path MUST have plain slashes alone.\n\n",
                        &shifted,
                    ]),
                )
            },
        ),
        case(
            "section-turned-round",
            "a section demands the opposite under its old ID and title",
            refused(
                "section-redefined",
                "PATH-002 now requires the opposite of its published text",
            ),
            |pushing| {
                rewrite(
                    pushing,
                    &spec(&[ONE, &TWO.replace("MUST", "MUST NOT"), THREE]),
                )
            },
        ),
        case(
            "section-of-another-meaning",
            "an ID is used for something else",
            refused("section-redefined", "PATH-002"),
            |pushing| {
                let other = "## PATH-002: Disks are mirrored\n\nEvery disk is copied to another house each night.\n\n";
                rewrite(pushing, &spec(&[ONE, other, THREE]))
            },
        ),
        case(
            "section-put-back-edited",
            "a push turns a section round and restores it; the next turns it round again",
            refused(
                "section-redefined",
                "PATH-002 now requires the opposite of its published text",
            ),
            |pushing| {
                published(pushing)
                    .clone
                    .change(SPEC, &spec(&[ONE, &TWO.replace("MUST", "MUST NOT"), THREE]));
                pushing.clone.change(SPEC, &spec(&[ONE, TWO, THREE]));
                pushing.allow(&["main"]);
                pushing
                    .clone
                    .change(SPEC, &spec(&[ONE, &TWO.replace("MUST", "MUST NOT"), THREE]));
                push(&["main"])
            },
        ),
        case(
            "section-restored-by-a-copy",
            "a section is turned round; another spec has it as it was for a moment",
            refused("section-duplicated", "PATH-002 is declared twice"),
            |pushing| {
                published(pushing)
                    .clone
                    .change(SPEC, &spec(&[ONE, &TWO.replace("MUST", "MUST NOT"), THREE]));
                pushing
                    .clone
                    .change("sdd/specs/002-names.md", &spec(&[TWO]));
                remove(pushing, "sdd/specs/002-names.md");
                push(&["main"])
            },
        ),
        case(
            "section-put-back-in-another-spec",
            "a push turns a section round in another spec and moves it back; the next does it again",
            refused(
                "section-redefined",
                "PATH-002 now requires the opposite of its published text",
            ),
            |pushing| {
                let turned = |pushing: &Pushing| {
                    pushing.clone.write(SPEC, &spec(&[ONE, THREE]));
                    pushing.clone.change(
                        "sdd/specs/002-names.md",
                        &spec(&[&TWO.replace("MUST", "MUST NOT")]),
                    );
                };
                turned(published(pushing));
                pushing
                    .clone
                    .write("sdd/specs/002-names.md", "# Names\n\nNothing yet.\n");
                pushing.clone.change(SPEC, &spec(&[ONE, TWO, THREE]));
                pushing.allow(&["main"]);
                turned(pushing);
                push(&["main"])
            },
        ),
        case(
            "tombstone-removed",
            "the mark of a deprecated section is taken away",
            refused("section-undeprecated", "PATH-002"),
            |pushing| {
                deprecated(pushing)
                    .clone
                    .change(SPEC, &spec(&[ONE, TWO, THREE]));
                push(&["main"])
            },
        ),
        case(
            "deprecated-id-reused",
            "the ID of a deprecated section is given to another one",
            refused("section-undeprecated", "PATH-002"),
            |pushing| {
                let other = "## PATH-002: Disks are mirrored\n\nEvery disk is copied to another house each night.\n\n";
                deprecated(pushing)
                    .clone
                    .change(SPEC, &spec(&[ONE, other, THREE]));
                push(&["main"])
            },
        ),
        case(
            "tombstone-deleted",
            "a deprecated section is taken out",
            LOST,
            |pushing| {
                deprecated(pushing).clone.change(SPEC, &spec(&[ONE, THREE]));
                push(&["main"])
            },
        ),
        case(
            "section-twice",
            "a section is declared again in another spec, with other words",
            refused("section-duplicated", "PATH-002"),
            |pushing| {
                published(pushing).clone.change(
                    "sdd/specs/002-names.md",
                    &spec(&[&TWO.replace("eighty", "eight")]),
                );
                push(&["main"])
            },
        ),
        case(
            "number-of-a-spec-taken",
            "a second spec takes the number of the first",
            refused(
                "number-taken",
                "spec-001 is already taken by sdd/specs/001-paths.md",
            ),
            |pushing| {
                published(pushing)
                    .clone
                    .change("sdd/specs/001-quotas.md", "# Quotas\n\nNothing yet.\n");
                push(&["main"])
            },
        ),
        case(
            "test-of-nothing",
            "a test cites a section that no spec declares",
            refused("test-cites-unknown", "PATH-009"),
            |pushing| {
                published(pushing).clone.change(
                    "tests/test_paths.py",
                    "import pytest\n\n@pytest.mark.spec(\"PATH-009\")\ndef test_path():\n    pass\n",
                );
                push(&["main"])
            },
        ),
        case(
            "last-test-removed",
            "the last test of a section is deleted",
            refused("last-test-removed", "PATH-001"),
            |pushing| {
                published(pushing).clone.change(
                    "tests/test_paths.py",
                    "import pytest\n\n@pytest.mark.spec(\"PATH-001\")\ndef test_path():\n    pass\n",
                );
                pushing.allow(&["main"]);
                remove(pushing, "tests");
                push(&["main"])
            },
        ),
        case(
            "backlog-item-lost",
            "an item of the backlog is taken out, and is not among the done",
            refused("backlog-item-lost", "BK-001"),
            |pushing| {
                publish(
                    pushing,
                    "sdd/BACKLOG.md",
                    "# Backlog\n\n- [ ] **BK-001 — Follow links**\n- [ ] **BK-002 — Count**\n",
                );
                pushing
                    .clone
                    .change("sdd/BACKLOG.md", "# Backlog\n\n- [ ] **BK-002 — Count**\n");
                push(&["main"])
            },
        ),
    ],
};

fn spec(sections: &[&str]) -> String {
    format!("# Paths\n\nPrefix: PATH\n\n{}", sections.concat())
}

fn published(pushing: &Pushing) -> &Pushing {
    publish(pushing, SPEC, &spec(&[ONE, TWO, THREE]))
}

fn deprecated(pushing: &Pushing) -> &Pushing {
    let two = TWO.replace(
        "## PATH-002: Names are short",
        "## PATH-002: [DEPRECATED] Names are short",
    );
    publish(published(pushing), SPEC, &spec(&[ONE, &two, THREE]))
}

fn rewrite(pushing: &Pushing, text: &str) -> Last {
    published(pushing).clone.change(SPEC, text);
    push(&["main"])
}
