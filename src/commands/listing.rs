//! The commands that list: documents and their status, rules and their levels, the page of one rule.

use crate::render::lists::{RuleList, RuleRow, Scope, Since, StatusList, StatusRow};
use anyhow::bail;

use super::policy_source::PolicySource;
use super::{Streams, path_arguments, write_listing};
use crate::change::document_cache::DocumentCache;
use crate::change::entry::DocumentEntry;
use crate::change::snapshot::Snapshot;
use crate::cli::{Cli, Explain, Rules, Status};
use crate::document::Document;
use crate::git::{ErrorKind, Repository};
use crate::render::RulePage;
use crate::repo::{ObjectId, Objects, Side};
use crate::report::file_faults::shown;
use crate::report::{Outcome, Problem};
use crate::rules::rule::Rule;
use crate::rules::{self, RULES};
use crate::steps;
use crate::text::escape::Escaped;
use crate::text::guess::did_you_mean;

/// `graven status`
pub(super) fn status(
    status: &Status,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let head = steps::listed(&repository)?;
    let policies = PolicySource::new(&repository, status.policy.as_deref())?;
    let side = head.map(Side::Commit);
    let policy = policies.sound(side.as_ref())?;
    let cache = DocumentCache::new(&repository, &policy);
    let asked: Vec<_> = status
        .paths
        .iter()
        .map(|asked| (asked, path_arguments::paths(asked, &repository)))
        .collect();
    let wanted = |path| {
        asked.is_empty()
            || asked
                .iter()
                .any(|(_, paths)| path_arguments::holds(paths, path))
    };
    let mut rows = Vec::new();
    if let Some(head) = head {
        let snapshot = Snapshot::new(&cache, Side::Commit(head));
        for name in snapshot
            .names()
            .map_err(Problem::from)?
            .iter()
            .filter(|name| wanted(&name.entry.path))
        {
            let document = snapshot.document(name).map_err(Problem::from)?;
            let word = document
                .text()
                .and_then(|text| text.status.main.as_ref())
                .map(|status| status.word().to_owned());
            rows.push(StatusRow {
                path: document.path.clone(),
                kind: document.kind.name.clone(),
                number: document.number.as_ref().map(ToString::to_string),
                status: word,
                scope: scope(&document),
                frozen: frozen_since(&repository, &cache, name, head)?,
            });
        }
    }
    if let Some((missing, _)) = asked.iter().find(|(_, paths)| {
        !rows
            .iter()
            .any(|row| path_arguments::holds(paths, &row.path))
    }) {
        let missing = Escaped::new(missing);
        bail!(
            "HEAD has no governed document at {missing}\n  help: list all documents: graven status"
        );
    }
    write_listing(&StatusList { documents: rows }, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// What a document is about; `None` where its kind has no sections or no line that would tell.
fn scope(document: &Document) -> Option<Scope> {
    document.kind.sections.as_ref()?.tooling.as_ref()?;
    Some(if document.text()?.tooling.is_some() {
        Scope::Tooling
    } else {
        Scope::Library
    })
}

/// The oldest commit since which the document has been frozen, following moves by its number.
fn frozen_since(
    repository: &Repository,
    cache: &DocumentCache<'_>,
    name: &DocumentEntry,
    head: ObjectId,
) -> Result<Option<Since>, Problem> {
    let (mut name, mut from, mut since) = (name.clone(), head, None);
    loop {
        let mut came_from = None;
        for version in repository.versions(from, &name.entry.path)? {
            let Some(entry) = version.entry.filter(|entry| entry.mode.is_file()) else {
                break;
            };
            if cache.document(&entry, &name.kind)?.frozen().is_none() {
                came_from = None;
                break;
            }
            since = Some(version.commit);
            came_from = repository.commit(version.commit)?.parents.first().copied();
        }
        // Where the path began: was the document moved there?
        let Some((parent, number)) = came_from.zip(name.number.clone()) else {
            break;
        };
        let snapshot = Snapshot::new(cache, Side::Commit(parent));
        let earlier = snapshot
            .numbered(&name.kind, &number)?
            .into_iter()
            .find(|earlier| earlier.entry.path != name.entry.path);
        let Some(earlier) = earlier else { break };
        name = earlier.clone();
        from = parent;
    }
    since
        .map(|commit| {
            Ok(Since {
                commit,
                time: repository.commit(commit)?.time,
            })
        })
        .transpose()
}

/// `graven rules`
pub(super) fn rules(
    rules: &Rules,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let policy = match Repository::open(cli.repo.as_deref()) {
        Ok(repository) => {
            let side = repository
                .head()
                .map_err(Problem::from)?
                .commit()
                .map(Side::Commit);
            let policies = PolicySource::new(&repository, rules.policy.as_deref())?;
            policies.sound(side.as_ref())?.as_ref().clone()
        }
        // The rules can be listed outside a repository too.
        Err(error)
            if error.kind == ErrorKind::NoRepository
                && cli.repo.is_none()
                && rules.policy.is_none() =>
        {
            crate::policy::built_in()
        }
        Err(error) => return Err(Problem::from(error).into()),
    };
    let rows: Vec<RuleRow> = RULES
        .iter()
        .map(|rule| RuleRow {
            id: rule.id.to_owned(),
            level: policy.level(rule.id, rule.level),
            summary: rule.summary.to_owned(),
        })
        .collect();
    write_listing(&RuleList { rules: rows }, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// `graven explain`
pub(super) fn explain(
    explain: &Explain,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let rule = rule_named(&explain.rule)?;
    let page = RulePage {
        id: rule.id,
        level: rule.level,
        summary: rule.summary,
        page: rule.page,
    };
    write_listing(&page, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// The rule of this name.
pub(super) fn rule_named(name: &str) -> Result<&'static Rule, Problem> {
    rules::find(name).ok_or_else(|| {
        let guess = did_you_mean(name, RULES.iter().map(|rule| rule.id));
        let advice = guess.unwrap_or_else(|| "list all rules: graven rules".to_owned());
        Problem::not_judged(format!("unknown rule `{}`", shown(name)), advice)
    })
}
