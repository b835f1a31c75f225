//! One document takes the place of another: the new one is written in the form of the project, and the old one says by its
//! status what has taken its place. It must not know which number is free, nor where a template comes from.

use std::sync::Arc;

use super::{cannot, file_name, mark_superseded, new_document, reference};
use crate::document::{Content, Document, Frozen, Number, StatusValue, Target, Text, Verb};
use crate::fix::supersede_plan::{SupersedePlan, SupersedeRequest};
use crate::policy::kind::{Freeze, StatusStage, StatusWord, Vocabulary};
use crate::repo::{RepoPath, Write};
use crate::report::Problem;
use crate::text::escape::word;

/// The new document, and the old one as it is to be. Both have been read again and say what they should.
pub fn supersede(asked: &SupersedeRequest<'_>) -> Result<Vec<Write>, Problem> {
    let old = asked.old;
    let title = asked.title.trim();
    if title.is_empty() || title.contains(['\n', '\r', '\0']) {
        return Err(Problem::not_judged(
            "the new title is empty or has more than one line",
            "give one line of words",
        ));
    }
    let (text, vocabulary) = superseded_text(old)?;
    let superseded = superseded_word(vocabulary).ok_or_else(|| {
        let remedy = format!(
            "add one to kind.{}.status.terminal in graven.toml",
            old.kind.name
        );
        Problem::not_judged(
            format!(
                "the kind {} has no status word for superseded",
                old.kind.name
            ),
            remedy,
        )
    })?;
    check_edge(old, text, vocabulary, &superseded.1)?;
    let word = word_in_force(old, vocabulary, asked.status)?;

    let (path, written) = file_name::beside(old, asked.number, title)?;
    let number = written
        .zip(asked.number)
        .map(|(written, value)| Number { value, written });
    if asked
        .policy
        .kind_of(&path)
        .is_none_or(|kind| kind.name != old.kind.name)
    {
        let what = format!("{path} would be no {} under the policy", old.kind.name);
        return Err(Problem::not_judged(
            what,
            format!("choose a title that makes a file name like {}", old.path),
        ));
    }
    let heading = text
        .title
        .as_ref()
        .and_then(|title| new_document::counted(&title.value, old.number.as_ref()?.value));
    let counted = heading.filter(|heading| heading.lead.is_empty() && heading.gap.starts_with('.'));
    let old_heading = counted
        .as_ref()
        .and(text.title.as_ref())
        .map(|title| title.value.as_str());
    let new_heading = counted
        .as_ref()
        .zip(number.as_ref())
        .map(|(heading, number)| heading.with(number.value, title));
    let plan = SupersedePlan {
        asked,
        new: reference::Label::of(&old.kind, &path, number.as_ref(), new_heading.as_deref()),
        old: reference::Label::of(&old.kind, &old.path, old.number.as_ref(), old_heading),
        path,
        number,
        superseded,
        word,
    };
    let after = mark_superseded::succeed(old, text, &plan)?;
    let new = new_document::write(text, &plan)?;
    Ok(vec![
        Write {
            path: plan.path.clone(),
            content: Some(new.into_bytes()),
        },
        Write {
            path: old.path.clone(),
            content: Some(after.into_bytes()),
        },
    ])
}

/// Says whether the place of a document can be taken, before anything else is looked for.
pub fn check(old: &Document) -> Result<(), Problem> {
    let (text, vocabulary) = superseded_text(old)?;
    let Some((_, canonical)) = superseded_word(vocabulary) else {
        return Ok(());
    };
    check_edge(old, text, vocabulary, &canonical)
}

/// The text of a document whose place can be taken: one that is in force.
fn superseded_text(old: &Document) -> Result<(&Arc<Text>, &Vocabulary), Problem> {
    let subject = old.subject();
    let kind = &old.kind.name;
    let text = match &old.content {
        Content::Text(text) => text,
        Content::Unreadable(why) => {
            return Err(cannot(
                &old.path,
                format!("it cannot be read: {why}"),
                "mend the file first",
            ));
        }
    };
    let Some(vocabulary) = old
        .kind
        .vocabulary
        .as_ref()
        .filter(|_| old.kind.freeze == Freeze::WhenAccepted)
    else {
        let remedy = match old.kind.freeze {
            Freeze::Never => "edit it: documents of this kind live",
            Freeze::WhenAccepted | Freeze::WhenCommitted => {
                "write a new one that says what is so now; this one stays"
            }
        };
        return Err(Problem::not_judged(
            format!("{subject} has no status: no {kind} is superseded"),
            remedy,
        ));
    };
    match (old.frozen(), &text.status.main) {
        (None, Some(status)) => {
            let what = format!("{subject} is still open ({})", status.word());
            Err(Problem::not_judged(
                what,
                format!("edit it instead: {}", old.path),
            ))
        }
        (None | Some(_), None) | (Some(Frozen::Committed), _) => {
            let what = format!("{subject} shows no status, so it is not frozen");
            Err(Problem::not_judged(
                what,
                format!("edit it instead: {}", old.path),
            ))
        }
        (Some(Frozen::Status(_) | Frozen::UnknownStatus(_)), Some(_)) => Ok((text, vocabulary)),
    }
}

