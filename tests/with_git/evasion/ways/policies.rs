//! Ways by the policy.

use std::fs;
use std::os::unix::fs::symlink;

use super::{
    EDIT, accepted, case, edit, not_judged, publish, refused, remove, unguarded, unguarded_push,
};
use crate::evasion::case::{Group, Last, Verdict, push};
use crate::support::guarded::{ADR, EDITED, Pushing};

const POLICY: &str = "graven.toml";
const LOOSE: &str = "[rules]\nfrozen-text-edited = \"allow\"\n";
const GOES_TO_ALLOW: Verdict = weaker("`frozen-text-edited` changes from forbid to allow");

pub(crate) const GROUP: Group = Group {
    title: "By the policy",
    cases: &[
        case(
            "loosen-and-edit",
            "the policy is loosened in one commit, and the next edits the record",
            EDIT,
            |pushing| {
                guarded(pushing).clone.change(POLICY, LOOSE);
                edit(pushing)
            },
        ),
        case(
            "loosen-edit-and-tighten",
            "the same, and a third commit puts the policy back",
            EDIT,
            |pushing| {
                guarded(pushing).clone.change(POLICY, LOOSE);
                pushing.clone.change(ADR, EDITED);
                pushing.clone.change(POLICY, "");
                push(&["main"])
            },
        ),
        case(
            "loosen-first",
            "the policy is loosened in a push of its own, so that the next may edit",
            GOES_TO_ALLOW,
            |pushing| rewrite(pushing, LOOSE),
        ),
        case(
            "loosen-in-a-branch",
            "a branch loosens the policy, and main merges it",
            GOES_TO_ALLOW,
            |pushing| {
                guarded(pushing).clone.branch("topic").change(POLICY, LOOSE);
                pushing.clone.checkout("main").merge(&["topic"]);
                push(&["main"])
            },
        ),
        case(
            "loosen-on-an-island",
            "a branch that shares no history has a loose policy, and main follows it",
            GOES_TO_ALLOW,
            |pushing| {
                guarded(pushing)
                    .clone
                    .git(&["checkout", "--quiet", "--orphan", "island"]);
                pushing.clone.change(POLICY, LOOSE);
                push(&["--force", "island:main"])
            },
        ),
        case(
            "loosen-with-the-first",
            "the first policy of all comes with the edit that it allows",
            EDIT,
            |pushing| {
                accepted(pushing).clone.change(POLICY, LOOSE);
                edit(pushing)
            },
        ),
        case(
            "delete-the-policy",
            "the policy is deleted, so that the next one would be the first",
            weaker("the file was removed"),
            |pushing| {
                remove(guarded(pushing), POLICY);
                push(&["main"])
            },
        ),
        case(
            "policy-by-way-of-none",
            "the policy is deleted, and a loose one comes as the first, in one push",
            weaker("the file was removed"),
            |pushing| {
                remove(guarded(pushing), POLICY);
                pushing.clone.change(POLICY, LOOSE);
                push(&["main"])
            },
        ),
        case(
            "policy-under-another-case",
            "the policy is renamed to `Graven.toml`",
            weaker("the file was removed"),
            |pushing| {
                guarded(pushing).clone.git(&["mv", POLICY, "Graven.toml"]);
                pushing.clone.commit("rename");
                push(&["main"])
            },
        ),
        case(
            "policy-as-a-link",
            "a symbolic link takes the place of the policy",
            not_judged("graven.toml is not a text file"),
            |pushing| {
                fs::remove_file(guarded(pushing).clone.path().join(POLICY)).unwrap();
                symlink("other.toml", pushing.clone.path().join(POLICY)).unwrap();
                pushing.clone.commit("a link");
                push(&["main"])
            },
        ),
        case(
            "policy-as-a-folder",
            "a folder takes the place of the policy",
            weaker("the file was removed"),
            |pushing| {
                remove(guarded(pushing), POLICY);
                pushing.clone.change("graven.toml/text", "");
                push(&["main"])
            },
        ),
        case(
            "policy-as-a-submodule",
            "a submodule takes the place of the policy",
            not_judged("graven.toml is not a text file"),
            |pushing| {
                let commit = guarded(pushing).clone.id("HEAD");
                pushing.clone.git(&["rm", "--quiet", "--cached", POLICY]);
                pushing.clone.git(&[
                    "update-index",
                    "--add",
                    "--cacheinfo",
                    &format!("160000,{commit},{POLICY}"),
                ]);
                pushing.clone.commit_index("a submodule");
                push(&["main"])
            },
        ),
        case(
            "policy-in-utf-16",
            "the policy is saved as UTF-16",
            not_judged("graven.toml is not a text file"),
            |pushing| {
                let wide: Vec<u8> = "\u{feff}[rules]\n"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect();
                fs::write(guarded(pushing).clone.path().join(POLICY), wide).unwrap();
                pushing.clone.commit("save");
                push(&["main"])
            },
        ),
        case(
            "policy-with-a-fault",
            "the policy gets a fault, so that nothing can be judged by it",
            not_judged("graven.toml:1:1"),
            |pushing| rewrite(pushing, "nonsense = 1\n"),
        ),
        case(
            "policy-too-large",
            "the policy grows beyond what the next push would read",
            not_judged("over the limit of 262144"),
            |pushing| rewrite(pushing, &format!("#{}\n", "x".repeat(1 << 20))),
        ),
        case(
            "policy-by-way-of-a-fault",
            "the policy gets a fault in one commit, and comes back loose in the next",
            GOES_TO_ALLOW,
            |pushing| {
                guarded(pushing).clone.change(POLICY, "[");
                pushing.clone.change(POLICY, LOOSE);
                push(&["main"])
            },
        ),
        case(
            "mend-a-fault-loosely",
            "a policy whose fault was published before graven came is mended, and loosened with it",
            GOES_TO_ALLOW,
            |pushing| {
                unguarded(guarded(pushing), POLICY, "[")
                    .clone
                    .change(POLICY, LOOSE);
                push(&["main"])
            },
        ),
        case(
            "mend-a-fault-loosely-in-two",
            "the same in two commits, of which the first has a fault as well",
            GOES_TO_ALLOW,
            |pushing| {
                unguarded(guarded(pushing), POLICY, "[")
                    .clone
                    .change(POLICY, "[[");
                pushing.clone.change(POLICY, LOOSE);
                push(&["main"])
            },
        ),
        case(
            "mend-a-fault-and-edit",
            "the policy is mended as it was, and another commit of the push edits the record",
            EDIT,
            |pushing| {
                unguarded(guarded(pushing), POLICY, "[");
                pushing.clone.change(ADR, EDITED);
                pushing.clone.change(POLICY, "");
                push(&["main"])
            },
        ),
        case(
            "mend-a-link-loosely",
            "a link that was published in place of the policy before graven came becomes a loose policy",
            GOES_TO_ALLOW,
            |pushing| {
                fs::remove_file(guarded(pushing).clone.path().join(POLICY)).unwrap();
                symlink("other.toml", pushing.clone.path().join(POLICY)).unwrap();
                pushing.clone.commit("a link");
                unguarded_push(pushing, &["main"]);
                fs::remove_file(pushing.clone.path().join(POLICY)).unwrap();
                pushing.clone.change(POLICY, LOOSE);
                push(&["main"])
            },
        ),
        case(
            "edit-below-a-fault",
            "the policy has had a fault since before graven came, and the record is edited",
            not_judged("graven.toml:1:1"),
            |pushing| edit(unguarded(guarded(pushing), POLICY, "nonsense = 1\n")),
        ),
        case(
            "unprotect-all",
            "no branch is protected any more",
            weaker("the default branch is no longer protected"),
            |pushing| rewrite(pushing, "[branches]\nprotected = []\n"),
        ),
        case(
            "unprotect-main",
            "main is protected as the default branch alone",
            weaker("`main` is no longer protected"),
            |pushing| rewrite(pushing, "[branches]\nprotected = [\"HEAD\"]\n"),
        ),
        case(
            "preset-none",
            "the policy begins from nothing",
            weaker("the backlog is no longer read"),
            |pushing| rewrite(pushing, "preset = \"none\"\n"),
        ),
        case(
            "without-the-kind",
            "the kind of the record is left out",
            weaker("kind `adr` is removed"),
            |pushing| rewrite(pushing, "without = [\"adr\"]\n"),
        ),
        case(
            "freeze-never",
            "the kind never freezes",
            weaker("`kind.adr.freeze` changes from when-accepted to never"),
            |pushing| rewrite(pushing, "[kind.adr]\nfreeze = \"never\"\n"),
        ),
        case(
            "narrow-globs",
            "the globs become so narrow that the record belongs to no kind",
            weaker("`sdd/adrs/[0-9]*-*.md` is removed from"),
            |pushing| rewrite(pushing, "[kind.adr]\npaths = [\"sdd/adrs/[0-9]*-?.md\"]\n"),
        ),
        case(
            "kind-in-front",
            "another kind takes the record before its own does",
            weaker("kind `draft` now matches `sdd/adrs/**` before kind `adr`"),
            |pushing| {
                rewrite(
                    pushing,
                    "[kind.draft]\npaths = [\"sdd/adrs/**\"]\nfreeze = \"never\"\n",
                )
            },
        ),
        case(
            "edits-allowed",
            "the kind allows that words change",
            weaker("`text` edits of kind `adr` change from forbid to allow"),
            |pushing| rewrite(pushing, "[kind.adr.edits]\ntext = \"allow\"\n"),
        ),
        case(
            "accepted-is-open",
            "the word Accepted becomes an open one",
            weaker("the status word `accepted` is now open"),
            |pushing| {
                rewrite(
                    pushing,
                    "[kind.adr.status]\nopen = [\"Draft\", \"Proposed\", \"Accepted\"]\nfrozen = [\"Agreed\"]\n",
                )
            },
        ),
        case(
            "accepted-means-draft",
            "the word Accepted becomes another spelling of Draft",
            not_judged("graven.toml:"),
            |pushing| {
                rewrite(
                    pushing,
                    "[kind.adr.status]\naliases = { Accepted = \"Draft\" }\n",
                )
            },
        ),
        case(
            "way-back",
            "a way leads back from Accepted to Draft",
            weaker("`Accepted` may now become `Draft`"),
            |pushing| {
                rewrite(
                    pushing,
                    "[kind.adr.status.edges]\nAccepted = [\"Draft\", \"Superseded\", \"Deprecated\"]\n",
                )
            },
        ),
        case(
            "number-unread",
            "numbers are read in another way",
            weaker("the number pattern of kind `adr` changes"),
            |pushing| rewrite(pushing, "[kind.adr]\nnumber = '^(?<number>\\d)'\n"),
        ),
        case(
            "limit-lowered",
            "the limit becomes so low that records are too large to read",
            weaker("documents over 1024 bytes are no longer read"),
            |pushing| rewrite(pushing, "[limits]\nblob = \"1 KiB\"\n"),
        ),
        case(
            "waivers-elsewhere",
            "waivers stand in another folder",
            weaker("waivers in `sdd/waivers` are no longer frozen"),
            |pushing| rewrite(pushing, "[waivers]\nfolder = \"drafts\"\n"),
        ),
        case(
            "waivers-without-reason",
            "a reason of one letter is enough for a waiver",
            weaker("the minimum length of a reason changes from 20 to 1"),
            |pushing| rewrite(pushing, "[waivers]\nreason = 1\n"),
        ),
        case(
            "sections-unread",
            "sections are read by another pattern",
            weaker("the pattern `kind.spec.sections.heading` changes"),
            |pushing| rewrite(pushing, "[kind.spec.sections]\nid = 'NONE-\\d+'\n"),
        ),
        case(
            "tests-elsewhere",
            "tests are looked for elsewhere",
            weaker("`tests/**` is removed from `trace.tests`"),
            |pushing| rewrite(pushing, "[trace]\ntests = [\"none/**\"]\n"),
        ),
        case(
            "backlog-elsewhere",
            "the backlog is looked for elsewhere",
            weaker("items in sdd/BACKLOG.md are no longer read"),
            |pushing| {
                rewrite(
                    pushing,
                    "[backlog]\nopen = \"todo.md\"\ndone = \"done.md\"\n",
                )
            },
        ),
    ],
};

const fn weaker(message: &'static str) -> Verdict {
    refused("policy-weakened", message)
}

/// The record is published under a policy that says nothing of its own.
fn guarded(pushing: &Pushing) -> &Pushing {
    publish(accepted(pushing), POLICY, "")
}

/// The policy becomes this one, in a push of its own.
fn rewrite(pushing: &Pushing, text: &str) -> Last {
    guarded(pushing).clone.change(POLICY, text);
    push(&["main"])
}
