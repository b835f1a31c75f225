//! The old document says by its status what has taken its place. The ways to write it are tried in the order in which
//! projects would choose them, and the first is taken that reads as it should and changes nothing else. It must not know
//! the new document beyond its name.

use super::letter_case::match_case;
use super::relation_line::RelationPhrase;
use super::status_site::{Form, StatusSite};
use super::supersede_plan::{SupersedePlan, names_only, read};
use super::text_edit::{TextEdit, apply};
use super::{cannot, relation_line};
use crate::change::edit::classify;
use crate::document::{Document, Relation, Status, StatusValue, Target, Text, Verb};
use crate::report::{EditClass, Problem};

/// Copies of the status that are set at most: each is tried in several ways.
const COPIES: usize = 16;

/// The old document's text as it is to be.
pub(super) fn succeed(
    old: &Document,
    text: &Text,
    plan: &SupersedePlan<'_>,
) -> Result<String, Problem> {
    let mut copies: Vec<&Status> = text.status.main.iter().chain(&text.status.others).collect();
    copies.sort_by_key(|status| status.span);
    if copies.len() > COPIES {
        let what = format!("it shows {} statuses", copies.len());
        return Err(cannot(
            &old.path,
            what,
            "set them by hand, and see: graven check",
        ));
    }
    let sites: Vec<(StatusSite, &Status)> = copies
        .iter()
        .map(|status| (StatusSite::of(text, status.span), *status))
        .collect();
    let attempt = |edits: &[TextEdit]| {
        apply(text.source.text(), edits).filter(|after| holds(old, text, after, plan))
    };
    ways(text, &sites, plan)
        .iter()
        .find_map(|edits| attempt(edits))
        .ok_or_else(|| {
            let what = "its status cannot be set by an edit that is allowed";
            let remedy = format!(
                "write by hand that {} supersedes it, and see: graven check",
                plan.path
            );
            cannot(&old.path, what, remedy)
        })
}

/// Every way to write it, the best first.
fn ways(
    text: &Text,
    sites: &[(StatusSite, &Status)],
    plan: &SupersedePlan<'_>,
) -> Vec<Vec<TextEdit>> {
    let mut ways = Vec::new();
    let mut order: Vec<usize> = (0..sites.len()).collect();
    // Of two copies, the one that people read first says by what.
    order.sort_by_key(|&at| sites[at].0.form == Form::FrontMatter);
    for (wide, keep) in [(true, true), (false, true), (true, false), (false, false)] {
        let bare: Vec<TextEdit> = sites
            .iter()
            .map(|site| set(site, plan, None, (wide, keep)))
            .collect();
        let with = |more: TextEdit| bare.iter().cloned().chain([more]).collect::<Vec<_>>();
        ways.extend(
            relation_line::fill(text, RelationPhrase::SupersededBy, &plan.new)
                .into_iter()
                .map(with),
        );
        for label in [&plan.new.link, &plan.new.plain] {
            for &own in &order {
                let mut edits = bare.clone();
                edits[own] = set(&sites[own], plan, Some(label), (wide, keep));
                ways.push(edits);
            }
        }
        for &own in &order {
            ways.extend(
                relation_line::add(text, &sites[own].0, RelationPhrase::SupersededBy, &plan.new)
                    .into_iter()
                    .map(with),
            );
        }
    }
    ways
}

/// Sets one copy of the status. What follows it is kept as what the document was: "Superseded, was Accepted (by all)".
fn set(
    copy: &(StatusSite, &Status),
    plan: &SupersedePlan<'_>,
    by: Option<&str>,
    (wide, keep): (bool, bool),
) -> TextEdit {
    let (site, status) = copy;
    let known = status.standing().is_some();
    let mut word = if known {
        match_case(&plan.superseded.0, &status.written)
    } else {
        plan.superseded.0.clone()
    };
    if let Some(label) = by {
        word = format!("{word} by {label}");
    }
    let value = if wide {
        site.value.clone()
    } else {
        site.words.clone()
    };
    // Words that the policy does not know may say anything, and stay where they can.
    let code = status.written.starts_with(':');
    let says = !known && !code && status.written.contains(char::is_alphanumeric);
    let says_more = !site.tail.is_empty() || says && keep;
    if !says_more {
        return TextEdit::replace(value, word);
    }
    TextEdit::insert(value.start, format!("{word}, was "))
}

/// True when the text says that it is superseded by the new document, in every copy of its status, and says everything
/// else as before.
fn holds(old: &Document, before: &Text, after: &str, plan: &SupersedePlan<'_>) -> bool {
    let after = read(
        &old.kind,
        &old.path,
        old.number.clone(),
        old.mode,
        after.to_owned(),
    );
    let Some(text) = after.text() else {
        return false;
    };
    let copies = |text: &Text| text.status.main.iter().chain(&text.status.others).count();
    let set = |status: &Status| matches!(&status.value, StatusValue::Known(word, _) if *word == plan.superseded.1);
    let edit = classify(old, &after);
    let harmless = [
        EditClass::Status,
        EditClass::Relation,
        EditClass::Whitespace,
    ];
    copies(text) == copies(before)
        && text.status.main.iter().chain(&text.status.others).all(set)
        && names_only(
            text,
            Verb::SupersededBy,
            Some(before),
            &plan.path,
            plan.number.as_ref(),
        )
        && others(text) == others(before)
        && edit.classes.contains_key(&EditClass::Status)
        && edit.classes.keys().all(|class| harmless.contains(class))
}

/// What a text says of other documents, beside what supersedes it.
fn others(text: &Text) -> Vec<(Verb, &[Target])> {
    let said = |relation: &&Relation| relation.verb != Verb::SupersededBy;
    text.relations
        .iter()
        .filter(said)
        .map(|relation| (relation.verb, relation.targets.as_slice()))
        .collect()
}
