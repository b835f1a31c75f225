//! Standard input, arguments and surroundings of a hook that are not what Git gives.

use std::io::Write;
use std::process::Stdio;

use crate::support::guarded::{ADR, EDITED, Pushing, Said};
use crate::support::{FORMATS, Repo};

/// Feeds a hook from a shell, as the wrapper of a host might.
fn fed(repo: &Repo, arguments: &[&str], input: &[u8]) -> Said {
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A hook that does not read what it is given may have gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    let said = Said::from(child.wait_with_output().unwrap());
    said.lacks(&["panicked"]);
    said
}

#[test]
fn a_malformed_line_is_named_and_hides_no_other() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let before = repo.accept().to_string();
        let after = repo.change(ADR, EDITED).to_string();
        repo.git(&["reset", "--quiet", "--hard", &before]);
        let zero = "0".repeat(before.len());
        for bad in [
            "garbage",
            "\u{1b}[31mred",
            &format!("{before} {after}"),
            &format!("{zero} {} refs/heads/x", &after[1..]),
        ] {
            let alone = fed(
                &repo,
                &["hook", "pre-receive"],
                format!("{bad}\n").as_bytes(),
            );
            alone.ends(2).has(&[
                "graven: not judged: 1 problem\n",
                "line 1 of standard input is malformed:",
                "let Git call the hook",
            ]);
            alone.lacks(&["\u{1b}"]);
            let among = fed(
                &repo,
                &["hook", "pre-receive"],
                format!("{bad}\n{before} {after} refs/heads/main\n").as_bytes(),
            );
            among.ends(1).has(&[
                "graven: refused: 1 error in 1 document; 1 problem\n",
                "frozen-text-edited",
            ]);
        }
        let json = fed(
            &repo,
            &["--format", "json", "hook", "pre-receive"],
            b"garbage\n",
        );
        let read: serde_json::Value = serde_json::from_str(&json.ends(2).out).unwrap();
        assert_eq!(read["outcome"], "not-judged");
        fed(&repo, &["hook", "pre-receive"], b"\n \n").ends(0);
        fed(&repo, &["hook", "pre-receive"], b"\xff\0\xfe\n")
            .ends(2)
            .has(&["\\xff"]);
    }
}

#[test]
fn a_line_about_an_object_that_is_not_there_is_not_judged() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let before = repo.accept().to_string();
        let nothing = "1".repeat(before.len());
        let (to, from) = (
            format!("{before} {nothing} refs/heads/main"),
            format!("{nothing} {before} refs/heads/main"),
        );
        for line in [to, from] {
            let said = fed(&repo, &["hook", "pre-receive"], line.as_bytes());
            said.ends(2).has(&[
                "cannot judge: refs/heads/main",
                "111111111111",
                "git fsck --full",
            ]);
        }
        let blob = repo.git(&["rev-parse", &format!("HEAD:{ADR}")]);
        let said = fed(
            &repo,
            &["hook", "pre-receive"],
            format!("{before} {blob} refs/heads/main\n").as_bytes(),
        );
        said.ends(2)
            .has(&["refs/heads/main would point to ", ", which is not a commit"]);
    }
}

#[test]
fn a_hook_called_with_the_wrong_arguments_says_how_it_is_called() {
    let repo = Repo::init();
    repo.accept();
    for (hook, wanted) in [
        ("update", "a ref, its old ID and its new ID"),
        ("pre-push", "the name and the URL of a remote"),
    ] {
        let said = fed(&repo, &["hook", hook, "one"], b"");
        said.ends(2).has(&[
            &format!("{hook} takes {wanted}"),
            "exec graven hook <name> \"$@\"",
        ]);
    }
    fed(&repo, &["hook", "post-commit"], b"")
        .ends(2)
        .has(&["pre-commit, pre-merge-commit, commit-msg, pre-push, pre-receive, update"]);
    fed(&repo, &["hook"], b"").ends(2).has(&["<NAME>"]);
    let outside = repo.home().join("outside");
    std::fs::create_dir(&outside).unwrap();
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    let said = Said::of(command.current_dir(&outside).args(["hook", "pre-commit"]));
    said.ends(2)
        .has(&["no repository at .", "graven: not judged: 1 problem"]);
}

#[test]
fn a_broken_merge_is_not_taken_for_none() {
    let repo = Repo::init();
    repo.guard().accept();
    repo.branch("topic").smuggle("clash.txt", "topic");
    repo.checkout("main").smuggle("clash.txt", "main");
    repo.attempt(&["merge", "topic"]).ends(1);
    repo.stage("clash.txt", "both");
    std::fs::write(repo.path().join(".git/MERGE_HEAD"), "garbage\n").unwrap();
    let said = repo.graven(&["check"]);
    said.ends(2)
        .has(&["MERGE_HEAD names no commit: garbage", "git merge --abort"]);
}

#[test]
fn a_configuration_of_the_pusher_that_cannot_be_read_does_not_matter() {
    for format in FORMATS {
        let pushing = Pushing::accepted(format);
        // Git takes the other name first and does not see this file; libgit2 trips over it.
        let personal = pushing.clone.home().join("xdg/git");
        std::fs::create_dir_all(&personal).unwrap();
        std::fs::write(personal.join("config"), "[broken").unwrap();
        pushing.clone.set(
            "XDG_CONFIG_HOME",
            personal.parent().unwrap().to_str().unwrap(),
        );
        pushing.clone.change("other.txt", "1");
        assert_eq!(pushing.allow(&["main"]).remote(), "");
        pushing.clone.change(ADR, EDITED);
        pushing.refuse(&["main"]).has(&["frozen-text-edited"]);
        pushing.clone.install("pre-commit");
        pushing.clone.stage(ADR, &EDITED.replace("lose", "burn"));
        pushing
            .clone
            .refuse(&["commit", "--message", "burn them"])
            .has(&["frozen-text-edited"]);
    }
}
