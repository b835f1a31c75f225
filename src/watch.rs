//! Which paths matter: the globs of a policy, compiled so that a walk can leave out whole folders. It must not know why a
//! path matters.

use bstr::{BStr, ByteSlice};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::object::RepoPath;

/// A set of globs over repository paths. `*` and `?` stop at `/`, `**` does not; matching is case-sensitive.
#[derive(Debug, Clone)]
pub struct Watch {
    globs: Vec<String>,
    set: GlobSet,
    reaches: Vec<Reach>,
}

/// How far one glob reaches: the literal folder in front of its first wildcard, and how many parts a match can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reach {
    /// Empty, or ends in `/`.
    folder: String,
    /// `None` when `**` lets it reach any depth.
    parts: Option<usize>,
}

impl Watch {
    /// Compiles globs.
    pub fn new<I: IntoIterator<Item = S>, S: Into<String>>(globs: I) -> Result<Self, globset::Error> {
        let globs: Vec<String> = globs.into_iter().map(Into::into).collect();
        let mut set = GlobSetBuilder::new();
        for glob in &globs {
            set.add(GlobBuilder::new(glob).literal_separator(true).build()?);
        }
        let mut reaches: Vec<Reach> = globs.iter().map(|glob| Reach::of(glob)).collect();
        reaches.sort();
        reaches.dedup();
        Ok(Self { set: set.build()?, globs, reaches })
    }

    /// The globs as written.
    #[must_use]
    pub fn globs(&self) -> &[String] {
        &self.globs
    }

    /// True when the path is watched.
    #[must_use]
    pub fn matches(&self, path: &RepoPath) -> bool {
        // Most paths lie in folders that no glob reaches, which is told faster than whether one matches.
        self.enters(path.folder()) && self.set.is_match(path.as_bstr().to_path_lossy())
    }

    /// The globs that match none of these paths, in the order of the policy.
    pub fn unmatched<'p>(&self, paths: impl Iterator<Item = &'p RepoPath>) -> Vec<&str> {
        let mut matched = vec![false; self.globs.len()];
        for path in paths {
            self.set.matches(path.as_bstr().to_path_lossy()).into_iter().for_each(|glob| matched[glob] = true);
        }
        self.globs.iter().zip(matched).filter(|(_, matched)| !matched).map(|(glob, _)| glob.as_str()).collect()
    }

    /// True when something below this folder (without a trailing `/`, empty for the root) can be watched.
    #[must_use]
    pub fn enters(&self, folder: &BStr) -> bool {
        folder.is_empty() || self.reaches.iter().any(|reach| reach.enters(folder))
    }
}

impl Reach {
    fn of(glob: &str) -> Self {
        let wild = glob.find(['*', '?', '[', '{', '\\']).unwrap_or(glob.len());
        let folder = glob[..wild].rfind('/').map_or("", |slash| &glob[..=slash]).to_owned();
        // An alternation may hide a `/`, so it counts as reaching anywhere.
        let unbounded = glob.contains("**") || glob.contains('{');
        Self { folder, parts: (!unbounded).then(|| glob.split('/').count()) }
    }

    fn enters(&self, folder: &BStr) -> bool {
        let inside = match self.folder.as_bytes().strip_prefix(folder.as_bytes()) {
            Some(rest) => return rest.first() == Some(&b'/'),
            None => folder.starts_with(self.folder.as_bytes()),
        };
        inside && self.parts.is_none_or(|parts| folder.split_str("/").count() < parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_enters_only_folders_that_can_hold_a_match() {
        let watch = Watch::new(["sdd/adrs/[0-9]*-*.md", "graven.toml", "docs/**/*.md"]).unwrap();
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
            assert_eq!(watch.enters(BStr::new(folder)), enters, "{folder}");
        }
    }

    #[test]
    fn a_star_stops_at_a_slash() {
        let watch = Watch::new(["sdd/adrs/*.md"]).unwrap();
        assert!(watch.matches(&RepoPath::new("sdd/adrs/1.md")));
        assert!(!watch.matches(&RepoPath::new("sdd/adrs/old/1.md")));
        assert!(!watch.matches(&RepoPath::new("sdd/adrs/1.MD")));
    }
}
