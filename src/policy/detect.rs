//! A first policy for a repository: looks at the paths of a tree, says which preset fits and what it saw, and writes a
//! policy file. It must not know where the paths come from, nor write anything itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bstr::ByteSlice;

use super::glob::covers;
use super::{FILE_NAME, Policy, preset, preset::NAMES};
use crate::repo::RepoPath;
use crate::text::escape::Escaped;

/// What was recognised in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// The preset that fits: `sdd`, `adr-tools`, `madr`, `none`.
    pub preset: &'static str,
    /// What was seen, one sentence each, lower case, no full stop, sorted.
    pub seen: Vec<String>,
    /// The policy file to write; it parses.
    pub text: String,
}

/// Where adr-tools says which folder holds the decisions.
const ADR_DIR: &str = ".adr-dir";
/// Names of folders that hold decision records.
const FOLDERS: [&str; 10] = [
    "adr",
    "adrs",
    "adl",
    "decisions",
    "decision-records",
    "decision_records",
    "architecture-decisions",
    "architecture-decision-record",
    "architecture-decision-records",
    "architectural-decisions",
];
/// At most this many folders are written into a policy, and this many documents are read to tell the style.
const MOST_FOLDERS: usize = 20;
const MOST_READ: usize = 10;

/// Looks at the paths of a tree. `read` gives the text of a file, `None` where it has none that can be read.
#[must_use]
pub fn recognise(paths: &[RepoPath], read: &dyn Fn(&RepoPath) -> Option<String>) -> Recognised {
    let mut seen = Vec::new();
    let named = named_folder(paths, read);
    if let Some(folder) = &named {
        seen.push(format!(
            "`{ADR_DIR}` names the folder `{}`",
            Escaped::new(folder)
        ));
    }
    let folders = decision_folders(paths, named.as_deref());
    let sdd =
        preset(NAMES[0]).filter(|policy| paths.iter().any(|path| policy.kind_of(path).is_some()));
    if let Some(policy) = sdd {
        count(paths, &policy, &mut seen);
        for (folder, documents) in folders.iter().filter(|(folder, _)| !holds(&policy, folder)) {
            let what = format!(
                "{} in `{}`, not matched by any kind",
                documents_like(documents.len()),
                Escaped::new(folder)
            );
            seen.push(what);
        }
        seen.sort();
        return Recognised {
            preset: NAMES[0],
            text: written(NAMES[0], &[], &seen),
            seen,
        };
    }
    if folders.is_empty() {
        seen.push("no documents that match a preset".to_owned());
        seen.sort();
        return Recognised {
            preset: "none",
            text: written("none", &[], &seen),
            seen,
        };
    }
    let name = style(&folders, read, &mut seen);
    let policy = preset(name);
    let outside = folders
        .keys()
        .any(|folder| !policy.as_ref().is_some_and(|policy| holds(policy, folder)));
    for (folder, documents) in &folders {
        seen.push(format!(
            "{} in `{}`",
            documents_like(documents.len()),
            Escaped::new(folder)
        ));
    }
    seen.sort();
    let folders: Vec<&str> = folders
        .keys()
        .filter(|_| outside)
        .map(String::as_str)
        .collect();
    Recognised {
        preset: name,
        text: written(name, &folders, &seen),
        seen,
    }
}

/// The folder that `.adr-dir` names, when it names one inside the repository.
fn named_folder(paths: &[RepoPath], read: &dyn Fn(&RepoPath) -> Option<String>) -> Option<String> {
    let file = paths.iter().find(|path| path.as_bstr() == ADR_DIR)?;
    let text = read(file)?;
    let folder = text
        .lines()
        .next()?
        .trim()
        .trim_start_matches("./")
        .trim_end_matches('/');
    let inside = folder
        .split('/')
        .all(|part| !matches!(part, "" | "." | ".."));
    (inside && is_usable(folder)).then(|| folder.to_owned())
}

/// Folders whose names would not fit a glob, or could deceive in a file that people read, are left out.
fn is_usable(folder: &str) -> bool {
    folder.len() <= 200
        && !folder
            .chars()
            .any(|c| c == '\\' || crate::text::escape::is_deceptive(c))
}

