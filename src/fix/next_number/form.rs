//! How numbers and IDs are written, learned from those that are there. It must not know which are taken.

use std::collections::BTreeMap;

use crate::change::entry::DocumentEntry;
use crate::policy::kind::Kind;
use crate::repo::RepoPath;

/// Digits of an ID where nothing shows how many there are to be.
pub(super) const USUAL_WIDTH: usize = 3;

/// How the file names of a kind are written.
#[derive(Debug)]
pub(super) struct Form {
    /// The folder, without a slash at its end.
    pub(super) folder: String,
    /// What stands in front of the number.
    pub(super) head: String,
    /// What stands behind it.
    tail: String,
    width: usize,
}

impl Form {
    /// The form of the highest of some documents, in the width that most of them have; without any, that of the policy.
    pub(super) fn of<'n>(kind: &Kind, siblings: impl Iterator<Item = &'n DocumentEntry>) -> Self {
        let mut best: Option<(u64, &DocumentEntry)> = None;
        let mut widths = BTreeMap::new();
        for name in siblings {
            let Some(number) = &name.number else { continue };
            *widths.entry(number.written.len()).or_insert(0) += 1;
            if best.is_none_or(|(value, _)| number.value >= value) {
                best = Some((number.value, name));
            }
        }
        let shown = best.and_then(|(_, name)| {
            let file_name = name.entry.path.file_name().to_string();
            let place = kind
                .number
                .as_ref()?
                .captures(&file_name)?
                .name("number")?
                .range();
            let (head, tail) = (
                file_name[..place.start].to_owned(),
                file_name[place.end..].to_owned(),
            );
            Some(Self {
                folder: name.entry.path.folder().to_string(),
                head,
                tail,
                width: most(&widths),
            })
        });
        shown.unwrap_or_else(|| Self::of_policy(kind))
    }

    /// Reads `rfc-NNNN-<short-title>.md`.
    fn of_policy(kind: &Kind) -> Self {
        let written = kind.file_name.as_deref().unwrap_or("N-title.md");
        let start = written.find('N').unwrap_or(0);
        let width = written[start..]
            .chars()
            .take_while(|&letter| letter == 'N')
            .count();
        let (head, tail) = (&written[..start], &written[start + width..]);
        let plain = |text: &str| text.replace(['<', '>'], "");
        let glob = kind.paths.globs().first().map_or("", String::as_str);
        let literal = &glob[..glob.find(['*', '?', '[', '{', '\\']).unwrap_or(glob.len())];
        let folder = literal
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned();
        Self {
            folder,
            head: plain(head),
            tail: plain(tail),
            width,
        }
    }

    /// The number as written; `None` when a file named like that would be none of the kind or have another number.
    pub(super) fn number(&self, kind: &Kind, value: u64) -> Option<String> {
        let written = format!("{value:0width$}", width = self.width);
        let name = format!("{}{written}{}", self.head, self.tail);
        let read = kind
            .number
            .as_ref()?
            .captures(&name)?
            .name("number")?
            .as_str()
            .parse::<u64>()
            .ok();
        let path = if self.folder.is_empty() {
            name
        } else {
            format!("{}/{name}", self.folder)
        };
        (read == Some(value) && kind.paths.matches(&RepoPath::new(path))).then_some(written)
    }
}

/// The width that most have; of several the greatest.
fn most(widths: &BTreeMap<usize, usize>) -> usize {
    widths
        .iter()
        .max_by_key(|(width, count)| (**count, **width))
        .map_or(0, |(width, _)| *width)
}

/// The digits that an ID ends in, without a letter behind them.
pub(super) fn digits(id: &str) -> &str {
    let number = id.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    &number[number
        .trim_end_matches(|digit: char| digit.is_ascii_digit())
        .len()..]
}

/// The width of the numbers of most IDs.
pub(super) fn width<'i>(ids: impl Iterator<Item = &'i str>) -> usize {
    let mut widths = BTreeMap::new();
    for id in ids {
        *widths.entry(digits(id).len()).or_insert(0) += 1;
    }
    if widths.is_empty() {
        USUAL_WIDTH
    } else {
        most(&widths)
    }
}

/// What stands between prefix and number in most IDs.
pub(super) fn joint(ids: &[String]) -> String {
    let mut joints: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        let start = crate::change::sections::prefix(id).len();
        let number = id
            .trim_end_matches(|letter: char| letter.is_ascii_lowercase())
            .len()
            - digits(id).len();
        *joints
            .entry(id.get(start..number).unwrap_or_default())
            .or_insert(0) += 1;
    }
    joints
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or("-", |(joint, _)| joint)
        .to_owned()
}
