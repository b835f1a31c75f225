//! Any text is read, however odd: its spans are sound, and line ends change nothing of what it says.

use proptest::prelude::*;

use super::read_words;

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
