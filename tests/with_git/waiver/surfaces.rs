//! One edit, wherever it is judged.

use std::fs;

use super::{NOTE, REASON, RIGHT, WRONG, pushed, waive};
use crate::support::Repo;
use crate::support::guarded::Pushing;

/// Everything that hooks and commands said of findings: their state, fingerprint and reason.
fn told(text: &str) -> Vec<[String; 3]> {
    let reports = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    let mut told = Vec::new();
    for report in reports {
        for finding in report.unwrap()["findings"].as_array().unwrap() {
            let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            told.push([
                word(&finding["state"]),
                word(&finding["fingerprint"]),
                word(&finding["waivers"][0]["reason"]),
            ]);
        }
    }
    told
}

/// Makes graven the hook of that name, and lets it say as JSON what it finds.
fn listen(repo: &Repo, hook: &str, to: &std::path::Path) {
    let graven = env!("CARGO_BIN_EXE_graven");
    repo.hook(
        hook,
        &format!(
            "exec '{graven}' --format json hook {hook} \"$@\" >>'{}'",
            to.display()
        ),
    );
}

// spec: WAIVER-005
// spec: WAIVER-009
#[test]
fn one_waiver_lifts_one_edit_on_every_surface() {
    let (server, clone) = (Repo::bare(), Repo::init());
    let heard = clone.home().join("heard");
    fs::write(&heard, "").unwrap();
    clone.git(&["remote", "add", "origin", &server.url()]);
    clone.change(NOTE, WRONG);
    clone.allow(&["push", "origin", "main", "main:release"]);
    clone.git(&["remote", "set-head", "origin", "main"]);
    listen(&clone, "pre-commit", &heard);
    listen(&server, "pre-receive", &heard);
    let mut surfaces = 0;
    let mut hear = |what: &str, more: &str| {
        surfaces += 1;
        let text = format!("{}{more}", fs::read_to_string(&heard).unwrap());
        assert_eq!(told(&text).len(), 1, "{what}: {text}");
        fs::write(&heard, "").unwrap();
        told(&text).remove(0)
    };
    let mut prints = Vec::new();

    // As it was made: a commit, a range, a push of the branch.
    clone.branch("topic").stage(NOTE, RIGHT);
    waive(&clone, REASON);
    clone.allow(&["commit", "--quiet", "--message", "correct the unit"]);
    prints.push(hear("pre-commit", ""));
    prints.push(hear(
        "check",
        &clone
            .graven(&["--format", "json", "check", "main..topic"])
            .ends(0)
            .out,
    ));
    clone.allow(&["push", "origin", "topic"]);
    prints.push(hear("pre-receive of the topic", ""));

    // Rebased on what the others did.
    clone.checkout("main").change("other", "1");
    clone.allow(&["push", "origin", "main"]);
    fs::write(&heard, "").unwrap();
    hear_nothing(&heard);
    clone
        .checkout("topic")
        .allow(&["rebase", "--quiet", "main"]);
    fs::write(&heard, "").unwrap();
    clone.allow(&["push", "--force", "origin", "topic"]);
    prints.push(hear("pre-receive of the rebased topic", ""));

    // Squashed into the protected branch.
    clone
        .checkout("main")
        .allow(&["merge", "--quiet", "--squash", "topic"]);
    clone.allow(&[
        "commit",
        "--quiet",
        "--message",
        "correct the unit, squashed",
    ]);
    prints.push(hear("pre-commit of the squash", ""));
    clone.allow(&["push", "origin", "main"]);
    prints.push(hear("pre-receive of the protected branch", ""));
    prints.push(hear(
        "audit",
        &clone.graven(&["--format", "json", "audit"]).ends(0).out,
    ));

    // Picked to another branch, where nothing but the first version was published.
    clone.allow(&["checkout", "--quiet", "-b", "release", "origin/release"]);
    clone.allow(&["cherry-pick", "main"]);
    fs::write(&heard, "").unwrap();
    prints.push(hear(
        "check of the pick",
        &clone
            .graven(&["--format", "json", "check", "main~2..release"])
            .ends(0)
            .out,
    ));

    assert_eq!(surfaces, 8);
    let [state, print, reason] = &prints[0];
    assert_eq!((state.as_str(), reason.as_str()), ("waived", REASON));
    assert!(print.starts_with("g1-"));
    assert!(
        prints.iter().all(|other| other == &prints[0]),
        "{prints:#?}"
    );
}

fn hear_nothing(heard: &std::path::Path) {
    assert_eq!(fs::read_to_string(heard).unwrap(), "");
}

// spec: WAIVER-003
// spec: WAIVER-009
#[test]
fn a_research_note_is_corrected_with_a_waiver_through_commit_and_push() {
    let pushing = pushed();
    let clone = &pushing.clone;
    clone.guard();
    clone.stage(NOTE, RIGHT);
    let said = clone.refuse(&["commit", "--quiet", "--message", "correct the unit"]);
    said.has(&["graven waive --rule frozen-text-edited --subject sdd/research/research-parquet.md --reason \"…\""]);
    let file = waive(clone, REASON);
    let said = clone.allow(&["commit", "--quiet", "--message", "correct the unit"]);
    let waived = format!("waived by {file}: {REASON}");
    said.has(&[
        "note[frozen-text-edited]",
        &waived,
        "graven: allowed, with 1 finding waived",
    ]);
    let said = pushing.allow(&["main"]);
    said.has(&[
        "note[frozen-text-edited]",
        REASON,
        "graven: allowed, with 1 finding waived",
    ]);
    clone.graven(&["audit"]).ends(0).has(&[
        "note[frozen-text-edited]",
        &waived,
        "1 finding waived",
    ]);
    clone
        .graven(&["check", "HEAD~1..HEAD"])
        .ends(0)
        .has(&["note[frozen-text-edited]", &waived]);
}

// spec: WAIVER-005
#[test]
fn an_edit_without_its_waiver_is_refused_and_one_that_comes_later_in_the_push_is_allowed() {
    let pushing = pushed();
    let clone = &pushing.clone;
    clone.stage(NOTE, RIGHT);
    waive(clone, REASON);
    clone.git(&["reset", "--quiet", "--", "sdd/waivers"]);
    clone.commit_index("correct the unit");
    pushing.refuse(&["main"]);
    clone.commit("say why");
    pushing
        .allow(&["main"])
        .has(&["allowed, with 1 finding waived"]);
}

// spec: WAIVER-007
#[test]
fn a_history_with_waivers_moves_to_a_new_server_without_a_word() {
    let (old, new) = (Pushing::of("sha1"), Pushing::of("sha1"));
    let clone = &old.clone;
    clone.change(NOTE, WRONG);
    clone.stage(NOTE, RIGHT);
    waive(clone, REASON);
    clone.commit_index("correct the unit");
    clone.git(&["remote", "add", "new", &new.server.url()]);
    clone
        .allow(&["push", "new", "main"])
        .lacks(&["waiver-unused"]);
    clone
        .graven(&["audit"])
        .ends(0)
        .has(&["1 finding waived"])
        .lacks(&["waiver-unused"]);
}
