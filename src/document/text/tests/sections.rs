//! What declares a section, its prefix and its tooling.

use super::read_words;

fn sections(text: &str) -> Vec<String> {
    let read = read_words(text);
    let shown = |section: &crate::document::Section| {
        let mark = section.mark.as_deref().unwrap_or("-");
        let (declared, body) = (
            read.source.slice(section.declared),
            read.source.slice(section.body),
        );
        format!("{}|{}|{mark}|{declared}|{body}", section.id, section.title)
    };
    read.sections.iter().map(shown).collect()
}

#[test]
fn sections_are_declared_by_headings_and_tables() {
    for (text, expected) in [
        (
            "# S\n\n## PATH-001: One\n\nbody\n\n### Note\n\nmore\n\n## PATH-002 (was WR-014): Two\n\n## Other\n\nx\n",
            &[
                "PATH-001|One|-|## PATH-001: One|body\n\n### Note\n\nmore",
                "PATH-002|Two|-|## PATH-002 (was WR-014): Two|",
            ][..],
        ),
        (
            "## A-1: X [DEPRECATED]\n\n### ~~A-2~~: Y\n\n### [MOVED TO B-1] A-3: Z\n\n### ~~A-4: W~~\n\n### A-5 [REMOVED]: V\n",
            &[
                "A-1|X|[DEPRECATED]|## A-1: X [DEPRECATED]|",
                "A-2|Y|~~A-2~~|### ~~A-2~~: Y|",
                "A-3|Z|[MOVED TO B-1]|### [MOVED TO B-1] A-3: Z|",
                "A-4|W|~~A-4: W~~|### ~~A-4: W~~|",
                "A-5|V|[REMOVED]|### A-5 [REMOVED]: V|",
            ],
        ),
        (
            "## A-1: X\n\n**[DEPRECATED: use A-2]** text\n\n## A-2: Y\n\nnot [DEPRECATED]\n",
            &[
                "A-1|X|[DEPRECATED: use A-2]|## A-1: X|**[DEPRECATED: use A-2]** text",
                "A-2|Y|-|## A-2: Y|not [DEPRECATED]",
            ],
        ),
        (
            "## A-1: [DEPRECATED] X\n\n[DEPRECATED]: #x\n",
            &["A-1|X|[DEPRECATED]|## A-1: [DEPRECATED] X|[DEPRECATED]: #x"],
        ),
        (
            "## T\n\n| ID | Rule | More |\n|---|---|---|\n| R-1 | One | x |\n| ~~R-2~~ | Two | |\n| `R-3` | Code | |\n",
            &[
                "R-1|One|-|| R-1 | One | x ||| R-1 | One | x |",
                "R-2|Two|~~R-2~~|| ~~R-2~~ | Two | ||| ~~R-2~~ | Two | |",
            ],
        ),
        (
            "## `A-1`: X\n\n> ## A-2: X\n\n- ## A-3: X\n\n```\n## A-4: X\n```\n\n<!--\n## A-5: X\n-->\n\n# A-6: X\n",
            &[],
        ),
        (
            "## A-1: uses `code` here\n",
            &["A-1|uses code here|-|## A-1: uses `code` here|"],
        ),
    ] {
        assert_eq!(sections(text), expected, "{text}");
    }
}

#[test]
fn a_heading_that_only_seems_to_declare_is_malformed() {
    let read = read_words("## BE-099 Some title\n\n## BE-100: Fine\n\n## Other\n");
    let malformed: Vec<&str> = read.malformed.iter().map(|id| id.value.as_str()).collect();
    assert_eq!(malformed, ["BE-099"]);
    assert_eq!(
        read.source.slice(read.malformed[0].span),
        "## BE-099 Some title"
    );
}

#[test]
fn a_spec_about_tooling_says_so_in_front_of_its_sections() {
    for (text, tooling) in [
        (
            "# S\n\n**Prefix:** DOC\n**Scope:** Build & CI tooling. More.\r\n\n## DOC-001: A\n",
            true,
        ),
        ("# S\n\n**Scope:** Build & CI tooling", true),
        (
            "# S\n\n## DOC-001: A\n\n**Scope:** Build & CI tooling\n",
            false,
        ),
        (
            "# S\n\n```\n**Scope:** Build & CI tooling\n```\n\n## DOC-001: A\n",
            false,
        ),
        ("# S\n\n<!--\n**Scope:** Build & CI tooling\n-->\n", false),
        ("# S\n\n**Scope:** The library\n", false),
    ] {
        let read = read_words(text);
        assert_eq!(read.tooling.is_some(), tooling, "{text}");
        assert!(
            read.tooling
                .is_none_or(|line| read.source.slice(line).starts_with("**Scope:**")),
            "{text}"
        );
    }
}

#[test]
fn prefixes_are_declared_outside_code() {
    let read = read_words("# S\n\n**Prefix:** PATH\n\n```\n**Prefix:** CODE\n```\n");
    let prefixes: Vec<&str> = read
        .prefixes
        .iter()
        .map(|prefix| prefix.value.as_str())
        .collect();
    assert_eq!(prefixes, ["PATH"]);
}
