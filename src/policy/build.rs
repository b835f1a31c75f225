//! What is written, made into values that need no further checks: the file laid over its preset, words looked up, globs and
//! patterns compiled. It must not know TOML.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use globset::GlobSetBuilder;

use super::raw::{RawBranches, RawLimits, RawPolicy, RawSimilarity};
use super::{Branches, FILE_NAME, Limits, Policy, RuleName, Similarity, parse, preset};
use crate::policy::kind::Kind;
use crate::repo::PathSet;
use crate::report::Level;
use crate::report::file_faults::{Fault, Faults, shown};
use crate::text::Source;
use crate::text::guess::did_you_mean;

mod kind;
mod pattern;
mod process;
mod vocabulary;

/// More kinds than anybody has; each costs patterns to compile.
const MOST_KINDS: usize = 64;

/// Builds the policy; `None` when it cannot be built. Faults are left in `faults`: a policy with faults must not be used.
pub(super) fn build(mut raw: RawPolicy, rules: &[RuleName], faults: &mut Faults) -> Option<Policy> {
    let name = raw
        .preset
        .take()
        .unwrap_or_else(|| preset::NAMES[0].to_owned());
    let below = match raw_preset(&name) {
        Ok(Some(below)) => Some(below),
        Ok(None) => {
            faults.value(
                "preset",
                format!("unknown preset `{}`", shown(&name)),
                did_you_mean(&name, preset::NAMES),
            );
            None
        }
        Err(broken) => {
            for fault in broken {
                faults.value(
                    "preset",
                    format!("the preset `{name}` is broken: {}", fault.message),
                    None,
                );
            }
            return None;
        }
    };
    let process = process::build(&mut raw, below.as_ref().map(|below| &below.0), faults);
    // Over an unknown preset every kind would look incomplete.
    let kinds = below.map_or_else(Vec::new, |below| kinds(&mut raw, below, faults));
    let rules = levels(raw.rules, rules, faults);
    let branches = branches(raw.branches, faults);
    let similarity = similarity(&raw.similarity, faults);
    let limits = limits(raw.limits, faults);
    let process = process?;
    let governed = kinds.iter().chain([&process.waivers.kind]);
    let globs = governed
        .flat_map(|kind| [&kind.paths, &kind.near])
        .flat_map(|watch| watch.globs().iter().cloned());
    let documents = together(globs.collect(), faults)?;
    let globs = documents
        .globs()
        .iter()
        .cloned()
        .chain(process.globs())
        .chain([FILE_NAME.to_owned()]);
    // Tests and code are left out: a folder `Tests` beside `tests` is no trick.
    let records = kinds
        .iter()
        .chain([&process.waivers.kind])
        .flat_map(|kind| kind.paths.globs());
    let files = process
        .files()
        .chain([FILE_NAME.to_owned()])
        .collect::<Vec<_>>();
    let twins = records
        .map(String::as_str)
        .chain(files.iter().map(String::as_str));
    let watch = together(globs.collect(), faults)?.with_case_collisions(twins);
    let watch = pattern::or_fault("kind", watch, faults)?;
    let places = faults.places().clone();
    Some(Policy {
        preset: name,
        branches: branches?,
        kinds,
        waivers: process.waivers,
        trace: process.trace,
        backlog: process.backlog,
        workflow: process.workflow,
        rules,
        similarity,
        limits,
        watch,
        documents,
        places,
    })
}

fn together(globs: Vec<String>, faults: &mut Faults) -> Option<PathSet> {
    match PathSet::new(globs) {
        Ok(watch) => Some(watch),
        Err(error) => {
            faults.value(
                "kind",
                format!(
                    "cannot compile the globs together: {}",
                    shown(&error.to_string())
                ),
                None,
            );
            None
        }
    }
}

/// The kinds in the order in which they are asked: those of the file, then those of the preset that are left.
fn kinds(
    raw: &mut RawPolicy,
    below: (RawPolicy, Vec<String>),
    faults: &mut Faults,
) -> Vec<Arc<Kind>> {
    let (mut below, mut below_order) = (below.0.kind, below.1);
    for (index, name) in raw.without.iter().enumerate() {
        if below.remove(name).is_none() {
            let help = did_you_mean(name, below.keys().map(String::as_str));
            faults.value(
                &format!("without[{index}]"),
                format!("the preset has no kind `{}`", shown(name)),
                help,
            );
        }
    }
    let mut order = parse::order(raw, faults);
    below_order.retain(|name| below.contains_key(name) && !raw.kind.contains_key(name));
    order.extend(below_order);
    if order.len() > MOST_KINDS {
        faults.value(
            "kind",
            format!("{} kinds, over the limit of {MOST_KINDS}", order.len()),
            None,
        );
        return Vec::new();
    }
    let mut kinds = Vec::new();
    for name in order {
        if !is_name(&name) {
            let message = format!("`{}` is not a valid kind name", shown(&name));
            let help = Some(
                "use lower-case letters, digits and hyphens, starting with a letter".to_owned(),
            );
            faults.key(&format!("kind.{name}"), message, help);
            continue;
        }
        if name == process::WAIVER {
            let help = Some("set the folder of waivers with `[waivers] folder`".to_owned());
            faults.key(
                &format!("kind.{name}"),
                "the kind `waiver` is built in",
                help,
            );
            continue;
        }
        let above = raw.kind.remove(&name).unwrap_or_default();
        let below = below.remove(&name).unwrap_or_default();
        // The kind of waivers is the first, with index 0.
        let index = kinds.len() + 1;
        let built = kind::build(index, &name, above.over(below.clone()), &below, faults);
        kinds.extend(built.map(Arc::new));
    }
    kinds
}

