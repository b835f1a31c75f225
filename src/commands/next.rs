//! `graven next`: the next unused number or ID, in the form of the existing ones.

use anyhow::bail;

use super::policy_source::PolicySource;
use super::{Streams, write_listing};
use crate::cli::{Cli, Next};
use crate::fix::next_number::{Countable, Used};
use crate::git::Repository;
use crate::render::lists::NextNumber;
use crate::repo::Side;
use crate::report::{Outcome, Problem};
use crate::text::escape::Escaped;
use crate::text::guess::nearest;

pub(super) fn next(asked: &Next, cli: &Cli, streams: &mut Streams<'_>) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let head = repository.head().map_err(Problem::from)?.commit();
    let policies = PolicySource::new(&repository, asked.policy.as_deref())?;
    let policy = policies.sound(head.map(Side::Commit).as_ref())?;
    let used = Used::gather(&repository, &policy, &policies)?;
    let row = if let Some(kind) = policy.kinds.iter().find(|kind| kind.name == asked.of) {
        let next = used.number(kind)?;
        NextNumber {
            next: next.stem,
            kind: Some(kind.name.clone()),
            highest: next.highest,
        }
    } else {
        let found = match used.id(&asked.of)? {
            None if asked.new => used.first_id(&asked.of)?,
            found => found,
        };
        let Some(next) = found else {
            bail!(unknown(&asked.of, asked.new, &used)?)
        };
        NextNumber {
            next: next.id,
            kind: None,
            highest: next.highest,
        }
    };
    write_listing(&row, cli, streams)?;
    Ok(Outcome::Allowed)
}

/// The answer to an unknown name: what exists, what may be meant, and how to start a new prefix.
fn unknown(asked: &str, new: bool, used: &Used<'_>) -> Result<String, Problem> {
    let Countable {
        kinds,
        sections,
        items,
    } = used.countable()?;
    let shown = Escaped::new(asked);
    let mut lines = vec![if new {
        format!("\"{shown}\" cannot be a prefix of section IDs")
    } else {
        format!("\"{shown}\" is neither a kind with numbers nor a known prefix")
    }];
    let sections: Vec<String> = sections.into_iter().collect();
    for (what, names) in [
        ("kinds", &kinds),
        ("prefixes of sections", &sections),
        ("prefixes of backlog items", &items),
    ] {
        let names: Vec<String> = names
            .iter()
            .map(|name| Escaped::new(name).to_string())
            .collect();
        lines.extend((!names.is_empty()).then(|| format!("{what}: {}", names.join(", "))));
    }
    let asked_for = asked.to_lowercase();
    let known = kinds.iter().chain(&sections).chain(&items);
    let near = nearest(asked, known.clone().map(String::as_str));
    // Of an ID the prefix is meant.
    let head = asked_for
        .trim_end_matches(|last: char| last.is_ascii_digit())
        .trim_end_matches('-')
        .to_owned();
    let whole = known
        .map(String::as_str)
        .find(|name| head != asked_for && name.to_lowercase() == head);
    lines.extend(
        whole
            .or(near)
            .map(|name| format!("help: did you mean {}?", Escaped::new(name))),
    );
    if !new && whole.is_none() && used.first_id(asked)?.is_some() {
        lines.push(format!(
            "help: to start a new prefix: graven next --new {shown}"
        ));
    }
    Ok(lines.join("\n  "))
}
