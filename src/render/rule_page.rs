//! Prints a rule's page on a terminal. Does not depend on what the page says.

use std::io;

use anstyle::Style;
use serde::Serialize;

use super::Listing;
use crate::report::Level;
use crate::text::escape::Escaped;

/// One rule, as `graven explain` shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RulePage<'a> {
    /// Its name.
    pub id: &'a str,
    /// Its level where the policy says nothing.
    pub level: Level,
    /// One line about it.
    pub summary: &'a str,
    /// Its page, in Markdown.
    pub page: &'a str,
}

impl Listing for RulePage<'_> {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        page(self.page, out)
    }
}

/// Writes Markdown so that it reads well on a terminal: headings bold, code indented under what it is, the rest as it
/// is. The text is graven's own and not escaped, except for cases, which may contain invisible characters.
pub(super) fn page(markdown: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let mut fence: Option<&str> = None;
    let mut is_empty = false;
    for line in markdown.trim_end().lines() {
        match (fence, fence_of(line)) {
            (None, Some(opened)) => {
                fence = Some(opened);
                is_empty = true;
                if let Some(what) = named(line, opened) {
                    writeln!(out, "  {what}:")?;
                }
            }
            (Some(opened), Some(closing))
                if closing.starts_with(opened) && closing == line.trim() =>
            {
                fence = None;
                if is_empty {
                    writeln!(out, "    (none)")?;
                }
            }
            (Some(_), _) => {
                is_empty = false;
                writeln!(out, "{}", format!("    {}", Escaped::new(line)).trim_end())?;
            }
            (None, None) => match heading(line) {
                Some(title) => writeln!(out, "{bold}{title}{bold:#}")?,
                None => writeln!(out, "{line}")?,
            },
        }
    }
    Ok(())
}

/// The run of backticks or tildes that opens or closes a code block.
fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ['`', '~'].into_iter().find_map(|mark| {
        let length = line.len() - line.trim_start_matches(mark).len();
        (length >= 3).then(|| &line[..length])
    })
}

/// What a code block is: its info string without the language in front, as in `markdown before sdd/adrs/0001-a.md`.
fn named<'l>(line: &'l str, fence: &str) -> Option<&'l str> {
    let info = line.trim_start().strip_prefix(fence)?.trim();
    let what = info.split_once(' ').map_or(info, |(_, what)| what.trim());
    (!what.is_empty()).then_some(what)
}

fn heading(line: &str) -> Option<&str> {
    let title = line.trim_start_matches('#');
    let depth = line.len() - title.len();
    (1..=6)
        .contains(&depth)
        .then(|| title.strip_prefix(' '))
        .flatten()
        .map(str::trim)
}

#[cfg(test)]
#[allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]
mod tests {
    use super::*;
    use snapbox::str;

    #[test]
    fn headings_are_bold_and_code_is_indented() {
        let mut out = Vec::new();
        let markdown = "# rule\n\nSome *text*.\n\n````markdown\n# not a heading\n\n```\ninner\n```\n````\n#hash\n";
        page(markdown, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap().replace('\u{1b}', "ESC");
        snapbox::assert_data_eq!(
            shown,
            str![[r#"
ESC[1mruleESC[0m

Some *text*.

  markdown:
    # not a heading

    ```
    inner
    ```
#hash

"#]]
        );
    }
}
