//! The paths that the globs of a policy match, compiled so that a walk can skip whole folders. Does not depend on the
//! policy.
//!
//! A *case collision* is a path that no glob matches, but that a file system which folds case or ignores letters takes
//! for a path that some glob matches. A walk has to see these, or a record could be replaced through one.

use std::collections::BTreeSet;

use bstr::{BStr, ByteSlice};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::repo::RepoPath;
use crate::text::confusables::{folded, path_key};

/// A set of globs over repository paths. `*` and `?` stop at `/`, `**` does not; matching is case-sensitive.
#[derive(Debug, Clone)]
pub struct PathSet {
    globs: Vec<String>,
    set: GlobSet,
    reaches: Vec<GlobReach>,
    collisions: Option<CaseCollisions>,
}

/// Globs over the keys of paths.
#[derive(Debug, Clone)]
struct CaseCollisions {
    set: GlobSet,
    reaches: Vec<GlobReach>,
    /// The folders before the first wildcards as written, each with its key.
    folders: Vec<(String, String)>,
    /// The first names of those keys; `None` when a glob reaches into any folder.
    firsts: Option<BTreeSet<String>>,
}

impl CaseCollisions {
    /// True when something below this folder can be a case collision.
    fn may_match_below(&self, folder: &BStr) -> bool {
        // For most folders the first part decides, without computing a key.
        let first = folder
            .find_byte(b'/')
            .map_or(folder.as_bytes(), |slash| &folder[..slash]);
        let plain = first.is_ascii() && !first.ends_with(b".") && !first.ends_with(b" ");
        let may = match &self.firsts {
            Some(firsts) if plain => firsts
                .iter()
                .any(|known| known.as_bytes().eq_ignore_ascii_case(first)),
            _ => true,
        };
        may && {
            let key = path_key(folder);
            self.reaches.iter().any(|reach| reach.may_match_below(&key))
        }
    }
}

/// How far one glob reaches: the literal folder before its first wildcard, and how many parts a match can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GlobReach {
    /// Empty, or ends in `/`.
    folder: String,
    /// `None` when `**` lets it reach any depth.
    parts: Option<usize>,
}

impl PathSet {
    /// Compiles globs.
    pub fn new<I: IntoIterator<Item = S>, S: Into<String>>(
        globs: I,
    ) -> Result<Self, globset::Error> {
        let globs: Vec<String> = globs.into_iter().map(Into::into).collect();
        Ok(Self {
            set: set(&globs, false)?,
            reaches: reaches(&globs),
            globs,
            collisions: None,
        })
    }

    /// Matches the case collisions with these globs as well.
    pub fn with_case_collisions<'g>(
        mut self,
        globs: impl IntoIterator<Item = &'g str>,
    ) -> Result<Self, globset::Error> {
        let globs: Vec<&str> = globs.into_iter().collect();
        let keys: Vec<String> = globs.iter().map(|glob| folded(glob)).collect();
        let mut folders: Vec<(String, String)> = Vec::new();
        for glob in globs {
            let folder = GlobReach::of(glob).folder;
            let parts = folder
                .match_indices('/')
                .map(|(slash, _)| folder[..slash].to_owned());
            folders.extend(parts.map(|part| (part.clone(), folded(&part))));
        }
        folders.sort();
        folders.dedup();
        let reaches = reaches(&keys);
        // At the root there are only files.
        let inner = reaches.iter().filter(|reach| reach.parts != Some(1));
        let firsts: Option<BTreeSet<String>> = inner
            .map(|reach| Some(reach.folder.split_once('/')?.0.to_owned()))
            .collect();
        self.collisions = Some(CaseCollisions {
            set: set(&keys, true)?,
            reaches,
            folders,
            firsts,
        });
        Ok(self)
    }

    /// The globs as written.
    #[must_use]
    pub fn globs(&self) -> &[String] {
        &self.globs
    }

    /// True when a glob matches the path, or the path is a case collision.
    #[must_use]
    pub fn matches(&self, path: &RepoPath) -> bool {
        self.matches_as_written(path) || self.is_case_collision(path)
    }

    /// True when a glob matches the path as written.
    fn matches_as_written(&self, path: &RepoPath) -> bool {
        // Most paths are in folders that no glob reaches, and that is faster to find out.
        let folder = path.folder();
        let reached = folder.is_empty()
            || self
                .reaches
                .iter()
                .any(|reach| reach.may_match_below(folder));
        reached && self.set.is_match(path.as_bstr().to_path_lossy())
    }

    /// True when no glob matches the path, but by its key it equals a path that one matches, or a folder of one.
    #[must_use]
    pub fn is_case_collision(&self, path: &RepoPath) -> bool {
        let Some(collisions) = &self.collisions else {
            return false;
        };
        let key = path_key(path.as_bstr());
        let folder = key.rfind_byte(b'/').map_or(&b""[..], |slash| &key[..slash]);
        let reached = folder.is_empty()
            || collisions
                .reaches
                .iter()
                .any(|reach| reach.may_match_below(folder.as_bstr()));
        reached
            && (collisions.set.is_match(key.to_path_lossy())
                || self.case_collision_folder(path).is_some())
            && !self.matches_as_written(path)
    }

    /// The folder of a glob with which the path collides.
    #[must_use]
    pub fn case_collision_folder(&self, path: &RepoPath) -> Option<&str> {
        let key = path_key(path.as_bstr());
        let folders = &self.collisions.as_ref()?.folders;
        let mut alike = folders
            .iter()
            .filter(|(_, known)| known.as_bytes() == key.as_bytes())
            .map(|(folder, _)| folder);
        let first = alike.clone().next()?;
        (!alike.any(|folder| folder.as_bytes() == path.as_bstr().as_bytes())).then_some(first)
    }

    /// The globs that match none of these paths, in the order of the policy.
    pub fn unmatched<'p>(&self, paths: impl Iterator<Item = &'p RepoPath>) -> Vec<&str> {
        let mut matched = vec![false; self.globs.len()];
        for path in paths {
            self.set
                .matches(path.as_bstr().to_path_lossy())
                .into_iter()
                .for_each(|glob| matched[glob] = true);
        }
        self.globs
            .iter()
            .zip(matched)
            .filter(|(_, matched)| !matched)
            .map(|(glob, _)| glob.as_str())
            .collect()
    }

    /// True when something below this folder (without a trailing `/`, empty for the root) can match.
    #[must_use]
    pub fn may_match_below(&self, folder: &BStr) -> bool {
        folder.is_empty()
            || self
                .reaches
                .iter()
                .any(|reach| reach.may_match_below(folder))
            || self
                .collisions
                .as_ref()
                .is_some_and(|collisions| collisions.may_match_below(folder))
    }
}

