//! Faults of a policy or waiver file, and where they are. Does not depend on what such a file means.

use std::sync::Arc;

use crate::report::{Help, Problem, Weight};
use crate::text::escape::Escaped;
use crate::text::{Source, Span};

pub use super::toml_places::Places;

/// At most this many faults of one file are kept.
pub(crate) const MOST: usize = 100;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the caller named it. Foreign text.
    pub path: String,
    /// What is wrong, in one line; foreign text in it is escaped.
    pub message: String,
    /// The text of the file.
    pub source: Arc<Source>,
    /// Where it is.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    /// The line and column, counted from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        self.source.position(self.span.start())
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let (line, column) = fault.position();
        let help = fault.help.map(|text| Help {
            text,
            command: None,
        });
        Self {
            weight: Weight::NotJudged,
            message: format!(
                "{}:{line}:{column}: {}",
                Escaped::new(&fault.path),
                fault.message
            ),
            help: help.into_iter().collect(),
        }
    }
}

/// Collects the faults of one file.
#[derive(Debug)]
pub(crate) struct Faults {
    path: String,
    source: Arc<Source>,
    places: Places,
    found: Vec<Fault>,
}

impl Faults {
    pub(crate) fn new(path: &str, source: Arc<Source>) -> Self {
        Self {
            path: path.to_owned(),
            source,
            places: Places::default(),
            found: Vec::new(),
        }
    }

    /// From now on faults can be named by their key.
    pub(crate) fn know(&mut self, places: Places) {
        self.places = places;
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// Adds a fault of a place.
    pub(crate) fn at(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        if !self.is_full() {
            let (path, source) = (self.path.clone(), Arc::clone(&self.source));
            self.found.push(Fault {
                path,
                message: message.into(),
                source,
                span,
                help,
            });
        }
    }

    /// Adds a fault of the value of a key, or of the nearest key around it that the file has.
    pub(crate) fn value(&mut self, key: &str, message: impl Into<String>, help: Option<String>) {
        let span = self
            .places
            .nearest_value(key)
            .unwrap_or_else(|| self.source.span(0..0));
        self.at(span, message, help);
    }

    /// Adds the fault that a key is missing, unless the file has it and a fault was added there.
    pub(crate) fn missing(&mut self, key: &str, message: impl Into<String>, help: &str) {
        if self.places.key(key).is_none() {
            self.value(key, message, Some(help.to_owned()));
        }
    }

    /// Adds a fault of a key itself.
    pub(crate) fn key(&mut self, key: &str, message: impl Into<String>, help: Option<String>) {
        match self.places.key(key) {
            Some(span) => self.at(span, message, help),
            None => self.value(key, message, help),
        }
    }

    /// Everything that was found, in the order of the file.
    pub(crate) fn into_vec(mut self) -> Vec<Fault> {
        self.found
            .sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        self.found
    }
}

/// Foreign text for a message: escaped, and cut to a readable length.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", Escaped::new(&text[..end])),
        None => Escaped::new(text).to_string(),
    }
}
