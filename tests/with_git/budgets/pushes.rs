//! Many pushes at once to one server: each gets its own verdict, and judging leaves nothing behind.

use std::fs;
use std::thread;

use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Pushing, Said};

/// Lets the server keep a list of all its files, with what they hold, as it was before and after each run of the hook.
fn watched(pushing: &Pushing, own_temp: &str) {
    let list = "{ ls -laRi . '$TEMP'; find . '$TEMP' -type f -exec cksum {} +; }"
        .replace("$TEMP", own_temp);
    let lines = format!(
        "input=$(cat); export TMPDIR='{own_temp}'\n{list} >../before.$$\n\
         printf '%s\\n' \"$input\" | '{}' hook pre-receive; code=$?\n{list} >../after.$$\nexit $code",
        env!("CARGO_BIN_EXE_graven")
    );
    pushing.server.hook("pre-receive", &lines);
}

/// What was listed in the runs so far, before and after.
fn listed(pushing: &Pushing) -> Vec<(String, String)> {
    let home = pushing.server.path().parent().unwrap();
    let names = fs::read_dir(home)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let text = |name: &str| fs::read_to_string(home.join(name)).unwrap();
    let runs = names.filter_map(|name| name.strip_prefix("before.").map(str::to_owned));
    runs.map(|run| {
        (
            text(&format!("before.{run}")),
            text(&format!("after.{run}")),
        )
    })
    .collect()
}

// spec: BUDGET-012
#[test]
fn judging_a_push_writes_nothing_anywhere() {
    let pushing = Pushing::accepted("sha1");
    let temp = pushing.server.home().join("temp");
    fs::create_dir(&temp).unwrap();
    watched(&pushing, &temp.display().to_string());
    pushing.clone.change(ADR, EDITED);
    pushing.refuse(&["main"]);
    pushing.clone.git(&["revert", "--no-edit", "HEAD"]);
    pushing.clone.change("other.txt", "1");
    pushing.allow(&["main"]);
    let listed = listed(&pushing);
    assert!(!listed.is_empty());
    for (before, after) in listed {
        assert!(
            before.contains("incoming"),
            "the objects of the push are among them:\n{before}"
        );
        assert_eq!(before, after);
    }
}

// spec: BUDGET-012
#[test]
fn of_ten_pushes_at_once_each_gets_its_own_verdict() {
    let pushing = Pushing::of("sha1");
    pushing
        .clone
        .write("graven.toml", "limits.deadline = '10 min'\n")
        .accept();
    pushing.allow(&["main"]);
    let clones: Vec<Repo> = (0..10)
        .map(|_| Repo::clone_of(&pushing.server, &[]))
        .collect();
    let push = |number: usize, clone: Repo| -> (usize, Said) {
        clone.branch(&format!("topic-{number}"));
        for text in ["1", "2", "3"] {
            clone.change(&format!("src/{number}.c"), text);
        }
        if number % 2 == 1 {
            clone.change(ADR, &EDITED.replace("lose", &format!("lose {number} of")));
        }
        (number, clone.attempt(&["push", "origin", "HEAD"]))
    };
    let pushed: Vec<_> = clones
        .into_iter()
        .enumerate()
        .map(|(number, clone)| thread::spawn(move || push(number, clone)))
        .collect();
    for (number, said) in pushed.into_iter().map(|push| push.join().unwrap()) {
        let here = pushing.server.try_git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            &format!("topic-{number}"),
        ]);
        assert_eq!(here.status.success(), number % 2 == 0, "topic-{number}");
        if number % 2 == 0 {
            said.ends(0).lacks(&["graven"]);
        } else {
            let (own, others) = (
                format!("lose {number} of"),
                (1..10).step_by(2).filter(|other| *other != number),
            );
            said.ends(1)
                .has(&["remote: graven: refused: 1 error in 1 document", &own]);
            said.lacks(
                &others
                    .map(|other| format!("lose {other} of"))
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>(),
            );
        }
    }
    let names = fs::read_dir(pushing.server.path().join("objects")).unwrap();
    let left: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.contains("tmp_") || name.contains("incoming")),
        "{left:?}"
    );
}
