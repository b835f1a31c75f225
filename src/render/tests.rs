//! What a report looks like, on each surface. Kept as it is printed; `SNAPSHOTS=overwrite cargo test` takes it anew.

#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;
use snapbox::{IntoData, assert_data_eq, str};

use super::*;
use crate::repo::{ObjectError, ObjectId, RepoPath};
use crate::report::EditClass;
use crate::report::Level;
use crate::report::{
    Finding, Fingerprint, Help, Label, Origin, Problem, Scope, State, WaivedBy, Weight, WhichSide,
};
use crate::text::Source;
use crate::text::escape::is_deceptive;

mod json;

const ADR: &str = "# 5. Native path resolution\n\n## Status\n\nAccepted\n\n## Decision\n\n\
                   We use pathlib for everything, and os.path where it is faster.\n";

fn id(byte: u8) -> ObjectId {
    ObjectId::from_bytes(&[byte; 20]).unwrap()
}

fn commit(byte: u8, subject: &str) -> Origin {
    Origin::Commit {
        before: Some(id(byte - 1)),
        commit: id(byte),
        subject: subject.to_owned(),
        time: 1_709_164_800,
    }
}

fn staged() -> Origin {
    Origin::Staged {
        before: Some(id(0x1a)),
    }
}

fn place(side: WhichSide, path: &str, text: &str, part: &str, word: &str) -> Label {
    let start = text.find(part).unwrap();
    span(side, path, text, start..start + part.len(), word)
}

fn span(side: WhichSide, path: &str, text: &str, range: Range<usize>, word: &str) -> Label {
    let source = Arc::new(Source::new(text.to_owned()));
    let span = source.span(range);
    Label {
        side,
        path: RepoPath::new(path),
        place: Some((source, span)),
        text: word.to_owned(),
    }
}

fn whole(side: WhichSide, path: &str, word: &str) -> Label {
    Label {
        side,
        path: RepoPath::new(path),
        place: None,
        text: word.to_owned(),
    }
}

fn finding(
    rule: &'static str,
    level: Level,
    subject: &str,
    message: &str,
    primary: Label,
    origin: Origin,
) -> Finding {
    Finding {
        rule,
        level,
        state: State::Live,
        kind: Some("adr".to_owned()),
        subject: subject.to_owned(),
        class: None,
        message: message.to_owned(),
        primary,
        related: Vec::new(),
        help: Vec::new(),
        origin,
        fingerprint: Fingerprint::of(rule, subject, None, None),
        before: None,
        digests: [None, None],
        waivers: Vec::new(),
    }
}

/// An accepted ADR whose text was edited, with both labels.
fn frozen_edit(number: usize, origin: Origin) -> Finding {
    let path = format!("sdd/adrs/{number:04}-native-path-resolution.md");
    let mut finding = finding(
        "frozen-text-edited",
        Level::Forbid,
        &format!("adr-{number:04}"),
        &format!("accepted adr-{number:04} was edited: its text changed"),
        place(
            WhichSide::After,
            &path,
            ADR,
            "and os.path where it is faster",
            "edited here",
        ),
        origin,
    );
    finding.class = Some(EditClass::Text);
    finding.related.push(place(
        WhichSide::Before,
        &path,
        ADR,
        "Accepted",
        "this line froze it",
    ));
    finding.help = vec![
        Help {
            text: "restore the accepted text".to_owned(),
            command: Some(format!(
                "git restore --source=1a1a1a1a1a1a --staged --worktree -- {path}"
            )),
        },
        Help {
            text: "to change the decision, write a new ADR that supersedes it".to_owned(),
            command: None,
        },
    ];
    finding
}

fn gone(number: usize, origin: Origin) -> Finding {
    let path = format!("sdd/adrs/{number:04}-a.md");
    let message = format!("accepted adr-{number:04} is gone");
    let label = whole(WhichSide::Before, &path, "deleted");
    finding(
        "frozen-document-deleted",
        Level::Forbid,
        &format!("adr-{number:04}"),
        &message,
        label,
        origin,
    )
}

