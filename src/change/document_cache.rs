//! Documents of one policy read once: each blob is parsed once for each kind, however many steps and paths it occurs in.
//! Does not depend on steps.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use bstr::ByteSlice;

use super::entry::{DocumentEntry, number_of};
use crate::document::{Content, Document, Number, Unreadable};
use crate::policy::Policy;
use crate::policy::kind::Kind;
use crate::repo::{Blob, Entry, ObjectError, ObjectId, Objects, RepoPath};
use crate::text::Source;

/// Paths whose kinds are remembered at most.
const MAX_CACHED_PATHS: usize = 1 << 16;

/// Reads documents through [`Objects`] and remembers what it has read.
pub struct DocumentCache<'a> {
    objects: &'a dyn Objects,
    policy: &'a Policy,
    read: RefCell<Generations<Key, Content>>,
    sources: RefCell<Generations<ObjectId, Option<Arc<Source>>>>,
    kinds: RefCell<HashMap<RepoPath, Option<KindAndNumber>>>,
}

/// Bytes of text that a generation of what was read holds.
const GENERATION_BYTES: usize = 64 << 20;

/// A kind, by its index in the policy, and a blob.
type Key = (usize, ObjectId);

/// What was read, in two generations: when the younger is full the older is dropped, so that a long audit does not hold
/// every version that ever was.
struct Generations<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    bytes: usize,
}

impl<K, V> Default for Generations<K, V> {
    fn default() -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
            bytes: 0,
        }
    }
}

impl<K: Copy + Eq + Hash, V: Clone + HeldBytes> Generations<K, V> {
    fn get(&mut self, key: K) -> Option<V> {
        if let Some(known) = self.young.get(&key) {
            return Some(known.clone());
        }
        let value = self.old.remove(&key)?;
        self.put(key, value.clone());
        Some(value)
    }

    fn put(&mut self, key: K, value: V) {
        if self.bytes > GENERATION_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += size_of::<(K, V)>() + value.held_bytes();
        self.young.insert(key, value);
    }
}

/// How much is held, in bytes.
trait HeldBytes {
    fn held_bytes(&self) -> usize;
}

impl HeldBytes for Content {
    fn held_bytes(&self) -> usize {
        if let Self::Text(text) = self {
            text.source.text().len()
        } else {
            0
        }
    }
}

impl HeldBytes for Option<Arc<Source>> {
    fn held_bytes(&self) -> usize {
        self.as_ref().map_or(0, |source| source.text().len())
    }
}

/// What a path alone says of a document.
type KindAndNumber = (Arc<Kind>, Option<Number>);

impl<'a> DocumentCache<'a> {
    /// Opens a cache for the documents of one policy, which also says how large a blob may be.
    #[must_use]
    pub fn new(objects: &'a dyn Objects, policy: &'a Policy) -> Self {
        Self {
            objects,
            policy,
            read: RefCell::default(),
            sources: RefCell::default(),
            kinds: RefCell::default(),
        }
    }

