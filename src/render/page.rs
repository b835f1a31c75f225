//! A rule's page, shown on a terminal. It must not know what the page says.

use std::io;

use anstyle::Style;

/// Writes Markdown so that it reads well on a terminal: headings bold, code indented, the rest as it is. The text is
/// graven's own and not escaped.
pub fn page(markdown: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let bold = Style::new().bold();
    let mut fence: Option<&str> = None;
    for line in markdown.trim_end().lines() {
        match (fence, fence_of(line)) {
            (None, Some(opened)) => fence = Some(opened),
            (Some(opened), Some(closing)) if closing.starts_with(opened) && closing == line.trim() => fence = None,
            (Some(_), _) if line.is_empty() => writeln!(out)?,
            (Some(_), _) => writeln!(out, "    {line}")?,
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

fn heading(line: &str) -> Option<&str> {
    let title = line.trim_start_matches('#');
    let depth = line.len() - title.len();
    (1..=6).contains(&depth).then(|| title.strip_prefix(' ')).flatten().map(str::trim)
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
            str![[r##"
ESC[1mruleESC[0m

Some *text*.

    # not a heading

    ```
    inner
    ```
#hash

"##]]
        );
    }
}
