//! The status words of a kind, built.

use crate::policy::kind::{StatusStage, StatusWord, Vocabulary};
use crate::policy::raw::RawStatus;
use crate::report::file_faults::{Faults, shown};
use crate::text::guess::did_you_mean;

/// Words of one kind. Looking one up compares it with all of them.
const MOST_WORDS: usize = 128;

/// Builds a vocabulary, without the words that are at fault; `None` when there are too many.
pub(super) fn build(key: &str, written: &RawStatus, faults: &mut Faults) -> Option<Vocabulary> {
    let mut vocabulary = Vocabulary::default();
    let lists = [
        ("open", &written.open, StatusStage::Open),
        ("frozen", &written.frozen, StatusStage::Frozen),
        ("terminal", &written.terminal, StatusStage::Terminal),
    ];
    let count = lists
        .iter()
        .filter_map(|list| list.1.as_ref())
        .map(Vec::len)
        .sum::<usize>();
    if count + written.aliases.len() > MOST_WORDS {
        faults.value(
            key,
            format!("more than {MOST_WORDS} words in `{key}`"),
            None,
        );
        return None;
    }
    for (list, words, standing) in lists {
        for (index, word) in words.iter().flatten().enumerate() {
            let canonical = one_line(word);
            let word = StatusWord {
                phrase: canonical.to_lowercase(),
                canonical,
                standing,
            };
            add(
                &mut vocabulary,
                &format!("{key}.{list}[{index}]"),
                word,
                faults,
            );
        }
    }
    let canonicals = vocabulary.words.clone();
    for (alias, word) in &written.aliases {
        let at = format!("{key}.aliases.{alias}");
        if let Some(StatusWord {
            canonical,
            standing,
            ..
        }) = known(&canonicals, word, &at, faults)
        {
            let word = StatusWord {
                phrase: one_line(alias).to_lowercase(),
                canonical,
                standing,
            };
            add(&mut vocabulary, &at, word, faults);
        }
    }
    for (from, to) in &written.edges {
        let at = format!("{key}.edges.{from}");
        let from = known_key(&canonicals, from, &at, faults);
        let mut legal = Vec::new();
        for (index, word) in to.iter().enumerate() {
            legal.extend(
                known(&canonicals, word, &format!("{at}[{index}]"), faults)
                    .map(|word| word.canonical),
            );
        }
        if let Some(from) = from
            && vocabulary
                .edges
                .insert(from.canonical.clone(), legal)
                .is_some()
        {
            faults.key(
                &at,
                format!("duplicate edges for `{}`", shown(&from.canonical)),
                None,
            );
        }
    }
    Some(vocabulary)
}

fn one_line(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(vocabulary: &mut Vocabulary, at: &str, word: StatusWord, faults: &mut Faults) {
    if word.phrase.is_empty() {
        faults.value(at, "empty status word", None);
    } else if let Some(twin) = vocabulary
        .words
        .iter()
        .find(|twin| twin.phrase == word.phrase)
    {
        let message = format!(
            "duplicate status word `{}`, already defined as {}",
            shown(&word.phrase),
            said(twin)
        );
        faults.value(
            at,
            message,
            Some("status words are case-insensitive".to_owned()),
        );
    } else {
        vocabulary.words.push(word);
    }
}

fn said(word: &StatusWord) -> String {
    let standing = match word.standing {
        StatusStage::Open => "open",
        StatusStage::Frozen => "frozen",
        StatusStage::Terminal => "terminal",
    };
    format!("{standing} `{}`", shown(&word.canonical))
}

fn known(words: &[StatusWord], word: &str, at: &str, faults: &mut Faults) -> Option<StatusWord> {
    let found = find(words, word);
    if found.is_none() {
        let help = did_you_mean(word, words.iter().map(|word| word.canonical.as_str()));
        faults.value(at, format!("unknown status word `{}`", shown(word)), help);
    }
    found
}

fn known_key(
    words: &[StatusWord],
    word: &str,
    at: &str,
    faults: &mut Faults,
) -> Option<StatusWord> {
    let found = find(words, word);
    if found.is_none() {
        let help = did_you_mean(word, words.iter().map(|word| word.canonical.as_str()));
        faults.key(at, format!("unknown status word `{}`", shown(word)), help);
    }
    found
}

fn find(words: &[StatusWord], word: &str) -> Option<StatusWord> {
    let phrase = one_line(word).to_lowercase();
    words.iter().find(|word| word.phrase == phrase).cloned()
}
