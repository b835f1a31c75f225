//! What Git asks of a hook: its arguments, its standard input and its environment, made into a value. It must not know how
//! the steps behind the question are found, nor judge anything.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;

use bstr::{BString, ByteSlice};

use crate::git::{GitError, Repository};
use crate::repo::ObjectId;
use crate::text::escape::Escaped;

pub use amend::is_amending;
pub use parents::parents_to_be;
pub use ref_updates::{RefLine, parse_pushed, parse_received};

/// Reads what Git and whoever calls it say to a hook, for the fuzzers: they alone see this. Gives the subject line.
#[cfg(fuzzing)]
pub fn fuzz(text: &[u8], settings: &[u8], edited: bool) -> Option<String> {
    let arguments: Vec<Vec<u8>> = settings
        .split(|&byte| byte == 0)
        .map(<[u8]>::to_vec)
        .collect();
    let _ = amend::amends(&arguments);
    message::fuzz(text, settings, edited)
}

/// Bytes of standard input that are read; fifty thousand refs are seven million.
const LONGEST_INPUT: u64 = 64 << 20;

/// The hooks that graven can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hook {
    /// Before a commit is made.
    PreCommit,
    /// Before the commit of a merge without conflicts is made.
    PreMergeCommit,
    /// Before a commit is made, when its message is written.
    CommitMsg,
    /// Before something is sent to a remote.
    PrePush,
    /// On a server, before any ref moves.
    PreReceive,
    /// On a server, before one ref moves.
    Update,
}

impl Hook {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::PreCommit,
        Self::PreMergeCommit,
        Self::CommitMsg,
        Self::PrePush,
        Self::PreReceive,
        Self::Update,
    ];

    /// The name of its file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::CommitMsg => "commit-msg",
            Self::PrePush => "pre-push",
            Self::PreReceive => "pre-receive",
            Self::Update => "update",
        }
    }

    /// The hook of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.name() == name)
    }
}

/// What a hook was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookRequest {
    /// May what is staged be committed?
    Staged {
        /// True when the commit takes the place of the last one.
        amending: bool,
        /// The parents that the commit will have besides the branch's tip.
        merge_parents: Vec<ObjectId>,
    },
    /// May what is staged be committed with this message? What it is staged as was asked before.
    Message {
        /// True when the commit takes the place of the last one.
        amending: bool,
        /// The parents that the commit will have besides the branch's tip.
        merge_parents: Vec<ObjectId>,
        /// The subject line; `None` when there is no message, so that Git makes no commit.
        subject: Option<String>,
    },
    /// May these refs move?
    Push {
        /// The moves that could be read.
        lines: Vec<RefLine>,
        /// Which way they go.
        direction: Direction,
        /// The lines that could not be read: each of them stays unjudged.
        unread: Vec<HookInputError>,
    },
}

/// Which side of a push this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// On the server.
    Received,
    /// In the clone that pushes.
    Sent {
        /// The name of the remote, or its address where it has none. Foreign text.
        remote: BString,
    },
}

/// Why a question could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HookInputError {
    /// A line of standard input is not what Git writes.
    #[error("line {number} of standard input is malformed: {content}")]
    Line {
        /// Counted from 1.
        number: usize,
        /// What it holds, escaped and cut.
        content: String,
    },
    /// The arguments are not what Git gives.
    #[error("{hook} takes {wanted}, but the number of its arguments was {given}")]
    Arguments {
        /// The hook.
        hook: &'static str,
        /// What it takes.
        wanted: &'static str,
        /// How many it was given.
        given: usize,
    },
    /// Standard input cannot be read.
    #[error("standard input cannot be read: {0}")]
    Input(String),
    /// Standard input has no end, or too many lines.
    #[error("standard input holds more than {0} bytes")]
    Endless(u64),
    /// A variable or a file that says what is merged cannot be read.
    #[error("{place} names no commit: {content}")]
    Merge {
        /// Where it stands.
        place: &'static str,
        /// What it holds, escaped.
        content: String,
    },
    /// The message of a commit cannot be read as Git reads it.
    #[error("the message of the commit cannot be read: {0}")]
    Message(String),
    /// The repository cannot be asked.
    #[error(transparent)]
    Git(#[from] GitError),
}