/// The folders that hold numbered Markdown files and are named like decisions, or are the one that was named; each with
/// those files. The first [`MOST_FOLDERS`] of them.
fn decision_folders<'a>(
    paths: &'a [RepoPath],
    named: Option<&str>,
) -> BTreeMap<String, Vec<&'a RepoPath>> {
    let mut folders: BTreeMap<String, Vec<&RepoPath>> = BTreeMap::new();
    for path in paths.iter().filter(|path| is_numbered(path)) {
        let Ok(folder) = path.folder().to_str() else {
            continue;
        };
        let last = folder.rsplit('/').next().unwrap_or_default().to_lowercase();
        let fits = named.map_or(FOLDERS.contains(&last.as_str()), |named| named == folder);
        if fits
            && is_usable(folder)
            && (folders.contains_key(folder) || folders.len() < MOST_FOLDERS)
        {
            folders.entry(folder.to_owned()).or_default().push(path);
        }
    }
    folders
}

/// True for `0001-title.md`.
fn is_numbered(path: &RepoPath) -> bool {
    let name = path.file_name();
    let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=6).contains(&digits) && name.get(digits) == Some(&b'-') && name.ends_with(b".md")
}

/// Counts the documents of each kind in each folder.
fn count(paths: &[RepoPath], policy: &Policy, seen: &mut Vec<String>) {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for path in paths {
        if let Some(kind) = policy.kind_of(path) {
            *counts
                .entry((kind.name.clone(), Escaped::new(path.folder()).to_string()))
                .or_default() += 1;
        }
    }
    for ((kind, folder), count) in counts {
        seen.push(format!(
            "{} of kind `{kind}` in `{folder}`",
            plural(count, "document")
        ));
    }
}

fn holds(policy: &Policy, folder: &str) -> bool {
    let glob = glob_in(folder);
    policy
        .kinds
        .iter()
        .flat_map(|kind| kind.paths.globs())
        .any(|paths| covers(paths, &glob))
}

fn glob_in(folder: &str) -> String {
    let folder = globset::escape(folder);
    if folder.is_empty() {
        "[0-9]*-*.md".to_owned()
    } else {
        format!("{folder}/[0-9]*-*.md")
    }
}

/// Tells MADR (a status in the front matter or in a list) from Nygard's form (a section `Status`) by reading some documents.
fn style(
    folders: &BTreeMap<String, Vec<&RepoPath>>,
    read: &dyn Fn(&RepoPath) -> Option<String>,
    seen: &mut Vec<String>,
) -> &'static str {
    let (mut fields, mut sections) = (0_usize, 0_usize);
    for text in folders
        .values()
        .flatten()
        .take(MOST_READ)
        .filter_map(|path| read(path))
    {
        let mut lines = text.lines().map(|line| line.trim().to_lowercase());
        let first = lines.find_map(|line| {
            let item = line.trim_start_matches(['*', '-', ' ']);
            let is_heading =
                line.starts_with('#') && line.trim_start_matches('#').trim() == "status";
            if item.starts_with("status:") {
                Some(true)
            } else {
                is_heading.then_some(false)
            }
        });
        match first {
            Some(true) => fields += 1,
            Some(false) => sections += 1,
            None => {}
        }
    }
    if fields > 0 {
        seen.push(format!(
            "a status in the front matter or in a list in {}",
            plural(fields, "document")
        ));
    }
    if sections > 0 {
        seen.push(format!(
            "a section `Status` in {}",
            plural(sections, "document")
        ));
    }
    let by_name = folders.keys().any(|folder| folder == "docs/decisions");
    if fields > sections || (fields == sections && by_name) {
        "madr"
    } else {
        "adr-tools"
    }
}

