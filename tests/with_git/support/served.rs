//! Real servers for the tests that push by way of one: each listens on a free port of the loopback interface, with keys,
//! passwords and a configuration of its own, and is gone with the process that asked for it.
//!
//! A server is started as inetd would start it, one process a connection: so no port is taken twice, nothing waits for a
//! daemon to be ready, and nothing is left running.

use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;

pub(crate) mod http;
pub(crate) mod ssh;

/// A server that is started when it is first asked for; `Err` says what is missing for it here.
pub(crate) type Server<T> = OnceLock<Result<T, String>>;

/// What a client of the servers that were asked for is told in its environment.
pub(crate) fn variables() -> Vec<(&'static str, OsString)> {
    ssh::running()
        .map(|ssh| ("GIT_SSH_COMMAND", ssh.client.clone()))
        .into_iter()
        .collect()
}

/// The server, or `None` where a program is missing for it: then whatever would go by it goes by path. With `CI` set that
/// is a failure.
pub(crate) fn or_by_path<T>(server: &Result<T, String>) -> Option<&T> {
    let missing = match server {
        Ok(server) => return Some(server),
        Err(missing) => missing,
    };
    skip(missing);
    None
}

/// Says that something cannot be tested here; with `CI` set that is a failure.
#[expect(
    clippy::print_stdout,
    reason = "the harness shows it with the test that says it"
)]
pub(crate) fn skip(why: &str) {
    println!("skipped: {why}");
    assert!(std::env::var_os("CI").is_none(), "skipped: {why}");
}

/// A program on PATH, or where Debian keeps servers.
pub(crate) fn program(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    let found = folders
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    found.ok_or_else(|| format!("there is no {name} here"))
}

/// A folder that lasts as long as this process. Another process takes it away, for what is static is never dropped.
#[derive(Debug)]
pub(crate) struct Lasting {
    path: PathBuf,
    /// Waits for the end of its input, which comes with ours, however that comes.
    _watch: Child,
}

impl Lasting {
    pub(crate) fn new() -> Self {
        let path = tempfile::tempdir().unwrap().keep().canonicalize().unwrap();
        let mut watch = Command::new("sh");
        watch
            .args(["-c", r#"trap '' INT TERM HUP; cat; rm -rf -- "$1""#, "sh"])
            .arg(&path);
        let watch = watch
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            path,
            _watch: watch,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file that nobody else may read.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.path.join(name);
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        file
    }
}

/// Listens on a free port, which is given back, and has every connection answered by a program of its own, whose standard
/// input and output it is.
pub(crate) fn listen(answer: impl Fn() -> Command + Send + 'static) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut started = pass(&mut answer(), connection.unwrap()).unwrap();
            // Waited for, so that none stays behind as a zombie.
            thread::spawn(move || started.wait());
        }
    });
    port
}

fn pass(program: &mut Command, connection: TcpStream) -> std::io::Result<Child> {
    let output = OwnedFd::from(connection.try_clone()?);
    program
        .stdin(OwnedFd::from(connection))
        .stdout(output)
        .spawn()
}

/// What every server gives the git that it runs, and no more: where programs are, and that no configuration of the
/// machine's counts.
pub(crate) fn environment(home: &Path) -> [(&'static str, OsString); 4] {
    [
        ("PATH", std::env::var_os("PATH").unwrap_or_default()),
        ("HOME", home.into()),
        ("GIT_CONFIG_NOSYSTEM", "1".into()),
        ("GIT_CONFIG_GLOBAL", "/dev/null".into()),
    ]
}
