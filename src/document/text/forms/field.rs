//! The status in a field (a line, a table, a picture, front matter, a comment), or where none is to be read.

use super::Form;

pub(super) const FORMS: &[Form] = &[
    (
        "6, front matter",
        "---\nstatus: {proposed | rejected | superseded by [ADR-0123](0123-e.md)}\n---\n# A\n",
        "unfilled",
    ),
    (
        "6, empty bullet",
        "# A\n\n* Status:\n* Date: 2020-01-01\n",
        "unfilled",
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
        "setext",
        "# A\n\nStatus: Accepted\nDate: 2020-01-01\n---\n\ntext\n",
        "Accepted",
    ),
];
