//! A document with everything taken out that it said itself, so that the form of the project is left: the header without
//! people and relations, and the headings that every document of its sort has. It must not know what is filled in.

use super::relation_line::says_relation;
use super::status_site::{front_matter, line_end};
use super::template::Field;
use crate::document::{Number, Region, Text};
use crate::text::{Span, Spanned};

/// Parts of headings that documents of this sort share; what else a heading says is its document's own.
const HEADINGS: [&str; 22] = [
    "context",
    "problem",
    "decision",
    "driver",
    "option",
    "outcome",
    "consequence",
    "alternative",
    "rationale",
    "implication",
    "assumption",
    "constraint",
    "motivation",
    "more information",
    "references",
    "links",
    "kontext",
    "entscheidung",
    "konsequenzen",
    "contexte",
    "décision",
    "conséquences",
];

/// Keys of people and places that a new document does not share with an old one.
const OWN: [&str; 27] = [
    "author",
    "authors",
    "decider",
    "deciders",
    "owner",
    "owners",
    "consulted",
    "informed",
    "contributor",
    "contributors",
    "reviewer",
    "reviewers",
    "approver",
    "approvers",
    "contact",
    "editor",
    "champion",
    "participants",
    "pr",
    "issue",
    "ticket",
    "discussion",
    "story",
    "issues",
    "discussions",
    "tracking",
    "sponsor",
];

/// What is left of a document that a new one can begin as.
pub(super) fn strip(old: &Text, number: Option<&Number>, date: &str) -> String {
    let mut stripper = Stripper {
        old,
        date,
        lines: Vec::new(),
        headings: Vec::new(),
    };
    let front = front_matter(&old.source).map_or(0, |front| front.end);
    let source = old.source.text();
    stripper.front_matter(&source[..front], number);
    stripper.body(front);
    // One alone is no form.
    if stripper.headings.len() < 2 {
        for heading in stripper.headings {
            stripper.lines[heading].clear();
        }
        for heading in ["## Context", "## Decision", "## Consequences"] {
            stripper.lines.extend([String::new(), heading.to_owned()]);
        }
    }
    let eol = line_end(source, 0);
    let mut text = String::new();
    for line in spaced(stripper.lines) {
        text.push_str(&line);
        text.push_str(eol);
    }
    text
}

struct Stripper<'t> {
    old: &'t Text,
    date: &'t str,
    lines: Vec<String>,
    /// Headings of the body that were kept, as places among the lines.
    headings: Vec<usize>,
}

impl Stripper<'_> {
    fn front_matter(&mut self, text: &str, number: Option<&Number>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut drops = false;
        for line in text.lines() {
            let line = line.trim_end();
            if line.starts_with([' ', '\t']) || line.starts_with("- ") {
                if !drops {
                    self.lines.push(line.to_owned());
                }
                continue;
            }
            drops = false;
            if line.starts_with('#') {
                continue;
            }
            let Some(field) = Field::read(line) else {
                self.lines.push(line.to_owned());
                continue;
            };
            let value = &line[field.value.clone()];
            if is_relation(&field.key) {
                drops = true;
            } else if is_own(&field.key) {
                drops = true;
                self.lines
                    .push(line[..field.value.start].trim_end().to_owned());
            } else if number.is_some_and(|number| value.parse() == Ok(number.value)) {
                // Nobody knows the new number here; none is better than that of another document.
                self.lines
                    .push(line[..field.value.start].trim_end().to_owned());
            } else {
                self.lines.push(line.to_owned());
            }
        }
    }

    fn body(&mut self, from: usize) {
        let source = self.old.source.text();
        let title = self
            .old
            .title
            .as_ref()
            .map(|title| title.span)
            .filter(|span| span.start() >= from);
        let (mut at, mut fence, mut underlines) = (from, None, false);
        for written in source[from..].split_inclusive('\n') {
            let span = self.old.source.span(at..at + written.len());
            at += written.len();
            // Two blanks at its end break a line.
            let line = written.trim_end_matches(['\n', '\r']);
            let line = if line.trim().is_empty() { "" } else { line };
            let marks = line.trim_start();
            if let Some(open) = fence {
                if marks.starts_with(open) {
                    fence = None;
                }
                continue;
            }
            if let Some(open) = ["```", "~~~"]
                .into_iter()
                .find(|open| marks.starts_with(open))
            {
                fence = Some(open);
                continue;
            }
            let under = !line.is_empty() && line.chars().all(|next| next == '=' || next == '-');
            if title.is_some_and(|title| span.contains(title.start())) || underlines && under {
                self.lines.push(line.to_owned());
                underlines = title.is_some_and(|title| span.contains(title.start()));
                continue;
            }
            underlines = false;
            let kept = self.kept(span, line);
            self.lines.push(kept.unwrap_or_default());
        }
    }

    /// What is kept of a line; nothing of one that says something of its own.
    fn kept(&mut self, span: Span, line: &str) -> Option<String> {
        let region = region_of(self.old, span);
        if line.starts_with('#') {
            if self.announces(span) || region == Some(Region::Status) {
                return Some(line.to_owned());
            }
            let words = line.to_lowercase();
            let short = line.split_whitespace().count() <= 7;
            let shared = short
                && line.starts_with("## ")
                && HEADINGS.iter().any(|heading| words.contains(heading));
            self.headings.extend(shared.then_some(self.lines.len()));
            return shared.then(|| line.to_owned());
        }
        let row = line.trim_start().starts_with('|');
        let delimits = row
            && line
                .chars()
                .all(|next| matches!(next, '|' | '-' | ':' | ' ' | '\t'));
        let status = self.statuses().find(|status| span.contains(status.start()));
        match region {
            None => (delimits && self.lines.last().is_some_and(|last| last.starts_with('|')))
                .then(|| line.to_owned()),
            Some(Region::Status) => match status {
                Some(status) => {
                    let said = self
                        .old
                        .source
                        .slice(self.old.source.span(span.start()..status.end()));
                    let comment = said.trim_start().starts_with("<!--") && !said.contains("-->");
                    Some(if comment {
                        format!("{said} -->")
                    } else if row {
                        dated(line, self.date)
                    } else {
                        line.to_owned()
                    })
                }
                None if row => Some(without_relation(line)),
                None => line
                    .trim_start()
                    .starts_with(['*', '_'])
                    .then(|| line.to_owned())
                    .filter(|_| is_label(line)),
            },
            Some(Region::Metadata) => Some(without_people(line)),
            Some(Region::Relation) if row => Some(without_relation(line)),
            Some(Region::Relation) => (!says_relation(self.old, span)).then(|| line.to_owned()),
        }
    }

    /// True for the heading of the section that holds a status.
    fn announces(&self, heading: Span) -> bool {
        let below = |region: &Spanned<Region>| {
            let gap = self.old.source.span(heading.end()..region.span.start());
            region.value == Region::Status
                && region.span.start() >= heading.end()
                && self.old.source.slice(gap).trim().is_empty()
        };
        let next = self
            .old
            .regions
            .partition_point(|region| region.span.start() < heading.end());
        let region = self.old.regions.get(next);
        region.is_some_and(|region| {
            below(region)
                || region.value != Region::Status && self.leads_to_status(heading, region.span)
        })
    }

    /// True when a relation or a field is the first thing of a status section.
    fn leads_to_status(&self, heading: Span, first: Span) -> bool {
        let gap = self.old.source.span(heading.end()..first.start());
        let next = self
            .statuses()
            .find(|status| status.start() >= heading.end());
        self.old.source.slice(gap).trim().is_empty()
            && next.is_some_and(|status| {
                let between = self.old.source.span(heading.end()..status.start());
                !self
                    .old
                    .source
                    .slice(between)
                    .lines()
                    .any(|line| line.starts_with('#'))
            })
    }

    fn statuses(&self) -> impl Iterator<Item = Span> + '_ {
        let reading = &self.old.status;
        reading
            .main
            .iter()
            .chain(&reading.others)
            .map(|status| status.span)
    }
}

