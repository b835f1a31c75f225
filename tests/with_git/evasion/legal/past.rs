//! Old faults: they are shown when a repository comes in, and block nothing afterwards.

use super::team::{CACHE_TEXT, CODE, FILES};
use super::{silent, told};
use crate::evasion::case::{Group, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: beside old faults",
    cases: &[
        silent(
            "existing-repository-comes-in",
            "a clean repository with a long past is pushed for the first time",
            |team| {
                for (path, text) in FILES {
                    team.clone.change(path, text);
                }
                push(&["main"])
            },
        ),
        told(
            "faulty-repository-comes-in",
            "a repository whose records have no status is pushed for the first time",
            "warning[status-missing]: adr-0007 has no status",
            |team| {
                team.clone.change(
                    "sdd/adrs/0007-no-status.md",
                    "# 7. No status\n\nWe decide.\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "work-beside-missing-status",
            "code changes beside a record without a status",
            |team| {
                faulty(team).saves(CODE, "new = 1\n");
                push(&["main"])
            },
        ),
        silent(
            "record-beside-old-faults",
            "a record is added beside doubled numbers, unknown statuses and misnamed files",
            |team| {
                faulty(team).saves(
                    "sdd/adrs/0030-log.md",
                    &ACCEPTED.replace("1. Keep records", "30. Log"),
                );
                push(&["main"])
            },
        ),
        silent(
            "spec-beside-old-faults",
            "a spec with doubled and malformed sections gets more prose",
            |team| {
                faulty(team)
                    .edits("sdd/specs/007-old.md", "Old.", "Old, and explained.")
                    .commits("Explain");
                push(&["main"])
            },
        ),
        silent(
            "old-fault-mended",
            "a record without a status gets one",
            |team| {
                faulty(team)
                    .edits(
                        "sdd/adrs/0007-no-status.md",
                        "# 7. No status\n",
                        "# 7. No status\n\n## Status\n\nDraft\n",
                    )
                    .commits("Mend");
                push(&["main"])
            },
        ),
        silent(
            "misnamed-file-mended",
            "a misnamed draft gets its number",
            |team| {
                faulty(team)
                    .does(&["mv", "sdd/adrs/misnamed.md", "sdd/adrs/0031-misnamed.md"])
                    .commits("Number it");
                push(&["main"])
            },
        ),
        silent(
            "branch-beside-old-faults",
            "a branch begins behind old faults",
            |team| {
                faulty(team).branches("topic").saves(
                    "sdd/adrs/0030-log.md",
                    &CACHE_TEXT.replace("ADR-0003", "ADR-0030"),
                );
                push(&["topic"])
            },
        ),
        silent(
            "work-after-an-old-edit",
            "an edit that was published before the gate came is not spoken of again",
            |team| {
                team.clone.change(ADR, ACCEPTED);
                team.clone.change(ADR, EDITED);
                team.does(&["push", "--quiet", "--no-verify", "origin", "main"])
                    .guarded()
                    .saves(CODE, "new = 1\n");
                push(&["main"])
            },
        ),
        silent(
            "citations-of-old",
            "tests that cite unknown sections are moved",
            |team| {
                faulty(team)
                    .does(&["mv", "tests/test_old.py", "tests/test_past.py"])
                    .commits("Move");
                push(&["main"])
            },
        ),
    ],
};

/// A repository with old faults of many sorts, brought in before the gate was there.
fn faulty(team: &Pushing) -> &Pushing {
    let faults = [
        (
            "sdd/adrs/0007-no-status.md",
            "# 7. No status\n\nWe decide.\n",
        ),
        (
            "sdd/adrs/0008-one.md",
            "# 8. One\n\n## Status\n\nAccepted\n",
        ),
        (
            "sdd/adrs/0008-two.md",
            "# 8. Two\n\n## Status\n\nAccepted\n",
        ),
        (
            "sdd/adrs/0009-odd.md",
            "# 9. Odd\n\n## Status\n\nFrobnicated\n",
        ),
        (
            "sdd/adrs/0010-lost.md",
            "# 10. Lost\n\n## Status\n\nSuperseded\n",
        ),
        ("sdd/adrs/misnamed.md", "# Misnamed\n\n## Status\n\nDraft\n"),
        (
            "sdd/specs/007-old.md",
            "# Old\n\n## OLD-001: One\n\nOld.\n\n## OLD-001: Twice\n\nOld.\n\n## OLD-002 Malformed\n\nOld.\n",
        ),
        (
            "sdd/BACKLOG.md",
            "# Backlog\n\n- [ ] **BK-001 — Twice**\n- [ ] **BK-001 — Twice**\n",
        ),
        (
            "tests/test_old.py",
            "import pytest\n\n\n@pytest.mark.spec(\"GONE-001\")\ndef test_old(): ...\n",
        ),
    ];
    for (path, text) in faults {
        team.clone.write(path, text);
    }
    team.clone.commit("Begin");
    team.clone
        .git(&["push", "--quiet", "--no-verify", "origin", "main"]);
    team.guarded()
}
