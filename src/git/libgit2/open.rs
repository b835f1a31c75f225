//! Opens a repository with libgit2, with everything that Git's environment says in a hook.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, RepositoryOpenFlags};

use super::{Libgit2, alternates, cannot_read};
use crate::git::cli::GitCommand;
use crate::git::error::{ErrorKind, FSCK, GitError, NONE_HERE, TRUST, cannot_open, unsupported};
use crate::text::escape::Escaped;

/// Extensions that do not change what is read here.
const HARMLESS: [&str; 4] = [
    "extensions.noop",
    "extensions.partialclone",
    "extensions.preciousobjects",
    "extensions.worktreeconfig",
];

impl Libgit2 {
    /// Opens the repository that a hook runs in, whoever owns it: Git checked that before it ran the hook.
    pub(in crate::git) fn open_in_hook() -> Result<Self, GitError> {
        configure_libgit2();
        match git2::Repository::open_from_env() {
            Ok(inner) => Self::new(inner, true, true, None),
            Err(error) if error.code() == ErrorCode::Owner => open_of_other_owner(),
            Err(error) => Err(open_error(&error, Path::new("."))),
        }
    }

    /// Opens the repository that contains `dir`. Without `dir`, Git's environment and the current directory decide.
    pub(in crate::git) fn open(dir: Option<&Path>) -> Result<Self, GitError> {
        configure_libgit2();
        let opened = match dir {
            None => git2::Repository::open_from_env(),
            Some(dir) => git2::Repository::open_ext(
                dir,
                RepositoryOpenFlags::empty(),
                std::iter::empty::<&OsStr>(),
            ),
        };
        let opened = opened.map_err(|error| open_error(&error, dir.unwrap_or(Path::new("."))))?;
        Self::new(opened, false, dir.is_none(), None)
    }

    /// The repository that contains the current directory, whatever its format and owner.
    pub(in crate::git) fn discover() -> Option<PathBuf> {
        git2::Repository::discover_path(Path::new("."), std::iter::empty::<&OsStr>()).ok()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "handed out for `init`, `install` and staging"
    )]
    fn new(
        inner: git2::Repository,
        in_hook: bool,
        from_env: bool,
        index_file: Option<PathBuf>,
    ) -> Result<Self, GitError> {
        refuse_unread_extensions(&inner)?;
        // One of another owner was opened as if it were bare.
        let is_bare = if index_file.is_some() {
            configured_bare(&inner)?
        } else {
            inner.is_bare()
        };
        // libgit2 looks for the refs of a namespace in the wrong folder, and creates that folder.
        inner
            .remove_namespace()
            .map_err(|error| cannot_read("the namespace", &error))?;
        if from_env {
            add_alternates(&inner, index_file.is_some())?;
        }
        let git = GitCommand {
            git_dir: inner.path().to_path_buf(),
            common_dir: inner.commondir().to_path_buf(),
            work_dir: inner.workdir().map(Path::to_path_buf),
            is_bare,
            id_bytes: match inner.object_format() {
                git2::ObjectFormat::Sha1 => 20,
                git2::ObjectFormat::Sha256 => 32,
            },
            from_env,
            in_hook,
        };
        Ok(Self {
            inner,
            git,
            index_file,
        })
    }
}

/// Refuses extensions in a repository of version 0. libgit2 ignores them there and Git does not: a repository with
/// reftables would seem to have no branches.
fn refuse_unread_extensions(inner: &git2::Repository) -> Result<(), GitError> {
    let broken = |error: &git2::Error| cannot_read("the extensions of the repository", error);
    let config = inner
        .config()
        .and_then(|mut config| config.snapshot())
        .map_err(|error| broken(&error))?;
    if config
        .get_i64("core.repositoryformatversion")
        .is_ok_and(|version| version > 0)
    {
        return Ok(());
    }
    let mut set = config
        .entries(Some("^extensions\\."))
        .map_err(|error| broken(&error))?;
    while let Some(entry) = set.next() {
        let name = entry
            .map_err(|error| broken(&error))?
            .name()
            .map(str::to_owned)
            .unwrap_or_default();
        if !HARMLESS.contains(&name.as_str()) {
            let what = "cannot open the repository";
            return Err(GitError::of(
                ErrorKind::Unsupported,
                what,
                &format!("{name} in version 0"),
                FSCK,
            ));
        }
    }
    Ok(())
}

