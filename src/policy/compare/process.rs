//! The tables beside kinds and levels, of two policies, compared.

use super::{Weakenings, globs};
use crate::policy::kind::Pattern;
use crate::policy::{Backlog, CitationForm, Policy, Trace, Workflow};
use crate::report::file_faults::shown;

pub(super) fn compare(before: &Policy, after: &Policy, found: &mut Weakenings<'_>) {
    if before.waivers.folder != after.waivers.folder {
        let what = format!(
            "waivers in `{}` are no longer frozen",
            shown(&before.waivers.folder)
        );
        found.add("waivers.folder", what);
    }
    if after.waivers.reason < before.waivers.reason {
        let (before, after) = (before.waivers.reason, after.waivers.reason);
        found.add(
            "waivers.reason",
            format!("the minimum length of a reason changes from {before} to {after}"),
        );
    }
    trace(&before.trace, &after.trace, found);
    if let Some(before) = &before.backlog {
        match &after.backlog {
            Some(after) => backlog(before, after, found),
            None => found.add("backlog", "the backlog is no longer read".to_owned()),
        }
    }
    workflow(&before.workflow, &after.workflow, found);
}

fn trace(before: &Trace, after: &Trace, found: &mut Weakenings<'_>) {
    globs("trace.tests", &before.tests, &after.tests, found);
    globs("trace.code", &before.code, &after.code, found);
    let kept = after.citations.iter().map(name).collect::<Vec<_>>();
    for form in before
        .citations
        .iter()
        .map(name)
        .filter(|form| !kept.contains(form))
    {
        found.add(
            "trace.citations",
            format!("citations of the form `{}` are no longer read", shown(form)),
        );
    }
}

fn name(form: &CitationForm) -> &str {
    match form {
        CitationForm::Pytest => "pytest",
        CitationForm::Comment => "comment",
        CitationForm::Attribute => "attribute",
        CitationForm::Tag => "tag",
        CitationForm::Pattern(pattern) => pattern.as_str(),
    }
}

fn backlog(before: &Backlog, after: &Backlog, found: &mut Weakenings<'_>) {
    for (key, before, after) in [
        ("backlog.open", &before.open, &after.open),
        ("backlog.done", &before.done, &after.done),
    ] {
        if before != after {
            found.add(key, format!("items in {before} are no longer read"));
        }
    }
    for (key, before, after) in [
        ("backlog.prefixes", &before.prefixes, &after.prefixes),
        ("backlog.bugs", &before.bugs, &after.bugs),
    ] {
        for prefix in before.iter().filter(|prefix| !after.contains(prefix)) {
            found.add(key, format!("`{prefix}` is removed from `{key}`"));
        }
    }
}

fn workflow(before: &Workflow, after: &Workflow, found: &mut Weakenings<'_>) {
    let same = |before: &Pattern, after: &Pattern| before.as_str() == after.as_str();
    for (key, same) in [
        ("workflow.fix", same(&before.fix, &after.fix)),
        ("workflow.feature", same(&before.feature, &after.feature)),
    ] {
        if !same {
            found.add(key, format!("the pattern `{key}` changes"));
        }
    }
    globs(
        "workflow.changelog",
        &before.changelog,
        &after.changelog,
        found,
    );
}
