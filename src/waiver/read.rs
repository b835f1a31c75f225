//! A waiver file into waivers, with every complaint at once. It must not know what a waiver lifts.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned as Toml;
use toml::de::{DeTable, DeValue};

use super::{Waiver, WaiverFile};
use crate::repo::RepoPath;
use crate::report::file_faults::{Faults, shown};
use crate::report::{ContentDigest, Fingerprint};
use crate::text::guess::did_you_mean;
use crate::text::{Source, Span, Spanned};

/// The largest waiver file, in bytes.
pub const LARGEST: usize = 8 << 20;
/// The most waivers of one file.
pub const MOST: usize = 20_000;

/// The keys at the top of a file.
const TOP: [&str; 2] = ["baseline", "waiver"];
/// The keys of a waiver.
const KEYS: [&str; 6] = [
    "rule",
    "subject",
    "fingerprint",
    "before",
    "after",
    "reason",
];

/// Reads a file. `rules` are the names that there are. A waiver with a fault is left out.
#[must_use]
pub fn read(path: &RepoPath, source: Arc<Source>, rules: &[&str]) -> WaiverFile {
    let name = String::from_utf8_lossy(path.as_bstr()).into_owned();
    let mut reader = Reader {
        faults: Faults::new(&name, Arc::clone(&source)),
        source: &source,
        rules,
    };
    let (baseline, waivers) = reader.file();
    let faults = reader.faults.into_vec();
    WaiverFile {
        path: path.clone(),
        baseline,
        waivers,
        faults,
        source,
    }
}

struct Reader<'a> {
    faults: Faults,
    source: &'a Source,
    rules: &'a [&'a str],
}

