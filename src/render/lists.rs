//! Small tables: the documents that are guarded and their standing, the rules and their levels. The rows are plain data;
//! where they come from is not known here.

use std::io;

use serde::Serialize;

use super::{Format, date, json};
use crate::repo::{ObjectId, RepoPath};
use crate::report::Level;
use crate::text::escape::Escaped;

/// One guarded document, as `graven status` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRow {
    /// Where it stands.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What is built.
    Library,
    /// What it is built with.
    Tooling,
}

impl Scope {
    /// The word as it stands in tables and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Tooling => "tooling",
        }
    }
}

/// Since when something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The commit that made it so.
    pub commit: ObjectId,
    /// Seconds since 1970, as that commit says.
    pub time: i64,
}

/// One rule, as `graven rules` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Its name.
    pub id: String,
    /// Its level under the policy.
    pub level: Level,
    /// One line about it.
    pub summary: String,
}

/// Writes the documents, in the order given.
pub fn status(rows: &[StatusRow], format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Json => json::object(&Documents::from(rows), out),
        Format::Text if rows.is_empty() => writeln!(out, "no governed documents"),
        Format::Text => {
            // Where all specs are about the library the column would say nothing.
            if rows.iter().any(|row| row.scope == Some(Scope::Tooling)) {
                let mut table =
                    Table::new(["path", "kind", "number", "scope", "status", "frozen since"]);
                for row in rows {
                    let [path, kind, number, status, since] = cells(row);
                    let scope = row.scope.map_or("-", Scope::as_str);
                    table.row([&path, &kind, &number, scope, &status, &since]);
                }
                return table.write(out);
            }
            let mut table = Table::new(["path", "kind", "number", "status", "frozen since"]);
            for row in rows {
                table.row(cells(row).each_ref().map(String::as_str));
            }
            table.write(out)
        }
    }
}

fn cells(row: &StatusRow) -> [String; 5] {
    let or_none = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
    let since = row
        .frozen
        .map(|since| format!("{} {}", since.commit.short(), date::day(since.time)));
    [
        row.path.to_string(),
        row.kind.clone(),
        or_none(row.number.clone()),
        or_none(row.status.clone()),
        or_none(since),
    ]
}

/// Writes the rules, in the order given.
pub fn rules(rows: &[RuleRow], format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Json => json::object(&Rules::from(rows), out),
        Format::Text => {
            let mut table = Table::new(["rule", "level", "summary"]);
            for row in rows {
                table.row([row.id.as_str(), row.level.as_str(), row.summary.as_str()]);
            }
            table.write(out)
        }
    }
}

/// What `graven next` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextRow {
    /// The next number in the form of its kind's file names, or the next ID: `0008`, `rfc-0008`, `PATH-008`.
    pub next: String,
    /// The kind that was asked about; `None` for a prefix.
    pub kind: Option<String>,
    /// The highest so far; `None` when there is none.
    pub highest: Option<String>,
}

/// Writes the next number or ID, alone on its line.
pub fn next(row: &NextRow, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Json => json::object(
            &NextObject {
                schema: json::SCHEMA,
                row,
            },
            out,
        ),
        Format::Text => writeln!(out, "{}", Escaped::new(&row.next)),
    }
}

/// The next number or ID as JSON, schema 1.
#[derive(Serialize)]
struct NextObject<'a> {
    schema: u32,
    #[serde(flatten)]
    row: &'a NextRow,
}

/// Writes what a command did, a sentence a line.
pub fn done(sentences: &[String], format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Json => json::object(
            &Deeds {
                schema: json::SCHEMA,
                done: sentences,
            },
            out,
        ),
        Format::Text => sentences
            .iter()
            .try_for_each(|sentence| writeln!(out, "{}", Escaped::new(sentence))),
    }
}

/// Writes a policy that is written nowhere else.
pub fn policy(text: &str, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Json => json::object(
            &Proposed {
                schema: json::SCHEMA,
                policy: text,
            },
            out,
        ),
        Format::Text => out.write_all(text.as_bytes()),
    }
}

/// A policy as JSON, schema 1.
#[derive(Serialize)]
struct Proposed<'a> {
    schema: u32,
    policy: &'a str,
}

/// What a command did as JSON, schema 1.
#[derive(Serialize)]
struct Deeds<'a> {
    schema: u32,
    done: &'a [String],
}

/// Rows of text whose columns stand under one another.
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

/// The documents as JSON, schema 1.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Documents {
    schema: u32,
    documents: Vec<DocumentEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DocumentEntry {
    path: String,
    kind: String,
    number: Option<String>,
    status: Option<String>,
    scope: Option<&'static str>,
    frozen: Option<SinceEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct SinceEntry {
    commit: String,
    date: String,
}

/// The rules as JSON, schema 1.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Rules {
    schema: u32,
    rules: Vec<RuleEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct RuleEntry {
    id: String,
    level: &'static str,
    summary: String,
}

impl From<&[StatusRow]> for Documents {
    fn from(rows: &[StatusRow]) -> Self {
        let entry = |row: &StatusRow| DocumentEntry {
            path: json::path(&row.path),
            kind: row.kind.clone(),
            number: row.number.clone(),
            status: row.status.clone(),
            scope: row.scope.map(Scope::as_str),
            frozen: row.frozen.map(|since| SinceEntry {
                commit: since.commit.to_string(),
                date: date::day(since.time),
            }),
        };
        Self {
            schema: json::SCHEMA,
            documents: rows.iter().map(entry).collect(),
        }
    }
}

impl From<&[RuleRow]> for Rules {
    fn from(rows: &[RuleRow]) -> Self {
        let entry = |row: &RuleRow| RuleEntry {
            id: row.id.clone(),
            level: row.level.as_str(),
            summary: row.summary.clone(),
        };
        Self {
            schema: json::SCHEMA,
            rules: rows.iter().map(entry).collect(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]
mod tests {
    use super::*;
    use snapbox::{IntoData, str};

    fn statuses() -> Vec<StatusRow> {
        let commit = ObjectId::from_bytes(&[0xab; 20]).unwrap();
        vec![
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
        ]
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_under_one_another() {
        snapbox::assert_data_eq!(
            text(|out| status(&statuses(), Format::Text, out)),
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
        rows[1].scope = Some(Scope::Tooling);
        snapbox::assert_data_eq!(
            text(|out| status(&rows, Format::Text, out)),
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
            text(|out| status(&statuses(), Format::Json, out)),
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
        let rows = [RuleRow {
            id: "section-removed".to_owned(),
            level: Level::Deny,
            summary: "an ID is declared nowhere any more".to_owned(),
        }];
        snapbox::assert_data_eq!(
            text(|out| rules(&rows, Format::Text, out)),
            str![[r#"
rule             level  summary
section-removed  deny   an ID is declared nowhere any more

"#]]
            .raw()
        );
        snapbox::assert_data_eq!(
            text(|out| rules(&rows, Format::Json, out)),
            str![[r#"
{
  "schema": 1,
  "rules": [
    {
      "id": "section-removed",
      "level": "deny",
      "summary": "an ID is declared nowhere any more"
    }
  ]
}

"#]]
            .raw()
        );
    }
}
