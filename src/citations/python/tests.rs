use super::*;

/// What a file cites, a citation a word; then the notes as `LINE:COLUMN why`.
fn told(text: &str) -> (String, Vec<String>) {
    let source = Source::new(text.to_owned());
    let reading = read(&source);
    let cited: Vec<&str> = reading
        .cited
        .iter()
        .map(|cited| cited.value.as_str())
        .collect();
    let place = |note: &Note| {
        let (line, column) = source.position(note.span.start());
        format!("{line}:{column} {}", note.why)
    };
    (cited.join(" "), reading.notes.iter().map(place).collect())
}

#[track_caller]
fn cites(text: &str, cited: &str) {
    let (found, notes) = told(text);
    assert_eq!(found, cited, "{text}");
    assert!(notes.is_empty(), "{notes:?}\n{text}");
}

#[track_caller]
fn notes(text: &str, cited: &str, wanted: &[&str]) {
    let (found, notes) = told(text);
    assert_eq!(found, cited, "{text}");
    assert_eq!(notes, wanted, "{text}");
}

fn broken(text: &str) -> Option<(usize, usize)> {
    let source = Source::new(text.to_owned());
    read(&source)
        .broken
        .map(|span| source.position(span.start()))
}

// spec: CITE-001
#[test]
fn functions_and_classes_are_marked() {
    cites(
        "import pytest\n@pytest.mark.spec(\"PATH-003\")\ndef test_dots():\n    pass\n",
        "PATH-003",
    );
    cites(
        "@pytest.mark.spec('A-001', 'A-002')\ndef test(): pass\n",
        "A-001 A-002",
    );
    cites(
        "@pytest.mark.spec('A-001',)\nasync def test(): pass\n",
        "A-001",
    );
    cites(
        "@pytest.mark.spec('A-001')\nclass TestIt:\n    @pytest.mark.spec('A-002')\n    def test(self): pass\n",
        "A-001 A-002",
    );
    cites(
        "class A:\n  class B:\n    class C:\n      @pytest.mark.spec('A-001')\n      def test(self): pass\n",
        "A-001",
    );
    cites(
        "def outer():\n    @pytest.mark.spec('A-001')\n    def test(): pass\n",
        "A-001",
    );
    cites(
        "if X:\n    @pytest.mark.spec('A-001')\n    def test(): pass\n",
        "A-001",
    );
    cites(
        "@pytest.mark.spec(\n    'A-001',  # the first\n    # and\n    'A-002',\n)\ndef test(): pass\n",
        "A-001 A-002",
    );
    cites(
        "@(pytest.mark.spec((('A-001'))))\ndef test(): pass\n",
        "A-001",
    );
}

// spec: CITE-001
#[test]
fn decorators_stack() {
    let text = "@pytest.mark.slow\n@pytest.mark.spec('A-001')\n@pytest.mark.skipif(X, reason='spec')\n\
                @pytest.mark.spec('A-002')\n@other\ndef test(): pass\n";
    cites(text, "A-001 A-002");
}

// spec: CITE-001
#[test]
fn modules_and_classes_are_marked_by_a_variable() {
    cites("pytestmark = pytest.mark.spec('A-001')\n", "A-001");
    cites(
        "pytestmark = [pytest.mark.slow, pytest.mark.spec('A-001'), pytest.mark.spec('A-002')]\n",
        "A-001 A-002",
    );
    cites(
        "pytestmark = (pytest.mark.spec('A-001'), pytest.mark.spec('A-002'))\n",
        "A-001 A-002",
    );
    cites(
        "pytestmark = pytest.mark.spec('A-001'), pytest.mark.slow\n",
        "A-001",
    );
    cites("pytestmark: list = [pytest.mark.spec('A-001')]\n", "A-001");
    cites("pytestmark: 'spec' = pytest.mark.spec('A-001')\n", "A-001");
    cites(
        "pytestmark = [pytest.mark.slow] + [pytest.mark.spec('A-001')]\n",
        "A-001",
    );
    cites(
        "pytestmark = []\npytestmark += [pytest.mark.spec('A-001')]\n",
        "A-001",
    );
    cites(
        "class Test:\n    pytestmark = [pytest.mark.spec('A-001')]\n",
        "A-001",
    );
    cites(
        "try:\n    pytestmark = other = pytest.mark.spec('A-001')\nexcept E: pass\n",
        "A-001",
    );
    cites("(pytestmark := pytest.mark.spec('A-001'))\n", "A-001");
}

