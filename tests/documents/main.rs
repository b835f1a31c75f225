//! The README and the pages of `docs` say what is true: their console blocks are run, their policies are read, their links
//! lead somewhere, and the table of rules is the program's.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod links;
mod map;
mod page;
mod process;
mod project;
mod session;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use graven::rules::RULES;
use graven::text::Source;
use graven::{commands, policy};
use map::Code;
use page::{Page, markdown_in};
use similar::TextDiff;

/// The commands of `sh` blocks, which are shown and not run here, and for each the test that runs it: its file, its name.
const COVERED: &[(&str, &str, &str)] = &[
    (
        "./install.sh ~/src/atlas",
        "tests/with_git/setup/install/binary.rs",
        "a_commit_that_edits_an_accepted_adr_is_refused_once_graven_is_installed",
    ),
    (
        "./install.sh /srv/git/atlas.git",
        "tests/with_git/setup/install/binary.rs",
        "a_push_runs_the_hook_that_was_there_with_the_same_stdin_and_its_refusal_counts",
    ),
    (
        "./install.sh --uninstall ~/src/atlas",
        "tests/with_git/setup/install/binary.rs",
        "uninstalling_leaves_a_repository_as_it_was_found",
    ),
    // Anyone who reads this has run it.
    (
        "cargo test",
        "tests/documents/main.rs",
        "commands_that_are_not_run_here_are_run_by_another_test",
    ),
    (
        "exec graven hook --after \"$0.chained\" pre-receive \"$@\"",
        "src/setup/install/shim.rs",
        "the_shims_are_the_same_but_for_their_name",
    ),
];

/// The page with the table of all rules, and the lines around the table.
const RULES_PAGE: &str = "docs/rules/README.md";
const TABLE: [&str; 2] = ["<!-- rules: generated -->\n", "<!-- end of rules -->\n"];

/// One test at a time compares and writes a page.
static PAGES: Mutex<()> = Mutex::new(());

/// Holds a page against what it should be; `GRAVEN_REWRITE=1` writes it.
fn compare(path: &str, wanted: impl FnOnce(&Page) -> String) {
    let _alone = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let page = Page::read(path);
    let wanted = wanted(&page);
    if page.text == wanted {
        return;
    }
    if std::env::var_os("GRAVEN_REWRITE").is_some() {
        std::fs::write(path, wanted).unwrap();
        return;
    }
    let diff = TextDiff::from_lines(page.text.as_str(), wanted.as_str());
    let diff = diff
        .unified_diff()
        .header("as it is", "as it should be")
        .to_string();
    panic!(
        "{path} is stale; rewrite it with: GRAVEN_REWRITE=1 cargo test --test documents\n{diff}"
    );
}

/// The pages for users; those of the rules have a test of their own.
fn paths() -> Vec<String> {
    [
        vec!["README.md".to_owned(), "SECURITY.md".to_owned()],
        markdown_in("docs"),
    ]
    .concat()
}

#[test]
fn console_blocks_show_what_their_commands_print() {
    for path in paths() {
        compare(&path, |page| {
            page.with_outputs(&session::run(&page.exchanges()))
        });
    }
}

#[test]
fn commands_that_are_not_run_here_are_run_by_another_test() {
    let blocks: Vec<String> = paths()
        .iter()
        .flat_map(|path| Page::read(path).blocks("sh"))
        .collect();
    let commands: Vec<&str> = blocks.iter().flat_map(|block| block.lines()).collect();
    for command in &commands {
        assert!(
            COVERED.iter().any(|(covered, ..)| covered == command),
            "no test is named that runs: {command}"
        );
    }
    for (command, file, test) in COVERED {
        assert!(commands.contains(command), "no page shows: {command}");
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            text.contains(&format!("fn {test}()")),
            "{file} has no test {test}"
        );
    }
}