    /// Where it reads from.
    #[must_use]
    pub fn objects(&self) -> &'a dyn Objects {
        self.objects
    }

    /// The policy whose documents it reads.
    #[must_use]
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// The document that stands at an entry, which must be a file.
    pub fn document(&self, entry: &Entry, kind: &Arc<Kind>) -> Result<Arc<Document>, ObjectError> {
        Ok(Arc::new(Document {
            path: entry.path.clone(),
            mode: entry.mode,
            kind: Arc::clone(kind),
            number: number_of(entry, kind),
            content: self.content(entry, kind)?,
        }))
    }

    /// The kind of the document at an entry and the number that its file name shows; `None` when it is not a document. Asked
    /// for every path of every side, so each path is looked at once.
    #[must_use]
    pub fn kind_and_number(&self, entry: &Entry) -> Option<KindAndNumber> {
        let mut kinds = self.kinds.borrow_mut();
        if let Some(known) = kinds.get(&entry.path) {
            return known.clone();
        }
        let found = self
            .policy
            .kind_of(&entry.path)
            .map(|kind| (Arc::clone(kind), number_of(entry, kind)));
        if kinds.len() >= MAX_CACHED_PATHS {
            kinds.clear();
        }
        kinds.insert(entry.path.clone(), found.clone());
        found
    }

    /// The entry by its name, unread; `None` when it is not a document.
    #[must_use]
    pub fn document_entry(&self, entry: Entry) -> Option<DocumentEntry> {
        let (kind, number) = self
            .kind_and_number(&entry)
            .filter(|_| entry.mode.is_file())?;
        Some(DocumentEntry {
            entry,
            kind,
            number,
        })
    }

    /// The text at an entry that is not a document of a kind, such as the policy; `None` when it is not text.
    pub fn source(&self, entry: &Entry) -> Result<Option<Arc<Source>>, ObjectError> {
        let known = self.sources.borrow_mut().get(entry.id);
        if let Some(known) = known {
            return Ok(known);
        }
        let source = match self.objects.blob(entry.id, self.policy.limits.blob)? {
            Blob::TooLarge(_) => None,
            Blob::Bytes(bytes) => String::from_utf8(bytes)
                .ok()
                .map(|text| Arc::new(Source::new(text))),
        };
        self.sources.borrow_mut().put(entry.id, source.clone());
        Ok(source)
    }

    /// The bytes at an entry that is not a document; `None` when they are over the limit.
    pub fn bytes(&self, entry: &Entry) -> Result<Option<Vec<u8>>, ObjectError> {
        Ok(match self.blob(entry)? {
            Blob::TooLarge(_) => None,
            Blob::Bytes(bytes) => Some(bytes),
        })
    }

    fn content(&self, entry: &Entry, kind: &Arc<Kind>) -> Result<Content, ObjectError> {
        let key = (kind.index, entry.id);
        let known = self.read.borrow_mut().get(key);
        if let Some(known) = known {
            return Ok(known);
        }
        let content = self.parsed(self.blob(entry)?, kind);
        self.read.borrow_mut().put(key, content.clone());
        Ok(content)
    }

    /// Whether the text at an entry holds one of these words, letter for letter. Only a text that does is parsed.
    pub fn mentions(
        &self,
        entry: &Entry,
        kind: &Arc<Kind>,
        words: &[&str],
    ) -> Result<bool, ObjectError> {
        self.text_matches(entry, kind, &|bytes| {
            words.iter().any(|word| bytes.find(word).is_some())
        })
    }

    /// Whether the text at an entry is one of those that are sought. Only a text that is one is parsed.
    pub fn text_matches(
        &self,
        entry: &Entry,
        kind: &Arc<Kind>,
        holds: &dyn Fn(&[u8]) -> bool,
    ) -> Result<bool, ObjectError> {
        let key = (kind.index, entry.id);
        let known = self.read.borrow_mut().get(key);
        if let Some(known) = known {
            return Ok(
                matches!(&known, Content::Text(text) if holds(text.source.text().as_bytes())),
            );
        }
        let blob = self.blob(entry)?;
        let found = matches!(&blob, Blob::Bytes(bytes) if holds(bytes));
        if found {
            self.read.borrow_mut().put(key, self.parsed(blob, kind));
        }
        Ok(found)
    }

    fn blob(&self, entry: &Entry) -> Result<Blob, ObjectError> {
        let blob = self.objects.blob(entry.id, self.policy.limits.blob);
        blob.map_err(|error| ObjectError {
            what: format!("{} ({})", entry.path, error.what),
            ..error
        })
    }

    fn parsed(&self, blob: Blob, kind: &Kind) -> Content {
        match blob {
            Blob::TooLarge(size) => {
                Content::Unreadable(Unreadable::TooLarge(size, self.policy.limits.blob))
            }
            Blob::Bytes(bytes) => crate::document::read(bytes, kind),
        }
    }
}

impl fmt::Debug for DocumentCache<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentCache({} read)", self.read.borrow().young.len())
    }
}
