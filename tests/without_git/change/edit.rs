//! What sort of edit lies between two versions of a record, and where it shows first.

use std::fmt::Write as _;
use std::sync::Arc;

use graven::change::edit::{Version, classify};
use graven::document::{Document, read};
use graven::policy;
use graven::repo::{Mode, RepoPath};
use graven::text::{Source, Span};

const ADR: &str = "sdd/adrs/0001-paths.md";

/// An accepted decision of which only the body is given.
fn adr(body: &str) -> Document {
    document(
        ADR,
        &format!("# Paths\n\n## Status\n\nAccepted\n\n## Decision\n\n{body}"),
    )
}

fn document(path: &str, text: &str) -> Document {
    let policy = policy::built_in();
    let path = RepoPath::new(path);
    let kind = policy.kind_of(&path).unwrap();
    let content = read(text.as_bytes().to_vec(), kind);
    Document {
        path,
        mode: Mode::File,
        kind: Arc::clone(kind),
        number: None,
        content,
    }
}

/// The classes of an edit, each with the words in which it shows first on both sides.
fn said(before: &Document, after: &Document) -> String {
    let slice = |document: &Document, span: Option<Span>| {
        let source: &Source = &document.text().unwrap().source;
        span.map(|span| source.slice(span).trim_end().to_owned())
            .unwrap_or_default()
    };
    let edit = classify(before, after);
    let classes = edit.classes.iter().map(|(class, place)| {
        let (old, new) = (slice(before, place.before), slice(after, place.after));
        format!("{class} ‹{old}› ‹{new}›")
    });
    classes.collect::<Vec<_>>().join("; ")
}

/// Holds edits of a body against what they are.
fn bodies(cases: &[(&str, &str, &str)]) {
    hold(adr, cases);
    for (before, after, expected) in cases {
        let alike = Version::of(&adr(before)).reads_like(&Version::of(&adr(after)));
        assert_eq!(
            alike,
            expected.starts_with("whitespace") || expected.is_empty(),
            "{before:?} {after:?}"
        );
    }
}

