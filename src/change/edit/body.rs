//! The body of a document as three tracks: its words, the destinations of its links, and everything but blanks and
//! destinations. Does not depend on what an edit of any of them means.
//!
//! Nothing may fall between the tracks: what Markdown does not show (comments, unused link definitions, the text between
//! two events) counts as words, so that no text can hide there.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tokens::TokenStream;
use crate::document::Text;
use crate::document::markdown::events::{CodeBlockKind, Event, LinkType, Tag, TagEnd, events};

/// The tracks of one body.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Body {
    pub(super) words: TokenStream,
    pub(super) links: TokenStream,
    pub(super) markup: TokenStream,
}

/// A text with its header regions cut out, and the way back from an offset in it to one in the whole.
struct Excerpt {
    text: String,
    /// For each kept stretch: where it begins in the excerpt, and where in the whole.
    kept: Vec<(usize, usize)>,
}

/// The text without its header regions.
pub(super) fn excerpt(text: &Text) -> String {
    Excerpt::of(text).text
}

struct Reader<'t> {
    excerpt: &'t Excerpt,
    body: Body,
    /// Everything in front of it has been read.
    cursor: usize,
    /// Up to here all is read: a footnote that is only a URL is a link, and none of its events count.
    read: usize,
    /// What the stretch up to the next event can be.
    gap: Gap,
    /// The code of a code block, gathered until it ends.
    code: Option<Code>,
    /// True when the last thing that ended was a paragraph, so that a further one is a new one.
    after_paragraph: bool,
    used_labels: BTreeSet<String>,
    /// What links show when they are pointed at, and where they stand.
    titles: Vec<(String, Range<usize>)>,
}

/// The code of a code block, which comes in stretches: within a list or a quote, one a line.
#[derive(Default)]
struct Code {
    text: String,
    /// For each stretch: where it begins in the code, and where in the excerpt.
    stretches: Vec<(usize, usize)>,
}

impl Code {
    fn push(&mut self, stretch: &str, start: usize) {
        self.stretches.push((self.text.len(), start));
        self.text.push_str(stretch);
    }

    /// The offset in the excerpt of an offset in the code.
    fn place(&self, offset: usize) -> usize {
        let next = self.stretches.partition_point(|&(at, _)| at <= offset);
        self.stretches
            .get(next.saturating_sub(1))
            .map_or(0, |&(at, start)| start + offset - at)
    }
}

/// What may stand between two events.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Marks only; letters and digits there are words that Markdown swallowed.
    Marks,
    /// The number or bullet of a list item, or a task's box.
    Item,
    /// The opening line of a code block.
    Fence,
    /// The destination of a link, which has its own track.
    Destination,
}

