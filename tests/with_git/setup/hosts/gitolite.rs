//! Gitolite, the real one, with OpenSSH in front of it and a home of its own.

use std::fs;
use std::path::PathBuf;

use super::write_script;
use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Said};
use crate::support::served::{self, ssh::Ssh};

/// Everybody may write to `records`, but for one branch.
const RULES: &str = "\nrepo records\n    -   refs/heads/closed = @all\n    RW+ = @all\n";

/// A gitolite with a repository `records`, and a clone that pushes to it as the user `ada`.
struct Gitolite {
    /// Its home, as the folder beside a repository that serves no other purpose.
    host: Repo,
    clone: Repo,
    _ssh: Ssh,
}

impl Gitolite {
    /// `None` where a program is missing.
    fn start() -> Option<Self> {
        let (host, clone) = (Repo::bare(), Repo::init());
        let ssh = served::program("gitolite")
            .and_then(|_| Ssh::keys())
            .and_then(|keys| {
                let key = host.home().join("ada.pub");
                fs::copy(keys.path().join("client.pub"), &key).unwrap();
                gitolite(&host, &["setup", "-pk", key.to_str().unwrap()]);
                Ssh::serve(
                    keys,
                    &host.home().join(".ssh/authorized_keys"),
                    Some(host.home()),
                )
            });
        let ssh = match ssh {
            Ok(ssh) => ssh,
            Err(missing) => {
                served::skip(&missing);
                return None;
            }
        };
        let rules = host.home().join(".gitolite/conf/gitolite.conf");
        fs::write(&rules, fs::read_to_string(&rules).unwrap() + RULES).unwrap();
        gitolite(&host, &["setup"]);
        clone.set("GIT_SSH_COMMAND", ssh.client.to_str().unwrap());
        clone.git(&["remote", "add", "origin", &ssh.address("/records".as_ref())]);
        let gitolite = Self {
            host,
            clone,
            _ssh: ssh,
        };
        gitolite.server(&["symbolic-ref", "HEAD", "refs/heads/main"]);
        Some(gitolite)
    }

    /// The repository on the server.
    fn records(&self) -> PathBuf {
        self.host.home().join("repositories/records.git")
    }

    /// Runs git in it.
    fn server(&self, arguments: &[&str]) -> String {
        self.host
            .git(&[&["-C", self.records().to_str().unwrap()], arguments].concat())
    }

    /// Runs graven, as the administrator does.
    fn graven(&self, arguments: &[&str]) -> Said {
        self.host
            .graven(&[arguments, &["--repo", self.records().to_str().unwrap()]].concat())
    }

    fn push(&self, refspec: &str) -> Said {
        self.clone.attempt(&["push", "origin", refspec])
    }

    /// An accepted record is let in, its edit is refused by graven, and the closed branch by gitolite.
    #[track_caller]
    fn judges(&self) {
        self.clone.accept();
        self.push("main").ends(0).lacks(&["graven"]);
        self.clone.change(ADR, EDITED);
        let published = self.server(&["rev-parse", "main"]);
        let said = self.push("main");
        said.ends(1).has(&[
            "remote: graven: refused: ",
            "frozen-text-edited",
            "(pre-receive hook declined)",
        ]);
        assert_eq!(self.server(&["rev-parse", "main"]), published);
        let said = self.push("HEAD~1:refs/heads/closed");
        said.ends(1)
            .has(&["DENIED by refs/heads/closed", "(hook declined)"])
            .lacks(&["graven"]);
    }
}

fn gitolite(host: &Repo, arguments: &[&str]) {
    let said = Said::of(
        host.command("gitolite")
            .args(arguments)
            .env("USER", "git")
            .env("LOGNAME", "git"),
    );
    said.ends(0);
}

// spec: HOST-003
// spec: HOST-004
#[test]
fn graven_stands_beside_gitolite_s_own_update_hook() {
    let Some(gitolite) = Gitolite::start() else {
        return;
    };
    let update = fs::read_link(gitolite.records().join("hooks/update")).unwrap();
    gitolite
        .graven(&["install", "--for", "gitolite"])
        .ends(0)
        .has(&["hooks/pre-receive"]);
    gitolite.judges();
    // What gitolite does whenever its configuration is pushed.
    self::gitolite(&gitolite.host, &["setup"]);
    assert_eq!(
        fs::read_link(gitolite.records().join("hooks/update")).unwrap(),
        update
    );
    gitolite.push("main").ends(1).has(&["frozen-text-edited"]);
    gitolite.graven(&["uninstall", "--for", "gitolite"]).ends(0);
    assert!(!gitolite.records().join("hooks/pre-receive").exists());
    gitolite.push("main").ends(0);
}

// spec: HOST-007
#[test]
fn a_hook_that_was_there_knows_who_pushes_and_graven_does_not_ask() {
    let Some(gitolite) = Gitolite::start() else {
        return;
    };
    write_script(
        &gitolite.records().join("hooks/pre-receive"),
        "#!/bin/sh\necho \"$GL_USER pushes to $GL_REPO\"\n",
    );
    gitolite
        .graven(&["install", "--for", "gitolite"])
        .ends(0)
        .has(&["it runs before graven"]);
    gitolite.clone.accept();
    gitolite
        .push("main")
        .ends(0)
        .has(&["remote: ada pushes to records"]);
    gitolite.clone.change(ADR, EDITED);
    gitolite
        .push("main")
        .ends(1)
        .has(&["remote: ada pushes to records", "remote: graven: refused: "]);
}

/// By gitolite's own way of giving a hook to every repository: `LOCAL_CODE`, and `gitolite setup --hooks-only`.
// spec: HOST-003
#[test]
fn one_hook_is_linked_into_every_repository() {
    let Some(gitolite) = Gitolite::start() else {
        return;
    };
    let home = gitolite.host.home();
    gitolite.host.graven(&["install"]).ends(0);
    let settings = home.join(".gitolite.rc");
    let text = fs::read_to_string(&settings).unwrap();
    let local = "LOCAL_CODE => \"$ENV{HOME}/local\",\n";
    fs::write(
        &settings,
        text.replacen("%RC = (\n", &format!("%RC = (\n    {local}"), 1),
    )
    .unwrap();
    fs::create_dir_all(home.join("local/hooks/common")).unwrap();
    fs::copy(
        gitolite.host.path().join("hooks/pre-receive"),
        home.join("local/hooks/common/pre-receive"),
    )
    .unwrap();
    self::gitolite(&gitolite.host, &["setup", "--hooks-only"]);
    assert!(gitolite.records().join("hooks/pre-receive").is_symlink());
    gitolite.judges();
    let said = gitolite.graven(&["install", "--for", "gitolite"]);
    said.ends(0)
        .has(&["hooks/pre-receive unchanged: gitolite links it to graven's"]);
    let said = gitolite.graven(&["uninstall", "--for", "gitolite"]);
    said.ends(2).has(&[
        "which gitolite recreates",
        "remove the hook from hooks/common",
    ]);
    assert!(gitolite.records().join("hooks/pre-receive").is_symlink());
    write_script(
        &home.join("local/hooks/common/pre-receive"),
        "#!/bin/sh\nexit 0\n",
    );
    let said = gitolite.graven(&["install", "--for", "gitolite"]);
    said.ends(2).has(&[
        "it is a link that gitolite recreates",
        "graven hook pre-receive || exit",
    ]);
}
