//! The commands that set a repository up: install, uninstall, init.

use std::io::Write;

use anyhow::{Context, bail};

use super::{Streams, write, write_listing};
use crate::cli::{Cli, Init, Install};
use crate::git::Repository;
use crate::policy::{self, FILE_NAME, Recognised};
use crate::render::lists::{ActionsDone, PolicyText};
use crate::repo::{Blob, Entry, Objects, PathSet, RepoPath, Side};
use crate::report::{Outcome, Problem};
use crate::setup::install;
use crate::setup::install::{Done, Host, Places};

/// Bytes of a document that are read to detect its style.
const LONGEST: u64 = 1 << 20;

/// `graven install`
pub(super) fn install(
    asked: &Install,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    if asked.host == Host::Ghes {
        write(streams.out.write_all(install::GHES.as_bytes()))?;
        return Ok(Outcome::Allowed);
    }
    let binary = std::env::current_exe().context("the path of this program cannot be found")?;
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let places = places(&repository)?;
    let done = match asked.host {
        Host::Plain => install::install(&places, asked.server, &binary),
        host => install::install_for(host, repository.git_dir(), &places, &binary),
    };
    tell(&done?, cli, streams)
}

/// `graven uninstall`
pub(super) fn uninstall(
    asked: &Install,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    if asked.host == Host::Ghes {
        bail!(
            "graven installs nothing on GitHub Enterprise Server\n  help: remove the hook where it was uploaded"
        );
    }
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let places = places(&repository)?;
    let done = match asked.host {
        Host::Plain => install::uninstall(&places, asked.server),
        host => install::uninstall_for(host, repository.git_dir(), &places),
    };
    tell(&done?, cli, streams)
}

fn places(repository: &Repository) -> Result<Places, Problem> {
    Ok(Places {
        hooks_dir: repository.hooks_dir()?,
        is_bare: repository.is_bare(),
    })
}

fn tell(done: &[Done], cli: &Cli, streams: &mut Streams<'_>) -> anyhow::Result<Outcome> {
    let done: Vec<String> = done.iter().map(ToString::to_string).collect();
    write_listing(&ActionsDone { done }, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// `graven init`
pub(super) fn init(init: &Init, cli: &Cli, streams: &mut Streams<'_>) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let Recognised { preset, seen, text } = look(&repository)?;
    if init.dry_run {
        write_listing(&PolicyText { policy: text }, cli, streams)?;
        return Ok(Outcome::Allowed);
    }
    let Some(root) = repository.work_dir() else {
        bail!(
            "a bare repository has no work tree for {FILE_NAME}\n  help: graven init --dry-run prints it; commit it in a clone"
        );
    };
    let file = root.join(FILE_NAME);
    let written =
        std::fs::File::create_new(&file).and_then(|mut created| created.write_all(text.as_bytes()));
    if let Err(error) = written {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            bail!(
                "{FILE_NAME} already exists, and init never overwrites it\n  help: graven init --dry-run prints what it would write"
            );
        }
        return Err(error).with_context(|| format!("{} cannot be written", file.display()));
    }
    let mut done: Vec<String> = seen.iter().map(|line| format!("saw {line}")).collect();
    done.push(format!(
        "wrote {FILE_NAME} with the preset {preset}: commit it to put it in force"
    ));
    write_listing(&ActionsDone { done }, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// Looks at what is staged, or at HEAD where there is no index.
fn look(repository: &Repository) -> Result<Recognised, Problem> {
    let head = repository.head()?.commit().map(Side::Commit);
    let side = if repository.is_bare() {
        head
    } else {
        Some(repository.staged()?)
    };
    let everything = PathSet::new(["**"])
        .map_err(|error| Problem::not_judged(error.to_string(), "report this"))?;
    let entries = side
        .map(|side| repository.entries(&side, &everything))
        .transpose()?
        .unwrap_or_default();
    let paths: Vec<RepoPath> = entries.iter().map(|entry| entry.path.clone()).collect();
    let text = |path: &RepoPath| {
        let place = entries
            .binary_search_by(|entry: &Entry| entry.path.cmp(path))
            .ok()?;
        // An unreadable document shows no style; judging it reports why.
        match repository.blob(entries[place].id, LONGEST) {
            Ok(Blob::Bytes(bytes)) => String::from_utf8(bytes).ok(),
            _ => None,
        }
    };
    Ok(policy::recognise(&paths, &text))
}
