//! Globs and regular expressions of a policy, compiled within bounds: a policy is as hostile as any other file.

use std::fmt::Display;

use globset::{Glob, GlobBuilder};
use regex::{Regex, RegexBuilder};

use crate::policy::kind::Pattern;
use crate::repo::PathSet;
use crate::report::file_faults::{Faults, shown};

/// Bytes that one compiled expression may take. The largest of the presets takes less than a quarter.
const LARGEST: usize = 1 << 20;
/// Bytes of one expression or glob as written.
const LONGEST: usize = 1024;
/// Globs of one list.
const MOST_GLOBS: usize = 256;

/// Compiles one glob.
pub(super) fn glob(key: &str, glob: &str, faults: &mut Faults) -> Option<Glob> {
    if glob.len() > LONGEST {
        faults.value(
            key,
            format!(
                "a glob of {} bytes, over the limit of {LONGEST}",
                glob.len()
            ),
            None,
        );
        return None;
    }
    if glob.is_empty() {
        faults.value(key, "an empty glob matches nothing", None);
        return None;
    }
    let relative = glob.trim_start_matches("./").trim_start_matches('/');
    if relative.len() < glob.len() {
        let help = Some(format!("write `{}`", shown(relative)));
        faults.value(
            key,
            format!(
                "the glob `{}` matches nothing: paths are relative to the root of the repository",
                shown(glob)
            ),
            help,
        );
        return None;
    }
    match GlobBuilder::new(glob).literal_separator(true).build() {
        Ok(glob) => Some(glob),
        Err(error) => {
            faults.value(
                key,
                format!("bad glob `{}`: {}", shown(glob), error.kind()),
                None,
            );
            None
        }
    }
}

/// Compiles a list of globs.
pub(super) fn globs(key: &str, written: Vec<String>, faults: &mut Faults) -> Option<PathSet> {
    if written.len() > MOST_GLOBS {
        faults.value(
            key,
            format!(
                "{} globs in `{key}`, over the limit of {MOST_GLOBS}",
                written.len()
            ),
            None,
        );
        return None;
    }
    let mut good = true;
    for (index, one) in written.iter().enumerate() {
        good &= glob(&format!("{key}[{index}]"), one, faults).is_some();
    }
    if good {
        or_fault(key, PathSet::new(written), faults)
    } else {
        None
    }
}

/// Compiles a regular expression; each of `groups` must be there. One that the preset gives for the same key is proven.
pub(super) fn regex(
    key: &str,
    pattern: &str,
    groups: &[&str],
    proven: bool,
    faults: &mut Faults,
) -> Option<Pattern> {
    if proven {
        return Some(Pattern::proven(pattern.to_owned()));
    }
    if pattern.len() > LONGEST {
        faults.value(
            key,
            format!(
                "a pattern of {} bytes, over the limit of {LONGEST}",
                pattern.len()
            ),
            None,
        );
        return None;
    }
    let regex = match compile(pattern) {
        Ok(regex) => regex,
        Err(why) => {
            faults.value(
                key,
                format!("`{key}` is not a valid regular expression: {why}"),
                None,
            );
            return None;
        }
    };
    let mut good = true;
    for group in groups {
        if !regex.capture_names().flatten().any(|name| name == *group) {
            let help = Some(format!("put `(?<{group}>…)` around the part to capture"));
            faults.value(key, format!("`{key}` has no group named `{group}`"), help);
            good = false;
        }
    }
    good.then(|| regex.into())
}

/// Compiles what was made from a pattern that is good by itself; from one that is proven something proven is made.
pub(super) fn derived(
    key: &str,
    pattern: String,
    proven: bool,
    faults: &mut Faults,
) -> Option<Pattern> {
    if proven {
        return Some(Pattern::proven(pattern));
    }
    or_fault(key, compile(&pattern), faults).map(Pattern::from)
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .size_limit(LARGEST)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "too large when compiled".to_owned(),
            // The library draws the pattern with a mark below it; its last line says what is wrong.
            error => shown(
                error
                    .to_string()
                    .lines()
                    .last()
                    .unwrap_or_default()
                    .trim_start_matches("error: "),
            ),
        })
}

/// The value, or a fault with the error's own text.
pub(super) fn or_fault<T, E: Display>(
    key: &str,
    result: Result<T, E>,
    faults: &mut Faults,
) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            faults.value(
                key,
                format!("`{key}` cannot be compiled: {}", shown(&error.to_string())),
                None,
            );
            None
        }
    }
}
