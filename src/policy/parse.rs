//! TOML into [`RawPolicy`], with every complaint at once: serde stops at the first, so what it complains of is taken out
//! and it is asked again. It must not know what a value means.

use std::ops::Range;

use serde::Deserialize;
use toml::de::{DeTable, DeValue, Deserializer};

use super::raw::RawPolicy;
use crate::report::Places;
use crate::report::file_faults::{Faults, MOST, shown};
use crate::text::guess::did_you_mean;

/// The largest policy file, in bytes. Everything in it costs time, and no real policy is larger.
pub const MAX_BYTES: u64 = 256 << 10;

/// The message about a policy file over [`MAX_BYTES`].
#[must_use]
pub fn too_large(size: u64) -> String {
    format!("the policy has {size} bytes, over the limit of {MAX_BYTES}")
}

/// Reads a file; `None` when it is not TOML at all. Faults are left in `faults`, and their keys out of the result.
pub(super) fn read(faults: &mut Faults) -> Option<RawPolicy> {
    let text = faults.source().text().to_owned();
    let size = text.len() as u64;
    if size > MAX_BYTES {
        let start = faults.source().span(0..0);
        faults.at(start, too_large(size), None);
        return None;
    }
    let (mut table, errors) = DeTable::parse_recoverable(&text);
    if !errors.is_empty() {
        for error in errors {
            let span = faults.source().span(error.span().unwrap_or(0..0));
            faults.at(
                span,
                format!("invalid TOML: {}", shown(error.message())),
                None,
            );
        }
        return None;
    }
    faults.know(Places::of(table.get_ref(), faults.source()));
    for span in lists_for_tables(table.get_ref()) {
        if let Some(keys) = remove(table.get_mut(), &span) {
            let place = faults.source().span(span);
            faults.at(
                place,
                format!("`{}`: invalid type: list, expected a table", dotted(&keys)),
                None,
            );
        }
    }
    loop {
        let error = match RawPolicy::deserialize(Deserializer::from(table.clone())) {
            Ok(raw) => return Some(raw),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let removed = remove(table.get_mut(), &span);
        let (message, help) = explain(error.message(), removed.as_deref().unwrap_or_default());
        let place = faults.source().span(span);
        faults.at(place, message, help);
        if removed.is_none() || faults.is_full() {
            return None;
        }
    }
}

/// The place of a list that should be a table. Serde would take its items for the values of the table's keys.
fn lists_for_tables(table: &DeTable<'_>) -> Vec<Range<usize>> {
    let mut tables: Vec<_> = [
        "backlog",
        "branches",
        "limits",
        "similarity",
        "trace",
        "waivers",
        "workflow",
    ]
    .iter()
    .filter_map(|key| table.get(*key))
    .collect();
    for kind in table
        .get("kind")
        .and_then(|kinds| kinds.get_ref().as_table())
        .into_iter()
        .flat_map(DeTable::values)
    {
        tables.push(kind);
        let inner = |key| kind.get_ref().as_table()?.get(key);
        tables.extend(["status", "sections"].into_iter().filter_map(inner));
    }
    tables
        .into_iter()
        .filter(|value| value.get_ref().is_array())
        .take(MOST)
        .map(toml::Spanned::span)
        .collect()
}

/// Takes out the innermost entry whose key or value is at `span` (of a list, the whole entry); the names of the keys
/// that led to it, the innermost first.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> Option<Vec<String>> {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        let place = value.span();
        if let DeValue::Table(inner) = value.get_mut()
            && key.span() != *span
            && let Some(mut removed) = remove(inner, span)
        {
            removed.push(shown(key.get_ref()));
            return Some(removed);
        }
        let in_list =
            value.get_ref().is_array() && place.start <= span.start && span.end <= place.end;
        if key.span() == *span || place == *span || in_list {
            found = Some(key.clone());
            break;
        }
    }
    let key = found?;
    table.remove(&key);
    Some(vec![shown(key.get_ref())])
}

/// Serde's words in ours: what is wrong and what to do. `keys` are those that lead to the place, the innermost first.
fn explain(message: &str, keys: &[String]) -> (String, Option<String>) {
    let mut parts = message.splitn(3, '`');
    let (what, word, rest) = (
        parts.next().unwrap_or_default(),
        parts.next(),
        parts.next().unwrap_or_default(),
    );
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    let key = dotted(keys);
    match (what, word, keys) {
        // A date is a table with a secret key to serde.
        ("unknown field ", Some(word), _) if word.starts_with("$__") => (
            format!("`{key}`: invalid type: date, expected a table"),
            None,
        ),
        ("unknown field ", Some(_), [last, above @ ..]) => {
            let place = if above.is_empty() {
                String::new()
            } else {
                format!(" in `{}`", dotted(above))
            };
            (
                format!("unknown key `{last}`{place}"),
                did_you_mean(last, known),
            )
        }
        ("unknown variant ", Some(word), _) => {
            let noun = if known.contains(&"forbid") {
                "level"
            } else {
                "value"
            };
            (
                format!("unknown {noun} `{}` of `{key}`", shown(word)),
                did_you_mean(word, known),
            )
        }
        _ if key.is_empty() => (shown(&in_toml(message)), None),
        _ => (format!("`{key}`: {}", shown(&in_toml(message))), None),
    }
}

/// Serde's names of shapes as TOML calls them.
fn in_toml(message: &str) -> String {
    let (what, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let what = what
        .replace(": sequence", ": list")
        .replace(": map", ": table");
    match expected {
        "" => what,
        "a sequence" => format!("{what}, expected a list"),
        "usize" | "u32" | "u64" => format!("{what}, expected a whole number"),
        "a map" => format!("{what}, expected a table"),
        _ if expected.starts_with("struct ") => format!("{what}, expected a table"),
        _ => format!("{what}, expected {expected}"),
    }
}

fn dotted(keys: &[String]) -> String {
    keys.iter()
        .rev()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(".")
}

/// The names of the kinds of a file, in their order in the file.
pub(super) fn order(raw: &RawPolicy, faults: &Faults) -> Vec<String> {
    let mut names: Vec<String> = raw.kind.keys().cloned().collect();
    names.sort_by_key(|name| faults.places().key(&format!("kind.{name}")));
    names
}
