//! Small tables: the governed documents and their status, the rules and their levels. Does not depend on where the
//! rows come from.

use std::io;

use serde::{Serialize, Serializer};

use super::{Listing, date, json};
use crate::repo::{ObjectId, RepoPath};
use crate::report::Level;
use crate::text::escape::Escaped;

/// The governed documents, as `graven status` lists them, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusList {
    /// One row a document.
    pub documents: Vec<StatusRow>,
}

/// One governed document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusRow {
    /// Where it is.
    #[serde(serialize_with = "path")]
    pub path: RepoPath,
    /// The kind it belongs to.
    pub kind: String,
    /// Its number as written in its file name, if it has one.
    pub number: Option<String>,
    /// Its status word, if it has one. Foreign text.
    pub status: Option<String>,
    /// What it is about, where its kind tells.
    pub scope: Option<Scope>,
    /// Since when it is frozen; `None` while it is not.
    pub frozen: Option<Since>,
}

/// What a spec is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// What is built.
    Library,
    /// What it is built with.
    Tooling,
}

impl Scope {
    /// The word in tables and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Tooling => "tooling",
        }
    }
}

/// Since when a document is frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Since {
    /// The commit that froze it.
    #[serde(serialize_with = "display")]
    pub commit: ObjectId,
    /// Seconds since 1970, as that commit says.
    #[serde(rename = "date", serialize_with = "day")]
    pub time: i64,
}

/// The rules, as `graven rules` lists them, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleList {
    /// One row a rule.
    pub rules: Vec<RuleRow>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// Its name.
    pub id: String,
    /// Its level under the policy.
    pub level: Level,
    /// One line about it.
    pub summary: String,
}

/// The output of `graven next`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextNumber {
    /// The next number in the form of its kind's file names, or the next ID: `0008`, `rfc-0008`, `PATH-008`.
    pub next: String,
    /// The kind that was asked about; `None` for a prefix.
    pub kind: Option<String>,
    /// The highest so far; `None` when there is none.
    pub highest: Option<String>,
}

/// What a command did, a sentence a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionsDone {
    /// The sentences.
    pub done: Vec<String>,
}

/// A policy that is printed instead of written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyText {
    /// The file's content.
    pub policy: String,
}

fn path<S: Serializer>(path: &RepoPath, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&json::path(path))
}

fn display<S: Serializer>(id: &ObjectId, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn day<S: Serializer>(time: &i64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&date::day(*time))
}

impl Listing for StatusList {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.documents.is_empty() {
            return writeln!(out, "no governed documents");
        }
        // Where all specs are about the library the column would say nothing.
        let scoped = self
            .documents
            .iter()
            .any(|row| row.scope == Some(Scope::Tooling));
        let keep = |(column, _): &(usize, &str)| scoped || *column != 3;
        let kept = |cells: [&str; 6]| -> Vec<String> {
            let cells = cells.into_iter().enumerate().filter(keep);
            cells.map(|(_, cell)| cell.to_owned()).collect()
        };
        let head = kept(["path", "kind", "number", "scope", "status", "frozen since"]);
        let mut table = Table::new(head.iter().map(String::as_str));
        for row in &self.documents {
            let since = row
                .frozen
                .map(|since| format!("{} {}", since.commit.short(), date::day(since.time)));
            let cells = kept([
                &row.path.to_string(),
                &row.kind,
                row.number.as_deref().unwrap_or("-"),
                row.scope.map_or("-", Scope::as_str),
                row.status.as_deref().unwrap_or("-"),
                since.as_deref().unwrap_or("-"),
            ]);
            table.row(cells.iter().map(String::as_str));
        }
        table.write(out)
    }
}

impl Listing for RuleList {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut table = Table::new(["rule", "level", "summary"]);
        for row in &self.rules {
            table.row([row.id.as_str(), row.level.as_str(), row.summary.as_str()]);
        }
        table.write(out)
    }
}

impl Listing for NextNumber {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{}", Escaped::new(&self.next))
    }
}

impl Listing for ActionsDone {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        self.done
            .iter()
            .try_for_each(|sentence| writeln!(out, "{}", Escaped::new(sentence)))
    }
}

impl Listing for PolicyText {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(self.policy.as_bytes())
    }
}

/// Rows of text in aligned columns.
#[derive(Debug)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    right: usize,
}

