//! Edits of a text, all of them by places in the text as it was. It must not know what they mean.

use std::ops::Range;

/// One stretch of a text and what is to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextEdit {
    /// What goes; empty for an insertion.
    pub(super) range: Range<usize>,
    /// What comes.
    pub(super) text: String,
}

impl TextEdit {
    /// Replaces a stretch.
    pub(super) fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }

    /// Inserts at a place.
    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }
}

/// Carries out edits that do not overlap; `None` when two of them do. Of two at one place the first comes first.
pub(super) fn apply(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut result =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.range.start)?);
        result.push_str(&edit.text);
        at = edit.range.end;
    }
    result.push_str(text.get(at..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_by_the_places_of_the_text_as_it_was() {
        let edits = [
            TextEdit::insert(3, "!"),
            TextEdit::replace(0..1, "A"),
            TextEdit::insert(3, "?"),
        ];
        assert_eq!(apply("abc", &edits).as_deref(), Some("Abc!?"));
        assert_eq!(
            apply(
                "abc",
                &[TextEdit::replace(0..2, ""), TextEdit::replace(1..3, "")]
            ),
            None
        );
    }
}
