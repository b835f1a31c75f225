//! The Markdown parser and its one dialect. No other file names the parser, so no two readers can disagree about what a
//! text is. Does not depend on what any reader looks for.

use pulldown_cmark::{DefaultBrokenLinkCallback, Options, Parser};

pub(crate) use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

/// `CommonMark` with what GitHub and GitLab add to it and everybody writes. Not heading attributes: the braces of
/// `GET /users/{id}` would be one.
const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES);

/// Events with the stretch of the text that each came from.
pub(crate) type Events<'t> = pulldown_cmark::OffsetIter<'t, DefaultBrokenLinkCallback>;

/// The events of a text.
pub(crate) fn events(markdown: &str) -> Events<'_> {
    Parser::new_ext(markdown, DIALECT).into_offset_iter()
}
