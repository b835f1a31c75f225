//! Status badges: images whose text or address says the status. It must not know where they stand.

use std::ops::Range;

use super::field;
use super::inline::{Inline, Link};
use super::status::{self, StatusReading};
use crate::policy::kind::{StatusWord, Vocabulary};

/// The status that the first badge in a stretch of words shows, where something else has announced a status already.
pub(super) fn first_in<'a>(
    words: &Inline,
    range: &Range<usize>,
    source: &str,
    vocabulary: &'a Vocabulary,
) -> Option<(&'a StatusWord, Range<usize>)> {
    let image = words
        .links_in(&(range.start..range.end + 1))
        .iter()
        .find(|link| link.image)?;
    message(&image.target).and_then(|(_, message)| shown(image, &message, source, vocabulary))
}

/// The status of a badge that itself says that it shows one; `None` for its word when the vocabulary does not know it.
pub(super) fn announced_in<'a>(
    words: &Inline,
    range: &Range<usize>,
    source: &str,
    vocabulary: &'a Vocabulary,
) -> Option<(Option<&'a StatusWord>, Range<usize>)> {
    words
        .links_in(&(range.start..range.end + 1))
        .iter()
        .filter(|link| link.image)
        .take(20)
        .find_map(|image| {
            let (label, message) = message(&image.target)?;
            if message.is_empty() || !field::is_status(&field::fold(&label)) {
                return None;
            }
            let alt = &words.text[image.text.clone()];
            if let StatusReading::Known(word, found) = status::read(alt, vocabulary) {
                return Some((
                    Some(word),
                    words.source(image.text.start + found.start..image.text.start + found.end),
                ));
            }
            let known = shown(image, &message, source, vocabulary);
            Some(known.map_or_else(
                || (None, place(image, &message, source)),
                |(word, place)| (Some(word), place),
            ))
        })
}

fn shown<'a>(
    image: &Link,
    message: &str,
    source: &str,
    vocabulary: &'a Vocabulary,
) -> Option<(&'a StatusWord, Range<usize>)> {
    let StatusReading::Known(word, _) = status::read(message, vocabulary) else {
        return None;
    };
    Some((word, place(image, message, source)))
}

/// Where the message stands in the source; the whole image when it is spelt otherwise there.
fn place(image: &Link, message: &str, source: &str) -> Range<usize> {
    let written = source
        .get(image.source.clone())
        .and_then(|all| all.find(message));
    written.map_or(image.source.clone(), |at| {
        image.source.start + at..image.source.start + at + message.len()
    })
}

/// Label and message of a badge's address: `…/badge/status-accepted-green`, `…?label=Status&message=stable`.
fn message(target: &str) -> Option<(String, String)> {
    let target = target.get(..target.len().min(500)).unwrap_or_default();
    let query = target
        .split_once('?')
        .map(|(_, query)| query)
        .unwrap_or_default();
    let value = |key: &str| {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(key))
            .map(decode)
    };
    if let Some(message) = value("message=") {
        return Some((value("label=").unwrap_or_default(), message));
    }
    let (_, badge) = target.split_once("/badge/")?;
    let badge = badge
        .split(['?', '#', '/'])
        .next()?
        .replace("--", "\u{2010}");
    let mut parts = badge
        .split('-')
        .map(|part| decode(part).replace('\u{2010}', "-"));
    Some((parts.next()?, parts.next()?))
}

fn decode(text: &str) -> String {
    text.replace("%20", " ").replace(['_', '+'], " ")
}
