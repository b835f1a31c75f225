//! `graven supersede`: writes a new document that supersedes another one.

use std::sync::Arc;

use jiff::Zoned;

use super::{Staged, carry_out_and_tell, which_document};
use crate::change::document_cache::DocumentCache;
use crate::change::snapshot::Snapshot;
use crate::cli::{Cli, Supersede};
use crate::commands::Streams;
use crate::document::Document;
use crate::fix;
use crate::fix::next_number::Used;
use crate::fix::supersede_plan::SupersedeRequest;
use crate::git::Repository;
use crate::repo::RepoPath;
use crate::report::{Outcome, Problem};
use crate::text::Source;
use crate::text::escape::word;

/// `graven supersede`
pub(in crate::commands) fn supersede(
    asked: &Supersede,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let staged = Staged::open(&repository)?;
    let policy = staged.policy()?;
    let cache = DocumentCache::new(&repository, policy);
    let snapshot = Snapshot::new(&cache, staged.after()?.clone());
    let name = which_document::document(&asked.document, &repository, &snapshot)?;
    let old = snapshot.document(name).map_err(Problem::from)?;
    fix::supersede::check(&old)?;
    let (template, today) = (template(&snapshot, &old)?, Zoned::now().date().to_string());
    let request = SupersedeRequest {
        old: &old,
        title: &asked.title,
        number: number(&staged, &old)?,
        date: &today,
        template: template.as_deref(),
        status: asked.status.as_deref(),
        policy,
    };
    let writes = fix::supersede::supersede(&request)?;
    if let Some(taken) = writes
        .iter()
        .filter(|write| write.path != old.path)
        .find_map(|write| {
            snapshot
                .entry(&write.path)
                .map(|entry| entry.map(|entry| entry.path))
                .transpose()
        })
    {
        let message = format!("{} already exists", taken.map_err(Problem::from)?);
        return Err(Problem::not_judged(message, "choose another title").into());
    }
    let new = writes
        .iter()
        .map(|write| write.path.to_string())
        .next()
        .unwrap_or_default();
    carry_out_and_tell(
        &staged,
        cli,
        &writes,
        streams,
        &format!("complete {new}, then: git commit"),
    )
}

/// The next number that no branch has ever used.
fn number(staged: &Staged<'_>, old: &Document) -> Result<Option<u64>, Problem> {
    if old.kind.number.is_none() {
        return Ok(None);
    }
    let used = Used::gather(staged.repository, staged.policy()?, &staged.policies)?;
    used.number(&old.kind).map(|next| Some(next.value))
}

/// The template that the kind names, as it is staged.
fn template(snapshot: &Snapshot<'_>, old: &Document) -> Result<Option<Arc<Source>>, Problem> {
    let Some(named) = &old.kind.template else {
        return Ok(None);
    };
    let path = RepoPath::new(named.as_str());
    let key = format!("kind.{}.template", old.kind.name);
    let Some(entry) = snapshot.entry(&path)?.filter(|entry| entry.mode.is_file()) else {
        let message = format!("the template {path}, which {key} names, is not in the index");
        return Err(Problem::not_judged(
            message,
            format!(
                "stage it: git add -- {}; or remove {key} from the policy",
                word(named)
            ),
        ));
    };
    match snapshot.text(&entry)? {
        Some(source) => Ok(Some(source)),
        None => Err(Problem::not_judged(
            format!("the template {path} is not a text file"),
            "save it as UTF-8 text within the limit",
        )),
    }
}
