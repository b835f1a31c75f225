//! One block of text: a title, its places and the advice. The only file that uses the library that
//! draws them; all foreign text is escaped before it gets there.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annotate_snippets::{
    AnnotationKind, Element, Group, Level as Grade, Message, Origin as At, Padding, Renderer,
    Snippet, Title,
};

use super::excerpt::Excerpt;
use super::{Surface, View};
use crate::report::{Finding, Help, Label, Level, Origin, Problem, State, Weight, WhichSide};
use crate::text::escape::brief;

/// The widest excerpt of a line, in characters.
const WIDEST: usize = 160;
/// The longest message or piece of advice, in characters of its text.
const MESSAGE: usize = 500;
/// The longest word on a place.
const WORD: usize = 100;
/// The longest path, and the longest command.
const PATH: usize = 240;
const COMMAND: usize = 2_000;

/// A drawer of blocks for one view.
#[derive(Debug)]
pub(super) struct Blocks {
    renderer: Renderer,
    view: View,
    width: usize,
}

impl Blocks {
    pub(super) fn new(view: View) -> Self {
        let push = view.surface == Surface::Push;
        let renderer = if push {
            Renderer::plain()
        } else {
            Renderer::styled()
        };
        let width = if push {
            view.width.min(View::WIDTH)
        } else {
            view.width
        };
        // Lines are cut here, around their mark; the library never has to.
        Self {
            renderer: renderer.term_width(10 * WIDEST),
            view,
            width: width.max(40),
        }
    }

    /// The findings of one document, drawn together. A piece of advice is given once.
    pub(super) fn document(&self, findings: &[&Finding]) -> String {
        // A document may have as many findings as it has sections.
        let mut given: BTreeSet<&Help> = BTreeSet::new();
        let groups = findings.iter().flat_map(|finding| {
            let help: Vec<&Help> = finding
                .help
                .iter()
                .filter(|help| !given.contains(help))
                .collect();
            given.extend(&help);
            self.finding(finding, &help)
        });
        self.draw(groups.collect())
    }

    /// A problem.
    pub(super) fn problem(&self, problem: &Problem) -> String {
        let (grade, lead) = match problem.weight {
            Weight::NotJudged => (Grade::ERROR, "cannot judge: "),
            Weight::Warning => (Grade::WARNING, ""),
        };
        let message = self.wrapped(&format!("{lead}{}", brief(&problem.message, MESSAGE)), 9);
        let title = grade.primary_title(message);
        self.draw(vec![
            Group::with_title(title).elements(problem.help.iter().map(|help| self.advice(help))),
        ])
    }

    fn draw(&self, groups: Vec<Group<'static>>) -> String {
        // The library joins only the first group to the next by a line of its own; an empty one takes that place.
        let mut all = vec![Group::with_level(Grade::NOTE)];
        all.extend(groups);
        self.renderer
            .render(&all)
            .trim_start_matches('\n')
            .to_owned()
    }

    fn finding(&self, finding: &Finding, help: &[&Help]) -> Vec<Group<'static>> {
        let grade = grade(finding);
        let lead = finding.rule.len() + 12;
        let title = grade
            .clone()
            .primary_title(self.wrapped(&brief(&finding.message, MESSAGE), lead))
            .id(finding.rule);
        let mut groups = Drawing::new(grade, title);
        // An old history can hold hundreds that are waived: there they are named, and not shown.
        let named = finding.state == State::Waived
            && self.view.surface == Surface::Audit
            && !self.view.verbose;
        if named {
            groups.add(At::path(location(finding, &finding.primary)));
        }
        let shown = if named { &[][..] } else { &finding.related[..] };
        for (index, label) in std::iter::once(&finding.primary)
            .filter(|_| !named)
            .chain(shown)
            .enumerate()
        {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            groups.place(location(finding, label), label, kind, self.width);
        }
        let mut messages = Vec::new();
        match (finding.state, self.view.surface) {
            (State::Live, _) => {}
            (State::Restored, Surface::Push) => {
                messages.push(Grade::NOTE.message("restored later in this push"));
            }
            (State::Restored, _) => messages.push(Grade::NOTE.message("restored later")),
            (State::Waived, _) => messages.extend(finding.waivers.iter().map(|waiver| {
                let said = format!(
                    "waived by {}: {}",
                    waiver.path,
                    brief(&waiver.reason, MESSAGE)
                );
                Grade::NOTE.message(self.wrapped(&said, 14))
            })),
        }
        if finding.state == State::Live {
            messages.extend(help.iter().map(|help| self.advice(help)));
        }
        if self.view.verbose {
            messages.push(Grade::NOTE.message(format!("fingerprint {}", finding.fingerprint)));
        }
        groups.close(messages)
    }

    fn advice(&self, help: &Help) -> Message<'static> {
        let text = brief(&help.text, MESSAGE);
        let Some(command) = &help.command else {
            return Grade::HELP.message(self.wrapped(&text, 14));
        };
        let command = brief(command, COMMAND);
        // A command is never broken; one that does not fit gets a line of its own.
        let fits = text.chars().count() + command.chars().count() + 16 <= self.width;
        Grade::HELP.message(format!("{text}:{}{command}", if fits { " " } else { "\n" }))
    }

    /// Breaks text between words where a push would show long lines; a terminal does it by itself.
    fn wrapped(&self, text: &str, lead: usize) -> String {
        if self.view.surface != Surface::Push {
            return text.to_owned();
        }
        let width = self.width.saturating_sub(lead).max(40);
        let (mut wrapped, mut column) = (String::new(), 0);
        for word in text.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                wrapped.push('\n');
                column = 0;
            } else if !wrapped.is_empty() {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(word);
            column += length;
        }
        wrapped
    }
}

