//! Whether a section still means what it meant. Does not depend on which ID it stands under, nor what is allowed.

use std::borrow::Cow;

use super::normalize;
use crate::change::snapshot::Declared;
use crate::policy::Similarity;
use crate::text::Span;
use crate::text::similarity::Words;

/// What became of the meaning of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It stands; the body may have grown or been rewritten.
    Kept,
    /// The title (or the requirement that stands in place of one) is worded otherwise.
    Reworded,
    /// The title (or the requirement) is another one, and so is the body.
    Replaced,
    /// A sentence demands the opposite in the same words: where it stood, where it stands.
    Inverted(Span, Span),
    /// A number or a quoted name was exchanged in a binding sentence that is otherwise the same.
    Altered(Span, Span),
}

/// The words of one section, counted once.
#[derive(Debug)]
pub(super) struct Face {
    /// Its title, or where the form has none the requirement: the first paragraph of the quote at the head of its body,
    /// else the whole body.
    pub(super) title: Words,
    /// Where the form has no title, the whole of that quote, for when a paragraph was broken in two or joined.
    quote: Words,
    /// True when `title` is a title that was written as one.
    pub(super) titled: bool,
    /// Its body.
    pub(super) body: Words,
}

/// Bodies of fewer words than this say too little to be known again by them: `TBD`, `See above`.
const TELLING_WORDS: usize = 4;

impl Face {
    pub(super) fn of(declared: &Declared) -> Self {
        let body = own_words(declared);
        let body = body.as_ref();
        let titled = !declared.section.title.trim().is_empty();
        let (first, quote) = requirement(body);
        let (title, quote) = if titled {
            (declared.section.title.as_str(), "")
        } else {
            (first, quote)
        };
        Self {
            title: Words::of(title),
            quote: Words::of(quote),
            titled,
            body: Words::of(body),
        }
    }

    /// True when both bodies say enough, and the same in the same words.
    pub(super) fn same_body(&self, other: &Self) -> bool {
        self.is_telling() && self.body.reads_like(&other.body)
    }

    /// True when both bodies say enough, and much the same.
    pub(super) fn like_body(&self, other: &Self, least: f64) -> bool {
        self.is_telling() && other.is_telling() && self.body.alike_at_least(&other.body, least)
    }

    /// True when it can be told from others by its words.
    pub(super) fn is_telling(&self) -> bool {
        self.body.count() >= TELLING_WORDS
    }

    /// True when both are one section, perhaps reworded.
    pub(super) fn is_still(&self, other: &Self, similarity: Similarity) -> bool {
        match (self.titled, other.titled) {
            (true, true) => {
                self.title.alike(&other.title) >= similarity.title
                    || self.like_body(other, similarity.body)
            }
            (false, false) => {
                self.title
                    .alike(&other.title)
                    .max(self.quote.alike(&other.quote))
                    >= similarity.title
            }
            // A title was added or dropped: the body decides.
            _ => self.body.alike(&other.body) >= similarity.body,
        }
    }
}

/// Compares two versions of a section.
pub(super) fn compare(before: &Declared, after: &Declared, similarity: Similarity) -> Meaning {
    // A tombstone means nothing any more.
    if before.section.mark.is_some() {
        Meaning::Kept
    } else {
        told_apart(before, after, similarity)
    }
}

/// Compares a section whose ID is new with what the ID once stood for, which a tombstone may still say; `None` where it
/// says nothing.
pub(super) fn recall(
    earlier: &Declared,
    now: &Declared,
    similarity: Similarity,
) -> Option<Meaning> {
    let was = Face::of(earlier);
    let is_silent = was.title.is_empty() && was.body.is_empty();
    let says = earlier.section.mark.is_none() || !is_silent || now.section.mark.is_some();
    says.then(|| told_apart(earlier, now, similarity))
}

fn told_apart(before: &Declared, after: &Declared, similarity: Similarity) -> Meaning {
    if after.section.mark.is_some() || before.whole() == after.whole() {
        return Meaning::Kept;
    }
    let (was, is) = (Face::of(before), Face::of(after));
    let emptied = !was.titled && !is.titled && is.body.is_empty();
    if emptied || was.title.is_empty() && was.body.is_empty() {
        return Meaning::Kept;
    }
    if !was.is_still(&is, similarity) {
        return Meaning::Replaced;
    }
    if let Some(turned) = turned(before, after) {
        return turned;
    }
    let same = match (was.titled, is.titled) {
        (true, true) => was.title.reads_like(&is.title),
        (false, false) => was.title.reads_like(&is.title) || was.quote.reads_like(&is.quote),
        // A title that is added rewords nothing.
        (was_titled, _) => !was_titled,
    };
    if same {
        Meaning::Kept
    } else {
        Meaning::Reworded
    }
}

/// Looks at what title and body demand.
fn turned(before: &Declared, after: &Declared) -> Option<Meaning> {
    let title = normalize::inverted(&before.section.title, &after.section.title);
    if title.is_some() {
        return Some(Meaning::Inverted(
            before.section.declared,
            after.section.declared,
        ));
    }
    let place = |declared: &Declared, range: std::ops::Range<usize>| {
        let start = declared.section.body.start();
        let source = &declared.document.text()?.source;
        Some(source.span(start + range.start..start + range.end))
    };
    let (was, is) = (before.body(), after.body());
    if let Some((from, to)) = normalize::inverted(was, is) {
        return Some(Meaning::Inverted(place(before, from)?, place(after, to)?));
    }
    let (from, to) = normalize::altered(was, is)?;
    Some(Meaning::Altered(place(before, from)?, place(after, to)?))
}

/// The body, without the ID where the whole row of a table is body and declaration in one.
fn own_words(declared: &Declared) -> Cow<'_, str> {
    let (body, section) = (declared.body(), &declared.section);
    if section.body == section.declared {
        Cow::Owned(body.replacen(&section.id, "", 1))
    } else {
        Cow::Borrowed(body)
    }
}

/// The first paragraph of the quote at the head of a body and the whole quote, else twice the whole body.
fn requirement(body: &str) -> (&str, &str) {
    let start = body.len() - body.trim_start().len();
    let rest = &body[start..];
    let quoted = |line: &str| line.trim_start().starts_with('>');
    let said = |line: &str| quoted(line) && line.trim().len() > 1;
    let length = |within: &dyn Fn(&str) -> bool| -> usize {
        rest.split_inclusive('\n')
            .take_while(|line| within(line))
            .map(str::len)
            .sum()
    };
    match length(&said) {
        0 => (body, body),
        first => (&rest[..first], &rest[..length(&quoted)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requirement_of_an_untitled_section_is_the_quote_at_its_head() {
        let quoted = "> It **MUST** go.\n> Now.\n";
        assert_eq!(
            requirement(&format!("\n{quoted}\nProse.\n")),
            (quoted, quoted)
        );
        let nested = format!("{quoted}>\n> #### Condition 1.2\n");
        assert_eq!(
            requirement(&format!("{nested}\nProse.\n")),
            (quoted, nested.as_str())
        );
        assert_eq!(requirement("\nProse.\n"), ("\nProse.\n", "\nProse.\n"));
    }
}
