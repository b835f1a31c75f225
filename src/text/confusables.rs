//! Letters that look like others, or like nothing: words as people see them, and paths as file systems compare them. It
//! must not know what a word or a path is for.

use std::borrow::Cow;
use std::ops::Range;

use bstr::{BStr, BString, ByteSlice, ByteVec};
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;

use crate::text::escape::is_invisible;

/// A text as it looks: without case, invisible letters and marks above or below, and with one letter for all that look
/// alike (UTS 39). Words that a reader takes for one another have the same skeleton; it is never shown.
#[must_use]
pub fn skeleton_of(text: &str) -> String {
    let mut skeleton_of = String::with_capacity(text.len());
    for letter in text.nfkc().filter(|letter| !is_invisible(*letter)) {
        match ascii(letter) {
            Some(letter) => skeleton_of.push(class(letter)),
            None => skeleton(letter.encode_utf8(&mut [0; 4]))
                .filter(|letter| !is_combining_mark(*letter))
                .flat_map(char::to_lowercase)
                .for_each(|letter| skeleton_of.push(class(letter))),
        }
    }
    skeleton_of
}

/// The first letter of a word that makes it another than the one it looks like.
#[must_use]
pub fn first_non_ascii(written: &str, meant: &str) -> Option<char> {
    let mut meant = meant.chars().flat_map(char::to_lowercase);
    let differs = |letter: &char| {
        letter
            .to_lowercase()
            .any(|lower| meant.next() != Some(lower))
    };
    written
        .chars()
        .find(|letter| !letter.is_ascii())
        .or_else(|| written.chars().find(differs))
}

/// A letter as it is named: `U+0410`.
#[must_use]
pub fn name(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// A text in ASCII, as far as its letters look like ASCII ones or mean the same digit, with the way back to what is written.
#[derive(Debug)]
pub struct AsciiFold {
    /// The text in plain letters.
    pub text: String,
    /// For each byte of the text where its letter begins in the original, and at the end where that ends.
    origins: Vec<usize>,
}

impl AsciiFold {
    /// Reads a text.
    #[must_use]
    pub fn of(written: &str) -> Self {
        let mut plain = Self {
            text: String::with_capacity(written.len()),
            origins: Vec::new(),
        };
        for (at, letter) in written
            .char_indices()
            .filter(|(_, letter)| !is_invisible(*letter))
        {
            plain.text.push(ascii(letter).unwrap_or(letter));
            plain.origins.resize(plain.text.len(), at);
        }
        plain.origins.push(written.len());
        plain
    }

    /// Where a stretch of the text stands in the original.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let at = |place: usize| self.origins.get(place).copied().unwrap_or_default();
        at(range.start)..at(range.end)
    }
}

/// The ASCII letter, digit or sign that a letter looks like, or whose digit it is.
fn ascii(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter);
    }
    let mut buffer = [0; 4];
    let written = &*letter.encode_utf8(&mut buffer);
    let alone = |letters: &mut dyn Iterator<Item = char>| match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_graphic() => Some(letter),
        _ => None,
    };
    if let Some(letter) = alone(&mut written.nfkc()) {
        return Some(letter);
    }
    if let Some(digit) = digit(letter) {
        return Some(digit);
    }
    let seen = alone(&mut skeleton(written))?;
    Some(match seen {
        // The skeleton of a capital I is a small l.
        'l' if letter.is_uppercase() => 'I',
        seen if letter.is_uppercase() => seen.to_ascii_uppercase(),
        seen => seen,
    })
}

/// One sign for ASCII letters and digits that look alike.
fn class(letter: char) -> char {
    match letter.to_ascii_lowercase() {
        '0' => 'o',
        '1' | 'i' | '|' => 'l',
        letter => letter,
    }
}

/// The zeros of the scripts that have digits of their own; the other nine follow each (Unicode keeps it so for ever).
const ZEROS: [u32; 24] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0xA620, 0xFF10,
];

/// The digit that a letter of another script means.
fn digit(letter: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| {
        u32::from(letter)
            .checked_sub(*zero)
            .filter(|value| *value < 10)
    })?;
    char::from_digit(value, 10)
}

