//! Whether the next commit amends the last one. Git does not pass that to its hooks, so the command line
//! of the calling Git is read. Where that is not possible the answer is no. An alias does not hide it: Git starts
//! itself again with the expanded alias.

use bstr::ByteSlice;

/// Ancestor processes that are read: a hook may be wrapped in a few shells.
const FURTHEST: usize = 16;
/// Options of `git` whose value is the next argument.
const GLOBAL: [&[u8]; 8] = [
    b"-C",
    b"-c",
    b"--git-dir",
    b"--work-tree",
    b"--namespace",
    b"--config-env",
    b"--super-prefix",
    b"--attr-source",
];
/// Options of `git commit` whose value is the next argument, unless it follows a `=`.
const VALUED: [&[u8]; 13] = [
    b"--message",
    b"--file",
    b"--author",
    b"--date",
    b"--template",
    b"--cleanup",
    b"--reuse-message",
    b"--reedit-message",
    b"--fixup",
    b"--squash",
    b"--trailer",
    b"--pathspec-from-file",
    b"--inter-hunk-context",
];
/// The same for short options, also at the end of a cluster such as `-am`.
const VALUED_SHORT: &[u8] = b"mFCct";

/// True when the nearest Git above this process is a `git commit --amend`.
#[must_use]
pub fn is_amending() -> bool {
    let mut next = parent();
    for _ in 0..FURTHEST {
        let Some(found) = process(next) else {
            return false;
        };
        if let Some(amends) = amends(&found.arguments) {
            return amends;
        }
        next = found.parent;
    }
    false
}

/// A process: who started it, and how.
struct Process {
    parent: u32,
    arguments: Vec<Vec<u8>>,
}

#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

#[cfg(target_os = "linux")]
fn process(id: u32) -> Option<Process> {
    let stat = std::fs::read(format!("/proc/{id}/stat")).ok()?;
    // The second field is the program's name in parentheses, which may hold anything; the fourth is the parent.
    let after = &stat[stat.rfind_byte(b')')? + 1..];
    let parent = after.fields().nth(1)?.to_str().ok()?.parse().ok()?;
    let line = std::fs::read(format!("/proc/{id}/cmdline")).ok()?;
    let line = line.strip_suffix(b"\0").unwrap_or(&line);
    Some(Process {
        parent,
        arguments: line.split(|&byte| byte == 0).map(<[u8]>::to_vec).collect(),
    })
}

#[cfg(not(target_os = "linux"))]
fn process(id: u32) -> Option<Process> {
    // Arguments come joined by blanks here, so a message that holds `--amend` can be taken for the option.
    let shown = std::process::Command::new("ps")
        .args(["-o", "ppid=,args=", "-p", &id.to_string()])
        .output()
        .ok()?;
    let mut fields = shown.stdout.fields();
    let parent = fields.next()?.to_str().ok()?.parse().ok()?;
    Some(Process {
        parent,
        arguments: fields.map(<[u8]>::to_vec).collect(),
    })
}

/// Whether a command line is a commit that amends; `None` when it is not Git, so that the next ancestor decides.
pub(super) fn amends(arguments: &[Vec<u8>]) -> Option<bool> {
    let mut rest = arguments.iter().map(Vec::as_slice);
    let program = rest.next()?;
    let program = program
        .rsplit(|&byte| matches!(byte, b'/' | b'\\'))
        .next()
        .unwrap_or(program);
    match program.strip_suffix(b".exe").unwrap_or(program) {
        b"git-commit" => return Some(commit_amends(rest)),
        b"git" => {}
        _ => return None,
    }
    while let Some(argument) = rest.next() {
        if GLOBAL.contains(&argument) {
            rest.next();
        } else if !argument.starts_with(b"-") {
            return match argument {
                b"commit" => Some(commit_amends(rest)),
                // `git hook run pre-commit` runs between the commit and the hook.
                b"hook" => None,
                _ => Some(false),
            };
        }
    }
    Some(false)
}

fn commit_amends<'a>(mut arguments: impl Iterator<Item = &'a [u8]>) -> bool {
    let mut amends = false;
    while let Some(argument) = arguments.next() {
        if argument == b"--" {
            break;
        } else if argument.starts_with(b"--am") && b"--amend".starts_with(argument) {
            amends = true;
        } else if argument.starts_with(b"--no-am") && b"--no-amend".starts_with(argument) {
            amends = false;
        } else if argument.starts_with(b"--") {
            // Git accepts any unambiguous prefix of an option.
            let mut meant = VALUED
                .iter()
                .filter(|option| argument.len() > 4 && option.starts_with(argument));
            if meant.next().is_some() {
                arguments.next();
            }
        } else if argument.starts_with(b"-") {
            let valued = argument[1..]
                .iter()
                .position(|byte| VALUED_SHORT.contains(byte));
            if valued.is_some_and(|at| at + 2 == argument.len()) {
                arguments.next();
            }
        }
    }
    amends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<bool> {
        amends(
            &text
                .split('|')
                .map(|argument| argument.as_bytes().to_vec())
                .collect::<Vec<_>>(),
        )
    }

    // spec: HOOK-004
    #[test]
    fn an_amending_commit_is_known_by_its_command_line() {
        for text in [
            "git|commit|--amend",
            "/usr/bin/git|-C|commit|-c|x=y|commit|-a|--am|--no-edit",
            "git-commit|--amen",
            "git|commit|-am|message|--amend",
            "git|commit|--no-amend|--amend",
            "C:\\Git\\git.exe|commit|--amend",
            "git|commit|-mx|--amend",
            "git|commit|--quiet|--amend",
        ] {
            assert_eq!(line(text), Some(true), "{text}");
        }
    }

    #[test]
    fn other_commits_do_not_amend() {
        for text in [
            "git|commit|-m|--amend",
            "git|commit|-am|--amend",
            "git|commit|--message|--amend",
            "git|commit|--mess|--amend",
            "git|commit|--|--amend",
            "git|commit|-",
            "git|commit|--amend|--no-amend",
            "git|commit|--all|--author|--amend",
            "git|ci|--amend",
            "git|merge|--amend",
            "git",
        ] {
            assert_eq!(line(text), Some(false), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_git_command_is_passed_by() {
        for text in [
            "sh|.git/hooks/pre-commit",
            "git|hook|run|pre-commit",
            "python3|commit|--amend",
            "legit|commit|--amend",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
