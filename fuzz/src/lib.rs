//! What the fuzz targets share: a step read from bytes, and what has to hold of any report.

#[allow(dead_code, reason = "the tests need more of it")]
#[path = "../../tests/without_git/judged.rs"]
mod judged;
mod oracle;
mod step;

use std::cell::RefCell;
use std::sync::Arc;

use graven::document::{Content, Region, read};
use graven::policy::{self, Policy};
use graven::render::{self, Format, Surface, View};
use graven::repo::{Mode, RepoPath};
use graven::report::Outcome;
use graven::report::Report;
use graven::text::Source;
use graven::text::escape::is_invisible;

use judged::{Case, Files};
/// What separates the parts of an input.
pub const MARK: u8 = step::MARK;

/// Cuts an input at the byte that no text holds: the first two parts as text, and the rest.
#[must_use]
pub fn halves(bytes: &[u8]) -> (String, String) {
    let mut parts = bytes.splitn(2, |&byte| byte == MARK);
    let mut part = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    (part(), part())
}

/// Reads a policy as the program does.
pub fn parse_policy(text: &str) -> Result<Policy, Vec<policy::Fault>> {
    policy::parse(
        Arc::new(Source::new(text.to_owned())),
        "graven.toml",
        &graven::commands::rule_names(),
    )
}

/// Judges the step that these bytes write, in every way that must hold for any step.
pub fn judge(bytes: &[u8]) {
    let case = step::read(bytes);
    let Some(policy) = case.policy.as_deref().map_or_else(
        || Some(built_in()),
        |text| parse_policy(text).ok().map(Arc::new),
    ) else {
        return;
    };
    let report = judged::report_under(&case, Arc::clone(&policy));
    check_rendering(&report);
    if case.policy.is_none() && !case.first {
        check_frozen(&case, &report);
    }
    let same = Case {
        after: case.before.clone(),
        published: None,
        first: false,
        ..case
    };
    let report = judged::report_under(&same, policy);
    assert!(
        report.findings.is_empty(),
        "nothing changed, and there are findings: {:?}",
        report.findings
    );
}

/// What graven says of a research note published as `before` and then written as `after`, with a file of waivers.
#[must_use]
pub fn waived(before: &str, after: &str, waivers: &str) -> Report {
    let file = |path: &str, text: &str| (path.to_owned(), (Mode::File, text.to_owned()));
    let before: Files = [file(NOTE, before)].into();
    let after: Files = [file(NOTE, after), file("sdd/waivers/w.toml", waivers)].into();
    judged::report_under(
        &Case {
            before,
            after,
            ..Case::default()
        },
        built_in(),
    )
}

/// The note of [`waived`].
pub const NOTE: &str = "sdd/research/research-x.md";

/// The built-in policy, made once.
fn built_in() -> Arc<Policy> {
    thread_local!(static POLICY: RefCell<Option<Arc<Policy>>> = const { RefCell::new(None) });
    POLICY.with_borrow_mut(|policy| {
        Arc::clone(policy.get_or_insert_with(|| Arc::new(policy::built_in())))
    })
}

/// A report can be written everywhere, as clean text and as JSON.
pub fn check_rendering(report: &Report) {
    for (surface, verbose, width) in [
        (Surface::Push, false, 100),
        (Surface::Check, true, 20),
        (Surface::Audit, false, 72),
    ] {
        let mut text = Vec::new();
        let view = View {
            verbose,
            width,
            ..View::new(surface)
        };
        render::report(report, Format::Text, &view, &mut text).expect("a vector takes everything");
        let text = String::from_utf8(text).expect("a report is text");
        let plain = without_colours(&text);
        let hostile = plain
            .chars()
            .find(|&sign| sign != '\n' && (sign.is_control() || is_invisible(sign)));
        assert_eq!(hostile, None, "a hostile character in\n{plain}");
    }
    let mut json = Vec::new();
    render::report(report, Format::Json, &View::new(Surface::Check), &mut json)
        .expect("a vector takes everything");
    let value: serde_json::Value = serde_json::from_slice(&json).expect("a report is JSON");
    assert!(value["findings"].is_array());
}

/// The text without the colours that graven itself writes.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split("\u{1b}[");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.find(|sign: char| !(sign.is_ascii_digit() || sign == ';')) {
            Some(end) if part[end..].starts_with('m') => plain.push_str(&part[end + 1..]),
            _ => {
                plain.push('\u{1b}');
                plain.push_str(part);
            }
        }
    }
    plain
}

/// Where research notes say something else than before, the step is refused, whatever else it does.
fn check_frozen(case: &Case, report: &Report) {
    let hatches = |path: &String| path.starts_with("sdd/waivers/") || path == "graven.toml";
    if case.earlier.is_some() || case.before.keys().chain(case.after.keys()).any(hatches) {
        return;
    }
    for (path, (mode, before)) in &case.before {
        let name = path
            .strip_prefix("sdd/research/research-")
            .filter(|name| !name.contains('/'));
        let frozen = name.is_some_and(|name| name.ends_with(".md") && !name.contains("template"))
            && mode.is_file();
        let Some((_, after)) = case
            .after
            .get(path)
            .filter(|(mode, _)| frozen && mode.is_file())
        else {
            continue;
        };
        let readable =
            |text: &str| !text.contains('\0') && !text.starts_with("version https://git-lfs");
        if !readable(before) || !readable(after) {
            continue;
        }
        // A line that says what amends or supersedes it may be added to a published document.
        let path = RepoPath::new(path.as_str());
        let (before, after) = (
            without_relations(&path, before),
            without_relations(&path, after),
        );
        if oracle::differs(&before, &after) {
            assert_ne!(
                report.outcome(),
                Outcome::Allowed,
                "{path} says something else\n{before:?}\n{after:?}"
            );
        }
    }
}

/// A document without the lines that name a relation to another.
fn without_relations(path: &RepoPath, text: &str) -> String {
    let policy = built_in();
    let kind = policy.kind_of(path).expect("it is a research note");
    let Content::Text(read) = read(text.as_bytes().to_vec(), kind) else {
        return text.to_owned();
    };
    let mut kept = String::new();
    let mut from = 0;
    for region in read
        .regions
        .iter()
        .filter(|region| region.value == Region::Relation)
    {
        let said = read.source.slice(region.span);
        if oracle::relates(said) {
            kept.push_str(&text[from..region.span.start()]);
            from = region.span.end();
        }
    }
    kept.push_str(&text[from..]);
    kept
}
