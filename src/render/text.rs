//! The report for people: steps in order, one block a document, the verdict in one line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use anstyle::{AnsiColor, Style};

use super::block::{Blocks, location};
use super::lists::Table;
use super::tally::{States, Tally, by_rule, count};
use super::{Surface, View, date};
use crate::report::{EditClass, Finding, Level, Origin, Outcome, Report, State, WaivedBy};
use crate::text::escape::brief;

/// Findings of one step with the same message are listed when there are more than this many.
const ALIKE: usize = 3;
/// At most this many of them are listed.
const LISTED: usize = 10;
/// At most this many findings are shown on a push; those that refuse first.
const PUSHED: usize = 200;
/// The longest name of a step, in characters.
const NAME: usize = 72;

/// Writes a report as text.
pub(super) fn write(report: &Report, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
    let clean = report.findings.is_empty() && report.problems.is_empty();
    let verdict = verdict(report, view);
    if clean {
        if view.surface == Surface::Audit || view.verbose {
            writeln!(out, "{verdict}")?;
        }
        return Ok(());
    }
    if view.surface == Surface::Push {
        let mark = if report.outcome() == Outcome::Allowed {
            ""
        } else {
            view.mark
        };
        writeln!(out, "{mark}{verdict}")?;
    }
    let mut writer = Writer {
        blocks: Blocks::new(*view),
        view,
        out,
        begun: view.surface == Surface::Push,
    };
    for problem in &report.problems {
        let block = writer.blocks.problem(problem);
        writer.paragraph(&block)?;
    }
    let (shown, left_out) = choose(&report.findings, view);
    for step in shown.chunk_by(|one, other| one.origin == other.origin) {
        writer.step(step)?;
    }
    if left_out > 0 {
        writer.paragraph(&format!(
            "and {}",
            count(left_out, "more finding", "more findings")
        ))?;
    }
    if view.surface == Surface::Audit {
        writer.summary(report)?;
    }
    let begun = writer.begun;
    if view.surface != Surface::Push {
        if begun {
            writeln!(out)?;
        }
        writeln!(out, "{verdict}")?;
    }
    Ok(())
}

/// The findings to show, in their order, and how many that leaves out.
fn choose<'a>(findings: &'a [Finding], view: &View) -> (Vec<&'a Finding>, usize) {
    let mut shown: Vec<&Finding> = findings.iter().collect();
    let all = shown.len();
    if view.surface == Surface::Push && !view.verbose && all > PUSHED {
        let refusing = shown.iter().filter(|finding| finding.refuses()).count();
        let (mut refusing, mut others) = (refusing.min(PUSHED), PUSHED.saturating_sub(refusing));
        shown.retain(|finding| {
            let left = if finding.refuses() {
                &mut refusing
            } else {
                &mut others
            };
            let keep = *left > 0;
            *left = left.saturating_sub(1);
            keep
        });
    }
    let left_out = all - shown.len();
    (shown, left_out)
}

fn verdict(report: &Report, view: &View) -> String {
    let scope = report.scope;
    let nothing = format!(
        "{}, {}, no findings",
        count(scope.steps, "step", "steps"),
        count(scope.documents, "document", "documents")
    );
    let outcome = report.outcome();
    let text = Tally::of(report).verdict(outcome, &nothing);
    if view.surface == Surface::Push {
        return format!("graven: {text}");
    }
    let colour = match outcome {
        Outcome::Allowed => AnsiColor::Green,
        Outcome::Refused | Outcome::NotJudged => AnsiColor::Red,
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}graven: {text}{style:#}")
}

/// Paragraphs with blank lines between them.
struct Writer<'a> {
    blocks: Blocks,
    view: &'a View,
    out: &'a mut dyn io::Write,
    begun: bool,
}

