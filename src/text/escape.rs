//! Foreign bytes made harmless: the one way in which text that comes from a repository reaches a screen. It must not know
//! where the text came from.

use std::fmt;

use bstr::ByteSlice;
use unicode_normalization::char::is_combining_mark;

/// Shows bytes on one line: control characters, invisible and direction-changing characters and invalid UTF-8 appear as
/// `\n`, `\u{202e}` or `\xff`.
///
/// ```
/// use graven::text::escape::Escaped;
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
            if character == char::REPLACEMENT_CHARACTER
                && &self.0[start..end] != "\u{fffd}".as_bytes()
            {
                for byte in &self.0[start..end] {
                    write!(f, "\\x{byte:02x}")?;
                }
            } else if is_piled(&self.0[..start], character) {
                write!(f, "\\u{{{:x}}}", u32::from(character))?;
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

/// More marks than this above and below one letter reach into the lines of others.
const MARKS: usize = 4;

/// True for a mark that stands on as many others as a letter can bear, behind what stands in front of it.
#[must_use]
pub fn is_piled(before: &[u8], character: char) -> bool {
    !character.is_ascii()
        && is_combining_mark(character)
        && before
            .chars()
            .rev()
            .take(MARKS)
            .filter(|mark| is_combining_mark(*mark))
            .count()
            == MARKS
}

/// True for characters that draw nothing, change how their neighbours are drawn, or are drawn as anybody likes: those of
/// private use, and those that are no characters. The two selectors that make an emoji of a sign, or a sign of an emoji,
/// may stay.
#[must_use]
pub fn is_deceptive(character: char) -> bool {
    let sign = u32::from(character);
    let breaks = matches!(sign, 0x2028..=0x2029);
    let private = matches!(sign, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
    let none = matches!(sign, 0xFDD0..=0xFDEF) || sign & 0xFFFE == 0xFFFE;
    let selects = matches!(sign, 0xFE0E..=0xFE0F);
    character.is_control() || breaks || private || none || is_invisible(character) && !selects
}

/// True for characters that take no room on the page: all that Unicode calls default-ignorable (zero-width, joiners,
/// direction marks, soft hyphens, selectors, tags, fillers), and controls of notes and of scripts.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
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
    fn everything_that_unicode_lets_a_reader_ignore_is_escaped() {
        for name in [
            "Default_Ignorable_Code_Point",
            "Bidi_Control",
            "Cc",
            "Cf",
            "Co",
            "Zl",
            "Zp",
        ] {
            let class = regex::Regex::new(&format!(r"^\p{{{name}}}$")).unwrap();
            let missed: Vec<String> = (0..=0x10_FFFF)
                .filter_map(char::from_u32)
                .filter(|sign| {
                    !is_deceptive(*sign)
                        && !matches!(sign, '\u{fe0e}' | '\u{fe0f}')
                        && !is_seen(*sign)
                })
                .filter(|sign| class.is_match(sign.encode_utf8(&mut [0; 4])))
                .map(|sign| format!("{:x}", u32::from(sign)))
                .collect();
            assert!(missed.is_empty(), "{name}: {missed:?}");
        }
    }

    /// Signs of Arabic, Syriac and Kaithi numbers are called format characters and are drawn.
    fn is_seen(sign: char) -> bool {
        matches!(u32::from(sign), 0x600..=0x605 | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2 | 0x110BD | 0x110CD)
    }

    #[test]
    fn marks_are_not_piled_over_other_lines() {
        let shown = Escaped::new(&format!("a{}b", "\u{301}".repeat(6))).to_string();
        assert_eq!(
            shown,
            format!("a{}\\u{{301}}\\u{{301}}b", "\u{301}".repeat(4))
        );
        assert_eq!(
            Escaped::new("\u{fdd0}\u{e000}\u{e0041}\u{fe01}").to_string(),
            r"\u{fdd0}\u{e000}\u{e0041}\u{fe01}"
        );
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        assert_eq!(
            Escaped::new("Übergröße → 日本 ⚠\u{fe0f} \u{fffd}").to_string(),
            "Übergröße → 日本 ⚠\u{fe0f} \u{fffd}"
        );
    }
}
