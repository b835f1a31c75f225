//! Rule pages as tests: a page's cases are fenced documents and the findings that a step between them gives.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use graven::document::Source;
use graven::engine::{Batch, Bench, Step, judge};
use graven::object::memory::Memory;
use graven::object::{Mode, RepoPath, Side};
use graven::policy::{self, Policy};
use graven::report::{Origin, Report};
use graven::rule::RefMove;
use graven::rules::RULES;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

/// One page of `docs/rules`.
pub(crate) struct Page {
    pub(crate) rule: String,
    pub(crate) cases: Vec<Case>,
}

/// One step and what it gives.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) before: Files,
    pub(crate) after: Files,
    pub(crate) published: Option<Files>,
    pub(crate) policy: Option<String>,
    pub(crate) moves: Vec<RefMove>,
    /// True when there is no before side at all.
    pub(crate) first: bool,
    pub(crate) expected: Vec<String>,
}

type Files = BTreeMap<String, (Mode, String)>;

impl Page {
    /// All pages, sorted by rule.
    pub(crate) fn all() -> Vec<Self> {
        let mut pages: Vec<Self> = std::fs::read_dir("docs/rules")
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
            .map(|path| Self::read(&path))
            .collect();
        pages.sort_by(|one, other| one.rule.cmp(&other.rule));
        pages
    }

    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let rule = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (mut cases, mut heading, mut block): (Vec<Case>, Option<String>, Option<(String, String)>) =
            (Vec::new(), None, None);
        let mut in_cases = false;
        for event in Parser::new(&text) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(level)) => {
                    let title = heading.take().unwrap();
                    match level {
                        HeadingLevel::H2 => in_cases = title == "Cases",
                        HeadingLevel::H3 if in_cases => cases.push(Case { name: title, ..Case::default() }),
                        _ => {}
                    }
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if in_cases => {
                    block = Some((info.to_string(), String::new()));
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((info, content)) = block.take() {
                        let case = cases.last_mut().unwrap_or_else(|| panic!("{rule}: a block before any case"));
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

impl Case {
    /// A block of a case, by its info string: `markdown before PATH [MODE]`, `toml policy`, `refs`, `first`, `findings`.
    fn take(&mut self, info: &str, content: String) {
        let words: Vec<&str> = info.split_whitespace().collect();
        match words[..] {
            ["toml", "policy"] => self.policy = Some(content),
            ["refs"] => self.moves = content.lines().map(ref_move).collect(),
            ["first"] => self.first = true,
            ["findings"] => {
                self.expected = content.lines().map(str::to_owned).collect();
                self.expected.sort();
            }
            [_, side, path, ref mode @ ..] => {
                let file = (mode_of(mode), content);
                if matches!(side, "before" | "both") {
                    self.before.insert(path.to_owned(), file.clone());
                }
                if matches!(side, "after" | "both") {
                    self.after.insert(path.to_owned(), file.clone());
                }
                if side == "published" {
                    self.published.get_or_insert_default().insert(path.to_owned(), file);
                }
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
    let id = |byte: u8| graven::object::ObjectId::from_bytes(&[byte; 20]);
    RefMove {
        name: RepoPath::new(words[0]),
        before: (words[1] != "create").then(|| id(1)).flatten(),
        after: (words[1] != "delete").then(|| id(2)).flatten(),
        protected: words.get(2) == Some(&"protected"),
    }
}

/// The findings of a case as lines, sorted: `level rule subject [class]`.
pub(crate) fn judged(case: &Case) -> Vec<String> {
    let report = report(case);
    let problems = report.problems.iter().map(|problem| format!("problem {}", problem.message));
    let findings = report.findings.iter().map(|finding| {
        let class = finding.class.map(|class| format!(" {class}")).unwrap_or_default();
        format!("{} {} {}{class}", finding.level, finding.rule, finding.subject)
    });
    let mut lines: Vec<String> = problems.chain(findings).collect();
    lines.sort();
    lines
}

pub(crate) fn report(case: &Case) -> Report {
    let policy = case.policy.as_deref().map_or_else(policy::built_in, parsed);
    let mut memory = Memory::default();
    let mut commit = |files: &Files| {
        memory.commit(None, files.iter().map(|(path, (mode, content))| (path.as_str(), *mode, content.as_bytes())))
    };
    let before = (!case.first).then(|| commit(&case.before));
    let after = commit(&case.after);
    let published = case.published.as_ref().map(|files| Side::Commit(commit(files)));
    let origin = Origin::Range { before, after, name: "case".to_owned() };
    let step = Step {
        before: before.map(Side::Commit),
        after: Side::Commit(after),
        origin,
        published,
        other_parents: Vec::new(),
    };
    let batch = Batch { policy: Arc::new(policy), moves: case.moves.clone(), steps: vec![step], problems: Vec::new() };
    let mut bench =
        Bench { objects: &memory, rules: RULES, weakenings: &graven::run::weakenings, progress: &mut |_, _| {} };
    judge(&[batch], &mut bench)
}

fn parsed(text: &str) -> Policy {
    let source = Arc::new(Source::new(text.to_owned()));
    policy::parse(source, "graven.toml", &graven::run::rule_names()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Holds a generated file against what it should be; `GRAVEN_REWRITE=1` writes it.
pub(crate) fn compare_generated(path: &str, wanted: &str, test: &str) {
    if std::env::var_os("GRAVEN_REWRITE").is_some() {
        std::fs::write(path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "{path} is stale; rewrite it with: GRAVEN_REWRITE=1 cargo test --test {test}");
}
