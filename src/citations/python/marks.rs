//! Which marks of a file count: those on functions and classes, in `pytestmark`, and in the `marks` of `pytest.param`. It
//! must not know how the tree was walked.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::names::{Names, Part};
use super::{Reading, literal};
use crate::citations::Note;
use crate::text::{Source, Spanned};

/// Assignments in a row (`a = b = …`), and expressions within one another, that are looked through.
const NESTED: usize = 32;

/// Marks that a variable holds at most, and citations by way of variables that a file has at most. Beyond them they are
/// left out: lists of lists of variables grow without bounds, and do not occur.
const HELD: usize = 64;
const BORROWED: usize = 10_000;

/// Collects the marks of a file while a walk shows its nodes.
pub(super) struct Marks<'s> {
    source: &'s Source,
    names: Names<'s>,
    reading: Reading,
    /// Where a mark begins that was read or noted.
    seen: BTreeSet<usize>,
    /// Functions around the node that the walk has reached.
    functions: usize,
    /// True when some of the file does not parse, so that the function of a mark may have been lost.
    is_broken: bool,
    /// Citations so far by way of variables.
    borrowed: usize,
}

impl<'s> Marks<'s> {
    pub(super) fn new(source: &'s Source, is_broken: bool) -> Self {
        let names = Names::new(source.text());
        let reading = Reading::default();
        Self {
            source,
            names,
            reading,
            seen: BTreeSet::new(),
            functions: 0,
            is_broken,
            borrowed: 0,
        }
    }

    /// Looks at a node on the way down.
    pub(super) fn enter(&mut self, node: Node<'_>) {
        match node.kind() {
            "function_definition" | "lambda" => self.functions += 1,
            "import_statement" => self.names.import(node),
            "import_from_statement" => self.names.import_from(node),
            "decorator" => {
                if let Some(expression) = first_named(node) {
                    let found = self.read(expression);
                    self.reading.cited.extend(found);
                }
            }
            "assignment" | "augmented_assignment" => self.assign(node, "left", "right"),
            "named_expression" => self.assign(node, "name", "value"),
            "call" => self.call(node),
            _ => {}
        }
    }

    /// Looks at a node on the way up.
    pub(super) fn leave(&mut self, node: Node<'_>) {
        if matches!(node.kind(), "function_definition" | "lambda") {
            self.functions = self.functions.saturating_sub(1);
        }
    }

    /// What was found.
    pub(super) fn finish(mut self) -> Reading {
        self.reading.cited.sort_by_key(|cited| cited.span);
        self.reading.notes.sort_by_key(|note| note.span);
        self.reading
    }

    fn assign(&mut self, node: Node<'_>, target: &str, value: &str) {
        let Some(name) = node
            .child_by_field_name(target)
            .filter(|name| name.kind() == "identifier")
        else {
            return;
        };
        let Some(mut value) = node.child_by_field_name(value) else {
            return;
        };
        for _ in 0..NESTED {
            match value
                .child_by_field_name("right")
                .filter(|_| value.kind() == "assignment")
            {
                Some(inner) => value = inner,
                None => break,
            }
        }
        let is_pytestmark = self.names.slice(name) == "pytestmark";
        if self.functions > 0 {
            // A variable of a function: pytest never sees it.
            return;
        }
        if is_pytestmark {
            let found = self.read(value);
            self.reading.cited.extend(found);
        } else if let Some(part) = self.names.part(value) {
            self.names.set_part(name, part);
        } else if node.kind() != "augmented_assignment" {
            let mut found = self.read(value);
            found.truncate(HELD);
            self.names.set_marks(name, found);
        }
    }

    fn call(&mut self, node: Node<'_>) {
        let Some(function) = node.child_by_field_name("function") else {
            return;
        };
        match self.names.part(function) {
            Some(Part::Param) => {
                if let Some(marks) = self.keyword(node, "marks") {
                    let found = self.read(marks);
                    self.reading.cited.extend(found);
                }
            }
            Some(Part::Spec) if !self.seen.contains(&node.start_byte()) => {
                if self.is_broken {
                    let found = self.read(node);
                    self.reading.cited.extend(found);
                } else {
                    self.note(node, "the mark is not on a test");
                }
            }
            _ => {}
        }
    }

