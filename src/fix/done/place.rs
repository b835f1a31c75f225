//! Where a finished item goes in the done file: first in the section that holds items, else at the end of the file. Does
//! not depend on how the item is written.

use std::ops::Range;

use super::{Both, DoneError, Item};
use crate::backlog::Form;
use crate::text::Source;

/// A place in the done file.
#[derive(Debug)]
pub(super) struct InsertionPoint {
    /// The offset of the line in front of which the item goes.
    pub(super) at: usize,
    /// True when blank lines part the items there.
    pub(super) loose: bool,
    /// How lines end there.
    pub(super) end: &'static str,
    /// How the neighbour of the item is written, for a list: blanks in front of its bullet, its bullet, whether it has a
    /// box. `None` where there is none.
    pub(super) neighbour: Option<Bullet>,
    /// What an empty file begins with.
    pub(super) begin: Option<String>,
}

/// How a list item begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bullet {
    /// The blanks in front of it.
    pub(super) indent: String,
    /// The bullet or the number with its point.
    pub(super) sign: String,
    /// True when a box follows.
    pub(super) boxed: bool,
}

impl Bullet {
    /// Reads the first line of a list item.
    pub(super) fn of(line: &str) -> Option<Self> {
        let rest = line.trim_start_matches([' ', '\t']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = digits + 1;
        let sign = rest.get(..length).filter(|sign| {
            sign.ends_with(if digits > 0 {
                &['.', ')'][..]
            } else {
                &['-', '*', '+']
            })
        })?;
        let behind = rest[length..].trim_start_matches([' ', '\t']);
        let boxed =
            crate::backlog::declaration::mark_at(behind).is_some() && behind.starts_with('[');
        Some(Self {
            indent: line[..line.len() - rest.len()].to_owned(),
            sign: sign.to_owned(),
            boxed,
        })
    }
}

/// Finds the place of an item.
pub(super) fn find(both: &Both<'_>, item: &Item) -> Result<InsertionPoint, DoneError> {
    let Both { open, done, .. } = both;
    let end = if done.text().is_empty() {
        line_end(open.text())
    } else {
        line_end(done.text())
    };
    if done.text().trim().is_empty() {
        let begin = Some(begin(both, item, end));
        return Ok(InsertionPoint {
            at: done.text().len(),
            loose: item.form != Form::Row,
            end,
            neighbour: None,
            begin,
        });
    }
    let alike = |other: &&Item| kind(other.form) == kind(item.form);
    if item.form == Form::Row {
        return row(both, item, end);
    }
    if !both.finished.is_empty() && !both.finished.iter().any(|other| alike(&other)) {
        return Err(DoneError::Form(item.id.clone(), name(item.form)));
    }
    let section = section(both, item);
    let in_section = |other: &&Item| section.contains(&other.whole.start());
    let there: Vec<&Item> = both
        .finished
        .iter()
        .filter(in_section)
        .filter(alike)
        .collect();
    let Some(first) = there.first() else {
        // No item to go in front of: behind the text of the section, in front of the rule that may end it.
        let at = content_end(done.text(), &section);
        return Ok(InsertionPoint {
            at,
            loose: true,
            end,
            neighbour: None,
            begin: None,
        });
    };
    if let (Form::Heading(one), Form::Heading(other)) = (item.form, first.form)
        && one != other
    {
        return Err(DoneError::Form(
            item.id.clone(),
            "a heading of another level",
        ));
    }
    let loose = is_loose(both, item);
    Ok(InsertionPoint {
        at: first.whole.start(),
        loose,
        end,
        neighbour: bullet(done, first),
        begin: None,
    })
}

fn kind(form: Form) -> u8 {
    match form {
        Form::List => 0,
        Form::Heading(_) => 1,
        Form::Row => 2,
    }
}

fn name(form: Form) -> &'static str {
    match form {
        Form::List => "an item of a list",
        Form::Heading(_) => "a heading",
        Form::Row => "a row of a table",
    }
}

fn bullet(source: &Source, item: &Item) -> Option<Bullet> {
    Bullet::of(source.slice(source.line_at(item.whole.start())))
}

/// How the lines of a text end.
fn line_end(text: &str) -> &'static str {
    let first = text.find('\n').unwrap_or_default();
    if first > 0 && text[..first].ends_with('\r') {
        "\r\n"
    } else {
        "\n"
    }
}

