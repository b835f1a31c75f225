//! How alike two texts are.

use std::collections::BTreeMap;

/// Dice's coefficient over the multisets of words: 1.0 for the same words in any order, 0.0 for none in common.
#[must_use]
pub fn similarity(one: &str, other: &str) -> f64 {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    one.split_ascii_whitespace().for_each(|word| counts.entry(word).or_default().0 += 1);
    other.split_ascii_whitespace().for_each(|word| counts.entry(word).or_default().1 += 1);
    let (shared, all) = counts.values().fold((0, 0), |(shared, all), (a, b)| (shared + a.min(b), all + a + b));
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    if all == 0 { 1.0 } else { 2.0 * shared as f64 / all as f64 }
}