fn documents_like(count: usize) -> String {
    format!("{} like `0001-title.md`", plural(count, "file"))
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

/// The text of the policy file.
fn written(preset: &str, folders: &[&str], seen: &[String]) -> String {
    let mut text = format!("# {FILE_NAME}: which documents of this repository graven protects.\n");
    text.push_str("# Found when this file was created:\n");
    for sentence in seen {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# - {sentence}");
    }
    let _ = writeln!(text, "\npreset = \"{preset}\"");
    if preset == "none" {
        text.push_str(
            "\n# This preset guards nothing yet. Take another (\"sdd\", \"adr-tools\", \"madr\"), or describe a kind:\n#\n\
             # [kind.record]\n# paths = [\"records/[0-9]*-*.md\"]\n# number = '^(?<number>\\d+)-'\n\
             # freeze = \"when-committed\"\n",
        );
    }
    if !folders.is_empty() {
        text.push_str("\n# These folders are not the ones that the preset expects.\n[kind.adr]\n");
        let list = |globs: Vec<String>| {
            let globs: Vec<String> = globs
                .into_iter()
                .map(|glob| toml::Value::String(glob).to_string())
                .collect();
            globs.join(", ")
        };
        let near = |folder: &str| match globset::escape(folder) {
            folder if folder.is_empty() => "*.md".to_owned(),
            folder => format!("{folder}/*.md"),
        };
        let _ = writeln!(
            text,
            "paths = [{}]",
            list(folders.iter().map(|folder| glob_in(folder)).collect())
        );
        let _ = writeln!(
            text,
            "near = [{}]",
            list(folders.iter().map(|folder| near(folder)).collect())
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::Source;

    fn look(paths: &[&str], read: impl Fn(&RepoPath) -> Option<String>) -> (Recognised, Policy) {
        let paths: Vec<RepoPath> = paths.iter().map(|path| RepoPath::new(*path)).collect();
        let found = recognise(&paths, &read);
        let parsed = super::super::parse(Arc::new(Source::new(found.text.clone())), FILE_NAME, &[]);
        let policy = parsed.unwrap_or_else(|faults| panic!("{}\n{faults:?}", found.text));
        assert_eq!(policy.preset, found.preset);
        (found, policy)
    }

    #[test]
    fn the_layout_of_sdd_is_recognised() {
        let (found, _) = look(
            &[
                "README.md",
                "sdd/adrs/0001-a.md",
                "sdd/adrs/0002-b.md",
                "sdd/specs/001-x.md",
                "docs/adr/0001-x.md",
            ],
            |_| None,
        );
        assert_eq!(found.preset, "sdd");
        assert_eq!(
            found.seen,
            [
                "1 document of kind `spec` in `sdd/specs`",
                "1 file like `0001-title.md` in `docs/adr`, not matched by any kind",
                "2 documents of kind `adr` in `sdd/adrs`"
            ]
        );
    }

    #[test]
    fn a_section_status_means_adr_tools() {
        let read = |_: &RepoPath| {
            Some("# 1. Record\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n".to_owned())
        };
        let (found, policy) = look(&["docs/adr/0001-a.md"], read);
        assert_eq!(found.preset, "adr-tools");
        assert_eq!(
            found.seen,
            [
                "1 file like `0001-title.md` in `docs/adr`",
                "a section `Status` in 1 document"
            ]
        );
        assert!(
            policy
                .kind_of(&RepoPath::new("docs/adr/0001-a.md"))
                .is_some()
        );
        assert!(!found.text.contains("[kind.adr]"), "{}", found.text);
    }

    #[test]
    fn a_status_in_the_front_matter_means_madr() {
        let (found, _) = look(&["docs/adr/0001-a.md"], |_| {
            Some("---\nstatus: accepted\n---\n# A\n## Status\n".to_owned())
        });
        assert_eq!(found.preset, "madr");
        assert_eq!(
            look(&["docs/decisions/0001-a.md"], |_| None).0.preset,
            "madr"
        );
    }

    #[test]
    fn another_folder_is_written_into_the_policy() {
        let read = |path: &RepoPath| {
            (path.to_string() == ".adr-dir").then(|| "./records/[old]/\n".to_owned())
        };
        let (found, policy) = look(
            &[".adr-dir", "records/[old]/0001-a.md", "adr/0001-x.md"],
            read,
        );
        assert_eq!(found.preset, "adr-tools");
        assert!(
            policy
                .kind_of(&RepoPath::new("records/[old]/0001-a.md"))
                .is_some()
        );
        assert!(policy.kind_of(&RepoPath::new("adr/0001-x.md")).is_none());
        assert!(
            found
                .seen
                .contains(&"`.adr-dir` names the folder `records/[old]`".to_owned())
        );
    }

    #[test]
    fn a_hostile_tree_gives_a_policy_that_parses() {
        let paths = [
            "a\"\n\\b/adr/0001-x.md",
            "\u{202e}/adr/0001-x.md",
            "'''/\"\"\"/adr/0001-x.md",
            "adr/0001-\n.md",
        ];
        let (found, _) = look(&paths, |_| Some("\u{0}status:".to_owned()));
        assert!(!found.text.contains('\u{202e}'));
        for odd in ["../x", "/x", "", "a//b", "a\\b"] {
            let (found, _) = look(&[".adr-dir", "0001-x.md", "x/0001-x.md"], |_| {
                Some(odd.to_owned())
            });
            assert_eq!(found.preset, "none", "{odd}");
        }
    }

    #[test]
    fn nothing_known_means_no_preset() {
        let (found, _) = look(&["src/main.rs", "notes/0001-x.md"], |_| None);
        assert_eq!(
            (found.preset, found.seen),
            ("none", vec!["no documents that match a preset".to_owned()])
        );
    }
}
