//! `git http-backend` behind lighttpd, which asks for a name and a password.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Lasting, Server, environment, listen, program};

static SERVER: Server<Http> = Server::new();

/// A server of every repository on the machine that its user may read.
#[derive(Debug)]
pub(crate) struct Http {
    port: u16,
    _folder: Lasting,
}

/// The one that every test of this process shares.
pub(crate) fn server() -> &'static Result<Http, String> {
    SERVER.get_or_init(Http::start)
}

impl Http {
    fn start() -> Result<Self, String> {
        let lighttpd = program("lighttpd")?;
        let libraries = Command::new("git")
            .arg("--exec-path")
            .output()
            .unwrap()
            .stdout;
        let backend =
            Path::new(String::from_utf8(libraries).unwrap().trim_end()).join("git-http-backend");
        if !backend.is_file() {
            return Err(format!("there is no {} here", backend.display()));
        }
        let folder = Lasting::new();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::create_dir(at("bodies")).unwrap();
        let users = folder.write("users", "ada:secret\n");
        let mut set =
            String::from("\"GIT_PROJECT_ROOT\" => \"/\", \"GIT_HTTP_EXPORT_ALL\" => \"1\"");
        for (name, value) in environment(folder.path()) {
            let _ = write!(set, ", \"{name}\" => \"{}\"", value.to_string_lossy());
        }
        // As git-http-backend(1) has it for lighttpd. A body that comes in chunks is gathered before it is passed on.
        let configuration = format!(
            "server.document-root = \"{}\"\nserver.errorlog = \"{}\"\nserver.upload-dirs = (\"{}\")\n\
             server.modules = (\"mod_auth\", \"mod_authn_file\", \"mod_setenv\", \"mod_alias\", \"mod_cgi\")\n\
             auth.backend = \"plain\"\nauth.backend.plain.userfile = \"{}\"\n\
             auth.require = (\"/\" => (\"method\" => \"basic\", \"realm\" => \"git\", \"require\" => \"valid-user\"))\n\
             alias.url = (\"/git/\" => \"{}/\")\nsetenv.set-environment = ({set})\ncgi.assign = (\"\" => \"\")\n",
            folder.path().display(),
            at("log"),
            at("bodies"),
            users.display(),
            backend.display(),
        );
        let file = folder.write("lighttpd.conf", &configuration);
        let port = listen(move || {
            let mut answer = Command::new(&lighttpd);
            answer.args(["-1", "-D", "-f"]).arg(&file).env_clear();
            answer
        });
        Ok(Self {
            port,
            _folder: folder,
        })
    }

    /// The address of a repository, with the name and the password.
    pub(crate) fn address(&self, repository: &Path) -> String {
        format!(
            "http://ada:secret@127.0.0.1:{}/git{}",
            self.port,
            repository.display()
        )
    }

    /// The address without them.
    pub(crate) fn anonymous(&self, repository: &Path) -> String {
        self.address(repository).replace("ada:secret@", "")
    }
}
