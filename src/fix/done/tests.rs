use super::*;

const PREFIXES: [&str; 3] = ["BK", "BUG", "ID"];

fn prefixes() -> Vec<String> {
    PREFIXES.map(str::to_owned).to_vec()
}

fn move_done(open: &str, done: &str, id: &str) -> Result<(String, String), DoneError> {
    finish(
        &Source::new(open.to_owned()),
        &Source::new(done.to_owned()),
        id,
        &prefixes(),
    )
}

#[track_caller]
fn moved(open: &str, done: &str, id: &str, wanted: (&str, &str)) {
    let (open, done) = move_done(open, done, id).unwrap();
    assert_eq!((open.as_str(), done.as_str()), wanted);
}

#[test]
fn a_loose_item_goes_first_in_the_first_section_that_holds_items() {
    moved(
        "# Backlog\n\n- [ ] **BK-001 — One**\n  body\n\n- [~] **BK-002 — Two**\n  body\n\n  more\n\n- [ ] **BK-003 — Three**\n",
        "# Done\n\nCompleted items, newest first.\n\n---\n\n## Unreleased\n\n- [x] **BUG-001 — Bug**\n  fixed\n\n## v0.1.0\n\n- [x] **BK-000 — Zero**\n",
        "BK-002",
        (
            "# Backlog\n\n- [ ] **BK-001 — One**\n  body\n\n- [ ] **BK-003 — Three**\n",
            "# Done\n\nCompleted items, newest first.\n\n---\n\n## Unreleased\n\n- [x] **BK-002 — Two**\n  body\n\n  more\n\n- [x] **BUG-001 — Bug**\n  fixed\n\n## v0.1.0\n\n- [x] **BK-000 — Zero**\n",
        ),
    );
}

#[test]
fn a_tight_item_goes_first_in_the_first_section_that_holds_items() {
    moved(
        "# Backlog\n\n## Rules\n\n- [ ] **BK-010 — Ten.** Text\n  goes on.\n- [ ] **BK-011 — Eleven**\n",
        "# Done\n\nThe newest version stands first.\n\n## 0.2.0\n\n- [x] **BK-001 — One**\n- [x] **BK-002 — Two**\n\n## 0.1.0\n\n- [x] **BK-000 — Zero**\n",
        "BK-10",
        (
            "# Backlog\n\n## Rules\n\n- [ ] **BK-011 — Eleven**\n",
            "# Done\n\nThe newest version stands first.\n\n## 0.2.0\n\n- [x] **BK-010 — Ten.** Text\n  goes on.\n- [x] **BK-001 — One**\n- [x] **BK-002 — Two**\n\n## 0.1.0\n\n- [x] **BK-000 — Zero**\n",
        ),
    );
}

#[test]
fn a_section_of_the_same_name_takes_it() {
    moved(
        "# Backlog\n\n## Rules\n\n- [ ] BK-5: Five\n\n## Hosts\n\n- [ ] BK-6: Six\n",
        "# Done\n\n## Rules\n\n- [x] BK-1: One\n\n## Hosts\n\n- [x] BK-2: Two\n",
        "BK-5",
        (
            "# Backlog\n\n## Rules\n\n## Hosts\n\n- [ ] BK-6: Six\n",
            "# Done\n\n## Rules\n\n- [x] BK-5: Five\n- [x] BK-1: One\n\n## Hosts\n\n- [x] BK-2: Two\n",
        ),
    );
}

#[test]
fn an_empty_section_takes_an_item_only_from_a_section_of_the_same_name() {
    let done = "# Done\n\n## Unreleased\n\n---\n\n## v0.1\n\n- [x] BK-1: One\n";
    moved(
        "- [ ] BK-5: Five\n- [ ] BK-6: Six\n",
        done,
        "BK-5",
        (
            "- [ ] BK-6: Six\n",
            "# Done\n\n## Unreleased\n\n---\n\n## v0.1\n\n- [x] BK-5: Five\n- [x] BK-1: One\n",
        ),
    );
    moved(
        "## Unreleased\n\n- [ ] BK-5: Five\n- [ ] BK-6: Six\n",
        done,
        "BK-5",
        (
            "## Unreleased\n\n- [ ] BK-6: Six\n",
            "# Done\n\n## Unreleased\n\n- [x] BK-5: Five\n\n---\n\n## v0.1\n\n- [x] BK-1: One\n",
        ),
    );
}

