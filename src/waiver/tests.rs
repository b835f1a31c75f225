use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::report::{Finding, Label, Level, Origin, Problem, State, WhichSide};
use crate::text::Source;

const RULES: &[&str] = &["frozen-text-edited", "number-taken", "section-removed"];
const REASON: &str = "the second measurement was taken a year later";

fn path(name: &str) -> RepoPath {
    RepoPath::new(format!("sdd/waivers/{name}"))
}

fn file(name: &str, text: &str) -> WaiverFile {
    read(&path(name), Arc::new(Source::new(text.to_owned())), RULES)
}

/// A finding about a content that became another one.
fn finding(subject: &str, before: &str, after: &str) -> Finding {
    let content = |text: &str| (!text.is_empty()).then(|| text.as_bytes().to_vec());
    let (before, after) = (content(before), content(after));
    Finding {
        rule: RULES[0],
        level: Level::Deny,
        state: State::Live,
        kind: None,
        subject: subject.to_owned(),
        class: None,
        message: format!("{subject} was edited"),
        primary: Label {
            side: WhichSide::After,
            path: RepoPath::new(subject),
            place: None,
            text: String::new(),
        },
        related: Vec::new(),
        help: Vec::new(),
        origin: Origin::Staged { before: None },
        fingerprint: Fingerprint::of(RULES[0], subject, before.as_deref(), after.as_deref()),
        digests: [&before, &after].map(|content| content.as_deref().map(ContentDigest::of)),
        before: before.map(Arc::from),
        waivers: Vec::new(),
    }
}

/// The waivers of these edits, a file for each.
fn waived(edits: &[(&str, &str, &str)], reason: &str) -> Waivers {
    let files = edits
        .iter()
        .enumerate()
        .map(|(at, (subject, before, after))| {
            Arc::new(file(
                &format!("{at}.toml"),
                &waivers([&finding(subject, before, after)], reason),
            ))
        });
    Waivers::new(files.collect(), 20)
}

/// How many waivers lift it.
fn lifted(waivers: &Waivers, subject: &str, before: &str, after: &str) -> usize {
    waivers
        .lifting(&finding(subject, before, after))
        .map_or(0, |places| places.len())
}

/// Each fault as it is shown, with its help behind ` | `.
fn complaints(text: &str) -> Vec<String> {
    let shown = |fault: &Fault| {
        let problem = Problem::from(fault.clone());
        let help: Vec<String> = problem
            .help
            .iter()
            .map(|help| format!(" | {help}"))
            .collect();
        format!(
            "{}{}",
            problem.message.strip_prefix("sdd/waivers/a.toml:").unwrap(),
            help.concat()
        )
    };
    file("a.toml", text).faults.iter().map(shown).collect()
}

// spec: WAIVER-001
#[test]
fn what_is_written_is_read_back() {
    let hostile = finding("it's \"odd\"\\\n\u{202e}\t[[waiver]]", "a", "b");
    let plain = finding("sdd/research/research-x.md", "", "b");
    let reason = "because \"the\" second\nmeasurement \\ was \u{7}wrong";
    let text = format!(
        "{BASELINE}{}",
        waivers([&hostile, &plain, &hostile], reason)
    );
    let read = file("a.toml", &text);
    assert!(read.faults.is_empty(), "{:?}\n{text}", read.faults);
    assert!(read.baseline);
    assert!(!text.contains('\u{202e}'));
    let told: Vec<_> = read
        .waivers
        .iter()
        .map(|waiver| (waiver.subject.as_str(), waiver.digests))
        .collect();
    assert_eq!(
        told,
        [
            (hostile.subject.as_str(), hostile.digests),
            (plain.subject.as_str(), plain.digests)
        ]
    );
    assert_eq!(read.waivers[0].fingerprint.value, hostile.fingerprint);
    assert_eq!(read.waivers[0].reason.value, reason);
}

// spec: WAIVER-002
#[test]
fn every_fault_comes_at_once_with_its_place() {
    let print = Fingerprint::of("r", "s", None, None);
    let text = format!(
        "baselin = true\n\n[[waiver]]\nrule = \"number-takn\"\nsubjekt = \"adr-0001\"\nfingerprint = \"g1-0\"\n\
         before = \"xyz\"\nreason = 3\n\n[[waiver]]\nrule = \"number-taken\"\nsubject = \"adr-0001\"\n\
         fingerprint = \"{print}\"\nreason = \"r\"\n[[waiver]]\nrule = \"number-taken\"\nsubject = \"adr-0001\"\n\
         fingerprint = \"{print}\"\nreason = \"again\"\n"
    );
    assert_eq!(
        complaints(&text),
        [
            "1:1: unknown key `baselin` | did you mean `baseline`?",
            "3:1: missing `subject` in a waiver | graven waive --reason \"…\" writes a whole waiver",
            "4:8: unknown rule `number-takn` | did you mean `number-taken`?",
            "5:1: unknown key `subjekt` in a waiver | did you mean `subject`?",
            "6:15: `g1-0` is not a valid `fingerprint`: expected `g1-` and 32 lower-case hexadecimal digits | copy it from the finding: graven check --verbose, or write the waiver with graven waive",
            "7:10: `xyz` is not a valid `before`: expected 32 lower-case hexadecimal digits | leave it out: only chains of waivers need it",
            "8:10: `reason` is a number, expected a string",
            "18:15: duplicate waiver: line 13 waives the same finding | remove one of them",
        ]
    );
    assert_eq!(file("a.toml", &text).waivers.len(), 1);
}