    fn keyword<'t>(&self, call: Node<'t>, name: &str) -> Option<Node<'t>> {
        let arguments = call.child_by_field_name("arguments")?;
        let mut cursor = arguments.walk();
        let named = |argument: &Node<'t>| {
            let written = argument
                .child_by_field_name("name")
                .map(|name| self.names.slice(name));
            argument.kind() == "keyword_argument" && written == Some(name)
        };
        arguments
            .named_children(&mut cursor)
            .find(named)?
            .child_by_field_name("value")
    }

    /// What the marks of an expression cite: one mark, or a list of them.
    fn read(&mut self, expression: Node<'_>) -> Vec<Spanned<String>> {
        let mut found = Vec::new();
        let mut open = vec![(expression, 0)];
        while let Some((node, depth)) = open.pop() {
            match node.kind() {
                "call" => {
                    let function = node.child_by_field_name("function");
                    if function.and_then(|function| self.names.part(function)) == Some(Part::Spec) {
                        self.seen.insert(node.start_byte());
                        self.arguments(node, &mut found);
                    }
                }
                "identifier" => {
                    let span = self.source.span(node.byte_range());
                    let marks = self
                        .names
                        .marks(node)
                        .filter(|_| self.borrowed < BORROWED)
                        .unwrap_or_default();
                    self.borrowed += marks.len();
                    found.extend(marks.iter().map(|cited| Spanned {
                        value: cited.value.clone(),
                        span,
                    }));
                }
                "attribute" if self.names.part(node) == Some(Part::Spec) => {
                    self.note(node, "no section named");
                }
                "list"
                | "tuple"
                | "set"
                | "expression_list"
                | "list_splat"
                | "parenthesized_expression"
                | "binary_operator"
                | "named_expression"
                    if depth < NESTED =>
                {
                    let mut cursor = node.walk();
                    let from = open.len();
                    open.extend(
                        node.named_children(&mut cursor)
                            .map(|child| (child, depth + 1)),
                    );
                    // The last one pushed is the first one read.
                    open[from..].reverse();
                }
                _ => {}
            }
        }
        found
    }

    /// What the arguments of one mark name.
    fn arguments(&mut self, call: Node<'_>, found: &mut Vec<Spanned<String>>) {
        let Some(arguments) = call.child_by_field_name("arguments") else {
            return;
        };
        if arguments.kind() != "argument_list" {
            return self.note(arguments, "not a string literal");
        }
        let mut cursor = arguments.walk();
        let mut is_empty = true;
        for argument in arguments
            .named_children(&mut cursor)
            .filter(|argument| argument.kind() != "comment")
        {
            is_empty = false;
            let mut value = argument;
            for _ in 0..NESTED {
                match first_named(value).filter(|_| value.kind() == "parenthesized_expression") {
                    Some(inner) => value = inner,
                    None => break,
                }
            }
            let why = match value.kind() {
                "string" => match literal::read(value, self.source.text()) {
                    Ok(said) => {
                        let span = self.source.span(value.byte_range());
                        found.push(Spanned { value: said, span });
                        continue;
                    }
                    Err(why) => why,
                },
                "concatenated_string" => "concatenated strings are not read",
                "binary_operator" => "expressions are not evaluated",
                "keyword_argument" | "dictionary_splat" => "keyword arguments are not read",
                "list_splat" => "unpacked arguments are not evaluated",
                "identifier" | "attribute" | "subscript" => "variables are not evaluated",
                _ => "not a string literal",
            };
            self.note(argument, why);
        }
        if is_empty {
            self.note(call, "no section named");
        }
    }

    fn note(&mut self, node: Node<'_>, why: &'static str) {
        self.seen.insert(node.start_byte());
        self.reading.notes.push(Note {
            span: self.source.span(node.byte_range()),
            why,
        });
    }
}

fn first_named(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() != "comment")
}
