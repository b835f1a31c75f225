//! What the rules about citations have in common: how a place in a test is shown, which sections are declared, which tests
//! could not be read whole. Does not depend on what any one rule refuses.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::Change;
use crate::change::snapshot::Declared;
use crate::citations::{CitationChanges, CitationPlace, broken_at};
use crate::policy::CitationForm;
use crate::repo::ObjectError;
use crate::report::{Label, WhichSide};
use crate::rules::rule::{FindingDraft, Findings, RuleContext};

/// Further places of one citation that are shown.
const MORE_PLACES: usize = 8;

/// What the step does to citations, where it touches any test. Tests that cannot be read whole are warned about.
pub(in crate::rules) fn changes<'s>(
    context: &'s RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<Option<&'s CitationChanges>, ObjectError> {
    let tests = &context.policy.trace.tests;
    if !context
        .files
        .iter()
        .any(|difference| tests.matches(&difference.path))
    {
        return Ok(None);
    }
    let Some(changes) = context.citations()? else {
        return Ok(None);
    };
    for (path, source, broken) in &changes.broken {
        // Each rule adds this warning; duplicates are reported once.
        findings.warn(broken_at(path, source, *broken));
    }
    Ok(Some(changes))
}

/// A place on one side of a test.
pub(in crate::rules) fn label(
    side: WhichSide,
    place: &CitationPlace,
    text: impl Into<String>,
) -> Label {
    let source = Some((Arc::clone(&place.source), place.span));
    Label {
        side,
        path: place.path.as_ref().clone(),
        place: source,
        text: text.into(),
    }
}

/// Begins a finding about what some citations name, at the first of them.
pub(in crate::rules) fn draft(
    side: WhichSide,
    id: &str,
    places: &[CitationPlace],
    message: String,
    text: &str,
) -> Option<FindingDraft> {
    let (first, others) = places.split_first()?;
    let mut draft = FindingDraft::new(id, message, label(side, first, text));
    for other in others.iter().take(MORE_PLACES) {
        draft = draft.related(label(side, other, "also here"));
    }
    Some(draft)
}

/// What binds a finding to citations: which tests cite the ID, and how often. A test is named once, for it may cite an ID
/// hundreds of thousands of times.
pub(in crate::rules) fn fingerprint_content(id: &str, places: &[CitationPlace]) -> String {
    let of_one_test = places.chunk_by(|one, other| one.path == other.path);
    let lines = of_one_test.map(|places| match places {
        [one] => format!("{} cites {id}", one.path),
        all => format!("{} cites {id} {} times", all[0].path, all.len()),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The declarations of these IDs after the step. What the changed documents declare is looked up there first.
pub(in crate::rules) fn declarations(
    context: &RuleContext<'_>,
    ids: &[&str],
) -> Result<BTreeMap<String, Vec<Declared>>, ObjectError> {
    let mut found: BTreeMap<String, Vec<Declared>> = BTreeMap::new();
    for document in context.changes.iter().filter_map(Change::after) {
        for section in document.text().map_or(&[][..], |text| &text.sections) {
            if ids.contains(&section.id.as_str()) {
                let declared = Declared {
                    document: Arc::clone(document),
                    section: section.clone(),
                };
                found.entry(section.id.clone()).or_default().push(declared);
            }
        }
    }
    let open: Vec<&str> = ids
        .iter()
        .filter(|id| !found.contains_key(**id))
        .copied()
        .collect();
    if !open.is_empty() {
        let mut elsewhere = context.after.declaring(&open)?;
        found.extend(open.iter().filter_map(|id| elsewhere.remove_entry(*id)));
    }
    Ok(found)
}

/// True when a section is declared and not marked as deprecated.
pub(in crate::rules) fn is_live(declared: &[Declared]) -> bool {
    declared.iter().any(|one| one.section.mark.is_none())
}

/// How a test of this repository would cite a section. Looked up once, for all tests are listed.
pub(in crate::rules) fn example_citation(
    context: &RuleContext<'_>,
) -> Result<impl Fn(&str) -> String + use<>, ObjectError> {
    let forms = &context.policy.trace.citations;
    let has = |wanted: fn(&CitationForm) -> bool| forms.iter().any(wanted);
    let files = context.after.files(&context.policy.trace.tests)?;
    let ends = |end: &[u8]| {
        files
            .iter()
            .any(|entry| entry.path.as_bstr().ends_with(end))
    };
    let (before, after) = if has(|form| matches!(form, CitationForm::Pytest)) && ends(b".py") {
        ("cite it above a test: @pytest.mark.spec(\"", "\")")
    } else if has(|form| matches!(form, CitationForm::Comment)) {
        ("cite it in a comment above a test: spec: ", "")
    } else if has(|form| matches!(form, CitationForm::Attribute)) {
        ("cite it above a test: #[spec(\"", "\")]")
    } else {
        ("cite it in a test: ", "")
    };
    Ok(move |id: &str| format!("{before}{id}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::RepoPath;
    use crate::text::Source;

    #[test]
    fn a_test_that_cites_very_often_is_named_once() {
        let source = Arc::new(Source::new("x".to_owned()));
        let place = |path: &str| {
            let (path, source) = (Arc::new(RepoPath::new(path)), Arc::clone(&source));
            CitationPlace {
                path,
                span: source.span(0..1),
                source,
                is_id: true,
            }
        };
        let mut places = vec![place("tests/a.rs"); 400_000];
        places.push(place("tests/b.rs"));
        assert_eq!(
            fingerprint_content("A-1", &places),
            "tests/a.rs cites A-1 400000 times\ntests/b.rs cites A-1"
        );
        assert_eq!(
            fingerprint_content("A-1", &places[..1]),
            "tests/a.rs cites A-1"
        );
    }
}
