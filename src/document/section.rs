//! Sections with stable IDs: which headings and rows declare one, which only seem to. It must not know another version of
//! the document.

use std::ops::Range;

use super::inline::Inline;
use super::markdown::{Block, Outline, Row, Shape};
use super::{LookAlike, Section};
use crate::policy::kind::{Pattern, PrefixForm, SectionForms};
use crate::text::confusables::AsciiFold;
use crate::text::{Source, Span, Spanned};

/// What a document declares.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    pub(super) sections: Vec<Section>,
    pub(super) malformed: Vec<Spanned<String>>,
    pub(super) look_alikes: Vec<Spanned<LookAlike>>,
    pub(super) prefixes: Vec<Spanned<String>>,
    pub(super) tooling: Option<Span>,
}

/// Words in upper case and brackets that mark a section as gone.
const MARKS: [&str; 5] = ["DEPRECATED", "DELETED", "REMOVED", "MOVED", "MERGED"];

/// How long a mark may be, brackets included.
const LONGEST: usize = 200;

/// Reads the declarations of an outline.
pub(super) fn read(source: &Source, outline: &Outline, forms: &SectionForms) -> Declarations {
    let mut found = Declarations::default();
    // Sections of headings whose end is not known yet, with their levels: nested as headings nest.
    let mut open: Option<(usize, u8)> = None;
    for (index, block) in outline.blocks.iter().enumerate() {
        match &block.shape {
            Shape::Heading(level) => {
                let declared = if *level >= 2 {
                    Heading::read(source, block, forms)
                } else {
                    Heading::Other
                };
                let begins = matches!(declared, Heading::Section(_));
                if let Some((section, own)) = open
                    && (begins || *level <= own)
                {
                    close(source, &mut found.sections[section], block.range.start);
                    open = None;
                }
                match declared {
                    Heading::Section(mut section) => {
                        let lead = outline.blocks.get(index + 1).filter(|next| next.leads);
                        if section.mark.is_none() {
                            section.mark = lead.and_then(|lead| mark_in_front(source, &lead.words));
                        }
                        open = Some((found.sections.len(), *level));
                        found.sections.push(section);
                    }
                    Heading::Malformed(id) => found.malformed.push(id),
                    Heading::LookAlike(id) => found.look_alikes.push(id),
                    Heading::Other => {}
                }
            }
            Shape::Table(rows) if forms.tables && is_of_ids(rows) => {
                for row in rows.iter().skip(1) {
                    match of_row(source, row, forms) {
                        Some(Ok(section)) => found.sections.push(section),
                        Some(Err(look_alike)) => found.look_alikes.push(look_alike),
                        None => {}
                    }
                }
            }
            _ => {}
        }
    }
    if let Some((section, _)) = open {
        close(source, &mut found.sections[section], source.text().len());
    }
    if let PrefixForm::Line(line) = &forms.prefix {
        found.prefixes = prefixes(source, &outline.verbatim, line);
    }
    if let Some(tooling) = &forms.tooling {
        let end = found
            .sections
            .iter()
            .map(|section| section.declared.start())
            .min();
        let mut lines = outside(source, &outline.verbatim)
            .take_while(|line| end.is_none_or(|end| line.start() < end));
        found.tooling = lines.find(|line| tooling.is_match(source.slice(*line)));
    }
    found
}

/// What a heading declares.
enum Heading {
    Section(Section),
    Malformed(Spanned<String>),
    LookAlike(Spanned<LookAlike>),
    Other,
}

