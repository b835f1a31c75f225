//! What the rules about successors share: which documents a relation names.

use bstr::{BString, ByteSlice};

use crate::change::entry::DocumentEntry;
use crate::change::snapshot::Snapshot;
use crate::document::{Document, Relation, Target, Verb};
use crate::repo::{ObjectError, RepoPath};

/// The relations of a document of one sort.
pub(in crate::rules) fn relations(document: &Document, verb: Verb) -> Vec<&Relation> {
    let relations = document.text().map_or(&[][..], |text| &text.relations);
    relations
        .iter()
        .filter(|relation| relation.verb == verb)
        .collect()
}

/// What those relations name, sorted, each once.
pub(in crate::rules) fn targets(document: &Document, verb: Verb) -> Vec<&Target> {
    let mut targets: Vec<_> = relations(document, verb)
        .into_iter()
        .flat_map(|relation| &relation.targets)
        .collect();
    targets.sort();
    targets.dedup();
    targets
}

/// The governed documents that a target names, seen from `document`; never the document itself.
pub(in crate::rules) fn documents_named<'s>(
    document: &Document,
    target: &Target,
    snapshot: &'s Snapshot<'_>,
) -> Result<Vec<&'s DocumentEntry>, ObjectError> {
    let names = snapshot
        .names()?
        .iter()
        .filter(|name| name.entry.path != document.path);
    Ok(match target {
        Target::Number(number) => {
            let bears = |name: &&DocumentEntry| {
                name.number
                    .as_ref()
                    .is_some_and(|known| known.value == *number)
            };
            let (own, others): (Vec<_>, Vec<_>) = names
                .filter(bears)
                .partition(|name| name.kind.name == document.kind.name);
            if own.is_empty() { others } else { own }
        }
        Target::Link(link) => {
            let path = resolve(document, link);
            let file = path.file_name().to_owned();
            let external = link.contains("://");
            names
                .filter(|name| {
                    name.entry.path == path || (external && name.entry.path.file_name() == file)
                })
                .collect()
        }
    })
}

/// The path that a link in a document leads to, without its fragment.
pub(in crate::rules) fn resolve(document: &Document, link: &str) -> RepoPath {
    let link = link.split(['#', '?']).next().unwrap_or_default();
    let mut parts: Vec<&[u8]> = Vec::new();
    if !link.starts_with('/') {
        parts.extend(
            document
                .path
                .folder()
                .split_str("/")
                .filter(|part| !part.is_empty()),
        );
    }
    for part in link.as_bytes().split_str("/") {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    RepoPath::new(BString::from(parts.join(&b"/"[..])))
}
