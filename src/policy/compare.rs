//! What a changed policy no longer guards. Compares what two policies do, not how they are written: a line taken out is
//! weaker only when its default is. In doubt it is weaker. It must not know commits, nor the levels of findings.

use super::glob::covers;
use super::{Branches, Policy, RuleName, Weakening};
use crate::repo::PathSet;
use crate::report::file_faults::shown;

mod kind;
mod process;
mod vocabulary;

/// Everything in which `after` is weaker than `before`, sorted by place and key. `rules` are the rules there are.
#[must_use]
pub fn weakenings(before: &Policy, after: &Policy, rules: &[RuleName]) -> Vec<Weakening> {
    let mut found = Weakenings {
        after,
        list: Vec::new(),
    };
    for rule in rules {
        let levels = (
            before.level(rule.id, rule.level),
            after.level(rule.id, rule.level),
        );
        if levels.1 < levels.0 {
            found.add(
                &format!("rules.{}", rule.id),
                format!("`{}` changes from {} to {}", rule.id, levels.0, levels.1),
            );
        }
    }
    branches(&before.branches, &after.branches, &mut found);
    kind::compare(before, after, &mut found);
    process::compare(before, after, &mut found);
    numbers(before, after, &mut found);
    found
        .list
        .sort_by(|a, b| (a.span, &a.key, &a.what).cmp(&(b.span, &b.key, &b.what)));
    found.list
}

/// Collects weakenings, each with its place in the file after.
struct Weakenings<'a> {
    after: &'a Policy,
    list: Vec<Weakening>,
}

impl Weakenings<'_> {
    fn add(&mut self, key: &str, what: String) {
        let span = self.after.places.value_of(key);
        self.list.push(Weakening {
            key: key.to_owned(),
            what,
            span,
        });
    }
}

/// Globs of a list that no glob of the list after surely covers.
fn globs(key: &str, before: &PathSet, after: &PathSet, found: &mut Weakenings<'_>) {
    for glob in before
        .globs()
        .iter()
        .filter(|glob| !after.globs().iter().any(|other| covers(other, glob)))
    {
        found.add(key, format!("`{}` is removed from `{key}`", shown(glob)));
    }
}

fn branches(before: &Branches, after: &Branches, found: &mut Weakenings<'_>) {
    for name in &before.protected {
        let kept = after
            .protected
            .iter()
            .any(|other| other == name || (other != "HEAD" && covers(other, name)));
        if !kept {
            let what = match name.as_str() {
                "HEAD" => "the default branch is no longer protected".to_owned(),
                name => format!("`{}` is no longer protected", shown(name)),
            };
            found.add("branches.protected", what);
        }
    }
}

/// Thresholds and limits. A lower `title` lets more pass as a rewording; a higher `body` or `document` lets fewer be
/// recognised under another ID or path; what is over `blob` is not read.
fn numbers(before: &Policy, after: &Policy, found: &mut Weakenings<'_>) {
    let (b, a) = (&before.similarity, &after.similarity);
    for (key, before, after, weaker) in [
        ("title", b.title, a.title, a.title < b.title),
        ("body", b.body, a.body, a.body > b.body),
        ("document", b.document, a.document, a.document > b.document),
    ] {
        if weaker {
            found.add(
                &format!("similarity.{key}"),
                format!("`similarity.{key}` changes from {before} to {after}"),
            );
        }
    }
    let (before, after) = (before.limits.blob, after.limits.blob);
    if after < before {
        let what =
            format!("documents over {after} bytes are no longer read (the limit was {before})");
        found.add("limits.blob", what);
    }
}
