//! Text into status, header, relations and sections: the phases in their order. It must not know how any of them reads.

use std::sync::Arc;

use super::header::Header;
use super::markdown::{Outline, Shape, Wants};
use super::{Reading, Status, Text, front_matter, markdown, section, status};
use crate::policy::kind::Kind;
use crate::text::{Source, Spanned};

#[cfg(test)]
pub(super) mod forms;
#[cfg(test)]
mod tests;

/// Reads a text as a document of a kind. There is an answer for every text; the work is linear in its length.
#[must_use]
pub(super) fn read(source: Arc<Source>, kind: &Kind) -> Text {
    if kind.grows {
        return plain(source);
    }
    let text = source.text();
    let front = front_matter::read(text);
    let start = front
        .as_ref()
        .map_or_else(|| front_matter::begin(text), |front| front.range.end);
    let forms = kind.sections.as_ref();
    let wants = Wants {
        all: true,
        leads: forms.is_some(),
        tables: forms.is_some_and(|forms| forms.tables),
    };
    let outline = markdown::walk(text, start, wants);

    let mut header = Header::new(&source, kind.vocabulary.as_ref());
    if let Some(front) = &front {
        header.read_front_matter(front);
    }
    header.read_blocks(&outline.blocks);
    let declared = forms
        .map(|forms| section::read(&source, &outline, forms))
        .unwrap_or_default();
    let title = title(&source, &outline).or_else(|| {
        let entry = front
            .as_ref()?
            .entries
            .iter()
            .find(|entry| entry.key == "title")?;
        let span = source.span(entry.value.clone());
        Some(Spanned {
            value: source.slice(span).to_owned(),
            span,
        })
    });

    let mut reading = Reading {
        unfilled: header.unfilled,
        ..Reading::default()
    };
    status::choose(header.copies, &mut reading);
    let comments = header.hidden;
    let is_hidden = |copy: &Status| {
        comments
            .iter()
            .any(|comment| comment.contains(&copy.span.start()))
    };
    reading.hidden =
        reading.main.is_some() && reading.main.iter().chain(&reading.others).all(is_hidden);
    let mut relations = header.relations;
    relations.sort_by_key(|relation| (relation.span, relation.verb));
    relations.dedup_by(|next, before| next.span == before.span && next.verb == before.verb);
    let regions = header.regions.finish(&source);
    Text {
        title,
        status: reading,
        relations,
        regions,
        sections: declared.sections,
        malformed: declared.malformed,
        look_alikes: declared.look_alikes,
        prefixes: declared.prefixes,
        tooling: declared.tooling,
        source,
    }
}

/// A record that is no Markdown: nothing in it is a status or a section.
fn plain(source: Arc<Source>) -> Text {
    Text {
        source,
        title: None,
        status: Reading::default(),
        relations: Vec::new(),
        regions: Vec::new(),
        sections: Vec::new(),
        malformed: Vec::new(),
        look_alikes: Vec::new(),
        prefixes: Vec::new(),
        tooling: None,
    }
}

/// The first heading of level 1.
fn title(source: &Source, outline: &Outline) -> Option<Spanned<String>> {
    let heading = outline
        .blocks
        .iter()
        .find(|block| matches!(block.shape, Shape::Heading(1)))?;
    let words = &heading.words;
    let value = words.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Spanned {
        value,
        span: source.span(words.source(0..words.text.len())),
    })
}
