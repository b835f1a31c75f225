//! A word in the letter case of another.

/// A word in the letters of another: `ACCEPTED`, `accepted`, `Accepted`.
pub(super) fn match_case(word: &str, model: &str) -> String {
    let mut letters = model.chars().filter(|next| next.is_alphabetic());
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_uppercase() => {
            word.to_uppercase()
        }
        (Some(first), _) if first.is_lowercase() => word.to_lowercase(),
        (Some(first), _) if first.is_uppercase() => {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        }
        _ => word.to_owned(),
    }
}
