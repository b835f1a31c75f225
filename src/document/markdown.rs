//! Markdown for every reader: the parser's events in one dialect, and blocks with their words. Here the blocks of one
//! document fall into header, status sections and body. Does not depend on what a status or a relation is.

use std::ops::Range;

use blocks::Blocks;

pub(super) use block::{Block, Row, Shape, Zone};
pub(super) use blocks::Wants;

use super::field;

pub(crate) mod block;
pub(crate) mod blocks;
pub(crate) mod events;

/// What a document is read from.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Blocks in the order of the text.
    pub(super) blocks: Vec<Block>,
    /// Code blocks and HTML blocks, in the order of the text.
    pub(super) verbatim: Vec<Range<usize>>,
}

/// Walks over the Markdown that begins at `start` of a source. Of the body only what is wanted is kept.
pub(super) fn walk(source: &str, start: usize, wants: Wants) -> Outline {
    let mut blocks = Blocks::of(source, start, wants);
    let mut outline = Outline::default();
    // Whether a heading of level 1 was seen.
    let (mut zone, mut titled) = (Zone::Header, false);
    while let Some(mut block) = blocks.next() {
        match block.shape {
            Shape::Heading(level) => {
                if zone != Zone::Header || level > 1 || titled {
                    zone = Zone::Body;
                }
                titled |= level == 1;
                if level <= 3 && field::announces_status(&block.words.text) {
                    zone = Zone::Status;
                }
                blocks.wants.all = zone != Zone::Body;
            }
            Shape::Comment if zone != Zone::Header => continue,
            Shape::Table(_) if !blocks.at_document_level() => continue,
            _ => {}
        }
        block.zone = zone;
        outline.blocks.push(block);
    }
    outline.verbatim = blocks.verbatim;
    outline
}
