//! Labelled edits of real projects, judged with a policy that fits each project. They stand beside the project, not in
//! it; where they are missing the test says so. Edits of our own making are the cases on the pages of the rules.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use graven::repo::Mode;
use graven::report::Outcome;
use serde::Deserialize;

use crate::judged::{Case, report};

const CASES: &str = "../shared/corpus/cases";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Label {
    source: String,
    path: String,
    new_path: Option<String>,
    topic: String,
    expected: String,
    expected_strict: String,
    why: String,
}

/// One labelled edit.
struct Edit {
    name: String,
    label: Label,
    before: Option<String>,
    after: Option<String>,
}

/// Edits that are labelled as refused and are not, each with its reason.
const MISSES: [(&str, &str); 3] = [
    (
        "C046",
        "the status before is an unfilled template, so the document was not frozen",
    ),
    (
        "C224",
        "an ID that history once had comes back: needs the history",
    ),
    (
        "C227",
        "the IDs stand in another file too: needs the rest of the tree",
    ),
];

#[test]
fn labelled_edits_are_judged_as_their_labels_say() {
    check(false);
}

#[test]
fn labelled_edits_are_judged_strictly_under_a_strict_policy() {
    check(true);
}

fn check(strict: bool) {
    let Some(edits) = read_edits() else {
        println!("skipped: no labelled edits at {CASES}");
        return;
    };
    let (mut alarms, mut misses) = (String::new(), String::new());
    let (mut labelled, mut refused) = (0, 0);
    for edit in &edits {
        let expected = if strict {
            &edit.label.expected_strict
        } else {
            &edit.label.expected
        };
        let found = judge(edit, strict);
        match expected.as_str() {
            "allowed" if found != Outcome::Allowed => describe(&mut alarms, edit, found),
            "refused" => {
                labelled += 1;
                refused += usize::from(found == Outcome::Refused);
                let passed = found != Outcome::Refused;
                if passed != MISSES.iter().any(|(name, _)| *name == edit.name) {
                    describe(&mut misses, edit, found);
                }
            }
            _ => {}
        }
    }
    println!("{refused} of {labelled} edits that are labelled as refused are refused");
    assert!(
        labelled > 20,
        "only {labelled} edits are labelled as refused: are the labels read?"
    );
    assert!(refused * 100 >= labelled * 95, "{refused} of {labelled}");
    assert!(
        alarms.is_empty(),
        "allowed edits that were not allowed:\n{alarms}"
    );
    assert!(
        misses.is_empty(),
        "refused edits that were not refused, or are no misses any more:\n{misses}"
    );
}

fn describe(list: &mut String, edit: &Edit, found: Outcome) {
    let Edit { name, label, .. } = edit;
    let _ = writeln!(
        list,
        "{name} {} {}: {found:?} ({})",
        label.source, label.path, label.why
    );
}

fn judge(edit: &Edit, strict: bool) -> Outcome {
    let file = |content: &Option<String>, path: &str| -> BTreeMap<String, (Mode, String)> {
        content
            .iter()
            .map(|content| (path.to_owned(), (Mode::File, content.clone())))
            .collect()
    };
    let after_path = edit.label.new_path.as_deref().unwrap_or(&edit.label.path);
    let case = Case {
        before: file(&edit.before, &edit.label.path),
        after: file(&edit.after, after_path),
        policy: Some(policy(&edit.label, strict)),
        ..Case::default()
    };
    report(&case).outcome()
}

/// A policy that fits a project's layout and words.
fn policy(label: &Label, strict: bool) -> String {
    let kind = match label.source.as_str() {
        "open-feature/spec" => {
            return include_str!("../../benches/open-feature-spec.toml").to_owned();
        }
        "haalfi/remote-store" => return "preset = \"sdd\"\n".to_owned(),
        "rust-lang/rfcs" => "freeze = \"when-committed\"\n",
        _ => "",
    };
    let mut policy = format!(
        "preset = \"madr\"\n[kind.adr]\npaths = [\"**/*.md\"]\nnumber = '^(?:adr-|eip-)?(?<number>\\d+)[-.]'\n{kind}"
    );
    if strict {
        policy.push_str(
            "[kind.adr.status.edges]\nAccepted = [\"Superseded\", \"Deprecated\", \"Reverted\"]\n\
             [kind.adr.edits]\nwhitespace = \"forbid\"\n",
        );
    }
    // One document alone says nothing of the rest of its tree.
    policy.push_str("[rules]\nsuccessor-missing = \"allow\"\nsuccessor-silent = \"allow\"\n");
    policy
}

fn read_edits() -> Option<Vec<Edit>> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(CASES)
        .ok()?
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let edits = folders.iter().map(|folder| read_edit(folder));
    // Cases on unique numbers are described only: they need the rest of their tree.
    Some(
        edits
            .filter(|edit| edit.label.topic != "unique-number")
            .collect(),
    )
}

fn read_edit(folder: &Path) -> Edit {
    let side = |name: &str| {
        let mut files = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        files
            .find(|path| path.file_stem().is_some_and(|stem| stem == name))
            .map(|path| std::fs::read_to_string(path).unwrap())
    };
    let label = std::fs::read_to_string(folder.join("case.toml")).unwrap();
    Edit {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        label: toml::from_str(&label).unwrap(),
        before: side("before"),
        after: side("after"),
    }
}