/// An error when the status leads nowhere, or where it leads has been reached.
fn check_edge(
    old: &Document,
    text: &Text,
    vocabulary: &Vocabulary,
    to: &str,
) -> Result<(), Problem> {
    let Some(StatusValue::Known(from, _)) = text.status.main.as_ref().map(|status| &status.value)
    else {
        return Ok(());
    };
    let subject = old.subject();
    if from == to {
        let successors = text
            .relations
            .iter()
            .filter(|relation| relation.verb == Verb::SupersededBy);
        let named: Vec<String> = successors
            .map(|relation| text.source.slice(relation.span).replace('\n', " "))
            .collect();
        let by = if named.is_empty() {
            String::new()
        } else {
            format!(" ({})", named.join(", "))
        };
        return Err(Problem::not_judged(
            format!("{subject} is already superseded{by}"),
            supersede_successor(old, text),
        ));
    }
    if vocabulary.permits(from, to) {
        return Ok(());
    }
    let what = format!("{subject} is {from}, which cannot become {to} under the policy");
    Err(Problem::not_judged(
        what,
        format!("write a new {} and leave this one as it is", old.kind.name),
    ))
}

/// Says that the place of the successor is to be taken, by a command where the document names one beside it.
fn supersede_successor(old: &Document, text: &Text) -> String {
    let advice = "supersede its successor instead";
    let targets = text
        .relations
        .iter()
        .filter(|relation| relation.verb == Verb::SupersededBy);
    let folder = old.path.folder();
    let beside = targets
        .flat_map(|relation| &relation.targets)
        .find_map(|target| match target {
            Target::Link(link) => {
                let path = RepoPath::new(if folder.is_empty() {
                    link.clone()
                } else {
                    format!("{folder}/{link}")
                });
                (path.folder() == folder && old.kind.paths.matches(&path)).then_some(path)
            }
            Target::Number(_) => None,
        });
    match beside {
        Some(path) => format!(
            "{advice}: graven supersede {} \"Title\"",
            word(&path.to_string())
        ),
        None => advice.to_owned(),
    }
}

/// The word for a document whose place was taken: as it can be written, and as the policy spells what it means.
fn superseded_word(vocabulary: &Vocabulary) -> Option<(String, String)> {
    let terminal = || {
        vocabulary
            .words
            .iter()
            .filter(|word| word.standing == StatusStage::Terminal)
    };
    let phrase = |phrase: &str| terminal().find(|word| word.phrase == phrase);
    let word = phrase("superseded")
        .or_else(|| phrase("replaced"))
        .or_else(|| phrase("superceded"))?;
    Some((spelled(word), word.canonical.clone()))
}

fn spelled(word: &StatusWord) -> String {
    if word.canonical.to_lowercase() == word.phrase {
        word.canonical.clone()
    } else {
        word.phrase.clone()
    }
}

/// The status of the new document: what was asked for, or the first word that puts one in force.
fn word_in_force(
    old: &Document,
    vocabulary: &Vocabulary,
    asked: Option<&str>,
) -> Result<String, Problem> {
    let kind = &old.kind.name;
    let Some(asked) = asked else {
        let frozen = vocabulary
            .words
            .iter()
            .find(|word| word.standing == StatusStage::Frozen);
        return frozen.map(|word| word.canonical.clone()).ok_or_else(|| {
            Problem::not_judged(
                format!("the kind {kind} has no status word for accepted"),
                "say which one: --status WORD",
            )
        });
    };
    let folded = asked.trim().to_lowercase();
    let words = || {
        vocabulary
            .words
            .iter()
            .filter(|word| word.standing != StatusStage::Terminal)
    };
    let found = words()
        .find(|word| word.canonical.to_lowercase() == folded)
        .or_else(|| words().find(|word| word.phrase == folded));
    found.map(|word| word.canonical.clone()).ok_or_else(|| {
        let mut known: Vec<&str> = Vec::new();
        for word in words() {
            if !known.contains(&word.canonical.as_str()) {
                known.push(&word.canonical);
            }
        }
        let what = format!("a new {kind} cannot begin as {}", asked.trim());
        Problem::not_judged(what, format!("choose one of: {}", known.join(", ")))
    })
}