// spec: CITE-001
#[test]
fn parameters_are_marked() {
    let param = "@pytest.mark.parametrize('x', [\n  1,\n  pytest.param(2, marks=pytest.mark.spec('A-001')),\n  \
                 pytest.param(3, id='three', marks=[pytest.mark.slow, pytest.mark.spec('A-002')]),\n  \
                 pytest.param(4, marks=(pytest.mark.spec('A-003'),)),\n])\n@pytest.mark.spec('A-000')\ndef test(x): pass\n";
    cites(param, "A-001 A-002 A-003 A-000");
    cites(
        "CASES = [pytest.param(1, marks=pytest.mark.spec('A-001'))]\n",
        "A-001",
    );
    cites(
        "def cases():\n    yield pytest.param(1, marks=pytest.mark.spec('A-001'))\n",
        "A-001",
    );
}

// spec: CITE-001
#[test]
fn names_are_followed() {
    cites(
        "import pytest as pt\n@pt.mark.spec('A-001')\ndef test(): pass\n",
        "A-001",
    );
    cites(
        "import os, pytest as pt, sys\n@pt.mark.spec('A-001')\ndef test(): pass\n",
        "A-001",
    );
    cites(
        "from pytest import mark\n@mark.spec('A-001')\ndef test(): pass\n",
        "A-001",
    );
    cites(
        "from pytest import (param as p, mark as m)\nX = [p(1, marks=m.spec('A-001'))]\n",
        "A-001",
    );
    cites(
        "try:\n    from pytest import mark\nfinally: pass\npytestmark = mark.spec('A-001')\n",
        "A-001",
    );
    cites(
        "spec = pytest.mark.spec\n@spec('A-001')\ndef test(): pass\n",
        "A-001",
    );
    cites(
        "m = pytest.mark\n@m.spec('A-001')\ndef test(): pass\n",
        "A-001",
    );
    cites(
        "dots = pytest.mark.spec('A-001')\n@dots\ndef test(): pass\n",
        "A-001",
    );
    cites(
        "dots = pytest.mark.spec('A-001')\n@dots\ndef one(): pass\n@dots\ndef two(): pass\n",
        "A-001 A-001",
    );
    cites(
        "both = [pytest.mark.spec('A-001', 'A-002')]\nX = pytest.param(1, marks=both)\npytestmark = [*both]\n",
        "A-001 A-002 A-001 A-002",
    );
    cites(
        "dots = pytest.mark.spec('A-001')\ndots = other\n@dots\ndef test(): pass\n",
        "",
    );
    cites("dots = pytest.mark.spec('A-001')\n", "");
}

// spec: CITE-001
#[test]
fn other_names_are_other_things() {
    cites("@mark.spec('A-001')\ndef test(): pass\n", "");
    cites(
        "from other import mark\n@mark.spec('A-001')\ndef test(): pass\n",
        "",
    );
    cites("@self.pytest.mark.spec('A-001')\ndef test(): pass\n", "");
    cites("@pytest.mark.spec.other('A-001')\ndef test(): pass\n", "");
    cites("@pytest.mark.specs('A-001')\ndef test(): pass\n", "");
    cites("@spec('A-001')\ndef test(): pass\n", "");
    cites("@pytest.fixture\ndef spec(): return Mock(spec=X)\n", "");
}

// spec: CITE-002
#[test]
fn comments_and_strings_cite_nothing() {
    cites("# @pytest.mark.spec('A-001')\n", "");
    cites(
        "\"\"\"\n@pytest.mark.spec('A-001')\ndef test(): pass\n\"\"\"\n",
        "",
    );
    cites("def test():\n    '''@pytest.mark.spec(\"A-001\")'''\n", "");
    cites("X = \"pytestmark = pytest.mark.spec('A-001')\"\n", "");
    cites("x = f'{pytest}.mark.spec(A-001)'\n", "");
    cites("# spec: A-001\ndef test(): pass\n", "");
}

