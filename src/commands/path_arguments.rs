//! Paths as people type them: relative to the current directory or to the root of the repository.

use std::path::{Component, Path};

use bstr::ByteSlice;

use crate::git::Repository;
use crate::repo::RepoPath;

/// These words as paths: relative to the current directory, and to the root of the repository.
pub(super) fn paths(asked: &str, repository: &Repository) -> Vec<RepoPath> {
    let mut paths = Vec::new();
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let root = repository
        .work_dir()
        .and_then(|root| root.canonicalize().ok());
    if let (Ok(here), Some(root)) = (here, root) {
        // An absolute path replaces `here`.
        paths.extend(here.join(asked).strip_prefix(&root).ok().and_then(plain));
        paths.extend(
            here.strip_prefix(&root)
                .ok()
                .and_then(|below| plain(&below.join(asked))),
        );
    }
    // `.` is the current directory.
    let from_root = plain(Path::new(asked));
    paths.extend(from_root.filter(|path| paths.is_empty() || !path.as_bstr().is_empty()));
    paths.dedup();
    paths
}

/// A path inside the repository without `.` and `..`; `None` when it leads out of it.
fn plain(path: &Path) -> Option<RepoPath> {
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.as_encoded_bytes()),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(RepoPath::new(parts.join(&b"/"[..])))
}

/// Whether a path is one of these, or below one of them.
pub(super) fn holds(asked: &[RepoPath], path: &RepoPath) -> bool {
    let path = path.as_bstr();
    asked.iter().map(RepoPath::as_bstr).any(|folder| {
        let rest = path.strip_prefix(folder.as_bytes());
        folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
    })
}

/// The first of these paths that exists in the work tree, staged or not.
pub(super) fn on_disk<'p>(paths: &'p [RepoPath], repository: &Repository) -> Option<&'p RepoPath> {
    let root = repository.work_dir()?;
    paths.iter().find(|path| {
        path.as_bstr()
            .to_path()
            .is_ok_and(|path| root.join(path).is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_the_repository() {
        assert_eq!(
            plain(Path::new("sdd/./adrs/../x.md")),
            Some(RepoPath::new("sdd/x.md"))
        );
        assert_eq!(plain(Path::new("../x.md")), None);
        assert_eq!(plain(Path::new("/x.md")), None);
    }

    #[test]
    fn a_folder_holds_what_stands_below_it() {
        let holds =
            |folder: &str, path: &str| holds(&[RepoPath::new(folder)], &RepoPath::new(path));
        assert!(
            holds("sdd/adrs", "sdd/adrs/1.md")
                && holds("sdd/adrs", "sdd/adrs")
                && holds("", "sdd/adrs")
        );
        assert!(!holds("sdd/adr", "sdd/adrs/1.md") && !holds("sdd/adrs/1.md", "sdd/adrs"));
    }
}
