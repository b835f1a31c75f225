//! The requests of a push: in chunks, and without a password.

use std::fs;

use sha2::{Digest, Sha256};

use super::OVER_HTTP;
use crate::support::guarded::{ADR, EDITED, Pushing};
use crate::support::served;

/// More than git keeps back to send at once, and nothing that it could make smaller.
fn incompressible() -> Vec<u8> {
    (0..4096_u32)
        .flat_map(|number| Sha256::digest(number.to_be_bytes()))
        .collect()
}

// spec: HOST-001
#[test]
fn a_push_that_comes_in_chunks_is_judged_like_any_other() {
    if served::or_by_path(served::http::server()).is_none() {
        return;
    }
    for (text, allowed) in [("other", true), (EDITED, false)] {
        let pushing = Pushing::accepted(OVER_HTTP[0]);
        let (clone, trace) = (&pushing.clone, pushing.clone.home().join("trace"));
        clone.git(&["config", "http.postBuffer", "1"]);
        fs::write(clone.path().join("random"), incompressible()).unwrap();
        clone.change(if allowed { "other.txt" } else { ADR }, text);
        clone.set("GIT_TRACE_CURL", trace.to_str().unwrap());
        clone.set("GIT_TRACE_CURL_NO_DATA", "1");
        if allowed {
            assert_eq!(pushing.allow(&["main"]).remote(), "");
        } else {
            pushing.refuse(&["main"]).has(&["frozen-text-edited"]);
        }
        let trace = fs::read_to_string(trace).unwrap();
        assert!(
            trace.to_lowercase().contains("transfer-encoding: chunked"),
            "{trace}"
        );
    }
}

#[test]
fn without_a_password_nobody_pushes() {
    let Some(server) = served::or_by_path(served::http::server()) else {
        return;
    };
    let pushing = Pushing::accepted(OVER_HTTP[0]);
    pushing.clone.change("other.txt", "1");
    pushing.clone.set("GIT_TERMINAL_PROMPT", "0");
    let published = pushing.server.id("main");
    let said = pushing
        .clone
        .attempt(&["push", &server.anonymous(pushing.server.path()), "main"]);
    said.ends(128).has(&["could not read Username"]);
    assert_eq!(pushing.server.id("main"), published);
}
