//! Hosts that look for hooks in places of their own. Does not depend on what a hook judges.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::atomic_write::TargetState;
use super::{
    Done, HookPlace, Places, Plan, failed, is_ours, look, problem, remove, runs_folder, shim, show,
};
use crate::report::Problem;
use crate::steps::hook::PRE_RECEIVE;

/// What serves a repository.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, ValueEnum)]
pub enum Host {
    /// Git itself.
    #[default]
    Plain,
    /// GitLab, which has a folder of its own for the hooks of others.
    Gitlab,
    /// Gitea and Forgejo, whose own hook runs a folder of hooks.
    Gitea,
    /// GitHub Enterprise Server: prints the script to upload.
    Ghes,
    /// Gitolite, which links hooks into its repositories.
    Gitolite,
}

/// The script to upload to GitHub Enterprise Server. The interpreter on its first line is graven itself, which takes
/// the hook from that name. So it needs no shell, no PATH and no other file.
pub const GHES: &str = "\
#!/graven/pre-receive
# graven-shim: printed by `graven install --for ghes`; the environment has a static graven as /graven/pre-receive
";

impl Host {
    /// The prefix of lines that this host shows on a web page.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Gitlab => "GL-HOOK-ERR: ",
            Self::Plain | Self::Gitea | Self::Ghes | Self::Gitolite => "",
        }
    }

    /// Its name for people.
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "Git",
            Self::Gitlab => "GitLab",
            Self::Gitea => "Gitea",
            Self::Ghes => "GitHub Enterprise Server",
            Self::Gitolite => "gitolite",
        }
    }
}

/// Installs the server hook of the repository at `git_dir` where this host looks for it. It runs `binary`.
pub fn install_for(
    host: Host,
    git_dir: &Path,
    places: &Places,
    binary: &Path,
) -> Result<Vec<Done>, Problem> {
    refuse_clone(host, git_dir, places)?;
    let hook = match host {
        Host::Plain | Host::Ghes => return super::install(places, true, binary),
        Host::Gitolite => {
            return match linked(&places.hooks_dir)? {
                Some(done) => Ok(vec![done]),
                None => super::install(places, true, binary),
            };
        }
        Host::Gitlab => gitlab(git_dir)?,
        Host::Gitea => dispatched(&places.hooks_dir)?,
    };
    let folder = hook
        .path
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default();
    let binary =
        std::path::absolute(binary).map_err(|error| failed("the binary", binary, &error))?;
    let plan = hook.plan()?;
    fs::create_dir_all(&folder).map_err(|error| failed("the hooks folder", &folder, &error))?;
    let mut done = Vec::new();
    Plan::carry_out(plan, &binary, &mut done)?;
    Ok(done)
}

/// Removes what [`install_for`] installed for the same host.
pub fn uninstall_for(host: Host, git_dir: &Path, places: &Places) -> Result<Vec<Done>, Problem> {
    refuse_clone(host, git_dir, places)?;
    match host {
        Host::Gitlab => {}
        Host::Gitolite if linked(&places.hooks_dir)?.is_some() => {
            return Err(problem(
                "the hook",
                &places.hooks_dir.join(PRE_RECEIVE.name),
                "it is a link to graven's hook, which gitolite recreates",
                "remove the hook from hooks/common in gitolite's LOCAL_CODE, then remove this link",
            ));
        }
        Host::Plain | Host::Ghes | Host::Gitea | Host::Gitolite => {
            return super::uninstall(places, true);
        }
    }
    let (path, mut done) = (in_gitlab(git_dir), Vec::new());
    remove(&path, None, &mut done)?;
    if done.is_empty() {
        done.push(Done(format!(
            "nothing to remove: there is no graven hook at {}",
            show(&path)
        )));
    }
    // The folders that may have been created for it; one that is not empty stays.
    for folder in path.ancestors().skip(1).take(2) {
        match fs::remove_dir(folder) {
            Ok(()) => {}
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound
                | io::ErrorKind::DirectoryNotEmpty
                | io::ErrorKind::NotADirectory => break,
                _ => return Err(failed("the hooks folder", folder, &error)),
            },
        }
    }
    Ok(done)
}

/// The place among the hooks that GitLab runs. Another hook cannot be kept beside it: GitLab would run that too.
fn gitlab(git_dir: &Path) -> Result<HookPlace, Problem> {
    let path = in_gitlab(git_dir);
    if look(&path)? == TargetState::File && !is_ours(&path)? {
        return Err(super::taken(&path));
    }
    Ok(HookPlace {
        shim: shim::GITLAB,
        path,
        dispatcher: None,
    })
}

/// GitLab runs custom hooks from here, and never the repository's own `hooks`.
fn in_gitlab(git_dir: &Path) -> PathBuf {
    git_dir.join("custom_hooks/pre-receive.d/graven")
}

/// The place beside the hooks that Gitea's own hook runs.
fn dispatched(folder: &Path) -> Result<HookPlace, Problem> {
    let path = folder.join(PRE_RECEIVE.name);
    if look(&path)? == TargetState::File && !is_ours(&path)? && runs_folder(&path)? {
        return HookPlace::find(folder, &PRE_RECEIVE);
    }
    Err(problem(
        "the hook",
        &path,
        "it is not Gitea's own hook, which would run graven's from the folder beside it",
        "regenerate Gitea's hooks, then install again: gitea admin regenerate hooks",
    ))
}

/// Whether graven's hook is linked into a repository of gitolite's; an error for another hook, because gitolite would put
/// that link back in graven's place.
fn linked(folder: &Path) -> Result<Option<Done>, Problem> {
    let path = folder.join(PRE_RECEIVE.name);
    if !path.is_symlink() {
        return Ok(None);
    }
    if is_ours(&path)? {
        return Ok(Some(Done(format!(
            "left {} unchanged: gitolite links it to graven's",
            show(&path)
        ))));
    }
    Err(problem(
        "the hook",
        &path,
        "it is a link that gitolite recreates, so graven's hook would be lost",
        "call graven from the hook that it links to, with its standard input: graven hook pre-receive || exit",
    ))
}

/// Hosts look into bare repositories only.
fn refuse_clone(host: Host, git_dir: &Path, places: &Places) -> Result<(), Problem> {
    if places.is_bare {
        return Ok(());
    }
    Err(problem(
        "the repository",
        git_dir,
        format!(
            "it has a work tree, and {} serves bare repositories only",
            host.name()
        ),
        "name the repository on the server: graven install --for HOST --repo DIR",
    ))
}
