//! `backlog-item-lost`.

use std::collections::BTreeMap;

use super::shared::{backlog, suggestions};
use crate::backlog::{BacklogChange, Declared, Listing};
use crate::repo::ObjectError;
use crate::report::{Label, Level, Problem, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "backlog-item-lost",
    summary: "a backlog item was removed or renumbered",
    page: include_str!("../../docs/rules/backlog-item-lost.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

/// A message lists at most this many IDs of a lost file.
const MAX_LISTED: usize = 5;

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(change) = context.backlog()? else {
        return Ok(());
    };
    for path in &change.unread {
        let message = format!(
            "the published version of {path} is not readable text, so its items were not checked"
        );
        findings.warn(Problem::warning(
            message,
            "save it as UTF-8 text no larger than limits.blob",
        ));
    }
    let mut titles = None;
    let (before, after) = (&change.before, &change.after);
    for (file_before, file_after) in [(&before.open, &after.open), (&before.done, &after.done)] {
        let Some(listing) = file_before else { continue };
        let lost: Vec<Declared<'_>> = lost_items(change)
            .filter(|lost| lost.listing.path == listing.path)
            .collect();
        match lost.as_slice() {
            [] => {}
            all if file_after.is_none() => {
                let draft = lost_file(listing, all);
                findings.add(suggestions::restore(
                    draft,
                    findings.origin(),
                    &listing.path,
                ));
            }
            all => {
                let new = titles.get_or_insert_with(|| new_titles(change));
                for lost in all {
                    findings.add(lost_item(new, *lost));
                }
            }
        }
    }
    Ok(())
}

/// The items of before that are declared nowhere after: each at its last place, which is the done file if it was in
/// both.
fn lost_items(change: &BacklogChange) -> impl Iterator<Item = Declared<'_>> {
    let gone = change
        .before
        .keys()
        .filter(|key| change.after.declared(key).next().is_none());
    gone.filter_map(|key| change.before.declared(key).last())
}

/// One item is missing from a file that is still there.
fn lost_item(new: &BTreeMap<String, Declared<'_>>, lost: Declared<'_>) -> FindingDraft {
    let id = &lost.item.id;
    let last_place = backlog::declaration_label(WhichSide::Before, lost, "was listed here");
    let draft = match new.get(&lost.item.title.to_lowercase()) {
        Some(new) => {
            let message = format!("{id} was renumbered to {}", new.item.id);
            FindingDraft::new(
                id,
                message,
                backlog::declaration_label(WhichSide::After, *new, "same item, new ID"),
            )
            .related(last_place)
        }
        None => FindingDraft::new(
            id,
            format!("{} was removed from the backlog", backlog::item_name(lost)),
            last_place,
        ),
    };
    let draft = if lost.is_done() {
        draft.advice(format!("restore {id}: finished items stay in the backlog"))
    } else {
        draft.advice(format!(
            "restore {id}; to drop it, mark it as dropped in the file of finished items"
        ))
    };
    draft.content(Some(lost.name().as_bytes()), None)
}

/// The items that only the after side has, by their titles.
fn new_titles(change: &BacklogChange) -> BTreeMap<String, Declared<'_>> {
    let new = change
        .after
        .keys()
        .filter(|key| change.before.declared(key).next().is_none());
    let new = new.filter_map(|key| change.after.declared(key).next());
    new.filter(|new| !new.item.title.is_empty())
        .map(|new| (new.item.title.to_lowercase(), new))
        .collect()
}

/// A whole file is missing, or is no longer a regular file.
fn lost_file(listing: &Listing, lost: &[Declared<'_>]) -> FindingDraft {
    let path = &listing.path;
    let mut ids: Vec<&str> = lost
        .iter()
        .take(MAX_LISTED)
        .map(|lost| lost.item.id.as_str())
        .collect();
    if lost.len() > MAX_LISTED {
        ids.push("…");
    }
    let (items, ids) = (
        if lost.len() == 1 { "item" } else { "items" },
        ids.join(", "),
    );
    let message = format!(
        "{path} was removed, with {} {items} listed nowhere else: {ids}",
        lost.len()
    );
    let text = "was here".to_owned();
    let primary = Label {
        side: WhichSide::Before,
        path: path.clone(),
        place: None,
        text,
    };
    let advice =
        "to move the backlog to another file, first name that file under [backlog] in graven.toml";
    FindingDraft::new(path.to_string(), message, primary)
        .content(Some(listing.source.text().as_bytes()), None)
        .advice(advice)
}
