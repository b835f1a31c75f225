//! Findings name the command that helps, and it does.

use super::{ACCEPTED, SECTIONS, SPEC, guarded};
use crate::support::Repo;
use crate::support::guarded::Said;

/// Runs a line as it is shown, in a shell that finds graven.
fn shell(repo: &Repo, line: &str) -> Said {
    let graven = std::path::Path::new(env!("CARGO_BIN_EXE_graven"))
        .parent()
        .unwrap();
    let path = format!("{}:{}", graven.display(), std::env::var("PATH").unwrap());
    Said::of(repo.command("sh").env("PATH", path).args(["-c", line]))
}

/// The commands that a finding names, in their order.
fn commands(said: &Said) -> Vec<String> {
    let starts = ["git restore ", "git show ", "graven "];
    let lines = said.err.lines().filter_map(|line| {
        // A long one stands on a line of its own.
        let line = line.trim();
        let at = starts
            .iter()
            .filter_map(|start| line.find(&format!(": {start}")))
            .min()
            .map(|at| at + 2);
        let at = at.or_else(|| {
            starts
                .iter()
                .any(|start| line.starts_with(start))
                .then_some(0)
        })?;
        Some(line[at..].to_owned())
    });
    lines
        .filter(|line| !line.starts_with("graven waive") && !line.starts_with("graven explain"))
        .collect()
}

// spec: REMEDY-007
#[test]
fn an_edited_record_is_put_back_and_superseded_by_the_commands_that_are_shown() {
    let repo = guarded("sha1");
    let path = "sdd/adrs/0007-it's paths.md";
    repo.change(path, &ACCEPTED.replace("0005", "0007"));
    repo.stage(
        path,
        &ACCEPTED
            .replace("0005", "0007")
            .replace("differ", "are alike"),
    );
    let said = repo.refuse(&["commit", "--message", "edit it"]);
    let shown = commands(&said);
    assert_eq!(shown.len(), 2, "{}", said.err);
    assert_eq!(
        shown[1],
        r#"graven supersede 'sdd/adrs/0007-it'\''s paths.md' "Title""#
    );
    shell(&repo, &shown[0]).ends(0);
    shell(&repo, &shown[1])
        .ends(0)
        .has(&["sdd/adrs/0008-title.md"]);
    repo.allow(&["commit", "--message", "supersede it"]);
}

// spec: REMEDY-007
#[test]
fn a_removed_section_is_deprecated_by_the_command_that_is_shown() {
    let repo = guarded("sha1");
    repo.stage(SPEC, &SECTIONS[..SECTIONS.find("## PATH-002").unwrap()]);
    let said = repo.refuse(&["commit", "--message", "drop it"]);
    let shown = commands(&said);
    assert_eq!(shown.len(), 2, "{}", said.err);
    assert_eq!(shown[1], "graven deprecate PATH-002");
    let was = shell(&repo, &shown[0]);
    was.ends(0);
    repo.stage(SPEC, &was.out);
    shell(&repo, &shown[1]).ends(0);
    repo.allow(&["commit", "--message", "deprecate it"]);
}