fn is_name(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn levels(
    written: BTreeMap<String, Level>,
    rules: &[RuleName],
    faults: &mut Faults,
) -> BTreeMap<String, Level> {
    for name in written
        .keys()
        .filter(|name| rules.iter().all(|rule| rule.id != name.as_str()))
    {
        let help = did_you_mean(name, rules.iter().map(|rule| rule.id));
        faults.key(
            &format!("rules.{name}"),
            format!("unknown rule `{}`", shown(name)),
            help,
        );
    }
    written
}

fn branches(written: RawBranches, faults: &mut Faults) -> Option<Branches> {
    let default = || ["HEAD", "main", "master"].map(str::to_owned).to_vec();
    let protected = written.protected.unwrap_or_else(default);
    let mut set = GlobSetBuilder::new();
    for (index, name) in protected
        .iter()
        .enumerate()
        .filter(|(_, name)| name.as_str() != "HEAD")
    {
        let key = format!("branches.protected[{index}]");
        if let Some(short) = name.strip_prefix("refs/heads/") {
            let help = Some(format!("write `{}`", shown(short)));
            faults.value(&key, "branch names are written without `refs/heads/`", help);
        } else if let Some(glob) = pattern::glob(&key, name, faults) {
            set.add(glob);
        }
    }
    let globs = pattern::or_fault("branches.protected", set.build(), faults)?;
    Some(Branches {
        default_branch: protected.iter().any(|name| name == "HEAD"),
        protected,
        globs,
    })
}

fn similarity(written: &RawSimilarity, faults: &mut Faults) -> Similarity {
    let own = Similarity::default();
    let mut read = |key: &str, value: Option<f64>, own: f64| match value {
        Some(value) if !(0.0..=1.0).contains(&value) => {
            let message = format!("`similarity.{key}` is {value}, outside 0.0 to 1.0");
            faults.value(&format!("similarity.{key}"), message, None);
            own
        }
        value => value.unwrap_or(own),
    };
    Similarity {
        title: read("title", written.title, own.title),
        body: read("body", written.body, own.body),
        document: read("document", written.document, own.document),
    }
}

fn limits(written: RawLimits, faults: &mut Faults) -> Limits {
    let own = Limits::default();
    let mut read = |key: &str, value: Option<String>, measure: &Measure, own: u64| {
        value.map_or(own, |value| {
            measure
                .read(&format!("limits.{key}"), &value, faults)
                .unwrap_or(own)
        })
    };
    let blob = read("blob", written.blob, &SIZE, own.blob);
    let own = u64::try_from(own.deadline.as_millis()).unwrap_or(u64::MAX);
    Limits {
        blob,
        deadline: Duration::from_millis(read("deadline", written.deadline, &TIME, own)),
    }
}

/// Something that is written as a number and a unit.
struct Measure {
    noun: &'static str,
    /// Each unit and how many of the smallest it is, the smallest first.
    units: &'static [(&'static str, u64)],
    /// What the smallest unit is called in a complaint.
    smallest: &'static str,
    least: u64,
    most: u64,
    bounds: &'static str,
    help: &'static str,
}

const SIZE: Measure = Measure {
    noun: "size",
    units: &[
        ("B", 1),
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
    ],
    smallest: "bytes",
    least: 1 << 10,
    most: 1 << 30,
    bounds: "1 KiB to 1 GiB",
    help: "write a whole number and B, KiB, MiB or GiB, such as `4 MiB`",
};

const TIME: Measure = Measure {
    noun: "duration",
    units: &[("ms", 1), ("s", 1_000), ("min", 60_000)],
    smallest: "ms",
    // With less, no push could pass, not even one of a better policy.
    least: 100,
    most: 600_000,
    bounds: "100 ms to 10 min",
    help: "write a whole number and ms, s or min, such as `4 s`",
};

impl Measure {
    /// The value in the smallest unit; without one the fault is noted.
    fn read(&self, key: &str, written: &str, faults: &mut Faults) -> Option<u64> {
        let message = match self.parse(written) {
            Some(value) if (self.least..=self.most).contains(&value) => return Some(value),
            Some(value) => format!(
                "`{key}` is {value} {}, outside {}",
                self.smallest, self.bounds
            ),
            None => format!("`{}` is not a {}", shown(written), self.noun),
        };
        faults.value(key, message, Some(self.help.to_owned()));
        None
    }

    /// Reads `4 MiB`; `None` when that is none of its units.
    fn parse(&self, written: &str) -> Option<u64> {
        let written = written.trim();
        let (number, unit) = written.split_at(written.find(|c: char| !c.is_ascii_digit())?);
        let (_, factor) = self
            .units
            .iter()
            .find(|(name, _)| *name == unit.trim_start())?;
        number.parse::<u64>().ok()?.checked_mul(*factor)
    }
}

impl Default for Similarity {
    fn default() -> Self {
        Self {
            title: 0.5,
            body: 0.8,
            document: 0.5,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            blob: 4 << 20,
            deadline: Duration::from_secs(4),
        }
    }
}

/// A preset as written, with the names of its kinds in their order.
pub(super) fn raw_preset(name: &str) -> Result<Option<(RawPolicy, Vec<String>)>, Vec<Fault>> {
    let Some(text) = preset::text(name) else {
        return Ok(None);
    };
    let mut faults = Faults::new(name, Arc::new(Source::new(text.to_owned())));
    match parse::read(&mut faults) {
        Some(raw) if faults.is_empty() => {
            let order = parse::order(&raw, &faults);
            Ok(Some((raw, order)))
        }
        _ => Err(faults.into_vec()),
    }
}
