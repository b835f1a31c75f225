//! Where a status value stands in its text, and what belongs to it there: its markup, the rest of its line. It must not
//! know what is to stand there instead.

use std::ops::Range;

use crate::document::Text;
use crate::text::{Source, Span};

/// The surroundings of a status value, in the ways that projects write one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A key of the front matter.
    FrontMatter,
    /// A key of an HTML comment.
    Comment,
    /// A cell of a table.
    Row,
    /// A heading that is itself a field: `## Status: Accepted`.
    Heading,
    /// A line with a key: `* Status: accepted`, `**Status:** accepted`, `Status: accepted`.
    Field,
    /// Words below a heading or a label.
    Section,
}

/// The place of one status value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StatusSite {
    pub(super) form: Form,
    /// The words that say the status.
    pub(super) words: Range<usize>,
    /// The words with the markup that is theirs alone: a link, an image, code, a symbol in front.
    pub(super) value: Range<usize>,
    /// What follows on the line and says more; empty when nothing does.
    pub(super) tail: Range<usize>,
    /// The line, without its end.
    pub(super) line: Range<usize>,
}

/// Signs that close what was opened in front of a value and say nothing.
const CLOSERS: [char; 10] = ['*', '_', '~', '"', '\'', '`', '.', '}', ')', ']'];

impl StatusSite {
    /// Finds what surrounds the words of a status.
    pub(super) fn of(text: &Text, span: Span) -> Self {
        let source = text.source.text();
        let line = text.source.line_at(span.start()).range();
        let words = span.start()..span.end().min(line.end).max(span.start());
        let form = form_at(text, &words, &line);
        let value = grown(source, &words, &line);
        let end = value.end.max(words.end);
        let rest = &source[end..line.end.max(end)];
        let said = &rest[..tail_length(form, rest)];
        let bare =
            said.trim_end_matches(|next: char| next.is_whitespace() || CLOSERS.contains(&next));
        // A bracket that the tail opens it also closes.
        let tail = if bare.chars().any(char::is_alphanumeric) {
            end..end + closed(said, bare.len())
        } else {
            end..end
        };
        Self {
            form,
            words,
            value,
            tail,
            line,
        }
    }
}

/// How much of a tail belongs to it, when `bare` bytes of it say something: brackets opened there are closed there.
fn closed(said: &str, bare: usize) -> usize {
    let mut length = bare;
    for (open, close) in [('(', ')'), ('[', ']')] {
        let count = |sign: char| said[..length].matches(sign).count();
        if count(open) > count(close) && said[length..].starts_with(close) {
            length += 1;
        }
    }
    length
}

fn form_at(text: &Text, words: &Range<usize>, line: &Range<usize>) -> Form {
    let source = text.source.text();
    if front_matter(&text.source).is_some_and(|front| front.contains(&words.start)) {
        return Form::FrontMatter;
    }
    let before = &source[..words.start];
    if before
        .rfind("<!--")
        .is_some_and(|open| before.rfind("-->").is_none_or(|close| close < open))
    {
        return Form::Comment;
    }
    let lead = source[line.start..words.start].trim_start();
    if lead.starts_with('#') {
        return Form::Heading;
    }
    let keyed = lead.contains([':', '：']);
    if lead.starts_with('|') || lead.contains('|') && !keyed {
        return Form::Row;
    }
    if keyed { Form::Field } else { Form::Section }
}

/// The value with the link, image or code that holds nothing else, and the symbols in front of it.
fn grown(source: &str, words: &Range<usize>, line: &Range<usize>) -> Range<usize> {
    let (before, after) = (
        &source[line.start..words.start],
        &source[words.end..line.end.max(words.end)],
    );
    if before.ends_with('`') && after.starts_with('`') {
        return words.start - 1..words.end + 1;
    }
    if before.ends_with('[')
        && let Some(length) = after.strip_prefix(']').and_then(destination)
    {
        let open = if before.ends_with("![") { 2 } else { 1 };
        return words.start - open..words.end + 1 + length;
    }
    // Inside an image: its text or its address.
    if let Some(open) = before.rfind("![")
        && let Some(middle) = source[line.start + open..line.end].find("](")
        && let Some(length) = destination(&source[line.start + open + middle + 1..line.end])
    {
        let image = line.start + open..line.start + open + middle + 1 + length;
        if image.contains(&words.start) {
            return image;
        }
    }
    let symbols = before.trim_end_matches(|next: char| next == ' ' || is_symbol(next));
    let symbols = without_code(symbols);
    if before.len() > symbols.len() && before[symbols.len()..].contains(|next| next != ' ') {
        let gap = before[symbols.len()..].len() - before[symbols.len()..].trim_start().len();
        return line.start + symbols.len() + gap..words.end;
    }
    words.clone()
}

fn is_symbol(next: char) -> bool {
    !next.is_ascii()
        && !next.is_alphanumeric()
        && !matches!(next, '：' | '·' | '•' | '—' | '–' | '\u{feff}')
}

/// Words without a `:short_code:` at their end.
fn without_code(words: &str) -> &str {
    let Some(inner) = words.trim_end().strip_suffix(':') else {
        return words;
    };
    let name = |next: char| next.is_ascii_alphanumeric() || matches!(next, '_' | '+' | '-');
    let bare = inner.trim_end_matches(name);
    match bare.strip_suffix(':') {
        Some(rest) if bare.len() < inner.len() => rest,
        _ => words,
    }
}

/// The length of the destination in brackets that a text begins with.
fn destination(text: &str) -> Option<usize> {
    let (mut depth, mut length) = (0, 0);
    if !text.starts_with('(') {
        return None;
    }
    for next in text.chars() {
        length += next.len_utf8();
        depth += i32::from(next == '(') - i32::from(next == ')');
        if depth == 0 {
            return Some(length);
        }
    }
    None
}

/// How far the rest of a line still belongs to the value.
fn tail_length(form: Form, rest: &str) -> usize {
    let until = |stops: &[&str]| {
        stops
            .iter()
            .filter_map(|stop| rest.find(stop))
            .min()
            .unwrap_or(rest.len())
    };
    match form {
        Form::FrontMatter => until(&[" #", "\t#", "\"", "'"]),
        Form::Comment => until(&[";", "-->"]),
        Form::Row => until(&["|"]),
        Form::Field => until(&["·", "|", "•", "<!--"]),
        Form::Heading | Form::Section => until(&["<!--"]),
    }
}

/// The front matter of a text, from its first byte to behind its closing line.
pub(super) fn front_matter(source: &Source) -> Option<Range<usize>> {
    let text = source.text();
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = text.len() - bare.len();
    for (index, line) in bare.split_inclusive('\n').enumerate() {
        let fence = line.trim_end() == "---";
        if index == 0 && !fence {
            return None;
        }
        at += line.len();
        if index > 0 && fence {
            return Some(0..at);
        }
    }
    None
}

/// The line end that a text uses at a place, or where it has none there, anywhere.
pub(super) fn line_end(text: &str, at: usize) -> &'static str {
    let next = text
        .get(at..)
        .and_then(|rest| rest.find('\n'))
        .map(|end| at + end);
    match next.or_else(|| text.find('\n')) {
        Some(end) if text[..end].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