fn silent(origin: Origin) -> Finding {
    let path = "sdd/adrs/0005-native-path-resolution.md";
    let label = place(
        WhichSide::After,
        path,
        ADR,
        "# 5. Native path resolution",
        "",
    );
    let message = "adr-0005 does not say that it supersedes adr-0002";
    finding(
        "successor-silent",
        Level::Warn,
        "adr-0005",
        message,
        label,
        origin,
    )
}

fn of(findings: Vec<Finding>) -> Report {
    Report {
        findings,
        problems: Vec::new(),
        scope: Scope {
            steps: 120,
            changes: 48,
            documents: 34,
        },
    }
}

fn shown(report: &Report, view: View) -> String {
    let mut out = Vec::new();
    super::report(report, Format::Text, &view, &mut out).unwrap();
    anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
}

fn on(surface: Surface, report: &Report) -> String {
    shown(report, View::new(surface))
}

fn json_of(report: &Report) -> String {
    let mut out = Vec::new();
    super::report(report, Format::Json, &View::new(Surface::Check), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_edited_adr_is_shown_with_the_line_that_froze_it() {
    let report = of(vec![frozen_edit(5, staged()), silent(staged())]);
    assert_data_eq!(
        on(Surface::Commit, &report),
        str![[r#"
error[frozen-text-edited]: accepted adr-0005 was edited: its text changed
 --> sdd/adrs/0005-native-path-resolution.md:9:32
  |
9 | We use pathlib for everything, and os.path where it is faster.
  |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ edited here
  |
 ::: sdd/adrs/0005-native-path-resolution.md:5:1 (before)
  |
5 | Accepted
  | -------- this line froze it
  |
  = help: restore the accepted text:
          git restore --source=1a1a1a1a1a1a --staged --worktree -- sdd/adrs/0005-native-path-resolution.md
  = help: to change the decision, write a new ADR that supersedes it
warning[successor-silent]: adr-0005 does not say that it supersedes adr-0002
 --> sdd/adrs/0005-native-path-resolution.md:1:1
  |
1 | # 5. Native path resolution
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^

graven: refused: 1 error, 1 warning in 1 document

"#]]
        .raw()
    );
}

#[test]
fn many_findings_that_say_the_same_are_listed() {
    let mut findings: Vec<Finding> = (1..=15)
        .map(|number| frozen_edit(number, commit(0x2b, "reword all")))
        .collect();
    findings.push(gone(99, commit(0x2b, "reword all")));
    assert_data_eq!(
        on(Surface::Check, &of(findings)),
        str![[r#"
commit 2b2b2b2b2b2b reword all
error[frozen-text-edited]: accepted adr-0001 was edited: its text changed
 --> sdd/adrs/0001-native-path-resolution.md:9:32
  |
9 | We use pathlib for everything, and os.path where it is faster.
  |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ edited here
  |
 ::: sdd/adrs/0001-native-path-resolution.md:5:1 (before)
  |
5 | Accepted
  | -------- this line froze it
  |
  = help: restore the accepted text:
          git restore --source=1a1a1a1a1a1a --staged --worktree -- sdd/adrs/0001-native-path-resolution.md
  = help: to change the decision, write a new ADR that supersedes it
and the same in 14 other places:
  sdd/adrs/0002-native-path-resolution.md:9:32  adr-0002
  sdd/adrs/0003-native-path-resolution.md:9:32  adr-0003
  sdd/adrs/0004-native-path-resolution.md:9:32  adr-0004
  sdd/adrs/0005-native-path-resolution.md:9:32  adr-0005
  sdd/adrs/0006-native-path-resolution.md:9:32  adr-0006
  sdd/adrs/0007-native-path-resolution.md:9:32  adr-0007
  sdd/adrs/0008-native-path-resolution.md:9:32  adr-0008
  sdd/adrs/0009-native-path-resolution.md:9:32  adr-0009
  sdd/adrs/0010-native-path-resolution.md:9:32  adr-0010
  sdd/adrs/0011-native-path-resolution.md:9:32  adr-0011
  and 4 more

error[frozen-document-deleted]: accepted adr-0099 is gone
--> sdd/adrs/0099-a.md (before): deleted

graven: refused: 16 errors in 16 documents

"#]]
        .raw()
    );
}

#[test]
fn a_push_reads_the_verdict_first_and_short_lines() {
    let mut edit = frozen_edit(5, commit(0x2b, "use os.path"));
    edit.message.push_str(
        ", and so did many other things that are told here at a length that no terminal can hold",
    );
    let mut restored = gone(7, commit(0x2b, "use os.path"));
    restored.state = State::Restored;
    let range = Origin::Range {
        before: None,
        after: id(0x4d),
        name: "refs/heads/topic".to_owned(),
    };
    let moved = Origin::Ref {
        name: "refs/heads/main".to_owned(),
        before: Some(id(1)),
        after: None,
    };
    let label = whole(WhichSide::Before, "refs/heads/main", "");
    let message = "protected branch main is to be deleted";
    let deleted = finding(
        "protected-branch-deleted",
        Level::Forbid,
        "refs/heads/main",
        message,
        label,
        moved,
    );
    let report = of(vec![edit, restored, silent(range), deleted]);
    let mut out = Vec::new();
    super::report(
        &report,
        Format::Text,
        &View {
            width: 300,
            ..View::new(Surface::Push)
        },
        &mut out,
    )
    .unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_data_eq!(
        text,
        str![[r#"
graven: refused: 2 errors, 1 warning in 1 document; 1 finding restored

commit 2b2b2b2b2b2b use os.path
error[frozen-text-edited]: accepted adr-0005 was edited: its text changed, and so did many other
                           things that are told here at a length that no terminal can hold
 --> sdd/adrs/0005-native-path-resolution.md:9:32
  |
9 | We use pathlib for everything, and os.path where it is faster.
  |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ edited here
  |
 ::: sdd/adrs/0005-native-path-resolution.md:5:1 (before)
  |
5 | Accepted
  | -------- this line froze it
  |
  = help: restore the accepted text:
          git restore --source=1a1a1a1a1a1a --staged --worktree -- sdd/adrs/0005-native-path-resolution.md
  = help: to change the decision, write a new ADR that supersedes it

note[frozen-document-deleted]: accepted adr-0007 is gone
--> sdd/adrs/0007-a.md (before): deleted
 |
 = note: restored later in this push

refs/heads/topic at 4d4d4d4d4d4d
warning[successor-silent]: adr-0005 does not say that it supersedes adr-0002
 --> sdd/adrs/0005-native-path-resolution.md:1:1
  |
1 | # 5. Native path resolution
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^

error[protected-branch-deleted]: protected branch main is to be deleted
--> refs/heads/main

"#]]
        .raw()
    );
}

#[test]
fn an_audit_ends_with_a_table() {
    let mut restored = gone(7, commit(0x2b, "drop adr 7"));
    restored.state = State::Restored;
    let mut waived = frozen_edit(5, commit(0x3c, "fix a link"));
    waived.state = State::Waived;
    let reason = "the link led to a server that is gone,\nits copy is the same page".to_owned();
    waived.waivers = vec![WaivedBy {
        path: RepoPath::new("sdd/waivers/2024-02-29-link.toml"),
        reason,
    }];
    let report = of(vec![
        restored,
        waived,
        frozen_edit(6, commit(0x4d, "reword")),
        silent(commit(0x4d, "reword")),
    ]);
    assert_data_eq!(
        on(Surface::Audit, &report),
        str![[r#"
commit 2b2b2b2b2b2b 2024-02-29 drop adr 7
note[frozen-document-deleted]: accepted adr-0007 is gone
--> sdd/adrs/0007-a.md (before): deleted
 |
 = note: restored later

commit 3c3c3c3c3c3c 2024-02-29 fix a link
note[frozen-text-edited]: accepted adr-0005 was edited: its text changed
--> sdd/adrs/0005-native-path-resolution.md:9:32
 |
 = note: waived by sdd/waivers/2024-02-29-link.toml: the link led to a server that is gone,\nits copy is the same page

commit 4d4d4d4d4d4d 2024-02-29 reword
warning[successor-silent]: adr-0005 does not say that it supersedes adr-0002
 --> sdd/adrs/0005-native-path-resolution.md:1:1
  |
1 | # 5. Native path resolution
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^

error[frozen-text-edited]: accepted adr-0006 was edited: its text changed
 --> sdd/adrs/0006-native-path-resolution.md:9:32
  |
9 | We use pathlib for everything, and os.path where it is faster.
  |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ edited here
  |
 ::: sdd/adrs/0006-native-path-resolution.md:5:1 (before)
  |
5 | Accepted
  | -------- this line froze it
  |
  = help: restore the accepted text:
          git restore --source=1a1a1a1a1a1a --staged --worktree -- sdd/adrs/0006-native-path-resolution.md
  = help: to change the decision, write a new ADR that supersedes it

120 steps, 34 documents, 48 changes
rule                     live  restored  waived
frozen-document-deleted     0         1       0
frozen-text-edited          1         0       1
successor-silent            1         0       0
total                       2         1       1

graven: refused: 1 error, 1 warning in 2 documents; 1 finding restored, 1 finding waived

"#]]
        .raw()
    );
}

#[test]
fn problems_say_what_was_not_judged() {
    let error = ObjectError {
        what: "tree 1a1a1a1a1a1a of sdd/adrs".to_owned(),
        why: "object not found".to_owned(),
        remedy: "fetch the whole history: git fetch --unshallow".to_owned(),
    };
    let mut report = of(Vec::new());
    report.problems.push(Problem::from(error));
    report.problems.push(Problem {
        weight: Weight::Warning,
        message: "graven.toml:7: no file matches \"docs/*.md\"".to_owned(),
        help: vec![Help {
            text: "see what is guarded".to_owned(),
            command: Some("graven status".to_owned()),
        }],
    });
    assert_data_eq!(
        on(Surface::Check, &report),
        str![[r#"
error: cannot judge: tree 1a1a1a1a1a1a of sdd/adrs cannot be read: object not found
 |
 = help: fetch the whole history: git fetch --unshallow

warning: graven.toml:7: no file matches "docs/*.md"
 |
 = help: see what is guarded: graven status

graven: not judged: 1 problem; 1 warning

"#]]
        .raw()
    );
    assert!(on(Surface::Push, &report).starts_with("graven: not judged: 1 problem; 1 warning\n"));
}

// spec: ESC-001
// spec: ESC-002
#[test]
fn hostile_text_is_shown_and_never_acts() {
    let text = "a\u{1b}]0;title\u{7} b\u{202e}c\u{200b}d\te\n";
    let path = "sdd/adrs/\u{1b}[2J\n\u{202e}x.md";
    let origin = commit(0x2b, "fix\nremote: all is well\u{1b}[1A\r");
    let label = place(
        WhichSide::After,
        path,
        text,
        "b\u{202e}c\u{200b}d",
        "edited\nhere\u{9b}",
    );
    let mut finding = finding(
        "frozen-text-edited",
        Level::Deny,
        "adr\n1",
        "a\u{1b}[31m\nb",
        label,
        origin,
    );
    finding.help.push(Help {
        text: "undo\r".to_owned(),
        command: Some("rm '\u{1b}\n'".to_owned()),
    });
    let report = of(vec![finding]);
    assert_data_eq!(
        on(Surface::Push, &report),
        str![[r#"
graven: refused: 1 error in 1 document

commit 2b2b2b2b2b2b fix\nremote: all is well\u{1b}[1A\r
error[frozen-text-edited]: a\u{1b}[31m\nb
 --> sdd/adrs/\u{1b}[2J\n\u{202e}x.md:1:13
  |
1 | a\u{1b}]0;title\u{7} b\u{202e}c\u{200b}d    e
  |                      ^^^^^^^^^^^^^^^^^^^ edited\nhere\u{9b}
  |
  = help: undo\r: rm '\u{1b}\n'

"#]]
        .raw()
    );
    let json = json_of(&report);
    assert!(
        !json
            .chars()
            .any(|character| character != '\n' && is_deceptive(character))
    );
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["findings"][0]["path"], path);
}

#[test]
fn a_clean_report_is_silent_but_for_an_audit() {
    for surface in [Surface::Commit, Surface::Push, Surface::Check] {
        assert_eq!(on(surface, &of(Vec::new())), "");
    }
    let said = "graven: allowed: 120 steps, 34 documents, no findings\n";
    assert_eq!(on(Surface::Audit, &of(Vec::new())), said);
    assert_eq!(
        shown(
            &of(Vec::new()),
            View {
                verbose: true,
                ..View::new(Surface::Commit)
            }
        ),
        said
    );
}

#[test]
fn a_push_shows_what_refuses_however_much_there_is() {
    let mut findings: Vec<Finding> = (2..=101_u8)
        .flat_map(|byte| vec![silent(commit(byte, "reword")); 3])
        .collect();
    findings.push(gone(7, staged()));
    let text = on(Surface::Push, &of(findings));
    assert!(text.contains("accepted adr-0007 is gone"));
    assert!(text.ends_with("\nand 101 more findings\n"));
}

#[test]
fn what_refuses_stands_next_to_the_verdict() {
    for findings in [
        vec![frozen_edit(6, staged()), silent(staged())],
        vec![silent(staged()), frozen_edit(6, staged())],
    ] {
        let report = of(findings);
        for (surface, first) in [
            (Surface::Commit, "warning["),
            (Surface::Check, "warning["),
            (Surface::Push, "error["),
        ] {
            let text = on(surface, &report);
            let lines: Vec<&str> = text.lines().filter(|line| line.contains("]: ")).collect();
            assert!(lines.len() == 2 && lines[0].starts_with(first), "{text}");
        }
    }
}

#[test]
fn verbose_shows_every_finding_and_its_fingerprint() {
    let report = of((1..=5).map(|number| gone(number, staged())).collect());
    let text = shown(
        &report,
        View {
            verbose: true,
            ..View::new(Surface::Check)
        },
    );
    assert_eq!(text.matches("= note: fingerprint g1-").count(), 5);
}

#[test]
fn text_is_coloured_but_not_for_a_push() {
    let report = of(vec![frozen_edit(5, commit(0x2b, "reword"))]);
    for (surface, coloured) in [
        (Surface::Commit, true),
        (Surface::Audit, true),
        (Surface::Push, false),
    ] {
        let mut out = Vec::new();
        super::report(&report, Format::Text, &View::new(surface), &mut out).unwrap();
        assert_eq!(out.contains(&0x1b), coloured, "{surface:?}");
    }
}

proptest! {
    #[test]
    fn no_label_makes_the_renderer_panic(
        text in "[a-zäß日\u{200d}\u{202e}\u{301}\u{1b}\t\r\n \\|]{0,300}",
        first in (0..400_usize, 0..400_usize),
        second in (0..400_usize, 0..400_usize),
        path in any::<Vec<u8>>(),
        message in any::<String>(),
        width in any::<u8>(),
        time in any::<i64>(),
    ) {
        let origin =
            Origin::Commit { before: None, commit: id(0x2b), subject: message.clone(), time };
        let mut label = span(WhichSide::After, "", &text, first.0..first.0 + first.1, &message);
        label.path = RepoPath::new(path);
        let mut finding = finding("status-missing", Level::Deny, &message, &message, label, origin);
        finding.related.push(span(WhichSide::Before, &message, &text, second.0..second.0 + second.1, ""));
        finding.related.push(whole(WhichSide::Published, &message, &message));
        let report = of(vec![finding]);
        for surface in [Surface::Push, Surface::Audit] {
            let shown = shown(&report, View { width: usize::from(width), ..View::new(surface) });
            prop_assert!(!shown.chars().any(|c| c != '\n' && is_deceptive(c)));
        }
        serde_json::from_str::<serde_json::Value>(&json_of(&report)).unwrap();
    }
}
