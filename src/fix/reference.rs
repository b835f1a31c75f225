//! How one document names another: a link with words, or a name alone. It must not know where it is written.

use crate::document::Number;
use crate::policy::kind::Kind;
use crate::repo::RepoPath;

/// What a document is called in a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// `[ADR-0007](0007-title.md)`.
    pub(super) link: String,
    /// `ADR-0007`; the file name where there is no number.
    pub(super) plain: String,
}

impl Label {
    /// Names a document that stands in the same folder. `heading` is a title that begins with a number, as in
    /// `7. Use stone`, where the project names its documents so.
    pub(super) fn of(
        kind: &Kind,
        path: &RepoPath,
        number: Option<&Number>,
        heading: Option<&str>,
    ) -> Self {
        let file = path.file_name().to_string();
        let plain = number.map_or_else(
            || file.clone(),
            |number| format!("{}-{number}", kind.name.to_uppercase()),
        );
        let words = heading.map_or_else(|| plain.clone(), escape);
        let plain_address = file
            .chars()
            .all(|next| !next.is_whitespace() && !"()<>".contains(next));
        let link = if plain_address {
            format!("[{words}]({file})")
        } else {
            format!("[{words}](<{file}>)")
        };
        Self { link, plain }
    }
}

/// Words inside the brackets of a link, which may stand in a cell of a table.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for next in words.chars() {
        if matches!(next, '[' | ']' | '|' | '\\') {
            escaped.push('\\');
        }
        escaped.push(next);
    }
    escaped
}
