//! A new path is the same as a protected one on some file systems.

use std::collections::BTreeMap;

use bstr::{BString, ByteSlice};

use crate::change::entry::DocumentEntry;
use crate::change::snapshot::Snapshot;
use crate::policy::{FILE_NAME, Policy};
use crate::repo::{Difference, ObjectError, RepoPath};
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};
use crate::text::confusables::path_key;

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "path-twin",
    summary: "a new path is the same as a protected one on some file systems",
    page: include_str!("../../docs/rules/path-twin.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let is_new =
        |difference: &&Difference| difference.before.is_none() && difference.after.is_some();
    let stray = |path: &RepoPath| context.strays.iter().any(|stray| stray.path == *path);
    let asked = |difference: &&Difference| {
        let path = &difference.path;
        context.policy.watch.is_case_collision(path)
            || context.policy.kind_of(path).is_some()
            || stray(path)
    };
    let new: Vec<&RepoPath> = context
        .files
        .iter()
        .filter(is_new)
        .filter(asked)
        .map(|difference| &difference.path)
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let (here, gone) = (
        documents_by_key(Some(context.after))?,
        documents_by_key(context.before)?,
    );
    for path in new {
        let key = path_key(path.as_bstr()).into_owned();
        let other = |known: &BTreeMap<BString, Vec<&DocumentEntry>>| {
            let mut names = known
                .get(&key)?
                .iter()
                .map(|name| &name.entry.path)
                .filter(|other| *other != path);
            names.next().cloned()
        };
        let governed = context.policy.kind_of(path).is_some();
        // A record that was spelt anew where the policy knows both spellings has moved.
        let twin = other(&here).or_else(|| other(&gone).filter(|_| !governed));
        // Of several that are new the first by path is the one that the others are twins of.
        if governed
            && twin
                .as_ref()
                .is_some_and(|twin| path < twin && is_new_path(twin, context))
        {
            continue;
        }
        let (message, advice) = match twin.or_else(|| policy_path(path, &key, context.policy)) {
            Some(twin) => (
                format!("{path} is the same path as {twin} on some file systems"),
                format!(
                    "remove it, or give it a name that differs from {twin} in more than case or invisible characters"
                ),
            ),
            None if context.policy.watch.is_case_collision(path) => {
                warning_text(path, &key, context.policy)
            }
            None => continue,
        };
        let text = "may overwrite the other path on checkout".to_owned();
        let primary = Label {
            side: WhichSide::After,
            path: path.clone(),
            place: None,
            text,
        };
        let draft = FindingDraft::new(path.to_string(), message, primary);
        findings.add(draft.content(None, Some(path.as_bstr())).advice(advice));
    }
    Ok(())
}

/// The guarded documents of a side by the keys of their paths.
fn documents_by_key<'s>(
    snapshot: Option<&'s Snapshot<'_>>,
) -> Result<BTreeMap<BString, Vec<&'s DocumentEntry>>, ObjectError> {
    let mut keyed: BTreeMap<BString, Vec<&DocumentEntry>> = BTreeMap::new();
    for name in snapshot.map_or(Ok(&[][..]), Snapshot::names)? {
        keyed
            .entry(path_key(name.entry.path.as_bstr()).into_owned())
            .or_default()
            .push(name);
    }
    Ok(keyed)
}

fn is_new_path(path: &RepoPath, context: &RuleContext<'_>) -> bool {
    context
        .files
        .iter()
        .any(|difference| difference.path == *path && difference.before.is_none())
}

/// The path that the policy names and that this one is a twin of: a single file, or a folder.
fn policy_path(path: &RepoPath, key: &BString, policy: &Policy) -> Option<RepoPath> {
    let backlog = policy
        .backlog
        .iter()
        .flat_map(|backlog| [backlog.open.clone(), backlog.done.clone()]);
    let mut files = backlog.chain([RepoPath::new(FILE_NAME)]);
    let file = files.find(|file| path_key(file.as_bstr()).as_bytes() == key.as_bytes());
    let twin = file.or_else(|| policy.watch.case_collision_folder(path).map(RepoPath::new));
    twin.filter(|twin| twin != path)
}

/// The message and advice for a path that collides with no existing file.
fn warning_text(path: &RepoPath, key: &BString, policy: &Policy) -> (String, String) {
    let spelt = RepoPath::new(key.clone());
    match policy.kind_of(&spelt) {
        Some(kind) => (
            format!(
                "{path} is not protected, because kind {} expects the spelling {spelt}",
                kind.name
            ),
            format!("rename it to {spelt}"),
        ),
        None => (
            format!("{path} is not protected, because the policy spells this path differently"),
            "rename it to the spelling in the policy".to_owned(),
        ),
    }
}
