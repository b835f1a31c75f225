//! `graven doctor` in real repositories: every guard missing and in place, and every command that it offers.

mod branches;
mod ci;
mod hooks;
mod managers;
mod policy;
mod repository;
mod verdict;

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::support::Repo;
use crate::support::guarded::Said;

/// One guard, as the JSON tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) message: String,
    /// The words of the advice.
    pub(crate) text: Option<String>,
    pub(crate) command: Option<String>,
}

/// What is said of a repository, which must be said.
#[track_caller]
pub(crate) fn checks(repo: &Repo, arguments: &[&str]) -> Vec<Check> {
    let said = run(repo, &[&["doctor", "--format", "json"], arguments].concat());
    let read: serde_json::Value =
        serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.all()));
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let checks = read["checks"].as_array().unwrap().iter();
    let checks: Vec<Check> = checks
        .map(|check| Check {
            name: text(&check["name"]).unwrap(),
            state: text(&check["state"]).unwrap(),
            message: text(&check["message"]).unwrap(),
            text: text(&check["help"]["text"]),
            command: text(&check["help"]["command"]),
        })
        .collect();
    let is_missing = checks.iter().any(|check| check.state == "missing");
    assert_eq!(said.code, i32::from(is_missing), "{}", said.all());
    assert_eq!(
        read["outcome"],
        if is_missing { "missing" } else { "guarded" }
    );
    checks
}

/// Runs graven where no other is on PATH.
pub(crate) fn run(repo: &Repo, arguments: &[&str]) -> Said {
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    Said::of(command.env("PATH", path(None)).args(arguments))
}

/// What is said of one guard.
#[track_caller]
pub(crate) fn check(repo: &Repo, name: &str) -> Option<Check> {
    checks(repo, &[])
        .into_iter()
        .find(|check| check.name == name)
}

/// A guard that stands so, and says these words.
#[track_caller]
pub(crate) fn stands(repo: &Repo, name: &str, state: &str, words: &str) -> Check {
    let all = checks(repo, &[]);
    let Some(check) = all.iter().find(|check| check.name == name) else {
        panic!("nothing is said of {name}: {all:#?}")
    };
    assert_eq!(check.state, state, "{check:#?}");
    assert!(check.message.contains(words), "{check:#?}");
    check.clone()
}

/// The same, and its command, which is run and must put the guard in place.
#[track_caller]
pub(crate) fn heals(repo: &Repo, name: &str, state: &str, words: &str) -> String {
    let command = stands(repo, name, state, words)
        .command
        .unwrap_or_else(|| panic!("{name} offers no command"));
    shell(repo, &command);
    let healed = check(repo, name);
    assert!(
        healed.as_ref().is_none_or(|check| check.state == "good"),
        "after {command}: {healed:#?}"
    );
    command
}

/// Runs a line as a person would who has graven on PATH.
#[track_caller]
pub(crate) fn shell(repo: &Repo, line: &str) {
    let graven = Path::new(env!("CARGO_BIN_EXE_graven")).parent().unwrap();
    Said::of(
        repo.command("sh")
            .env("PATH", path(Some(graven)))
            .args(["-c", line]),
    )
    .ends(0);
}

/// The PATH of the machine without the folders in which a graven is installed, and with this one.
pub(crate) fn path(first: Option<&Path>) -> OsString {
    let machine = std::env::var_os("PATH").unwrap();
    let folders = std::env::split_paths(&machine).filter(|folder| !folder.join("graven").exists());
    std::env::join_paths(first.map(Path::to_path_buf).into_iter().chain(folders)).unwrap()
}

/// Writes a file that can be run. Another process writes it, since a file that any thread of this one still holds open for
/// writing cannot be run.
pub(crate) fn script(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let write = r#"printf '%s' "$2" >"$1" && chmod 755 "$1""#;
    assert!(
        Command::new("sh")
            .args(["-c", write, "sh"])
            .arg(path)
            .arg(text)
            .status()
            .unwrap()
            .success()
    );
}

/// Changes the mode of a file.
pub(crate) fn mode(path: &Path, bits: u32) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(bits)).unwrap();
}

/// A guarded clone with an accepted record, pushed to a guarded server.
pub(crate) fn world() -> (Repo, Repo) {
    let server = Repo::bare();
    server.graven(&["install"]).ends(0);
    let clone = Repo::init();
    clone.accept();
    clone.git(&["remote", "add", "origin", &server.url()]);
    clone.git(&["push", "--quiet", "--set-upstream", "origin", "main"]);
    clone.git(&["remote", "set-head", "origin", "main"]);
    clone.guard();
    (server, clone)
}