/// The word in front of a finding.
fn grade(finding: &Finding) -> Grade<'static> {
    match (finding.state, finding.level) {
        (State::Restored | State::Waived, _) | (State::Live, Level::Allow) => Grade::NOTE,
        (State::Live, Level::Warn) => Grade::WARNING,
        (State::Live, Level::Deny | Level::Forbid) => Grade::ERROR,
    }
}

/// `path:line:column`, and the side of a file where it is not the after side.
pub(super) fn location(finding: &Finding, label: &Label) -> String {
    let mut text = label.path.to_string();
    if let Some((end, _)) = text.char_indices().nth(PATH) {
        text.truncate(end);
        text.push('…');
    }
    if let Some((line, column)) = label.position() {
        // Writing to a string never fails.
        let _ = write!(text, ":{line}:{column}");
    }
    if label.side != WhichSide::After && !matches!(finding.origin, Origin::Ref { .. }) {
        let _ = write!(text, " ({})", label.side.as_str());
    }
    text
}

/// The parts of one finding as the library takes them. An excerpt begins a group without a path, and its place ends the
/// group before it, for the library would work out the column from what is shown instead of from what stands in the file.
struct Drawing {
    grade: Grade<'static>,
    done: Vec<Group<'static>>,
    open: Group<'static>,
    /// True when an excerpt was drawn last.
    excerpt: bool,
}

impl Drawing {
    fn new(grade: Grade<'static>, title: Title<'static>) -> Self {
        Self {
            grade,
            done: Vec::new(),
            open: Group::with_title(title),
            excerpt: false,
        }
    }

    fn place(&mut self, mut place: String, label: &Label, kind: AnnotationKind, width: usize) {
        if std::mem::take(&mut self.excerpt) {
            self.add(Padding);
        }
        let mut word = brief(&label.text, WORD);
        let Some((source, span)) = &label.place else {
            if !word.is_empty() {
                let _ = write!(place, ": {word}");
            }
            return self.add(At::path(place));
        };
        self.add(At::path(place));
        // What is left when the gutter and the word have their room.
        let room = width
            .saturating_sub(8 + word.chars().count().min(30))
            .clamp(20, WIDEST);
        let excerpt = Excerpt::of(source, *span, room);
        if let Some(line) = excerpt.through {
            let joint = if word.is_empty() { "" } else { ", " };
            let _ = write!(word, "{joint}through line {line}");
        }
        let mut annotation = kind.span(excerpt.mark);
        if !word.is_empty() {
            annotation = annotation.label(word);
        }
        let next = Group::with_level(self.grade.clone());
        self.done.push(std::mem::replace(&mut self.open, next));
        self.add(
            Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .annotation(annotation),
        );
        self.excerpt = true;
    }

    fn add(&mut self, element: impl Into<Element<'static>>) {
        let open = std::mem::replace(&mut self.open, Group::with_level(self.grade.clone()));
        self.open = open.element(element);
    }

    fn close(mut self, messages: Vec<Message<'static>>) -> Vec<Group<'static>> {
        if !messages.is_empty() {
            self.add(Padding);
        }
        for message in messages {
            self.add(message);
        }
        self.done.push(self.open);
        self.done
    }
}