impl Body {
    pub(super) fn of(text: &Text) -> Self {
        let excerpt = Excerpt::of(text);
        let mut reader = Reader {
            excerpt: &excerpt,
            body: Self::default(),
            cursor: 0,
            read: 0,
            gap: Gap::Marks,
            code: None,
            after_paragraph: false,
            used_labels: BTreeSet::new(),
            titles: Vec::new(),
        };
        let events = events(&excerpt.text);
        let mut definitions: Vec<(Range<usize>, String, String)> = Vec::new();
        for (label, definition) in events.reference_definitions().iter() {
            let title = definition.title.as_deref().unwrap_or_default();
            let said = format!("[{label}]: {} {title}", definition.dest);
            definitions.push((definition.span.clone(), fold_label(label), said));
        }
        definitions.sort_by_key(|(range, ..)| range.start);
        for (event, range) in events {
            if range.start >= reader.read {
                reader.skip_definitions(&definitions, range.start);
                reader.event(event, range);
            }
        }
        reader.skip_definitions(&definitions, excerpt.text.len());
        reader.close_gap(excerpt.text.len());
        for (title, range) in std::mem::take(&mut reader.titles) {
            reader.body.words.end_block();
            reader.words(&title, range);
        }
        for (range, label, said) in &definitions {
            if !reader.used_labels.contains(label) {
                reader.body.words.end_block();
                reader.words(said, range.clone());
            }
        }
        reader.body
    }
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                self.close_gap(range.start);
                if let Some(code) = &mut self.code {
                    code.push(&text, range.start);
                } else {
                    self.text(&text, range.clone());
                }
                self.cursor = range.end;
            }
            Event::Code(code) => {
                self.close_gap(range.start);
                self.sign("code", range.start);
                self.text(&code, range.clone());
                self.sign("/code", range.end);
                self.cursor = range.end;
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.close_gap(range.start);
                self.text(&html, range.clone());
                self.cursor = range.end;
            }
            Event::SoftBreak => {
                self.close_gap(range.start);
                self.body.words.end_block();
                self.body.markup.end_block();
                self.cursor = range.end;
            }
            Event::HardBreak => {
                self.close_gap(range.start);
                self.body.words.end_block();
                // Two blanks at a line's end are blanks; a backslash there is a mark.
                if self.excerpt.text[range.clone()].starts_with('\\') {
                    self.sign("break", range.start);
                }
                self.body.markup.end_block();
                self.cursor = range.end;
            }
            Event::Rule => {
                self.close_gap(range.start);
                self.body.words.end_block();
                self.sign("rule", range.start);
                self.cursor = range.end;
            }
            Event::TaskListMarker(done) => {
                self.close_gap(range.start);
                self.text(if done { "[x]" } else { "[ ]" }, range.clone());
                self.body.words.end_block();
                self.cursor = range.end;
            }
            // As written, so that a mere number does not touch the word in front of it.
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.close_gap(range.start);
                let excerpt = self.excerpt;
                self.text(&excerpt.text[range.clone()], range.clone());
                self.cursor = range.end;
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        self.close_gap(range.start);
        if !is_inline(tag) {
            self.body.words.end_block();
        }
        match tag {
            // A blank line between the items of a list makes paragraphs of them; only a further paragraph is a mark.
            Tag::Paragraph => {
                if self.after_paragraph {
                    self.sign("paragraph", range.start);
                }
            }
            Tag::CodeBlock(kind) => {
                self.code = Some(Code::default());
                self.gap = if matches!(kind, CodeBlockKind::Fenced(_)) {
                    Gap::Fence
                } else {
                    Gap::Marks
                };
                self.sign("code block", range.start);
            }
            Tag::FootnoteDefinition(label) => {
                self.words(&format!("[^{label}]:"), range.start..range.start);
                self.sign("footnote", range.start);
                let written = &self.excerpt.text[range.clone()];
                let note = written.split_once("]:").map_or("", |(_, note)| note.trim());
                if is_url(note) {
                    self.sign("autolink", range.start);
                    let at = range.start + written.trim_end().len() - note.len();
                    let start = self.excerpt.origin(at);
                    self.body.links.push(note, start, start + note.len());
                    self.cursor = range.end;
                    self.read = range.end;
                }
            }
            Tag::Item => {
                self.gap = Gap::Item;
                self.sign("item", range.start);
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }
            | Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.sign(
                    if matches!(tag, Tag::Image { .. }) {
                        "image"
                    } else {
                        "link"
                    },
                    range.start,
                );
                self.link(*link_type, dest_url, title, id, &range);
            }
            _ => self.sign(name(tag), range.start),
        }
        self.after_paragraph = false;
    }

    fn link(
        &mut self,
        link_type: LinkType,
        destination: &str,
        title: &str,
        label: &str,
        range: &Range<usize>,
    ) {
        let kind = match link_type {
            LinkType::Inline => "inline",
            LinkType::Autolink | LinkType::Email => "autolink",
            _ => "reference",
        };
        self.sign(kind, range.start);
        // It stands where a destination would, and is none.
        self.sign(label, range.start);
        self.used_labels.insert(fold_label(label));
        let (start, end) = (
            self.excerpt.origin(range.start),
            self.excerpt.origin(range.end),
        );
        self.body.links.push(destination, start, end);
        if !title.is_empty() {
            // Its words stand between no others, so that what touches the link still does.
            self.sign(title, range.start);
            self.titles.push((title.to_owned(), range.clone()));
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => self.gap = Gap::Destination,
            TagEnd::CodeBlock => self.end_code(),
            _ => {}
        }
        self.close_gap(range.end);
        if !matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ) {
            self.body.words.end_block();
        }
        if tag != TagEnd::Paragraph {
            self.sign("end", range.end);
        }
        self.after_paragraph = tag == TagEnd::Paragraph;
    }

    /// Blanks inside a line of code mean something; trailing ones and line ends do not.
    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        let mut offset = 0;
        for line in code.text.trim_end().split_inclusive('\n') {
            let said = line.trim_end();
            let start = self.excerpt.origin(code.place(offset));
            self.body.words.push(said, start, start + said.len());
            self.body.markup.push(said, start, start + said.len());
            offset += line.len();
        }
    }

    /// Reads what stands between the last event and this offset.
    fn close_gap(&mut self, end: usize) {
        let gap = std::mem::replace(&mut self.gap, Gap::Marks);
        let Some(between) = self
            .excerpt
            .text
            .get(self.cursor..end)
            .filter(|between| !between.is_empty())
        else {
            return;
        };
        let start = self.cursor;
        self.cursor = end;
        let hides_words = match gap {
            Gap::Destination => return,
            Gap::Marks => between.chars().any(char::is_alphanumeric),
            Gap::Item => {
                between
                    .chars()
                    .filter(|character| character.is_alphanumeric())
                    .count()
                    > 9
            }
            Gap::Fence => between.trim().contains('\n'),
        };
        if hides_words {
            self.body.words.end_block();
            self.words(between, start..end);
            self.body.words.end_block();
        }
        let marks = fold_marks(between);
        if !marks.is_empty() {
            let (from, to) = (self.excerpt.origin(start), self.excerpt.origin(end));
            self.body.markup.push(&marks, from, to);
        }
    }

    fn skip_definitions(&mut self, definitions: &[(Range<usize>, String, String)], end: usize) {
        let from = definitions.partition_point(|(range, ..)| range.start < self.cursor);
        for (range, ..) in definitions[from..]
            .iter()
            .take_while(|(range, ..)| range.end <= end)
        {
            self.close_gap(range.start);
            self.cursor = self.cursor.max(range.end);
        }
    }

    fn text(&mut self, said: &str, range: Range<usize>) {
        self.words(said, range.clone());
        // As written: `&amp;` and `&` say the same in other markup.
        let start = self.excerpt.origin(range.start);
        self.body
            .markup
            .push_words(&self.excerpt.text[range], start);
    }

    fn words(&mut self, said: &str, range: Range<usize>) {
        let (start, end) = (
            self.excerpt.origin(range.start),
            self.excerpt.origin(range.end),
        );
        self.body.words.push_said(said, start, end);
    }

    fn sign(&mut self, name: &str, at: usize) {
        let at = self.excerpt.origin(at);
        self.body.markup.push_sign(name, at);
    }
}

