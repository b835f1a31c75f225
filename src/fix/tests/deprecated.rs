//! What deprecating writes, and when it refuses.

use std::sync::Arc;

use super::{document, message, policy, text};
use crate::change::snapshot::{Declared, SectionIndex};
use crate::fix::deprecate::deprecate;

fn index(specs: &[&str]) -> SectionIndex {
    let policy = policy();
    let mut index = SectionIndex::new();
    for (at, spec) in specs.iter().enumerate() {
        let document = Arc::new(document(
            &policy,
            &format!("sdd/specs/00{}-paths.md", at + 1),
            spec,
        ));
        for section in &document.text().unwrap().sections {
            let declared = Declared {
                document: Arc::clone(&document),
                section: section.clone(),
            };
            index.entry(section.id.clone()).or_default().push(declared);
        }
    }
    index
}

// spec: REMEDY-005
#[test]
fn a_section_is_marked_in_the_way_of_its_spec() {
    for (spec, by, after) in [
        (
            "## P-001: One\n\nMUST.\n\n## P-002: Two\n",
            None,
            "## P-001: One [DEPRECATED]\n\nMUST.\n\n## P-002: Two\n",
        ),
        (
            "## P-001: One\r\n\r\nMUST.\r\n\r\n## P-002: Two\r\n\r\nx\r\n",
            Some("P-002"),
            "## P-001: One [DEPRECATED]\r\n\r\nDeprecated in favour of P-002.\r\n\r\nMUST.\r\n\r\n## P-002: Two\r\n\r\nx\r\n",
        ),
        (
            "### P-001: One ###\n\nMUST.\n",
            None,
            "### P-001: One [DEPRECATED] ###\n\nMUST.\n",
        ),
        (
            "## P-001: One\n\nMUST.\n\n## P-002: [DEPRECATED] Two\n",
            None,
            "## P-001: [DEPRECATED] One\n\nMUST.\n\n## P-002: [DEPRECATED] Two\n",
        ),
        (
            "## P-001: One\n\n## [DELETED] P-002: Two\n",
            None,
            "## [DEPRECATED] P-001: One\n\n## [DELETED] P-002: Two\n",
        ),
        (
            "## P-001: One\n\n## ~~P-002~~: Two\n",
            None,
            "## ~~P-001~~: One\n\n## ~~P-002~~: Two\n",
        ),
        (
            "## P-001: One\n\n## ~~P-002: Two~~\n",
            None,
            "## ~~P-001: One~~\n\n## ~~P-002: Two~~\n",
        ),
        (
            "## P-001: One\n\nMUST.\n\n## P-002: Two\n\n[MOVED TO Q-001]\n",
            None,
            "## P-001: One\n\n[DEPRECATED]\n\nMUST.\n\n## P-002: Two\n\n[MOVED TO Q-001]\n",
        ),
        ("## P-001: One", None, "## P-001: One [DEPRECATED]"),
        (
            "| ID | Rule |\n|---|---|\n| P-001 | One |\n| P-002 | Two |\n",
            None,
            "| ID | Rule |\n|---|---|\n| P-001 | One [DEPRECATED] |\n| P-002 | Two |\n",
        ),
        (
            "| ID | Rule |\n|---|---|\n| P-001 | One |\n| P-002 | Two |\n",
            Some("P-002"),
            "| ID | Rule |\n|---|---|\n| P-001 | One [DEPRECATED in favour of P-002] |\n| P-002 | Two |\n",
        ),
        (
            "| ID | Rule |\n|---|---|\n| P-001 | One |\n| ~~P-002~~ | Two |\n",
            None,
            "| ID | Rule |\n|---|---|\n| ~~P-001~~ | One |\n| ~~P-002~~ | Two |\n",
        ),
    ] {
        let writes = deprecate(&index(&[spec]), "P-001", by)
            .unwrap_or_else(|error| panic!("{error}: {spec}"));
        assert_eq!(text(&writes[0]), after);
    }
}

// spec: REMEDY-006
#[test]
fn what_cannot_be_deprecated_says_why_and_what_to_do() {
    let index = index(&[
        "## P-001: One\n\n## P-002: Two [DEPRECATED]\n\n## P-003: Three\n\n## P-004: Four\n\n## P-004: Four\n",
        "## P-003: Three\n",
    ]);
    for (id, by, said) in [
        ("P-01", None, "no spec declares P-01; did you mean P-001?"),
        (
            "ZEBRA-999",
            None,
            "no spec declares ZEBRA-999; see which there are: graven trace",
        ),
        (
            "P-002",
            None,
            "sdd/specs/001-paths.md: P-002 is deprecated already: [DEPRECATED]; leave it as it is",
        ),
        (
            "P-003",
            None,
            "sdd/specs/001-paths.md: P-003 is declared in sdd/specs/001-paths.md and in sdd/specs/002-paths.md; give one of \
             the two an ID of its own first, while it is not published",
        ),
        (
            "P-004",
            None,
            "sdd/specs/001-paths.md: P-004 is declared twice; give one of the two an ID of its own first, while it is not \
             published",
        ),
        (
            "P-001",
            Some("P-001"),
            "P-001 cannot be deprecated in favour of itself; name another section",
        ),
        (
            "P-001",
            Some("P-009"),
            "no spec declares P-009; did you mean P-004?",
        ),
        (
            "P-001",
            Some("P-002"),
            "sdd/specs/001-paths.md: P-002 is deprecated itself; name a section that is in force",
        ),
    ] {
        let error = deprecate(&index, id, by).unwrap_err();
        assert_eq!(message(&error), said);
    }
}
