//! Parses the ref updates on a hook's standard input.

use bstr::ByteSlice;

use super::{LET_GIT_CALL, excerpt};
use crate::repo::{ObjectId, RepoPath};
use crate::report::Problem;

/// One ref update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefLine {
    /// Its full name on the receiving side. Foreign text.
    pub name: RepoPath,
    /// The old commit; `None` when the ref is new.
    pub before: Option<ObjectId>,
    /// The new commit; `None` when the ref is deleted.
    pub after: Option<ObjectId>,
}

/// Parses the input of pre-receive: `<before> <after> <ref>`. A line that cannot be read becomes
/// an error of its own and hides none of the others.
#[must_use]
pub fn parse_received(input: &[u8]) -> (Vec<RefLine>, Vec<Problem>) {
    each(input, |line| {
        let mut parts = line.splitn(3, |&byte| byte == b' ');
        let (before, after, name) = (parts.next()?, parts.next()?, parts.next()?);
        moved(name, before, after)
    })
}

/// Parses the input of pre-push: `<local ref> <local id> <remote ref> <remote id>`. The local name is as typed
/// and may contain blanks, so the line is read from its end.
#[must_use]
pub fn parse_pushed(input: &[u8]) -> (Vec<RefLine>, Vec<Problem>) {
    each(input, |line| {
        let mut parts = line.rsplitn(4, |&byte| byte == b' ');
        let (before, name, after, _local) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        moved(name, before, after)
    })
}

fn each(input: &[u8], parse: impl Fn(&[u8]) -> Option<RefLine>) -> (Vec<RefLine>, Vec<Problem>) {
    let (mut lines, mut unread) = (Vec::new(), Vec::new());
    for (at, line) in input.split(|&byte| byte == b'\n').enumerate() {
        // The wrappers of some hosts add blank lines.
        if line.trim().is_empty() {
            continue;
        }
        if let Some(line) = parse(line) {
            lines.push(line);
        } else {
            let (number, content) = (at + 1, excerpt(line));
            let message = format!("line {number} of standard input is malformed: {content}");
            unread.push(Problem::not_judged(message, LET_GIT_CALL));
        }
    }
    (lines, unread)
}

fn moved(name: &[u8], before: &[u8], after: &[u8]) -> Option<RefLine> {
    let whole =
        name.starts_with(b"refs/") && !name.iter().any(|&byte| byte <= b' ' || byte == 0x7f);
    (whole && before.len() == after.len()).then_some(())?;
    Some(RefLine {
        name: RepoPath::new(name),
        before: id(before)?,
        after: id(after)?,
    })
}

/// An id, or `Some(None)` for the zero id, which means that there is none.
#[expect(
    clippy::option_option,
    reason = "no id and the id of nothing are not the same"
)]
fn id(digits: &[u8]) -> Option<Option<ObjectId>> {
    if matches!(digits.len(), 40 | 64) && digits.iter().all(|&digit| digit == b'0') {
        return Some(None);
    }
    ObjectId::from_hex(digits).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(digit: char) -> String {
        digit.to_string().repeat(40)
    }

    // spec: HOOK-001
    #[test]
    fn every_line_of_a_push_is_read() {
        let input = format!(
            "{0} {1} refs/heads/main\n\n{1} {0} refs/heads/\u{fc}\n  \n{0} {0} refs/tags/x",
            hex('0'),
            hex('a')
        );
        let (lines, unread) = parse_received(input.as_bytes());
        assert_eq!(unread, []);
        let moves: Vec<_> = lines
            .iter()
            .map(|line| (line.before.is_some(), line.after.is_some()))
            .collect();
        assert_eq!(moves, [(false, true), (true, false), (false, false)]);
        assert_eq!(lines[1].name, RepoPath::new("refs/heads/\u{fc}"));
    }

    // spec: HOOK-001
    #[test]
    fn a_malformed_line_is_named_and_hides_no_other() {
        let good = format!("{} {} refs/heads/main", hex('0'), hex('b'));
        for bad in [
            "nonsense\x1b".to_owned(),
            format!("{} {} main", hex('0'), hex('b')),
            format!("{} {} refs/heads/a b", hex('0'), hex('b')),
            format!("{} {} refs/heads/a\r", hex('0'), hex('b')),
            format!("{}  {} refs/heads/a", hex('0'), hex('b')),
            format!("{} {} refs/heads/a", hex('0'), "b".repeat(39)),
            format!("{} {} refs/heads/a", hex('0'), "b".repeat(64)),
            format!("{} {} refs/heads/a", hex('0'), "g".repeat(40)),
            format!("{} {}", hex('0'), hex('b')),
        ] {
            let (lines, unread) = parse_received(format!("{good}\n{bad}\n{good}\n").as_bytes());
            assert_eq!((lines.len(), unread.len()), (2, 1), "{bad:?}");
            let message = &unread[0].message;
            assert!(
                message.starts_with("line 2 of standard input is malformed: ")
                    && !message.contains('\x1b'),
                "{message:?}"
            );
        }
    }

    #[test]
    fn a_pushed_line_is_read_from_its_end() {
        let input = format!(
            "HEAD@{{2 days ago}} {} refs/heads/main {}\n(delete) {} refs/heads/x {}\n",
            hex('a'),
            hex('0'),
            hex('0'),
            hex('b')
        );
        let (lines, unread) = parse_pushed(input.as_bytes());
        assert_eq!(unread, []);
        assert_eq!(
            (lines[0].before, lines[0].after.unwrap().to_string()),
            (None, hex('a'))
        );
        assert_eq!(
            (lines[1].after, lines[1].before.unwrap().to_string()),
            (None, hex('b'))
        );
        let three = format!("{} refs/heads/x {}", hex('a'), hex('b'));
        assert_eq!(parse_pushed(three.as_bytes()).1.len(), 1);
    }
}
