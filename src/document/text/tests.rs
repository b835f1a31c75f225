//! A text as it is read whole: relations, regions, title.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;

use super::read;
use crate::document::{Region, Text, Verb, vocabulary_of_all_words};
use crate::policy::kind::{Freeze, Kind, PrefixForm, SectionForms};
use crate::repo::PathSet;
use crate::text::Source;

mod any_text;
mod sections;

fn kind() -> Kind {
    let none = || PathSet::new(Vec::<String>::new()).unwrap();
    let id = r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?";
    Kind {
        index: 1,
        name: "adr".to_owned(),
        paths: none(),
        near: none(),
        exempt: none(),
        file_name: None,
        template: None,
        number: None,
        freeze: Freeze::WhenAccepted,
        grows: false,
        vocabulary: Some(vocabulary_of_all_words()),
        edits: BTreeMap::new(),
        sections: Some(SectionForms {
            id: Regex::new(&format!("^{id}$")).unwrap().into(),
            heading: Regex::new(&format!(
                r"^(?<id>{id})(?:\s+(?<note>\([^)]*\)))?(?::\s*(?<title>.*))?$"
            ))
            .unwrap()
            .into(),
            like: Regex::new(&format!(r"^(?<id>{id})")).unwrap().into(),
            tables: true,
            prefix: PrefixForm::Line(
                Regex::new(r"^\*\*Prefix:\*\* (?<prefix>[A-Z0-9-]+)")
                    .unwrap()
                    .into(),
            ),
            tooling: Some(Regex::new(r"^\*\*Scope:\*\* .*tooling").unwrap().into()),
        }),
    }
}

pub(super) fn read_words(text: &str) -> Text {
    thread_local! { static KIND: Kind = kind(); }
    KIND.with(|kind| read(Arc::new(Source::new(text.to_owned())), kind))
}

/// Every region and what it covers.
fn regions(text: &str) -> Vec<(Region, String)> {
    let read = read_words(text);
    read.regions
        .iter()
        .map(|region| (region.value, read.source.slice(region.span).to_owned()))
        .collect()
}

fn relations(text: &str) -> Vec<String> {
    let read = read_words(text);
    let shown = |relation: &crate::document::Relation| {
        format!(
            "{:?} {:?} {}",
            relation.verb,
            relation.targets,
            read.source.slice(relation.span)
        )
    };
    read.relations.iter().map(shown).collect()
}

#[test]
fn relations_are_read_from_every_place_that_may_say_one() {
    for (text, expected) in [
        (
            "---\nsuperseded_by: ADR-9\nReplaces:\n  - ADR-1\n  - '0002'\n---\n# A\n",
            &[
                "SupersededBy [Number(9)] ADR-9",
                "Supersedes [Number(1), Number(2)] - ADR-1\n  - '0002",
            ][..],
        ),
        (
            "# A\n\n* Replaces: [ADR-0002](0002-x.md)\n* Amends: none\n",
            &["Supersedes [Link(\"0002-x.md\"), Number(2)] [ADR-0002](0002-x.md)"],
        ),
        (
            "# A\n\n*Note:* this RFC has been superseded by [RFC 1974][].\n",
            &["SupersededBy [Number(1974)] superseded by [RFC 1974"],
        ),
        (
            "# A\n\n## Status\n\n| | |\n|-|-|\n| Status | Accepted |\n| Supersedes | — |\n| Amends | ADR-3 |\n",
            &["Amends [Number(3)] ADR-3"],
        ),
        (
            "# A\n\nThe cache will be replaced by [x](y) as this grows.\n",
            &[],
        ),
        ("# A\n\n## Body\n\nSupersedes ADR-1\n", &[]),
        (
            "<!-- status: accepted; superseded-in-part-by: ADR-0047 -->\n# A\n",
            &["AmendedBy [Number(47)] ADR-0047"],
        ),
        (
            "# A\n\n**Status:** ~~accepted~~ — **superseded by\n[ADR-0015](x.md)**\n",
            &["SupersededBy [Link(\"x.md\"), Number(15)] superseded by\n[ADR-0015](x.md)"],
        ),
    ] {
        assert_eq!(relations(text), expected, "{text}");
    }
}

