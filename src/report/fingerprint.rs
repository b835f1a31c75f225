//! Fingerprints: hashes of what was found, never of where. They do not depend on commits, lines or dates, so they
//! survive squash, rebase and cherry-pick.

use std::fmt;

use sha2::{Digest, Sha256};

/// 128 bits of SHA-256 over rule, subject and the content before and after, shown as `g1-` and 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Hashes the four parts, each with its length in front so that no two lists of parts run together. A missing side
    /// differs from an empty one.
    #[must_use]
    pub fn of(rule: &str, subject: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in [
            Some(rule.as_bytes()),
            Some(subject.as_bytes()),
            before,
            after,
        ] {
            match part {
                Some(bytes) => {
                    hash.update([1]);
                    hash.update((bytes.len() as u64).to_be_bytes());
                    hash.update(bytes);
                }
                None => hash.update([0]),
            }
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        Self(short)
    }

    /// Reads one as it is shown; `None` for any other shape.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        digits(written.strip_prefix("g1-")?).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("g1-")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// 128 bits of SHA-256 over some content: what a waiver remembers of it, so that one waived edit can follow another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentDigest([u8; 16]);

impl ContentDigest {
    /// Hashes the content.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&Sha256::digest(content)[..16]);
        Self(short)
    }

    /// Reads one as it is shown; `None` for any other shape.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        digits(written).map(Self)
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// 32 lower-case hexadecimal digits.
fn digits(written: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    if written.len() != 32 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(written.as_bytes().chunks_exact(2)) {
        for digit in pair {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return None,
            };
            *byte = *byte << 4 | value;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: PRINT-002
    #[test]
    fn a_missing_side_differs_from_an_empty_one() {
        assert_ne!(
            Fingerprint::of("r", "s", None, Some(b"")),
            Fingerprint::of("r", "s", Some(b""), Some(b""))
        );
    }

    // spec: PRINT-001
    #[test]
    fn its_shape_is_stable() {
        let shown =
            Fingerprint::of("frozen-text-edited", "adr-0005", Some(b"a"), Some(b"b")).to_string();
        assert_eq!(shown.len(), 35);
        assert!(shown.starts_with("g1-"));
    }

    // spec: PRINT-001
    #[test]
    fn it_is_read_as_it_is_shown_and_in_no_other_shape() {
        let print = Fingerprint::of("r", "s", None, Some(b"b"));
        assert_eq!(Fingerprint::parse(&print.to_string()), Some(print));
        let digest = ContentDigest::of(b"b");
        assert_eq!(ContentDigest::parse(&digest.to_string()), Some(digest));
        let shown = print.to_string();
        for wrong in [
            &shown[3..],
            &shown[..34],
            &shown.to_uppercase(),
            &format!("{shown}0"),
            "g1-",
            "",
            "g1-öööööööööööööööö",
        ] {
            assert_eq!(Fingerprint::parse(wrong), None, "{wrong}");
        }
    }
}