impl Heading {
    fn read(source: &Source, block: &Block, forms: &SectionForms) -> Self {
        let bare = Bare::read(source, &block.words);
        let text = bare.text.trim();
        let shift = bare.text.len() - bare.text.trim_start().len();
        let line = source.span(trim_end(source, block.range.clone()));
        if let Some(captures) = forms.heading.captures(text)
            && let Some(id) = captures.name("id")
            && forms.id.is_match(id.as_str())
        {
            let place = bare.original(id.start() + shift)..bare.original(id.end() + shift);
            if block.words.is_code(&place) {
                return Self::Other;
            }
            if let Some(value) = disguised(id.as_str(), forms) {
                return Self::LookAlike(Spanned { value, span: line });
            }
            let struck = block
                .words
                .struck
                .iter()
                .find(|(text, _)| text.start <= place.start && place.end <= text.end);
            let mark = struck
                .map(|(_, range)| source.slice(source.span(range.clone())).to_owned())
                .or(bare.mark);
            let title = captures.name("title").map_or("", |title| title.as_str());
            let title = title
                .trim()
                .trim_end_matches(['-', '–', '—'])
                .trim_end()
                .to_owned();
            let end = source.span(block.range.end..block.range.end);
            return Self::Section(Section {
                id: id.as_str().to_owned(),
                title,
                mark,
                declared: line,
                body: end,
            });
        }
        if let Some((written, value)) = look_alike(text, forms) {
            let place = bare.original(written.start + shift)..bare.original(written.end + shift);
            let quoted = block.words.is_code(&place);
            return if quoted {
                Self::Other
            } else {
                Self::LookAlike(Spanned { value, span: line })
            };
        }
        let Some(captures) = forms.like.captures(text) else {
            return Self::Other;
        };
        let Some(id) = captures.name("id").or_else(|| captures.get(0)) else {
            return Self::Other;
        };
        let place = bare.original(id.start() + shift)..bare.original(id.end() + shift);
        if id.as_str().is_empty() || block.words.is_code(&place) {
            return Self::Other;
        }
        Self::Malformed(Spanned {
            value: id.as_str().trim().to_owned(),
            span: line,
        })
    }
}

/// An ID that the policy's expression takes as it is written, but that is another one in plain letters: digits of another
/// script, or letters of two scripts.
fn disguised(id: &str, forms: &SectionForms) -> Option<LookAlike> {
    if id.is_ascii() {
        return None;
    }
    let plain = AsciiFold::of(id).text;
    let foreign = |letter: char| letter.is_numeric() && !letter.is_ascii();
    let mixed = id.contains(|letter: char| letter.is_ascii_alphabetic()) || id.contains(foreign);
    (mixed && plain != id && forms.id.is_match(&plain)).then(|| LookAlike {
        written: id.to_owned(),
        id: plain,
    })
}

/// What a heading begins with that would be an ID in plain letters, and where it stands.
fn look_alike(text: &str, forms: &SectionForms) -> Option<(Range<usize>, LookAlike)> {
    if text.is_ascii() {
        return None;
    }
    let plain = AsciiFold::of(text);
    let captures = forms
        .heading
        .captures(&plain.text)
        .or_else(|| forms.like.captures(&plain.text))?;
    let id = captures.name("id").or_else(|| captures.get(0))?;
    let written = plain.origin(id.range());
    let as_written = text.get(written.clone())?;
    let differs = as_written != id.as_str() && !id.is_empty();
    let look_alike = LookAlike {
        written: as_written.to_owned(),
        id: id.as_str().trim().to_owned(),
    };
    differs.then_some((written, look_alike))
}

/// The words of a heading without marks.
struct Bare {
    text: String,
    mark: Option<String>,
    /// For each mark taken out: where in the bare text, and how many bytes.
    cuts: Vec<(usize, usize)>,
}

impl Bare {
    fn read(source: &Source, words: &Inline) -> Self {
        let mut bare = Self {
            text: String::with_capacity(words.text.len()),
            mark: None,
            cuts: Vec::new(),
        };
        let mut from = 0;
        let mut keep = |bare: &mut Self, until: usize, range: Range<usize>| {
            bare.text
                .push_str(words.text.get(from..until).unwrap_or_default());
            let blanks = bare.text.len() - bare.text.trim_end().len();
            bare.text.truncate(bare.text.len() - blanks);
            bare.cuts.push((bare.text.len(), blanks + range.len()));
            from = range.end;
        };
        for range in marks(words) {
            let written = source
                .slice(source.span(words.source(range.clone())))
                .to_owned();
            let written = if written.starts_with('[') {
                written
            } else {
                format!("[{written}]")
            };
            bare.mark.get_or_insert(written);
            keep(&mut bare, range.start, range);
        }
        bare.text.push_str(&words.text[from..].replace('\n', " "));
        bare
    }

    /// Where an offset of the bare text lies in the text with marks.
    fn original(&self, offset: usize) -> usize {
        offset
            + self
                .cuts
                .iter()
                .filter(|(at, _)| *at <= offset)
                .map(|(_, length)| length)
                .sum::<usize>()
    }
}

