//! Real commits and pushes by the real git, judged by the real binary that `graven install` put in place.

use crate::support::world::{By, World};

/// Where these tests play: by path, over OpenSSH with `git-shell`, and over `git http-backend`.
const BY_PATH: [World; 2] = [World::of("sha1"), World::of("sha256").with_reftables()];
const OVER_SSH: [World; 1] = [World {
    by: By::Ssh,
    ..World::of("sha1")
}];
const OVER_HTTP: [World; 1] = [World {
    by: By::Http,
    ..World::of("sha256")
}];

/// Makes three tests of each of these functions, which take the worlds that they play in.
macro_rules! each_way {
    ($($test:ident),* $(,)?) => {
        mod by_path {
            $(#[test]
            fn $test() {
                super::$test(&crate::steps::hook::BY_PATH);
            })*
        }
        mod over_ssh {
            $(#[test]
            fn $test() {
                super::$test(&crate::steps::hook::OVER_SSH);
            })*
        }
        mod over_http {
            $(#[test]
            fn $test() {
                super::$test(&crate::steps::hook::OVER_HTTP);
            })*
        }
    };
}

mod amend;
mod branches;
mod called_by_name;
mod commit;
mod merge;
mod message;
mod push;
mod push_refs;
mod pushed_policy;
mod requests;
mod sent;
mod shell;
