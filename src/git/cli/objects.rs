//! Objects through `git cat-file`: one process for headers and one for bodies, both kept while the repository is open.
//! Only newer gits have a form that does both.
//!
//! Objects in the quarantine of a push have their true IDs: `index-pack` and `unpack-objects` compute them from the
//! content.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use bstr::ByteSlice;

use super::command::{GitCommand, error_message, not_started, run};
use crate::git::backend::{Header, Kind};
use crate::git::error::LookupError;
use crate::repo::ObjectId;

/// Longer than any header line.
const LONGEST_LINE: u64 = 1 << 12;

/// The two processes, each started on first use.
#[derive(Default)]
pub(super) struct Objects {
    headers: RefCell<Option<CatFile>>,
    bodies: RefCell<Option<CatFile>>,
}

impl Objects {
    pub(super) fn header(&self, git: &GitCommand, id: ObjectId) -> Result<Header, LookupError> {
        let mut process = self.headers.borrow_mut();
        let found = CatFile::of(&mut process, git, "--batch-check")?.ask(id);
        match found {
            Ok(Some(header)) => Ok(header),
            Ok(None) => {
                Err(reason(git, "-t", id).map_or(LookupError::Missing, LookupError::Corrupt))
            }
            Err(error) => {
                process.take();
                Err(LookupError::Corrupt(
                    reason(git, "-t", id).unwrap_or_else(|| died(&error)),
                ))
            }
        }
    }

    pub(super) fn body(
        &self,
        git: &GitCommand,
        id: ObjectId,
        header: Header,
    ) -> Result<Vec<u8>, LookupError> {
        let mut process = self.bodies.borrow_mut();
        let read = CatFile::of(&mut process, git, "--batch")?.read(id, header);
        read.map_err(|error| {
            // It is unknown how much of the answer is left to read.
            process.take();
            LookupError::Corrupt(
                reason(git, &header.kind.to_string(), id).unwrap_or_else(|| died(&error)),
            )
        })
    }
}

fn died(error: &io::Error) -> String {
    format!("git cat-file: {error}")
}

/// Why an object cannot be read, from a separate process; `None` when it is just missing.
fn reason(git: &GitCommand, how: &str, id: ObjectId) -> Option<String> {
    let mut command = git.command(&["cat-file", how, &id.to_string()]);
    command.stdout(Stdio::null());
    let answer = match run(&mut command, b"") {
        Ok(answer) => answer,
        Err(error) => return Some(error.to_string()),
    };
    // The last line says what failed, the lines before say why.
    ByteSlice::lines(answer.err.as_slice())
        .filter(|line| line.starts_with(b"error: "))
        .find_map(error_message)
}

/// A running `git cat-file`.
struct CatFile {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl CatFile {
    /// The running one, or a new one.
    fn of<'t>(
        process: &'t mut Option<Self>,
        git: &GitCommand,
        form: &str,
    ) -> Result<&'t mut Self, LookupError> {
        if process.is_none() {
            let started = Self::start(git, form)
                .map_err(|error| LookupError::Corrupt(not_started(&error).to_string()))?;
            return Ok(process.insert(started));
        }
        process.as_mut().ok_or(LookupError::Missing)
    }

    fn start(git: &GitCommand, form: &str) -> io::Result<Self> {
        let mut command = git.command(&["cat-file", form]);
        // An unread pipe would block it; after a failure the reason is asked for separately.
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                child,
                input,
                output: BufReader::new(output),
            }),
            _ => Err(io::Error::other("it has no pipes")),
        }
    }

    /// The header of an object; `None` when git says that it is missing.
    fn ask(&mut self, id: ObjectId) -> io::Result<Option<Header>> {
        let name = id.to_string();
        self.input.write_all(format!("{name}\n").as_bytes())?;
        let mut line = Vec::new();
        (&mut self.output)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        let Some(line) = line.strip_suffix(b"\n") else {
            return Err(io::Error::other("it ended"));
        };
        let answer = line
            .strip_prefix(name.as_bytes())
            .and_then(|rest| rest.strip_prefix(b" "));
        let answer = answer.ok_or_else(|| io::Error::other("its answer is for another object"))?;
        if answer == b"missing" {
            return Ok(None);
        }
        header(answer)
            .map(Some)
            .ok_or_else(|| io::Error::other("its answer is malformed"))
    }

    /// The body of an object with this header.
    fn read(&mut self, id: ObjectId, header: Header) -> io::Result<Vec<u8>> {
        if self.ask(id)? != Some(header) {
            return Err(io::Error::other("the object has changed"));
        }
        let mut body = vec![0; header.size];
        self.output.read_exact(&mut body)?;
        let mut end = [0];
        self.output.read_exact(&mut end)?;
        if end != *b"\n" {
            return Err(io::Error::other(
                "the object is longer than its header says",
            ));
        }
        Ok(body)
    }
}

impl Drop for CatFile {
    fn drop(&mut self) {
        // It may be in the middle of an answer, and has nothing to save.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn header(answer: &[u8]) -> Option<Header> {
    let (kind, size) = answer.split_once_str(" ")?;
    let kind = match kind {
        b"commit" => Kind::Commit,
        b"tree" => Kind::Tree,
        b"blob" => Kind::Blob,
        b"tag" => Kind::Tag,
        _ => return None,
    };
    Some(Header {
        size: size.to_str().ok()?.parse().ok()?,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_git_writes_it() {
        assert_eq!(
            header(b"blob 12"),
            Some(Header {
                size: 12,
                kind: Kind::Blob
            })
        );
        for odd in [
            &b"blob"[..],
            b"blob x",
            b"blob -1",
            b"ambiguous",
            b"submodule 1",
            b"blob 1 2",
        ] {
            assert_eq!(header(odd), None, "{odd:?}");
        }
    }
}