/// Where marks stand in words, in order and without overlap.
fn marks(words: &Inline) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, _) in words.text.match_indices('[') {
        if found.last().is_none_or(|last| last.end <= open)
            && begins_mark(&words.text[open + 1..])
            && let Some(close) = words.text.as_bytes()[open..]
                .iter()
                .take(LONGEST)
                .position(|&byte| byte == b']')
        {
            found.push(open..open + close + 1);
        }
    }
    for link in words
        .links
        .iter()
        .filter(|link| link.shortcut && begins_mark(&words.text[link.text.clone()]))
    {
        found.push(link.text.clone());
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, before| next.start < before.end);
    found
}

fn begins_mark(words: &str) -> bool {
    MARKS.iter().any(|mark| {
        words.strip_prefix(mark).is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
        })
    })
}

/// The mark that a section's first paragraph begins with.
fn mark_in_front(source: &Source, words: &Inline) -> Option<String> {
    let first = marks(words).into_iter().next()?;
    let before = words.text.get(..first.start)?;
    if before.chars().any(char::is_alphanumeric) {
        return None;
    }
    let written = source.slice(source.span(words.source(first)));
    Some(if written.starts_with('[') {
        written.to_owned()
    } else {
        format!("[{written}]")
    })
}

fn is_of_ids(rows: &[Row]) -> bool {
    let first = rows.first().and_then(|head| head.cells.first());
    first.is_some_and(|cell| cell.text.trim().eq_ignore_ascii_case("id"))
}

/// The section that a row of a table of IDs declares, or seems to.
fn of_row(
    source: &Source,
    row: &Row,
    forms: &SectionForms,
) -> Option<Result<Section, Spanned<LookAlike>>> {
    let first = row.cells.first()?;
    if !first.code.is_empty() {
        return None;
    }
    let bare = Bare::read(source, first);
    let id = bare.text.trim();
    let span = source.span(trim_end(source, row.range.clone()));
    let plain = AsciiFold::of(id).text;
    let disguise = if forms.id.is_match(id) {
        disguised(id, forms)
    } else {
        let seen = plain != id && forms.id.is_match(&plain);
        Some(LookAlike {
            written: id.to_owned(),
            id: plain,
        })
        .filter(|_| seen)
    };
    if let Some(value) = disguise {
        return Some(Err(Spanned { value, span }));
    }
    if !forms.id.is_match(id) {
        return None;
    }
    let title = row.cells.get(1).map(|cell| Bare::read(source, cell));
    let struck = first
        .struck
        .first()
        .map(|(_, range)| source.slice(source.span(range.clone())).to_owned());
    let mark = struck
        .or(bare.mark.clone())
        .or_else(|| title.as_ref().and_then(|title| title.mark.clone()));
    let title = title.map_or_else(String::new, |title| title.text.trim().to_owned());
    Some(Ok(Section {
        id: id.to_owned(),
        title,
        mark,
        declared: span,
        body: span,
    }))
}

/// Ends the body of a section before `end`.
fn close(source: &Source, section: &mut Section, end: usize) {
    let start = section.declared.end();
    let body = source.text().get(start..end).unwrap_or_default();
    let trimmed = body.trim();
    let lead = body.len() - body.trim_start().len();
    section.body = if trimmed.is_empty() {
        source.span(start..start)
    } else {
        source.span(start + lead..start + lead + trimmed.len())
    };
}

fn trim_end(source: &Source, range: Range<usize>) -> Range<usize> {
    let written = source.text().get(range.clone()).unwrap_or_default();
    range.start..range.start + written.trim_end().len()
}

/// The prefixes that lines outside code declare.
fn prefixes(source: &Source, verbatim: &[Range<usize>], line: &Pattern) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    for written in outside(source, verbatim) {
        if let Some(prefix) = line
            .captures(source.slice(written))
            .and_then(|found| found.name("prefix"))
        {
            let span =
                source.span(written.start() + prefix.start()..written.start() + prefix.end());
            found.push(Spanned {
                value: prefix.as_str().to_owned(),
                span,
            });
        }
    }
    found
}

/// The lines outside code and HTML, without their ends.
fn outside(source: &Source, verbatim: &[Range<usize>]) -> impl Iterator<Item = Span> {
    let mut blocks = verbatim.iter().peekable();
    let mut at = 0;
    source
        .text()
        .split_inclusive('\n')
        .filter_map(move |written| {
            let start = at;
            at += written.len();
            while blocks.next_if(|block| block.end <= start).is_some() {}
            let inside = blocks.peek().is_some_and(|block| block.start < at);
            (!inside)
                .then(|| source.span(start..start + written.trim_end_matches(['\n', '\r']).len()))
        })
}
