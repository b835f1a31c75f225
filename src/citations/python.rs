//! The marks of pytest in a Python file, from a real parse: nothing in a comment, a docstring or another string counts.
//! Marks that cannot be evaluated without running the file are noted. It must not know what an ID looks like.

use std::cell::Cell;
use std::ops::ControlFlow;

use bstr::ByteSlice;
use tree_sitter::{Node, ParseOptions, ParseState, Parser, Point, Tree};

use super::Note;
use crate::text::{Source, Span, Spanned};

use marks::Marks;

mod literal;
mod marks;
mod names;
#[cfg(test)]
mod tests;

/// What a file cites.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What the marks name, whatever it is, in the order of the text.
    pub(super) cited: Vec<Spanned<String>>,
    /// Marks that cannot be read, in the order of the text.
    pub(super) notes: Vec<Note>,
    /// Where the parse failed first.
    pub(super) broken: Option<Span>,
}

/// Reads the marks of a file.
pub(super) fn read(source: &Source) -> Reading {
    let Some(tree) = parse(source.text()) else {
        let start = source.span(0..0);
        return Reading {
            broken: Some(start),
            ..Reading::default()
        };
    };
    let broken = first_error(&tree);
    let mut marks = Marks::new(source, broken.is_some());
    walk(&tree, &mut marks);
    let mut reading = marks.finish();
    reading.broken = broken.map(|node| source.span(node.start_byte()..node.end_byte()));
    reading
}

/// Bytes that are handed to the parser at once.
const PIECE: usize = 2_048;

/// Bytes that the parser may look at, all looks together: so many, and so many times the length of the text. A text that
/// makes it look again and again is not worth the time.
const LOOKS: usize = 32;
const LOOKED_AT: usize = 32 << 20;

/// Hundreds of operations that the parser may do: so many, and one for so many bytes. Ordinary code takes one for two
/// hundred bytes.
const WORK: usize = 8_000;
const BYTES: usize = 40;

/// Parses a file; `None` when that takes more work than a text of its length can need. What was done is counted and not
/// timed, so the same text has the same answer.
fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_python::LANGUAGE.into())
        .ok()?;
    let text = without_comments(text);
    let looks = Cell::new(LOOKED_AT + LOOKS * text.len());
    let operations = Cell::new(WORK + text.len() / BYTES);
    let spend = |budget: &Cell<usize>, cost: usize| {
        let left = budget.get().checked_sub(cost);
        budget.set(left.unwrap_or(0));
        left.is_some()
    };
    let mut read = |at: usize, _: Point| {
        let piece = text.get(at..text.len().min(at + PIECE)).unwrap_or_default();
        if spend(&looks, piece.len()) {
            piece
        } else {
            &[]
        }
    };
    let mut progress = |_: &ParseState| {
        let goes_on = looks.get() > 0 && spend(&operations, 1);
        if goes_on {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let tree = parser.parse_with_options(&mut read, None, Some(options));
    // Where the looks ran out, the parser took that for the end of the text.
    tree.filter(|_| looks.get() > 0)
}

/// The text with blanks for comments that have a line of their own. The parser reads all comments of a row anew for each
/// of them, and long rows are common. A line that holds a quote may be the end of a string, and is left.
fn without_comments(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for line in bytes.split_mut(|&byte| byte == b'\n') {
        let written = line.trim_ascii();
        if written.starts_with(b"#")
            && !written.ends_with(b"\\")
            && written.find_byteset(b"'\"`").is_none()
        {
            line.iter_mut()
                .filter(|byte| **byte != b'\r')
                .for_each(|byte| *byte = b' ');
        }
    }
    bytes
}

/// Shows every node on the way down and on the way up. A cursor and no recursion: a text may nest as deep as it likes.
fn walk(tree: &Tree, marks: &mut Marks<'_>) {
    let mut cursor = tree.walk();
    loop {
        marks.enter(cursor.node());
        if cursor.goto_first_child() {
            continue;
        }
        loop {
            marks.leave(cursor.node());
            if cursor.goto_next_sibling() {
                break;
            }
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

/// The first place that does not parse: the innermost of the nodes that begin there.
fn first_error(tree: &Tree) -> Option<Node<'_>> {
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() {
            return Some(node);
        }
        if node.has_error() && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return None;
            }
        }
    }
}
