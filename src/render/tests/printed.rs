//! Whole reports, as they are printed.

use snapbox::{IntoData, assert_data_eq, str};

use super::*;

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
