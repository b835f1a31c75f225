//! Runs the hook that was installed before graven. Does not depend on which hook it is, nor on what graven judges.

use std::ffi::OsString;
use std::fs;
use std::io::{self, PipeWriter, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::text::escape::Escaped;

/// "Exec format error" on every Unix: an executable text without a `#!` line.
const NO_INTERPRETER: i32 = 8;

/// Runs `file` with these arguments, this stdin and our own environment and folder, as Git would have run it, and gives
/// its exit code; one that a signal ended gives 128 and the number of the signal, as in a shell.
///
/// A file that is not there, or that is not executable (see [`hint`]), is not run and refuses nothing: 0. An error means
/// that a hook is there and could not be run to its end: it was not asked, so nothing may pass.
pub fn run(file: &Path, args: &[OsString], stdin: &[u8]) -> io::Result<u8> {
    if_executable(file, || {
        let mut child = start(file, args, stdin, None)?;
        let fed = write_all(child.stdin.take(), stdin);
        // Wait for it in any case.
        let status = child.wait()?;
        fed.map(|()| status)
    })
}

/// The same for a hook that another thread may kill. Its output goes through a pipe of ours: a process that it leaves running
/// would else hold our own output open, and the host would wait for that.
pub fn run_on(
    child_handle: &ChildHandle,
    file: &Path,
    args: &[OsString],
    stdin: &[u8],
) -> io::Result<u8> {
    if_executable(file, || {
        let (mut output, writer) = io::pipe()?;
        let input = child_handle.start(|| start(file, args, stdin, Some(&writer)))?;
        // Only the hook's own copies of this end remain.
        drop(writer);
        thread::scope(|threads| {
            // Feed and drain concurrently, or both sides can block on a full pipe.
            let feeding = threads.spawn(|| write_all(input, stdin));
            // When our standard error is closed, so is its pipe, as it would be without graven.
            let _ = io::copy(&mut output, &mut io::stderr());
            drop(output);
            let status = child_handle.wait()?;
            feeding.join().unwrap_or(Ok(())).map(|()| status)
        })
    })
}

fn if_executable(file: &Path, run: impl FnOnce() -> io::Result<ExitStatus>) -> io::Result<u8> {
    let named = |error: io::Error| {
        let path = Escaped::new(file.as_os_str().as_bytes());
        io::Error::new(
            error.kind(),
            format!("the hook {path}, which was installed before graven, cannot be run: {error}"),
        )
    };
    match is_executable(file).map_err(named)? {
        Some(true) => run().map(exit_code).map_err(named),
        Some(false) | None => Ok(0),
    }
}

/// A running program that one thread waits for and another may kill.
#[derive(Debug, Default)]
pub struct ChildHandle(Mutex<Option<Child>>);

impl ChildHandle {
    /// Kills the program, if there is one. One that is just being started is left running.
    pub fn kill(&self) {
        if let Ok(mut held) = self.0.try_lock()
            && let Some(child) = held.as_mut()
        {
            // It may have ended by itself.
            let _ = child.kill();
        }
    }

    fn start(&self, start: impl FnOnce() -> io::Result<Child>) -> io::Result<Option<ChildStdin>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let child = held.insert(start()?);
        Ok(child.stdin.take())
    }

    /// Waits for its end, and lets it be killed meanwhile.
    fn wait(&self) -> io::Result<ExitStatus> {
        loop {
            let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match held.as_mut().map(Child::try_wait).transpose()?.flatten() {
                Some(status) => {
                    *held = None;
                    return Ok(status);
                }
                None => drop(held),
            }
            thread::sleep(PAUSE);
        }
    }
}

/// How often to check whether a program that has closed its output has ended.
const PAUSE: Duration = Duration::from_millis(2);

/// The message when `file` exists and [`run`] does not run it. The path in it is escaped.
#[must_use]
pub fn hint(file: &Path) -> Option<String> {
    let path = Escaped::new(file.as_os_str().as_bytes());
    matches!(is_executable(file), Ok(Some(false))).then(|| {
        format!(
            "the hook {path} is not run, because it is not executable: chmod +x it, or remove it"
        )
    })
}

