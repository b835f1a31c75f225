//! Waivers as they are written. It must not know where they go.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::report::Finding;
use crate::text::escape::{brief, is_deceptive};

/// The top of a file that an audit writes.
pub const BASELINE: &str = "baseline = true\n";

/// The longest slug of a file name.
const SLUG: usize = 60;
/// The longest message that is repeated above a waiver.
const MESSAGE: usize = 200;

/// A waiver for each of these findings, each once, with a blank line and the finding as a comment before it.
#[must_use]
pub fn waivers<'f>(findings: impl IntoIterator<Item = &'f Finding>, reason: &str) -> String {
    let (mut text, mut written) = (String::new(), BTreeSet::new());
    for finding in findings {
        if written.insert(finding.fingerprint) {
            waiver(&mut text, finding, reason);
        }
    }
    text
}

fn waiver(text: &mut String, finding: &Finding, reason: &str) {
    let mut line = |line: std::fmt::Arguments<'_>| {
        // Writing to a string never fails.
        let _ = writeln!(text, "{line}");
    };
    line(format_args!("\n# {}", brief(&finding.message, MESSAGE)));
    line(format_args!("[[waiver]]"));
    line(format_args!("rule = {}", quoted(finding.rule)));
    line(format_args!("subject = {}", quoted(&finding.subject)));
    line(format_args!("fingerprint = \"{}\"", finding.fingerprint));
    for (key, digest) in ["before", "after"].iter().zip(finding.digests) {
        if let Some(digest) = digest {
            line(format_args!("{key} = \"{digest}\""));
        }
    }
    line(format_args!("reason = {}", quoted(reason)));
}

/// A TOML string on one line, without characters that could deceive a reviewer.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if is_deceptive(sign) => {
                // Writing to a string never fails.
                let _ = write!(quoted, "\\U{:08X}", u32::from(sign));
            }
            _ => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// The middle of the name of a file for these findings, made of what they share: `frozen-text-edited-research-parquet`.
#[must_use]
pub fn slug(findings: &[&Finding]) -> String {
    let mut words = Vec::new();
    let shared = |word: &dyn Fn(&Finding) -> String| {
        let all: BTreeSet<String> = findings.iter().map(|finding| word(finding)).collect();
        (all.len() == 1).then(|| all.into_iter().next()).flatten()
    };
    words.extend(shared(&|finding| finding.rule.to_owned()));
    words.extend(shared(&|finding| {
        let name = finding.subject.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned()
    }));
    let mut slug = String::new();
    for sign in words
        .join("-")
        .chars()
        .map(|sign| sign.to_ascii_lowercase())
    {
        if sign.is_ascii_alphanumeric() {
            slug.push(sign);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(SLUG);
    match slug.trim_matches('-') {
        "" => "waiver".to_owned(),
        slug => slug.to_owned(),
    }
}