// spec: WAIVER-002
#[test]
fn what_is_no_list_of_waivers_is_told() {
    assert_eq!(
        complaints("[[waiver]]\nrule ="),
        ["2:7: invalid TOML: string values must be quoted, expected literal string"]
    );
    let list = "a list of tables, each begun with `[[waiver]]`";
    assert_eq!(
        complaints("waiver = 3\n"),
        [format!("1:10: `waiver` is a number, expected {list}")]
    );
    assert_eq!(
        complaints("waiver = [3]\n"),
        [format!("1:11: `waiver` is a number, expected {list}")]
    );
    assert_eq!(
        complaints("[waiver]\nrule = 'x'\n"),
        [format!("1:1: `waiver` is a table, expected {list}")]
    );
    assert_eq!(
        complaints("baseline = 'yes'\n"),
        ["1:12: `baseline` is a string, expected true or false"]
    );
    assert_eq!(complaints(""), [""; 0]);
    let many = "[[waiver]]\n".repeat(MOST + 1);
    assert_eq!(
        complaints(&many),
        ["1:1: 20001 waivers, over the limit of 20000 | write the rest to another file"]
    );
    let large = "#".repeat(LARGEST + 1);
    let expected = "1:1: the file has 8388609 bytes, over the limit of 8388608 | write the rest to another file";
    assert_eq!(complaints(&large), [expected]);
}

// spec: WAIVER-003
#[test]
fn a_waiver_lifts_the_edit_it_names_and_no_other() {
    let waivers = waived(&[("x", "a", "b")], REASON);
    assert_eq!(lifted(&waivers, "x", "a", "b"), 1);
    for (subject, before, after) in [
        ("y", "a", "b"),
        ("x", "a", "c"),
        ("x", "c", "b"),
        ("x", "b", "a"),
        ("x", "", "b"),
    ] {
        assert_eq!(
            lifted(&waivers, subject, before, after),
            0,
            "{subject}: {before} -> {after}"
        );
    }
}

// spec: WAIVER-003
#[test]
fn a_fingerprint_under_another_rule_or_subject_lifts_nothing() {
    let text = waivers([&finding("x", "a", "b")], REASON);
    for (from, to) in [
        ("frozen-text-edited", "number-taken"),
        ("subject = \"x\"", "subject = \"y\""),
    ] {
        let all = Waivers::new(vec![Arc::new(file("a.toml", &text.replace(from, to)))], 20);
        assert_eq!(lifted(&all, "x", "a", "b"), 0, "{to}");
    }
}

// spec: WAIVER-004
#[test]
fn a_chain_of_waived_edits_lifts_their_sum() {
    let waivers = waived(
        &[
            ("x", "b", "c"),
            ("x", "a", "b"),
            ("x", "c", "d"),
            ("x", "b", "z"),
        ],
        REASON,
    );
    assert_eq!(lifted(&waivers, "x", "a", "c"), 2);
    assert_eq!(lifted(&waivers, "x", "a", "d"), 3);
    assert_eq!(lifted(&waivers, "x", "d", "a"), 0);
    assert_eq!(lifted(&waivers, "y", "a", "c"), 0);
    let links = waivers.lifting(&finding("x", "a", "d")).unwrap();
    let afters: Vec<_> = links
        .iter()
        .map(|place| waivers.get(*place).1.digests[1])
        .collect();
    assert_eq!(
        afters,
        ["b", "c", "d"].map(|text| Some(ContentDigest::of(text.as_bytes())))
    );
}

// spec: WAIVER-004
#[test]
fn a_chain_is_as_strong_as_its_weakest_link() {
    let links = [("x", "a", "b"), ("x", "b", "c")];
    let files = links.iter().zip([REASON, "TODO"]).enumerate().map(
        |(at, ((subject, before, after), reason))| {
            Arc::new(file(
                &format!("{at}.toml"),
                &waivers([&finding(subject, before, after)], reason),
            ))
        },
    );
    let all = Waivers::new(files.collect(), 20);
    assert_eq!(lifted(&all, "x", "a", "c"), 0);
    assert_eq!(lifted(&all, "x", "a", "b"), 1);
}

