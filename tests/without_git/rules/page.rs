//! Rule pages as tests: a page's cases are fenced documents and the findings that a step between them gives.

use std::path::Path;

use graven::repo::{Mode, RepoPath};
use graven::report::State;
use graven::rules::rule::RefMove;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::judged::{Case, report};

/// One page of `docs/rules`.
pub(crate) struct Page {
    pub(crate) rule: String,
    pub(crate) cases: Vec<PageCase>,
}

/// A case of a page: a step, its name, and what it gives.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageCase {
    pub(crate) name: String,
    pub(crate) step: Case,
    pub(crate) expected: Vec<String>,
}

impl Page {
    /// All pages, sorted by rule. The README of the folder only lists them.
    pub(crate) fn all() -> Vec<Self> {
        let mut pages: Vec<Self> = std::fs::read_dir("docs/rules")
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
            .filter(|path| !path.ends_with("README.md"))
            .map(|path| Self::read(&path))
            .collect();
        pages.sort_by(|one, other| one.rule.cmp(&other.rule));
        pages
    }

    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (mut cases, mut heading, mut block): (
            Vec<PageCase>,
            Option<String>,
            Option<(String, String)>,
        ) = (Vec::new(), None, None);
        let mut in_cases = false;
        for event in Parser::new(&text) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(level)) => {
                    let title = heading.take().unwrap();
                    match level {
                        HeadingLevel::H2 => in_cases = title == "Cases",
                        HeadingLevel::H3 if in_cases => cases.push(PageCase {
                            name: title,
                            ..PageCase::default()
                        }),
                        _ => {}
                    }
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if in_cases => {
                    block = Some((info.to_string(), String::new()));
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((info, content)) = block.take() {
                        let case = cases
                            .last_mut()
                            .unwrap_or_else(|| panic!("{rule}: a block before any case"));
                        case.take(&info, content);
                    }
                }
                Event::Text(text) | Event::Code(text) => match (&mut heading, &mut block) {
                    (Some(heading), _) => heading.push_str(&text),
                    (_, Some((_, content))) => content.push_str(&text),
                    _ => {}
                },
                _ => {}
            }
        }
        Self { rule, cases }
    }
}

impl PageCase {
    /// A block of a case, by its info string: `markdown before PATH [MODE]` (or `after`, `both`, `published` for the tip of
    /// the protected branch, `earlier` for a revision before the before side), `toml policy`, `refs`, `subjects`, `first`,
    /// `findings`.
    fn take(&mut self, info: &str, content: String) {
        let words: Vec<&str> = info.split_whitespace().collect();
        match words[..] {
            ["toml", "policy"] => self.step.policy = Some(content),
            ["refs"] => self.step.moves = content.lines().map(ref_move).collect(),
            ["subjects"] => self.step.subjects = Some(content.lines().map(str::to_owned).collect()),
            ["first"] => self.step.first = true,
            ["findings"] => {
                self.expected = content.lines().map(str::to_owned).collect();
                self.expected.sort();
            }
            [_, side, path, ref mode @ ..] => {
                let file = (mode_of(mode), content);
                if matches!(side, "before" | "both") {
                    self.step.before.insert(path.to_owned(), file.clone());
                }
                if matches!(side, "after" | "both") {
                    self.step.after.insert(path.to_owned(), file.clone());
                }
                let further = match side {
                    "published" => &mut self.step.published,
                    "earlier" => &mut self.step.earlier,
                    _ => return,
                };
                further
                    .get_or_insert_default()
                    .insert(path.to_owned(), file);
            }
            _ => panic!("no such block: {info}"),
        }
    }
}

fn mode_of(words: &[&str]) -> Mode {
    match words {
        [] => Mode::File,
        ["executable"] => Mode::Executable,
        ["symlink"] => Mode::Symlink,
        ["submodule"] => Mode::Submodule,
        _ => panic!("no such mode: {words:?}"),
    }
}

/// `NAME delete|create|update [protected]`
fn ref_move(line: &str) -> RefMove {
    let words: Vec<&str> = line.split_whitespace().collect();
    let id = |byte: u8| graven::repo::ObjectId::from_bytes(&[byte; 20]);
    RefMove {
        name: RepoPath::new(words[0]),
        before: (words[1] != "create").then(|| id(1)).flatten(),
        after: (words[1] != "delete").then(|| id(2)).flatten(),
        protected: words.get(2) == Some(&"protected"),
    }
}

/// The findings of a case as lines, sorted: `level rule subject [class] [state]`.
pub(crate) fn found(case: &Case) -> Vec<String> {
    let report = report(case);
    let problems = report
        .problems
        .iter()
        .map(|problem| format!("problem {}", problem.message));
    let findings = report.findings.iter().map(|finding| {
        let class = finding
            .class
            .map(|class| format!(" {class}"))
            .unwrap_or_default();
        let state = match finding.state {
            State::Live => String::new(),
            state => format!(" {}", state.as_str()),
        };
        format!(
            "{} {} {}{class}{state}",
            finding.level, finding.rule, finding.subject
        )
    });
    let mut lines: Vec<String> = problems.chain(findings).collect();
    lines.sort();
    lines
}
