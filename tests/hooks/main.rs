//! Real commits and pushes by the real git, judged by the real binary that `graven install` put in place.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

#[path = "../support/mod.rs"]
mod support;

use support::world::World;

mod amend;
mod branches;
mod commit;
mod merge;
mod message;
mod push;
mod push_refs;
mod pushed_policy;
mod sent;

/// Where these tests play.
const WORLDS: [World; 2] = [World::of("sha1"), World::of("sha256").with_reftables()];