impl Table {
    /// Begins with the names of the columns.
    pub(super) fn new<'c>(head: impl IntoIterator<Item = &'c str>) -> Self {
        let mut table = Self {
            rows: Vec::new(),
            right: usize::MAX,
        };
        table.row(head);
        table
    }

    /// Aligns the columns from this one on to the right.
    pub(super) fn numbers_from(mut self, column: usize) -> Self {
        self.right = column;
        self
    }

    /// Adds a row; the cells are foreign text.
    pub(super) fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        self.rows.push(
            cells
                .into_iter()
                .map(|cell| Escaped::new(cell).to_string())
                .collect(),
        );
    }

    /// Writes every row, two blanks between columns, none at the end of a line.
    pub(super) fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut widths = vec![0; self.rows.iter().map(Vec::len).max().unwrap_or_default()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                let blanks = " ".repeat(width - cell.chars().count());
                if column >= self.right {
                    line.push_str(&blanks);
                    line.push_str(cell);
                } else {
                    line.push_str(cell);
                    line.push_str(&blanks);
                }
                line.push_str("  ");
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]
mod tests {
    use super::*;
    use crate::render::listing;
    use snapbox::{IntoData, str};

    fn statuses() -> StatusList {
        let commit = ObjectId::from_bytes(&[0xab; 20]).unwrap();
        let documents = vec![
            StatusRow {
                path: RepoPath::new("sdd/adrs/0005-native-path-resolution.md"),
                kind: "adr".to_owned(),
                number: Some("0005".to_owned()),
                status: Some("Accepted".to_owned()),
                scope: None,
                frozen: Some(Since {
                    commit,
                    time: 1_709_164_800,
                }),
            },
            StatusRow {
                path: RepoPath::new(b"sdd/specs/\xff\x1b.md".as_slice()),
                kind: "spec".to_owned(),
                number: None,
                status: Some("a\nb".to_owned()),
                scope: Some(Scope::Library),
                frozen: None,
            },
        ];
        StatusList { documents }
    }

    fn text(shown: &impl Listing, as_json: bool) -> String {
        let mut out = Vec::new();
        listing(shown, as_json, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_under_one_another() {
        snapbox::assert_data_eq!(
            text(&statuses(), false),
            str![[r#"
path                                     kind  number  status    frozen since
sdd/adrs/0005-native-path-resolution.md  adr   0005    Accepted  abababababab 2024-02-29
sdd/specs/\xff\u{1b}.md                  spec  -       a\nb      -

"#]]
            .raw()
        );
    }

    #[test]
    fn what_specs_are_about_is_shown_where_one_is_about_tooling() {
        let mut rows = statuses();
        rows.documents[1].scope = Some(Scope::Tooling);
        snapbox::assert_data_eq!(
            text(&rows, false),
            str![[r#"
path                                     kind  number  scope    status    frozen since
sdd/adrs/0005-native-path-resolution.md  adr   0005    -        Accepted  abababababab 2024-02-29
sdd/specs/\xff\u{1b}.md                  spec  -       tooling  a\nb      -

"#]]
            .raw()
        );
    }

    #[test]
    fn documents_are_given_as_json() {
        snapbox::assert_data_eq!(
            text(&statuses(), true),
            str![[r#"
{
  "schema": 1,
  "documents": [
    {
      "path": "sdd/adrs/0005-native-path-resolution.md",
      "kind": "adr",
      "number": "0005",
      "status": "Accepted",
      "scope": null,
      "frozen": {
        "commit": "abababababababababababababababababababab",
        "date": "2024-02-29"
      }
    },
    {
      "path": "sdd/specs/\\xff\\u{1b}.md",
      "kind": "spec",
      "number": null,
      "status": "a\nb",
      "scope": "library",
      "frozen": null
    }
  ]
}

"#]]
            .raw()
        );
    }

    #[test]
    fn rules_are_given_as_text_and_json() {
        let rules = vec![RuleRow {
            id: "section-removed".to_owned(),
            level: Level::Deny,
            summary: "a published ID is no longer declared".to_owned(),
        }];
        let rows = RuleList { rules };
        snapbox::assert_data_eq!(
            text(&rows, false),
            str![[r#"
rule             level  summary
section-removed  deny   a published ID is no longer declared

"#]]
            .raw()
        );
        snapbox::assert_data_eq!(
            text(&rows, true),
            str![[r#"
{
  "schema": 1,
  "rules": [
    {
      "id": "section-removed",
      "level": "deny",
      "summary": "a published ID is no longer declared"
    }
  ]
}

"#]]
            .raw()
        );
    }
}