impl Reader<'_> {
    fn file(&mut self) -> (bool, Vec<Waiver>) {
        let nothing = (false, Vec::new());
        let text = self.source.text();
        if text.len() > LARGEST {
            let message = format!(
                "the file has {} bytes, over the limit of {LARGEST}",
                text.len()
            );
            self.complain(
                self.source.span(0..0),
                message,
                Some("write the rest to another file".to_owned()),
            );
            return nothing;
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            for error in errors {
                let span = self.source.span(error.span().unwrap_or(0..0));
                self.complain(
                    span,
                    format!("invalid TOML: {}", shown(error.message())),
                    None,
                );
            }
            return nothing;
        }
        let table = table.into_inner();
        self.know(&table, &TOP, "");
        let baseline = match table.get("baseline") {
            None => false,
            Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                self.wrong(value, "baseline", "true or false");
                false
            }),
        };
        let Some(list) = table.get("waiver") else {
            return (baseline, Vec::new());
        };
        let Some(items) = list.get_ref().as_array() else {
            self.wrong(
                list,
                "waiver",
                "a list of tables, each begun with `[[waiver]]`",
            );
            return (baseline, Vec::new());
        };
        if items.len() > MOST {
            let message = format!("{} waivers, over the limit of {MOST}", items.len());
            self.complain(
                self.span(list),
                message,
                Some("write the rest to another file".to_owned()),
            );
            return (baseline, Vec::new());
        }
        (baseline, self.waivers(items.iter()))
    }

    fn waivers<'i>(&mut self, items: impl Iterator<Item = &'i Toml<DeValue<'i>>>) -> Vec<Waiver> {
        let mut waivers: Vec<Waiver> = Vec::new();
        let mut named: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        for item in items {
            let Some(waiver) = self.waiver(item) else {
                continue;
            };
            let place = waiver.fingerprint.span;
            let (first, _) = self.source.position(place.start());
            if let Some(line) = named.get(&waiver.fingerprint.value) {
                let message = format!("duplicate waiver: line {line} waives the same finding");
                self.complain(place, message, Some("remove one of them".to_owned()));
            } else {
                named.insert(waiver.fingerprint.value, first);
                waivers.push(waiver);
            }
        }
        waivers
    }

    /// One waiver; `None` when it has a fault.
    fn waiver(&mut self, item: &Toml<DeValue<'_>>) -> Option<Waiver> {
        let Some(table) = item.get_ref().as_table() else {
            self.wrong(
                item,
                "waiver",
                "a list of tables, each begun with `[[waiver]]`",
            );
            return None;
        };
        let known = self.know(table, &KEYS, " in a waiver");
        let head = self.span(item);
        let rule = self
            .required(table, "rule", head)
            .and_then(|rule| self.rule(rule));
        let subject = self.required(table, "subject", head);
        let fingerprint = self.required(table, "fingerprint", head).and_then(|written| {
            let help = "copy it from the finding: graven check --verbose, or write the waiver with graven waive";
            let shape = "`g1-` and 32 lower-case hexadecimal digits";
            self.parsed(&written, "fingerprint", shape, help, Fingerprint::parse)
        });
        let mut digest = |key: &str| match table.get(key) {
            None => Some(None),
            Some(value) => self.string(value, key).and_then(|written| {
                let help = "leave it out: only chains of waivers need it";
                self.parsed(
                    &written,
                    key,
                    "32 lower-case hexadecimal digits",
                    help,
                    ContentDigest::parse,
                )
                .map(|digest| Some(digest.value))
            }),
        };
        let (before, after) = (digest("before"), digest("after"));
        let reason = self.required(table, "reason", head);
        let end = table
            .values()
            .map(|value| value.span().end)
            .max()
            .unwrap_or_default();
        let span = self
            .source
            .span(item.span().start..end.max(item.span().end));
        let waiver = Waiver {
            rule: rule?.value,
            subject: subject?.value,
            fingerprint: fingerprint?,
            digests: [before?, after?],
            reason: reason?,
            span,
        };
        known.then_some(waiver)
    }

    /// Complains about keys that mean nothing; true when there are none.
    fn know(&mut self, table: &DeTable<'_>, known: &[&str], place: &str) -> bool {
        let mut good = true;
        for (key, _) in table
            .iter()
            .filter(|(key, _)| !known.contains(&key.get_ref().as_ref()))
        {
            let message = format!("unknown key `{}`{place}", shown(key.get_ref()));
            let help = did_you_mean(key.get_ref(), known.iter().copied());
            self.complain(self.source.span(key.span()), message, help);
            good = false;
        }
        good
    }

    fn required(&mut self, table: &DeTable<'_>, key: &str, head: Span) -> Option<Spanned<String>> {
        if let Some(value) = table.get(key) {
            return self.string(value, key);
        }
        let help = match key {
            "reason" => "give the reason in a sentence: `reason = \"…\"`",
            _ => "graven waive --reason \"…\" writes a whole waiver",
        };
        self.complain(
            head,
            format!("missing `{key}` in a waiver"),
            Some(help.to_owned()),
        );
        None
    }

    fn string(&mut self, value: &Toml<DeValue<'_>>, key: &str) -> Option<Spanned<String>> {
        let span = self.span(value);
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, key, "a string");
            return None;
        };
        Some(Spanned {
            value: text.to_owned(),
            span,
        })
    }

    fn rule(&mut self, rule: Spanned<String>) -> Option<Spanned<String>> {
        if self.rules.contains(&rule.value.as_str()) {
            return Some(rule);
        }
        let help = did_you_mean(&rule.value, self.rules.iter().copied());
        self.complain(
            rule.span,
            format!("unknown rule `{}`", shown(&rule.value)),
            help,
        );
        None
    }

    fn parsed<T>(
        &mut self,
        written: &Spanned<String>,
        key: &str,
        shape: &str,
        help: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let Some(value) = parse(&written.value) else {
            let message = format!(
                "`{}` is not a valid `{key}`: expected {shape}",
                shown(&written.value)
            );
            self.complain(written.span, message, Some(help.to_owned()));
            return None;
        };
        Some(Spanned {
            value,
            span: written.span,
        })
    }

    fn wrong(&mut self, value: &Toml<DeValue<'_>>, key: &str, expected: &str) {
        let found = match value.get_ref() {
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
            DeValue::String(_) => "a string",
            DeValue::Boolean(_) => "true or false",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Datetime(_) => "a date",
        };
        self.complain(
            self.span(value),
            format!("`{key}` is {found}, expected {expected}"),
            None,
        );
    }

    fn span(&self, value: &Toml<DeValue<'_>>) -> Span {
        self.source.span(value.span())
    }

    fn complain(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.faults.at(span, message, help);
    }
}