#[test]
fn a_done_file_that_is_missing_or_bare_is_begun() {
    moved(
        "- [ ] BK-5: Five\n\n- [ ] BK-6: Six",
        "",
        "BK-6",
        ("- [ ] BK-5: Five\n", "# Done\n\n- [x] BK-6: Six\n"),
    );
    moved(
        "- [ ] BK-5: Five\n",
        "# Finished\n",
        "BK-5",
        ("", "# Finished\n\n- [x] BK-5: Five\n"),
    );
    moved(
        "- [ ] BK-5: Five\r\n",
        "",
        "BK-5",
        ("", "# Done\r\n\r\n- [x] BK-5: Five\r\n"),
    );
}

#[test]
fn headings_move_with_their_sections() {
    moved(
        "# Backlog\n\n### BK-001: One\n\nbody\n\n- [x] box\n\n---\n\n### BK-002: Two\n\nbody",
        "# Done\n\n### BK-000: Zero\n\nbody\n",
        "BK-001",
        (
            "# Backlog\n\n---\n\n### BK-002: Two\n\nbody",
            "# Done\n\n### BK-001: One\n\nbody\n\n- [x] box\n\n### BK-000: Zero\n\nbody\n",
        ),
    );
}

#[test]
fn rows_move_between_tables_with_the_same_columns() {
    let table = |rows: &str| {
        format!("# T\n\n| ID | Title | Status |\n|----|:-----:|--------|\n{rows}\ntext\n")
    };
    moved(
        &table("| BK-001 | One | [ ] |\n| BK-002 | Two | [~] |\n"),
        &table("| BK-000 | Zero | [x] |\n"),
        "BK-002",
        (
            &table("| BK-001 | One | [ ] |\n"),
            &table("| BK-002 | Two | [x] |\n| BK-000 | Zero | [x] |\n"),
        ),
    );
    moved(
        &table("| BK-001 | One | [ ] |\n"),
        &table(""),
        "BK-001",
        (&table(""), &table("| BK-001 | One | [x] |\n")),
    );
    moved(
        "| ID | Title |\n|-|-|\n| BK-001 | One |\n",
        "",
        "BK-001",
        (
            "| ID | Title |\n|-|-|\n",
            "# Done\n\n| ID | Title |\n|-|-|\n| BK-001 | One |\n",
        ),
    );
    let other = "| ID | What |\n|-|-|\n| BK-000 | Zero |\n";
    let refused = move_done("| ID | Title |\n|-|-|\n| BK-001 | One |\n", other, "BK-001");
    assert_eq!(refused, Err(DoneError::Columns("BK-001".to_owned())));
}

#[test]
fn an_item_takes_bullet_indent_box_and_line_ends_of_its_neighbours() {
    moved(
        "- Group\n  * [ ] BK-001: One\n    body\n\n    more\n  * [ ] BK-002: Two\n",
        "- [x] BK-000: Zero\r\n",
        "BK-001",
        (
            "- Group\n  * [ ] BK-002: Two\n",
            "- [x] BK-001: One\r\n  body\r\n\r\n  more\r\n- [x] BK-000: Zero\r\n",
        ),
    );
    moved(
        "- **BK-001 — One**\n  body\n",
        "- [x] **BK-000 — Zero**\n",
        "BK-001",
        (
            "",
            "- [x] **BK-001 — One**\n  body\n\n- [x] **BK-000 — Zero**\n",
        ),
    );
    moved(
        "- BK-001: One\n- BK-002: Two\n",
        "* BK-000: Zero\n",
        "BK-001",
        ("- BK-002: Two\n", "* BK-001: One\n* BK-000: Zero\n"),
    );
    moved(
        "1. [ ] BK-001: One\n   body\n",
        "- [x] BK-000: Zero\n",
        "BK-001",
        ("", "1. [x] BK-001: One\n   body\n\n- [x] BK-000: Zero\n"),
    );
}

#[test]
fn an_item_that_is_marked_already_moves_as_well() {
    moved(
        "- [x] BK-5: Five\n",
        "- [x] BK-3: Three\n",
        "BK-5",
        ("", "- [x] BK-5: Five\n- [x] BK-3: Three\n"),
    );
    moved(
        "- [-] BK-5: Five\n",
        "- [x] BK-3: Three\n",
        "BK-5",
        ("", "- [x] BK-5: Five\n- [x] BK-3: Three\n"),
    );
}

