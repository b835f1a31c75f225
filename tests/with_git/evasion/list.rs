//! The page of all cases, and what has to be true of the list as a whole.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use super::GROUPS;
use super::case::{Group, Verdict};

const PAGE: &str = "tests/golden/evasion.md";

#[test]
fn the_page_lists_every_case_with_its_result() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let wanted = listed();
    if env::var_os("GRAVEN_REWRITE").is_some() {
        fs::write(&file, wanted).unwrap();
    } else {
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            wanted,
            "{PAGE} is not current: GRAVEN_REWRITE=1 cargo test --test with_git evasion"
        );
    }
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for case in GROUPS.iter().flat_map(|group| group.cases) {
        assert!(names.insert(case.name), "{} is there twice", case.name);
        assert!(
            case.name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        );
    }
}

fn listed() -> String {
    let count = |wanted: fn(&Verdict) -> bool| {
        let cases = GROUPS.iter().flat_map(|group| group.cases);
        cases.filter(|case| wanted(&case.verdict)).count()
    };
    let stopped = count(|verdict| matches!(verdict, Verdict::Refused(..) | Verdict::NotJudged(_)));
    let silent = count(|verdict| matches!(verdict, Verdict::Silent));
    let told = count(|verdict| matches!(verdict, Verdict::Allowed(_)));
    let mut text = format!(
        "# Ways around the rules: every case\n\nThe tests generate this list; [docs/evasion.md](../../docs/evasion.md) \
         describes it.\n\n{stopped} ways round a rule, all stopped; {silent} legal things, all silent; {told} that go through and are \
         shown.\n"
    );
    for group in GROUPS {
        write!(text, "\n## {}\n\n{}", group.title, table(group)).unwrap();
    }
    text
}

fn table(group: &Group) -> String {
    let silent = group
        .cases
        .iter()
        .all(|case| matches!(case.verdict, Verdict::Silent));
    let stops = group
        .cases
        .iter()
        .any(|case| matches!(case.verdict, Verdict::Refused(..) | Verdict::NotJudged(_)));
    let mut text = String::new();
    text.push_str(match (silent, stops) {
        (true, _) => "| case | what is done |\n|---|---|\n",
        (false, false) => "| case | what is done | says |\n|---|---|---|\n",
        (false, true) => "| case | what is done | stopped by | says |\n|---|---|---|---|\n",
    });
    for case in group.cases {
        let (name, what) = (case.name, case.what.replace('|', "\\|"));
        let (by, says) = match case.verdict {
            Verdict::Silent => (String::new(), ""),
            Verdict::Allowed(message) => ("-".to_owned(), message),
            Verdict::Refused(rule, message) => {
                (format!("[`{rule}`](../../docs/rules/{rule}.md)"), message)
            }
            Verdict::NotJudged(cause) => ("not judged".to_owned(), cause),
        };
        let says = says.replace('|', "\\|");
        match (silent, stops) {
            (true, _) => writeln!(text, "| `{name}` | {what} |").unwrap(),
            (false, false) => writeln!(text, "| `{name}` | {what} | {says} |").unwrap(),
            (false, true) => writeln!(text, "| `{name}` | {what} | {by} | {says} |").unwrap(),
        }
    }
    text
}
