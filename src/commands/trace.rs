//! `graven trace`: the sections of HEAD and the tests that cite them. It lists and does not judge.

use crate::render::TraceList;
use anyhow::bail;

use super::policy_source::PolicySource;
use super::{Streams, path_arguments, warn, write_listing};
use crate::change::document_cache::DocumentCache;
use crate::change::snapshot::Snapshot;
use crate::citations::{Grammar, Matrix};
use crate::cli::{Cli, Trace};
use crate::git::Repository;
use crate::policy::Policy;
use crate::repo::{RepoPath, Side};
use crate::report::{Outcome, Problem};
use crate::steps;
use crate::text::escape::Escaped;

pub(super) fn trace(
    asked: &Trace,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let side = steps::listed(&repository)?.map(Side::Commit);
    let policies = PolicySource::new(&repository, asked.policy.as_deref())?;
    let policy = policies.sound(side.as_ref())?;
    let mut matrix = Matrix::default();
    if let Some(side) = side {
        let cache = DocumentCache::new(&repository, &policy);
        matrix = Matrix::read(&policy, &Snapshot::new(&cache, side)).map_err(Problem::from)?;
    }
    let specs: Vec<_> = asked
        .specs
        .iter()
        .map(|asked| (asked, path_arguments::paths(asked, &repository)))
        .collect();
    let declares = |paths: &[RepoPath]| {
        matrix
            .specs
            .iter()
            .any(|spec| path_arguments::holds(paths, &spec.path))
    };
    if let Some((missing, _)) = specs.iter().find(|(_, paths)| !declares(paths)) {
        let missing = Escaped::new(missing);
        bail!("HEAD has no spec with sections at {missing}\n  help: list all specs: graven trace");
    }
    warn(&warnings(&matrix, &policy), streams)?;
    if !asked.specs.is_empty() {
        matrix.keep(|path| {
            specs
                .iter()
                .any(|(_, paths)| path_arguments::holds(paths, path))
        });
    }
    let list = TraceList {
        matrix: &matrix,
        untested: asked.untested,
    };
    write_listing(&list, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// Why the list may be incomplete.
fn warnings(matrix: &Matrix, policy: &Policy) -> Vec<Problem> {
    let mut warnings = Vec::new();
    if Grammar::of(policy).is_none() && !matrix.specs.is_empty() {
        let advice = "name them in the policy: tests = [\"tests/**\"] in [trace]";
        warnings.push(Problem::warning(
            "the policy names no tests, so there are no citations",
            advice,
        ));
    }
    let broken = matrix.broken.iter();
    warnings.extend(
        broken.map(|(path, source, broken)| crate::citations::broken_at(path, source, *broken)),
    );
    for path in &matrix.unread {
        let message = format!(
            "{path} has more than {} bytes and was not read",
            policy.limits.blob
        );
        warnings.push(Problem::warning(
            message,
            "raise limits.blob in the policy, or exclude the file from its tests",
        ));
    }
    for (place, why) in &matrix.notes {
        let (line, column) = place.position();
        let message = format!(
            "{}:{line}:{column}: this citation cannot be read: {why}",
            place.path
        );
        warnings.push(Problem::warning(
            message,
            "write each ID as a separate plain string",
        ));
    }
    warnings
}
