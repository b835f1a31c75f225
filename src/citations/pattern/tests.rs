use super::*;

const FORMS: Forms = Forms {
    comment: true,
    attribute: true,
    tag: true,
};

fn id() -> Pattern {
    Pattern::proven(r"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+[a-z]?$")
}

#[track_caller]
fn cites(text: &str, cited: &str) {
    let id = id();
    let found = built_in(text, FORMS, &Ids(vec![&id]));
    let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
    assert_eq!(found.join("|"), cited, "{text}");
}

// spec: CITE-006
#[test]
fn comments_cite() {
    for text in [
        "// spec: A-001",
        "//spec: A-001",
        "/// spec: A-001",
        "//! spec: A-001",
        "\t// spec:A-001",
        "# spec: A-001",
        "#spec: A-001",
        "## spec: A-001",
        "-- spec: A-001",
        "; spec: A-001",
        ";; spec: A-001",
        "% spec: A-001",
        "/* spec: A-001 */",
        "/* spec: A-001*/ int x;",
        "/** spec: A-001 */",
        "<!-- spec: A-001 -->",
        "<!-- spec: A-001-->",
        "int x; // spec: A-001",
        "f(\"a\"); // spec: A-001",
        "f('\"', \"\\\"\"); // spec: A-001",
        "\u{feff}# spec: A-001",
        "x\r\n// spec: A-001\r\ny",
        "// spec: A-001.",
        "// spec: A-001: dots are rejected",
        "// spec: A-001 rejects dots",
        "// spec: A-001 (see Path)",
        "{\t# spec: A-001",
    ] {
        cites(text, "A-001");
    }
    cites("// spec: A-001, A-002", "A-001|A-002");
    cites("// spec: A-001,A-002 A-003", "A-001|A-002|A-003");
    cites(
        "// spec: A-001\n// spec: A-002\nfn test() {}\n",
        "A-001|A-002",
    );
    cites("/* spec: SQL-BLOB-070, WR-001a */", "SQL-BLOB-070|WR-001a");
}

// spec: CITE-006
#[test]
fn what_is_no_comment_cites_nothing() {
    for text in [
        "spec: A-001",
        "let x = \"// spec: A-001\";",
        "let x = \"a // spec: A-001\";",
        "x(`a // spec: A-001`)",
        "\"\\\" // spec: A-001\"",
        "http:// spec: A-001",
        "// the spec: A-001",
        "// Spec: A-001",
        "// specs: A-001",
        "// spec A-001",
        "// respec: A-001",
        "x -spec: A-001",
        "// spec:",
        "// spec: see the docs, A-001",
        "// spec:\nA-001",
    ] {
        cites(text, "");
    }
}

// spec: CITE-007
#[test]
fn a_typing_error_in_a_comment_is_no_prose() {
    for (list, cited) in [
        ("PATH-OO3", "PATH-OO3"),
        ("path-003", "path-003"),
        ("PATH_003", "PATH_003"),
        ("PATH003", "PATH003"),
        ("PATH–003", "PATH–003"),
        ("A-001, A-OO2", "A-001|A-OO2"),
        ("A-001 utf-8", "A-001"),
        ("see utf-8", ""),
        ("everything", ""),
        ("3.0", ""),
        ("", ""),
    ] {
        cites(&format!("# spec: {list}\n"), cited);
    }
}

// spec: CITE-006
#[test]
fn attributes_cite() {
    for text in [
        "#[spec(\"A-001\")]\nfn test() {}",
        "#[ spec ( \"A-001\" ) ]",
        "#[graven::spec(\"A-001\")]",
        "#[test] #[spec(\"A-001\")]",
        "#[spec(\n    \"A-001\",\n)]",
    ] {
        cites(text, "A-001");
    }
    cites("#[spec(\"A-001\", \"A-OO2\")]", "A-001|A-OO2");
    for text in [
        "// #[spec(\"A-001\")]",
        "\"#[spec(\\\"A-001\\\")]\"",
        "#[my_spec(\"A-001\")]",
        "spec(\"A-001\")",
        "#[spec(A)]",
        "#[spec(",
        "#[spec(\"",
        "#[spec",
    ] {
        cites(text, "");
    }
}

// spec: CITE-006
#[test]
fn tags_cite() {
    cites(" * @spec A-001\n", "A-001");
    cites("/** @spec A-001, A-002 */", "A-001|A-002");
    cites("it('rejects dots @spec A-001', () => {});", "A-001");
    for text in [
        "@spec add(integer) :: integer",
        "a@spec A-001",
        "@specs A-001",
        "@spec\nA-001",
        "@@spec A-001",
        "@spec a-001",
    ] {
        cites(text, "");
    }
}

// spec: CITE-008
#[test]
fn an_expression_of_the_policy_cites() {
    let (id, pattern) = (id(), Pattern::proven(r"REQ\((?<id>[^)]*)\)"));
    let text = "REQ(A-001) REQ(A-002, A-003) REQ(nothing) REQ()";
    let found = of_policy(text, &pattern, &Ids(vec![&id]));
    let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, ["A-001", "A-002", "A-003", "nothing", ""]);
    let pattern = Pattern::proven(r"(?m)^covers (?<id>.*)$");
    let text = "covers A-001\r\ncovers A-002, A-003\r\n";
    let found = of_policy(text, &pattern, &Ids(vec![&id]));
    assert_eq!(
        found
            .into_iter()
            .map(|range| &text[range])
            .collect::<Vec<_>>(),
        ["A-001", "A-002", "A-003"]
    );
}

#[test]
fn long_lines_are_bounded_work() {
    let id = id();
    for line in [
        "// spec: ",
        "@spec ",
        "#[spec(\"",
        "#[spec(\"A-001\",",
        "spec",
    ] {
        built_in(&line.repeat(10_000), FORMS, &Ids(vec![&id]));
    }
}
