//! Where each key of a TOML file is. Does not depend on which keys are expected.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::text::{Source, Span};

/// Longer dotted keys are not remembered: no key of ours is so long, and a hostile file could make them all so.
const LONGEST: usize = 256;

/// Where each key of a file and its value are, by dotted key: `kind.adr.paths`, `kind.adr.paths[0]`.
#[derive(Debug, Clone, Default)]
pub struct Places(BTreeMap<String, TomlSpans>);

#[derive(Debug, Clone, Copy)]
struct TomlSpans {
    key: Span,
    /// For a table, its key again: a table has no end that could be shown.
    value: Span,
}

impl Places {
    /// Reads the places of a parsed file.
    pub(crate) fn of(table: &DeTable<'_>, source: &Source) -> Self {
        let mut places = Self::default();
        places.table("", table, source);
        places
    }

    fn table(&mut self, above: &str, table: &DeTable<'_>, source: &Source) {
        for (key, value) in table {
            if key.get_ref().len() <= LONGEST {
                self.value(
                    join(above, key.get_ref()),
                    source.span(key.span()),
                    value,
                    source,
                );
            }
        }
    }

    fn value(
        &mut self,
        dotted: String,
        key: Span,
        value: &toml::Spanned<DeValue<'_>>,
        source: &Source,
    ) {
        if dotted.len() > LONGEST {
            return;
        }
        let mut place = TomlSpans {
            key,
            value: source.span(value.span()),
        };
        match value.get_ref() {
            DeValue::Table(table) => {
                place.value = key;
                self.table(&dotted, table, source);
            }
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(
                        format!("{dotted}[{index}]"),
                        source.span(item.span()),
                        item,
                        source,
                    );
                }
            }
            _ => {}
        }
        self.0.insert(dotted, place);
    }

    /// Where a key is.
    #[must_use]
    pub fn key(&self, dotted: &str) -> Option<Span> {
        self.0.get(dotted).map(|place| place.key)
    }

    /// Where the value of a key is; for a table, the key itself.
    #[must_use]
    pub fn value_of(&self, dotted: &str) -> Option<Span> {
        self.0.get(dotted).map(|place| place.value)
    }

    /// The value of a key, or of the nearest key around it that is there.
    pub(crate) fn nearest_value(&self, dotted: &str) -> Option<Span> {
        let mut dotted = dotted;
        loop {
            if let Some(span) = self.value_of(dotted) {
                return Some(span);
            }
            dotted = &dotted[..dotted.rfind(['.', '['])?];
        }
    }
}

/// A key below another, dotted.
fn join(above: &str, key: &str) -> String {
    if above.is_empty() {
        key.to_owned()
    } else {
        format!("{above}.{key}")
    }
}
