//! Ways that spread an edit over commits, pushes and branches.

use crate::case::{Case, Group, Last, Verdict, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Through the history",
    cases: &[
        Case {
            name: "edit-in-one-commit",
            what: "an accepted record is edited and pushed past the hooks of the clone",
            verdict: Verdict::Refused("frozen-text-edited", "accepted adr-0001 was edited: its words changed"),
            set_up: edit_in_one_commit,
        },
        Case {
            name: "delete-then-add-again",
            what: "the record is deleted in one push; the next one adds it again, with other words",
            verdict: Verdict::Refused("frozen-document-deleted", "accepted adr-0001 was deleted"),
            set_up: delete_then_add_again,
        },
    ],
};

fn edit_in_one_commit(pushing: &Pushing) -> Last {
    accepted(pushing).clone.change(ADR, EDITED);
    push(&["main"])
}

fn delete_then_add_again(pushing: &Pushing) -> Last {
    accepted(pushing).clone.git(&["rm", "--quiet", ADR]);
    pushing.clone.commit("take it away");
    push(&["main"])
}

/// The record is published as accepted.
fn accepted(pushing: &Pushing) -> &Pushing {
    pushing.clone.change(ADR, ACCEPTED);
    pushing.allow(&["main"]);
    pushing
}
