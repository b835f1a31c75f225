//! What a name means in one file: pytest and its parts under whatever name they were imported, and marks kept in a
//! variable. It must not know where a mark counts.

use std::collections::BTreeMap;

use tree_sitter::Node;

use crate::text::Spanned;

/// Something of pytest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The module itself.
    Pytest,
    /// `pytest.mark`
    Mark,
    /// `pytest.mark.spec`
    Spec,
    /// `pytest.param`
    Param,
}

/// What a name means.
#[derive(Debug, Clone)]
enum Meaning {
    Part(Part),
    /// Marks with what they cite.
    Marks(Vec<Spanned<String>>),
}

/// The names of one file, at the place that a walk in the order of the text has reached.
#[derive(Debug)]
pub(super) struct Names<'t> {
    text: &'t str,
    known: BTreeMap<&'t str, Meaning>,
}

impl<'t> Names<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // Also where nothing imports it: the file may be broken just there.
        Self {
            text,
            known: BTreeMap::from([("pytest", Meaning::Part(Part::Pytest))]),
        }
    }

    pub(super) fn slice(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// `import pytest as pt`
    pub(super) fn import(&mut self, statement: Node<'_>) {
        for (name, known_as) in self.imported(statement) {
            if name == "pytest" {
                self.known.insert(known_as, Meaning::Part(Part::Pytest));
            }
        }
    }

    /// `from pytest import mark as m, param`
    pub(super) fn import_from(&mut self, statement: Node<'_>) {
        if statement
            .child_by_field_name("module_name")
            .map(|module| self.slice(module))
            != Some("pytest")
        {
            return;
        }
        for (name, known_as) in self.imported(statement) {
            match name {
                "mark" => _ = self.known.insert(known_as, Meaning::Part(Part::Mark)),
                "param" => _ = self.known.insert(known_as, Meaning::Part(Part::Param)),
                _ => {}
            }
        }
    }

    /// What a statement imports, and under which names.
    fn imported(&self, statement: Node<'_>) -> Vec<(&'t str, &'t str)> {
        let mut cursor = statement.walk();
        let name = |node: Node<'_>| match node.kind() {
            "aliased_import" => {
                let name = self.slice(node.child_by_field_name("name")?);
                Some((name, self.slice(node.child_by_field_name("alias")?)))
            }
            _ => Some((self.slice(node), self.slice(node))),
        };
        statement
            .children_by_field_name("name", &mut cursor)
            .filter_map(name)
            .collect()
    }

    /// The part of pytest that an expression names.
    pub(super) fn part(&self, expression: Node<'_>) -> Option<Part> {
        /// `pytest.mark.spec` has two dots.
        const DOTS: usize = 2;
        let mut attributes = Vec::new();
        let mut node = expression;
        while node.kind() == "attribute" && attributes.len() < DOTS {
            attributes.push(self.slice(node.child_by_field_name("attribute")?));
            node = node.child_by_field_name("object")?;
        }
        let mut part = match self
            .known
            .get(self.slice(node))
            .filter(|_| node.kind() == "identifier")?
        {
            Meaning::Part(part) => *part,
            Meaning::Marks(_) => return None,
        };
        for attribute in attributes.iter().rev() {
            part = match (part, *attribute) {
                (Part::Pytest, "mark") => Part::Mark,
                (Part::Pytest, "param") => Part::Param,
                (Part::Mark, "spec") => Part::Spec,
                _ => return None,
            };
        }
        Some(part)
    }

    /// What the marks of a variable cite.
    pub(super) fn marks(&self, name: Node<'_>) -> Option<&[Spanned<String>]> {
        match self.known.get(self.slice(name))? {
            Meaning::Marks(marks) => Some(marks),
            Meaning::Part(_) => None,
        }
    }

    /// A name is given a part of pytest.
    pub(super) fn set_part(&mut self, name: Node<'_>, part: Part) {
        self.known.insert(self.slice(name), Meaning::Part(part));
    }

    /// A name is given marks; without any it means something else from now on.
    pub(super) fn set_marks(&mut self, name: Node<'_>, marks: Vec<Spanned<String>>) {
        if marks.is_empty() {
            self.known.remove(self.slice(name));
        } else {
            self.known.insert(self.slice(name), Meaning::Marks(marks));
        }
    }
}