/// A path as those file systems compare it that fold case (Windows, macOS), compose letters, and pass over invisible
/// letters and over blanks and dots at the end of a name. Paths with one key are one file there.
#[must_use]
pub fn path_key(path: &BStr) -> Cow<'_, BStr> {
    if path.is_ascii()
        && !path.iter().any(u8::is_ascii_uppercase)
        && path.split_str("/").all(|name| trimmed(name) == name)
    {
        return Cow::Borrowed(path);
    }
    let mut key = BString::default();
    for (at, name) in path.split_str("/").enumerate() {
        if at > 0 {
            key.push(b'/');
        }
        let folded = folded(&name.to_str_lossy());
        key.push_str(trimmed(folded.as_bytes()));
    }
    Cow::Owned(key)
}

/// Text without case and invisible letters, its letters composed.
#[must_use]
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let shown: String = text
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .nfd()
        .collect();
    UniCase::unicode(shown).to_folded_case().nfc().collect()
}

/// A name without what Windows drops at its end; `.` and `..` stay.
fn trimmed(name: &[u8]) -> &[u8] {
    let kept = name.trim_end_with(|last| matches!(last, '.' | ' '));
    if kept.is_empty() { name } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_alike_have_one_skeleton() {
        for (written, meant) in [
            ("Αccepted", "Accepted"),
            ("АССЕРТЕD", "accepted"),
            ("Ａｃｃｅｐｔｅｄ", "Accepted"),
            ("𝐀ccepted", "Accepted"),
            ("Acc\u{200b}epted", "Accepted"),
            ("Accep\u{323}ted", "Accepted"),
            ("W1thdrawn", "Withdrawn"),
            ("Ѕtatus", "status"),
        ] {
            assert_eq!(skeleton_of(written), skeleton_of(meant), "{written}");
        }
        for (one, other) in [
            ("Accepted", "Adopted"),
            ("已接受", "已拒绝"),
            ("Draft", "Drift"),
        ] {
            assert_ne!(skeleton_of(one), skeleton_of(other), "{one}");
        }
    }

    #[test]
    fn an_id_in_other_letters_is_read_in_plain_ones() {
        for written in [
            "РATH-003",
            "PATH‑003",
            "PATH–003",
            "PATH-００３",
            "PATH-\u{660}\u{660}\u{663}",
            "PA\u{200b}TH-003",
        ] {
            let plain = AsciiFold::of(written);
            assert_eq!(plain.text, "PATH-003", "{written}");
            assert_eq!(plain.origin(0..8), 0..written.len(), "{written}");
        }
        assert_eq!(AsciiFold::of("ІО-1").text, "IO-1");
        assert_eq!(AsciiFold::of("Größe 日本").text, "Größe 日本");
    }

    #[test]
    fn the_letter_that_differs_is_named() {
        assert_eq!(
            first_non_ascii("Αccepted", "Accepted").map(name).as_deref(),
            Some("U+0391")
        );
        assert_eq!(first_non_ascii("w1thdrawn", "Withdrawn"), Some('1'));
        assert_eq!(first_non_ascii("ACCEPTED", "Accepted"), None);
    }

    #[test]
    fn paths_that_are_one_file_somewhere_have_one_key() {
        let key = |path: &str| path_key(BStr::new(path)).into_owned();
        for twin in [
            "SDD/adrs/0001-é.MD",
            "sdd/adrs/0001-e\u{301}.md",
            "sdd/adrs/0001-é\u{200d}.md",
            "sdd./adrs /0001-é.md...",
            "\u{17f}dd/adrs/0001-É.md",
        ] {
            assert_eq!(key(twin), key("sdd/adrs/0001-é.md"), "{twin:?}");
        }
        for other in [
            "sdd/adrs/0001-e.md",
            "sdd/adr/0001-é.md",
            "sdd/adrs/0001-é-md",
        ] {
            assert_ne!(key(other), key("sdd/adrs/0001-é.md"), "{other:?}");
        }
        assert_eq!(key("../.."), "../..");
    }
}
