//! What a report looks like, on each surface. Kept as it is printed; `SNAPSHOTS=overwrite cargo test` takes it anew.

#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

use std::ops::Range;
use std::sync::Arc;

use super::*;
use crate::repo::{ObjectError, ObjectId, RepoPath};
use crate::report::{
    EditClass, Finding, Fingerprint, Help, Label, Level, Origin, Problem, Scope, State, WaivedBy,
    Weight, WhichSide,
};
use crate::text::Source;

mod hostile;
mod json;
mod printed;

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
