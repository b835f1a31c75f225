//! A diagnosis as text and as JSON, schema 1. The types of the JSON are separate on purpose: internal
//! types may change, these only grow. `docs/doctor.md` says what each field means and `docs/doctor.schema.json` is made
//! from them.

use std::io;

use serde::{Serialize, Serializer};

use super::Listing;
use super::json::Advice;
use crate::setup::doctor;
use crate::setup::doctor::{Diagnosis, State};
use crate::steps::hook::HostSide;
use crate::text::escape::{Escaped, word};

impl Listing for Diagnosis {
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()> {
        text(self, out)
    }
}

impl Serialize for Diagnosis {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Document::from(self).serialize(to)
    }
}

fn text(diagnosis: &Diagnosis, out: &mut dyn io::Write) -> io::Result<()> {
    let place = match diagnosis.place {
        HostSide::Clone => "a clone",
        HostSide::Server => "a server",
    };
    writeln!(out, "{}, as {place}:", Escaped::new(&diagnosis.repository))?;
    for check in &diagnosis.checks {
        let state = check.state.as_str();
        writeln!(
            out,
            "{state:<8} {}: {}",
            Escaped::new(&check.name),
            Escaped::new(&check.message)
        )?;
        if let Some(help) = &check.help {
            writeln!(out, "         help: {}", Escaped::new(&help.to_string()))?;
        }
    }
    let offers = |check: &doctor::Check| {
        check
            .help
            .as_ref()
            .is_some_and(|help| help.command.is_some())
    };
    if diagnosis.checks.iter().any(offers) {
        writeln!(
            out,
            "run these commands in the repository: cd {}",
            word(&diagnosis.repository)
        )?;
    }
    let advice = match diagnosis.count(State::Advice) {
        0 => String::new(),
        1 => ", 1 recommendation".to_owned(),
        count => format!(", {count} recommendations"),
    };
    let missing = match diagnosis.count(State::Missing) {
        0 => "all guards are in place".to_owned(),
        1 => "1 guard is missing".to_owned(),
        count => format!("{count} guards are missing"),
    };
    writeln!(out, "{missing}{advice}")
}

/// The diagnosis of a repository.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(title = "graven doctor"))]
pub(super) struct Document {
    /// Whether all guards are in place.
    outcome: Health,
    /// The folder of the repository.
    repository: String,
    /// What the repository was checked as.
    place: Place,
    /// The checks, in the order in which they are shown.
    checks: Vec<Guard>,
}

/// Whether all guards are in place.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Health {
    /// No guard is missing; exit code 0.
    Guarded,
    /// At least one guard is missing; exit code 1.
    Missing,
}

/// How a repository is used.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Place {
    /// People commit and push from it.
    Clone,
    /// It is pushed to.
    Server,
}

/// One check.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, schemars(rename = "Check"))]
struct Guard {
    /// Its name, such as `hook-pre-push`. Those of CI may occur more than once.
    name: String,
    /// Its state.
    state: Standing,
    /// One line for people.
    message: String,
    /// What to do about it; null where nothing is to be done.
    help: Option<Advice>,
}

/// The state of a check.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// It is in place.
    Good,
    /// What graven promises does not depend on it.
    Advice,
    /// Something that graven would refuse can pass, or nothing can be judged.
    Missing,
}

impl From<&Diagnosis> for Document {
    fn from(diagnosis: &Diagnosis) -> Self {
        Self {
            outcome: if diagnosis.count(State::Missing) == 0 {
                Health::Guarded
            } else {
                Health::Missing
            },
            repository: diagnosis.repository.clone(),
            place: match diagnosis.place {
                HostSide::Clone => Place::Clone,
                HostSide::Server => Place::Server,
            },
            checks: diagnosis.checks.iter().map(Guard::from).collect(),
        }
    }
}

impl From<&doctor::Check> for Guard {
    fn from(check: &doctor::Check) -> Self {
        Self {
            name: check.name.clone(),
            state: match check.state {
                State::Good => Standing::Good,
                State::Advice => Standing::Advice,
                State::Missing => Standing::Missing,
            },
            message: check.message.clone(),
            help: check.help.as_ref().map(Advice::from),
        }
    }
}

#[cfg(test)]
mod tests;
