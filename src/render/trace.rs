//! Sections and the tests that cite them, for people as tables and for programs as JSON, schema 1. The types of the JSON are
//! separate on purpose: internal types may change, these only grow. `docs/trace.md` says what each field means and
//! `docs/trace.schema.json` is made from them.

use std::io;

use serde::{Serialize, Serializer};

use super::lists::Table;
use super::{Listing, json};
use crate::citations::{CitationPlace, Matrix, Row, Spec, Tally};
use crate::text::escape::brief;

/// Characters of a title that are shown in a table.
const TITLE: usize = 60;
/// Places that are shown in a table.
const PLACES: usize = 2;

/// What `graven trace` lists.
#[derive(Debug)]
pub struct TraceList<'m> {
    /// Sections and the tests that cite them.
    pub matrix: &'m Matrix,
    /// Keeps only the sections that need a test and have none.
    pub untested: bool,
}

impl Listing for TraceList<'_> {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        text(self.matrix, self.untested, out)
    }
}

impl Serialize for TraceList<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Trace::of(self.matrix, self.untested).serialize(to)
    }
}

fn text(matrix: &Matrix, untested: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let mut is_empty = true;
    for spec in &matrix.specs {
        let wanted = spec
            .sections
            .iter()
            .filter(|row| !untested || row.is_untested());
        let mut table = Table::new(["  section", "title", "mark", "tests"]);
        let mut rows = 0;
        for row in wanted {
            rows += 1;
            let title = brief(&row.title, TITLE);
            table.row([
                &format!("  {}", row.id),
                &title,
                row.mark.as_deref().unwrap_or("-"),
                &places(&row.tests),
            ]);
        }
        if rows == 0 {
            continue;
        }
        is_empty = false;
        writeln!(out, "{}: {}", spec.path, said(spec.tally()))?;
        table.write(out)?;
        writeln!(out)?;
    }
    if !matrix.unknown.is_empty() && !untested {
        writeln!(out, "cited, but not declared in any spec:")?;
        let mut table = Table::new(["  section", "tests"]);
        for (id, cited) in &matrix.unknown {
            table.row([format!("  {id}").as_str(), places(cited).as_str()]);
        }
        table.write(out)?;
        writeln!(out)?;
    }
    if is_empty && untested && matrix.tally().live > 0 {
        writeln!(out, "every section has a test")?;
    }
    if matrix.specs.is_empty() {
        return writeln!(out, "no sections");
    }
    writeln!(out, "in all: {}", said(matrix.tally()))
}

fn said(tally: Tally) -> String {
    let Tally {
        live,
        tested,
        deprecated,
    } = tally;
    let sections = if live == 1 { "section" } else { "sections" };
    let gone = if deprecated == 0 {
        String::new()
    } else {
        format!(", {deprecated} deprecated")
    };
    format!("{tested} of {live} {sections} tested{gone}")
}

/// How many places there are, and the first of them.
fn places(tests: &[CitationPlace]) -> String {
    let at = |place: &CitationPlace| format!("{}:{}", place.path, place.position().0);
    let shown: Vec<String> = tests.iter().take(PLACES).map(at).collect();
    match tests.len() {
        0 => "-".to_owned(),
        count if count > PLACES => format!("{count}: {}, …", shown.join(", ")),
        count => format!("{count}: {}", shown.join(", ")),
    }
}

/// Sections and tests.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(title = "graven trace"))]
pub(super) struct Trace {
    /// The sections of all specs that were asked for.
    total: Count,
    /// The specs that declare sections, sorted by path.
    specs: Vec<SpecEntry>,
    /// What tests cite and no spec declares, sorted by what is cited; empty where single specs were asked for.
    unknown: Vec<Unknown>,
    /// What seems to cite something and cannot be read, sorted by path and place.
    unread: Vec<Unread>,
}

/// How many sections are tested.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Count {
    /// Sections without a tombstone.
    live: usize,
    /// Those of them that a test cites.
    tested: usize,
    /// Sections with a tombstone.
    deprecated: usize,
}

/// One spec.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Spec"))]
struct SpecEntry {
    /// Its path.
    path: String,
    /// Its title, if it has one.
    title: Option<String>,
    /// Its sections, counted; also those that are not shown.
    total: Count,
    /// Its sections, in the order of the text; with `--untested` those that need a test and have none.
    sections: Vec<Section>,
}

/// One section.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Section {
    /// Its ID.
    id: String,
    /// Its title.
    title: String,
    /// Its tombstone as written, such as `[DEPRECATED]`; null while it is live.
    mark: Option<String>,
    /// The line of its declaration, counted from 1.
    line: usize,
    /// Where tests cite it, sorted by path and place.
    tests: Vec<Test>,
}

/// A place in a test.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Test {
    /// The test.
    path: String,
    /// The line of the citation, counted from 1.
    line: usize,
    /// The column in `line`, in characters, counted from 1.
    column: usize,
}

/// What tests cite, but no spec declares.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Unknown {
    /// What is cited.
    id: String,
    /// Where.
    tests: Vec<Test>,
}

/// What seems to cite something and cannot be read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Unread {
    /// Where.
    #[serde(flatten)]
    place: Test,
    /// Why.
    why: String,
}

impl Trace {
    fn of(matrix: &Matrix, untested: bool) -> Self {
        let tests = |places: &[CitationPlace]| places.iter().map(Test::from).collect::<Vec<Test>>();
        let section = |row: &Row| Section {
            id: row.id.clone(),
            title: row.title.clone(),
            mark: row.mark.clone(),
            line: row.line,
            tests: tests(&row.tests),
        };
        let spec = |spec: &Spec| SpecEntry {
            path: json::path(&spec.path),
            title: spec.title.clone(),
            total: spec.tally().into(),
            sections: spec
                .sections
                .iter()
                .filter(|row| !untested || row.is_untested())
                .map(section)
                .collect(),
        };
        let unread = matrix.notes.iter().map(|(place, why)| Unread {
            place: place.into(),
            why: (*why).to_owned(),
        });
        Self {
            total: matrix.tally().into(),
            specs: matrix
                .specs
                .iter()
                .map(spec)
                .filter(|spec| !spec.sections.is_empty())
                .collect(),
            unknown: matrix
                .unknown
                .iter()
                .map(|(id, cited)| Unknown {
                    id: id.clone(),
                    tests: tests(cited),
                })
                .collect(),
            unread: unread.collect(),
        }
    }
}

impl From<&CitationPlace> for Test {
    fn from(place: &CitationPlace) -> Self {
        let (line, column) = place.position();
        Self {
            path: json::path(&place.path),
            line,
            column,
        }
    }
}

impl From<Tally> for Count {
    fn from(tally: Tally) -> Self {
        Self {
            live: tally.live,
            tested: tally.tested,
            deprecated: tally.deprecated,
        }
    }
}

#[cfg(test)]
mod tests;
