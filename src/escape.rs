//! Foreign bytes made harmless: the one way in which text that comes from a repository reaches a screen. It must not know
//! where the text came from.

use std::fmt;

use bstr::ByteSlice;

/// Shows bytes on one line: control characters, invisible and direction-changing characters and invalid UTF-8 appear as
/// `\n`, `\u{202e}` or `\xff`.
///
/// ```
/// use graven::escape::Escaped;
///
/// assert_eq!(Escaped::new(b"red \x1b[31m\nline").to_string(), r"red \u{1b}[31m\nline");
/// assert_eq!(Escaped::new("Übergröße").to_string(), "Übergröße");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Escaped<'a>(&'a [u8]);

impl<'a> Escaped<'a> {
    /// Takes any bytes.
    #[must_use]
    pub fn new<T: AsRef<[u8]> + ?Sized>(bytes: &'a T) -> Self {
        Self(bytes.as_ref())
    }
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (start, end, character) in self.0.char_indices() {
            if character == char::REPLACEMENT_CHARACTER && &self.0[start..end] != "\u{fffd}".as_bytes() {
                for byte in &self.0[start..end] {
                    write!(f, "\\x{byte:02x}")?;
                }
            } else {
                escape_char(character, f)?;
            }
        }
        Ok(())
    }
}

/// Shows text like [`Escaped`], but only its first `limit` characters, and `…` for the rest.
#[must_use]
pub fn brief(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", Escaped::new(&text[..end])),
        None => Escaped::new(text).to_string(),
    }
}

/// Shows text as one word for a POSIX shell.
#[must_use]
pub fn word(text: &str) -> String {
    let shown = Escaped::new(text).to_string();
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "/._-+@%=:,".contains(sign);
    if !shown.is_empty() && shown.chars().all(plain) {
        return shown;
    }
    format!("'{}'", shown.replace('\'', r"'\''"))
}

/// Writes one character, escaped when a terminal or a reader could be deceived by it.
pub fn escape_char(character: char, f: &mut dyn fmt::Write) -> fmt::Result {
    match character {
        '\n' => f.write_str("\\n"),
        '\r' => f.write_str("\\r"),
        '\t' => f.write_str("\\t"),
        _ if is_deceptive(character) => write!(f, "\\u{{{:x}}}", u32::from(character)),
        _ => f.write_char(character),
    }
}

/// True for characters that draw nothing or change how their neighbours are drawn.
#[must_use]
pub fn is_deceptive(character: char) -> bool {
    character.is_control() || is_invisible(character)
}

/// True for characters that take no room on the page: zero-width, joiners, direction marks, soft hyphens, tags, controls of
/// scripts and of musical notation.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB
        | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: ESC-001
    // spec: ESC-003
    #[test]
    fn foreign_bytes_stay_on_their_line() {
        let shown = Escaped::new(b"a\x1b[31m\nb\xff\xe2\x80\xae".as_slice()).to_string();
        assert_eq!(shown, "a\\u{1b}[31m\\nb\\xff\\u{202e}");
    }

    // spec: ESC-004
    #[test]
    fn a_long_text_is_told_in_brief() {
        assert_eq!(brief("ä\nöü", 3), "ä\\nö…");
        assert_eq!(brief("ä\nö", 3), "ä\\nö");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        assert_eq!(Escaped::new("Übergröße → 日本 \u{fffd}").to_string(), "Übergröße → 日本 \u{fffd}");
    }
}
