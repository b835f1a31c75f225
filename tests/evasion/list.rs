//! The page of all cases, and what has to be true of the list as a whole.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use crate::GROUPS;
use crate::case::{Group, Verdict};

const PAGE: &str = "docs/evasion.md";
const BEGIN: &str = "<!-- generated: cases -->\n";
const END: &str = "<!-- end of generated -->";

#[test]
fn the_page_lists_every_case_with_its_result() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&file).unwrap();
    let (head, rest) = page.split_once(BEGIN).expect("the page has a place for the list");
    let (_, tail) = rest.split_once(END).expect("the list has an end");
    let wanted = format!("{head}{BEGIN}{}{END}{tail}", listed());
    if env::var_os("GRAVEN_REWRITE").is_some() {
        fs::write(&file, wanted).unwrap();
    } else {
        assert_eq!(page, wanted, "{PAGE} is not current: GRAVEN_REWRITE=1 cargo test --test evasion");
    }
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for case in GROUPS.iter().flat_map(|group| group.cases) {
        assert!(names.insert(case.name), "{} is there twice", case.name);
        assert!(case.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
    }
}

fn listed() -> String {
    let count = |silent: bool| {
        let cases = GROUPS.iter().flat_map(|group| group.cases);
        cases.filter(|case| matches!(case.verdict, Verdict::Silent) == silent).count()
    };
    let mut text =
        format!("{} ways round a rule, all stopped; {} legal things, all silent.\n", count(false), count(true));
    for group in GROUPS {
        write!(text, "\n### {}\n\n{}", group.title, table(group)).unwrap();
    }
    text.push('\n');
    text
}

fn table(group: &Group) -> String {
    let silent = group.cases.iter().all(|case| matches!(case.verdict, Verdict::Silent));
    let mut text = String::new();
    text.push_str(if silent {
        "| case | what is done |\n|---|---|\n"
    } else {
        "| case | what is done | stopped by | says |\n|---|---|---|---|\n"
    });
    for case in group.cases {
        let (name, what) = (case.name, case.what.replace('|', "\\|"));
        match case.verdict {
            Verdict::Silent => writeln!(text, "| `{name}` | {what} |").unwrap(),
            Verdict::Refused(rule, message) => {
                writeln!(text, "| `{name}` | {what} | [`{rule}`](rules/{rule}.md) | {} |", message.replace('|', "\\|"))
                    .unwrap();
            }
            Verdict::NotJudged(cause) => {
                writeln!(text, "| `{name}` | {what} | not judged | {} |", cause.replace('|', "\\|")).unwrap()
            }
        }
    }
    text
}
