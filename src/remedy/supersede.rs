//! One document takes the place of another: the new one is written in the form of the project, and the old one says by its
//! status what has taken its place. It must not know which number is free, nor where a template comes from.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::label::Label;
use super::name;
use super::skeleton;
use super::succeed;
use super::{CannotDo, label};
use crate::document::{
    self, Content, Document, Frozen, Number, Source, StatusValue, Target, Text, Verb,
};
use crate::escape::word;
use crate::kind::{Freeze, Kind, Standing, Vocabulary, Word};
use crate::object::{Mode, RepoPath, Write};
use crate::policy::Policy;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Succession<'a> {
    /// The document whose place is taken.
    pub old: &'a Document,
    /// The title of the new one.
    pub title: &'a str,
    /// Its number; `None` where the kind has none.
    pub number: Option<u64>,
    /// The day it is written, as `2026-01-31`.
    pub date: &'a str,
    /// What a new document begins as; without one, it is made in the form of the old one.
    pub template: Option<&'a Source>,
    /// Its status; without one, the first word that puts a document in force.
    pub status: Option<&'a str>,
    /// The policy that both stand under.
    pub policy: &'a Policy,
}

/// What both edits need to know.
#[derive(Debug)]
pub(super) struct Aim<'a> {
    pub(super) asked: &'a Succession<'a>,
    /// The path of the new document.
    pub(super) path: RepoPath,
    /// Its number.
    pub(super) number: Option<Number>,
    /// What the old document calls the new one.
    pub(super) new: Label,
    /// What the new document calls the old one.
    pub(super) old: Label,
    /// The status of the old document, as it is written and as the policy spells it.
    pub(super) superseded: (String, String),
    /// The status of the new document, as the policy spells it.
    pub(super) word: String,
}

