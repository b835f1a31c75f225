//! How alike two texts are: counted in words, so that wrapping, markup and case do not matter, and always the same for
//! the same two texts. It must not know what the texts are for.

use std::cell::OnceCell;
use std::cmp::Ordering;

/// The words of a text: case-folded runs of letters, digits and `_`, everything else left out. Scripts that are written
/// without blanks between words (Han, Kana, Hangul) give one word a character.
#[derive(Debug, Clone)]
pub struct Words {
    /// All words in the order of the text, a blank between two.
    spoken: String,
    /// Where each word ends in `spoken`.
    ends: Vec<usize>,
    /// Places of words, sorted by word; worked out when it is needed.
    sorted: OnceCell<Vec<usize>>,
    /// The text without blanks around it, kept where it holds no word at all: `==`.
    signs: String,
}

impl Words {
    /// Takes a text apart.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = Self {
            spoken: String::with_capacity(text.len()),
            ends: Vec::new(),
            sorted: OnceCell::new(),
            signs: String::new(),
        };
        let mut inside = false;
        for character in text.chars() {
            let alone = is_written_without_blanks(character);
            let part = is_part(character);
            if inside && (alone || !part) {
                words.end();
                inside = false;
            }
            if part {
                if !inside && !words.ends.is_empty() {
                    words.spoken.push(' ');
                }
                inside = !alone;
                if character.is_ascii() {
                    words.spoken.push(character.to_ascii_lowercase());
                } else {
                    words.spoken.extend(character.to_lowercase());
                }
            }
            if alone {
                words.end();
            }
        }
        if inside {
            words.end();
        }
        if words.ends.is_empty() {
            text.trim().clone_into(&mut words.signs);
        }
        words
    }

    fn end(&mut self) {
        self.ends.push(self.spoken.len());
    }

    /// The words in the order of the text, a blank between two.
    #[must_use]
    pub fn spoken(&self) -> &str {
        &self.spoken
    }

    /// How many words there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// True when there is nothing to compare: no word, no sign.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty() && self.signs.is_empty()
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
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of words stay far below 2^52"
    )]
    pub fn alike(&self, other: &Self) -> f64 {
        let all = self.count() + other.count();
        if all == 0 {
            return if self.signs == other.signs { 1.0 } else { 0.0 };
        }
        2.0 * self.shared(other) as f64 / all as f64
    }

    /// True when [`Words::alike`] is at least `least`; cheap when the lengths alone rule it out.
    #[must_use]
    pub fn alike_at_least(&self, other: &Self, least: f64) -> bool {
        self.may_be_alike(other, least) && self.alike(other) >= least
    }

    /// False when the lengths alone rule out that [`Words::alike`] is at least `least`.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of words stay far below 2^52"
    )]
    pub fn may_be_alike(&self, other: &Self, least: f64) -> bool {
        let (one, two) = (self.count(), other.count());
        one + two == 0 || 2.0 * one.min(two) as f64 / (one + two) as f64 >= least
    }

    fn word(&self, place: usize) -> &str {
        let start = place
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] + 1);
        &self.spoken[start..self.ends[place]]
    }

    fn shared(&self, other: &Self) -> usize {
        // What both begin and end with is shared, and most versions of a text differ in a few words only.
        let shorter = self.count().min(other.count());
        let head = (0..shorter)
            .take_while(|&place| self.word(place) == other.word(place))
            .count();
        let tail = (1..=shorter - head)
            .take_while(|&back| self.word(self.count() - back) == other.word(other.count() - back))
            .count();
        let (ones, others) = (head..self.count() - tail, head..other.count() - tail);
        // Sorting all words pays only where they are compared again.
        if (ones.len() + others.len()) * 4 <= self.count() + other.count() {
            return head
                + tail
                + self.common(
                    &self.sort(ones.collect()),
                    other,
                    &other.sort(others.collect()),
                );
        }
        self.common(self.sorted(), other, other.sorted())
    }

    fn sorted(&self) -> &[usize] {
        self.sorted
            .get_or_init(|| self.sort((0..self.count()).collect()))
    }

    fn sort(&self, mut places: Vec<usize>) -> Vec<usize> {
        places.sort_unstable_by(|&one, &other| self.word(one).cmp(self.word(other)));
        places
    }

    /// How many words two sorted lists of places share.
    fn common(&self, places: &[usize], other: &Self, others: &[usize]) -> usize {
        let (mut at, mut there, mut shared) = (0, 0, 0);
        while let (Some(&one), Some(&two)) = (places.get(at), others.get(there)) {
            let order = self.word(one).cmp(other.word(two));
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
    if one == other {
        1.0
    } else {
        Words::of(one).alike(&Words::of(other))
    }
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_written_without_blanks(character: char) -> bool {
    character.is_alphanumeric()
        && matches!(u32::from(character), 0x2E80..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
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
            assert_eq!(
                Words::of(one).alike_at_least(&Words::of(other), 0.5),
                alike >= 0.5,
                "{one:?} {other:?}"
            );
        }
    }

    #[expect(clippy::float_cmp, reason = "the quotients are the same")]
    #[test]
    fn what_both_texts_begin_and_end_with_is_counted_as_any_other_word() {
        let long = "one two three four five six seven eight nine ten eleven twelve";
        for (other, shared, count) in [
            (long.replace("six", "6"), 11.0, 12.0),
            (long.replace("six ", ""), 11.0, 11.0),
            (long.replace("six", "six six"), 12.0, 13.0),
            (long.replace("five six", "six five"), 12.0, 12.0),
            (format!("{long} twelve"), 12.0, 13.0),
            ("twelve one".to_owned(), 2.0, 2.0),
            (String::new(), 0.0, 0.0),
        ] {
            assert_eq!(
                similarity(long, &other),
                2.0 * shared / (12.0 + count),
                "{other}"
            );
        }
    }

    #[test]
    fn words_in_another_order_do_not_read_alike() {
        assert!(Words::of("Copy, then move").reads_like(&Words::of("copy then *move*")));
        assert!(!Words::of("copy then move").reads_like(&Words::of("move then copy")));
    }
}
