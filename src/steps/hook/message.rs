//! The subject line of the message that a commit is about to get. The file still holds what Git cuts off: comments, and
//! with `git commit --verbose` the whole change. Does not interpret the subject line.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use bstr::{BStr, BString, ByteSlice};

use super::excerpt;
use crate::git::truncate_subject;
use crate::report::Problem;

/// Bytes of the file that are read. Subject and comments come before the change, which may be of any size.
const LONGEST: u64 = 1 << 20;
/// What Git writes after the comment character, above the change.
const SCISSORS: &[u8] = b" ------------------------ >8 ------------------------";
/// With `auto`, Git takes the first of these characters that no line of the message begins with.
const SIGNS: &[u8] = b"#;@!$%^&|:";

/// How Git cuts a message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cutting {
    /// True when an editor is opened on the message: only then does Git write comments into it.
    edited: bool,
    /// True when comments are part of the message.
    keeps_comments: bool,
    /// The comment prefix; `None` for `auto`.
    comment: Option<BString>,
}

/// The subject line of the message in a file; `None` when Git will find no message in it.
pub(super) fn subject(file: &Path) -> Result<Option<String>, Problem> {
    let shown = || excerpt(file.as_os_str().as_encoded_bytes());
    let failed = |error: std::io::Error| unreadable(&format!("{}: {error}", shown()));
    let mut text = Vec::new();
    File::open(file)
        .map_err(failed)?
        .take(LONGEST)
        .read_to_end(&mut text)
        .map_err(failed)?;
    Ok(subject_of(&text, &Cutting::asked()?))
}

fn unreadable(why: &str) -> Problem {
    Problem::not_judged(
        format!("the commit message cannot be read: {why}"),
        "let Git call the hook with the message file",
    )
}

fn subject_of(text: &[u8], cutting: &Cutting) -> Option<String> {
    let sign = cutting.comment.clone().unwrap_or_else(|| sign_of(text));
    let mut lines = text.lines();
    // Without an editor Git writes no comments: what looks like one is part of the message.
    let mut kept = lines
        .by_ref()
        .take_while(|line| !cutting.edited || !is_scissors(line, sign.as_bstr()));
    let comments = cutting.edited && !cutting.keeps_comments && !sign.is_empty();
    let line =
        kept.find(|line| !(line.trim().is_empty() || comments && line.starts_with(&sign)))?;
    Some(truncate_subject(line.trim().to_str_lossy().into_owned()))
}

/// Cuts any message under any settings. For the fuzzers only.
#[cfg(fuzzing)]
pub(super) fn fuzz(text: &[u8], settings: &[u8], edited: bool) -> Option<String> {
    subject_of(text, &Cutting::read(settings, edited))
}

fn is_scissors(line: &[u8], sign: &BStr) -> bool {
    line.strip_prefix(sign.as_bytes())
        .is_some_and(|rest| rest.trim_end() == SCISSORS.trim_end())
}

/// The comment character that Git took: that of the line above the change, or of the comments at the end.
fn sign_of(text: &[u8]) -> BString {
    let sign = |line: &[u8]| line.first().copied().filter(|first| SIGNS.contains(first));
    let above = text.lines().find(|line| {
        line.get(1..)
            .is_some_and(|rest| rest.trim_end() == SCISSORS)
    });
    let last = || text.lines().rev().find(|line| !line.trim().is_empty());
    let found = above.or_else(last).and_then(sign).unwrap_or(b'#');
    BString::from(vec![found])
}

impl Cutting {
    /// The settings of the Git that makes the commit, from `git config`.
    fn asked() -> Result<Self, Problem> {
        let keys = r"^(core\.comment(char|string)|commit\.cleanup)$";
        let asked = Command::new("git")
            .args(["config", "--null", "--get-regexp", keys])
            .stdin(Stdio::null())
            .output();
        let asked =
            asked.map_err(|error| unreadable(&format!("git config cannot be run: {error}")))?;
        match asked.status.code() {
            Some(0 | 1) => Ok(Self::read(
                &asked.stdout,
                env::var_os("GIT_EDITOR").is_none_or(|editor| editor != ":"),
            )),
            _ => Err(unreadable(&format!(
                "git config failed: {}",
                excerpt(asked.stderr.trim())
            ))),
        }
    }