/// The new document, and the old one as it is to be. Both have been read again and say what they should.
pub fn supersede(asked: &Succession<'_>) -> Result<Vec<Write>, CannotDo> {
    let old = asked.old;
    let title = asked.title.trim();
    if title.is_empty() || title.contains(['\n', '\r', '\0']) {
        return Err(CannotDo::new(
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
        CannotDo::new(
            format!(
                "the kind {} has no status word for superseded",
                old.kind.name
            ),
            remedy,
        )
    })?;
    check_edge(old, text, vocabulary, &superseded.1)?;
    let word = word_in_force(old, vocabulary, asked.status)?;

    let (path, written) = name::beside(old, asked.number, title)?;
    let number = written
        .zip(asked.number)
        .map(|(written, value)| Number { value, written });
    if asked
        .policy
        .kind_of(&path)
        .is_none_or(|kind| kind.name != old.kind.name)
    {
        let what = format!("{path} would be no {} under the policy", old.kind.name);
        return Err(CannotDo::new(
            what,
            format!("choose a title that makes a file name like {}", old.path),
        ));
    }
    let heading = text
        .title
        .as_ref()
        .and_then(|title| skeleton::counted(&title.value, old.number.as_ref()?.value));
    let counted = heading.filter(|heading| heading.lead.is_empty() && heading.gap.starts_with('.'));
    let old_heading = counted
        .as_ref()
        .and(text.title.as_ref())
        .map(|title| title.value.as_str());
    let new_heading = counted
        .as_ref()
        .zip(number.as_ref())
        .map(|(heading, number)| heading.with(number.value, title));
    let aim = Aim {
        asked,
        new: label::Label::of(&old.kind, &path, number.as_ref(), new_heading.as_deref()),
        old: label::Label::of(&old.kind, &old.path, old.number.as_ref(), old_heading),
        path,
        number,
        superseded,
        word,
    };
    let after = succeed::succeed(old, text, &aim)?;
    let new = skeleton::write(text, &aim)?;
    Ok(vec![
        Write {
            path: aim.path.clone(),
            content: Some(new.into_bytes()),
        },
        Write {
            path: old.path.clone(),
            content: Some(after.into_bytes()),
        },
    ])
}

/// Says whether the place of a document can be taken, before anything else is looked for.
pub fn check(old: &Document) -> Result<(), CannotDo> {
    let (text, vocabulary) = superseded_text(old)?;
    let Some((_, canonical)) = superseded_word(vocabulary) else {
        return Ok(());
    };
    check_edge(old, text, vocabulary, &canonical)
}

/// The text of a document whose place can be taken: one that is in force.
fn superseded_text(old: &Document) -> Result<(&Arc<Text>, &Vocabulary), CannotDo> {
    let subject = old.subject();
    let kind = &old.kind.name;
    let text = match &old.content {
        Content::Text(text) => text,
        Content::Unreadable(why) => {
            return Err(CannotDo::at(
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
        return Err(CannotDo::new(
            format!("{subject} has no status: no {kind} is superseded"),
            remedy,
        ));
    };
    match (old.frozen(), &text.status.main) {
        (None, Some(status)) => {
            let what = format!("{subject} is still open ({})", status.word());
            Err(CannotDo::new(
                what,
                format!("edit it instead: {}", old.path),
            ))
        }
        (None | Some(_), None) | (Some(Frozen::Committed), _) => {
            let what = format!("{subject} shows no status, so it is not frozen");
            Err(CannotDo::new(
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
) -> Result<(), CannotDo> {
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
        return Err(CannotDo::new(
            format!("{subject} is already superseded{by}"),
            supersede_successor(old, text),
        ));
    }
    if vocabulary.permits(from, to) {
        return Ok(());
    }
    let what = format!("{subject} is {from}, which cannot become {to} under the policy");
    Err(CannotDo::new(
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
            .filter(|word| word.standing == Standing::Terminal)
    };
    let phrase = |phrase: &str| terminal().find(|word| word.phrase == phrase);
    let word = phrase("superseded")
        .or_else(|| phrase("replaced"))
        .or_else(|| phrase("superceded"))?;
    Some((spelled(word), word.canonical.clone()))
}

fn spelled(word: &Word) -> String {
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
) -> Result<String, CannotDo> {
    let kind = &old.kind.name;
    let Some(asked) = asked else {
        let frozen = vocabulary
            .words
            .iter()
            .find(|word| word.standing == Standing::Frozen);
        return frozen.map(|word| word.canonical.clone()).ok_or_else(|| {
            CannotDo::new(
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
            .filter(|word| word.standing != Standing::Terminal)
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
        CannotDo::new(what, format!("choose one of: {}", known.join(", ")))
    })
}

/// A text as a document beside another one.
pub(super) fn read(
    kind: &Arc<Kind>,
    path: &RepoPath,
    number: Option<Number>,
    mode: Mode,
    text: String,
) -> Document {
    let content = document::read(text.into_bytes(), kind);
    Document {
        path: path.clone(),
        mode,
        kind: Arc::clone(kind),
        number,
        content,
    }
}

/// True when relations of one sort name one document and nothing else, beyond what `known` names already.
pub(super) fn names_only(
    text: &Text,
    verb: Verb,
    known: Option<&Text>,
    path: &RepoPath,
    number: Option<&Number>,
) -> bool {
    fn targets(text: &Text, verb: Verb) -> BTreeSet<&Target> {
        let said = text
            .relations
            .iter()
            .filter(|relation| relation.verb == verb);
        said.flat_map(|relation| &relation.targets).collect()
    }
    let known = known.map(|known| targets(known, verb)).unwrap_or_default();
    let mut fresh = targets(text, verb)
        .into_iter()
        .filter(|target| !known.contains(target))
        .peekable();
    let named = |target: &Target| match target {
        Target::Number(value) => number.is_some_and(|number| number.value == *value),
        Target::Link(link) => path.file_name() == link.as_bytes(),
    };
    fresh.peek().is_some() && fresh.all(named)
}

/// A word in the letters of another: `ACCEPTED`, `accepted`, `Accepted`.
pub(super) fn like(word: &str, model: &str) -> String {
    let mut letters = model.chars().filter(|next| next.is_alphabetic());
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_uppercase() => {
            word.to_uppercase()
        }
        (Some(first), _) if first.is_lowercase() => word.to_lowercase(),
        (Some(first), _) if first.is_uppercase() => {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        }
        _ => word.to_owned(),
    }
}
