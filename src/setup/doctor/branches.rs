//! Whether the published branches are protected.

use bstr::{BString, ByteSlice};

use super::Check;
use super::facts::Branches;
use crate::steps::Guarded;
use crate::steps::hook::HostSide;
use crate::text::escape::word;

/// At most this many names are shown.
const MOST: usize = 5;

pub(super) fn checks(branches: &Branches, place: HostSide) -> Vec<Check> {
    let Some(guarded) = &branches.guarded else {
        return Vec::new();
    };
    let mut checks = vec![protected(guarded)];
    checks.extend(default(guarded, place));
    if let (HostSide::Clone, Some(remote), None) = (place, &branches.remote, &guarded.default) {
        let remote = remote.to_str_lossy();
        let message = format!("the default branch of {remote} is unknown");
        let command = format!("git remote set-head {} --auto", word(&remote));
        checks.push(Check::advice("remote-head", message).run("ask the remote", command));
    }
    checks
}

fn protected(guarded: &Guarded) -> Check {
    let name = "protected-branches";
    match (guarded.protected.as_slice(), guarded.open.as_slice()) {
        ([], []) => Check::advice(name, "there are no branches yet"),
        ([], open) => Check::advice(
            name,
            format!(
                "no branch is protected by name, so all are: {}",
                names(open)
            ),
        )
        .so("name the published branches in branches.protected of the policy"),
        (protected, _) => Check::good(name, format!("protected: {}", names(protected))),
    }
}

/// Whether the default branch, which clones check out, exists and is protected.
fn default(guarded: &Guarded, place: HostSide) -> Option<Check> {
    let (name, default) = ("default-branch", guarded.default.as_ref()?);
    let shown = default.to_str_lossy();
    if guarded.protected.contains(default) {
        return Some(Check::good(
            name,
            format!("the default branch {shown} is protected"),
        ));
    }
    if guarded.open.contains(default) {
        // Where none is protected, all are.
        let message = format!(
            "the default branch {shown} is not protected: its published records may be edited"
        );
        return Some(guarded.protected.first().map_or_else(
            || {
                Check::good(
                    name,
                    format!("the default branch {shown} counts as protected"),
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
        format!("the default branch {shown} does not exist, so no policy is read from it");
    let command = match place {
        HostSide::Server => format!(
            "git symbolic-ref HEAD {}",
            word(&format!("refs/heads/{}", other.to_str_lossy()))
        ),
        HostSide::Clone => {
            return Some(
                Check::missing(name, message)
                    .so("fetch it, or ask the remote for its current default branch"),
            );
        }
    };
    Some(Check::missing(name, message).run("point HEAD at a branch", command))
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