    /// Reads the settings, of which the last one counts. `edited` is false when `GIT_EDITOR` is
    /// `:`, which does nothing.
    fn read(settings: &[u8], edited: bool) -> Self {
        let mut found = Self {
            edited,
            keeps_comments: false,
            comment: Some("#".into()),
        };
        for setting in settings.split(|&byte| byte == 0) {
            let (key, value) = setting.split_once_str("\n").unwrap_or((setting, b""));
            match key {
                b"commit.cleanup" => {
                    found.keeps_comments = !matches!(value, b"strip" | b"default" | b"");
                }
                b"core.commentchar" | b"core.commentstring" => {
                    found.comment = (!value.eq_ignore_ascii_case(b"auto")).then(|| value.into());
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, settings: &str, edited: bool) -> Option<String> {
        subject_of(text.as_bytes(), &Cutting::read(settings.as_bytes(), edited))
    }

    #[test]
    fn comments_and_what_stands_below_the_scissors_are_cut_off() {
        let text = "\n\n# hint\n  feat: a  \n\nbody\n# more\n# ------------------------ >8 ------------------------\ndiff\n";
        assert_eq!(cut(text, "", true).as_deref(), Some("feat: a"));
        let empty = "\n# hint\n# ------------------------ >8 ------------------------\n# Do not modify\ndiff --git a b\n";
        assert_eq!(cut(empty, "", true), None);
        assert_eq!(cut("", "", true), None);
        assert_eq!(cut("# only\n\n#comments", "", true), None);
        assert_eq!(cut("feat: a\r\n", "", true).as_deref(), Some("feat: a"));
    }

    #[test]
    fn without_an_editor_nothing_is_a_comment() {
        assert_eq!(cut("# a\nb\n", "", false).as_deref(), Some("# a"));
        let text = "# ------------------------ >8 ------------------------\nfeat: a\n";
        assert_eq!(
            cut(text, "", false).map(|line| line.len()),
            Some(text.lines().next().unwrap().len())
        );
    }

    #[test]
    fn the_last_setting_of_the_comment_sign_counts() {
        let settings = "core.commentchar\n;\0core.commentstring\n//\0";
        assert_eq!(cut("// a\n# b\n", settings, true).as_deref(), Some("# b"));
        assert_eq!(
            cut(
                "// a\n# b\n",
                "core.commentstring\n//\0core.commentchar\n#\0",
                true
            )
            .as_deref(),
            Some("// a")
        );
    }

    #[test]
    fn a_sign_that_git_chose_is_known_by_what_git_wrote() {
        let auto = "core.commentchar\nauto\0";
        assert_eq!(
            cut("; x\n#1 a\n\n; Please enter\n;\n", auto, true).as_deref(),
            Some("#1 a")
        );
        let text =
            "#1 a\n; ------------------------ >8 ------------------------\n; Do not\ndiff\n#\n";
        assert_eq!(cut(text, auto, true).as_deref(), Some("#1 a"));
        assert_eq!(
            cut("# x\nfix: a\n", auto, true).as_deref(),
            Some("fix: a"),
            "the comments were deleted"
        );
    }

    #[test]
    fn comments_that_the_configuration_keeps_are_part_of_the_message() {
        for mode in ["verbatim", "whitespace", "scissors"] {
            let text = "# a\n# ------------------------ >8 ------------------------\ndiff\n";
            assert_eq!(
                cut(text, &format!("commit.cleanup\n{mode}\0"), true).as_deref(),
                Some("# a"),
                "{mode}"
            );
        }
        for mode in ["strip", "default"] {
            assert_eq!(
                cut("# a\nb\n", &format!("commit.cleanup\n{mode}\0"), true).as_deref(),
                Some("b"),
                "{mode}"
            );
        }
    }

    #[test]
    fn a_message_in_another_encoding_is_read_as_far_as_it_goes() {
        let cutting = Cutting::read(b"", true);
        assert_eq!(
            subject_of(b"fix: \xe9t\xe9\n", &cutting).as_deref(),
            Some("fix: \u{fffd}t\u{fffd}")
        );
    }

    proptest::proptest! {
        #[test]
        fn no_message_and_no_setting_makes_it_panic(text: Vec<u8>, settings: Vec<u8>, edited: bool) {
            subject_of(&text, &Cutting::read(&settings, edited));
        }
    }
}
