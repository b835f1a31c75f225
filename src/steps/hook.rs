//! Parses what Git passes to a hook: its arguments, its standard input and its environment. Does not depend on how
//! steps are found, and judges nothing.

use std::ffi::OsString;
use std::io::Read;
use std::path::Path;

use bstr::{BString, ByteSlice};

use crate::git::Repository;
use crate::repo::ObjectId;
use crate::report::Problem;
use crate::text::escape::Escaped;

pub use amend::is_amending;
pub use parents::{MergedCommits, merge_parents};
pub use ref_updates::{RefLine, parse_pushed, parse_received};

/// Parses the input of a hook and returns the subject line. For the fuzzers only.
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

/// A hook that graven implements. All differences between hooks are in [`HOOKS`].
#[derive(Debug, PartialEq, Eq)]
pub struct Hook {
    /// Its name in Git, which is the name of its file too.
    pub name: &'static str,
    /// Where it runs.
    pub side: HostSide,
    /// What Git passes to it.
    pub input: HookInput,
    /// True when `graven install` installs it.
    pub is_installed: bool,
    /// The script that runs graven as this hook.
    pub shim: &'static str,
}

/// How a repository is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostSide {
    /// People commit and push from it.
    Clone,
    /// It is pushed to.
    Server,
}

/// What Git passes to a hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookInput {
    /// Nothing: the hook reads the index. The merged commits are named in one place or another.
    Index(MergedCommits),
    /// The file of the message, as an argument.
    MessageFile,
    /// `<local ref> <local id> <remote ref> <remote id>` on each line of standard input; the remote as arguments.
    PushedRefs,
    /// `<before> <after> <ref>` on each line of standard input.
    ReceivedRefs,
    /// One ref as three arguments.
    RefArguments,
}

/// The hooks that graven implements.
pub static HOOKS: [&Hook; 6] = [
    &Hook {
        name: "pre-commit",
        side: HostSide::Clone,
        input: HookInput::Index(MergedCommits::InMergeHead),
        is_installed: true,
        shim: include_str!("../../hooks/pre-commit"),
    },
    &Hook {
        name: "pre-merge-commit",
        side: HostSide::Clone,
        input: HookInput::Index(MergedCommits::InVariables),
        is_installed: true,
        shim: include_str!("../../hooks/pre-merge-commit"),
    },
    &Hook {
        name: "commit-msg",
        side: HostSide::Clone,
        input: HookInput::MessageFile,
        is_installed: true,
        shim: include_str!("../../hooks/commit-msg"),
    },
    &Hook {
        name: "pre-push",
        side: HostSide::Clone,
        input: HookInput::PushedRefs,
        is_installed: true,
        shim: include_str!("../../hooks/pre-push"),
    },
    &PRE_RECEIVE,
    // Not installed: it runs once a ref, after the objects have moved into the repository.
    &Hook {
        name: "update",
        side: HostSide::Server,
        input: HookInput::RefArguments,
        is_installed: false,
        shim: include_str!("../../hooks/update"),
    },
];

/// The server hook.
pub static PRE_RECEIVE: Hook = Hook {
    name: "pre-receive",
    side: HostSide::Server,
    input: HookInput::ReceivedRefs,
    is_installed: true,
    shim: include_str!("../../hooks/pre-receive"),
};

impl Hook {
    /// The hook of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        HOOKS.into_iter().find(|hook| hook.name == name)
    }

    /// The hooks that `graven install` installs on this side.
    pub fn installed_on(side: HostSide) -> impl Iterator<Item = &'static Self> {
        HOOKS
            .into_iter()
            .filter(move |hook| hook.is_installed && hook.side == side)
    }

    /// True when Git writes something to its standard input.
    #[must_use]
    pub fn reads_stdin(&self) -> bool {
        matches!(self.input, HookInput::PushedRefs | HookInput::ReceivedRefs)
    }

    /// True when the server waits for it, and may kill it when it takes too long.
    #[must_use]
    pub fn has_deadline(&self) -> bool {
        self.side == HostSide::Server
    }
}