impl Writer<'_> {
    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        if self.begun {
            writeln!(self.out)?;
        }
        self.begun = true;
        // An error and the place of it; what is drawn below that is not for a web page.
        let mut marked = false;
        for line in text.lines() {
            // What belongs to a title is indented; a drawing begins with a line that holds a bar alone.
            let goes_on =
                marked && line.starts_with(' ') && !line.trim_start().starts_with(['|', '=']);
            marked = !self.view.mark.is_empty() && (line.starts_with("error") || goes_on);
            writeln!(
                self.out,
                "{}{}",
                if marked { self.view.mark } else { "" },
                line.trim_end()
            )?;
        }
        Ok(())
    }

    /// Everything found in one step: blocks in the order of their first finding.
    fn step(&mut self, findings: &[&Finding]) -> io::Result<()> {
        let mut head = findings
            .first()
            .and_then(|finding| origin(&finding.origin, self.view));
        for block in blocks(findings, self.view) {
            let mut text = match head.take() {
                Some(head) => format!("{head}\n"),
                None => String::new(),
            };
            match block {
                Block::Document(findings) => text.push_str(&self.blocks.document(&findings)),
                Block::Alike(findings) => {
                    text.push_str(&self.blocks.document(&findings[..1]));
                    text.push_str(&list(&findings[1..]));
                }
            }
            self.paragraph(&text)?;
        }
        Ok(())
    }

    /// The table that closes an audit.
    fn summary(&mut self, report: &Report) -> io::Result<()> {
        let scope = report.scope;
        if scope.steps == 0 && report.findings.is_empty() {
            return Ok(());
        }
        self.paragraph(&format!(
            "{}, {}, {}",
            count(scope.steps, "step", "steps"),
            count(scope.documents, "document", "documents"),
            count(scope.changes, "change", "changes")
        ))?;
        if report.findings.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(["rule", "live", "restored", "waived"]).numbers_from(1);
        let mut total = States::default();
        let mut row = |name: &str, states: States| {
            let numbers =
                [states.live, states.restored, states.waived].map(|number| number.to_string());
            table.row([name].into_iter().chain(numbers.iter().map(String::as_str)));
        };
        for (rule, states) in by_rule(&report.findings) {
            row(rule, states);
        }
        for finding in &report.findings {
            total.add(finding.state);
        }
        row("total", total);
        table.write(self.out)
    }
}

/// What is drawn together.
enum Block<'a> {
    /// The findings of one document.
    Document(Vec<&'a Finding>),
    /// Findings of many documents with the same message.
    Alike(Vec<&'a Finding>),
}

/// What findings with the same message share.
fn likeness(finding: &Finding) -> (&'static str, Level, State, Option<EditClass>, &[WaivedBy]) {
    (
        finding.rule,
        finding.level,
        finding.state,
        finding.class,
        &finding.waivers,
    )
}

/// Groups the findings of one step, in the order of the first of each block; what refuses comes last, next to the verdict,
/// so that warnings do not hide it.
fn blocks<'a>(findings: &[&'a Finding], view: &View) -> Vec<Block<'a>> {
    let mut alike: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    let mut documents: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        alike.entry(likeness(finding)).or_default().push(finding);
    }
    alike.retain(|_, findings| !view.verbose && findings.len() > ALIKE);
    for finding in findings
        .iter()
        .filter(|finding| !alike.contains_key(&likeness(finding)))
    {
        documents
            .entry(&finding.primary.path)
            .or_default()
            .push(finding);
    }
    let mut blocks = Vec::new();
    for finding in findings {
        if let Some(findings) = alike.get_mut(&likeness(finding)) {
            if !findings.is_empty() {
                blocks.push(Block::Alike(std::mem::take(findings)));
            }
        } else if let Some(findings) = documents.remove(&finding.primary.path) {
            blocks.push(Block::Document(findings));
        }
    }
    let refuses = |block: &Block<'_>| {
        let (Block::Document(findings) | Block::Alike(findings)) = block;
        findings.iter().any(|finding| finding.refuses())
    };
    let verdict_first = view.surface == Surface::Push;
    blocks.sort_by_key(|block| refuses(block) != verdict_first);
    blocks
}

/// The other findings with the same message, a line each.
fn list(findings: &[&Finding]) -> String {
    let mut text = format!(
        "\nand the same in {}:",
        count(findings.len(), "other place", "other places")
    );
    for finding in &findings[..findings.len().min(LISTED)] {
        // Writing to a string never fails.
        let _ = write!(text, "\n  {}", location(finding, &finding.primary));
        if finding.subject != finding.primary.path.to_string() {
            let _ = write!(text, "  {}", brief(&finding.subject, NAME));
        }
    }
    if findings.len() > LISTED {
        let _ = write!(text, "\n  and {} more", findings.len() - LISTED);
    }
    text
}

/// The line that names a step, where the reader needs it.
fn origin(origin: &Origin, view: &View) -> Option<String> {
    let style = if view.surface == Surface::Push {
        Style::new()
    } else {
        Style::new().bold()
    };
    match origin {
        Origin::Commit {
            commit,
            subject,
            time,
            ..
        } => {
            let mut text = format!("{style}commit {}{style:#}", commit.short());
            if view.surface == Surface::Audit {
                let _ = write!(text, " {}", date::day(*time));
            }
            let _ = write!(text, " {}", brief(subject, NAME));
            Some(text)
        }
        Origin::Range { after, name, .. } if view.surface == Surface::Push => {
            Some(format!("{} at {}", brief(name, NAME), after.short()))
        }
        Origin::Staged { .. } | Origin::Range { .. } | Origin::Ref { .. } => None,
    }
}
