//! Kinds of two policies, compared.

use super::{Weakenings, globs, vocabulary};
use crate::policy::Policy;
use crate::policy::glob::{covers, overlap};
use crate::policy::kind::{Freeze, Kind, Pattern, PrefixForm, SectionForms};
use crate::report::file_faults::shown;
use crate::report::{EditClass, Level};

pub(super) fn compare(before: &Policy, after: &Policy, found: &mut Weakenings<'_>) {
    for kind in &before.kinds {
        let key = format!("kind.{}", kind.name);
        match after.kinds.iter().position(|other| other.name == kind.name) {
            None => found.add(&key, format!("kind `{}` is removed", kind.name)),
            Some(place) => {
                same_kind(&key, kind, &after.kinds[place], found);
                for first in &after.kinds[..place] {
                    shadow(before, first, kind, found);
                }
            }
        }
    }
}

fn same_kind(key: &str, before: &Kind, after: &Kind, found: &mut Weakenings<'_>) {
    for (list, before, after) in [
        ("paths", &before.paths, &after.paths),
        ("near", &before.near, &after.near),
    ] {
        globs(&format!("{key}.{list}"), before, after, found);
    }
    for glob in after.exempt.globs().iter().filter(|glob| {
        !before
            .exempt
            .globs()
            .iter()
            .any(|other| covers(other, glob))
    }) {
        found.add(
            &format!("{key}.exempt"),
            format!("files that match `{}` are now exempt", shown(glob)),
        );
    }
    life(key, before, after, found);
}

/// What becomes of a document that belongs to `after` and not to `before`.
fn life(key: &str, before: &Kind, after: &Kind, found: &mut Weakenings<'_>) {
    let name = &before.name;
    if strictness(after.freeze) < strictness(before.freeze) {
        let what = format!(
            "`{key}.freeze` changes from {} to {}",
            said(before.freeze),
            said(after.freeze)
        );
        found.add(&format!("{key}.freeze"), what);
    }
    if let Some(number) = &before.number
        && after.number.as_ref().map(Pattern::as_str) != Some(number.as_str())
    {
        found.add(
            &format!("{key}.number"),
            format!("the number pattern of kind `{name}` changes"),
        );
    }
    for (class, level) in EditClass::ALL.map(|class| (class, level(after, class))) {
        let was = self::level(before, class);
        if level < was && before.freeze != Freeze::Never {
            let what = format!("`{class}` edits of kind `{name}` change from {was} to {level}");
            found.add(&format!("{key}.edits.{class}"), what);
        }
    }
    match (&before.vocabulary, &after.vocabulary) {
        (Some(words), Some(after)) => {
            vocabulary::compare(&format!("{key}.status"), words, after, found);
        }
        // Without status words a change of the status is an edit of the text, which is frozen from the beginning.
        (Some(_), None) if after.freeze != Freeze::WhenCommitted => {
            found.add(
                &format!("{key}.status"),
                format!("the status of kind `{name}` is no longer read"),
            );
        }
        _ => {}
    }
    if let Some(forms) = &before.sections {
        match &after.sections {
            Some(after) => sections(&format!("{key}.sections"), forms, after, found),
            None => found.add(
                &format!("{key}.sections"),
                format!("sections of kind `{name}` are no longer read"),
            ),
        }
    }
}

fn sections(key: &str, before: &SectionForms, after: &SectionForms, found: &mut Weakenings<'_>) {
    for (form, before, after) in [
        ("id", &before.id, &after.id),
        ("heading", &before.heading, &after.heading),
        ("like", &before.like, &after.like),
    ] {
        if before.as_str() != after.as_str() {
            found.add(
                &format!("{key}.{form}"),
                format!("the pattern `{key}.{form}` changes"),
            );
        }
    }
    if before.tables && !after.tables {
        found.add(
            &format!("{key}.tables"),
            "table rows no longer declare sections".to_owned(),
        );
    }
    let same = match (&before.prefix, &after.prefix) {
        (PrefixForm::None, _) | (PrefixForm::FirstId, PrefixForm::FirstId) => true,
        (PrefixForm::Line(before), PrefixForm::Line(after)) => before.as_str() == after.as_str(),
        _ => false,
    };
    if !same {
        found.add(
            &format!("{key}.prefix"),
            "prefixes of section IDs are read differently".to_owned(),
        );
    }
}

/// A weaker kind that now comes before another and may match its documents.
fn shadow(before: &Policy, first: &Kind, kind: &Kind, found: &mut Weakenings<'_>) {
    let place = |name: &str| before.kinds.iter().position(|kind| kind.name == name);
    let stood = place(&first.name)
        .filter(|at| Some(*at) < place(&kind.name))
        .map(|at| &before.kinds[at]);
    let taken = first.paths.globs().iter().find(|glob| {
        let known =
            stood.is_some_and(|stood| stood.paths.globs().iter().any(|other| covers(other, glob)));
        !known && kind.paths.globs().iter().any(|other| overlap(glob, other))
    });
    let Some(glob) = taken else { return };
    let mut lost = Weakenings {
        after: found.after,
        list: Vec::new(),
    };
    life("", kind, first, &mut lost);
    let mut keys: Vec<&str> = lost
        .list
        .iter()
        .map(|one| one.key.trim_start_matches('.'))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    if !keys.is_empty() {
        let (first, kind, keys) = (&first.name, &kind.name, keys.join(", "));
        let what = format!(
            "kind `{first}` now matches `{}` before kind `{kind}`, and is weaker in {keys}",
            shown(glob)
        );
        found.add(&format!("kind.{first}.paths"), what);
    }
}

fn level(kind: &Kind, class: EditClass) -> Level {
    kind.edits
        .get(&class)
        .copied()
        .unwrap_or(class.default_level())
}

fn strictness(freeze: Freeze) -> u8 {
    match freeze {
        Freeze::Never => 0,
        Freeze::WhenAccepted => 1,
        Freeze::WhenCommitted => 2,
    }
}

fn said(freeze: Freeze) -> &'static str {
    match freeze {
        Freeze::Never => "never",
        Freeze::WhenAccepted => "when-accepted",
        Freeze::WhenCommitted => "when-committed",
    }
}
