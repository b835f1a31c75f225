//! `graven deprecate`.

use super::{SECTIONS, SPEC, guarded, idle};
use crate::support::FORMATS;

// spec: REMEDY-005
#[test]
fn a_section_is_deprecated_and_committed_through_the_hook() {
    for format in FORMATS {
        let repo = guarded(format);
        let said = repo.graven(&["deprecate", "PATH-001"]);
        said.ends(0);
        assert_eq!(
            said.all(),
            format!("wrote and staged {SPEC}\nnext: git commit\n")
        );
        assert_eq!(
            repo.text(SPEC),
            SECTIONS.replace("Separators", "Separators [DEPRECATED]")
        );
        repo.graven(&["check"]).ends(0).lacks(&["warning", "error"]);
        repo.allow(&["commit", "--message", "deprecate it"]);
    }
}

// spec: REMEDY-005
#[test]
fn a_section_names_the_one_that_takes_its_place() {
    let repo = guarded("sha1");
    repo.graven(&["deprecate", "PATH-001", "--by", "PATH-002"])
        .ends(0);
    let marked = "## PATH-001: Separators [DEPRECATED]\n\nDeprecated in favour of PATH-002.\n\nA path MUST use slashes.";
    assert!(repo.text(SPEC).contains(marked), "{}", repo.text(SPEC));
    repo.graven(&["check"]).ends(0).lacks(&["warning", "error"]);
    repo.allow(&["commit", "--message", "deprecate it"]);
}

// spec: REMEDY-001
// spec: REMEDY-006
#[test]
fn where_it_cannot_be_done_nothing_is_written() {
    let repo = guarded("sha1");
    idle(&repo, 2, &["deprecate", "PATH-01"])
        .has(&["no spec declares PATH-01", "did you mean PATH-001?"]);
    idle(&repo, 2, &["deprecate", "PATH-001", "--by", "PATH-001"]).has(&["in favour of itself"]);
    idle(&repo, 2, &["deprecate", "PATH-001", "--by", "PATH-003"])
        .has(&["no spec declares PATH-003"]);
    repo.graven(&["deprecate", "PATH-001"]).ends(0);
    idle(&repo, 2, &["deprecate", "PATH-001"])
        .has(&["PATH-001 is deprecated already: [DEPRECATED]"]);
    idle(&repo, 2, &["deprecate", "PATH-002", "--by", "PATH-001"])
        .has(&["PATH-001 is deprecated itself"]);
    repo.write(SPEC, "work in progress\n");
    idle(&repo, 2, &["deprecate", "PATH-002"])
        .has(&["sdd/specs/001-paths.md was not changed", "unstaged"]);
}
