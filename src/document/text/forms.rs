//! Every form in which a real project writes a status, each by a real line.

use super::tests::read_words;

/// The main status as canonical word (or `?` and what is written), `unfilled`, or `none`; then `/` and each further copy.
fn shown(text: &str) -> String {
    let read = read_words(text);
    let word = |status: &crate::document::Status| {
        let unknown = if status.standing().is_none() { "?" } else { "" };
        assert!(!read.source.slice(status.span).is_empty(), "{text}");
        format!("{unknown}{}", status.word())
    };
    match &read.status.main {
        Some(main) => {
            let copies = read
                .status
                .others
                .iter()
                .map(|other| format!("/{}", word(other)));
            word(main) + &copies.collect::<String>()
        }
        None if read.status.unfilled.is_some() => "unfilled".to_owned(),
        None => "none".to_owned(),
    }
}

/// The name of each form, a text in it, and what is read from it.
pub(crate) const FORMS: &[(&str, &str, &str)] = &[
    (
        "1",
        "# 1. A\n\n## Status\n\nAccepted\n\n## Context\n",
        "Accepted",
    ),
    (
        "1, numbered",
        "# 1. A\n\n## 2. Status:\n\nAccepted\n",
        "Accepted",
    ),
    (
        "2",
        "# A\n\n## Status\n\nAccepted (lazy consensus)\n\nSuperceded by [16. B](0016-b.md)\n",
        "Superseded",
    ),
    (
        "2, amended",
        "# A\n\n## Status\n\nAccepted\n\nAmended by [16. B](0016-b.md)\n",
        "Accepted",
    ),
    (
        "2, partly",
        "# A\n\n## Status\n\nAccepted\n\nSuperseded in part by [16. B](0016-b.md)\n",
        "Accepted",
    ),
    (
        "2, relation first",
        "# A\n\n## Status\n\nSupersedes [3. C](0003-c.md)\n\nAccepted\n",
        "Accepted",
    ),
    (
        "2, not further",
        "# A\n\n## Status\n\nAccepted\n\nProposed 2020-01-01\n",
        "Accepted",
    ),
    (
        "2, history",
        "# A\n\n## Status\n\nProposed 2020-01-01\n\nAccepted 2020-02-01\n",
        "Accepted",
    ),
    (
        "3",
        "# A\n\n## Status\n\nThis decision is currently in effect.\n",
        "Accepted",
    ),
    (
        "4",
        "# A\n\n## Status\n\n| Field | Value |\n|---|---|\n| Status | Accepted |\n| Supersedes | — |\n\
         | Superseded by | — |\n| Amends | — |\n\n## Context\n",
        "Accepted",
    ),
    (
        "5",
        "# A\n\n## Context\n\ntext\n\n## Decision\n\ntext\n\n## Status\n\nAccepted\n",
        "Accepted",
    ),
    (
        "6",
        "# A\n\n## Status\n\n{Deprecated|Proposed|Accepted|Declined}\n",
        "unfilled",
    ),
    (
        "6, bars",
        "# A\n\n## Status\n\nAccepted | Rejected | Superseded by\n",
        "unfilled",
    ),
    (
        "6, front matter",
        "---\nstatus: {proposed | rejected | superseded by [ADR-0123](0123-e.md)}\n---\n# A\n",
        "unfilled",
    ),
    ("6, empty", "# A\n\n## Status\n\n## Context\n", "unfilled"),
    (
        "6, empty bullet",
        "# A\n\n* Status:\n* Date: 2020-01-01\n",
        "unfilled",
    ),
    (
        "7",
        "# A\n\n## Status\n\n> A decision may be \"proposed\" or accepted\n\nProposed\n",
        "Proposed",
    ),
    (
        "7, at once",
        "# A\n\n## Status\n\n> Accepted means done\n\n Proposed\n",
        "Proposed",
    ),
    ("8", "# A\n\n## Status\n\n✅ Accepted\n", "Accepted"),
    (
        "8, superseded",
        "# A\n\n## Status\n\n⌛️ Superseded [0019](0019-x.md)\n",
        "Superseded",
    ),
    (
        "8, proposed",
        "# A\n\n## Status\n\n🤔 Proposed, supersedes 0002\n",
        "Proposed",
    ),
    ("9", "# A\n\n## Status\n\n✔\n", "?✔"),
    (
        "9, code",
        "# A\n\n## Status\n\n:hammer_and_wrench:\n",
        "?:hammer_and_wrench:",
    ),
    (
        "10",
        "# A\n\n## Status\n\nAccepted (Revised 2026-01-01)\n",
        "Accepted",
    ),
    (
        "10, votes",
        "# A\n\n## Status\n\nAccepted (lazy, 2 Accept, 4 Disagree, 0 Block)\n",
        "Accepted",
    ),
    (
        "11",
        "# A\n\n## Status\n\nWithdrawn (2020, before acceptance, accepted)\n",
        "Withdrawn",
    ),
    (
        "11, favour",
        "# A\n\n## Status\n\nRejected in favour of ADR 111\n",
        "Rejected",
    ),
    (
        "11, not",
        "# A\n\n## Status\n\nNot-Implemented\n",
        "?Not-Implemented",
    ),
    (
        "11, partially",
        "# A\n\n## Status\n\nPartially implemented (#5670)\n",
        "?Partially implemented",
    ),
    (
        "12",
        "# A\n\n## Status\n\nAccepted (supersedes ADR-024)\n",
        "Accepted",
    ),
    (
        "12, proposed",
        "# A\n\n## Status\n\nProposed. Supersedes ADR-036.\n",
        "Proposed",
    ),
    (
        "13",
        "# A\n\n* Status: accepted\n* Deciders: a, b\n",
        "Accepted",
    ),
    (
        "13, dash",
        "# A\n\n- Author: x\n- Status: Implemented\n",
        "Implemented",
    ),
    (
        "13, bold",
        "# A\n\n* Status: **Implemented (Swift 5.1)**\n",
        "Implemented",
    ),
    (
        "14",
        "# A\n\n- Status: [ACCEPTED](/README.md#accepted)\n",
        "Accepted",
    ),
    (
        "14, image",
        "# A\n\n- Status: ![proposed](/README.md)\n",
        "Proposed",
    ),
    (
        "15",
        "# A\n\n- Status: Approved <!-- Acceptable values: Draft, Approved, Superseded -->\n",
        "Approved",
    ),
    (
        "15, in front",
        "# A\n\n## Status\n\n<!-- Draft, Approved --> Approved\n",
        "Approved",
    ),
    ("16", "# A\n\n**Status**: Accepted\n", "Accepted"),
    (
        "16, inside",
        "# A\n\n**Status:** Accepted\n**Date:** 2020-01-01\n",
        "Accepted",
    ),
    (
        "17",
        "# A\n\n**Status:** ~~accepted~~ — **superseded by\n[ADR-0015](0015-x.md)**\n",
        "Superseded",
    ),
    ("18", "# A\n\nStatus: accepted\n", "Accepted"),
    ("18, code", "# A\n\nStatus: `ACCEPTED` \n", "Accepted"),
    (
        "18, before the title",
        "Status: accepted\n\n# A\n\n## Context\n",
        "Accepted",
    ),
    (
        "19",
        "# A\n\nDate : 2026-07-26 · Statut : accepté\n",
        "Accepted",
    ),
    (
        "20",
        "BEP: 3\nTitle: X\nStatus:        Final\nType: Standard\n\nText\n",
        "Final",
    ),
    (
        "20, pre",
        "<pre>\n  BIP: 1\n  Status: Final\n  Title: X\n</pre>\n\n==Abstract==\n",
        "Final",
    ),
    ("21", "---\nstatus: accepted\n---\n# A\n", "Accepted"),
    (
        "21, case",
        "\u{feff}---\ntitle: x\nStatus: \"Final\"\n---\n\n## A\n",
        "Final",
    ),
    ("21, state", "---\nstate: approved\n---\n# A\n", "Approved"),
    (
        "21, braces",
        "---\nstatus: { accepted }\n---\n# A\n",
        "Accepted",
    ),
    (
        "21, relation",
        "---\nstatus: superseded by [ADR-0062](0062-x.md)\n---\n# A\n",
        "Superseded",
    ),
    (
        "21, not at the first byte",
        "\n---\nstatus: accepted\n---\n# A\n",
        "Accepted",
    ),
    (
        "22",
        "---\nstatus: implementable #provisional|implemented|withdrawn\n---\n# A\n",
        "Implementable",
    ),
    (
        "23",
        "---\ntags: [Accepted]\n---\n# A\n\n## Status\n\nProposed\n",
        "Accepted/Proposed",
    ),
    (
        "23, same",
        "---\nstatus: accepted\n---\n# A\n\n## Status\n\nAccepted\n",
        "Accepted/Accepted",
    ),
    (
        "23, tags",
        "---\ntags: [rust, Accepted]\n---\n# A\n",
        "Accepted",
    ),
    (
        "23, unknown",
        "---\nstatus: draft\n---\n# A\n\n## Status\n\nAcceptted\n",
        "?Acceptted/Draft",
    ),
    (
        "25",
        "# A\n\n| | |\n|---|---|\n| Status | Approved |\n| Date | 2020-01-01 |\n",
        "Approved",
    ),
    (
        "26",
        "# A\n\n| Status | Date |\n|---|---|\n| Approved | 2020-01-01 |\n",
        "Approved",
    ),
    (
        "26, head",
        "# A\n\n| Status | Accepted |\n|---|---|\n| Date | 2020-01-01 |\n",
        "Accepted",
    ),
    (
        "26, second column",
        "# A\n\n| Date | Status |\n|---|---|\n| 2020-01-01 | Final |\n",
        "Final",
    ),
    (
        "31",
        "<!-- status: accepted; superseded-in-part-by: ADR-0047 -->\n# A\n\ntext\n",
        "Accepted",
    ),
    (
        "31, prose",
        "<!-- Status: one of draft, accepted -->\n# A\n\ntext\n",
        "none",
    ),
    (
        "32",
        "# A\n\n![Accepted](https://img.shields.io/badge/status-accepted-brightgreen)\n",
        "Accepted",
    ),
    (
        "32, query",
        "# A\n\n![x](https://img.shields.io/static/v1?label=Status&message=stable&color=green)\n",
        "Stable",
    ),
    (
        "32, unknown",
        "# A\n\n![x](https://img.shields.io/static/v1?label=Status&message=hardening)\n",
        "?hardening",
    ),
    (
        "32, of a build",
        "# A\n\n![accepted](https://img.shields.io/badge/build-accepted-green)\n",
        "none",
    ),
    (
        "32, link",
        "# A\n\n[![s](https://x.io/badge/Status-In_Review-red)](https://x.io)\n",
        "In review",
    ),
    ("33", "# A\n\n## Statut\n\naccepté\n", "Accepted"),
    ("33, spanish", "# A\n\n* Estado: aceptado\n", "Accepted"),
    ("33, chinese", "# A\n\n状态: 已接受\n", "Accepted"),
    ("33, wide colon", "# A\n\n- 状态：已接受\n", "Accepted"),
    (
        "34",
        "# A\n\n*Note:* this RFC has been superseded by [RFC 1974][].\n",
        "none",
    ),
    ("35", "# A\n\nText only.\n\n## Motivation\n", "none"),
    (
        "36",
        "# A\n\n## Plan\n\n**Implementation Status**: ✅ COMPLETE\n",
        "none",
    ),
    (
        "36, header",
        "# A\n\n**Implementation Status**: ✅ COMPLETE\n",
        "none",
    ),
    (
        "36, body",
        "# A\n\n## Plan\n\n* Status: To Do, In Progress\n",
        "none",
    ),
    (
        "36, deep",
        "# A\n\n## Plan\n\n#### Status\n\nAccepted\n",
        "none",
    ),
    (
        "36, fence",
        "# A\n\n```\nStatus: accepted\n## Status\nAccepted\n```\n",
        "none",
    ),
    (
        "36, quote",
        "# A\n\n> ## Status\n>\n> Accepted\n\n> Status: accepted\n",
        "none",
    ),
    ("36, list", "# A\n\n- ## Status\n\n  Accepted\n", "none"),
    (
        "36, beside a real one",
        "# A\n\n* Status: draft\n\n## Plan\n\nStatus: accepted\n",
        "Draft",
    ),
    (
        "zero width",
        "# A\n\nSta\u{200b}tus: Acc\u{200d}epted\n",
        "Accepted",
    ),
    (
        "alike",
        "# A\n\nStatus: \u{410}ccepted\n",
        "?\u{410}ccepted",
    ),
    (
        "17, table",
        "# A\n\n| Status | Date |\n|-|-|\n| ~~Accepted~~ Superseded by ADR-3 | x |\n",
        "Superseded",
    ),
    (
        "17, heading",
        "# A\n\n## Status: ~~Accepted~~ Rejected\n",
        "Rejected",
    ),
    (
        "26, history",
        "# A\n\n## Status\n\n| Date | Status |\n|-|-|\n| 2019 | Draft |\n| 2020 | Final |\n",
        "Final",
    ),
    (
        "26, other things",
        "# A\n\n| Part | Status |\n|-|-|\n| a | Draft |\n| b | Final |\n",
        "none",
    ),
    (
        "boxes",
        "# A\n\n## Status\n\n- [x] Proposed\n- [ ] Accepted\n",
        "Proposed",
    ),
    (
        "date first",
        "# A\n\n## Status\n\n2020-01-01: Accepted\n",
        "?2020-01-01: Accepted",
    ),
    (
        "state",
        "# A\n\n* Status: draft\n\n## State\n\nHeld in a file.\n",
        "Draft",
    ),
    ("state, known", "# A\n\n## State\n\nAccepted\n", "Accepted"),
    (
        "level 3, of an endpoint",
        "# A\n\n* Status: draft\n\n## API\n\n### Status\n\nSays whether it runs.\n",
        "Draft",
    ),
    (
        "level 3, misspelt",
        "# A\n\n### Status\n\nAcceptted\n",
        "?Acceptted",
    ),
    (
        "setext",
        "# A\n\nStatus: Accepted\nDate: 2020-01-01\n---\n\ntext\n",
        "Accepted",
    ),
    (
        "label",
        "# A\n\n**Status**\n\nAccepted\n\n**Context**\n\ntext\n",
        "Accepted",
    ),
    (
        "label, colon",
        "# A\n\n**Status:**\n\nSuperseded by [B](0002-b.md)\n\n**Context:**\n\ntext\n",
        "Superseded",
    ),
    (
        "label, bullet",
        "# A\n\n__Status__\n\n- Proposed\n\n## Context\n",
        "Proposed",
    ),
    (
        "label, misspelt",
        "# A\n\n**Status**\n\nAcceptted\n",
        "?Acceptted",
    ),
    (
        "label, nothing below",
        "# A\n\n**Status**\n\n## Context\n\nAccepted\n",
        "unfilled",
    ),
    (
        "label, another field below",
        "# A\n\n**Status**\n\n**Date:** 2020-01-01\n",
        "unfilled",
    ),
    ("label, at the end", "# A\n\n**Status**\n", "unfilled"),
    (
        "label, in the body",
        "# A\n\n## Context\n\n**Status**\n\nAccepted\n",
        "none",
    ),
    (
        "heading with value",
        "# A\n\n## Status: Accepted\n\ntext\n",
        "Accepted",
    ),
];

#[test]
fn every_form_of_a_status_is_read() {
    let wrong: Vec<String> = FORMS
        .iter()
        .filter_map(|(form, text, status)| {
            let read = shown(text);
            (read != *status).then(|| format!("form {form}: {read}, not {status}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn line_ends_do_not_change_a_status() {
    for (form, text, status) in FORMS {
        assert_eq!(shown(&text.replace('\n', "\r\n")), *status, "form {form}");
    }
}
