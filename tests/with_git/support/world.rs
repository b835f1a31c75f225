//! In what sort of repository a test plays, and by which way it pushes.

/// A sort of repository and a way to it. Where a test says nothing of them: SHA-1, refs as files, by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct World {
    /// The object format: `sha1` or `sha256`.
    pub(crate) objects: &'static str,
    /// How refs are stored: `files` or `reftable`.
    pub(crate) refs: &'static str,
    /// How a clone reaches its server.
    pub(crate) by: By,
}

/// The ways to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A folder of the same machine.
    Path,
    /// OpenSSH, with `git-shell`.
    Ssh,
    /// `git http-backend` behind a web server that asks for a password.
    Http,
}

impl World {
    /// The plain one of an object format.
    pub(crate) const fn of(objects: &'static str) -> Self {
        Self {
            objects,
            refs: "files",
            by: By::Path,
        }
    }

    /// The same with its refs in reftables, which libgit2 cannot read.
    pub(crate) const fn with_reftables(self) -> Self {
        Self {
            refs: "reftable",
            ..self
        }
    }

    /// What `git init` is told of it.
    pub(crate) fn arguments(self) -> [String; 2] {
        [
            format!("--object-format={}", self.objects),
            format!("--ref-format={}", self.refs),
        ]
    }
}

impl From<&'static str> for World {
    fn from(objects: &'static str) -> Self {
        Self::of(objects)
    }
}