// spec: WAIVER-004
#[test]
fn a_chain_does_not_go_on_from_nothing_nor_leave_out_the_fingerprint() {
    let waivers = waived(&[("x", "a", ""), ("x", "", "b")], REASON);
    assert_eq!(lifted(&waivers, "x", "a", "b"), 0);
    let text = super::waivers([&finding("x", "a", "b")], REASON);
    let other = Fingerprint::of("r", "s", None, None).to_string();
    let text = text.replace(&finding("x", "a", "b").fingerprint.to_string(), &other);
    let all = Waivers::new(vec![Arc::new(file("a.toml", &text))], 20);
    assert_eq!(lifted(&all, "x", "a", "b"), 0);
}

// spec: WAIVER-004
#[test]
fn a_maze_of_waivers_takes_bounded_work() {
    let mut text = String::new();
    for from in 0..70 {
        for to in 0..70 {
            text += &super::waivers([&finding("x", &from.to_string(), &to.to_string())], REASON);
        }
    }
    let all = Waivers::new(vec![Arc::new(file("a.toml", &text))], 20);
    assert_eq!(lifted(&all, "x", "0", "nowhere"), 0);
    assert_eq!(lifted(&all, "x", "0", "69"), 1);
}

// spec: WAIVER-006
#[test]
fn a_hollow_waiver_lifts_nothing() {
    let waivers = waived(&[("x", "a", "b")], "TODO");
    assert_eq!(lifted(&waivers, "x", "a", "b"), 0);
    let place = waivers.naming(finding("x", "a", "b").fingerprint).unwrap();
    assert_eq!(waivers.reason_fault(place), Some(ReasonFault::Placeholder));
}

// spec: WAIVER-002
#[test]
fn of_two_waivers_in_two_files_the_first_counts() {
    let waivers = waived(&[("x", "a", "b"), ("x", "a", "b")], REASON);
    assert_eq!(lifted(&waivers, "x", "a", "b"), 1);
    assert_eq!(waivers.twice().len(), 1);
    let (first, second) = waivers.twice()[0];
    assert!(waivers.get(first).0.path < waivers.get(second).0.path);
}

#[test]
fn a_file_is_named_after_what_it_waives() {
    let (one, two) = (
        finding("sdd/research/research-parquet.md", "a", "b"),
        finding("adr-0005", "a", "b"),
    );
    assert_eq!(slug(&[&one]), "frozen-text-edited-research-parquet");
    assert_eq!(slug(&[&one, &two]), "frozen-text-edited");
    assert_eq!(
        slug(&[&finding("../ö/\u{202e}..", "a", "b")]),
        "frozen-text-edited"
    );
    assert_eq!(slug(&[]), "waiver");
    assert!(slug(&[&finding(&"x".repeat(500), "a", "b")]).len() <= 60);
}

/// Lines that waiver files are made of, whole and broken.
fn line() -> impl Strategy<Value = String> {
    let known = prop_oneof![
        Just("[[waiver]]".to_owned()),
        Just("baseline = true".to_owned()),
        Just("rule = \"frozen-text-edited\"".to_owned()),
        Just("subject = \"x\"".to_owned()),
        Just(format!(
            "fingerprint = \"{}\"",
            finding("x", "a", "b").fingerprint
        )),
        Just(format!("after = \"{}\"", ContentDigest::of(b"b"))),
        Just(format!("reason = \"{REASON}\"")),
    ];
    prop_oneof![3 => known, 1 => ".*", 1 => "[\\[\\]{}='\"#\\\\ö\u{202e}\r\n a-z0-9,.-]{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..Default::default() })]

    // spec: WAIVER-002
    #[test]
    fn hostile_files_never_panic(lines in prop::collection::vec(line(), 0..24), more in prop::collection::vec(line(), 0..8)) {
        let text = lines.join("\n");
        let read = file("a.toml", &text);
        for fault in &read.faults {
            prop_assert!(fault.position().0 >= 1);
        }
        let whole = format!("{text}\n{}", more.join("\n"));
        let grown = grows(&text, &whole);
        let after = file("a.toml", &whole);
        if grown && after.faults.is_empty() && read.faults.is_empty() {
            let told = |waiver: &Waiver| (waiver.rule.clone(), waiver.fingerprint.value, waiver.reason.value.clone());
            let (was, is): (Vec<_>, Vec<_>) = (read.waivers.iter().map(told).collect(), after.waivers.iter().map(told).collect());
            prop_assert!(is.starts_with(&was));
            prop_assert_eq!(read.baseline, after.baseline);
        }
        let all = Waivers::new(vec![Arc::new(read), Arc::new(after)], 20);
        let _ = all.lifting(&finding("x", "a", "b"));
    }

    // spec: WAIVER-001
    #[test]
    fn any_reason_and_subject_survive_the_file(subject in ".*", reason in ".*") {
        let text = waivers([&finding(&subject, "a", "b")], &reason);
        let read = file("a.toml", &text);
        prop_assert!(read.faults.is_empty(), "{:?}", read.faults);
        prop_assert_eq!(&read.waivers[0].subject, &subject);
        prop_assert_eq!(&read.waivers[0].reason.value, &reason);
    }
}
