//! Remedies on documents, without Git.

use std::sync::Arc;

use crate::document;
use crate::document::{Document, Number};
use crate::policy::Policy;
use crate::policy::kind::StatusStage;
use crate::repo::{Mode, RepoPath, Write};
use crate::report::Problem;
use crate::text::Source;

use super::supersede_plan::SupersedeRequest;

mod deprecated;
mod forms;
mod superseded;

/// The preset, with the words that real projects use.
const POLICY: &str = r#"
preset = "sdd"
[kind.adr]
template = "sdd/adrs/template.md"
[kind.adr.status]
open = ["Draft", "Proposed", "In review"]
frozen = ["Accepted", "Implemented", "Implementable", "Completed", "Final", "Stable", "Approved"]
terminal = ["Superseded", "Deprecated", "Rejected", "Withdrawn"]
aliases = { Superceded = "Superseded", "This decision is currently in effect" = "Accepted", "accepté" = "Accepted", aceptado = "Accepted", "已接受" = "Accepted" }
edges = {}
"#;

fn policy() -> Policy {
    crate::policy::parse(Arc::new(Source::new(POLICY.to_owned())), "graven.toml", &[]).unwrap()
}

fn document(policy: &Policy, path: &str, text: &str) -> Document {
    let path = RepoPath::new(path);
    let kind = Arc::clone(policy.kind_of(&path).unwrap());
    let name = path.file_name().to_string();
    let written = kind
        .number
        .as_ref()
        .and_then(|pattern| Some(pattern.captures(&name)?.name("number")?.as_str()));
    let number = written.map(|written| Number {
        value: written.parse().unwrap(),
        written: written.to_owned(),
    });
    let content = document::read(text.as_bytes().to_vec(), &kind);
    Document {
        path,
        mode: Mode::File,
        kind,
        number,
        content,
    }
}

/// An ADR with the number 5.
fn adr(policy: &Policy, text: &str) -> Document {
    document(policy, "sdd/adrs/0005-native-paths.md", text)
}

fn frozen(document: &Document) -> bool {
    let status = document.text().and_then(|text| text.status.main.as_ref());
    status.is_some_and(|status| matches!(status.standing(), Some(StatusStage::Frozen) | None))
}

/// What is asked for, with what stays the same from test to test.
#[derive(Clone, Copy)]
struct Asked<'a> {
    old: &'a Document,
    policy: &'a Policy,
    title: &'a str,
    number: Option<u64>,
    template: Option<&'a Source>,
    status: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(old: &'a Document, policy: &'a Policy) -> Self {
        Self {
            old,
            policy,
            title: "Use S3",
            number: Some(7),
            template: None,
            status: None,
        }
    }

    fn request(&self) -> SupersedeRequest<'a> {
        let Self {
            old,
            policy,
            title,
            number,
            template,
            status,
        } = *self;
        SupersedeRequest {
            old,
            title,
            number,
            date: "2026-01-31",
            template,
            status,
            policy,
        }
    }
}

fn text(write: &Write) -> &str {
    std::str::from_utf8(write.content.as_ref().unwrap()).unwrap()
}

/// What a problem says, and its advice.
fn message(problem: &Problem) -> String {
    format!("{}; {}", problem.message, problem.help[0].text)
}
