//! How alike two texts are: counted in words, so that wrapping, markup and case do not matter, and always the same for
//! the same two texts. It must not know what the texts are for.

use std::cmp::Ordering;

/// The words of a text: case-folded runs of letters, digits and `_`, everything else left out. Scripts that are written
/// without blanks between words (Han, Kana, Hangul) give one word a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// In the order of the text.
    spoken: Vec<String>,
    /// Places in `spoken`, by word.
    sorted: Vec<usize>,
    /// The text without blanks around it, kept where it holds no word at all: `==`.
    signs: String,
}

impl Words {
    /// Takes a text apart.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut spoken = Vec::new();
        let mut word = String::new();
        for character in text.chars() {
            let alone = is_written_without_blanks(character);
            if !word.is_empty() && (alone || !is_part(character)) {
                spoken.push(std::mem::take(&mut word));
            }
            if is_part(character) {
                word.extend(character.to_lowercase());
            }
            if alone {
                spoken.push(std::mem::take(&mut word));
            }
        }
        if !word.is_empty() {
            spoken.push(word);
        }
        let mut sorted: Vec<usize> = (0..spoken.len()).collect();
        sorted.sort_by(|&one, &other| spoken[one].cmp(&spoken[other]));
        let signs = if spoken.is_empty() { text.trim().to_owned() } else { String::new() };
        Self { spoken, sorted, signs }
    }

    /// The words in the order of the text.
    #[must_use]
    pub fn spoken(&self) -> &[String] {
        &self.spoken
    }

    /// True when there is nothing to compare: no word, no sign.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spoken.is_empty() && self.signs.is_empty()
    }

    /// True when the same words stand in the same order.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        self.spoken == other.spoken && self.signs == other.signs
    }

    /// From 0.0 (no word shared) to 1.0 (the same words in any order): twice the words shared over the words of both, a
    /// word that stands several times counted as often (Dice's coefficient over multisets). Two texts without any word
    /// are alike only when their signs are the same.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    pub fn alike(&self, other: &Self) -> f64 {
        let all = self.spoken.len() + other.spoken.len();
        if all == 0 {
            return if self.signs == other.signs { 1.0 } else { 0.0 };
        }
        2.0 * self.shared(other) as f64 / all as f64
    }

    /// True when [`Words::alike`] is at least `least`; cheap when the lengths alone rule it out.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    pub fn alike_at_least(&self, other: &Self, least: f64) -> bool {
        let (one, two) = (self.spoken.len(), other.spoken.len());
        let possible = 2.0 * one.min(two) as f64;
        possible >= least * (one + two) as f64 && self.alike(other) >= least
    }

    fn shared(&self, other: &Self) -> usize {
        let (mut at, mut there, mut shared) = (0, 0, 0);
        while let (Some(&one), Some(&two)) = (self.sorted.get(at), other.sorted.get(there)) {
            let order = self.spoken[one].cmp(&other.spoken[two]);
            shared += usize::from(order == Ordering::Equal);
            at += usize::from(order != Ordering::Greater);
            there += usize::from(order != Ordering::Less);
        }
        shared
    }
}

/// How alike two texts are, from 0.0 to 1.0; see [`Words::alike`].
#[must_use]
pub fn similarity(one: &str, other: &str) -> f64 {
    if one == other { 1.0 } else { Words::of(one).alike(&Words::of(other)) }
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_written_without_blanks(character: char) -> bool {
    character.is_alphanumeric() && matches!(u32::from(character), 0x2E80..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::float_cmp, reason = "the ends of the scale are exact")]
    #[test]
    fn the_same_words_are_wholly_alike_and_others_not_at_all() {
        for (one, other, alike) in [
            ("", "", 1.0),
            ("", "word", 0.0),
            ("Path validation", "**path**  VALIDATION.\n", 1.0),
            ("read write", "write read", 1.0),
            ("read", "write", 0.0),
            ("==", " == ", 1.0),
            ("==", "!=", 0.0),
            ("a a b", "a b b", 2.0 * 2.0 / 6.0),
            ("路径", "路由", 0.5),
        ] {
            assert_eq!(similarity(one, other), alike, "{one:?} {other:?}");
            assert_eq!(similarity(other, one), alike, "{other:?} {one:?}");
            assert_eq!(Words::of(one).alike_at_least(&Words::of(other), 0.5), alike >= 0.5, "{one:?} {other:?}");
        }
    }

    #[test]
    fn words_in_another_order_do_not_read_alike() {
        assert!(Words::of("Copy, then move").reads_like(&Words::of("copy then *move*")));
        assert!(!Words::of("copy then move").reads_like(&Words::of("move then copy")));
    }
}
