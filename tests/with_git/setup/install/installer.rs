//! `install.sh` from end to end, with a binary that is given: the stand-in, since building takes minutes.

use std::fs;
use std::path::{Path, PathBuf};

use super::world::{Said, World, mode, names, write_script};

pub(crate) fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("install.sh")
}

/// Runs `install.sh` with the prefix `$HOME/.local` and these arguments.
fn run(world: &World, args: &[&str]) -> Said {
    Said::of(world.command(script(), &world.path("")).args(args))
}

/// The same, with the stand-in as the binary.
fn install(world: &World, args: &[&str]) -> Said {
    world.stand_in("built/graven");
    run(world, &[&["--binary", "built/graven"], args].concat())
}

fn installed(world: &World) -> PathBuf {
    world.path("home/.local/bin/graven")
}

#[test]
fn the_binary_and_the_hooks_are_installed_and_the_history_is_audited() {
    let world = World::new();
    let repository = world.repository("repo");
    world.commit(&repository, "one");
    for _ in 0..2 {
        let said = install(&world, &["repo"]);
        assert_eq!(said.code, 0, "{}", said.all());
        assert!(said.out.contains("audited: 3 steps"), "{}", said.out);
        assert!(said.out.contains("is not on your PATH"), "{}", said.out);
        let repository = repository.display();
        assert_eq!(
            world.seen(),
            format!("<install><--repo><{repository}>\n<audit><--repo><{repository}>\n")
        );
        assert_eq!(mode(&installed(&world)), 0o755);
        assert_eq!(
            names(&world.path("home/.local/bin")),
            ["graven"],
            "nothing else is left there"
        );
    }
}

