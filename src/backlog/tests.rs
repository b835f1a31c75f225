use super::*;

fn items(text: &str) -> Vec<Item> {
    let prefixes = ["BL", "BK", "BUG", "ID"].map(str::to_owned);
    read(&Source::new(text.to_owned()), &prefixes)
}

fn ids(text: &str) -> Vec<String> {
    items(text).into_iter().map(|item| item.id).collect()
}

/// The one item of a text.
fn item(text: &str) -> Item {
    let mut found = items(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn an_item_is_read_however_its_line_is_written() {
    for line in [
        "- [ ] **BK-001 — A title**",
        "- [ ] **BK-001 – A title**",
        "* [ ] **BK-001 - A title**",
        "+ [ ] **BK-001: A title**",
        "1. [ ] **BK-001: A title** *(was BK-000)*",
        "2) BK-001: A title",
        "- BK-001 — A title",
        "- **BK-001** — A title",
        "- **BK-001**: A title",
        "- **BK-001:** A title",
        "- [ ] **BK-001** A title",
        "- [ ] BK-001 A title",
        "- [x] ~~BK-001~~ — A title",
        "- ~~**BK-001 — A title**~~",
        "- [ ] [BK-001](backlog/bk-001.md) — A title",
        "- [ ] **[BK-001](backlog/bk-001.md) — A title**",
        "- [x] **[BK-001] A title**",
        "- [ ] <a id=\"bk-001\"></a>**BK-001 — A title**",
        "- ✅ **BK-001 — A title**",
        "- [ ] **BK-001 (P0) — A title**",
        "- [ ] **BK-001 [P0]: A title**",
        "### BK-001 — A title",
        "## BK-001: A title",
        "#### BK-001. A title",
        "### BK-001 A title",
        "### [x] BK-001 A title",
        "### ~~BK-001~~ A title",
        "### [BK-001](x.md): A title",
        "### BK-001: A title {#bk-001}",
        "BK-001: A title\n---------------",
        "| ID | Title |\n|---|---|\n| BK-001 | A title |",
        "| id | Done | What |\n|---|:-:|---|\n| **[BK-001](x.md)** | [ ] | A title |",
    ] {
        let found = item(line);
        assert_eq!(
            (found.id.as_str(), found.title.as_str()),
            ("BK-001", "A title"),
            "{line}"
        );
    }
}

#[test]
fn a_title_ends_where_its_strong_type_ends() {
    assert_eq!(
        item("- [ ] **BK-001 — Waivers.** Read `sdd/waivers`").title,
        "Waivers."
    );
    assert_eq!(
        item("- [x] **BK-001 — `Store.glob()`\n  surface** and more\n  body").title,
        "Store.glob() surface"
    );
    assert_eq!(
        item("- [ ] BK-001 — The line\n  and the body").title,
        "The line"
    );
    assert_eq!(item("- [ ] **BK-001**").title, "");
}

#[test]
fn a_mark_is_read_where_there_is_one() {
    for (line, mark, shown) in [
        ("- [ ] BK-001: x", Mark::Open, Some("[ ]")),
        ("- [~] **BK-001: x**", Mark::Active, Some("[~]")),
        ("- [x] BK-001: x", Mark::Done, Some("[x]")),
        ("- [X] BK-001: x", Mark::Done, Some("[X]")),
        ("- [-] BK-001: x", Mark::Dropped, Some("[-]")),
        ("- ✅ BK-001: x", Mark::Done, None),
        ("- BK-001: x", Mark::None, None),
        ("## BK-001: x", Mark::None, None),
        ("## [x] BK-001: x", Mark::Done, Some("[x]")),
        (
            "| ID | What | Status |\n|-|-|-|\n| BK-001 | x | [x] |",
            Mark::Done,
            Some("[x]"),
        ),
    ] {
        let source = Source::new(line.to_owned());
        let found = item(line);
        assert_eq!(
            (found.mark, found.checkbox.map(|span| source.slice(span))),
            (mark, shown),
            "{line}"
        );
    }
}

#[test]
fn a_mention_declares_nothing() {
    for text in [
        "See BK-001 — it matters.",
        "- See BK-001 — it matters.",
        "- BK-001 and BK-002 go together",
        "- **BK-001** and **BK-002** go together",
        "- BK-001, BK-002: both",
        "- BK-001–BK-005: all of them",
        "- [ ] BK-001/BK-002 — both",
        "- `BK-001` — code",
        "- [ ] **`BK-001` — code**",
        "- BK-001a: no ID",
        "- BK-001-x: no ID",
        "- BK-1.2: no ID",
        "- XBK-001: no ID",
        "- DONE-001: another prefix",
        "> - [ ] **BK-001 — quoted**",
        "```\n- [ ] **BK-001 — code**\n```",
        "    - [ ] **BK-001 — code**",
        "<!--\n- [ ] **BK-001 — comment**\n-->",
        "| Prefix | Meaning |\n|--|--|\n| BK-001 | no item |",
        "| ID | Meaning |\n|--|--|\n| BK-001, BK-002 | no item |",
        "| Wave | ID |\n|--|--|\n| 0 | BK-001 |",
        "text[^1]\n\n[^1]: - [ ] BK-001 — note",
        "**BK-001 — a paragraph**",
    ] {
        assert_eq!(ids(text), [""; 0], "{text}");
    }
}

#[test]
fn the_body_of_an_item_declares_nothing() {
    assert_eq!(
        ids("- [ ] BK-001 — one\n  - BK-002 — part\n- [ ] BK-003 — three\n"),
        ["BK-001", "BK-003"]
    );
    assert_eq!(
        ids("## BK-001 — one\n\n- [ ] BK-002 — part\n\n| ID | |\n|-|-|\n| BK-4 | |\n"),
        ["BK-001"]
    );
    assert_eq!(
        ids("## BK-001 — one\n### BK-001 — history\n### BK-002 — two\n"),
        ["BK-001", "BK-002"]
    );
    assert_eq!(
        ids("- Group\n  - [ ] BK-001 — one\n  - [ ] BK-002 — two\n"),
        ["BK-001", "BK-002"]
    );
}

#[test]
fn a_row_that_repeats_an_item_is_an_entry_of_an_index() {
    let index = "| ID | What |\n|-|-|\n| BK-1 | one |\n| BK-2 | two |\n";
    assert_eq!(
        ids(&format!("{index}\n### BK-001: one\n")),
        ["BK-2", "BK-001"]
    );
    assert_eq!(
        ids(&format!("{index}\n{index}")),
        ["BK-1", "BK-2", "BK-1", "BK-2"]
    );
}

#[test]
fn an_item_is_whole_with_its_body_and_without_what_follows() {
    let whole = |text: &str, at: usize| {
        let source = Source::new(text.to_owned());
        source.slice(items(text)[at].whole).to_owned()
    };
    let list = "# Backlog\n\n- [ ] **BK-001 — one**\n  body\n\n  - [ ] part\n\n\n- [ ] **BK-002 — two**\n\nText\n";
    assert_eq!(
        whole(list, 0),
        "- [ ] **BK-001 — one**\n  body\n\n  - [ ] part\n"
    );
    assert_eq!(whole(list, 1), "- [ ] **BK-002 — two**\n");
    let nested = "- Group\n  - [ ] BK-001 — one\n    body\n  - [ ] BK-002 — two";
    assert_eq!(whole(nested, 0), "  - [ ] BK-001 — one\n    body\n");
    assert_eq!(whole(nested, 1), "  - [ ] BK-002 — two");
    let crlf = "- [ ] BK-001 — one\r\n  body\r\n\r\n- [ ] BK-002 — two\r\n";
    assert_eq!(whole(crlf, 0), "- [ ] BK-001 — one\r\n  body\r\n");
    let heading = "## BK-001 — one\n\nbody\n\n### More\n\nbody\n\n---\n\n## Else\n\n### BK-002 — two\nbody\n# End\n";
    assert_eq!(
        whole(heading, 0),
        "## BK-001 — one\n\nbody\n\n### More\n\nbody\n"
    );
    assert_eq!(whole(heading, 1), "### BK-002 — two\nbody\n");
    let table = "| ID | What |\n|-|-|\n| BK-001 | one |\n| BK-002 | two |\n";
    assert_eq!(whole(table, 0), "| BK-001 | one |\n");
}

#[test]
fn the_boxes_of_an_item_are_those_of_its_own_checklist() {
    let text = "- [ ] **BK-001 — one**\n  - [x] a\n  - [ ] b\n    1. [~] c\n  - [-] dropped\n\n  text [ ] no box\n\
                - [ ] **BK-002 — two**\n  - no box\n";
    let source = Source::new(text.to_owned());
    let found = items(text);
    let boxes: Vec<(bool, &str)> = found[0]
        .boxes
        .iter()
        .map(|(done, span)| (*done, source.slice(*span)))
        .collect();
    assert_eq!(boxes, [(true, "[x]"), (false, "[ ]"), (false, "[~]")]);
    assert_eq!(found[0].unchecked().count(), 2);
    assert!(found[1].boxes.is_empty());
    assert_eq!(
        item("## BK-001: x\n\n- [ ] a\n\n### Done when\n\n- [x] b\n")
            .boxes
            .len(),
        2
    );
}

#[test]
fn a_declaration_shows_the_id_and_the_title() {
    for (text, declared) in [
        (
            "- [ ] **BK-001 — A `code` title**\n  body",
            "BK-001 — A `code` title",
        ),
        (
            "## BK-001 (was BK-7): A title\n",
            "BK-001 (was BK-7): A title",
        ),
        ("- [ ] **BK-001 — A\n  title**", "BK-001 — A"),
        ("| ID |\n|-|\n| BK-001 |\n", "BK-001"),
    ] {
        let source = Source::new(text.to_owned());
        assert_eq!(source.slice(item(text).declared), declared, "{text}");
    }
}

#[test]
fn numbers_are_compared_and_not_their_digits() {
    assert_eq!(key("BK-007"), key("BK-7"));
    assert_ne!(key("BK-007"), key("BK-70"));
    assert_ne!(key("BK-7"), key("BL-7"));
    assert_eq!(
        key("BK-99999999999999999999999"),
        "BK-99999999999999999999999"
    );
}

#[test]
fn the_lines_that_spell_an_id_are_found() {
    let text = "BK-7 and BK-07\nBK-70 BK-17 XBK-007\nBK-00 BK-\nBUG-7";
    let (seven, zero) = (key("BK-007"), key("BK-0"));
    let found = spelled(
        text,
        &BTreeSet::from([seven.as_str(), zero.as_str(), "BUG-7", "BUG-8"]),
    );
    assert_eq!(found[&seven], ["BK-7 and BK-07", "BK-70 BK-17 XBK-007"]);
    assert_eq!(
        (&found[&zero][..], &found["BUG-7"][..], found.len()),
        (&["BK-00 BK-"][..], &["BUG-7"][..], 3)
    );
}

#[test]
fn a_long_line_that_spells_an_id_very_often_is_found_once() {
    let text = "BK-7 ".repeat(400_000);
    assert_eq!(
        spelled(&text, &BTreeSet::from(["BK-7"]))["BK-7"],
        [text.as_str()]
    );
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "([-*#>|`~\\[\\]xX 0-9\n\r\tBK:—é_()<!]|BK-1|- \\[ \\] |\\*\\*|\n## )*") {
        let source = Source::new(text.clone());
        for item in items(&text) {
            let (declared, whole) = (item.declared.range(), item.whole.range());
            proptest::prop_assert!(!declared.is_empty() && whole.start <= declared.start && declared.end <= whole.end);
            proptest::prop_assert_eq!(source.line_at(whole.start).start(), whole.start);
        }
    }
}
