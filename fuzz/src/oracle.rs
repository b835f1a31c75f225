//! Whether two versions of a document differ in more than blanks, told without graven: by their letters and by what a
//! reader of the rendered text sees.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// True when they surely say something else. What only Markdown tells apart (the length of a rule, the sign in front of a
/// quoted line, blank lines in a list) is left aside.
pub(crate) fn differs(before: &str, after: &str) -> bool {
    letters(before) != letters(after) || seen(before) != seen(after)
}

/// True for words that relate documents: a line of them may be added to one that is frozen.
pub(crate) fn relates(said: &str) -> bool {
    const VERBS: [&str; 12] = [
        "supersed",
        "superced",
        "replace",
        "obsolet",
        "moved to",
        "amend",
        "update",
        "complement",
        "clarif",
        "extend",
        "relate",
        "see also",
    ];
    let said = said.to_lowercase();
    VERBS.iter().any(|verb| said.contains(verb))
}

/// Everything but blanks and what draws lines.
fn letters(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.chars()
        .filter(|sign| !sign.is_ascii_whitespace() && !matches!(sign, '-' | '=' | '>'))
        .collect()
}

/// The words that a reader sees, code and HTML as they stand, and the blocks that they stand in.
fn seen(text: &str) -> Vec<String> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Blanks in front of a field mean nothing here; to Markdown they make code of it.
    let end = text
        .strip_prefix("---\n")
        .and_then(|rest| Some(rest.find("\n---\n")? + 8))
        .unwrap_or(0);
    let (front_matter, text) = text.split_at(end);
    let mut seen = format!("{front_matter} ");
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                seen.push_str(&text);
            }
            // Inside a word they change nothing of it.
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. },
            )
            | Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => {}
            Event::Start(Tag::Heading { level, .. }) => {
                seen.extend([" <", &level.to_string(), "> "]);
            }
            Event::Start(Tag::BlockQuote(_)) => seen.push_str(" <quote> "),
            Event::Start(Tag::CodeBlock(_)) => seen.push_str(" <code> "),
            Event::Start(Tag::Item) => seen.push_str(" <item> "),
            Event::Start(Tag::TableCell) => seen.push_str(" <cell> "),
            Event::Rule => seen.push_str(" <rule> "),
            Event::TaskListMarker(done) => {
                seen.push_str(if done { " <done> " } else { " <open> " });
            }
            _ => seen.push(' '),
        }
    }
    seen.split_ascii_whitespace().map(str::to_owned).collect()
}
