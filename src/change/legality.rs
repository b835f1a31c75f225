//! What the kind of a frozen document makes of an edit. Does not depend on rules.

use super::edit::{Edit, Version};
use crate::document::{Document, StatusValue};
use crate::policy::kind::StatusStage;
use crate::report::{EditClass, Level};

/// What the document's kind makes of an edit: the strictest level of the classes it mixes, and the gravest class of that
/// level.
#[must_use]
pub fn weigh(document: &Document, edit: &Edit) -> Option<(EditClass, Level)> {
    let level = |class: EditClass| {
        document
            .kind
            .edits
            .get(&class)
            .copied()
            .unwrap_or(class.default_level())
    };
    let classes = edit.classes.keys().map(|class| (*class, level(*class)));
    classes
        .max_by_key(|(class, level)| (*level, *class))
        .filter(|(_, level)| *level != Level::Allow)
}

/// True when a frozen document may become this one.
#[must_use]
pub fn legal(from: &Version<'_>, to: &Version<'_>) -> bool {
    weigh(from.document(), &from.edit_to(to)).is_none()
        && !is_reversed(from.document(), to.document())
}

/// True when the status moved on a way that is not legal, or vanished from a document that it had frozen.
#[must_use]
pub fn is_reversed(before: &Document, after: &Document) -> bool {
    let status = |document: &Document| document.text().and_then(|text| text.status.main.clone());
    let Some(from) = status(before).filter(|_| before.frozen().is_some()) else {
        return false;
    };
    let Some(to) = status(after) else {
        return after.text().is_some();
    };
    match (&from.value, &to.value) {
        (StatusValue::Known(from, _), StatusValue::Known(to, _)) => !before
            .kind
            .vocabulary
            .as_ref()
            .is_some_and(|words| words.permits(from, to)),
        (StatusValue::Unknown, StatusValue::Known(_, standing)) => *standing == StatusStage::Open,
        // An unknown word keeps the document frozen; there is a rule for the word itself.
        (_, StatusValue::Unknown) => false,
    }
}
