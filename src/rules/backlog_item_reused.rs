//! `backlog-item-reused`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::shared::{backlog, suggestions};
use crate::backlog::{Declared, Item, read, spelled};
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};
use crate::text::Source;
use crate::text::escape::brief;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "backlog-item-reused",
    summary: "a new backlog item reuses the ID of another item",
    page: include_str!("../../docs/rules/backlog-item-reused.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

/// So many earlier texts of each file are parsed, newest first. Texts that agree on the new IDs are parsed once.
const PARSED: usize = 64;

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let (Some(change), Some(backlog)) = (context.backlog()?, &context.policy.backlog) else {
        return Ok(());
    };
    if context.before.is_none() {
        return Ok(());
    }
    let new = change
        .after
        .keys()
        .filter(|key| change.before.declared(key).next().is_none());
    let new: BTreeMap<&str, Declared<'_>> = new
        .filter_map(|key| Some((key, change.after.declared(key).next()?)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let published = PublishedItems::of(
        context,
        [&backlog.open, &backlog.done],
        &new,
        &backlog.prefixes,
    )?;
    for (key, new) in &new {
        if let Some(had) = published.another_item(key, new.item) {
            findings.add(reused(*new, had));
        }
    }
    Ok(())
}

fn reused(new: Declared<'_>, had: &PublishedItem<'_>) -> FindingDraft {
    let id = &new.item.id;
    let message = format!(
        "{id} was already the ID of another item: {}",
        brief(&had.item.title, backlog::MAX_TITLE)
    );
    let place = Some((Arc::clone(&had.source), had.item.declared));
    let had = Label {
        side: WhichSide::Earlier,
        path: had.path.clone(),
        place,
        text: "first used here".to_owned(),
    };
    let draft = FindingDraft::new(
        id,
        message,
        backlog::declaration_label(WhichSide::After, new, "used again here"),
    )
    .related(had);
    let draft =
        suggestions::next_unused(draft, "give the new item an unused ID", backlog::prefix(id));
    draft.content(None, Some(new.name().as_bytes()))
}

/// The items that ever had one of the new IDs, newest first.
struct PublishedItems<'a>(Vec<PublishedItem<'a>>);

/// An item as an earlier revision had it.
struct PublishedItem<'a> {
    item: Item,
    path: &'a RepoPath,
    source: Arc<Source>,
}

impl<'a> PublishedItems<'a> {
    fn of(
        context: &RuleContext<'_>,
        paths: [&'a RepoPath; 2],
        new: &BTreeMap<&str, Declared<'_>>,
        prefixes: &[String],
    ) -> Result<Self, ObjectError> {
        let keys: BTreeSet<&str> = new.keys().copied().collect();
        let mut found = Vec::new();
        for path in paths {
            let mut seen: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
            let mut parsed = 0;
            let texts = context.history.texts(path, &mut |text| {
                let mut is_new = false;
                for (key, lines) in spelled(text, &keys) {
                    is_new |= parsed < PARSED
                        && seen.insert((key, lines.into_iter().map(str::to_owned).collect()));
                }
                parsed += usize::from(is_new);
                is_new
            })?;
            for source in texts {
                let items = read(&source, prefixes)
                    .into_iter()
                    .filter(|item| new.contains_key(item.key().as_str()));
                found.extend(items.map(|item| PublishedItem {
                    item,
                    path,
                    source: Arc::clone(&source),
                }));
            }
        }
        Ok(Self(found))
    }

    /// The newest item that had this ID, if none that had it can be the new one.
    fn another_item(&self, key: &str, new: &Item) -> Option<&PublishedItem<'a>> {
        let mut had = self
            .0
            .iter()
            .filter(|earlier| earlier.item.key() == key)
            .peekable();
        let newest = had.peek().copied();
        newest.filter(|_| had.all(|earlier| !backlog::is_alike(&earlier.item.title, &new.title)))
    }
}