#[test]
fn what_cannot_be_finished_says_why() {
    let open = "- [ ] BK-1: One\n- [ ] BK-2: Two\n- [ ] BK-2: Two again\n- [ ] BK-3: Three\n";
    let done = "- [x] BK-3: Three\n- [x] BK-4: Four\n";
    let id = |id: &str| id.to_owned();
    assert_eq!(
        move_done(open, done, "BK-9"),
        Err(DoneError::Unknown(id("BK-9")))
    );
    assert_eq!(
        move_done(open, done, "nothing"),
        Err(DoneError::Unknown(id("nothing")))
    );
    assert_eq!(
        move_done(open, done, "BK-4"),
        Err(DoneError::Done(id("BK-4")))
    );
    assert_eq!(
        move_done(open, done, "BK-003"),
        Err(DoneError::Both(id("BK-3")))
    );
    assert_eq!(
        move_done(open, done, "BK-2"),
        Err(DoneError::Twice(id("BK-2")))
    );
    let nested = "## BK-1: One\n\n### BK-2: Two\n";
    assert_eq!(
        move_done(nested, "", "BK-1"),
        Err(DoneError::Holds(id("BK-1")))
    );
    let heading = "## BK-0: Zero\n";
    assert_eq!(
        move_done(open, heading, "BK-1"),
        Err(DoneError::Form(id("BK-1"), "an item of a list"))
    );
    assert_eq!(
        move_done("### BK-1: One\n", heading, "BK-1"),
        Err(DoneError::Form(id("BK-1"), "a heading of another level"))
    );
}

#[test]
fn where_the_item_would_be_read_otherwise_nothing_is_moved() {
    // The fence is never closed, so the done file ends in code.
    let done = "- [x] BK-0: Zero\n\n```\n";
    assert!(
        move_done("- [ ] BK-1: One\n", done, "BK-1").is_ok(),
        "it goes in front of the fence"
    );
    assert_eq!(
        move_done("- [ ] BK-1: One\n", "```\n", "BK-1"),
        Err(DoneError::Entangled("BK-1".to_owned()))
    );
}

mod laws {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// A backlog of list items, from numbers: which prefix, how long a body, blank lines or none.
    fn file(
        numbers: std::ops::Range<usize>,
        shapes: &[(bool, bool, bool)],
        mark: char,
        end: &str,
    ) -> String {
        let mut text = format!("# Title{end}{end}Words.{end}{end}## Section{end}{end}");
        for (number, (body, boxes, loose)) in numbers.zip(shapes.iter().cycle()) {
            let _ = write!(text, "- [{mark}] **BK-{number:03} — Title {number}**{end}");
            if *body {
                let _ = write!(text, "  Body of {number}.{end}{end}  More.{end}");
            }
            if *boxes {
                let _ = write!(text, "  - [x] box{end}    - deeper{end}");
            }
            if *loose {
                text.push_str(end);
            }
        }
        text
    }

    /// Lines that say something, with their ends.
    fn lines(text: &str) -> Vec<&str> {
        text.split_inclusive('\n')
            .filter(|line| !line.trim().is_empty())
            .collect()
    }

    proptest! {
        #[test]
        fn no_other_line_of_both_files_changes(
            shapes in prop::collection::vec(any::<(bool, bool, bool)>(), 1..5),
            (open_count, done_count) in (1_usize..8, 0_usize..8),
            pick in 0_usize..8,
            crlf: bool,
        ) {
            let end = if crlf { "\r\n" } else { "\n" };
            let open = file(100..100 + open_count, &shapes, ' ', end);
            let done = file(1..done_count + 1, &shapes, 'x', end);
            let id = format!("BK-{}", 100 + pick % open_count);
            let source = Source::new(open.clone());
            let item = read(&source, &prefixes()).into_iter().find(|item| item.id == id).unwrap();
            let whole = source.slice(item.whole).replacen("[ ]", "[x]", 1);
            let (new_open, new_done) = move_done(&open, &done, &id).unwrap();

            let mut kept = lines(&new_open);
            let at = lines(&open[..item.whole.start()]).len();
            let original = source.slice(item.whole).to_owned();
            kept.splice(at..at, lines(&original));
            prop_assert_eq!(kept, lines(&open));
            // The item stands in the done file as it was, and without it that is what it was.
            let at = new_done.find(&whole).unwrap();
            let without = format!("{}{}", &new_done[..at], &new_done[at + whole.len()..]);
            prop_assert_eq!(lines(&without), lines(&done));
            // What is moved back cannot be told from what was never moved, but for the blank lines.
            let again = finish(&Source::new(new_open), &Source::new(new_done), &id, &prefixes());
            prop_assert_eq!(again, Err(DoneError::Done(id)));
        }

        #[test]
        fn no_pair_of_files_makes_it_panic(
            open in "([-*#>|`~\\[\\]xX 0-9\n\r\tBK:—é]|BK-1: a|\n- \\[ \\] |\n## |\n\\| ID \\|\n\\|-\\|\n)*",
            done in "([-*#>|`~\\[\\]xX 0-9\n\r\tBK:—é]|BK-2: b|\n- \\[ \\] |\n## |\n\\| ID \\|\n\\|-\\|\n)*",
        ) {
            let _ = move_done(&open, &done, "BK-1");
        }
    }
}
