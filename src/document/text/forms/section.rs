//! The status in a section of its own, or under a label.

use super::Form;

pub(super) const FORMS: &[Form] = &[
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
    ("6, empty", "# A\n\n## Status\n\n## Context\n", "unfilled"),
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
    ("33", "# A\n\n## Statut\n\naccepté\n", "Accepted"),
    (
        "36, deep",
        "# A\n\n## Plan\n\n#### Status\n\nAccepted\n",
        "none",
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
