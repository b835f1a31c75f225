//! The tests of the hooks that a push asks, over OpenSSH with `git-shell`, and what that shell is there for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

#[path = "../support/mod.rs"]
mod support;

use support::world::{By, World};

#[path = "../hooks/branches.rs"]
mod branches;
#[path = "../hooks/push.rs"]
mod push;
#[path = "../hooks/push_refs.rs"]
mod push_refs;
#[path = "../hooks/pushed_policy.rs"]
mod pushed_policy;
#[path = "../hooks/sent.rs"]
mod sent;
mod shell;

/// Where these tests play.
const WORLDS: [World; 1] = [World {
    by: By::Ssh,
    ..World::of("sha1")
}];
