//! Which policy judges a push: the one from before it, or one that the server keeps outside.

use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};
use crate::support::world::World;

each_way! {
    a_policy_loosened_in_the_same_push_does_not_count,
    a_policy_that_goes_by_way_of_a_fault_or_of_no_file_is_still_weaker,
    taking_the_policy_away_is_refused_so_that_the_next_is_no_first,
    a_policy_cannot_become_a_link_or_a_folder,
    several_weakenings_that_are_all_undone_are_allowed,
    the_first_policy_of_a_repository_is_free_and_holds_from_the_next_push_on,
    a_policy_that_takes_main_out_of_protection_does_not_unprotect_it,
    a_policy_with_a_fault_is_not_let_in,
    a_policy_outside_the_repository_goes_before_the_one_inside,
}

const POLICY: &str = "graven.toml";

fn a_policy_loosened_in_the_same_push_does_not_count(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change(POLICY, "");
        pushing.allow(&["main"]);
        pushing
            .clone
            .change(POLICY, "[rules]\nfrozen-text-edited = \"allow\"\n");
        pushing
            .refuse(&["main"])
            .has(&["policy-weakened", "graven.toml", "frozen-text-edited"]);
        pushing.clone.change(ADR, EDITED);
        let said = pushing.refuse(&["main"]);
        said.has(&[
            "policy-weakened",
            "error[frozen-text-edited]",
            "2 errors in 2 documents",
        ]);
        pushing.clone.change(POLICY, "");
        pushing
            .refuse(&["main"])
            .has(&["error[frozen-text-edited]"]);
        pushing.clone.change(ADR, ACCEPTED);
        pushing.allow(&["main"]);
    }
}

fn a_policy_that_goes_by_way_of_a_fault_or_of_no_file_is_still_weaker(worlds: &[World]) {
    let weak = "[rules]\nfrozen-text-edited = \"allow\"\n";
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change(POLICY, "");
        pushing.allow(&["main"]);
        let published = pushing.clone.id("main").to_string();
        for between in [Some("["), Some("nonsense = 1"), None] {
            if let Some(text) = between {
                pushing.clone.change(POLICY, text);
            } else {
                pushing.clone.git(&["rm", "--quiet", POLICY]);
                pushing.clone.commit("no policy");
            }
            pushing.clone.change(POLICY, weak);
            pushing.refuse(&["main"]).has(&["error[policy-weakened]"]);
            pushing
                .clone
                .git(&["reset", "--quiet", "--hard", &published]);
        }
    }
}

fn taking_the_policy_away_is_refused_so_that_the_next_is_no_first(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    pushing.clone.change(POLICY, "");
    pushing.allow(&["main"]);
    pushing.clone.git(&["rm", "--quiet", POLICY]);
    pushing.clone.commit("no policy");
    pushing
        .refuse(&["main"])
        .has(&["error[policy-weakened]", "the file was removed", POLICY]);
    pushing.clone.change(POLICY, "");
    pushing.allow(&["main"]).has(&["1 finding restored"]);
}

fn a_policy_cannot_become_a_link_or_a_folder(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    pushing.clone.change(POLICY, "");
    pushing.allow(&["main"]);
    let file = pushing.clone.path().join(POLICY);
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("#", &file).unwrap();
    pushing.clone.commit("a link");
    pushing
        .stopped("remote: graven: not judged: 1 problem\n", &["main"])
        .has(&["graven.toml is not a text file"]);
    std::fs::remove_file(&file).unwrap();
    pushing
        .clone
        .write("graven.toml/inner", "")
        .commit("a folder");
    pushing.refuse(&["main"]).has(&["error[policy-weakened]"]);
}

fn several_weakenings_that_are_all_undone_are_allowed(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    for text in [
        "",
        "[rules]\nnumber-taken = \"warn\"\n",
        "[kind.adr.edits]\ntext = \"warn\"\n",
    ] {
        pushing.clone.change(POLICY, text);
        if text.is_empty() {
            pushing.allow(&["main"]);
        }
    }
    pushing.refuse(&["main"]).has(&["2 errors in 1 document"]);
    pushing.clone.change(POLICY, "");
    pushing.allow(&["main"]).has(&["2 findings restored"]);
}

fn the_first_policy_of_a_repository_is_free_and_holds_from_the_next_push_on(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing
            .clone
            .change(POLICY, "[kind.adr.edits]\ntext = \"warn\"\n");
        pushing.clone.change(ADR, EDITED);
        pushing.refuse(&["main"]).has(&["frozen-text-edited"]);
        pushing.allow(&["main~1:main"]);
        let said = pushing.allow(&["main"]);
        said.has(&[
            "graven: allowed, with 1 warning in 1 document",
            "warning[frozen-text-edited]",
        ]);
    }
}

fn a_policy_that_takes_main_out_of_protection_does_not_unprotect_it(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    pushing.clone.change(POLICY, "");
    pushing.allow(&["main"]);
    pushing
        .clone
        .change(POLICY, "[branches]\nprotected = [\"release/*\"]\n");
    pushing.clone.change(ADR, EDITED);
    pushing
        .refuse(&["main"])
        .has(&["policy-weakened", "frozen-text-edited"]);
}

fn a_policy_with_a_fault_is_not_let_in(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing
            .clone
            .change(POLICY, "[rules]\nfrozen-text-edit = \"warn\"\n");
        let said = pushing.stopped("remote: graven: not judged: 1 problem\n", &["main"]);
        said.has(&[
            "graven.toml:2:1",
            "unknown rule",
            "did you mean",
            "frozen-text-edited",
        ]);
        pushing.clone.change(POLICY, "");
        pushing.allow(&["main"]);
    }
}

fn a_policy_outside_the_repository_goes_before_the_one_inside(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        let file = pushing.server.home().join("house rules.toml");
        std::fs::write(&file, "[kind.adr.edits]\ntext = \"warn\"\n").unwrap();
        pushing
            .server
            .git(&["config", "graven.policy", file.to_str().unwrap()]);
        pushing.clone.change(ADR, EDITED);
        pushing
            .allow(&["main"])
            .has(&["warning[frozen-text-edited]"]);
        std::fs::remove_file(&file).unwrap();
        pushing.clone.change("other.txt", "1");
        let said = pushing.stopped("remote: graven: not judged: 1 problem\n", &["main"]);
        said.has(&[
            "house rules.toml",
            "cannot be read",
            "git config graven.policy",
        ]);
    }
}