#[test]
fn a_bare_repository_is_a_servers_and_one_without_a_commit_is_not_audited() {
    let world = World::new();
    let server = world.server("server side.git");
    let said = install(&world, &["server side.git"]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(said.out.contains("has no commits yet"), "{}", said.out);
    assert_eq!(
        world.seen(),
        format!("<install><--server><--repo><{}>\n", server.display())
    );
}

#[test]
fn the_prefix_can_be_chosen_and_its_folder_may_be_on_path() {
    let world = World::new();
    world.repository("repo");
    world.stand_in("built/graven");
    let path = format!(
        "{}:{}",
        world.path("opt/bin").display(),
        super::world::path_without_graven().to_str().unwrap()
    );
    let args = [
        "--prefix",
        "opt",
        "--server",
        "--binary",
        "built/graven",
        "repo",
    ];
    let said = Said::of(
        world
            .command(script(), &world.path(""))
            .args(args)
            .env("PATH", path),
    );
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(!said.out.contains("is not on your PATH"), "{}", said.out);
    assert!(world.path("opt/bin/graven").exists() && !installed(&world).exists());
    assert!(world.seen().starts_with("<install><--server>"));
}

#[test]
fn findings_in_the_history_are_no_failure_but_a_history_that_cannot_be_judged_is() {
    let world = World::new();
    world.commit(&world.repository("repo"), "one");
    world.make_stand_in_end("audit", 1);
    let said = install(&world, &["repo"]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(
        said.out
            .ends_with("the history above has findings; they do not block new commits\n"),
        "{}",
        said.out
    );
    world.make_stand_in_end("audit", 2);
    let said = install(&world, &["repo"]);
    assert_eq!(said.code, 2, "{}", said.all());
    assert!(
        said.out.contains("could not be judged") && installed(&world).exists(),
        "{}",
        said.out
    );
}

#[test]
fn hooks_that_cannot_be_installed_are_a_failure() {
    let world = World::new();
    world.commit(&world.repository("repo"), "one");
    world.make_stand_in_end("install", 2);
    let said = install(&world, &["repo"]);
    assert_eq!(said.code, 1, "{}", said.all());
    assert!(
        said.err.contains("the hooks are not installed"),
        "{}",
        said.err
    );
}

// spec: INST-001
#[test]
fn what_is_not_graven_is_neither_overwritten_nor_removed() {
    let world = World::new();
    let foreign = "#!/bin/sh\necho gravenhorst 1.0\n";
    write_script(&installed(&world), foreign);
    for said in [install(&world, &[]), run(&world, &["--uninstall"])] {
        assert_eq!(said.code, 1, "{}", said.all());
        assert!(
            said.err.contains("exists and is not graven"),
            "{}",
            said.err
        );
    }
    assert_eq!(fs::read_to_string(installed(&world)).unwrap(), foreign);
}

#[test]
fn a_given_binary_that_is_not_graven_is_not_installed() {
    let world = World::new();
    write_script(&world.path("other"), "#!/bin/sh\nexit 0\n");
    let said = run(&world, &["--binary", "other"]);
    assert_eq!(
        (said.code, installed(&world).exists()),
        (1, false),
        "{}",
        said.all()
    );
    assert!(said.err.contains("does not run as graven"), "{}", said.err);
}

// spec: INST-004
#[test]
fn a_folder_that_is_no_repository_is_refused_before_anything_is_installed() {
    let world = World::new();
    for (folder, told) in [
        ("home", "is not a Git repository"),
        ("nowhere", "is not a folder"),
    ] {
        let said = install(&world, &[folder]);
        assert_eq!(
            (said.code, installed(&world).exists()),
            (1, false),
            "{}",
            said.all()
        );
        assert!(said.err.contains(told), "{}", said.err);
    }
}

// spec: INST-003
#[test]
fn uninstalling_takes_the_hooks_and_the_binary_away_and_may_be_done_again() {
    let world = World::new();
    let repository = world.repository("repo");
    install(&world, &["repo"]);
    world.seen();
    let said = run(&world, &["--uninstall", "repo"]);
    assert_eq!(
        (said.code, installed(&world).exists()),
        (0, false),
        "{}",
        said.all()
    );
    assert_eq!(
        world.seen(),
        format!("<uninstall><--repo><{}>\n", repository.display())
    );
    let said = run(&world, &["--uninstall", "repo"]);
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(said.out.contains("nothing to remove"), "{}", said.out);
}

#[test]
fn hooks_without_their_binary_are_not_passed_over_in_silence() {
    let world = World::new();
    let repository = world.repository("repo");
    fs::copy(
        script().with_file_name("hooks/pre-push"),
        repository.join(".git/hooks/pre-push"),
    )
    .unwrap();
    let said = run(&world, &["--uninstall", "repo"]);
    assert_eq!(said.code, 1, "{}", said.all());
    assert!(said.err.contains("has graven's hooks"), "{}", said.err);
}

#[test]
fn a_missing_cargo_or_c_compiler_is_told_with_its_remedy() {
    let world = World::new();
    let tools = world.path("tools");
    for tool in ["sh", "dirname", "cat", "sed"] {
        write_script(
            &tools.join(tool),
            &format!("#!/bin/sh\nPATH=/usr/bin:/bin exec {tool} \"$@\"\n"),
        );
    }
    let run = || {
        Said::of(
            world
                .command("/bin/sh", &world.path(""))
                .arg(script())
                .env("PATH", &tools)
                .env_remove("CC"),
        )
    };
    let said = run();
    assert_eq!(said.code, 1, "{}", said.all());
    assert!(
        said.err
            .contains("cargo is not on PATH; install Rust from https://rustup.rs"),
        "{}",
        said.err
    );

    write_script(&tools.join("cargo"), "#!/bin/sh\nexit 0\n");
    let said = run();
    assert_eq!(said.code, 1, "{}", said.all());
    assert!(
        said.err.contains("the C compiler") && said.err.contains("gcc libc6-dev"),
        "{}",
        said.err
    );
}

#[test]
fn help_is_printed_and_what_is_not_understood_is_refused() {
    let world = World::new();
    let said = run(&world, &["--help"]);
    assert!(
        said.code == 0 && said.out.starts_with("Usage: ./install.sh"),
        "{}",
        said.all()
    );
    for args in [
        &["--sever"][..],
        &["--prefix"],
        &["--binary", ""],
        &["one", "two"],
    ] {
        let said = run(&world, args);
        assert_eq!(
            (said.code, said.err.lines().count()),
            (1, 1),
            "{args:?}: {}",
            said.all()
        );
    }
}
