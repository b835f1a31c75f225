//! Specs, their sections, and the tests that cite them.

use std::fs;

use super::project::Project;

const LEASES: &str = "sdd/specs/901-leases.md";
const TEST: &str = "tests/test_leases.py";

const SPEC: &str = "# Leases\n\n**Prefix:** LEASE\n\n## LEASE-001: Length\n\n**Invariant:** A lease MUST end after 60 s.\n\n\
        ## LEASE-002: Renewal\n\n**Invariant:** A lease MAY be renewed by its holder.\n";

fn test_of(ids: &[&str]) -> String {
    let one = |id: &&str| {
        let name = id.to_lowercase().replace('-', "_");
        format!("\n\n@pytest.mark.spec(\"{id}\")\ndef test_{name}():\n    assert True\n")
    };
    format!("import pytest\n{}", ids.iter().map(one).collect::<String>())
}

/// A feature with its spec and its tests is published.
pub(crate) fn leases(project: &Project) {
    let clone = project.branch("leases-spec");
    clone
        .write(LEASES, SPEC)
        .write(TEST, &test_of(&["LEASE-001", "LEASE-002"]))
        .write("src/leases.py", "LENGTH = 60\n");
    project.commit("feat: leases");
    project.publish();
}

#[test]
fn a_section_is_deprecated() {
    let project = &Project::adopted();
    let clone = project.branch("deprecate");
    let spec = "sdd/specs/004-path-model.md";
    clone
        .graven(&["deprecate", "PATH-002"])
        .ends(0)
        .has(&[spec]);
    assert!(
        clone.text(spec).contains("[DEPRECATED]"),
        "{}",
        clone.text(spec)
    );
    project.commit("Deprecate PATH-002");
    project.publish();

    let text = clone.text(spec);
    let (start, end) = (
        text.find("## PATH-001").unwrap(),
        text.find("## PATH-002").unwrap(),
    );
    clone.write(spec, &format!("{}{}", &text[..start], &text[end..]));
    project.wrong("section-removed", "Drop PATH-001");
    clone.write(
        spec,
        &text
            .replace("[DEPRECATED] ", "")
            .replace(" [DEPRECATED]", ""),
    );
    project.wrong("section-undeprecated", "Bring PATH-002 back");
    project.ends_clean();
}

#[test]
fn a_spec_comes_with_its_tests() {
    let project = &Project::adopted();
    let clone = project.clone();
    let next = clone.graven(&["next", "--new", "LEASE"]);
    next.ends(0).has(&["LEASE-001"]);
    leases(project);
    clone
        .graven(&["trace", LEASES])
        .ends(0)
        .has(&["LEASE-001", TEST]);

    clone.write(
        LEASES,
        &format!("{SPEC}\n## LEASE-003: Loss\n\nA lost lease MUST be told.\n"),
    );
    project.wrong("section-untested", "Say what becomes of a lost lease");
    clone.write(TEST, &test_of(&["LEASE-001", "LEASE-002", "LEASE-009"]));
    project.wrong("test-cites-unknown", "Test what nobody wrote down");
    clone.write(TEST, &test_of(&["LEASE-001"]));
    project.wrong("last-test-removed", "Drop a test");
    fs::remove_file(clone.path().join(TEST)).unwrap();
    project.wrong("last-test-removed", "Drop all tests");
    clone.write("src/leases.py", "LENGTH = 60\nGRACE = 5\n");
    project.wrong("feature-without-spec", "feat: grace");
    clone.write(
        LEASES,
        &SPEC.replace("MAY be renewed", "MUST NOT be renewed"),
    );
    project.wrong("section-redefined", "Forbid renewal");
    clone.write(
        "sdd/specs/902-more.md",
        "# More\n\n**Prefix:** LEASE\n\n## LEASE-001: Another\n\nIt MUST be free.\n",
    );
    project.wrong("section-duplicated", "Use the ID again");
    project.ends_clean();
}

#[test]
fn a_section_moves_to_another_spec() {
    let project = &Project::adopted();
    let clone = project.branch("move-section");
    let (from, to) = ("sdd/specs/004-path-model.md", "sdd/specs/900-lengths.md");
    let text = clone.text(from);
    let start = text.find("## PATH-001").unwrap();
    let end = text.find("## PATH-002").unwrap();
    clone.write(from, &format!("{}{}", &text[..start], &text[end..]));
    clone.write(to, &format!("# Moved\n\n{}", &text[start..end]));
    project.commit("Move PATH-001 to a spec of its own");
    project.publish();

    clone.write(to, &clone.text(to).replace("PATH-001", "PATH-801"));
    project.wrong("section-renumbered", "Give it a better number");
    project.ends_clean();
}
