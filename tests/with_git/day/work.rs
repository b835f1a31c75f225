//! The backlog, and a bug.

use super::project::Project;

const OPEN: &str = "sdd/BACKLOG.md";
const DONE: &str = "sdd/BACKLOG-DONE.md";

#[test]
fn a_backlog_item_is_finished() {
    let project = &Project::adopted();
    let clone = project.branch("backlog");
    let items = "\n- [ ] **BK-901 — Write leases down**\n  - [x] spec\n  - [x] tests\n\n- [ ] **BK-902 — Tell of a lost lease**\n  \
        - [ ] spec\n";
    clone.write(OPEN, &format!("{}{items}", clone.text(OPEN)));
    project.commit("Plan leases");
    clone.graven(&["done", "BK-901"]).ends(0).has(&[OPEN, DONE]);
    assert!(clone.text(DONE).contains("BK-901"), "{}", clone.text(DONE));
    assert!(!clone.text(OPEN).contains("BK-901"), "{}", clone.text(OPEN));
    project.commit("Finish BK-901");
    project.publish();

    let open = clone.text(OPEN);
    let start = open.find("\n- [ ] **BK-902").unwrap();
    clone.write(OPEN, &open[..start]);
    project.wrong("backlog-item-lost", "Forget BK-902");
    clone.write(
        OPEN,
        &format!("{open}\n- [ ] **BK-901 — Something else**\n"),
    );
    project.wrong("backlog-item-duplicated", "Use BK-901 again");
    clone
        .graven(&["done", "BK-902"])
        .ends(1)
        .has(&["definition-of-done-open"]);
    assert_eq!(clone.text(OPEN), open, "nothing was written");
    clone.graven(&["done", "BK-999"]).ends(2).has(&["BK-999"]);
    project.ends_clean();
}

#[test]
fn a_bug_is_fixed() {
    let project = &Project::adopted();
    super::specs::leases(project);
    let clone = project.branch("fix");
    clone.write(
        OPEN,
        &format!(
            "{}\n- [ ] **BUG-901 — A lease lasts 6 s**\n",
            clone.text(OPEN)
        ),
    );
    project.commit("Note a bug");
    project.publish();

    let clone = project.branch("fix-lease");
    // By itself it is no fix, and nothing is written.
    clone
        .graven(&["done", "BUG-901"])
        .ends(1)
        .has(&["fix-incomplete"]);
    clone.write("src/leases.py", "LENGTH = 60.0\n");
    let test = clone.text("tests/test_leases.py");
    let more = "\n\n@pytest.mark.spec(\"LEASE-001\")\ndef test_length():\n    assert True\n";
    clone.write("tests/test_leases.py", &format!("{test}{more}"));
    clone.write(
        "CHANGELOG.md",
        &format!("{}\n- A lease lasts 60 s.\n", clone.text("CHANGELOG.md")),
    );
    clone.git(&["add", "--all"]);
    clone.graven(&["done", "BUG-901"]).ends(0);
    project.commit("fix: let a lease last 60 s (BUG-901)");
    project.publish();

    clone.write("src/leases.py", "LENGTH = 61\n");
    project.wrong("fix-incomplete", "fix: be on the safe side");
    project.ends_clean();
}