#[test]
fn regions_separate_status_relations_and_metadata_from_the_body() {
    use Region::{Metadata, Relation, Status};
    let owned = |list: &[(Region, &str)]| {
        list.iter()
            .map(|(region, text)| (*region, (*text).to_owned()))
            .collect::<Vec<_>>()
    };
    for (text, expected) in [
        (
            "# A\n\nDate: 2020-01-01\n\n## Status\n\nAccepted, really\n\nAmends [5. B](0005-b.md)\n\n## Context\n\nbody\n",
            &[
                (Metadata, "Date: 2020-01-01\n"),
                (Status, "\nAccepted, really\n\n"),
                (Relation, "Amends [5. B](0005-b.md)\n"),
                (Status, "\n"),
            ][..],
        ),
        (
            "---\nstatus: accepted\ndate: 2020\nsuperseded-by: ADR-3\n---\n# A\n",
            &[
                (Metadata, "---\n"),
                (Status, "status: accepted\n"),
                (Metadata, "date: 2020\n"),
                (Relation, "superseded-by: ADR-3\n"),
                (Metadata, "---\n"),
            ],
        ),
        (
            "# A\n\n* Status: accepted\n* Deciders: a\n* Decision: stone\n* Supersedes: ADR-3\n* Amends: ADR-4, and stone\n",
            &[
                (Status, "* Status: accepted\n"),
                (Metadata, "* Deciders: a\n"),
                (Relation, "* Supersedes: ADR-3\n"),
            ],
        ),
        (
            "# A\n\n## Status\n\nSuperseded by [ADR-7](7.md)\n\nbecause of stone; superseded by ADR-7\n",
            &[
                (Status, "\n"),
                (Relation, "Superseded by [ADR-7](7.md)\n"),
                (Status, "\nbecause of stone; superseded by ADR-7\n"),
            ],
        ),
        ("# A\n\nThis is superseded by [ADR-7](7.md)\n", &[]),
        (
            "# A\n\n**Status:** ~~accepted~~ superseded by\n[ADR-15](x)\nand gone\n",
            &[(Status, "**Status:** ~~accepted~~ superseded by\n")],
        ),
        (
            "# A\n\nDate : 2026-07-26 · Statut : accepté\n",
            &[
                (Metadata, "Date : 2026-07-26"),
                (Status, "Statut : accepté"),
            ],
        ),
        (
            "# A\n\n| | |\n|-|-|\n| Status | Final |\n| Date | now |\n| Decision | stone |\n",
            &[
                (Metadata, "| | |\n"),
                (Metadata, "|-|-|\n"),
                (Status, "| Status | Final |\n"),
                (Metadata, "| Date | now |\n"),
            ],
        ),
    ] {
        assert_eq!(regions(text), owned(expected), "{text}");
    }
}

#[test]
fn no_words_hide_in_a_relation_line() {
    for text in [
        "---\nsupersedes: ADR-3 # and stone is soft\n---\n",
        "---\nsupersedes:\n  - ADR-3 # and stone is soft\n---\n",
        "---\nsupersedes: 'ADR-3' stone\n---\n",
        "# A\n\n* Supersedes: ADR-3 <!-- stone is soft -->\n",
        "# A\n\n* Supersedes: ADR-3 ~~stone~~\n",
        "# A\n\n* Supersedes: [ADR-3](x \"stone is soft\")\n",
        "# A\n\n* Supersedes: ADR-3 ![stone](x)\n",
        "# A\n\n* Supersedes: ADR-3[^1]\n\n[^1]: stone\n",
        "# A\n\n* Supersedes: ADR-3 · Stone is soft\n",
        "# A\n\n* Supersedes: ADR-3\n  stone\n",
        "# A\n\n| Supersedes | ADR-3 | stone |\n|-|-|-|\n| Status | Draft | |\n",
        "# A\n\n| Supersedes | ADR-3 | | | | | | | | stone |\n|-|-|-|-|-|-|-|-|-|-|\n",
        "# A\n\n| Supersedes <!-- stone --> | ADR-3 |\n|-|-|\n",
        "# A\n\n## Status\n\nSupersedes ADR-3 and stone\n",
        "# A\n\n## Status\n\nSupersedes `stone`\n",
        "# A\n\n## Status\n\n<p>Supersedes ADR-3</p>\n",
        "# A\n\n## Status\n\n> Supersedes ADR-3\n",
    ] {
        let found: Vec<_> = regions(text)
            .into_iter()
            .filter(|(region, _)| *region == Region::Relation)
            .collect();
        assert!(found.is_empty(), "{text} {found:?}");
    }
}

#[test]
fn a_title_is_the_first_heading_of_level_one_or_stands_in_front_matter() {
    let title = |text: &str| read_words(text).title.map(|title| title.value);
    assert_eq!(
        title("## x\n\n# The `real` *title*\n# Second\n").as_deref(),
        Some("The real title")
    );
    assert_eq!(
        title("---\ntitle: \"Front\"\n---\n## x\n").as_deref(),
        Some("Front")
    );
    assert_eq!(title("> # quoted\n"), None);
}

#[test]
fn a_kind_without_a_vocabulary_has_no_status() {
    let kind = Kind {
        vocabulary: None,
        ..kind()
    };
    let read = read(
        Arc::new(Source::new(
            "# A\n\n* Status: accepted\n\n## Status\n\nAccepted\n".to_owned(),
        )),
        &kind,
    );
    assert!(
        read.status.main.is_none()
            && read.status.others.is_empty()
            && read.status.unfilled.is_none()
    );
    assert!(
        read.regions
            .iter()
            .all(|region| region.value != Region::Status)
    );
}

#[test]
fn verbs_of_partial_relations_do_not_end_a_document() {
    let read = read_words("# A\n\n* Status: accepted, superseded in part by ADR-9\n");
    assert_eq!(
        read.status
            .main
            .map(|main| main.word().to_owned())
            .as_deref(),
        Some("Accepted")
    );
    assert_eq!(read.relations[0].verb, Verb::AmendedBy);
}
