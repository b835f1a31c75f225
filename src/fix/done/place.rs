//! Where a finished item goes in the file of what is done: into the section that takes new ones, and there to where the
//! newest item stands. It must not know how the item is written.

use std::ops::Range;

use super::{Both, CannotFinish, Item, Layout, Table};
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
pub(super) fn find(both: &Both<'_>, item: &Item) -> Result<InsertionPoint, CannotFinish> {
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
        return Err(CannotFinish::Form(item.id.clone(), name(item.form)));
    }
    let section = section(both, item);
    let in_section = |other: &&Item| section.contains(&other.whole.start());
    let there: Vec<&Item> = both
        .finished
        .iter()
        .filter(in_section)
        .filter(alike)
        .collect();
    let (Some(first), Some(last)) = (there.first(), there.last()) else {
        // An empty section: behind what it says of itself, in front of the rule that may end it.
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
        return Err(CannotFinish::Form(
            item.id.clone(),
            "a heading of another level",
        ));
    }
    let newest_first = newest_first(both.there, &there);
    let (at, neighbour) = if newest_first {
        (first.whole.start(), first)
    } else {
        (last.whole.end(), last)
    };
    let loose = is_loose(both, item);
    Ok(InsertionPoint {
        at,
        loose,
        end,
        neighbour: bullet(done, neighbour),
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

/// The row goes into a table with the same columns: one that holds items, else any.
fn row(both: &Both<'_>, item: &Item, end: &'static str) -> Result<InsertionPoint, CannotFinish> {
    let cannot = || CannotFinish::Columns(item.id.clone());
    let own = both.here.table_at(item.whole.start()).ok_or_else(cannot)?;
    let mut same = both
        .there
        .tables
        .iter()
        .filter(|table| table.columns == own.columns);
    let rows = |table: &Table| -> Vec<&Item> {
        both.finished
            .iter()
            .filter(|other| table.range.contains(&other.whole.start()))
            .collect()
    };
    let first = same.clone().next().ok_or_else(cannot)?;
    let table = same.find(|table| !rows(table).is_empty()).unwrap_or(first);
    let there = rows(table);
    let newest_first = newest_first(both.there, &there);
    let at = match (there.first(), there.last()) {
        (Some(first), _) if newest_first => first.whole.start(),
        (_, Some(last)) => last.whole.end(),
        _ => table.body,
    };
    Ok(InsertionPoint {
        at,
        loose: false,
        end,
        neighbour: None,
        begin: None,
    })
}

/// The stretch of the done file that takes new items: the section named like the one that the item stands in; else the
/// first one where the newest stand first, else the last one that holds items.
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
    if newest_section_first(both.there, &tops) {
        return range(0);
    }
    (0..tops.len())
        .rev()
        .find(holds)
        .map_or(0..text.len(), range)
}

/// Whether the section of the newest items stands first: the prose says so, or versions and dates fall from one to the next.
fn newest_section_first(layout: &Layout, tops: &[&crate::fix::layout::Heading]) -> bool {
    let says = says_newest_first(&layout.intro) || layout.intro.contains("newest version");
    let versions: Vec<Vec<u64>> = tops.iter().filter_map(|top| version(&top.title)).collect();
    let falls = versions.windows(2).any(|pair| pair[0] > pair[1]);
    let rises = versions.windows(2).any(|pair| pair[0] < pair[1]);
    let unreleased = tops
        .first()
        .is_some_and(|top| top.title.to_lowercase().contains("unreleased"));
    unreleased || falls && !rises || says && !rises
}

/// The first number of several parts in a heading: `v0.4.2`, `2026-02-19`.
fn version(title: &str) -> Option<Vec<u64>> {
    let mut words = title
        .split(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | '-')));
    words.find_map(|word| {
        let parts: Vec<u64> = word
            .split(['.', '-'])
            .filter_map(|part| part.parse().ok())
            .collect();
        (parts.len() > 1).then_some(parts)
    })
}

fn says_newest_first(intro: &str) -> bool {
    [
        "newest first",
        "newest item",
        "newest entr",
        "newest on top",
        "newest at the top",
        "latest first",
        "recent first",
    ]
    .iter()
    .any(|words| intro.contains(words))
        || intro.contains("reverse chronological")
}

/// Whether the newest item stands first among these: the prose says so, or their numbers mostly fall.
fn newest_first(layout: &Layout, items: &[&Item]) -> bool {
    if says_newest_first(&layout.intro) {
        return true;
    }
    let number = |item: &Item| -> Option<(String, u64)> {
        let (prefix, number) = item.id.rsplit_once('-')?;
        Some((prefix.to_owned(), number.parse().ok()?))
    };
    let (mut falls, mut rises) = (0, 0);
    for pair in items.windows(2) {
        if let (Some((one, first)), Some((other, second))) = (number(pair[0]), number(pair[1]))
            && one == other
        {
            falls += usize::from(first > second);
            rises += usize::from(first < second);
        }
    }
    falls > rises
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

/// The end of what a section says, in whole lines, without the rule that may end it.
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
