//! Both backlog files on both sides of a step, read once. It must not know what any rule refuses.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Item, Mark, read};
use crate::change::snapshot::Snapshot;
use crate::policy::Backlog;
use crate::repo::{Difference, Entry, ObjectError, RepoPath};
use crate::text::Source;

/// The backlog before and after a step that changes it.
#[derive(Debug)]
pub struct BacklogChange {
    /// Before the step.
    pub before: BacklogSide,
    /// After it.
    pub after: BacklogSide,
    /// What is not text that can be read after it, as it came with the first revision or was published so. In the latter
    /// case there is nothing to compare with, and both sides are empty.
    pub unread: Vec<RepoPath>,
}

/// The backlog of one side.
#[derive(Debug, Default)]
pub struct BacklogSide {
    /// What is open.
    pub open: Option<Arc<Listing>>,
    /// What is done.
    pub done: Option<Arc<Listing>>,
    /// Where each item is declared, by the key of its ID: in the done file or not, and its place in the listing.
    index: BTreeMap<String, Vec<(bool, usize)>>,
}

/// One of the two files.
#[derive(Debug)]
pub struct Listing {
    /// Its place.
    pub path: RepoPath,
    /// Its text.
    pub source: Arc<Source>,
    /// Its items.
    pub items: Vec<Item>,
}

/// One declaration of an item.
#[derive(Debug, Clone, Copy)]
pub struct Declared<'a> {
    /// The item.
    pub item: &'a Item,
    /// The file it is in.
    pub listing: &'a Listing,
    /// True when that is the file of what is done.
    pub filed: bool,
}

impl Declared<'_> {
    /// Whether the item is done: by its mark, or by its file, unless it was dropped.
    #[must_use]
    pub fn is_done(&self) -> bool {
        match self.item.mark {
            Mark::Done => true,
            Mark::Dropped => false,
            Mark::None | Mark::Open | Mark::Active => self.filed,
        }
    }

    /// What names the item for ever: its ID and title, whatever their mark and place.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}: {}", self.item.id, self.item.title)
    }
}

impl BacklogChange {
    /// Reads the backlog of a step; `None` when the step does not change it.
    pub fn read(
        backlog: &Backlog,
        files: &[Difference],
        before: Option<&Snapshot<'_>>,
        after: &Snapshot<'_>,
    ) -> Result<Option<Self>, ObjectError> {
        let touched = |path: &RepoPath| files.iter().any(|difference| &difference.path == path);
        if !touched(&backlog.open) && !touched(&backlog.done) {
            return Ok(None);
        }
        let mut open = [None, None];
        let mut done = [None, None];
        let mut unread = Vec::new();
        for (path, sides) in [(&backlog.open, &mut open), (&backlog.done, &mut done)] {
            let entry = |snapshot: &Snapshot<'_>| snapshot.entry(path).map(file);
            let (was, is) = (before.map(entry).transpose()?.flatten(), entry(after)?);
            if let (Some(snapshot), Some(entry)) = (before, &was) {
                let Some(listing) = listing(snapshot, entry, backlog)? else {
                    let is = is
                        .as_ref()
                        .map(|entry| listing(after, entry, backlog))
                        .transpose()?;
                    let unread = is
                        .filter(Option::is_none)
                        .map(|_| path.clone())
                        .into_iter()
                        .collect();
                    return Ok(Some(Self {
                        before: BacklogSide::default(),
                        after: BacklogSide::default(),
                        unread,
                    }));
                };
                sides[0] = Some(listing);
            }
            if let Some(entry) = is {
                let same = was.filter(|was| was.id == entry.id).and(sides[0].as_ref());
                sides[1] = match same {
                    Some(listing) => Some(Arc::clone(listing)),
                    None => listing(after, &entry, backlog)?,
                };
                if sides[1].is_none() && before.is_some() {
                    return Err(unreadable(path));
                } else if sides[1].is_none() {
                    // Nothing was published, so nothing can be lost: an existing repository can always be imported.
                    unread.push(path.clone());
                }
            }
        }
        let [open_before, open_after] = open;
        let [done_before, done_after] = done;
        let (before, after) = (
            BacklogSide::new(open_before, done_before),
            BacklogSide::new(open_after, done_after),
        );
        Ok(Some(Self {
            before,
            after,
            unread,
        }))
    }

    /// The keys of the items that this step finishes, with their declaration after. What comes with a file that was not
    /// there before was imported, not finished.
    pub fn finished(&self) -> impl Iterator<Item = (&str, Declared<'_>)> {
        self.after.keys().filter_map(|key| {
            let done = self.after.declared(key).find(Declared::is_done)?;
            let known = self.before.declared(key).next().is_some();
            let there = if done.filed {
                self.before.done.is_some()
            } else {
                self.before.open.is_some()
            };
            let was = self.before.declared(key).any(|declared| declared.is_done());
            (!was && (known || there)).then_some((key, done))
        })
    }
}

impl BacklogSide {
    fn new(open: Option<Arc<Listing>>, done: Option<Arc<Listing>>) -> Self {
        let mut index: BTreeMap<String, Vec<(bool, usize)>> = BTreeMap::new();
        for (filed, listing) in [(false, &open), (true, &done)] {
            for (place, item) in listing
                .iter()
                .flat_map(|listing| listing.items.iter().enumerate())
            {
                index.entry(item.key()).or_default().push((filed, place));
            }
        }
        Self { open, done, index }
    }

    /// The keys of all IDs, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    /// The declarations of an item: in the open file first, each in the order of the text.
    pub fn declared(&self, key: &str) -> impl Iterator<Item = Declared<'_>> {
        self.index
            .get(key)
            .into_iter()
            .flatten()
            .filter_map(|(filed, place)| {
                let listing = if *filed {
                    self.done.as_deref()?
                } else {
                    self.open.as_deref()?
                };
                Some(Declared {
                    item: listing.items.get(*place)?,
                    listing,
                    filed: *filed,
                })
            })
    }
}

fn file(entry: Option<Entry>) -> Option<Entry> {
    entry.filter(|entry| entry.mode.is_file())
}

fn listing(
    snapshot: &Snapshot<'_>,
    entry: &Entry,
    backlog: &Backlog,
) -> Result<Option<Arc<Listing>>, ObjectError> {
    let Some(source) = snapshot.text(entry)? else {
        return Ok(None);
    };
    let items = read(&source, &backlog.prefixes);
    Ok(Some(Arc::new(Listing {
        path: entry.path.clone(),
        source,
        items,
    })))
}

fn unreadable(path: &RepoPath) -> ObjectError {
    ObjectError {
        what: path.to_string(),
        why: "not UTF-8 text, or larger than limits.blob".to_owned(),
        remedy:
            "save it as UTF-8 text no larger than limits.blob, or name another file under [backlog]"
                .to_owned(),
    }
}
