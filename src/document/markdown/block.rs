//! A block of Markdown: what it is, where it stands, and its words.

use std::ops::Range;

use crate::document::inline::Inline;

/// Which part of the document a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Before the first heading of level 2 or deeper, and before a second one of level 1.
    Header,
    /// Below a heading that announces the status.
    Status,
    /// Anywhere else.
    Body,
}

/// What a block is.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A heading at document level, and its level.
    Heading(u8),
    /// A paragraph at document level.
    Paragraph,
    /// Words of a list item.
    Item,
    /// A paragraph inside a block quote.
    Quote,
    /// A block of HTML, raw.
    Html,
    /// A comment among words, raw.
    Comment,
    /// A table, row by row; the first row is its head.
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug)]
pub(crate) struct Row {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Its cells.
    pub(crate) cells: Vec<Inline>,
}

/// One block.
#[derive(Debug)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) shape: Shape,
    /// The part of the document it stands in; `Header` until a reader says otherwise.
    pub(crate) zone: Zone,
    /// Where it stands in the source.
    pub(crate) range: Range<usize>,
    /// Its words; none for HTML and tables.
    pub(crate) words: Inline,
    /// True for a paragraph that directly follows a heading.
    pub(crate) leads: bool,
    /// True for a list item with an empty box.
    pub(crate) unchecked: bool,
    /// The whole of the list item whose first words these are.
    pub(crate) item: Option<Range<usize>>,
}

impl Block {
    pub(super) fn new(shape: Shape, range: Range<usize>) -> Self {
        Self {
            shape,
            zone: Zone::Header,
            range,
            words: Inline::default(),
            leads: false,
            unchecked: false,
            item: None,
        }
    }
}
