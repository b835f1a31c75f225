//! The presets: policy files that come with the program, read by the same reader as any other. It must not know what is
//! in them.

use std::sync::Arc;

use super::Policy;
use super::build;
use super::raw::RawPolicy;
use super::read;
use crate::document::Source;
use crate::fault::{Fault, Faults};

/// The names of the presets; the first is the built-in default.
pub const NAMES: [&str; 4] = ["sdd", "adr-tools", "madr", "none"];

/// The text of a preset, as a policy file.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    match name {
        "sdd" => Some(include_str!("presets/sdd.toml")),
        "adr-tools" => Some(include_str!("presets/adr-tools.toml")),
        "madr" => Some(include_str!("presets/madr.toml")),
        "none" => Some(include_str!("presets/none.toml")),
        _ => None,
    }
}

/// The policy of a repository that has no policy file: the preset `sdd`.
#[must_use]
pub fn built_in() -> Policy {
    // A policy that guards nothing would be the worst answer, so this must not fall back to one.
    preset(NAMES[0]).unwrap_or_else(|| unreachable!("every preset parses, as a test proves"))
}

/// The policy that a preset makes by itself; `None` when there is none of this name.
#[must_use]
pub fn preset(name: &str) -> Option<Policy> {
    let mut faults = Faults::new(name, Arc::new(Source::new(String::new())));
    let policy = build::build(
        RawPolicy {
            preset: Some(name.to_owned()),
            ..RawPolicy::default()
        },
        &[],
        &mut faults,
    )?;
    faults.is_empty().then_some(policy)
}

/// A preset as written, with the names of its kinds in their order.
pub(super) fn raw(name: &str) -> Result<Option<(RawPolicy, Vec<String>)>, Vec<Fault>> {
    let Some(text) = text(name) else {
        return Ok(None);
    };
    let mut faults = Faults::new(name, Arc::new(Source::new(text.to_owned())));
    match read::read(&mut faults) {
        Some(raw) if faults.is_empty() => {
            let order = read::order(&raw, &faults);
            Ok(Some((raw, order)))
        }
        _ => Err(faults.into_vec()),
    }
}
