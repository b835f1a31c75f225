//! Parses `GIT_ALTERNATE_OBJECT_DIRECTORIES`. A path that contains `:` or begins with `"` is quoted as in C, which
//! libgit2 does not understand.

use crate::git::error::{ErrorKind, GitError};

/// One store of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Store {
    /// Where it is, unquoted.
    pub(super) path: Vec<u8>,
    /// True when it was quoted, so that libgit2 has not understood it.
    pub(super) quoted: bool,
}

/// The stores of the list.
pub(super) fn split(list: &[u8]) -> Result<Vec<Store>, GitError> {
    let mut found = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (path, after) = if rest[0] == b'"' {
            unquote(&rest[1..]).ok_or_else(|| {
                let why = String::from_utf8_lossy(list).into_owned();
                GitError::new(
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES cannot be read",
                    &why,
                    REMEDY,
                )
            })?
        } else {
            let end = rest
                .iter()
                .position(|&byte| byte == SEPARATOR)
                .unwrap_or(rest.len());
            (rest[..end].to_vec(), &rest[end..])
        };
        if !path.is_empty() {
            found.push(Store {
                path,
                quoted: rest[0] == b'"',
            });
        }
        rest = after.get(1..).unwrap_or_default();
    }
    Ok(found)
}

/// The path as git2 wants it.
pub(super) fn path(bytes: Vec<u8>) -> Result<String, GitError> {
    String::from_utf8(bytes).map_err(|error| {
        let path = String::from_utf8_lossy(error.as_bytes());
        GitError::of(
            ErrorKind::Unsupported,
            "an object store cannot be opened",
            &path,
            REMEDY,
        )
    })
}

const REMEDY: &str =
    "keep repositories under paths without colons, quotes and bytes that are not UTF-8";
const SEPARATOR: u8 = if cfg!(windows) { b';' } else { b':' };

/// Reads up to the closing quote and the separator after it; `None` if Git would not write it like that.
fn unquote(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut path = Vec::new();
    let mut at = 0;
    loop {
        match *text.get(at)? {
            b'"' => break,
            b'\\' => {
                at += 1;
                path.push(match *text.get(at)? {
                    b'a' => 0x07,
                    b'b' => 0x08,
                    b't' => b'\t',
                    b'n' => b'\n',
                    b'v' => 0x0b,
                    b'f' => 0x0c,
                    b'r' => b'\r',
                    byte @ (b'"' | b'\\') => byte,
                    b'0'..=b'3' => {
                        let digits = std::str::from_utf8(text.get(at..at + 3)?).ok()?;
                        at += 2;
                        u8::from_str_radix(digits, 8).ok()?
                    }
                    _ => return None,
                });
            }
            byte => path.push(byte),
        }
        at += 1;
    }
    let after = &text[at + 1..];
    (after.is_empty() || after[0] == SEPARATOR).then_some((path, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_paths_are_read_as_git_writes_them() {
        let list = br#"/plain/a:"/with:colon/\"q\"":/b:"/\303\274\n\\":"#;
        let stores = split(list).unwrap();
        let expected = [
            ("/plain/a", false),
            ("/with:colon/\"q\"", true),
            ("/b", false),
            ("/ü\n\\", true),
        ];
        assert_eq!(
            stores,
            expected.map(|(path, quoted)| Store {
                path: path.into(),
                quoted
            })
        );
        assert!(split(b"").unwrap().is_empty());
    }

    #[test]
    fn a_broken_quotation_is_an_error() {
        for list in [&b"\"/a"[..], b"\"/a\\", b"\"/a\\9\"", b"\"/a\"b", b"\"\\40"] {
            assert!(split(list).is_err(), "{list:?}");
        }
    }
}
