#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

use snapbox::{IntoData, str};

use super::*;
use crate::render::{listing, schema};
use crate::report::Help;
use crate::setup::doctor::Check;
use crate::steps::hook::HostSide;

fn check(name: &str, state: State, message: &str, command: Option<&str>) -> Check {
    let help = command.map(|command| Help {
        text: "mend it".to_owned(),
        command: Some(command.to_owned()),
    });
    Check {
        name: name.to_owned(),
        state,
        message: message.to_owned(),
        help,
    }
}

fn diagnosis() -> Diagnosis {
    Diagnosis {
        repository: "/home/ada/at\u{1b}las".to_owned(),
        place: HostSide::Clone,
        checks: vec![
            check("hook-pre-commit", State::Good, "the hook runs graven", None),
            check(
                "hook-pre-push",
                State::Missing,
                "no hook\nstands",
                Some("graven install"),
            ),
            check("ci", State::Advice, "nothing calls graven", None),
        ],
    }
}

fn written(diagnosis: &Diagnosis, as_json: bool) -> String {
    let mut out = Vec::new();
    listing(diagnosis, as_json, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

// spec: DOC-009
// spec: DOC-010
#[test]
fn a_diagnosis_is_told_line_by_line() {
    snapbox::assert_data_eq!(
        written(&diagnosis(), false),
        str![[r#"
/home/ada/at\u{1b}las, as a clone:
good     hook-pre-commit: the hook runs graven
missing  hook-pre-push: no hook\nstands
         help: mend it: graven install
advice   ci: nothing calls graven
run these commands in the repository: cd '/home/ada/at\u{1b}las'
1 guard is missing, 1 recommendation

"#]]
        .raw()
    );
    let whole = Diagnosis {
        checks: diagnosis().checks[..1].to_vec(),
        ..diagnosis()
    };
    assert!(written(&whole, false).ends_with("\nall guards are in place\n"));
}

// spec: DOC-009
#[test]
fn a_diagnosis_is_given_as_json() {
    let mut short = diagnosis();
    short.checks.truncate(2);
    snapbox::assert_data_eq!(
        written(&short, true),
        str![[r#"
{
  "schema": 1,
  "outcome": "missing",
  "repository": "/home/ada/at\u001blas",
  "place": "clone",
  "checks": [
    {
      "name": "hook-pre-commit",
      "state": "good",
      "message": "the hook runs graven",
      "help": null
    },
    {
      "name": "hook-pre-push",
      "state": "missing",
      "message": "no hook\nstands",
      "help": {
        "text": "mend it",
        "command": "graven install"
      }
    }
  ]
}

"#]]
        .raw()
    );
}

// spec: DOC-009
#[test]
fn the_schema_in_the_documentation_is_current() {
    schema::hold("doctor.schema.json", &schema::of_doctor());
}

// spec: DOC-009
#[test]
fn every_field_is_documented() {
    let root: serde_json::Value = serde_json::from_str(&schema::of_doctor()).unwrap();
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/doctor.md")).unwrap();
    let parts = root["$defs"].as_object().unwrap().values().chain([&root]);
    let properties = parts.filter_map(|part| part["properties"].as_object());
    for name in properties.flat_map(|properties| properties.keys()) {
        assert!(
            page.contains(&format!("`{name}`")),
            "docs/doctor.md does not tell of {name}"
        );
    }
}
