//! What installing and uninstalling do to a hooks folder; without Git.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use graven::report::Problem;
use graven::setup::install;
use graven::setup::install::Places;

use super::world::{World, mode, names, write_script};

const FOREIGN: &str = "#!/bin/sh\n# somebody else's; it mentions graven-shim: too\nexit 0\n";

struct Folder {
    _world: World,
    places: Places,
}

impl Folder {
    fn new() -> Self {
        let world = World::new();
        let hooks_dir = world.path("repo/.git/hooks");
        Self {
            places: Places {
                hooks_dir,
                is_bare: false,
            },
            _world: world,
        }
    }

    fn hook(&self, name: &str) -> PathBuf {
        self.places.hooks_dir.join(name)
    }

    fn try_install(&self, server: bool) -> Result<Vec<String>, Problem> {
        let done = install::install(&self.places, server, Path::new("/opt/a place/graven"))?;
        Ok(done.iter().map(ToString::to_string).collect())
    }

    fn install(&self, server: bool) -> Vec<String> {
        self.try_install(server).unwrap()
    }

    fn uninstall(&self, server: bool) -> Vec<String> {
        let done = install::uninstall(&self.places, server).unwrap();
        done.iter().map(ToString::to_string).collect()
    }

    fn is_ours(&self, name: &str) -> bool {
        fs::read_to_string(self.hook(name))
            .unwrap()
            .contains("\ngraven='/opt/a place/graven'\n")
    }
}

// spec: INST-005
#[test]
fn the_hooks_of_a_clone_are_put_into_a_folder_that_was_missing() {
    let folder = Folder::new();
    let done = folder.install(false);
    assert_eq!(
        names(&folder.places.hooks_dir),
        ["commit-msg", "pre-commit", "pre-merge-commit", "pre-push"]
    );
    assert!(
        done.len() == 4 && done.iter().all(|line| line.starts_with("installed ")),
        "{done:?}"
    );
    for name in names(&folder.places.hooks_dir) {
        assert_eq!(mode(&folder.hook(&name)), 0o755);
        assert!(folder.is_ours(&name));
    }
}

// spec: INST-005
#[test]
fn a_server_and_a_bare_repository_get_pre_receive_alone() {
    let mut folder = Folder::new();
    folder.install(true);
    assert_eq!(names(&folder.places.hooks_dir), ["pre-receive"]);
    folder.uninstall(true);
    folder.places.is_bare = true;
    folder.install(false);
    assert_eq!(names(&folder.places.hooks_dir), ["pre-receive"]);
}

// spec: INST-002
#[test]
fn installing_again_changes_nothing() {
    let folder = Folder::new();
    write_script(&folder.hook("pre-push"), FOREIGN);
    folder.install(false);
    let before: Vec<_> = names(&folder.places.hooks_dir);
    let done = folder.install(false);
    assert!(
        done.iter().all(|line| line.contains("up to date")),
        "{done:?}"
    );
    assert_eq!(names(&folder.places.hooks_dir), before);
    assert_eq!(
        fs::read_to_string(folder.hook("pre-push.chained")).unwrap(),
        FOREIGN
    );
}

// spec: INST-002
#[test]
fn a_shim_of_another_binary_or_without_its_run_bit_is_updated_in_place() {
    let folder = Folder::new();
    install::install(&folder.places, false, Path::new("/elsewhere/graven")).unwrap();
    assert!(
        folder
            .install(false)
            .iter()
            .all(|line| line.starts_with("updated "))
    );
    assert!(folder.is_ours("pre-commit"));
    fs::set_permissions(folder.hook("pre-commit"), fs::Permissions::from_mode(0o644)).unwrap();
    folder.install(false);
    assert_eq!(mode(&folder.hook("pre-commit")), 0o755);
    assert_eq!(
        names(&folder.places.hooks_dir),
        ["commit-msg", "pre-commit", "pre-merge-commit", "pre-push"]
    );
}

// spec: INST-001
// spec: INST-003
#[test]
fn a_hook_of_somebody_elses_is_kept_with_its_mode_and_comes_back() {
    for bits in [0o755, 0o750, 0o644] {
        let folder = Folder::new();
        write_script(&folder.hook("pre-commit"), FOREIGN);
        fs::set_permissions(folder.hook("pre-commit"), fs::Permissions::from_mode(bits)).unwrap();
        let done = folder.install(false).join("\n");
        assert!(folder.is_ours("pre-commit"));
        assert_eq!(
            fs::read_to_string(folder.hook("pre-commit.chained")).unwrap(),
            FOREIGN
        );
        assert_eq!(mode(&folder.hook("pre-commit.chained")), bits);
        let told = if bits == 0o644 {
            "it does not run"
        } else {
            "it runs before graven"
        };
        assert!(
            done.contains("kept your hook as ") && done.contains(told),
            "{done}"
        );

        folder.uninstall(false);
        assert_eq!(names(&folder.places.hooks_dir), ["pre-commit"]);
        assert_eq!(
            fs::read_to_string(folder.hook("pre-commit")).unwrap(),
            FOREIGN
        );
        assert_eq!(mode(&folder.hook("pre-commit")), bits);
    }
}

