use std::collections::BTreeMap;

use regex::Regex;

use super::*;
use crate::change::document_cache::DocumentCache;
use crate::document::{Content, Reading, Section, Text};
use crate::policy::Policy;
use crate::policy::kind::{Freeze, Kind, PrefixForm, SectionForms};
use crate::repo::memory::Memory;
use crate::repo::{Mode, PathSet, Side};
use crate::text::Source;

const SIMILARITY: Similarity = Similarity {
    title: 0.5,
    body: 0.8,
    document: 0.5,
};

/// A spec whose sections are headings `## ID: [MARK] Title` or `## ID`.
fn spec(path: &str, text: &str) -> Arc<Document> {
    let forms = SectionForms {
        id: Regex::new(r"^[A-Z]+-\d+$").unwrap().into(),
        heading: Regex::new(r"^(?<id>[A-Z]+-\d+): (?<title>.*)$")
            .unwrap()
            .into(),
        like: Regex::new(r"^[A-Z]+-\d+").unwrap().into(),
        tables: false,
        prefix: PrefixForm::None,
        tooling: None,
    };
    let kind = Kind {
        index: 1,
        name: "spec".to_owned(),
        paths: PathSet::new(["*.md"]).unwrap(),
        near: PathSet::new(["*.md"]).unwrap(),
        exempt: PathSet::new(["*.md"]).unwrap(),
        file_name: None,
        template: None,
        number: None,
        freeze: Freeze::Never,
        grows: false,
        vocabulary: None,
        edits: BTreeMap::new(),
        sections: Some(forms),
    };
    let source = Arc::new(Source::new(text.to_owned()));
    let starts: Vec<usize> = text
        .match_indices("## ")
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let sections = starts.windows(2).map(|ends| {
        let line = source.line_at(ends[0]);
        let heading = source.slice(line).trim_start_matches("## ");
        let (id, title) = heading.split_once(": ").unwrap_or((heading, ""));
        let (mark, title) = match title.split_once("] ") {
            Some((mark, title)) => (Some(format!("{mark}]")), title),
            None => (None, title),
        };
        let body = source.span((line.end() + 1).min(ends[1])..ends[1]);
        Section {
            id: id.to_owned(),
            title: title.to_owned(),
            mark,
            declared: line,
            body,
        }
    });
    let text = Text {
        sections: sections.collect(),
        source: Arc::clone(&source),
        title: None,
        status: Reading::default(),
        relations: Vec::new(),
        regions: Vec::new(),
        malformed: Vec::new(),
        look_alikes: Vec::new(),
        prefixes: Vec::new(),
        tooling: None,
    };
    Arc::new(Document {
        path: RepoPath::new(path),
        mode: Mode::File,
        kind: Arc::new(kind),
        number: None,
        content: Content::Text(Arc::new(text)),
    })
}

fn edited(before: &str, after: &str) -> Change {
    Change::Edited {
        before: spec("a.md", before),
        after: spec("a.md", after),
    }
}

/// What became of the IDs, as one line each. Unchanged documents declare nothing here.
fn told(changes: &[Change]) -> Vec<String> {
    let mut memory = Memory::default();
    let commit = memory.commit(None, []);
    let policy = Policy {
        kinds: Vec::new(),
        similarity: SIMILARITY,
        documents: PathSet::new(["*.md"]).unwrap(),
        ..crate::policy::preset("none").unwrap()
    };
    let cache = DocumentCache::new(&memory, &policy);
    let after = Snapshot::new(&cache, Side::Commit(commit));
    let section_changes = section_changes(&after, changes, SIMILARITY).unwrap();
    let pair = |pair: &Pair| format!("{}>{}", pair.before.id(), pair.after.id());
    let mut lines: Vec<String> = section_changes
        .lost
        .iter()
        .map(|one| format!("lost {}", one.id()))
        .collect();
    lines.extend(
        section_changes
            .gained
            .iter()
            .map(|one| format!("gained {}", one.id())),
    );
    lines.extend(
        section_changes
            .renumbered
            .iter()
            .map(|one| format!("renumbered {}", pair(one))),
    );
    let shifts = section_changes
        .shifts
        .iter()
        .map(|shift| shift.moved.iter().map(pair).collect::<Vec<_>>().join(" "));
    lines.extend(shifts.map(|moved| format!("shifted {moved}")));
    let kept = section_changes
        .kept
        .iter()
        .filter(|kept| kept.meaning != Meaning::Kept);
    lines.extend(kept.map(|kept| {
        let meaning = format!("{:?}", kept.meaning).to_lowercase();
        let word = meaning.split('(').next().unwrap_or_default();
        format!("{word} {}", kept.pair.after.id())
    }));
    lines
}

