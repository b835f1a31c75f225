//! Any bytes as a document of any kind of any preset: it is read, every place is in its text, and line ends change
//! nothing of what it says.
#![no_main]

use std::sync::{Arc, LazyLock};

use graven::document::{Content, Text, read};
use graven::policy::kind::Kind;
use graven::policy::{PRESETS, preset};
use graven::text::Span;
use libfuzzer_sys::fuzz_target;

static KINDS: LazyLock<Vec<Arc<Kind>>> = LazyLock::new(|| {
    PRESETS
        .iter()
        .filter_map(|name| preset(name))
        .flat_map(|policy| policy.kinds)
        .collect()
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, bytes)) = bytes.split_first() else {
        return;
    };
    let kind = &KINDS[usize::from(first) % KINDS.len()];
    let Content::Text(text) = read(bytes.to_vec(), kind) else {
        return;
    };
    check(&text);
    if !bytes.contains(&b'\r')
        && let Content::Text(other) =
            read(text.source.text().replace('\n', "\r\n").into_bytes(), kind)
    {
        assert_eq!(
            said(&text),
            said(&other),
            "other line ends say something else"
        );
    }
});

/// Every place is in the text, and what is in order is sorted.
fn check(text: &Text) {
    let source = &text.source;
    let whole = |span: Span| {
        assert!(
            source.text().get(span.range()).is_some(),
            "no place in the text: {span:?}"
        );
        let _ = source.position(span.start());
    };
    text.title.iter().for_each(|title| whole(title.span));
    let status = &text.status;
    status
        .main
        .iter()
        .chain(&status.others)
        .for_each(|status| whole(status.span));
    status.unfilled.iter().copied().for_each(whole);
    text.relations
        .iter()
        .for_each(|relation| whole(relation.span));
    text.regions.iter().for_each(|region| whole(region.span));
    assert!(
        text.regions
            .is_sorted_by(|one, next| one.span.end() <= next.span.start()),
        "regions overlap"
    );
    for section in &text.sections {
        whole(section.declared);
        whole(section.body);
        let _ = text.section(section);
        assert!(!section.id.is_empty(), "a section without an ID");
    }
    text.malformed
        .iter()
        .chain(&text.prefixes)
        .for_each(|found| whole(found.span));
    text.tooling.iter().copied().for_each(whole);
}

/// What a text says, without where.
fn said(text: &Text) -> impl PartialEq + std::fmt::Debug {
    let status = text
        .status
        .main
        .as_ref()
        .map(|status| (status.value.clone(), status.written.clone()));
    let sections: Vec<_> = text
        .sections
        .iter()
        .map(|section| {
            (
                section.id.clone(),
                section.title.clone(),
                section.mark.clone(),
            )
        })
        .collect();
    let relations: Vec<_> = text
        .relations
        .iter()
        .map(|relation| (relation.verb, relation.targets.clone()))
        .collect();
    let regions: Vec<_> = text.regions.iter().map(|region| region.value).collect();
    (
        status,
        text.title.as_ref().map(|title| title.value.clone()),
        sections,
        relations,
        regions,
    )
}