/// A title, and for a row the head of its table.
fn begin(both: &Both<'_>, item: &Item, end: &str) -> String {
    let mut begin = format!("# Done{end}{end}");
    if let Some(table) = both
        .here
        .table_at(item.whole.start())
        .filter(|_| item.form == Form::Row)
    {
        let head = &both.open.text()[table.range.start..table.body];
        begin.push_str(head);
    }
    begin
}

/// The row goes first into a table with the same columns: one that holds items, else any.
fn row(both: &Both<'_>, item: &Item, end: &'static str) -> Result<InsertionPoint, DoneError> {
    let cannot = || DoneError::Columns(item.id.clone());
    let own = both.here.table_at(item.whole.start()).ok_or_else(cannot)?;
    let mut same = both
        .there
        .tables
        .iter()
        .filter(|table| table.columns == own.columns);
    let first = same.clone().next().ok_or_else(cannot)?;
    let table = same
        .find(|table| {
            let mut items = both.finished.iter();
            items.any(|other| table.range.contains(&other.whole.start()))
        })
        .unwrap_or(first);
    Ok(InsertionPoint {
        at: table.body,
        loose: false,
        end,
        neighbour: None,
        begin: None,
    })
}

/// The part of the done file that takes the item: the section named like the one that the item is in; else the first
/// section that holds items, else the whole file.
fn section(both: &Both<'_>, item: &Item) -> Range<usize> {
    let (text, items) = (both.done.text(), both.finished);
    let is_item = |start: usize| {
        items
            .iter()
            .any(|item| item.whole.contains(start) && item.form != Form::Row)
    };
    let sections: Vec<&crate::fix::layout::Heading> = both
        .there
        .headings
        .iter()
        .filter(|heading| heading.level > 1 && !is_item(heading.range.start))
        .collect();
    let Some(level) = sections.iter().map(|heading| heading.level).min() else {
        return 0..text.len();
    };
    let tops: Vec<&crate::fix::layout::Heading> = sections
        .into_iter()
        .filter(|heading| heading.level == level)
        .collect();
    let range = |index: usize| {
        let end = tops
            .get(index + 1)
            .map_or(text.len(), |next| next.range.start);
        tops[index].range.start..end
    };
    let own = both
        .here
        .title_at(item.whole.start())
        .map(str::to_lowercase);
    if let Some(same) = tops
        .iter()
        .position(|top| Some(top.title.to_lowercase()) == own)
    {
        return range(same);
    }
    let holds = |index: &usize| {
        items
            .iter()
            .any(|item| range(*index).contains(&item.whole.start()))
    };
    (0..tops.len()).find(holds).map_or(0..text.len(), range)
}

/// Whether blank lines part the items: as in the done file, else as in the open one, else where any has a body.
fn is_loose(both: &Both<'_>, item: &Item) -> bool {
    if matches!(item.form, Form::Heading(_)) {
        return true;
    }
    let parted = |source: &Source, items: &[Item]| {
        items
            .windows(2)
            .filter(|pair| pair.iter().all(|item| item.form == Form::List))
            .find_map(|pair| {
                let between = source
                    .text()
                    .get(pair[0].whole.end()..pair[1].whole.start())?;
                between.trim().is_empty().then_some(!between.is_empty())
            })
    };
    let has_body =
        |source: &Source, item: &Item| source.slice(item.whole).trim_end().contains('\n');
    parted(both.done, both.finished)
        .or_else(|| parted(both.open, both.items))
        .unwrap_or_else(|| {
            has_body(both.open, item)
                || both
                    .finished
                    .iter()
                    .any(|finished| has_body(both.done, finished))
        })
}

/// The end of a section's text, in whole lines, without the rule that may end it.
fn content_end(text: &str, section: &Range<usize>) -> usize {
    let content = text[section.clone()].trim_end();
    let last = content.rfind('\n').map_or("", |at| &content[at + 1..]);
    let rule = last.len() >= 3
        && (last.chars().all(|sign| sign == '-') || last.chars().all(|sign| sign == '*'));
    let content = if rule {
        content[..content.len() - last.len()].trim_end()
    } else {
        content
    };
    let end = section.start + content.len();
    text[end..]
        .find('\n')
        .map_or(text.len(), |line| end + line + 1)
}