const THREE: &str = "\
## A-1: Path validation\nEvery path is validated by the store.\n\
## A-2: Reading files\nReading gives a stream of bytes, never a text.\n\
## A-3: Writing files\nWriting replaces what stands there, when asked to.\n";

#[test]
fn what_did_not_change_has_no_fate() {
    assert!(told(&[edited(THREE, THREE)]).is_empty());
    assert!(told(&[edited(THREE, &THREE.replace('\n', "\r\n"))]).is_empty());
    assert!(
        told(&[Change::Moved {
            before: spec("a.md", THREE),
            after: spec("b.md", THREE)
        }])
        .is_empty()
    );
}

#[test]
fn a_section_that_is_gone_is_lost() {
    let after = THREE.split("## A-3").next().unwrap();
    assert_eq!(told(&[edited(THREE, after)]), ["lost A-3"]);
    let gone = Change::Deleted {
        before: spec("a.md", THREE),
        replaced_by: None,
        heir: None,
    };
    assert_eq!(told(&[gone]), ["lost A-1", "lost A-2", "lost A-3"]);
}

#[test]
fn a_section_may_stand_in_another_document() {
    let (first, rest) = THREE.split_once("## A-2").unwrap();
    let added = Change::Added {
        after: spec("b.md", &format!("## A-2{rest}")),
    };
    assert!(told(&[edited(THREE, first), added]).is_empty());
}

#[test]
fn a_section_under_another_id_is_renumbered_even_when_it_was_edited_or_moved() {
    let after = THREE.replace("A-3", "A-9");
    assert_eq!(told(&[edited(THREE, &after)]), ["renumbered A-3>A-9"]);
    let after = after.replace("Writing files", "Storing things");
    assert_eq!(told(&[edited(THREE, &after)]), ["renumbered A-3>A-9"]);
    let after = THREE.replace("A-3", "A-9").replace(
        "Writing replaces what stands there, when asked to.",
        "Other words.",
    );
    assert_eq!(told(&[edited(THREE, &after)]), ["renumbered A-3>A-9"]);
    let (first, rest) = THREE.split_once("## A-3").unwrap();
    let added = Change::Added {
        after: spec("b.md", &format!("## B-1{rest}")),
    };
    assert_eq!(told(&[edited(THREE, first), added]), ["renumbered A-3>B-1"]);
}

#[test]
fn an_insertion_shifts_what_follows_and_is_told_once() {
    let shifted = THREE.replace("A-3", "A-4").replace("A-2", "A-3");
    let after = shifted.replace(
        "## A-3",
        "## A-2: Empty paths\nAn empty path is the root of the store.\n## A-3",
    );
    assert_eq!(told(&[edited(THREE, &after)]), ["shifted A-2>A-3 A-3>A-4"]);
    // The last one moved, and something else took its place.
    let after = THREE.replace("A-3", "A-4").replace(
        "## A-4",
        "## A-3: Empty paths\nAn empty path is the root.\n## A-4",
    );
    assert_eq!(told(&[edited(THREE, &after)]), ["shifted A-3>A-4"]);
}

#[test]
fn a_deletion_shifts_what_follows_and_is_told_once() {
    let (first, rest) = THREE.split_once("## A-2").unwrap();
    let rest = rest.split_once("## A-3").unwrap().1;
    assert_eq!(
        told(&[edited(THREE, &format!("{first}## A-2{rest}"))]),
        ["shifted A-3>A-2"]
    );
}

#[test]
fn two_sections_that_swap_ids_are_shifted() {
    let after = THREE
        .replace("A-2", "A-0")
        .replace("A-3", "A-2")
        .replace("A-0", "A-3");
    assert_eq!(told(&[edited(THREE, &after)]), ["shifted A-2>A-3 A-3>A-2"]);
}

#[test]
fn sections_in_another_order_keep_their_ids() {
    let (first, rest) = THREE.split_once("## A-2").unwrap();
    assert!(told(&[edited(THREE, &format!("## A-2{rest}{first}"))]).is_empty());
}

#[test]
fn another_title_over_another_body_is_another_meaning() {
    let (first, _) = THREE.split_once("## A-3").unwrap();
    let after = format!("{first}## A-3: Locking\nA lock is held until its owner lets go.\n");
    assert_eq!(told(&[edited(THREE, &after)]), ["replaced A-3"]);
    let after = THREE.replace("Writing files", "Storing things");
    assert_eq!(told(&[edited(THREE, &after)]), ["reworded A-3"]);
    let after = THREE.replace("Writing files", "Writing large files");
    assert_eq!(told(&[edited(THREE, &after)]), ["reworded A-3"]);
    let after = THREE.replace(
        "Writing replaces what stands there, when asked to.",
        "A file is made in full or not at all.",
    );
    assert!(told(&[edited(THREE, &after)]).is_empty());
}