fn set<S: AsRef<str>>(globs: &[S], folds: bool) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(
            GlobBuilder::new(glob.as_ref())
                .literal_separator(true)
                .case_insensitive(folds)
                .build()?,
        );
    }
    set.build()
}

fn reaches(globs: &[String]) -> Vec<GlobReach> {
    let mut reaches: Vec<GlobReach> = globs.iter().map(|glob| GlobReach::of(glob)).collect();
    reaches.sort();
    reaches.dedup();
    reaches
}

impl GlobReach {
    fn of(glob: &str) -> Self {
        let wild = glob.find(['*', '?', '[', '{', '\\']).unwrap_or(glob.len());
        let folder = glob[..wild]
            .rfind('/')
            .map_or("", |slash| &glob[..=slash])
            .to_owned();
        // An alternation may hide a `/`, so it counts as reaching anywhere.
        let unbounded = glob.contains("**") || glob.contains('{');
        Self {
            folder,
            parts: (!unbounded).then(|| glob.split('/').count()),
        }
    }

    fn may_match_below(&self, folder: &BStr) -> bool {
        let inside = match self.folder.as_bytes().strip_prefix(folder.as_bytes()) {
            Some(rest) => return rest.first() == Some(&b'/'),
            None => folder.starts_with(self.folder.as_bytes()),
        };
        inside
            && self
                .parts
                .is_none_or(|parts| folder.split_str("/").count() < parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_enters_only_folders_that_can_hold_a_match() {
        let watch = PathSet::new(["sdd/adrs/[0-9]*-*.md", "graven.toml", "docs/**/*.md"]).unwrap();
        for (folder, enters) in [
            ("", true),
            ("sdd", true),
            ("sdd/adrs", true),
            ("sdd/adrs/old", false),
            ("sdd/specs", false),
            ("sd", false),
            ("src", false),
            ("docs", true),
            ("docs/a/b", true),
        ] {
            assert_eq!(watch.may_match_below(BStr::new(folder)), enters, "{folder}");
        }
    }

    #[test]
    fn a_star_stops_at_a_slash() {
        let watch = PathSet::new(["sdd/adrs/*.md"]).unwrap();
        assert!(watch.matches(&RepoPath::new("sdd/adrs/1.md")));
        assert!(!watch.matches(&RepoPath::new("sdd/adrs/old/1.md")));
        assert!(!watch.matches(&RepoPath::new("sdd/adrs/1.MD")));
    }

    #[test]
    fn a_twin_is_seen_in_a_folder_that_is_spelt_otherwise() {
        let watch = PathSet::new([
            "sdd/adrs/[0-9]*-*.md",
            "sdd/adrs/*.md",
            "sdd/BACKLOG.md",
            "tests/**",
        ])
        .unwrap();
        let watch = watch
            .with_case_collisions(["sdd/adrs/[0-9]*-*.md", "sdd/BACKLOG.md"])
            .unwrap();
        for (path, twin) in [
            ("sdd/adrs/0001-a.md", false),
            ("sdd/adrs/0001-A.md", false),
            ("sdd/adrs/0001-a.MD", true),
            ("SDD/adrs/0001-a.md", true),
            ("sdd/Adrs./0001-a.md ", true),
            ("sdd/backlog.md", true),
            ("sdd/BACKLOG.md", false),
            ("SDD", true),
            ("sdd", false),
            ("sdd/ADRS", true),
            ("Tests/0001-a.md", false),
            ("tests", false),
            ("notes/sdd/adrs/0001-a.md", false),
        ] {
            let path = RepoPath::new(path);
            assert_eq!(watch.is_case_collision(&path), twin, "{path}");
            assert_eq!(
                watch.matches(&path),
                twin || watch.matches_as_written(&path),
                "{path}"
            );
            assert!(!twin || watch.may_match_below(path.folder()), "{path}");
        }
        for (folder, enters) in [
            ("SDD", true),
            ("Sdd/ADRS", true),
            ("TESTS", false),
            ("SDD/adrs/old", false),
        ] {
            assert_eq!(watch.may_match_below(BStr::new(folder)), enters, "{folder}");
        }
    }
}
