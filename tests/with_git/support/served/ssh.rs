//! OpenSSH, for an account that has nothing but `git-shell`.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Lasting, Server, environment, listen, program};

static SERVER: Server<Ssh> = Server::new();

/// A server that a key of its own may use for one command.
#[derive(Debug)]
pub(crate) struct Ssh {
    port: u16,
    /// What git is told to run as `ssh`.
    pub(crate) client: OsString,
    _folder: Lasting,
}

/// The one that every test of this process shares: it runs `git-shell`, and nothing else.
pub(crate) fn server() -> &'static Result<Ssh, String> {
    SERVER.get_or_init(|| {
        let shell = git_shell()?;
        Ssh::start(
            &format!(r#"'{}' -c "$SSH_ORIGINAL_COMMAND""#, shell.display()),
            None,
        )
    })
}

/// The shared one, where it was asked for.
pub(super) fn running() -> Option<&'static Ssh> {
    SERVER.get().and_then(|server| server.as_ref().ok())
}

/// The one that belongs to the git of these tests.
fn git_shell() -> Result<PathBuf, String> {
    let beside = program("git")?.with_file_name("git-shell");
    if beside.is_file() {
        Ok(beside)
    } else {
        program("git-shell")
    }
}

impl Ssh {
    /// Starts one that runs `command` for whoever logs in, in `home` or in a home that is empty.
    pub(crate) fn start(command: &str, home: Option<&Path>) -> Result<Self, String> {
        let folder = Self::keys()?;
        let client_key = fs::read_to_string(folder.path().join("client.pub")).unwrap();
        let command = command.replace('"', r#"\""#);
        let keys = folder.write(
            "authorized_keys",
            &format!("restrict,command=\"{command}\" {client_key}"),
        );
        Self::serve(folder, &keys, home)
    }

    /// A folder with the keys of a server and of a client.
    pub(crate) fn keys() -> Result<Lasting, String> {
        let (keygen, folder) = (program("ssh-keygen")?, Lasting::new());
        program("ssh")?;
        for name in ["host", "client"] {
            let mut keygen = Command::new(&keygen);
            keygen
                .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
                .arg(folder.path().join(name));
            assert!(keygen.status().unwrap().success());
        }
        Ok(folder)
    }

    /// Starts one with these keys, for whoever this file of keys names.
    pub(crate) fn serve(
        folder: Lasting,
        authorized_keys: &Path,
        home: Option<&Path>,
    ) -> Result<Self, String> {
        let sshd = program("sshd")?;
        // The server looks for this before it reads anything, when it runs as root.
        if fs::metadata("/proc/self")
            .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
            && !Path::new("/run/sshd").is_dir()
        {
            return Err(
                "sshd wants an empty folder when root starts it: mkdir -m 755 /run/sshd".into(),
            );
        }
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut set = String::new();
        for (name, value) in environment(home.unwrap_or(folder.path())) {
            let _ = write!(set, " \"{name}={}\"", value.to_string_lossy());
        }
        let configuration = format!(
            "HostKey \"{}\"\nAuthorizedKeysFile \"{}\"\nAuthenticationMethods publickey\nPermitRootLogin yes\nUsePAM no\n\
             StrictModes no\nPrintMotd no\nUseDNS no\nPidFile none\nAcceptEnv GIT_PROTOCOL\nSetEnv{set}\n",
            at("host"),
            authorized_keys.display(),
        );
        let file = folder.write("sshd_config", &configuration);
        let log = folder.path().join("sshd.log");
        let port = listen(move || {
            let log = File::options()
                .create(true)
                .append(true)
                .open(&log)
                .unwrap();
            let mut answer = Command::new(&sshd);
            answer
                .args(["-i", "-e", "-f"])
                .arg(&file)
                .env_clear()
                .stderr(log);
            answer
        });
        let host = fs::read_to_string(folder.path().join("host.pub")).unwrap();
        folder.write("known_hosts", &format!("[127.0.0.1]:{port} {host}"));
        // The exchange of keys that OpenSSH prefers since 9.0 costs a tenth of a second a connection.
        let client = format!(
            "ssh -F /dev/null -o KexAlgorithms=curve25519-sha256 -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes \
             -o GlobalKnownHostsFile=/dev/null -o UserKnownHostsFile='{}' -i '{}'",
            at("known_hosts"),
            at("client"),
        );
        Ok(Self {
            port,
            client: client.into(),
            _folder: folder,
        })
    }

    /// The address of a repository.
    pub(crate) fn address(&self, repository: &Path) -> String {
        format!("ssh://127.0.0.1:{}{}", self.port, repository.display())
    }
}
