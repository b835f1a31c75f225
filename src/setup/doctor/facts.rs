//! What has to be known of a repository before anything can be said about its guards.

use std::path::PathBuf;

use bstr::BString;

use crate::report::Problem;
use crate::setup::install::InstalledHook;
use crate::steps::Guarded;
use crate::steps::hook::HostSide;

/// Everything that is known.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The repository. Foreign text.
    pub folder: String,
    /// What it is used as.
    pub place: HostSide,
    /// Its hooks.
    pub hooks: Hooks,
    /// Its policy.
    pub policy: PolicyFacts,
    /// Its branches.
    pub branches: Branches,
    /// The rest.
    pub repository: Repository,
    /// The files of the commit of `HEAD` that say what CI runs, sorted by path.
    pub ci: Vec<CiFile>,
}

/// The hooks of a repository.
#[derive(Debug, Clone)]
pub struct Hooks {
    /// The folder that Git runs hooks from.
    pub folder: PathBuf,
    /// Whether that is a folder, or not there at all.
    pub is_folder: bool,
    /// Which configuration file names the folder, as an option of `git config`: `--global`.
    pub configured: Option<&'static str>,
    /// The folder that Git would run hooks from if none were named, where graven's hooks stand in it and Git passes them
    /// over.
    pub shadowed: Option<PathBuf>,
    /// The hooks that graven would have here.
    pub found: Vec<FoundHook>,
    /// The files that tell a manager of hooks what to run.
    pub managed: Vec<Managed>,
    /// The version of graven that looks.
    pub version: &'static str,
    /// Whether `graven install` needs `--server` here.
    pub says_server: bool,
}

/// One hook.
#[derive(Debug, Clone)]
pub struct FoundHook {
    /// What stands in its place.
    pub found: InstalledHook,
    /// The binary that answers for it, where a graven stands there.
    pub binary: Option<Binary>,
}

/// A graven that a hook runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// Where the hook says that it is.
    pub path: PathBuf,
    /// The version that it tells; `None` when it is gone, or tells none.
    pub version: Option<String>,
    /// True when nothing that can be run stands at `path`.
    pub is_gone: bool,
    /// The one on PATH, which a hook takes in place of one that is gone.
    pub fallback: Option<PathBuf>,
}

/// A file of the work tree that tells a manager of hooks what to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// From the root of the work tree.
    pub path: String,
    /// What it says. Foreign text.
    pub text: String,
}

/// Where the policy comes from.
#[derive(Debug, Clone)]
pub struct PolicyFacts {
    /// Where it stands, or why it cannot be read.
    pub source: Result<PolicySource, Problem>,
    /// How the policy file of the work tree compares with the one that judges.
    pub work_tree: WorkTree,
    /// How many documents the policy governs in the tree that is looked at; `None` without a commit or a policy.
    pub documents: Option<usize>,
}

/// Where a policy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicySource {
    /// In a file outside the tree, which `graven.policy` names.
    File(PathBuf),
    /// In the tree of this commit, abbreviated.
    Tree(String),
    /// In the program: this preset.
    BuiltIn(String),
}

/// A policy file in the work tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkTree {
    /// It is the one that judges, or there is none on either side, or no work tree.
    Same,
    /// It says something else.
    Differs,
    /// It is not there, and one judges.
    Gone,
}

/// The branches of a repository.
#[derive(Debug, Clone)]
pub struct Branches {
    /// Which are protected; `None` when the policy does not say.
    pub guarded: Option<Guarded>,
    /// In a clone, the usual remote, when something of it was fetched. Foreign text.
    pub remote: Option<BString>,
}

/// What else matters of a repository.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// How much of its history it has.
    pub history: History,
    /// How many refs there are in `refs/replace/`.
    pub replaced: usize,
    /// The file of grafts.
    pub grafts: Option<PathBuf>,
    /// Whether Git looks at what is pushed as `git fsck` would.
    pub checks_objects: bool,
    /// Whether a push may make the history shallow.
    pub takes_shallow: bool,
}

/// How much of its history a repository has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum History {
    /// All of it.
    #[default]
    Whole,
    /// Commits are missing on purpose.
    Shallow,
    /// Objects are missing on purpose.
    Partial,
}

/// A file that says what CI runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CiFile {
    /// From the root of the tree. Foreign text.
    pub path: String,
    /// What it says; `None` when it is too long, or no text.
    pub text: Option<String>,
}