/// Holds edits against what they are.
fn hold(document: impl Fn(&str) -> Document, cases: &[(&str, &str, &str)]) {
    let mut wrong = String::new();
    for (before, after, expected) in cases {
        let found = said(&document(before), &document(after));
        if found != *expected {
            let _ = write!(
                wrong,
                "\n{before:?} {after:?}\n  expected {expected}\n  found    {found}"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn words_are_found_wherever_they_stand() {
    bodies(&[
        ("Use it.\n", "Use it.\n", ""),
        ("Use it.\n", "Drop it.\n", "text ‹Use› ‹Drop›"),
        (
            "One two three four five.\n",
            "One 2 three 4 five.\n",
            "text ‹two› ‹2›",
        ),
        ("One two.\n", "One two three.\n", "text ‹two.› ‹two three.›"),
        ("One two three.\n", "One three.\n", "text ‹two› ‹›"),
        (
            "Use `pathlib`.\n",
            "Use `os.path`.\n",
            "text ‹`pathlib`.› ‹`os.path`.›",
        ),
        (
            "Use pathlib.\n",
            "Use path-lib.\n",
            "text ‹pathlib.› ‹path-lib.›",
        ),
        (
            "Use path lib.\n",
            "Use pathlib.\n",
            "text ‹path lib.› ‹pathlib.›",
        ),
        (
            "Use *path*lib.\n",
            "Use *path* lib.\n",
            "text ‹path*lib.› ‹path* lib.›",
        ),
        (
            "Use path&amp;lib.\n",
            "Use path&lt;lib.\n",
            "text ‹path&amp;lib.› ‹path&lt;lib.›",
        ),
    ]);
}

#[test]
fn words_are_found_in_whatever_holds_them() {
    bodies(&[
        ("```\na b\n```\n", "```\na  b\n```\n", "text ‹a b› ‹a  b›"),
        ("```\na\nb\n```\n", "```\na\nc\n```\n", "text ‹b› ‹c›"),
        (
            "1. x\n\n   ~~~sh\r\n   a\r\n\r\n   b\r\n   ~~~\r\n",
            "1. x\n\n   ~~~sh\n   a\n\n   c\n   ~~~\n",
            "text ‹b› ‹c›",
        ),
        ("    a\n    b\n", "    a\n    c\n", "text ‹b› ‹c›"),
        (
            "```sh\na\n```\n",
            "```py\na\n```\n",
            "markup ‹```sh› ‹```py›",
        ),
        ("- [ ] a\n", "- [x] a\n", "text ‹[ ]› ‹[x]›"),
        (
            "| a | b |\n|---|---|\n| c | d |\n",
            "| a | b |\n|---|---|\n| c | e |\n",
            "text ‹d› ‹e›",
        ),
        (
            "| a | b |\n|---|---|\n| c d | |\n",
            "| a | b |\n|---|---|\n| c | d |\n",
            "markup ‹d› ‹›",
        ),
        (
            "A.\n\n<!-- one -->\n",
            "A.\n\n<!-- two -->\n",
            "text ‹one› ‹two›",
        ),
        (
            "A <b>c</b>.\n",
            "A <i>c</i>.\n",
            "text ‹<b>c</b>.› ‹<i>c</i>.›",
        ),
        (
            "A [b](c \"one\") d.\n",
            "A [b](c \"two\") d.\n",
            "text ‹[b]› ‹[b]›",
        ),
        (
            "A.\n\n[unused]: one\n",
            "A.\n\n[unused]: two\n",
            "text ‹one› ‹two›",
        ),
        (
            "A.\n\n[unused]: one\n\n[other]: b\n",
            "A.\n\n[unused]: one\n\n[other]: c\n",
            "text ‹b› ‹c›",
        ),
        ("1. a\n2. b\n", "1. a\n3. b\n", "markup ‹2.› ‹3.›"),
        ("1. a\n", "1234567890. a\n", "text ‹› ‹1234567890.›"),
        (
            "123456789. a\n",
            "987654321. a\n",
            "markup ‹123456789.› ‹987654321.›",
        ),
        (
            "One.\n\nTwo three.\n",
            "One.\n\nTwo\nthree four.\n",
            "text ‹three.› ‹three four.›",
        ),
        (
            "A [b].\n\n[b]: c\n",
            "A [b].\n\n[B]: c\n",
            "text ‹[b]: c› ‹[B]: c›",
        ),
    ]);
}

#[test]
fn what_reads_the_same_is_whitespace() {
    bodies(&[
        ("One two.\n", "One\ntwo.\n", "whitespace ‹One two.› ‹One›"),
        (
            "One two.\n",
            "One   two.\n\n\n",
            "whitespace ‹One two.› ‹One   two.›",
        ),
        ("One.\n", "One.\r\n", "whitespace ‹One.› ‹One.›"),
        ("One  \ntwo.\n", "One\ntwo.\n", "whitespace ‹One› ‹One›"),
        (
            "> One two.\n",
            "> One\n> two.\n",
            "whitespace ‹> One two.› ‹> One›",
        ),
        (
            "> One\n> two.\n",
            "> One\ntwo.\n",
            "whitespace ‹> two.› ‹two.›",
        ),
        ("- a\n- b\n", "- a\n\n- b\n", "whitespace ‹- b› ‹›"),
        (
            "| a | b |\n|---|---|\n| c | d |\n",
            "| a  | b |\n|----|---|\n| c  | d |\n",
            "whitespace ‹| a | b |› ‹| a  | b |›",
        ),
        (
            "A\n---\n\nb\n",
            "A\n-----\n\nb\n",
            "whitespace ‹---› ‹-----›",
        ),
        ("```\na\n```\n", "```\na  \n```\n", "whitespace ‹a› ‹a›"),
        (
            "A *b c* d.\n",
            "A *b\nc* d.\n",
            "whitespace ‹A *b c* d.› ‹A *b›",
        ),
        (
            "A [b c](d) e.\n",
            "A [b\nc](d) e.\n",
            "whitespace ‹A [b c](d) e.› ‹A [b›",
        ),
    ]);
}

#[test]
fn the_same_words_in_other_marks_are_markup() {
    bodies(&[
        ("Use *it*.\n", "Use **it**.\n", "markup ‹*› ‹**›"),
        (
            "Use pathlib.\n",
            "Use *path*lib.\n",
            "markup ‹pathlib.› ‹*path*lib.›",
        ),
        (
            "Use pathlib.\n",
            "Use [path](c)lib.\n",
            "link-target ‹› ‹[path](c)›; markup ‹pathlib.› ‹[path](c)lib.›",
        ),
        ("###### a\n", "a\n", "markup ‹######› ‹›"),
        (
            "A [b].\n\n[b]: c\n",
            "A [b].\n\n[b]: <c>\n",
            "markup ‹[b]: c› ‹[b]: <c>›",
        ),
        ("Use *it*.\n", "Use _it_.\n", "markup ‹*› ‹_›"),
        ("Use *it*.\n", "Use it.\n", "markup ‹*it*.› ‹it.›"),
        ("Use `it`.\n", "Use it.\n", "markup ‹`it`.› ‹it.›"),
        ("Use ~~it~~.\n", "Use it.\n", "markup ‹~~it~~.› ‹it.›"),
        ("Use it.\n", "Use it\\.\n", "markup ‹it.› ‹it\\.›"),
        ("# a\n", "## a\n", "markup ‹#› ‹##›"),
        ("a\n", "## a\n", "markup ‹› ‹##›"),
        ("- a\n- b\n", "* a\n* b\n", "markup ‹-› ‹*›"),
        ("- a\n", "1. a\n", "markup ‹› ‹›"),
        ("- a\n- b\n", "- a\n  - b\n", "markup ‹› ‹›"),
        ("> a\n", "a\n", "markup ‹› ‹›"),
        ("> a\n", "> > a\n", "markup ‹› ‹›"),
        ("One two.\n", "One\n\ntwo.\n", "markup ‹› ‹›"),
        ("- a\n\n  b\n", "- a\n\nb\n", "markup ‹b› ‹›"),
        ("```\na\n```\n", "    a\n", "markup ‹```› ‹›"),
        ("```\na\n```\n", "~~~\na\n~~~\n", "markup ‹```› ‹~~~›"),
        ("One\\\ntwo.\n", "One\ntwo.\n", "markup ‹› ‹›"),
        (
            "One.\n\n---\n\nTwo.\n",
            "One.\n\n***\n\nTwo.\n",
            "markup ‹---› ‹***›",
        ),
        ("One.\n\n---\n\nTwo.\n", "One.\n\nTwo.\n", "markup ‹› ‹›"),
        (
            "A [b](c).\n",
            "A b.\n",
            "link-target ‹[b](c)› ‹›; markup ‹[b](c).› ‹b.›",
        ),
        ("A [b](c).\n", "A ![b](c).\n", "markup ‹› ‹›"),
        (
            "A <http://b.c>.\n",
            "A http://b.c.\n",
            "link-target ‹<http://b.c>› ‹›; markup ‹<http://b.c>.› ‹http://b.c.›",
        ),
        (
            "A [http://b.c](http://b.c).\n",
            "A <http://b.c>.\n",
            "markup ‹› ‹›",
        ),
        ("A [b](c).\n", "A [b][d].\n\n[d]: c\n", "markup ‹› ‹›"),
        (
            "A [b].\n\n[b]: c\n",
            "A [b][].\n\n[b]: c\n",
            "markup ‹› ‹[]›",
        ),
        (
            "A [b][d].\n\n[d]: c\n[e]: c\n",
            "A [b][e].\n\n[d]: c\n[e]: c\n",
            "text ‹[e]:› ‹[d]:›",
        ),
        (
            "| a |\n|---|\n| b |\n",
            "| a |\n|:-:|\n| b |\n",
            "markup ‹|---|› ‹|:-:|›",
        ),
        ("| a |\n|---|\n| b |\n", "a\nb\n", "markup ‹|› ‹›"),
    ]);
}

#[test]
fn another_destination_of_the_same_words_is_a_link_target() {
    bodies(&[
        (
            "A [b](c).\n",
            "A [b](d).\n",
            "link-target ‹[b](c)› ‹[b](d)›",
        ),
        (
            "A ![b](c).\n",
            "A ![b](d).\n",
            "link-target ‹![b](c)› ‹![b](d)›",
        ),
        (
            "A [b].\n\n[b]: c\n",
            "A [b].\n\n[b]: d\n",
            "link-target ‹[b]› ‹[b]›",
        ),
        (
            "A [b](c) and [d](e).\n",
            "A [b](c) and [d](f).\n",
            "link-target ‹[d](e)› ‹[d](f)›",
        ),
        (
            "A <http://b.c>.\n",
            "A <http://b.d>.\n",
            "link-target ‹<http://b.c>› ‹<http://b.d>›; text ‹http://b.c>.› ‹http://b.d>.›",
        ),
        (
            "A[^1].\n\n[^1]: https://b.c\n",
            "A[^1].\n\n[^1]: https://b.d\n",
            "link-target ‹https://b.c› ‹https://b.d›",
        ),
        (
            "A[^1].\n\n[^1]: yes\n",
            "A[^1].\n\n[^1]: no\n",
            "text ‹yes› ‹no›",
        ),
        (
            "In 4[^2].\n\n[^2]: b\n",
            "In 42.\n\n[^2]: b\n",
            "text ‹4[^2].› ‹42.›",
        ),
    ]);
}

#[test]
fn an_edit_of_very_many_words_shows_the_first_of_them() {
    let words = |letter: char, count: usize| {
        (0..count)
            .map(|number| format!("{letter}{number}"))
            .collect::<Vec<_>>()
            .join(" ")
            + "\n"
    };
    let shown =
        |before: usize, after: usize| said(&adr(&words('a', before)), &adr(&words('b', after)));
    for (before, after) in [(401, 401), (401, 1), (1, 401)] {
        assert_eq!(shown(before, after), "text ‹a0› ‹b0›");
    }
    assert_eq!(
        shown(400, 400),
        format!(
            "text ‹{}› ‹{}›",
            words('a', 400).trim(),
            words('b', 400).trim()
        )
    );
}

/// Holds edits of whole decisions against what they are.
#[test]
fn headers_have_classes_of_their_own() {
    let with = |header: &str| {
        document(
            ADR,
            &format!("# Paths\n\n{header}\n## Decision\n\nUse it.\n"),
        )
    };
    let cases = [
        (
            "## Status\n\nAccepted\n",
            "## Status\n\nSuperseded\n",
            "status ‹Accepted› ‹›",
        ),
        ("## Status\n\nAccepted\n", "## Status\n\nDraft\n", ""),
        (
            "## Status\n\nAccepted\n",
            "## Status\n\n**Accepted**\n",
            "markup ‹Accepted› ‹**Accepted**›",
        ),
        (
            "## Status\n\nAccepted\n",
            "## Status\n\nAccepted in May\n",
            "text ‹› ‹in May›",
        ),
        (
            "## Status\n\nWibble\n",
            "## Status\n\nAccepted\n",
            "status ‹Wibble› ‹Accepted›",
        ),
        ("## Status\n\nWibble\n", "## Status\n\nDraft\n", ""),
        (
            "* Status: Accepted\n* Date: May\n",
            "* Status: Accepted\n* Date: June\n",
            "metadata ‹May› ‹June›",
        ),
        (
            "* Status: Accepted\n",
            "* Status: Accepted\n* Superseded by: ADR-0002\n",
            "relation ‹› ‹* Superseded by: ADR-0002›",
        ),
        (
            "* Status: Accepted\n* Superseded by: ADR-0002\n",
            "* Status: Accepted\n* Superseded by: ADR-0003\n",
            "metadata ‹* Superseded by: ADR-0002› ‹* Superseded by: ADR-0003›",
        ),
        (
            "* Status: Accepted\n* Superseded by: ADR-0002\n",
            "* Status: Accepted\n",
            "metadata ‹* Superseded by: ADR-0002› ‹›",
        ),
        (
            "* Status: Accepted\n* Superseded by: none\n",
            "* Status: Accepted\n",
            "whitespace ‹* Superseded by: none› ‹›",
        ),
    ];
    hold(with, &cases);
}

#[test]
fn a_definition_in_front_of_everything_is_no_text() {
    let note = |text: &str| document("sdd/research/research-x.md", text);
    assert_eq!(
        said(&note("[b]: c\n\nA [b].\n"), &note("[b]: d\n\nA [b].\n")),
        "link-target ‹[b]› ‹[b]›"
    );
}

#[test]
fn what_cannot_be_read_is_never_the_same() {
    let (before, after) = (adr("Use it.\n"), adr("Use it.\0\n"));
    for (before, after) in [(&before, &after), (&after, &before), (&after, &after)] {
        assert_eq!(
            classify(before, after)
                .classes
                .keys()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["text"]
        );
        assert!(!Version::of(before).reads_like(&Version::of(after)));
    }
}

#[test]
fn a_waiver_file_stays_to_the_letter() {
    let waivers = |text: &str| document("sdd/waivers/w.toml", text);
    let cases = [
        (
            "[[waiver]]\nfingerprint = \"g1-00\"\n",
            "[[waiver]]\nfingerprint = \"g1-01\"\n",
            "text ‹fingerprint = \"g1-00\"› ‹fingerprint = \"g1-01\"›",
        ),
        (
            "[[waiver]]\nfingerprint = \"g1-00\"\n",
            "[[waiver]]  \nfingerprint = \"g1-00\"\n",
            "whitespace ‹[[waiver]]› ‹[[waiver]]›",
        ),
        (
            "[[waiver]]\nfingerprint = \"g1-00\"\n",
            "[[waiver]]\r\nfingerprint = \"g1-00\"\r\n",
            "whitespace ‹[[waiver]]› ‹[[waiver]]›",
        ),
        (
            "[[waiver]]\nfingerprint = \"g1-00\"\n",
            "[[waiver]]\nfingerprint=\"g1-00\"\n",
            "text ‹fingerprint = \"g1-00\"› ‹fingerprint=\"g1-00\"›",
        ),
    ];
    hold(waivers, &cases);
}