/// The request of a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookRequest {
    /// May what is staged be committed?
    Staged {
        /// True when the commit amends the last one.
        amending: bool,
        /// The parents that the commit will have besides the branch's tip.
        merge_parents: Vec<ObjectId>,
    },
    /// May what is staged be committed with this message? The content was judged by an earlier hook.
    Message {
        /// True when the commit amends the last one.
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
        /// The lines that could not be read, and so were not judged.
        unread: Vec<Problem>,
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

/// The remedy for input that Git does not write.
const LET_GIT_CALL: &str = "let Git call the hook: exec graven hook <name> \"$@\"";

/// Reads the request from the hook's arguments (without its name), its standard input and its environment.
pub fn request(
    hook: &Hook,
    arguments: &[OsString],
    stdin: &[u8],
    repository: &Repository,
) -> Result<HookRequest, Problem> {
    let wrong_number = |wanted: &str| {
        let (name, given) = (hook.name, arguments.len());
        let message = format!("{name} takes {wanted}; the number of arguments given was {given}");
        Err(Problem::not_judged(message, LET_GIT_CALL))
    };
    let push = |(lines, unread), direction| {
        Ok(HookRequest::Push {
            lines,
            direction,
            unread,
        })
    };
    match (hook.input, arguments) {
        (HookInput::Index(merged), _) => Ok(HookRequest::Staged {
            amending: is_amending(),
            merge_parents: merge_parents(merged, repository)?,
        }),
        (HookInput::MessageFile, [file]) => Ok(HookRequest::Message {
            amending: is_amending(),
            merge_parents: merge_parents(MergedCommits::InEither, repository)?,
            subject: message::subject(Path::new(file))?,
        }),
        (HookInput::MessageFile, _) => wrong_number("the message file"),
        (HookInput::PushedRefs, [remote, _address]) => {
            let remote = bytes(remote);
            push(parse_pushed(stdin), Direction::Sent { remote })
        }
        (HookInput::PushedRefs, _) => wrong_number("the name and the URL of a remote"),
        (HookInput::ReceivedRefs, _) => push(parse_received(stdin), Direction::Received),
        (HookInput::RefArguments, [name, before, after]) => {
            let line = bstr::join(" ", [bytes(before), bytes(after), bytes(name)]);
            push(parse_received(&line), Direction::Received)
        }
        (HookInput::RefArguments, _) => wrong_number("a ref, its old ID and its new ID"),
    }
}

fn bytes(argument: &OsString) -> BString {
    argument.as_encoded_bytes().into()
}

/// Reads the standard input of a hook, to its end.
pub fn read(input: impl Read) -> Result<Vec<u8>, Problem> {
    let mut found = Vec::new();
    let read = input.take(LONGEST_INPUT + 1).read_to_end(&mut found);
    read.map_err(|error| {
        let message = format!("standard input cannot be read: {error}");
        Problem::not_judged(message, "pass the hook's standard input to graven")
    })?;
    if found.len() as u64 > LONGEST_INPUT {
        let message = format!("standard input has more than {LONGEST_INPUT} bytes");
        return Err(Problem::not_judged(message, "push fewer refs at once"));
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
        let longest = read(std::io::repeat(b'x').take(LONGEST_INPUT)).unwrap();
        assert_eq!(longest.len() as u64, LONGEST_INPUT);
        let error = read(std::io::repeat(b'x')).unwrap_err();
        assert_eq!(error.message, "standard input has more than 67108864 bytes");
    }

    #[test]
    fn every_hook_is_known_by_its_name() {
        for hook in HOOKS {
            assert_eq!(Hook::named(hook.name), Some(hook));
        }
        assert_eq!(Hook::named("post-receive"), None);
    }
}