/// Whether a file has a run bit; `None` when there is no such file, or only a link that leads nowhere.
fn is_executable(file: &Path) -> io::Result<Option<bool>> {
    match fs::metadata(file) {
        Ok(metadata) => Ok(Some(metadata.permissions().mode() & 0o111 != 0)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn start(
    file: &Path,
    args: &[OsString],
    stdin: &[u8],
    output: Option<&PipeWriter>,
) -> io::Result<Child> {
    // A name without a slash would be looked for on PATH.
    let program = if file.is_absolute() {
        file.to_path_buf()
    } else {
        Path::new(".").join(file)
    };
    let prepare = |mut command: Command| {
        command.args(args).stdin(if stdin.is_empty() {
            Stdio::null()
        } else {
            Stdio::piped()
        });
        if let Some(output) = output {
            command
                .stdout(output.try_clone()?)
                .stderr(output.try_clone()?);
        }
        command.spawn()
    };
    match prepare(Command::new(&program)) {
        Err(error) if error.raw_os_error() == Some(NO_INTERPRETER) => {
            let mut shell = Command::new("/bin/sh");
            shell.arg(&program);
            prepare(shell)
        }
        started => started,
    }
}

/// Writes its standard input. A hook need not read all of it.
fn write_all(input: Option<ChildStdin>, stdin: &[u8]) -> io::Result<()> {
    match input.map_or(Ok(()), |mut input| input.write_all(stdin)) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn exit_code(status: ExitStatus) -> u8 {
    let code = status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal));
    // A code over 255 is a failure; its last eight bits could be 0.
    code.and_then(|code| u8::try_from(code).ok())
        .unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A hook in a folder with a space in its name. Written by another process, since a file that any thread of this one
    /// still holds open for writing cannot be run.
    fn hook(text: &str, mode: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a place").join("pre-push.chained");
        fs::create_dir(file.parent().unwrap()).unwrap();
        let write = Command::new("sh")
            .args(["-c", r#"printf '%s' "$2" >"$1" && chmod "$3" "$1""#, "sh"])
            .arg(&file)
            .args([text, mode])
            .status();
        assert!(write.unwrap().success());
        (folder, file)
    }

    fn run(file: &Path, stdin: &[u8]) -> u8 {
        super::run(
            file,
            &[OsString::from("origin"), OsString::from("a b")],
            stdin,
        )
        .unwrap()
    }

    // spec: HOOK-007
    #[test]
    fn a_hook_gets_the_same_arguments_and_the_same_stdin() {
        let (_folder, file) = hook(
            "#!/bin/sh\n{ printf '<%s>' \"$@\"; cat; } >\"$0.seen\"\n",
            "755",
        );
        assert_eq!(run(&file, b"one\xff\ntwo\n"), 0);
        assert_eq!(
            fs::read(file.with_extension("chained.seen")).unwrap(),
            b"<origin><a b>one\xff\ntwo\n"
        );
    }

    #[test]
    fn the_exit_code_of_a_hook_is_given_on() {
        let (_folder, file) = hook("#!/bin/sh\nexit 77\n", "755");
        assert_eq!(run(&file, b""), 77);
    }

    #[test]
    fn where_no_hook_was_nothing_is_refused() {
        assert_eq!(run(Path::new("/nowhere/at/all"), b"one\n"), 0);
    }

    #[test]
    fn a_hook_that_a_signal_ends_refuses() {
        let (_folder, file) = hook("#!/bin/sh\nkill -9 $$\n", "755");
        assert_eq!(run(&file, b""), 137);
    }

    #[test]
    fn a_hook_that_does_not_read_its_stdin_may_allow() {
        let (_folder, file) = hook("#!/bin/sh\nexit 0\n", "755");
        assert_eq!(run(&file, &vec![b'x'; 4 << 20]), 0);
        assert_eq!(
            run_on(&ChildHandle::default(), &file, &[], &vec![b'x'; 4 << 20]).unwrap(),
            0
        );
    }

    #[test]
    fn a_hook_that_can_be_killed_is_fed_while_its_output_is_read() {
        let (_folder, file) = hook(
            "#!/bin/sh\ntr x '\\0' >\"$0.seen\"; exec 1>&- 2>&-; exit 7\n",
            "755",
        );
        assert_eq!(
            run_on(&ChildHandle::default(), &file, &[], &vec![b'x'; 1 << 20]).unwrap(),
            7
        );
        assert_eq!(
            fs::metadata(file.with_extension("chained.seen"))
                .unwrap()
                .len(),
            1 << 20
        );
    }

    #[test]
    fn a_running_hook_can_be_killed() {
        let (_folder, file) = hook("#!/bin/sh\nwhile :; do sleep 1; done\n", "755");
        let child_handle = ChildHandle::default();
        thread::scope(|threads| {
            let hook = threads.spawn(|| run_on(&child_handle, &file, &[], b"").unwrap());
            while !hook.is_finished() {
                child_handle.kill();
                thread::sleep(PAUSE);
            }
            assert_eq!(hook.join().unwrap(), 137);
        });
    }

    #[test]
    fn a_hook_that_is_not_executable_is_not_run_and_a_hint_says_so() {
        let (_folder, file) = hook("#!/bin/sh\nexit 1\n", "644");
        assert_eq!(run(&file, b""), 0);
        assert!(hint(&file).unwrap().contains("is not executable"));
        assert_eq!(hint(Path::new("/nowhere/at/all")), None);
    }

    #[test]
    fn a_hook_with_another_interpreter_runs_and_one_without_any_is_run_by_sh() {
        let (_folder, file) = hook("#!/usr/bin/awk -f\nBEGIN { exit 3 }\n", "755");
        assert_eq!(run(&file, b"one\n"), 3);
        let (_folder, file) = hook("exit 5\n", "755");
        assert_eq!(run(&file, b""), 5);
    }

    // spec: HOOK-007
    #[test]
    fn a_hook_whose_interpreter_is_missing_is_an_error_and_not_a_pass() {
        let (_folder, file) = hook("#!/nowhere/at/all\n", "755");
        let error = super::run(&file, &[], b"").unwrap_err().to_string();
        assert!(
            error.contains("pre-push.chained") && error.contains("cannot be run"),
            "{error}"
        );
    }
}
