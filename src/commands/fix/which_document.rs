//! Which document a person means: by its path, its file name, its kind and number, or its number alone.

use crate::change::entry::DocumentEntry;
use crate::change::snapshot::Snapshot;
use crate::commands::path_arguments;
use crate::git::Repository;
use crate::policy::kind::Freeze;
use crate::report::Problem;
use crate::text::escape::Escaped;
use crate::text::guess::nearest;

/// The one document of a side that these words mean.
pub(in crate::commands) fn document<'s>(
    asked: &str,
    repository: &Repository,
    snapshot: &'s Snapshot<'_>,
) -> Result<&'s DocumentEntry, Problem> {
    let names = snapshot.names()?;
    let paths = path_arguments::paths(asked, repository);
    for path in &paths {
        if let Some(name) = names.iter().find(|name| name.entry.path == *path) {
            return Ok(name);
        }
    }
    let mut found: Vec<&DocumentEntry> = names
        .iter()
        .filter(|name| name.entry.path.file_name() == asked.as_bytes())
        .collect();
    if let Some((kind, number)) = counted(asked).filter(|_| found.is_empty()) {
        let bears =
            |name: &&DocumentEntry| name.number.as_ref().is_some_and(|own| own.value == number);
        let of_kind = |name: &&DocumentEntry| {
            kind.is_none_or(|kind| name.kind.name.eq_ignore_ascii_case(kind))
        };
        found = names.iter().filter(bears).filter(of_kind).collect();
        // A number alone means what can be superseded, if there is one.
        if kind.is_none()
            && found
                .iter()
                .any(|name| name.kind.freeze == Freeze::WhenAccepted)
        {
            found.retain(|name| name.kind.freeze == Freeze::WhenAccepted);
        }
    }
    let shown = Escaped::new(asked);
    match found.as_slice() {
        [name] => Ok(name),
        [] => {
            let known: Vec<String> = names
                .iter()
                .map(|name| name.entry.path.to_string())
                .collect();
            let near = nearest(asked, known.iter().map(String::as_str));
            let unstaged = match path_arguments::on_disk(&paths, repository) {
                Some(path) if snapshot.entry(path)?.is_none() => Some(path),
                _ => None,
            };
            let advice = match (unstaged, near) {
                (Some(path), _) => format!("stage it first: git add -- {path}"),
                (None, Some(near)) => format!("did you mean {near}?"),
                (None, None) => "list all documents: graven status".to_owned(),
            };
            Err(Problem::not_judged(
                format!("\"{shown}\" is not a governed document in the index"),
                advice,
            ))
        }
        several => {
            let paths: Vec<String> = several
                .iter()
                .take(8)
                .map(|name| name.entry.path.to_string())
                .collect();
            let more = if several.len() > paths.len() {
                ", …"
            } else {
                ""
            };
            let message = format!(
                "\"{shown}\" is ambiguous: it may be {}{more}",
                paths.join(", ")
            );
            Err(Problem::not_judged(message, "give the path of one"))
        }
    }
}

/// A kind, where one is named, and a number: `adr-5`, `ADR-0005`, `5`.
fn counted(asked: &str) -> Option<(Option<&str>, u64)> {
    let digits = asked.len()
        - asked
            .trim_end_matches(|next: char| next.is_ascii_digit())
            .len();
    let (head, number) = asked.split_at(asked.len() - digits);
    let kind = head.trim_end_matches(['-', ' ', '_', '#']);
    Some(((!kind.is_empty()).then_some(kind), number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_or_without_its_kind() {
        assert_eq!(counted("adr-5"), Some((Some("adr"), 5)));
        assert_eq!(counted("ADR-0005"), Some((Some("ADR"), 5)));
        assert_eq!(counted("rfc 12"), Some((Some("rfc"), 12)));
        assert_eq!(counted("0005"), Some((None, 5)));
        assert_eq!(counted("adr"), None);
        assert_eq!(counted("99999999999999999999999"), None);
    }
}
