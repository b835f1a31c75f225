//! Real ways to write a status in Markdown, each with what it reads as, superseded one by one.

use super::{Asked, adr, frozen, policy};
use crate::change::edit::classify;
use crate::document::{Verb, status_forms};
use crate::fix::supersede::supersede;
use crate::report::EditClass;
use crate::text::Source;

/// A form whose status stands among other tags can only be changed together with them, which is no legal edit.
const BEYOND: &[&str] = &["23, tags"];

// spec: REMEDY-003
#[test]
fn every_form_of_a_frozen_status_can_be_superseded() {
    let policy = policy();
    let mut wrong = Vec::new();
    for (form, text, _) in status_forms().filter(|(form, ..)| !BEYOND.contains(form)) {
        for text in [
            (*text).to_owned(),
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
        ] {
            let old = adr(&policy, &text);
            if frozen(&old) != supersede(&Asked::of(&old, &policy).request()).is_ok() {
                wrong.push((form, text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

// spec: REMEDY-003
#[test]
fn superseding_changes_the_status_and_relations_of_the_old_document_and_nothing_else() {
    let policy = policy();
    let (status, harmless) = (
        EditClass::Status,
        [EditClass::Relation, EditClass::Whitespace],
    );
    for (form, text, _) in status_forms() {
        let text = format!("{text}\n\nTrailing  \nwords.\t\n\n| a|b |\n|-|-|\n");
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let old = adr(&policy, &text);
            let Ok(writes) = supersede(&Asked::of(&old, &policy).request()) else {
                continue;
            };
            let after = String::from_utf8(writes[1].content.clone().unwrap()).unwrap();
            let new = adr(&policy, &after);
            let edit = classify(&old, &new);
            let allowed = |class: &EditClass| *class == status || harmless.contains(class);
            assert!(
                edit.classes.contains_key(&status) && edit.classes.keys().all(allowed),
                "{form}: {edit:?}\n{after}"
            );
            let ends = |text: &str| {
                (
                    text.matches("\r\n").count() > 0,
                    text.replace("\r\n", "").contains('\n'),
                )
            };
            assert_eq!(ends(&after), ends(&text), "{form}: {after:?}");
            let tail = text.len() - text.find("Trailing").unwrap();
            assert!(
                after.ends_with(&text[text.len() - tail..]),
                "{form}: {after}"
            );
            let said = new
                .text()
                .unwrap()
                .relations
                .iter()
                .filter(|relation| relation.verb == Verb::SupersededBy);
            assert_eq!(said.count(), 1, "{form}: {after}");
        }
    }
}

#[test]
fn no_beginning_of_a_document_is_too_odd() {
    let policy = policy();
    for (_, text, _) in status_forms() {
        for (at, _) in text.char_indices().step_by(11) {
            let old = adr(&policy, &text[..at]);
            drop(supersede(&Asked::of(&old, &policy).request()));
            let template = Source::new(text[..at].to_owned());
            let whole = adr(&policy, text);
            drop(supersede(
                &Asked {
                    template: Some(&template),
                    ..Asked::of(&whole, &policy)
                }
                .request(),
            ));
        }
    }
}
