//! `backlog-item-duplicated`.

use super::shared::{backlog, suggestions};
use crate::backlog::{BacklogChange, Declared};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "backlog-item-duplicated",
    summary: "two backlog items have the same ID",
    page: include_str!("../../docs/rules/backlog-item-duplicated.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(change) = context.backlog()? else {
        return Ok(());
    };
    for key in change.after.keys() {
        let after: Vec<Declared<'_>> = change.after.declared(key).collect();
        if after.len() > change.before.declared(key).count().max(1) {
            findings.add(duplicated(change, key, &after));
        }
    }
    Ok(())
}

fn duplicated(change: &BacklogChange, key: &str, after: &[Declared<'_>]) -> FindingDraft {
    let newest = newest_index(change, key, after);
    let new = after[newest];
    let others = || {
        after
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != newest)
            .map(|(_, other)| *other)
    };
    let id = &new.item.id;
    let message = match others().find(|other| other.filed != new.filed) {
        Some(other) => format!(
            "{id} is listed in both {} and {}",
            after[0].listing.path,
            other_file(after[0], new, other)
        ),
        None => format!(
            "{id} is listed {} in {}",
            times(after.len()),
            new.listing.path
        ),
    };
    let mut draft = FindingDraft::new(
        id,
        message,
        backlog::declaration_label(WhichSide::After, new, "listed here"),
    );
    for other in others().take(3) {
        draft = draft.related(backlog::declaration_label(
            WhichSide::After,
            other,
            "also here",
        ));
    }
    let open = after.iter().find(|declared| !declared.filed);
    let same = others().all(|other| backlog::is_alike(&other.item.title, &new.item.title));
    draft = match open.filter(|_| same && after.iter().any(|declared| declared.filed)) {
        Some(open) => draft.advice(format!(
            "list {id} in one file only: remove it from {}",
            open.listing.path
        )),
        None if same => draft.advice(format!("list {id} only once")),
        None => suggestions::next_unused(
            draft,
            "give the newer item an unused ID",
            backlog::prefix(id),
        ),
    };
    let names: Vec<String> = after.iter().map(Declared::name).collect();
    let before = change
        .before
        .declared(key)
        .next()
        .map(|before| before.name());
    draft.content(
        before.as_deref().map(str::as_bytes),
        Some(names.join("\n").as_bytes()),
    )
}

/// The index of the declaration that this step most likely added: one that its file did not have before,
/// else the last.
fn newest_index(change: &BacklogChange, key: &str, after: &[Declared<'_>]) -> usize {
    let known = |declared: &Declared<'_>| {
        let before = change.before.declared(key);
        before
            .filter(|before| before.filed == declared.filed)
            .any(|before| before.name() == declared.name())
    };
    let last = after.len().saturating_sub(1);
    after
        .iter()
        .rposition(|declared| !known(declared))
        .unwrap_or(last)
}

/// Of two declarations in different files, the path of the one that is not the file of `first`.
fn other_file<'a>(
    first: Declared<'_>,
    one: Declared<'a>,
    other: Declared<'a>,
) -> &'a crate::repo::RepoPath {
    if one.filed == first.filed {
        &other.listing.path
    } else {
        &one.listing.path
    }
}

fn times(count: usize) -> String {
    if count == 2 {
        "twice".to_owned()
    } else {
        format!("{count} times")
    }
}
