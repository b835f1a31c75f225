//! A phrase at a place of a text, as people read it. It must not know what phrases mean.

use super::inline::is_invisible;

/// Where a phrase that begins at `at` ends, if it stands there: case-folded, runs of blanks as one, invisible characters
/// passed over, and ending where a word ends.
pub(super) fn match_phrase(words: &str, at: usize, phrase: &str) -> Option<usize> {
    let mut shown = words
        .get(at..)?
        .char_indices()
        .filter(|(_, character)| !is_invisible(*character))
        .flat_map(|(offset, character)| {
            character
                .to_lowercase()
                .map(move |lower| (offset + character.len_utf8(), lower))
        })
        .peekable();
    let mut wanted = phrase
        .trim()
        .chars()
        .filter(|character| !is_invisible(*character))
        .flat_map(char::to_lowercase)
        .peekable();
    wanted.peek()?;
    let mut end = at;
    let mut last = ' ';
    while let Some(want) = wanted.next() {
        if want.is_whitespace() {
            while wanted.next_if(|next| next.is_whitespace()).is_some() {}
            shown.next_if(|(_, character)| character.is_whitespace())?;
            while shown
                .next_if(|(_, character)| character.is_whitespace())
                .is_some()
            {}
        } else {
            let (behind, _) = shown.next_if(|(_, character)| *character == want)?;
            end = at + behind;
            last = want;
        }
    }
    let next = shown.next().map(|(_, character)| character);
    let after = shown.next().map(|(_, character)| character);
    (!last.is_alphanumeric() || ends_word(next, after)).then_some(end)
}

/// True when a word ends before `next` and `after`: `Not-Implemented` is one word, and so is what a combining mark goes on.
fn ends_word(next: Option<char>, after: Option<char>) -> bool {
    match next {
        None => true,
        Some('-' | '\u{2010}' | '\u{2011}' | '\'' | '’') => {
            !after.is_some_and(char::is_alphanumeric)
        }
        Some('\u{300}'..='\u{36f}' | '_') => false,
        Some(next) => !next.is_alphanumeric(),
    }
}