#[test]
fn a_hook_that_is_a_link_stays_a_link_even_when_it_leads_nowhere() {
    for target in ["../../tools/pre-commit", "../../nowhere"] {
        let folder = Folder::new();
        let tool = folder.hook("../../tools/pre-commit");
        fs::create_dir_all(&folder.places.hooks_dir).unwrap();
        write_script(
            &folder
                .places
                .hooks_dir
                .parent()
                .unwrap()
                .with_file_name("tools/pre-commit"),
            FOREIGN,
        );
        symlink(target, folder.hook("pre-commit")).unwrap();
        folder.install(false);
        assert!(folder.is_ours("pre-commit"));
        assert_eq!(
            fs::read_link(folder.hook("pre-commit.chained")).unwrap(),
            Path::new(target)
        );
        assert_eq!(
            fs::read_to_string(&tool).unwrap(),
            FOREIGN,
            "what the link leads to is not touched"
        );
        folder.uninstall(false);
        assert_eq!(
            fs::read_link(folder.hook("pre-commit")).unwrap(),
            Path::new(target)
        );
    }
}

// spec: INST-004
#[test]
fn where_a_hook_is_kept_already_nothing_at_all_is_written() {
    let folder = Folder::new();
    write_script(&folder.hook("pre-push"), FOREIGN);
    write_script(&folder.hook("pre-push.chained"), "#!/bin/sh\nexit 3\n");
    let error = folder.try_install(false).unwrap_err();
    assert!(
        error
            .message
            .contains("pre-push.chained, because another hook is already kept there"),
        "{error}"
    );
    assert!(error.help[0].text.contains("install again"));
    assert_eq!(
        names(&folder.places.hooks_dir),
        ["pre-push", "pre-push.chained"]
    );
    assert_eq!(
        fs::read_to_string(folder.hook("pre-push")).unwrap(),
        FOREIGN
    );
}

// spec: INST-005
#[test]
fn a_dispatcher_is_left_alone_and_graven_goes_into_its_folder() {
    let folder = Folder::new();
    let dispatcher = "#!/bin/sh\nfor hook in \"$0\".d/*; do \"$hook\" || exit; done\n";
    write_script(&folder.hook("pre-receive"), dispatcher);
    write_script(&folder.hook("pre-receive.d/other"), FOREIGN);
    let done = folder.install(true).join("\n");
    assert!(
        done.contains("left your hook") && done.contains("it runs graven's"),
        "{done}"
    );
    assert_eq!(
        names(&folder.places.hooks_dir),
        ["pre-receive", "pre-receive.d"]
    );
    assert_eq!(names(&folder.hook("pre-receive.d")), ["graven", "other"]);
    assert!(folder.is_ours("pre-receive.d/graven"));
    assert_eq!(
        fs::read_to_string(folder.hook("pre-receive")).unwrap(),
        dispatcher
    );
    assert!(folder.install(true)[0].contains("up to date"));

    folder.uninstall(true);
    assert_eq!(
        names(&folder.places.hooks_dir),
        ["pre-receive", "pre-receive.d"]
    );
    assert_eq!(names(&folder.hook("pre-receive.d")), ["other"]);
}

#[test]
fn a_folder_that_the_hook_beside_it_never_runs_is_no_place_for_graven() {
    let folder = Folder::new();
    write_script(&folder.hook("pre-receive"), FOREIGN);
    fs::create_dir(folder.hook("pre-receive.d")).unwrap();
    folder.install(true);
    assert!(folder.is_ours("pre-receive"));
    assert_eq!(names(&folder.hook("pre-receive.d")), [""; 0]);
}

// spec: INST-001
#[test]
fn a_file_of_somebody_elses_in_the_folder_of_a_dispatcher_is_not_overwritten() {
    let folder = Folder::new();
    write_script(
        &folder.hook("pre-receive"),
        "#!/bin/sh\nrun-parts \"$0.d\"\n",
    );
    write_script(&folder.hook("pre-receive.d/graven"), FOREIGN);
    let error = folder.try_install(true).unwrap_err();
    assert!(error.message.contains("but the file is not"), "{error}");
    assert_eq!(
        fs::read_to_string(folder.hook("pre-receive.d/graven")).unwrap(),
        FOREIGN
    );
}

// spec: INST-003
#[test]
fn taking_away_leaves_what_is_not_ours() {
    let folder = Folder::new();
    assert!(folder.uninstall(false)[0].starts_with("nothing to remove"));
    write_script(&folder.hook("pre-commit"), FOREIGN);
    write_script(&folder.hook("pre-commit.chained"), FOREIGN);
    folder.install(true);
    let done = folder.uninstall(false).join("\n");
    assert!(done.contains("is not graven's"), "{done}");
    assert_eq!(
        names(&folder.places.hooks_dir),
        ["pre-commit", "pre-commit.chained", "pre-receive"]
    );
}

#[test]
fn a_folder_in_the_place_of_a_hook_is_refused() {
    let folder = Folder::new();
    fs::create_dir_all(folder.hook("pre-commit")).unwrap();
    let error = folder.try_install(false).unwrap_err();
    assert!(
        error.message.ends_with("pre-commit: it is not a file"),
        "{error}"
    );
    assert!(
        error.help[0].text.contains("mv '"),
        "{}",
        error.help[0].text
    );
    assert_eq!(names(&folder.places.hooks_dir), ["pre-commit"]);
}

#[test]
fn a_hooks_folder_from_which_no_hook_would_run_is_refused() {
    let mut folder = Folder::new();
    folder.places.hooks_dir = PathBuf::from("/dev/null");
    assert!(
        folder.try_install(false).unwrap_err().help[0]
            .text
            .contains("git config --unset core.hooksPath")
    );
    assert!(folder.uninstall(false)[0].starts_with("nothing to remove"));
    folder.places.hooks_dir = PathBuf::from("/nowhere/.husky/_");
    assert!(
        folder.try_install(false).unwrap_err().help[0]
            .text
            .contains(".husky/pre-commit")
    );
}
