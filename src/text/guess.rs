//! Which known word was meant by one that is unknown. Does not know what the words are for.

use std::cmp::Reverse;

/// Bytes of the longest words that are compared.
const LONGEST: usize = 256;
/// So many known words are compared at most.
const MOST: usize = 5000;

/// Advice for a word that is not among the known ones: the one that was probably meant, else all of them.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known
        .iter()
        .map(|known| (distance(word, known), *known))
        .min();
    match near {
        Some((distance, near)) if distance <= near.chars().count().max(3) / 3 => {
            Some(format!("did you mean `{near}`?"))
        }
        Some(_) if known.len() <= 12 => Some(format!("known: {}", known.join(", "))),
        _ => None,
    }
}

/// The known word that is most like another one, up to case; `None` when less than three fifths of them agree.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let agrees = |known: &str| {
        let length = word.chars().count().max(known.chars().count());
        let distance = distance(word, known);
        (distance * 5 < length * 2).then_some(distance)
    };
    let known = known.into_iter().take(MOST);
    let near = known.filter_map(|known| agrees(known).map(|distance| (distance, known)));
    near.min_by_key(|(distance, known)| (*distance, Reverse(*known)))
        .map(|(_, known)| known)
}

/// How many characters must be changed, added, left out or swapped with their neighbour, up to case.
fn distance(one: &str, other: &str) -> usize {
    if one.len().max(other.len()) > LONGEST {
        return usize::MAX / 5 - 1;
    }
    strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_understood() {
        let known = ["allow", "warn", "deny", "forbid"];
        for (word, meant) in [
            ("denny", "deny"),
            ("DENY", "deny"),
            ("wran", "warn"),
            ("forbidd", "forbid"),
        ] {
            assert_eq!(
                did_you_mean(word, known),
                Some(format!("did you mean `{meant}`?"))
            );
        }
        assert_eq!(
            did_you_mean("error", known),
            Some("known: allow, warn, deny, forbid".to_owned())
        );
        assert_eq!(
            did_you_mean(&"x".repeat(100_000), known),
            Some("known: allow, warn, deny, forbid".to_owned())
        );
    }

    #[test]
    fn the_nearest_of_many_is_found() {
        let known = ["PATH-003", "PATH-007", "STORE-001"];
        assert_eq!(nearest("path-03", known), Some("PATH-003"));
        assert_eq!(nearest("STORE-01", known), Some("STORE-001"));
        assert_eq!(nearest("X", known), None);
    }
}
