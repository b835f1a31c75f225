//! Parses YAML into a tree no larger than its text: an alias shares the node of its anchor. Tags and merge keys are
//! ignored. Does not depend on what the text is for.

use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser};

/// How deep collections may be nested.
const DEEPEST: usize = 64;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A scalar as written, without quotes.
    Scalar(String),
    List(Vec<Rc<Node>>),
    /// In the order of the text. Keys that are not scalars are left out.
    Map(Vec<(String, Rc<Node>)>),
}

impl Node {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.pairs()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_ref())
    }

    /// The keys and values of a map; none of anything else.
    pub(super) fn pairs(&self) -> &[(String, Rc<Node>)] {
        if let Self::Map(pairs) = self {
            pairs
        } else {
            &[]
        }
    }

    /// The values of a list; none of anything else.
    pub(super) fn items(&self) -> &[Rc<Node>] {
        if let Self::List(items) = self {
            items
        } else {
            &[]
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Scalar(text) = self {
            Some(text)
        } else {
            None
        }
    }
}

/// A collection that is not closed yet, and its anchor.
enum Open {
    List(Vec<Rc<Node>>, usize),
    /// With the key that waits for its value; a key that is not a scalar is empty.
    Map(Vec<(String, Rc<Node>)>, Option<String>, usize),
}

/// The first document of a text, or what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Rc<Node>, String> {
    let mut anchors: HashMap<usize, Rc<Node>> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        let (node, anchor) = match event {
            Event::Scalar(text, _, anchor, _) => (Rc::new(Node::Scalar(text.into_owned())), anchor),
            // An alias inside its own anchor would be a cycle.
            Event::Alias(anchor) => (
                anchors
                    .get(&anchor)
                    .cloned()
                    .ok_or("an alias is inside its own anchor")?,
                0,
            ),
            Event::SequenceStart(anchor, _) => {
                open.push(Open::List(Vec::new(), anchor));
                continue;
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open::Map(Vec::new(), None, anchor));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(items, anchor)) => (Rc::new(Node::List(items)), anchor),
                Some(Open::Map(pairs, _, anchor)) => (Rc::new(Node::Map(pairs)), anchor),
                None => continue,
            },
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Nothing => {
                continue;
            }
        };
        if open.len() > DEEPEST {
            return Err(format!("collections are nested more than {DEEPEST} deep"));
        }
        anchors.insert(anchor, Rc::clone(&node));
        match open.last_mut() {
            None => return Ok(node),
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Map(pairs, key, _)) => match key.take() {
                Some(key) => pairs.push((key, node)),
                None => *key = Some(node.text().unwrap_or_default().to_owned()),
            },
        }
    }
    Ok(Rc::new(Node::Scalar(String::new())))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn a_text_becomes_a_tree_and_an_alias_shares() {
        let read = parse("a: &one [x, 'y', {k: 0}]\nb: *one\n? [odd]\n: z\nc: |\n  two\n  lines\n")
            .unwrap();
        assert_eq!(read.get("a").unwrap().items()[1].text(), Some("y"));
        assert_eq!(read.get("b"), read.get("a"));
        assert_eq!(
            read.get("a").unwrap().items()[2].get("k").unwrap().text(),
            Some("0")
        );
        assert_eq!(read.get("c").unwrap().text(), Some("two\nlines\n"));
        assert_eq!(parse("").unwrap().text(), Some(""));
    }

    /// Eight levels of nine are forty million values, and nine nodes.
    #[test]
    fn what_names_itself_over_and_over_stays_small() {
        let mut text = "a0: &a0 x\n".to_owned();
        for level in 1..9 {
            let inner = format!("*a{}, ", level - 1).repeat(9);
            let _ = writeln!(text, "a{level}: &a{level} [{inner}]");
        }
        assert_eq!(parse(&text).unwrap().pairs().len(), 9);
    }

    #[test]
    fn what_is_no_yaml_or_too_deep_is_an_error() {
        for text in [
            "a: [",
            "a: 'b",
            "a: *nothing",
            "a: &a [*a]",
            &"[".repeat(10_000),
            &"- ".repeat(10_000),
        ] {
            assert!(parse(text).is_err(), "{}", &text[..text.len().min(20)]);
        }
    }
}