impl HookInputError {
    /// What the person can do.
    #[must_use]
    pub fn remedy(&self) -> &str {
        match self {
            Self::Line { .. } | Self::Arguments { .. } => {
                "let Git call the hook: exec graven hook <name> \"$@\""
            }
            Self::Input(_) => "pass the standard input of the hook on to graven",
            Self::Endless(_) => "push fewer refs at once",
            Self::Merge { .. } => "finish or abort the merge: git merge --abort",
            Self::Message(_) => "let Git call the hook with the file of the message",
            Self::Git(error) => &error.remedy,
        }
    }
}

/// Reads the question from the hook's arguments (without its name), its standard input and its surroundings.
pub fn ask(
    hook: Hook,
    arguments: &[OsString],
    input: &[u8],
    repository: &Repository,
) -> Result<HookRequest, HookInputError> {
    match (hook, arguments) {
        (Hook::PreCommit | Hook::PreMergeCommit, _) => Ok(HookRequest::Staged {
            amending: hook == Hook::PreCommit && is_amending(),
            merge_parents: parents_to_be(hook, repository)?,
        }),
        (Hook::CommitMsg, [file]) => Ok(HookRequest::Message {
            amending: is_amending(),
            merge_parents: parents_to_be(hook, repository)?,
            subject: message::subject(Path::new(file))?,
        }),
        (Hook::PrePush, [remote, _address]) => {
            let (lines, unread) = parse_pushed(input);
            Ok(HookRequest::Push {
                lines,
                direction: Direction::Sent {
                    remote: bytes(remote),
                },
                unread,
            })
        }
        (Hook::PreReceive, _) => {
            let (lines, unread) = parse_received(input);
            Ok(HookRequest::Push {
                lines,
                direction: Direction::Received,
                unread,
            })
        }
        (Hook::Update, [name, before, after]) => {
            let line = bstr::join(" ", [bytes(before), bytes(after), bytes(name)]);
            let (lines, unread) = parse_received(&line);
            Ok(HookRequest::Push {
                lines,
                direction: Direction::Received,
                unread,
            })
        }
        (Hook::CommitMsg, given) => Err(arguments_of(hook, "the file with the message", given)),
        (Hook::PrePush, given) => Err(arguments_of(
            hook,
            "the name and the address of a remote",
            given,
        )),
        (Hook::Update, given) => Err(arguments_of(
            hook,
            "a ref, its id before and its id after",
            given,
        )),
    }
}

fn arguments_of(hook: Hook, wanted: &'static str, given: &[OsString]) -> HookInputError {
    HookInputError::Arguments {
        hook: hook.name(),
        wanted,
        given: given.len(),
    }
}

fn bytes(argument: &OsString) -> BString {
    argument.as_encoded_bytes().into()
}

/// Reads the standard input of a hook, to its end.
pub fn read(input: impl Read) -> Result<Vec<u8>, HookInputError> {
    let mut found = Vec::new();
    let read = input.take(LONGEST_INPUT + 1).read_to_end(&mut found);
    read.map_err(|error: io::Error| HookInputError::Input(error.to_string()))?;
    if found.len() as u64 > LONGEST_INPUT {
        return Err(HookInputError::Endless(LONGEST_INPUT));
    }
    Ok(found)
}

/// Foreign bytes for a message, at most some eighty of them.
fn excerpt(content: &[u8]) -> String {
    let cut = &content[..content.len().min(80)];
    format!(
        "{}{}",
        Escaped::new(cut.as_bstr()),
        if cut.len() < content.len() { "…" } else { "" }
    )
}

mod amend;
mod message;
mod parents;
mod ref_updates;
#[cfg(test)]
mod tests {
    use super::*;

    // spec: BUDGET-006
    #[test]
    fn standard_input_without_an_end_is_given_up() {
        assert_eq!(read(&b"one\n"[..]), Ok(b"one\n".to_vec()));
        let longest = read(io::repeat(b'x').take(LONGEST_INPUT)).unwrap();
        assert_eq!(longest.len() as u64, LONGEST_INPUT);
        let error = read(io::repeat(b'x')).unwrap_err();
        assert_eq!(
            error.to_string(),
            "standard input holds more than 67108864 bytes"
        );
    }

    #[test]
    fn every_hook_is_known_by_its_name() {
        for hook in Hook::ALL {
            assert_eq!(Hook::from_name(hook.name()), Some(hook));
        }
        assert_eq!(Hook::from_name("post-receive"), None);
    }
}
