//! The text of graven's hooks, and how to recognise one. Does not depend on where they are installed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use bstr::ByteSlice;

/// The marker by which graven recognises its own hooks, of any version.
const MARKER: &[u8] = b"# graven-shim:";

/// How many bytes of a hook are read; what matters is at its start.
const HEAD: u64 = 64 << 10;

/// The line that names the binary; replaced when the hook is installed.
const BINARY_LINE: &str = "\ngraven=graven\n";

/// The pre-receive hook for GitLab.
pub(super) const GITLAB: &str = include_str!("../../../hooks/gitlab/pre-receive");

/// A shim that runs the binary at this place.
pub(super) fn script(shim: &str, binary: &Path) -> Vec<u8> {
    let line = [b"\ngraven=".as_slice(), &quote(binary.as_os_str()), b"\n"].concat();
    shim.as_bytes().replacen(BINARY_LINE, line, 1)
}

/// Whether the file has graven's marker in one of its first lines. Links are followed; a dangling one has
/// none.
pub(super) fn is_ours(file: &Path) -> io::Result<bool> {
    Ok(is_marked(&head(file)?))
}

fn is_marked(head: &[u8]) -> bool {
    head.lines().take(3).any(|line| line.starts_with(MARKER))
}

/// The binary that a hook of graven's names; `None` for any other file.
pub(super) fn binary(file: &Path) -> io::Result<Option<PathBuf>> {
    let head = head(file)?;
    if !is_marked(&head) {
        return Ok(None);
    }
    let line = head.lines().find_map(|line| line.strip_prefix(b"graven="));
    Ok(Some(PathBuf::from(OsString::from_vec(unquote(
        line.unwrap_or_default(),
    )))))
}

/// Whether the file is exactly this script, and executable.
pub(super) fn is_current(file: &Path, script: &[u8]) -> io::Result<bool> {
    let metadata = fs::symlink_metadata(file)?;
    let runs = metadata.is_file() && metadata.permissions().mode() & 0o111 == 0o111;
    Ok(runs && metadata.len() == script.len() as u64 && head(file)? == script)
}

/// Whether the file is a script that mentions a folder whose name ends in `.d`.
pub(super) fn mentions_folder(file: &Path) -> io::Result<bool> {
    let head = head(file)?;
    let ends_name = |at: usize| {
        head.get(at + 2)
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
    };
    Ok(head.starts_with(b"#!") && head.find_iter(".d").any(ends_name))
}

/// The first bytes of a file; none where there is no file.
pub(super) fn head(file: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    match File::open(file) {
        Ok(opened) => opened.take(HEAD).read_to_end(&mut head)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    Ok(head)
}

/// Quotes one word for a POSIX shell.
pub(super) fn quote(word: &OsStr) -> Vec<u8> {
    [
        b"'".as_slice(),
        &word.as_bytes().replace("'", r"'\''"),
        b"'",
    ]
    .concat()
}

/// The inverse of [`quote`].
fn unquote(word: &[u8]) -> Vec<u8> {
    let inner = word
        .strip_prefix(b"'")
        .and_then(|word| word.strip_suffix(b"'"));
    inner.map_or_else(|| word.to_vec(), |inner| inner.replace(r"'\''", "'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::hook::{HOOKS, Hook};

    fn shim(name: &str) -> &'static str {
        Hook::named(name).unwrap().shim
    }

    #[test]
    fn the_shims_are_the_same_but_for_their_name() {
        for hook in HOOKS {
            let call = |name: &str| format!("hook --after \"$0.chained\" {name} \"$@\"");
            assert_eq!(
                hook.shim.replace(&call(hook.name), &call("update")),
                shim("update"),
                "{}",
                hook.name
            );
        }
        assert_eq!(
            GITLAB
                .replace(" --host gitlab", "")
                .replace("GL-HOOK-ERR: ", ""),
            shim("pre-receive")
        );
    }

    #[test]
    fn a_shim_names_its_binary_once_and_whatever_is_in_the_path() {
        let script = script(
            shim("pre-receive"),
            Path::new("/opt/it's here/$HOME/graven"),
        );
        assert_eq!(
            script
                .find_iter(br"graven='/opt/it'\''s here/$HOME/graven'")
                .count(),
            1
        );
        assert_eq!(script.find(BINARY_LINE), None);
    }

    #[test]
    fn the_binary_that_a_shim_names_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hook");
        for path in ["/opt/it's here/$HOME/graven", "/usr/bin/graven"] {
            std::fs::write(&file, script(shim("pre-receive"), Path::new(path))).unwrap();
            assert_eq!(binary(&file).unwrap().unwrap(), Path::new(path));
        }
        std::fs::write(&file, shim("update")).unwrap();
        assert_eq!(binary(&file).unwrap().unwrap(), Path::new("graven"));
        std::fs::write(&file, "graven=/usr/bin/graven\n").unwrap();
        assert_eq!(binary(&file).unwrap(), None);
    }

    #[test]
    fn a_hook_is_known_by_its_marker_and_not_by_a_word_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hook");
        assert!(!is_ours(&file).unwrap());
        std::fs::write(
            &file,
            "#!/bin/sh\nexec graven hook pre-commit # graven-shim: no\n",
        )
        .unwrap();
        assert!(!is_ours(&file).unwrap());
        std::fs::write(&file, shim("update")).unwrap();
        assert!(is_ours(&file).unwrap());
    }
}