fn region_of(text: &Text, line: Span) -> Option<Region> {
    let first = text
        .regions
        .partition_point(|region| region.span.end() <= line.start());
    let regions = text.regions[first..]
        .iter()
        .take_while(|region| region.span.start() < line.end());
    // Fields that share a line: the status is what counts.
    regions.map(|region| region.value).min()
}

fn is_relation(key: &str) -> bool {
    [
        "supersede",
        "supercede",
        "replace",
        "obsolete",
        "amend",
        "relate",
        "extend",
        "clarif",
        "complement",
    ]
    .iter()
    .any(|verb| key.starts_with(verb))
}

fn is_own(key: &str) -> bool {
    key.split(' ').any(|word| OWN.contains(&word)) || key.starts_with("decision maker")
}

fn is_label(line: &str) -> bool {
    let words = line.trim().trim_matches(['*', '_', ':', ' ']);
    words
        .chars()
        .all(|next| next.is_alphanumeric() || next == ' ')
}

/// A field without the people it names.
fn without_people(line: &str) -> String {
    match Field::read(line) {
        Some(field) if is_own(&field.key) => {
            let rest = line[field.value.end..].trim_end();
            format!("{}{rest}", &line[..field.value.start])
                .trim_end()
                .to_owned()
        }
        _ => line.to_owned(),
    }
}

/// A row of relations that names nothing.
fn without_relation(line: &str) -> String {
    match Field::read(line) {
        Some(field) if is_relation(&field.key) && !field.value.is_empty() => {
            format!(
                "{}—{}",
                &line[..field.value.start],
                &line[field.value.end..]
            )
        }
        _ => line.to_owned(),
    }
}

/// A row whose cells that are days are this day.
fn dated(line: &str, date: &str) -> String {
    let is_day = |cell: &str| {
        let cell = cell.trim();
        cell.len() == 10
            && cell
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
            && cell.contains('-')
    };
    let cells = line.split('|').map(|cell| {
        if is_day(cell) {
            cell.replace(cell.trim(), date)
        } else {
            cell.to_owned()
        }
    });
    cells.collect::<Vec<_>>().join("|")
}

/// Lines with one blank line at most between them, and one around each heading.
fn spaced(lines: Vec<String>) -> Vec<String> {
    let mut spaced: Vec<String> = Vec::new();
    for line in lines {
        let blank = spaced.last().is_none_or(String::is_empty);
        if line.is_empty() {
            if !blank {
                spaced.push(line);
            }
            continue;
        }
        let heading =
            line.starts_with('#') || spaced.last().is_some_and(|last| last.starts_with('#'));
        if heading && !blank {
            spaced.push(String::new());
        }
        spaced.push(line);
    }
    while spaced.last().is_some_and(String::is_empty) {
        spaced.pop();
    }
    spaced
}