// spec: CITE-003
#[test]
fn what_the_text_does_not_tell_is_noted() {
    let mark = |argument: &str| format!("@pytest.mark.spec({argument})\ndef test(): pass\n");
    for (argument, cited, why) in [
        ("'A-' + '001'", "", "1:19 expressions are not evaluated"),
        ("'A-%s' % n", "", "1:19 expressions are not evaluated"),
        ("'A-' '001'", "", "1:19 concatenated strings are not read"),
        ("f'A-{n}'", "", "1:19 f-strings are not evaluated"),
        ("F'A-001'", "", "1:19 f-strings are not evaluated"),
        ("rf'A-001'", "", "1:19 f-strings are not evaluated"),
        ("b'A-001'", "", "1:19 bytes, not a string"),
        ("'A-001', ID", "A-001", "1:28 variables are not evaluated"),
        ("ids.PATH", "", "1:19 variables are not evaluated"),
        ("*ids", "", "1:19 unpacked arguments are not evaluated"),
        ("id='A-001'", "", "1:19 keyword arguments are not read"),
        (
            "'A-001', **more",
            "A-001",
            "1:28 keyword arguments are not read",
        ),
        ("", "", "1:2 no section named"),
        ("x := 'A-001'", "", "1:19 not a string literal"),
        ("['A-001']", "", "1:19 not a string literal"),
        ("'A-001' if X else 'A-002'", "", "1:19 not a string literal"),
        ("x for x in y", "", "1:18 not a string literal"),
        ("None", "", "1:19 not a string literal"),
        ("'\\N{DIGIT ONE}'", "", "1:19 \\N{…} escapes are not read"),
        ("'\\xZZ'", "", "1:19 invalid escape sequence"),
    ] {
        notes(&mark(argument), cited, &[why]);
    }
    notes(
        "@pytest.mark.spec\ndef test(): pass\n",
        "",
        &["1:2 no section named"],
    );
}

// spec: CITE-003
#[test]
fn a_mark_on_nothing_is_noted() {
    let why = "the mark is not on a test";
    notes("pytest.mark.spec('A-001')\n", "", &[&format!("1:1 {why}")]);
    notes(
        "def test():\n    pytestmark = pytest.mark.spec('A-001')\n",
        "",
        &[&format!("2:18 {why}")],
    );
    notes(
        "item.add_marker(pytest.mark.spec('A-001'))\n",
        "",
        &[&format!("1:17 {why}")],
    );
}

// spec: CITE-001
#[test]
fn prefixes_and_escapes_are_read_as_python_reads_them() {
    let mark = |argument: &str| format!("@pytest.mark.spec({argument})\ndef test(): pass\n");
    for argument in [
        "'A-001'",
        "\"A-001\"",
        "'''A-001'''",
        "\"\"\"A-001\"\"\"",
        "r'A-001'",
        "R\"A-001\"",
        "u'A-001'",
        "U'A-001'",
        "'A\\x2d001'",
        "'A\\u002D001'",
        "'A\\U0000002d001'",
        "'A\\055001'",
        "'A-\\\n001'",
        "'\\101-001'",
    ] {
        cites(&mark(argument), "A-001");
    }
    cites(&mark(r"r'A\x2d001'"), r"A\x2d001");
    cites(&mark(r"'A\-001'"), r"A\-001");
    cites(&mark(r"'A\'\\'"), r"A'\");
    cites(&mark("''"), "");
    cites(&mark("'Ä-001 ö'"), "Ä-001 ö");
}

// spec: CITE-001
#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let text = "import pytest\n\n@pytest.mark.spec('A-001')\ndef test():\n    pass\n\npytestmark = [\n    pytest.mark.spec('A-002'),\n]\n";
    cites(&text.replace('\n', "\r\n"), "A-001 A-002");
    cites(&format!("\u{feff}{text}"), "A-001 A-002");
    cites(text.trim_end(), "A-001 A-002");
}

