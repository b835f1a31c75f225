//! GitLab: Gitaly calls the hooks of others from a hook of its own.

use snapbox::{assert_data_eq, str};

use super::{below, write_script};
use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Pushing, Said};

/// What Gitaly does in `pre-receive`: the hook of the project, then those in the folder of the project by name, without
/// copies of an editor, until one fails; with this environment. Known from `internal/gitaly/hook/custom.go` of Gitaly and
/// from <https://docs.gitlab.com/administration/server_hooks>.
const GITALY: &str = r#"#!/bin/sh
repository=$(pwd) && input=$(cat) || exit 1
for hook in "$repository/custom_hooks/pre-receive" "$repository/custom_hooks/pre-receive.d"/*; do
    case $hook in *"~") continue ;; esac
    if [ ! -f "$hook" ] || [ ! -x "$hook" ]; then continue; fi
    printf '%s\n' "$input" | env -i PATH="$PATH" HOME=/var/opt/gitlab GIT_DIR="$repository" \
        ${GIT_OBJECT_DIRECTORY:+GIT_OBJECT_DIRECTORY="$GIT_OBJECT_DIRECTORY"} \
        ${GIT_ALTERNATE_OBJECT_DIRECTORIES:+GIT_ALTERNATE_OBJECT_DIRECTORIES="$GIT_ALTERNATE_OBJECT_DIRECTORIES"} \
        GL_REPOSITORY=project-1 GL_PROJECT_PATH=records/atlas GL_ID=key-7 GL_USERNAME=ada GL_PROTOCOL=ssh "$hook" || exit
done
"#;

/// A clone and a server on which Gitaly has the word, with an accepted record.
fn pushing() -> Pushing {
    let (server, clone) = (Repo::bare(), Repo::init());
    let gitaly = server.home().join("gitaly");
    write_script(&gitaly.join("pre-receive"), GITALY);
    server.git(&["config", "core.hooksPath", gitaly.to_str().unwrap()]);
    clone.git(&["remote", "add", "origin", &server.url()]);
    let pushing = Pushing { server, clone };
    pushing
        .server
        .graven(&["install", "--for", "gitlab"])
        .ends(0);
    pushing.clone.accept();
    pushing.allow(&["main"]);
    pushing
}

/// What the page shows of a refusal: the marked lines, without their mark.
fn page(said: &Said) -> String {
    let remote = said.remote();
    remote
        .lines()
        .filter_map(|line| line.strip_prefix("GL-HOOK-ERR: "))
        .flat_map(|line| [line, "\n"])
        .collect()
}

// spec: HOST-003
// spec: HOST-004
#[test]
fn graven_goes_into_the_folder_that_gitaly_runs_and_out_again() {
    let server = Repo::bare();
    let before = below(server.path());
    let said = server.graven(&["install", "--for", "gitlab"]);
    let hook = server.path().join("custom_hooks/pre-receive.d/graven");
    assert_eq!(said.ends(0).out, format!("installed {}\n", hook.display()));
    let said = server.graven(&["install", "--for", "gitlab"]);
    assert_eq!(
        said.ends(0).out,
        format!("left {} unchanged: it is up to date\n", hook.display())
    );
    let said = server.graven(&["uninstall", "--for", "gitlab"]);
    assert_eq!(said.ends(0).out, format!("removed {}\n", hook.display()));
    assert_eq!(below(server.path()), before);
    server
        .graven(&["uninstall", "--for", "gitlab"])
        .ends(0)
        .has(&["nothing to remove"]);
}

#[test]
fn hooks_of_others_in_the_same_folder_stay() {
    let server = Repo::bare();
    write_script(
        &server.path().join("custom_hooks/pre-receive.d/other"),
        "#!/bin/sh\n",
    );
    let before = below(server.path());
    server.graven(&["install", "--for", "gitlab"]).ends(0);
    server.graven(&["uninstall", "--for", "gitlab"]).ends(0);
    assert_eq!(below(server.path()), before);
    let taken = server.path().join("custom_hooks/pre-receive.d/graven");
    write_script(&taken, "#!/bin/sh\n");
    server
        .graven(&["install", "--for", "gitlab"])
        .ends(2)
        .has(&["the name is graven's, but the file is not"]);
}

// spec: HOST-003
// spec: HOST-005
#[test]
fn the_page_shows_the_verdict_and_what_was_found_where() {
    let pushing = pushing();
    pushing.clone.change(ADR, EDITED);
    let said = pushing.stopped("remote: GL-HOOK-ERR: graven: refused: ", &["main"]);
    assert_data_eq!(
        page(&said),
        str![[r#"
graven: refused: 1 error in 1 document
error[frozen-text-edited]: accepted adr-0001 was edited: its text changed
 --> sdd/adrs/0001-keep-records.md:9:4

"#]]
    );
    // A terminal shows the rest too.
    said.has(&["remote:   = help: restore the published version"]);
}

// spec: HOST-005
#[test]
fn the_page_shows_what_could_not_be_judged() {
    let pushing = pushing();
    let tree = pushing.clone.git(&["rev-parse", "HEAD^{tree}"]);
    // So long that what is said of it takes more than one line: the page shows them all.
    let branch = format!("refs/heads/{}", ["odd"; 16].join("-"));
    let said = pushing.stopped(
        "remote: GL-HOOK-ERR: graven: not judged: ",
        &[&format!("{tree}:{branch}")],
    );
    assert_data_eq!(
        page(&said),
        str![[r#"
graven: not judged: 1 problem
error: cannot judge: refs/heads/odd-odd-odd-odd-odd-odd-odd-odd-odd-odd-odd-odd-odd-odd-odd-odd
       would point to [ID], which is not a commit

"#]]
    );
}

// spec: HOST-005
#[test]
fn what_is_allowed_is_marked_nowhere() {
    let pushing = pushing();
    pushing.clone.change(ADR, EDITED);
    pushing.clone.git(&["revert", "--no-edit", "HEAD"]);
    pushing
        .allow(&["main"])
        .has(&["remote: graven: allowed, with 1 finding restored"])
        .lacks(&["GL-HOOK-ERR"]);
}

// spec: HOST-005
#[test]
fn the_page_says_that_the_binary_is_gone() {
    let pushing = pushing();
    let hook = pushing
        .server
        .path()
        .join("custom_hooks/pre-receive.d/graven");
    let text = std::fs::read_to_string(&hook).unwrap();
    write_script(
        &hook,
        &text.replace(env!("CARGO_BIN_EXE_graven"), "/nowhere/graven"),
    );
    pushing.clone.change("other.txt", "1");
    let path = std::env::var_os("PATH").unwrap();
    let without = std::env::split_paths(&path).filter(|folder| !folder.join("graven").exists());
    pushing.clone.set(
        "PATH",
        std::env::join_paths(without).unwrap().to_str().unwrap(),
    );
    let said = pushing.stopped("remote: GL-HOOK-ERR: graven: cannot judge: ", &["main"]);
    said.has(&["the graven binary is not at /nowhere/graven"]);
}

/// Hooks are handed to Gitaly as an archive since GitLab 15.11.
#[test]
fn the_archive_that_gitaly_takes_is_made_from_any_bare_repository() {
    let scratch = Repo::bare();
    scratch.graven(&["install", "--for", "gitlab"]).ends(0);
    let mut tar = scratch.command("tar");
    assert!(
        tar.args(["-cf", "hooks.tar", "custom_hooks"])
            .status()
            .unwrap()
            .success()
    );
    let listed = Said::of(scratch.command("tar").args(["-tf", "hooks.tar"]));
    assert_eq!(
        listed.out,
        "custom_hooks/\ncustom_hooks/pre-receive.d/\ncustom_hooks/pre-receive.d/graven\n"
    );
}