#[test]
fn the_table_of_rules_is_that_of_the_program() {
    let mut table = String::from("| rule | level | what it finds |\n|---|---|---|\n");
    for rule in RULES {
        let _ = writeln!(
            table,
            "| [`{0}`]({0}.md) | {1} | {2} |",
            rule.id, rule.level, rule.summary
        );
    }
    compare(RULES_PAGE, |page| {
        let (head, rest) = page.text.split_once(TABLE[0]).unwrap();
        let (_, tail) = rest.split_once(TABLE[1]).unwrap();
        [head, TABLE[0], &table, TABLE[1], tail].concat()
    });
}

#[test]
fn policies_that_are_shown_have_no_faults() {
    for path in paths() {
        for block in Page::read(&path).blocks("toml") {
            let read = policy::parse(
                Arc::new(Source::new(block.clone())),
                &path,
                &commands::rule_names(),
            );
            assert!(read.is_ok(), "{path}: {:?}\n{block}", read.err());
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let others = ["CONTRIBUTING.md", "CHANGELOG.md", "tests/golden/evasion.md"].map(str::to_owned);
    let broken: Vec<String> = [paths(), markdown_in("docs/rules"), others.to_vec()]
        .concat()
        .iter()
        .flat_map(|path| {
            links::broken(path)
                .into_iter()
                .map(move |link| format!("{path}: {link}"))
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What nothing shows is a hope, and no promise.
#[test]
fn each_promise_names_the_test_that_shows_it() {
    let page = std::fs::read_to_string("SECURITY.md").unwrap();
    let section = page
        .split("\n## ")
        .find_map(|part| part.strip_prefix("What is promised\n"))
        .unwrap();
    let promises: Vec<&str> = section.split("\n- ").skip(1).collect();
    assert!(promises.len() > 4, "{promises:#?}");
    for promise in promises {
        assert!(promise.contains("](tests/"), "no test shows: {promise}");
    }
}

#[test]
fn the_map_of_the_modules_is_that_of_the_code() {
    let (lines, code) = (map::lines(), Code::read());
    assert_eq!(lines.iter().cloned().collect::<BTreeSet<_>>(), code.tops());
    for module in code.modules() {
        let place = lines.iter().position(|line| *line == module[0]).unwrap();
        for used in code.imports(module) {
            assert!(
                lines[place..].contains(&used[0]),
                "src/{}.rs uses {}, which stands above it on the map",
                module.join("/"),
                used.join("::")
            );
        }
    }
}

#[test]
fn no_two_files_import_each_other() {
    let circles = Code::read().circles();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// All readers of Markdown share one dialect.
#[test]
fn one_file_names_the_markdown_parser() {
    let named = Code::read().that_name("pulldown_cmark");
    assert_eq!(named, ["document/markdown/events"]);
}

/// `docs/how-it-works.md` says which commands do not run `pre-commit`.
#[test]
fn plain_picks_do_not_run_pre_commit() {
    let said = session::script(
        r#"
        hook() { printf '#!/bin/sh\necho ran %s\n' "$1" >".git/hooks/$1"; chmod +x ".git/hooks/$1"; }
        try() { echo "$*"; "$@" >../said 2>&1 || echo failed; grep '^ran' ../said; }
        git init --quiet work && cd work || exit
        one() { echo "$1" >"$1"; git add "$1"; git commit --quiet --message "$1"; }
        one a; git branch side; one b; git checkout --quiet side; one c; one d
        git format-patch --quiet -1 --stdout >../patch
        hook pre-commit; hook pre-merge-commit
        git checkout --quiet main
        try git cherry-pick side
        try git revert --no-edit HEAD
        try git am --quiet ../patch
        echo changed >a
        try git stash
        git checkout --quiet side
        try git rebase main~2
        git checkout --quiet -b other main~3
        try git merge --ff-only main
        git reset --quiet --hard HEAD~1; git commit --quiet --no-verify --allow-empty --message e
        try git merge --no-edit main
        try git cherry-pick --no-commit side
        try git commit --allow-empty --message picked
        "#,
    );
    let expected = "\
git cherry-pick side
git revert --no-edit HEAD
git am --quiet ../patch
git stash
git rebase main~2
git merge --ff-only main
git merge --no-edit main
ran pre-merge-commit
git cherry-pick --no-commit side
git commit --allow-empty --message picked
ran pre-commit
";
    assert_eq!(said, expected);
}
