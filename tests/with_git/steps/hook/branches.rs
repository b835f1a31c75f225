//! Where a commit stands: on a protected branch, beside it, on none, before the first.

use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED};
use crate::support::world::World;

each_way! {
    a_record_may_be_polished_on_a_side_branch_until_it_is_published,
    editing_what_main_has_published_is_refused_on_a_side_branch_too,
    without_a_protected_branch_every_commit_counts,
    the_strict_reading_judges_each_commit_of_a_side_branch,
    a_detached_head_is_judged_like_a_side_branch,
    the_first_commit_of_all_is_warned_about_and_never_refused,
    an_orphan_branch_has_nothing_before_it,
    a_clone_is_judged_against_what_its_remote_has_published,
}

fn a_record_may_be_polished_on_a_side_branch_until_it_is_published(worlds: &[World]) {
    for &world in worlds {
        let repo = Repo::of_format(world);
        repo.guard().change("a.txt", "1");
        repo.branch("topic").accept();
        for word in ["guard", "hold", "keep"] {
            repo.stage(ADR, &ACCEPTED.replace("keep", word));
            repo.allow(&["commit", "--quiet", "--message", word])
                .lacks(&["graven"]);
        }
        repo.checkout("main");
        repo.allow(&["merge", "--no-ff", "--no-edit", "topic"])
            .lacks(&["graven"]);
        repo.stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "published by now"])
            .has(&["frozen-text-edited"]);
    }
}

fn editing_what_main_has_published_is_refused_on_a_side_branch_too(worlds: &[World]) {
    for &world in worlds {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.branch("topic").change("topic.txt", "1");
        repo.stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"])
            .has(&["frozen-text-edited", ADR]);
        repo.git(&["reset", "--quiet", "--hard"]);
        repo.smuggle(ADR, EDITED);
        repo.stage("topic.txt", "2");
        repo.refuse(&["commit", "--message", "still edited"])
            .has(&["frozen-text-edited"]);
        repo.stage(ADR, ACCEPTED);
        repo.allow(&["commit", "--message", "as it was"])
            .lacks(&["graven"]);
    }
}

fn without_a_protected_branch_every_commit_counts(worlds: &[World]) {
    for &world in worlds {
        let repo = Repo::of_format(world);
        repo.guard()
            .git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
        repo.accept();
        repo.branch("topic").stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"])
            .has(&["frozen-text-edited"]);
    }
}

fn the_strict_reading_judges_each_commit_of_a_side_branch(worlds: &[World]) {
    let repo = Repo::of_format(worlds[0]);
    repo.guard()
        .change("graven.toml", "[branches]\nprotected = [\"**\"]\n");
    repo.branch("topic").accept();
    repo.stage(ADR, EDITED);
    repo.refuse(&["commit", "--message", "lose them"])
        .has(&["frozen-text-edited"]);
}

fn a_detached_head_is_judged_like_a_side_branch(worlds: &[World]) {
    for &world in worlds {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.checkout("HEAD~0").stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"])
            .has(&["frozen-text-edited", ADR]);
        repo.git(&["reset", "--quiet", "--hard"]);
        let own = "sdd/adrs/0002-own.md";
        repo.stage(own, &ACCEPTED.replace("# 1.", "# 2."));
        repo.allow(&["commit", "--message", "a record of its own"]);
        repo.stage(own, &EDITED.replace("# 1.", "# 2."));
        repo.allow(&["commit", "--message", "polished"])
            .lacks(&["graven"]);
    }
}

fn the_first_commit_of_all_is_warned_about_and_never_refused(worlds: &[World]) {
    for &world in worlds {
        let repo = Repo::of_format(world);
        repo.guard()
            .stage(ADR, ACCEPTED)
            .stage("sdd/adrs/0001-twin.md", ACCEPTED)
            .stage("sdd/adrs/no-number.md", DRAFT);
        let said = repo.allow(&["commit", "--quiet", "--message", "all that we had"]);
        said.has(&[
            "graven: allowed, with ",
            "number-taken",
            "file-name-malformed",
        ])
        .lacks(&["error"]);
        repo.stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"])
            .has(&["frozen-text-edited"])
            .lacks(&["number-taken"]);
    }
}

fn an_orphan_branch_has_nothing_before_it(worlds: &[World]) {
    let repo = Repo::of_format(worlds[0]);
    repo.guard().accept();
    repo.git(&["checkout", "--quiet", "--orphan", "island"]);
    repo.stage(ADR, EDITED);
    repo.allow(&["commit", "--quiet", "--message", "another world"])
        .lacks(&["error"]);
}

fn a_clone_is_judged_against_what_its_remote_has_published(worlds: &[World]) {
    for &world in worlds {
        let upstream = Repo::of_format(world);
        upstream.accept();
        let repo = Repo::clone_in(world, &upstream);
        repo.guard().branch("topic").stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"])
            .has(&["frozen-text-edited"]);
        repo.git(&["reset", "--quiet", "--hard"]);
        // The local branch is moved; what the remote published is what counts.
        repo.git(&["branch", "--quiet", "--force", "main", "topic"]);
        repo.git(&["commit", "--quiet", "--allow-empty", "--message", "nothing"]);
        repo.stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"])
            .has(&["frozen-text-edited"]);
    }
}
