//! `graven deprecate`: marks a section as deprecated.

use super::{Staged, carry_out_and_tell};
use crate::change::document_cache::DocumentCache;
use crate::change::snapshot::Snapshot;
use crate::cli::{Cli, Deprecate};
use crate::commands::Streams;
use crate::fix;
use crate::git::Repository;
use crate::report::{Outcome, Problem};

/// `graven deprecate`
pub(in crate::commands) fn deprecate(
    asked: &Deprecate,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let staged = Staged::open(&repository)?;
    let policy = staged.policy()?;
    let cache = DocumentCache::new(&repository, policy);
    let snapshot = Snapshot::new(&cache, staged.after()?.clone());
    let index = snapshot.sections().map_err(Problem::from)?;
    let writes = fix::deprecate::deprecate(index, &asked.id, asked.by.as_deref())?;
    carry_out_and_tell(&staged, cli, &writes, streams, "git commit")
}