impl Excerpt {
    fn of(text: &Text) -> Self {
        let whole = text.source.text();
        let mut excerpt = Self {
            text: String::with_capacity(whole.len()),
            kept: Vec::new(),
        };
        let mut from = if whole.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        for region in &text.regions {
            excerpt.keep(whole, from..region.span.start());
            from = from.max(region.span.end());
        }
        excerpt.keep(whole, from..whole.len());
        excerpt
    }

    fn keep(&mut self, whole: &str, range: Range<usize>) {
        if let Some(kept) = whole.get(range.clone()).filter(|kept| !kept.is_empty()) {
            self.kept.push((self.text.len(), range.start));
            self.text.push_str(kept);
        }
    }

    /// The offset in the whole text of an offset in the excerpt.
    fn origin(&self, offset: usize) -> usize {
        let place = self.kept.partition_point(|&(start, _)| start <= offset);
        self.kept
            .get(place.saturating_sub(1))
            .map_or(offset, |&(start, origin)| origin + offset - start)
    }
}

/// Marks without blanks; quote marks are left out (the quote itself is an event, and re-wrapping moves them), and runs of
/// dashes count as one (table rules and underlines are padding).
fn fold_marks(between: &str) -> String {
    let mut marks = String::new();
    for character in between
        .chars()
        .filter(|character| !character.is_ascii_whitespace() && *character != '>')
    {
        if !(matches!(character, '-' | '=') && marks.ends_with(character)) {
            marks.push(character);
        }
    }
    marks
}

fn fold_label(label: &str) -> String {
    label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.contains(char::is_whitespace))
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Heading { level, .. } => ["h1", "h2", "h3", "h4", "h5", "h6"][*level as usize - 1],
        Tag::BlockQuote(_) => "quote",
        Tag::List(Some(_)) => "ordered list",
        Tag::List(None) => "list",
        Tag::Table(_) => "table",
        Tag::TableHead => "table head",
        Tag::TableRow => "table row",
        Tag::TableCell => "table cell",
        Tag::Emphasis => "emphasis",
        Tag::Strong => "strong",
        Tag::Strikethrough => "strikethrough",
        Tag::HtmlBlock => "html",
        _ => "block",
    }
}
