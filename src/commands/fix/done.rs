//! `graven done`: moves a backlog item from the open file to the file of done items.

use super::{Staged, carry_out_and_tell};
use crate::change::document_cache::DocumentCache;
use crate::change::snapshot::Snapshot;
use crate::cli::{Cli, Done};
use crate::commands::Streams;
use crate::fix::done::{DoneError, finish};
use crate::git::Repository;
use crate::repo::{Mode, RepoPath, Write};
use crate::report::{Outcome, Problem};
use crate::text::Source;
use crate::text::escape::Escaped;

/// `graven done`
pub(in crate::commands) fn done(
    asked: &Done,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let staged = Staged::open(&repository)?;
    let policy = staged.policy()?;
    let Some(backlog) = &policy.backlog else {
        return Err(Problem::not_judged(
            "the policy has no backlog",
            "set its two files in [backlog]",
        )
        .into());
    };
    let cache = DocumentCache::new(&repository, policy);
    let snapshot = Snapshot::new(&cache, staged.after()?.clone());
    let missing = || {
        let advice = "stage it with git add, or correct the path in [backlog]";
        Problem::not_judged(format!("{} is not in the index", backlog.open), advice)
    };
    let open = text(&snapshot, &backlog.open)?.ok_or_else(missing)?;
    let done = text(&snapshot, &backlog.done)?.unwrap_or_default();
    let (open, done) = (Source::new(open), Source::new(done));
    let (open, done) = finish(&open, &done, &asked.id, &backlog.prefixes).map_err(Problem::from)?;
    let write = |path: &RepoPath, text: String| Write {
        path: path.clone(),
        content: Some(text.into_bytes()),
    };
    let writes = [write(&backlog.open, open), write(&backlog.done, done)];
    carry_out_and_tell(&staged, cli, &writes, streams, "git commit")
}

/// The text at a path of the index, if it exists.
fn text(snapshot: &Snapshot<'_>, path: &RepoPath) -> Result<Option<String>, Problem> {
    let Some(entry) = snapshot.entry(path)? else {
        return Ok(None);
    };
    let text = if matches!(entry.mode, Mode::File | Mode::Executable) {
        snapshot.text(&entry)?
    } else {
        None
    };
    match text {
        Some(source) => Ok(Some(source.text().to_owned())),
        None => Err(Problem::not_judged(
            format!("{path} is not a text file"),
            "save it as UTF-8 text within limits.blob",
        )),
    }
}

impl From<DoneError> for Problem {
    fn from(error: DoneError) -> Self {
        Self::not_judged(Escaped::new(&error.to_string()).to_string(), error.remedy())
    }
}
