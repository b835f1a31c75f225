//! Whether the branches that people publish on are protected.

use bstr::{BString, ByteSlice};

use super::Check;
use super::facts::Branches;
use crate::steps::Guarded;
use crate::steps::hook::HostSide;
use crate::text::escape::word;

/// Names that are told at most.
const MOST: usize = 5;

pub(super) fn checks(branches: &Branches, place: HostSide) -> Vec<Check> {
    let Some(guarded) = &branches.guarded else {
        return Vec::new();
    };
    let mut checks = vec![protected(guarded)];
    checks.extend(default(guarded, place));
    if let (HostSide::Clone, Some(remote), None) = (place, &branches.remote, &guarded.default) {
        let remote = remote.to_str_lossy();
        let message = format!("nothing here says which branch of {remote} is the default one");
        let command = format!("git remote set-head {} --auto", word(&remote));
        checks.push(Check::advice("remote-head", message).run("ask the remote", command));
    }
    checks
}

fn protected(guarded: &Guarded) -> Check {
    let name = "protected-branches";
    match (guarded.protected.as_slice(), guarded.open.as_slice()) {
        ([], []) => Check::advice(name, "there is no branch yet"),
        ([], open) => Check::advice(
            name,
            format!(
                "no branch is protected, so every one counts as it: {}",
                names(open)
            ),
        )
        .so("name those that publish in branches.protected of the policy"),
        (protected, _) => Check::good(name, format!("protected: {}", names(protected))),
    }
}

/// The branch that a clone gets is the one that people take for published.
fn default(guarded: &Guarded, place: HostSide) -> Option<Check> {
    let (name, default) = ("default-branch", guarded.default.as_ref()?);
    let shown = default.to_str_lossy();
    if guarded.protected.contains(default) {
        return Some(Check::good(
            name,
            format!("the default branch is {shown}, and protected"),
        ));
    }
    if guarded.open.contains(default) {
        // Where none is protected, all are.
        let message = format!(
            "the default branch, {shown}, is not protected: what it published may be edited there"
        );
        return Some(guarded.protected.first().map_or_else(
            || {
                Check::good(
                    name,
                    format!("the default branch is {shown}, and counts as protected"),
                )
            },
            |_| {
                Check::missing(name, message).so("add \"HEAD\" to branches.protected of the policy")
            },
        ));
    }
    let mut others = guarded.protected.iter().chain(&guarded.open);
    let other = others
        .clone()
        .find(|name| matches!(name.as_slice(), b"main" | b"master"))
        .or(others.next())?;
    let message =
        format!("the default branch, {shown}, does not exist, so its policy judges nothing");
    let command = match place {
        HostSide::Server => format!(
            "git symbolic-ref HEAD {}",
            word(&format!("refs/heads/{}", other.to_str_lossy()))
        ),
        HostSide::Clone => {
            return Some(
                Check::missing(name, message).so("fetch it, or ask the remote which it is now"),
            );
        }
    };
    Some(Check::missing(name, message).run("let HEAD name a branch", command))
}

fn names(branches: &[BString]) -> String {
    let shown: Vec<_> = branches
        .iter()
        .take(MOST)
        .map(|name| name.to_str_lossy())
        .collect();
    let more = branches.len().saturating_sub(MOST);
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    format!("{}{more}", shown.join(", "))
}