#[test]
fn a_tombstone_frees_the_words_but_not_the_id() {
    let after = THREE
        .replace("A-3: Writing", "A-3: [DEPRECATED] Writing")
        .replace("Writing replaces what", "Gone");
    assert!(told(&[edited(THREE, &after)]).is_empty());
    let (first, _) = THREE.split_once("## A-3").unwrap();
    assert_eq!(told(&[edited(&after, first)]), ["lost A-3"]);
    // What was moved on purpose leaves its tombstone behind.
    let moved = format!(
        "{first}## A-3: [MOVED TO A-4] Writing files\n## A-4{}",
        THREE.split_once("## A-3").unwrap().1
    );
    assert_eq!(told(&[edited(THREE, &moved)]), ["gained A-4"]);
}

#[test]
fn without_titles_the_requirement_is_the_meaning() {
    let before = "## A-1\n> The client **MUST** provide a way to add hooks.\n\nSee below.\n";
    for (after, told_as) in [
        (
            "## A-1\n> The client **MUST** provide a way to add hooks.\n\nSee the chapter on hooks.\n",
            None,
        ),
        (
            "## A-1\n> The client **MUST** provide a method to add hooks.\n\nSee below.\n",
            Some("reworded A-1"),
        ),
        (
            "## A-1\n> An API **SHOULD** define shutdown.\n\nSee below.\n",
            Some("replaced A-1"),
        ),
        (
            "## A-1\n> The client **MUST NOT** provide a way to add hooks.\n\nSee below.\n",
            Some("inverted A-1"),
        ),
        ("## A-1\n", None),
    ] {
        assert_eq!(
            told(&[edited(before, after)]),
            told_as.into_iter().collect::<Vec<_>>(),
            "{after}"
        );
    }
}

#[test]
fn a_copy_does_not_touch_the_elder_and_may_take_an_id_of_its_own() {
    let copy = format!("{THREE}## A-1: Locking\nA lock is held until its owner lets go.\n");
    assert!(told(&[edited(THREE, &copy)]).is_empty());
    let mended = copy.replace("A-1: Locking", "A-4: Locking");
    assert_eq!(told(&[edited(&copy, &mended)]), ["gained A-4"]);
}

#[test]
fn a_prefix_is_what_stands_in_front_of_the_number() {
    for (id, expected) in [
        ("PATH-003", "PATH"),
        ("SQL-BLOB-070", "SQL-BLOB"),
        ("WR-001a", "WR"),
        ("S3-001", "S3"),
        ("1.2.3", "1.2"),
        ("x", "x"),
    ] {
        assert_eq!(prefix(id), expected);
    }
}

proptest::proptest! {
    /// Lines of headings, demands and odds and ends, in any order.
    #[test]
    fn no_text_stops_the_judging_and_line_ends_change_nothing(
        before in proptest::collection::vec(0_usize..12, 0..14),
        after in proptest::collection::vec(0_usize..12, 0..14),
    ) {
        const LINES: [&str; 12] = [
            "## A-1: Reading", "## A-2: Writing", "## A-3: [DEPRECATED] Ends", "## A-1", "```", "> It **MUST** go; \"now\".",
            "It must not go `now` or 7 times. It may.", "", "| a | must | b |", "Every path is validated by the store.",
            "- 路径 must never ́be`", "1) cannot always",
        ];
        let text = |lines: &[usize]| lines.iter().flat_map(|&line| [LINES[line], "\n"]).collect::<String>();
        let (before, after) = (text(&before), text(&after));
        let found = told(&[edited(&before, &after)]);
        let crlf = told(&[edited(&before.replace('\n', "\r\n"), &after.replace('\n', "\r\n"))]);
        proptest::prop_assert_eq!(&found, &crlf);
        proptest::prop_assert!(told(&[edited(&before, &before)]).is_empty());
        // Whatever is declared before and not after is accounted for.
        let (was, is) = (spec("a.md", &before), spec("a.md", &after));
        let ids = |document: &Document| -> BTreeSet<String> {
            document.text().unwrap().sections.iter().map(|section| section.id.clone()).collect()
        };
        for gone in ids(&was).difference(&ids(&is)) {
            proptest::prop_assert!(found.iter().any(|line| line.contains(gone.as_str())), "{} in {:?}", gone, found);
        }
    }
}
