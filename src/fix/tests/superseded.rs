//! What superseding writes, and when it refuses.

use super::{Asked, adr, document, message, policy, text};
use crate::fix::supersede::supersede;
use crate::text::Source;

/// The new document and the old one, without what stands below `## Context`.
fn pair(old: &str) -> (String, String) {
    let policy = policy();
    let old = adr(&policy, old);
    let writes = supersede(&Asked::of(&old, &policy).request()).unwrap();
    let head = |text: &str| text.split("\n## Context").next().unwrap().to_owned();
    (head(text(&writes[0])), head(text(&writes[1])))
}

fn error(old: &str, change: impl FnOnce(&mut Asked<'_>)) -> String {
    let policy = policy();
    let old = adr(&policy, old);
    let mut asked = Asked::of(&old, &policy);
    change(&mut asked);
    let error = supersede(&asked.request()).unwrap_err();
    message(&error)
}

const ACCEPTED: &str =
    "# ADR-0005: Native paths\n\n## Status\n\nAccepted\n\n## Context\n\nPaths.\n";

// spec: REMEDY-002
#[test]
fn the_new_document_has_the_form_of_the_old_one() {
    for (old, new, after) in [
        (
            "# ADR-0005: Native paths\n\n## Status\n\nAccepted\n",
            "# ADR-0007: Use S3\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0005](0005-native-paths.md)\n",
            "# ADR-0005: Native paths\n\n## Status\n\nSuperseded by [ADR-0007](0007-use-s3.md)\n",
        ),
        (
            "# 5. Native paths\n\nDate: 2016-02-12\n\n## Status\n\nAccepted\n",
            "# 7. Use S3\n\nDate: 2026-01-31\n\n## Status\n\nAccepted\n\nSupersedes [5. Native paths](0005-native-paths.md)\n",
            "# 5. Native paths\n\nDate: 2016-02-12\n\n## Status\n\nSuperseded by [7. Use S3](0007-use-s3.md)\n",
        ),
        (
            "# Native paths\n\n* Status: accepted\n* Deciders: Ada, Bob\n* Date: 2016-02-12\n",
            "# Use S3\n\n* Status: accepted\n* Supersedes: [ADR-0005](0005-native-paths.md)\n* Date: 2026-01-31\n",
            "# Native paths\n\n* Status: superseded by [ADR-0007](0007-use-s3.md)\n* Deciders: Ada, Bob\n* Date: 2016-02-12\n",
        ),
        (
            "---\nstatus: accepted\ndate: 2016-02-12\ndeciders:\n  - Ada\nlayout: page\nsuperseded-by: null\n---\n# Native paths\n",
            "---\nstatus: accepted\nsupersedes: ADR-0005\ndate: 2026-01-31\n---\n\n# Use S3\n",
            "---\nstatus: superseded\ndate: 2016-02-12\ndeciders:\n  - Ada\nlayout: page\nsuperseded-by: ADR-0007\n---\n# Native paths\n",
        ),
        (
            "# Native paths\n\n**Status:** Accepted  \n**Date:** 2016-02-12  \n**Author:** Ada\n\nWords.\n",
            "# Use S3\n\n**Status:** Accepted  \n**Supersedes:** [ADR-0005](0005-native-paths.md)  \n**Date:** 2026-01-31  \n",
            "# Native paths\n\n**Status:** Superseded by [ADR-0007](0007-use-s3.md)  \n**Date:** 2016-02-12  \n**Author:** Ada\n\nWords.\n",
        ),
        (
            "# Native paths\n\n## Status\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Supersedes | ADR-0001 |\n| Superseded by | — |\n",
            "# Use S3\n\n## Status\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Supersedes | [ADR-0005](0005-native-paths.md) |\n",
            "# Native paths\n\n## Status\n\n| Field | Value |\n|---|---|\n| Status | Superseded |\n| Supersedes | ADR-0001 |\n| Superseded by | [ADR-0007](0007-use-s3.md) |\n",
        ),
        (
            "# Native paths\n\n## Status\n\nAccepted on 2016-02-12 (by all)\n",
            "# Use S3\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0005](0005-native-paths.md)\n",
            "# Native paths\n\n## Status\n\nSuperseded by [ADR-0007](0007-use-s3.md), was Accepted on 2016-02-12 (by all)\n",
        ),
    ] {
        let (made, edited) = pair(old);
        assert_eq!(made, new, "new, of {old}");
        assert_eq!(edited, after, "old, of {old}");
    }
}

// spec: REMEDY-002
#[test]
fn a_template_is_filled_in() {
    let policy = policy();
    let old = adr(&policy, ACCEPTED);
    for (template, new) in [
        (
            "# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n## Context\n\nThe issue.\n",
            "# 7. Use S3\n\nDate: 2026-01-31\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0005](0005-native-paths.md)\n\n## Context\n\nThe issue.\n",
        ),
        (
            "# ADR-NNNN: Short title\n\n**Status:** Proposed\n**Date:** YYYY-MM-DD\n\n## Context\n\n<!-- why? -->\n",
            "# ADR-0007: Use S3\n\n**Status:** Accepted\n**Supersedes:** [ADR-0005](0005-native-paths.md)\n**Date:** 2026-01-31\n\n## Context\n\n<!-- why? -->\n",
        ),
        (
            "---\nstatus: \"{proposed | rejected | accepted}\"\ndate: {YYYY-MM-DD when last updated}\n---\n\n# {short title}\n\n## Context\n",
            "---\nstatus: \"Accepted\"\nsupersedes: ADR-0005\ndate: 2026-01-31\n---\n\n# Use S3\n\n## Context\n",
        ),
        (
            "# ADR-NNNN: Title\n\n## Status\n\n## Context\n",
            "# ADR-0007: Use S3\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0005](0005-native-paths.md)\n\n## Context\n",
        ),
        ("Words alone.\n", ""),
    ] {
        let template = Source::new(template.to_owned());
        let asked = Asked {
            template: Some(&template),
            ..Asked::of(&old, &policy)
        };
        match supersede(&asked.request()) {
            Ok(writes) => assert_eq!(text(&writes[0]), new),
            Err(error) => assert_eq!(
                (error.message.as_str(), new),
                (
                    "the template sdd/adrs/template.md gives no adr whose title, status and relations can be read",
                    ""
                )
            ),
        }
    }
}

// spec: REMEDY-002
#[test]
fn the_file_is_named_like_the_old_one() {
    let policy = policy();
    for (old, number, title, new) in [
        (
            "sdd/adrs/0005-native-paths.md",
            7,
            "It's über-good: S3",
            "sdd/adrs/0007-its-ueber-good-s3.md",
        ),
        (
            "sdd/adrs/005-native-paths.md",
            12,
            "Use S3",
            "sdd/adrs/012-use-s3.md",
        ),
        (
            "sdd/adrs/9-native_paths.md",
            10,
            "Use S3",
            "sdd/adrs/10-use-s3.md",
        ),
        (
            "sdd/rfcs/rfc-0005-native-paths.md",
            6,
            "Use S3",
            "sdd/rfcs/rfc-0006-use-s3.md",
        ),
    ] {
        let old = document(&policy, old, ACCEPTED);
        let asked = Asked {
            number: Some(number),
            title,
            ..Asked::of(&old, &policy)
        };
        let writes = supersede(&asked.request()).unwrap();
        assert_eq!(writes[0].path.to_string(), new);
    }
}

// spec: REMEDY-004
#[test]
fn what_cannot_be_superseded_says_why_and_what_to_do() {
    let open = ACCEPTED.replace("Accepted", "Proposed");
    assert_eq!(
        error(&open, |_| {}),
        "adr-0005 is still open (Proposed); edit it instead: sdd/adrs/0005-native-paths.md"
    );
    assert_eq!(
        error("# A\n\n## Context\n", |_| {}),
        "adr-0005 shows no status, so it is not frozen; edit it instead: sdd/adrs/0005-native-paths.md"
    );
    assert_eq!(
        error(
            &ACCEPTED.replace("Accepted", "Superseded by [ADR-0006](0006-b.md)"),
            |_| {}
        ),
        "adr-0005 is already superseded (Superseded by [ADR-0006](0006-b.md)); supersede its successor instead: \
         graven supersede sdd/adrs/0006-b.md \"Title\""
    );
    assert_eq!(
        error(&ACCEPTED.replace("Accepted", "Rejected"), |_| {}),
        "adr-0005 is Rejected, which cannot become Superseded under the policy; write a new adr and leave this one as it is"
    );
    assert_eq!(
        error(ACCEPTED, |asked| asked.number = Some(10_000)),
        "number 10000 does not fit into the 4 digits of sdd/adrs/0005-native-paths.md; give the files of the kind wider \
         numbers in its policy and move to them, by hand"
    );
    assert_eq!(
        error(ACCEPTED, |asked| asked.title = " "),
        "the new title is empty or has more than one line; give one line of words"
    );
    assert_eq!(
        error(ACCEPTED, |asked| asked.title = "?!"),
        "no file name can be made of this title; give a title with letters or digits in it"
    );
    assert_eq!(
        error(ACCEPTED, |asked| asked.status = Some("Superseded")),
        "a new adr cannot begin as Superseded; choose one of: Draft, Proposed, In review, Accepted, Implemented, \
         Implementable, Completed, Final, Stable, Approved"
    );
    let policy = policy();
    let audit = document(&policy, "sdd/audits/audit-001-keys.md", "# Keys\n");
    let error = supersede(&Asked::of(&audit, &policy).request()).unwrap_err();
    assert_eq!(
        error.message,
        "audit-001 has no status: no audit is superseded"
    );
}
