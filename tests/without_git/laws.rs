//! Laws that hold for any text: an edit of a frozen document is found wherever it is, harmless ones are not, and nothing
//! panics. The documents come from the cases of the rule pages.

use graven::render::{self, Format, Surface, View};
use graven::repo::Mode;
use graven::report::Outcome;
use proptest::prelude::*;

use crate::judged::{Case, report};
use crate::rules::page::Page;

const PATH: &str = "sdd/adrs/0005-paths.md";

/// An accepted ADR with a bit of everything that Markdown has.
const ADR: &str = "\
# Use pathlib

* Date: 2026-01-05
* Deciders: Ada, Grace

## Status

Accepted

## Context

Paths were joined by *hand*, see [the guide](https://example.org/guide) and
[the report][report]. Two things went wrong:

1. separators were doubled,
2. `..` was not refused.

> Nobody noticed for a year.

| place | times |
|-------|------:|
| read  |    12 |
| write |     7 |

## Decision

We use `pathlib` for **every** path.

```python
def join(a, b):
    return PurePosixPath(a) / b
```

- [x] agreed with operations
- [ ] told everybody

<!-- the vote was 4 to 1 -->

[report]: https://example.org/report
";

fn step(before: &str, after: &str) -> Case {
    let file = |content: &str| {
        [(PATH.to_owned(), (Mode::File, content.to_owned()))]
            .into_iter()
            .collect()
    };
    Case {
        before: file(before),
        after: file(after),
        ..Case::default()
    }
}

fn outcome(before: &str, after: &str) -> Outcome {
    report(&step(before, after)).outcome()
}

/// The byte at which each line of the body begins, behind the status section.
fn body() -> std::ops::Range<usize> {
    ADR.find("## Context").unwrap()..ADR.len()
}

#[test]
fn the_document_of_these_laws_is_frozen() {
    assert_eq!(
        outcome(ADR, &ADR.replace("every", "most")),
        Outcome::Refused
    );
    assert_eq!(outcome(ADR, ADR), Outcome::Allowed);
}

/// Every single word of the body, exchanged for another one.
#[test]
fn no_word_of_the_body_can_be_exchanged() {
    let text = &ADR[body()];
    let starts = text.char_indices().filter(|&(at, character)| {
        character.is_alphanumeric()
            && !text[..at].ends_with(|before: char| before.is_alphanumeric())
    });
    for (at, _) in starts {
        let at = body().start + at;
        let end = at
            + ADR[at..]
                .find(|character: char| !character.is_alphanumeric())
                .unwrap();
        let after = format!("{}zebra{}", &ADR[..at], &ADR[end..]);
        assert_eq!(
            outcome(ADR, &after),
            Outcome::Refused,
            "{:?} at {at}",
            &ADR[at..end]
        );
    }
}

#[test]
fn no_line_of_the_body_can_be_taken_out_or_doubled() {
    let lines: Vec<&str> = ADR.split_inclusive('\n').collect();
    let first = lines
        .iter()
        .position(|line| line.starts_with("## Context"))
        .unwrap();
    for place in (first..lines.len()).filter(|&place| !lines[place].trim().is_empty()) {
        let mut fewer = lines.clone();
        fewer.remove(place);
        assert_eq!(
            outcome(ADR, &fewer.concat()),
            Outcome::Refused,
            "without {:?}",
            lines[place]
        );
        let mut more = lines.clone();
        more.insert(place, lines[place]);
        assert_eq!(
            outcome(ADR, &more.concat()),
            Outcome::Refused,
            "{:?} twice",
            lines[place]
        );
    }
}

#[test]
fn line_ends_trailing_blanks_and_a_byte_order_mark_are_harmless() {
    for after in [
        ADR.replace('\n', "\r\n"),
        ADR.replace('\n', "  \n")
            .replace("```python  \n", "```python\n"),
        format!("\u{feff}{ADR}"),
        ADR.trim_end().to_owned(),
        format!("{ADR}\n\n\n"),
        ADR.replace("\n\n", "\n\n\n"),
        ADR.replace("report]. Two", "report].\nTwo"),
        ADR.replace("| read  |    12 |", "| read | 12 |"),
    ] {
        let report = report(&step(ADR, &after));
        let found: Vec<_> = report
            .findings
            .iter()
            .map(|finding| &finding.message)
            .collect();
        assert!(found.is_empty(), "{found:?}\n{after}");
    }
}

/// A blank between a word and a link parts two words, whether the link has a title or not.
#[test]
fn a_blank_beside_a_link_is_no_padding() {
    for title in ["", " \"the guide\""] {
        let text = |link: &str| ADR.replace("see [the guide](https://example.org/guide) and", link);
        let before = text(&format!(
            "see [the guide](https://example.org/guide{title}) and"
        ));
        for joined in [
            "see[the guide](https://example.org/guide TITLE) and",
            "see [the guide](https://example.org/guide TITLE)and",
        ] {
            let after = text(&joined.replace(" TITLE", title));
            assert_eq!(outcome(&before, &after), Outcome::Refused, "{after}");
        }
    }
}

/// A file of 4 MiB holds a hundred thousand sections; whatever breaks them all at once is told without comparing each with
/// each.
#[test]
fn a_document_with_very_many_findings_is_judged_and_shown() {
    const SECTIONS: usize = 20_000;
    let section = |number: usize| format!("## PATH-{number}: title {number}\n\ntext {number}\n\n");
    let file = |text: String| [("sdd/specs/001-paths.md".to_owned(), (Mode::File, text))].into();
    let text = (1..=SECTIONS).map(section).collect::<String>();
    let case = Case {
        before: file(format!("# Paths\n\n**Prefix:** PATH\n\n{text}")),
        after: file("# Paths\n\n**Prefix:** PATH\n".to_owned()),
        ..Case::default()
    };
    let report = report(&case);
    assert_eq!(report.findings.len(), SECTIONS);
    let mut shown = Vec::new();
    let view = View {
        verbose: true,
        ..View::new(Surface::Check)
    };
    render::report(&report, Format::Text, &view, &mut shown).unwrap();
    assert_eq!(
        String::from_utf8(shown)
            .unwrap()
            .matches("[section-removed]")
            .count(),
        SECTIONS
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Visible text, put anywhere into the body, is an edit.
    #[test]
    fn text_put_anywhere_into_the_body_is_found(at in body(), text in "[a-z]{1,8}( [a-z]{1,8}){0,3}") {
        prop_assume!(ADR.is_char_boundary(at));
        let after = format!("{}{text}{}", &ADR[..at], &ADR[at..]);
        prop_assert_eq!(outcome(ADR, &after), Outcome::Refused);
    }

    /// Hostile characters too: nothing invisible slips in.
    #[test]
    fn invisible_text_put_anywhere_into_the_body_is_found(at in body(), text in "[\u{200b}\u{202e}\u{ad}\u{a0}\u{feff}]{1,3}") {
        prop_assume!(ADR.is_char_boundary(at));
        let after = format!("{}{text}{}", &ADR[..at], &ADR[at..]);
        prop_assert_eq!(outcome(ADR, &after), Outcome::Refused);
    }

    /// Marks of Markdown that change how the text reads.
    #[test]
    fn signs_put_anywhere_into_the_body_are_found(at in body(), text in "[*_`#\\[\\]<!|~=+.&;()-]{1,4}") {
        prop_assume!(ADR.is_char_boundary(at));
        // More dashes under the head of a table are padding.
        let line = &ADR[ADR[..at].rfind('\n').map_or(0, |end| end + 1)..];
        prop_assume!(!(line.starts_with("|--") && text.chars().all(|sign| sign == '-')));
        let after = format!("{}{text}{}", &ADR[..at], &ADR[at..]);
        prop_assert_eq!(outcome(ADR, &after), Outcome::Refused, "{}", after);
    }

    /// A document cut off anywhere is an edit of it, unless only blanks went.
    #[test]
    fn a_document_cut_off_anywhere_is_found(at in body()) {
        prop_assume!(ADR.is_char_boundary(at) && !ADR[at..].trim().is_empty());
        prop_assert_eq!(outcome(ADR, &ADR[..at]), Outcome::Refused);
    }

    /// Whatever two texts are, judging them ends with an answer.
    #[test]
    fn any_two_texts_are_judged(
        before in "([-#*>|`~\\[\\]()<!: \n]|Accepted|Status|## |ö|\u{200b}|[a-z]{1,5}|PATH-00[1-3]: ){0,60}",
        after in "([-#*>|`~\\[\\]()<!: \n]|Accepted|Status|## |ö|\u{200b}|[a-z]{1,5}|PATH-00[1-3]: ){0,60}",
    ) {
        let others = ["sdd/specs/004-paths.md", "sdd/research/research-x.md", "sdd/waivers/x.toml", "graven.toml"];
        for path in others.into_iter().chain([PATH]) {
            let file = |content: &str| [(path.to_owned(), (Mode::File, content.to_owned()))].into_iter().collect();
            let case = Case { before: file(&before), after: file(&after), ..Case::default() };
            let same = Case { after: file(&before), ..case.clone() };
            prop_assert!(report(&same).findings.is_empty());
            let _ = report(&case).outcome();
        }
    }

    /// Whatever stands in a file of waivers, it lifts no edit whose fingerprint it does not name.
    #[test]
    fn no_file_of_waivers_lifts_an_edit_that_it_does_not_name(
        file in "(\\[\\[waiver\\]\\]\n|rule = 'frozen-text-edited'\n|subject = 'sdd/research/research-x.md'\n\
            |fingerprint = 'g1-[0-9a-f]{32}'\n|(before|after) = '[0-9a-f]{32}'\n|reason = '[a-z ]{30}'\n\
            |baseline = true\n|[\\[\\]{}='\"#\\\\.ö\u{202e} a-z0-9\n-]{1,9}){0,30}",
    ) {
        let note = |text: &str| ("sdd/research/research-x.md".to_owned(), (Mode::File, text.to_owned()));
        let waivers = ("sdd/waivers/x.toml".to_owned(), (Mode::File, file));
        let before = [note("# X\n\nIt is so.\n")].into_iter().collect();
        let new = Case { before, after: [note("# X\n\nIt is not so.\n"), waivers.clone()].into(), ..Case::default() };
        prop_assert_eq!(report(&new).outcome(), Outcome::Refused);
        let known = Case { before: new.before.clone().into_iter().chain([waivers]).collect(), ..new };
        prop_assert_eq!(report(&known).outcome(), Outcome::Refused);
    }
}

/// Line ends are not part of what is judged: with CRLF on both sides every case of every page reads the same.
#[test]
fn the_cases_of_the_pages_read_the_same_with_other_line_ends() {
    // A waiver names its edit byte for byte.
    for page in Page::all()
        .into_iter()
        .filter(|page| !page.rule.starts_with("waiver-"))
    {
        for case in page.cases {
            let crlf = |files: &crate::judged::Files| -> crate::judged::Files {
                files
                    .iter()
                    .map(|(path, (mode, text))| (path.clone(), (*mode, text.replace('\n', "\r\n"))))
                    .collect()
            };
            let step = &case.step;
            let other = Case {
                before: crlf(&step.before),
                after: crlf(&step.after),
                published: step.published.as_ref().map(crlf),
                ..step.clone()
            };
            assert_eq!(
                crate::rules::page::found(&other),
                case.expected,
                "{} / {}",
                page.rule,
                case.name
            );
        }
    }
}