// spec: CITE-004
#[test]
fn a_file_that_does_not_parse_is_read_as_far_as_possible() {
    let whole = "@pytest.mark.spec('A-001')\ndef one():\n    pass\n\n";
    let rest = "\n@pytest.mark.spec('A-002')\ndef two():\n    pass\n";
    assert_eq!(broken(&format!("{whole}{rest}")), None);
    for fault in [
        "x = = 1\n",
        "def broken(:\n    pass\n",
        "class\n",
        "x = (1,\n",
        "if x\n    y\n",
        "print 'a' 'b' c\n",
        "else:\n  z\n",
    ] {
        let text = format!("{whole}{fault}{rest}");
        assert!(broken(&text).is_some(), "{text}");
        assert_eq!(told(&text).0, "A-001 A-002", "{text}");
    }
    assert_eq!(broken(&format!("{whole}x = = 1\n")), Some((5, 5)));
    assert_eq!(told("@pytest.mark.spec('A-001')\ndef one(\n").0, "A-001");
    assert_eq!(told("@pytest.mark.spec('A-001')\n").0, "A-001");
}

// spec: CITE-004
#[test]
fn python_2_is_read_too() {
    let text = "@pytest.mark.spec('A-001')\ndef test():\n    print 'x'\n    exec 'y'\n    raise E, 'z'\n\n@pytest.mark.spec('A-002')\ndef more():\n    try: pass\n    except E, e: pass\n    x = `y` <> 0777L\n";
    assert_eq!(told(text).0, "A-001 A-002");
}

// spec: CITE-005
#[test]
fn deep_nesting_is_no_danger() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("-", ""),
        ("f(", ")"),
        ("lambda:", ""),
        ("not ", ""),
        ("a.", ""),
    ] {
        let deep = 8_000;
        let text = format!(
            "pytestmark = pytest.mark.spec('A-001')\nx = {}1{}\n",
            open.repeat(deep),
            close.repeat(deep)
        );
        assert_eq!(told(&text).0, "A-001", "{open}");
        let half = format!(
            "pytestmark = pytest.mark.spec('A-001')\nx = {}",
            open.repeat(deep)
        );
        read(&Source::new(half));
    }
    let chain = "(x := ".repeat(5_000);
    read(&Source::new(format!(
        "{chain}pytest.mark.spec('A-001'){}",
        ")".repeat(5_000)
    )));
    let chain = "x = ".repeat(8_000);
    read(&Source::new(format!("{chain}pytest.mark.spec('A-001')\n")));
    let blocks: String = (0..200)
        .flat_map(|depth| [" ".repeat(depth), "if x:\n".to_owned()])
        .collect();
    read(&Source::new(format!(
        "{blocks}{}pytestmark = pytest.mark.spec('A-001')\n",
        " ".repeat(200)
    )));
}

// spec: CITE-005
#[test]
fn lists_of_lists_of_marks_do_not_grow_without_bounds() {
    let lists = (1..60).map(|step| format!("a{step} = [a{0}, a{0}]\n", step - 1));
    let mut text: String = std::iter::once("a0 = [pytest.mark.spec('A-001')]\n".to_owned())
        .chain(lists)
        .collect();
    text.push_str(&"@a59\ndef test(): pass\n".repeat(1_000));
    assert!(told(&text).0.split(' ').count() < 20_000);
}

// spec: CITE-005
#[test]
fn what_takes_too_much_work_is_not_parsed() {
    for piece in ["\\\n", "#'\n"] {
        let text = format!(
            "@pytest.mark.spec('A-001')\ndef test(): pass\n{}",
            piece.repeat(20_000)
        );
        assert_eq!(broken(&text), Some((1, 1)), "{piece:?}");
    }
    cites(
        &format!(
            "{}@pytest.mark.spec('A-001')\ndef test(): pass\n",
            "# a comment\n".repeat(20_000)
        ),
        "A-001",
    );
}

#[test]
fn a_comment_that_ends_a_string_is_left() {
    let mark = "@pytest.mark.spec('A-001')\n";
    cites(
        &format!("X = \"\"\"\n# \"\"\"\n{mark}def test(): pass\n"),
        "A-001",
    );
    cites(
        &format!("X = '''\n# a\n# '''\n# b\n{mark}# c\n\t# d\r\ndef test(): pass\n"),
        "A-001",
    );
}
