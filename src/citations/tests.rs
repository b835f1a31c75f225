use proptest::prelude::*;

use super::*;

fn read(path: &str, bytes: &[u8]) -> Citations {
    let policy = crate::policy::built_in();
    Grammar::of(&policy)
        .unwrap()
        .read(&RepoPath::new(path), bytes)
}

fn cited(path: &str, bytes: &[u8]) -> Vec<String> {
    read(path, bytes)
        .cited
        .into_iter()
        .map(|cited| cited.id)
        .collect()
}

#[test]
fn a_python_file_is_parsed_and_others_are_not() {
    let text = b"# spec: A-001\n@pytest.mark.spec('A-002')\ndef test(): pass\n";
    assert_eq!(cited("tests/test_it.py", text), ["A-002"]);
    assert_eq!(cited("tests/test_it.pyi", text), ["A-002"]);
    assert_eq!(cited("tests/it.rb", text), ["A-001"]);
}

// spec: CITE-007
#[test]
fn what_no_section_can_be_called_is_told() {
    let found = read(
        "tests/test_it.py",
        b"@pytest.mark.spec('PATH-OO3', 'PATH-003')\ndef test(): pass\n",
    )
    .cited;
    assert_eq!(
        found
            .iter()
            .map(|cited| (cited.id.as_str(), cited.is_id))
            .collect::<Vec<_>>(),
        [("PATH-OO3", false), ("PATH-003", true)]
    );
    let long = format!(
        "@pytest.mark.spec('{}')\ndef test(): pass\n",
        "x".repeat(10_000)
    );
    assert_eq!(cited("tests/test_it.py", long.as_bytes())[0].len(), KEPT);
}

// spec: CITE-004
#[test]
fn what_is_no_utf_8_is_read_as_far_as_possible() {
    let found = read(
        "tests/test_it.py",
        b"# caf\xe9\n@pytest.mark.spec('A-001')\ndef test(): pass\n",
    );
    assert_eq!(found.cited[0].id, "A-001");
    assert!(
        matches!(found.broken, Some(Broken::Encoding(span)) if found.source.position(span.start()) == (1, 6))
    );
    assert!(
        read("tests/test_it.py", b"caf\xe9").broken.is_none(),
        "nothing in it cites"
    );
    assert_eq!(cited("tests/it.bin", b"\0// spec: A-001"), [""; 0]);
}

proptest! {
    // spec: CITE-005
    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read("tests/test_it.py", &bytes);
        read("tests/it.rs", &bytes);
    }

    // spec: CITE-005
    #[test]
    fn any_python_can_be_read(words in proptest::collection::vec(prop::sample::select(WORDS), 0..80)) {
        let text = words.concat();
        for path in ["tests/test_it.py", "tests/it.rs"] {
            let citations = read(path, text.as_bytes());
            for cited in &citations.cited {
                prop_assert!(cited.span.end() <= citations.source.text().len());
            }
        }
    }
}

const WORDS: &[&str] = &[
    "pytest",
    ".",
    "mark",
    "spec",
    "param",
    "(",
    ")",
    "[",
    "]",
    "'A-001'",
    "\"",
    "'",
    "\"\"\"",
    "\n",
    "    ",
    "\t",
    "@",
    "def ",
    "class ",
    "x",
    ":",
    ",",
    "=",
    " := ",
    "f'",
    "{",
    "}",
    "\\",
    "import ",
    "from ",
    " as ",
    "marks=",
    "pytestmark",
    "*",
    "**",
    "#",
    "// spec: ",
    "#[spec(",
    "@spec ",
    "A-001",
    "async ",
    "lambda ",
    "if ",
    "else",
    "\r\n",
    "\u{feff}",
    "é",
    "print ",
    ";",
];
