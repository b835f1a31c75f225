use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use regex::Regex;

use super::read;
use crate::document::{Region, Text, Verb, vocabulary_of_all_words};
use crate::policy::kind::{Freeze, Kind, PrefixForm, SectionForms};
use crate::repo::PathSet;
use crate::text::Source;

fn kind() -> Kind {
    let none = || PathSet::new(Vec::<String>::new()).unwrap();
    let id = r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?";
    Kind {
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

fn sections(text: &str) -> Vec<String> {
    let read = read_words(text);
    let shown = |section: &crate::document::Section| {
        let mark = section.mark.as_deref().unwrap_or("-");
        let (declared, body) = (
            read.source.slice(section.declared),
            read.source.slice(section.body),
        );
        format!("{}|{}|{mark}|{declared}|{body}", section.id, section.title)
    };
    read.sections.iter().map(shown).collect()
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
fn sections_are_declared_by_headings_and_tables() {
    for (text, expected) in [
        (
            "# S\n\n## PATH-001: One\n\nbody\n\n### Note\n\nmore\n\n## PATH-002 (was WR-014): Two\n\n## Other\n\nx\n",
            &[
                "PATH-001|One|-|## PATH-001: One|body\n\n### Note\n\nmore",
                "PATH-002|Two|-|## PATH-002 (was WR-014): Two|",
            ][..],
        ),
        (
            "## A-1: X [DEPRECATED]\n\n### ~~A-2~~: Y\n\n### [MOVED TO B-1] A-3: Z\n\n### ~~A-4: W~~\n\n### A-5 [REMOVED]: V\n",
            &[
                "A-1|X|[DEPRECATED]|## A-1: X [DEPRECATED]|",
                "A-2|Y|~~A-2~~|### ~~A-2~~: Y|",
                "A-3|Z|[MOVED TO B-1]|### [MOVED TO B-1] A-3: Z|",
                "A-4|W|~~A-4: W~~|### ~~A-4: W~~|",
                "A-5|V|[REMOVED]|### A-5 [REMOVED]: V|",
            ],
        ),
        (
            "## A-1: X\n\n**[DEPRECATED: use A-2]** text\n\n## A-2: Y\n\nnot [DEPRECATED]\n",
            &[
                "A-1|X|[DEPRECATED: use A-2]|## A-1: X|**[DEPRECATED: use A-2]** text",
                "A-2|Y|-|## A-2: Y|not [DEPRECATED]",
            ],
        ),
        (
            "## A-1: [DEPRECATED] X\n\n[DEPRECATED]: #x\n",
            &["A-1|X|[DEPRECATED]|## A-1: [DEPRECATED] X|[DEPRECATED]: #x"],
        ),
        (
            "## T\n\n| ID | Rule | More |\n|---|---|---|\n| R-1 | One | x |\n| ~~R-2~~ | Two | |\n| `R-3` | Code | |\n",
            &[
                "R-1|One|-|| R-1 | One | x ||| R-1 | One | x |",
                "R-2|Two|~~R-2~~|| ~~R-2~~ | Two | ||| ~~R-2~~ | Two | |",
            ],
        ),
        (
            "## `A-1`: X\n\n> ## A-2: X\n\n- ## A-3: X\n\n```\n## A-4: X\n```\n\n<!--\n## A-5: X\n-->\n\n# A-6: X\n",
            &[],
        ),
        (
            "## A-1: uses `code` here\n",
            &["A-1|uses code here|-|## A-1: uses `code` here|"],
        ),
    ] {
        assert_eq!(sections(text), expected, "{text}");
    }
}

#[test]
fn a_heading_that_only_seems_to_declare_is_malformed() {
    let read = read_words("## BE-099 Some title\n\n## BE-100: Fine\n\n## Other\n");
    let malformed: Vec<&str> = read.malformed.iter().map(|id| id.value.as_str()).collect();
    assert_eq!(malformed, ["BE-099"]);
    assert_eq!(
        read.source.slice(read.malformed[0].span),
        "## BE-099 Some title"
    );
}

#[test]
fn a_spec_about_tooling_says_so_in_front_of_its_sections() {
    for (text, tooling) in [
        (
            "# S\n\n**Prefix:** DOC\n**Scope:** Build & CI tooling. More.\r\n\n## DOC-001: A\n",
            true,
        ),
        ("# S\n\n**Scope:** Build & CI tooling", true),
        (
            "# S\n\n## DOC-001: A\n\n**Scope:** Build & CI tooling\n",
            false,
        ),
        (
            "# S\n\n```\n**Scope:** Build & CI tooling\n```\n\n## DOC-001: A\n",
            false,
        ),
        ("# S\n\n<!--\n**Scope:** Build & CI tooling\n-->\n", false),
        ("# S\n\n**Scope:** The library\n", false),
    ] {
        let read = read_words(text);
        assert_eq!(read.tooling.is_some(), tooling, "{text}");
        assert!(
            read.tooling
                .is_none_or(|line| read.source.slice(line).starts_with("**Scope:**")),
            "{text}"
        );
    }
}

#[test]
fn prefixes_are_declared_outside_code() {
    let read = read_words("# S\n\n**Prefix:** PATH\n\n```\n**Prefix:** CODE\n```\n");
    let prefixes: Vec<&str> = read
        .prefixes
        .iter()
        .map(|prefix| prefix.value.as_str())
        .collect();
    assert_eq!(prefixes, ["PATH"]);
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

/// Spans lie in order, inside the text, and regions do not overlap.
fn is_sound(text: &str) {
    let read = read_words(text);
    let length = text.len();
    let mut end = 0;
    for region in &read.regions {
        assert!(
            region.span.start() >= end && region.span.end() > region.span.start(),
            "{text:?} {:?}",
            read.regions
        );
        end = region.span.end();
    }
    assert!(end <= length);
    for section in &read.sections {
        assert!(
            section.declared.start() <= section.body.start() && section.body.end() <= length,
            "{text:?}"
        );
    }
    assert!(
        read.sections.is_sorted_by_key(|section| section.declared),
        "{text:?} {:?}",
        read.sections
    );
    assert!(
        read.relations.is_sorted_by_key(|relation| relation.span),
        "{text:?}"
    );
    assert!(
        read.status.others.is_sorted_by_key(|status| status.span),
        "{text:?}"
    );
    for status in read.status.main.iter().chain(&read.status.others) {
        assert!(!read.source.slice(status.span).is_empty(), "{text:?}");
    }
}

/// What a text says, without where.
fn said(text: &str) -> impl PartialEq + std::fmt::Debug + use<> {
    let read = read_words(text);
    let status = read
        .status
        .main
        .map(|status| (status.value, status.written));
    let sections: Vec<_> = read
        .sections
        .into_iter()
        .map(|section| (section.id, section.title, section.mark))
        .collect();
    let relations: Vec<_> = read
        .relations
        .into_iter()
        .map(|relation| (relation.verb, relation.targets))
        .collect();
    let regions: Vec<_> = read.regions.iter().map(|region| region.value).collect();
    (
        status,
        read.title.map(|title| title.value),
        sections,
        relations,
        regions,
    )
}

#[test]
fn line_ends_change_nothing_of_what_code_over_two_lines_says() {
    for text in [
        "# A\n\n## Status\n\nDecided `on\nMonday`\n",
        "# A\n\n## Status\n\n`\nDecided\n`\n",
        "# A\n\n## Status\n\nDecided ` \n \n`\n",
        "# A\n\nStatus `Decided  \n  on`\n",
        "# A\n\n## Status\n\n> Decided `on\n> Monday`\n",
    ] {
        assert_eq!(said(text), said(&text.replace('\n', "\r\n")), "{text:?}");
    }
}

const SAMPLE: &str = "\u{feff}---\nstatus: \"accepted\" # é\nreplaces:\n - ADR-1\n---\n<!-- status: draft; amends: ADR-2 -->\n\
    # Títle `x`\n\n* Status: **~~a~~ 状态 [b](c \"d\")**\n* Supersedes: [1. é](x)\n\n| Status | ✅ |\n|-|-|\n| Final | é |\n\n\
    ![é](/badge/status-é-red) <b>Status: x</b> é\n\n<pre>\nStatus: é <!-- é -->\n</pre>\n\n## Status\n\n> é\n\nAccepted | é\n\
    superseded by [é](é)\n\n## A-1: ~~é~~ [DEPRECATED: é] `é`\n\n**[MOVED é]** é\n\n| ID | é |\n|-|-|\n| ~~A-2~~ | é |\n";

#[test]
fn a_text_cut_anywhere_is_still_read() {
    for (at, _) in SAMPLE.char_indices() {
        is_sound(&SAMPLE[..at]);
        is_sound(&SAMPLE[at..]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_its_spans_are_sound(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        is_sound(&parts.concat());
    }

    #[test]
    fn line_ends_change_nothing_of_what_is_said(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        let text = parts.concat().replace('\r', "");
        prop_assert_eq!(said(&text), said(&text.replace('\n', "\r\n")));
    }
}

const PARTS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r\n",
    "# ",
    "## ",
    "### ",
    "> ",
    "- ",
    "* ",
    "1. ",
    "---\n",
    "```\n",
    "~~",
    "**",
    "*",
    "_",
    "`",
    "[",
    "](",
    "]",
    ")",
    "(",
    "![",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "<br>",
    "<",
    ">",
    "|",
    "|-|-|\n",
    "| ID | T |\n",
    "Status",
    "status: ",
    "Status:",
    "**Status:** ",
    "## Status\n\n",
    "accepted",
    "Accepted",
    "Superseded by ",
    "supersedes ",
    "Amends",
    "ADR-7",
    "#7",
    "0007",
    "A-1: ",
    "PATH-003",
    "[DEPRECATED]",
    "[MOVED TO x]",
    "é",
    "状态：",
    "·",
    "✅",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "{",
    "}",
    ";",
    ",",
    ".",
    ":",
    "—",
    "&amp;",
    "\\",
    "[^1]",
    "[^1]: ",
    "title: x",
    "tags: [Accepted]",
    "https://x.io/badge/status-accepted-red",
    "Date: ",
    "[x]: y\n",
];

#[test]
fn hostile_texts_are_read_soundly() {
    let size = 100_000;
    let texts = [
        "> ".repeat(size / 2),
        "[".repeat(size),
        "](".repeat(size / 2),
        "*a ".repeat(size / 3),
        "- ".repeat(2000),
        "~~".repeat(size / 2),
        "`a".repeat(size / 2),
        "<!--".repeat(size / 4),
        "<pre>\n".to_owned() + &"<!--".repeat(size / 4),
        "Status: x · ".repeat(size / 14),
        format!("## Status\n\n{}", "superseded by [a](b) ".repeat(size / 20)),
        format!("## Status\n\n{}", "supersedes ADR-1\n".repeat(size / 17)),
        format!("## Status\n\n{}", "[](a)".repeat(size / 5)),
        format!("## Status\n\n{}", "accepted\n".repeat(size / 9)),
        format!("---\nstatus: {}\n---\n", "[a](b".repeat(size / 5)),
        format!("---\nstatus: {}\n---\n", "~~[a]".repeat(size / 5)),
        format!("---\nstatus: {}\n---\n", "accepted | ".repeat(size / 11)),
        format!("---\nsupersedes: {}\n---\n", "ADR-1 ".repeat(size / 6)),
        format!("| ID | x |\n|-|-|\n{}", "| A-1 | x |\n".repeat(size / 11)),
        "## A-1: [DEPRECATED] x\n".repeat(size / 20),
        format!("## A-1: {}", "[DEPRECATED ".repeat(size / 12)),
        format!("## A-1: {}", "[DEPRECATED] ".repeat(size / 12)),
        "# Status\n".repeat(size / 9),
        ":".repeat(size),
        "a:".repeat(size / 2),
        "\r".repeat(size),
    ];
    for text in texts {
        is_sound(&text);
    }
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