/// Turns off libgit2's cache, since this module has its own, and its hash check: Git hashed every object when it
/// received it, before any hook ran, and does not check again when it reads.
fn configure_libgit2() {
    git2::opts::strict_hash_verification(false);
    git2::opts::enable_caching(false);
}

/// Opens a repository of another owner. libgit2 checks the owner unless it opens a repository as bare, and then it
/// ignores the environment, so that is added by hand.
#[expect(
    clippy::disallowed_methods,
    reason = "the quarantine and the index file are set by hand here"
)]
fn open_of_other_owner() -> Result<Libgit2, GitError> {
    let here = Path::new(".");
    let git_dir = match env::var_os("GIT_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => git2::Repository::discover_path(here, std::iter::empty::<&OsStr>())
            .map_err(|error| open_error(&error, here))?,
    };
    let inner =
        git2::Repository::open_bare(&git_dir).map_err(|error| open_error(&error, &git_dir))?;
    let objects = env::var_os("GIT_OBJECT_DIRECTORY")
        .map_or_else(|| inner.commondir().join("objects"), PathBuf::from);
    let broken = |error: &git2::Error| cannot_read("the object database", error);
    let odb = git2::Odb::new_ext(inner.object_format()).map_err(|error| broken(&error))?;
    let path = alternates::path(objects.into_os_string().into_encoded_bytes())?;
    odb.add_disk_alternate(&path)
        .map_err(|error| broken(&error))?;
    inner.set_odb(&odb).map_err(|error| broken(&error))?;
    let index =
        env::var_os("GIT_INDEX_FILE").map_or_else(|| inner.path().join("index"), PathBuf::from);
    Libgit2::new(inner, true, true, Some(index))
}

/// Adds the object stores from the environment that libgit2 has not added itself.
fn add_alternates(inner: &git2::Repository, all: bool) -> Result<(), GitError> {
    let Some(list) = env::var_os("GIT_ALTERNATE_OBJECT_DIRECTORIES") else {
        return Ok(());
    };
    let odb = inner
        .odb()
        .map_err(|error| cannot_read("the object database", &error))?;
    for store in alternates::split(list.as_encoded_bytes())? {
        if store.quoted || all {
            let path = alternates::path(store.path)?;
            odb.add_disk_alternate(&path)
                .map_err(|error| cannot_read("an object store", &error))?;
        }
    }
    Ok(())
}

fn configured_bare(inner: &git2::Repository) -> Result<bool, GitError> {
    let broken = |error: &git2::Error| cannot_read("core.bare", error);
    match inner
        .config()
        .map_err(|error| broken(&error))?
        .get_bool("core.bare")
    {
        Ok(bare) => Ok(bare),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(false),
        Err(error) => Err(broken(&error)),
    }
}

/// Why a repository could not be opened.
fn open_error(error: &git2::Error, place: &Path) -> GitError {
    let message = error.message();
    let new = |kind, remedy: &str| GitError::of(kind, cannot_open(place), message, remedy);
    if unsupported(message) {
        return new(ErrorKind::Unsupported, FSCK);
    }
    match (error.code(), error.class()) {
        (ErrorCode::Owner, _) => new(ErrorKind::Other, TRUST),
        (ErrorCode::NotFound, _) => {
            let above = "neither this folder nor any folder above it is a Git repository";
            let why = if place.exists() {
                above
            } else {
                "no such folder"
            };
            let what = format!(
                "no repository at {}",
                Escaped::new(place.as_os_str().as_encoded_bytes())
            );
            GitError::of(ErrorKind::NoRepository, what, why, NONE_HERE)
        }
        (_, ErrorClass::Config | ErrorClass::Os | ErrorClass::Filesystem) => {
            let remedy =
                "make Git's configuration readable, or: export GIT_CONFIG_GLOBAL=/dev/null";
            new(ErrorKind::PersonalConfiguration, remedy)
        }
        _ => new(ErrorKind::Other, FSCK),
    }
}
