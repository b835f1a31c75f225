//! One kind, built.

use std::collections::BTreeMap;

use super::{pattern, process, vocabulary};
use crate::policy::kind::{Freeze, Kind, PrefixForm, SectionForms, StatusStage};
use crate::policy::raw::{RawKind, RawSections};
use crate::report::file_faults::{Faults, shown};
use crate::report::{EditClass, Level};
use crate::text::guess::did_you_mean;

/// Builds the kind at this index; `None` when something in it is at fault. `preset` is what the preset says of it, and its patterns
/// are proven to compile.
pub(super) fn build(
    index: usize,
    name: &str,
    written: RawKind,
    preset: &RawKind,
    faults: &mut Faults,
) -> Option<Kind> {
    let key = |key: &str| format!("kind.{name}.{key}");
    let no_paths = format!("kind `{name}` has no `paths`, so it has no documents");
    let add_paths = "add `paths = [\"folder/*.md\"]`";
    let paths = match written.paths {
        Some(paths) if paths.is_empty() => {
            faults.value(&key("paths"), no_paths, Some(add_paths.to_owned()));
            None
        }
        Some(paths) => pattern::globs(&key("paths"), paths, faults),
        None => {
            faults.missing(&key("paths"), no_paths, add_paths);
            None
        }
    };
    let near = pattern::globs(&key("near"), written.near.unwrap_or_default(), faults);
    let exempt = pattern::globs(&key("exempt"), written.exempt.unwrap_or_default(), faults);
    let number = written.number.map(|number| {
        let proven = preset.number.as_ref() == Some(&number);
        pattern::regex(&key("number"), &number, &["number"], proven, faults)
    });
    let vocabulary = written
        .status
        .map(|status| vocabulary::build(&key("status"), &status, faults));
    if written.freeze.is_none() {
        let help = "add `freeze = \"when-accepted\"`, `\"when-committed\"` or `\"never\"`";
        faults.missing(
            &key("freeze"),
            format!("kind `{name}` has no `freeze`"),
            help,
        );
    }
    let freezes = match &vocabulary {
        Some(Some(words)) => words
            .words
            .iter()
            .any(|word| word.standing == StatusStage::Frozen),
        Some(None) => true,
        None => false,
    };
    if written.freeze == Some(Freeze::WhenAccepted) && !freezes {
        let message =
            format!("kind `{name}` freezes when accepted, but has no status word for accepted");
        let list = if vocabulary.is_some() {
            key("status.frozen")
        } else {
            key("status")
        };
        faults.missing(
            &list,
            message,
            "add `status = { open = [\"Proposed\"], frozen = [\"Accepted\"] }`",
        );
    }
    let edits = edits(&key("edits"), &written.edits, faults);
    let sections = written
        .sections
        .map(|forms| sections(&key("sections"), forms, preset.sections.as_ref(), faults));
    Some(Kind {
        index,
        name: name.to_owned(),
        paths: paths?,
        near: near?,
        exempt: exempt?,
        file_name: written.file_name,
        template: whole(written.template.map(|template| {
            process::path(&key("template"), &template, "sdd/adrs/template.md", faults)
        }))?
        .map(|path| path.as_bstr().to_string()),
        number: whole(number)?,
        freeze: written.freeze?,
        grows: false,
        vocabulary: whole(vocabulary)?,
        edits,
        sections: whole(sections)?,
    })
}

/// Turns "given, but at fault" into "at fault".
#[expect(
    clippy::option_option,
    reason = "the outer says whether it was given, the inner whether it is good"
)]
fn whole<T>(given: Option<Option<T>>) -> Option<Option<T>> {
    match given {
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
        None => Some(None),
    }
}

fn edits(
    key: &str,
    written: &BTreeMap<String, Level>,
    faults: &mut Faults,
) -> BTreeMap<EditClass, Level> {
    let mut levels: BTreeMap<_, _> = EditClass::ALL
        .map(|class| (class, class.default_level()))
        .into();
    for (name, level) in written {
        if let Some(class) = EditClass::ALL
            .into_iter()
            .find(|class| class.as_str() == name)
        {
            levels.insert(class, *level);
        } else {
            let help = did_you_mean(name, EditClass::ALL.map(EditClass::as_str));
            faults.key(
                &format!("{key}.{name}"),
                format!("unknown edit class `{}`", shown(name)),
                help,
            );
        }
    }
    levels
}

fn sections(
    key: &str,
    written: RawSections,
    preset: Option<&RawSections>,
    faults: &mut Faults,
) -> Option<SectionForms> {
    let at = |name: &str| format!("{key}.{name}");
    let is = |proven: fn(&RawSections) -> &Option<String>, pattern: &str| {
        preset.is_some_and(|preset| proven(preset).as_deref() == Some(pattern))
    };
    let Some(id) = written.id else {
        faults.missing(
            &at("id"),
            format!("`{key}` has no `id`"),
            r"add `id = '[A-Z]+-\d+'`",
        );
        return None;
    };
    let sure = is(|preset| &preset.id, &id);
    pattern::regex(&at("id"), &id, &[], sure, faults)?;
    let whole = pattern::derived(&at("id"), format!("^(?:{id})$"), sure, faults);
    let heading = match written.heading {
        Some(heading) => {
            let proven = is(|preset| &preset.heading, &heading);
            pattern::regex(&at("heading"), &heading, &["id"], proven, faults)
        }
        None => pattern::derived(&at("id"), heading_of(&id), sure, faults),
    };
    let like = match written.like {
        Some(like) => pattern::regex(
            &at("like"),
            &like,
            &[],
            is(|preset| &preset.like, &like),
            faults,
        ),
        None => pattern::derived(&at("id"), format!(r"^[^\w\s]*(?:{id})\b"), sure, faults),
    };
    let prefix = match written.prefix.as_deref() {
        None | Some("none") => Some(PrefixForm::None),
        Some("first-id") => Some(PrefixForm::FirstId),
        Some(pattern) => {
            let proven = is(|preset| &preset.prefix, pattern);
            pattern::regex(&at("prefix"), pattern, &["prefix"], proven, faults)
                .map(PrefixForm::Line)
        }
    };
    let tooling = written.tooling.map(|line| {
        let proven = is(|preset| &preset.tooling, &line);
        pattern::regex(&at("tooling"), &line, &[], proven, faults)
    });
    Some(SectionForms {
        id: whole?,
        heading: heading?,
        like: like?,
        tables: written.tables.unwrap_or(true),
        prefix: prefix?,
        tooling: self::whole(tooling)?,
    })
}

/// A heading that declares an ID: `PATH-003: Title`, `PATH-003 (was WR-014): Title`, with a mark such as `[DEPRECATED]`
/// before or behind the ID, struck through as `~~PATH-003~~`, or the ID alone.
fn heading_of(id: &str) -> String {
    const NOTE: &str = r"\([^()]*\)|\[[^\[\]]*\]";
    format!(
        r"^(?:\[[^\[\]]*\]\s*)?(?:~~)?(?<id>{id})(?:~~)?(?:\s*(?<note>(?:{NOTE})(?:\s*(?:{NOTE}))*))?(?:\s*:\s*(?<title>.*?))?\s*$"
    )
}
