//! The cases of every rule page, judged without Git by all rules together, so that a rule that misfires on another
//! rule's case shows at once.

pub(crate) mod page;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use graven::render::{self, Format, Surface, View};
use graven::rules::{self, RULES};
use page::{Page, PageCase, found};

use crate::judged::{Case, report};

/// Generated files: `matrix.txt` lists the findings of every case, `<rule>.txt` holds the reports of the cases on one page.
const GOLDEN: &str = "tests/golden";

// spec: BUILD-002
#[test]
fn every_case_finds_what_its_page_says() {
    let mut wrong = String::new();
    for page in Page::all() {
        for case in &page.cases {
            let found = found(&case.step);
            if found != case.expected {
                let _ = write!(
                    wrong,
                    "\n{} / {}\n  expected: {:?}\n  found:    {found:?}\n",
                    page.rule, case.name, case.expected
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

// spec: BUILD-002
#[test]
fn every_page_has_a_refused_and_an_allowed_case() {
    for page in Page::all() {
        let names = |case: &&PageCase| {
            case.expected
                .iter()
                .any(|line| line.split(' ').nth(1) == Some(&page.rule))
        };
        assert!(
            page.cases.iter().any(|case| names(&case)),
            "{} has no case that it finds",
            page.rule
        );
        assert!(
            page.cases.iter().any(|case| !names(&case)),
            "{} has no case that it allows",
            page.rule
        );
    }
}

// spec: BUILD-002
#[test]
fn rules_files_and_pages_agree() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    let pages: BTreeSet<String> = Page::all().into_iter().map(|page| page.rule).collect();
    assert_eq!(rules, pages);
    for rule in RULES {
        assert!(
            rule.page.starts_with(&format!("# {}\n", rule.id)),
            "{} has another page's title",
            rule.id
        );
        let file = format!("src/rules/{}.rs", rule.id.replace('-', "_"));
        assert!(std::path::Path::new(&file).exists(), "{file} is missing");
        assert_eq!(rules::find(rule.id).map(|found| found.id), Some(rule.id));
    }
    let mut sorted: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        RULES.iter().map(|rule| rule.id).collect::<Vec<_>>(),
        "rules are listed by name"
    );
}

/// The whole table in one file: a change of one rule shows in every case that it touches.
// spec: BUILD-003
#[test]
fn the_matrix_of_cases_is_current() {
    let mut matrix = String::new();
    for page in Page::all() {
        for case in &page.cases {
            let _ = writeln!(matrix, "{} / {}", page.rule, case.name);
            for line in found(&case.step) {
                let _ = writeln!(matrix, "    {line}");
            }
        }
    }
    compare_generated("matrix", &matrix);
}

/// Every word: messages, places, what is quoted, remedies and fingerprints.
// spec: BUILD-003
#[test]
fn the_reports_of_cases_are_current() {
    let view = View {
        verbose: true,
        ..View::new(Surface::Check)
    };
    for page in Page::all() {
        let mut reports = String::new();
        for case in &page.cases {
            let mut shown = Vec::new();
            render::report(&report(&case.step), Format::Text, &view, &mut shown).unwrap();
            let shown =
                anstream::adapter::strip_str(std::str::from_utf8(&shown).unwrap()).to_string();
            let _ = writeln!(reports, "== {}\n\n{}\n", case.name, shown.trim_end());
        }
        compare_generated(&page.rule, &reports);
    }
    let files = std::fs::read_dir(GOLDEN).unwrap();
    let names: BTreeSet<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut wanted: BTreeSet<String> = RULES
        .iter()
        .map(|rule| format!("{}.txt", rule.id))
        .collect();
    wanted.extend(["evasion.md", "matrix.txt"].map(str::to_owned));
    assert_eq!(names, wanted, "the files in {GOLDEN}");
}

#[test]
fn a_document_held_against_itself_gives_nothing() {
    for page in Page::all() {
        for case in &page.cases {
            for files in [&case.step.before, &case.step.after] {
                let same = Case {
                    before: files.clone(),
                    after: files.clone(),
                    policy: case.step.policy.clone(),
                    ..Case::default()
                };
                let found = found(&same);
                assert!(found.is_empty(), "{} / {}: {found:?}", page.rule, case.name);
            }
        }
    }
}

/// Holds a generated file against what it should be; `GRAVEN_REWRITE=1` writes it.
fn compare_generated(name: &str, wanted: &str) {
    let path = &format!("{GOLDEN}/{name}.txt");
    if std::env::var_os("GRAVEN_REWRITE").is_some() {
        std::fs::write(path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == wanted,
        "{path} is stale; rewrite it with: GRAVEN_REWRITE=1 cargo test --test without_git"
    );
}
