//! The project: a server that graven guards, and the clone of somebody who works there.

use std::fs::File;
use std::process::Stdio;
use std::sync::LazyLock;

use crate::support::Repo;
use crate::support::guarded::{Pushing, Said};
use crate::support::served::Lasting;

/// A real project's history; where it is not there, a small one of our own takes its place.
const HISTORY: &str = "../shared/corpus/histories/remote-store.fast-export";
const BASELINE: &str = "sdd/waivers/baseline.toml";
/// Stricter than the preset: what it only warns about is refused here.
const POLICY: &str = "\
preset = \"sdd\"

[rules]
section-untested = \"deny\"
feature-without-spec = \"deny\"
fix-incomplete = \"deny\"
definition-of-done-open = \"deny\"
";

pub(crate) struct Project {
    pushing: Pushing,
}

/// The server's repository once graven is adopted.
static ADOPTED: LazyLock<Lasting> = LazyLock::new(|| {
    let folder = Lasting::new();
    let adopted = Project::adopt();
    adopted.clone().git(&[
        "clone",
        "--quiet",
        "--mirror",
        &adopted.pushing.server.url(),
        &folder.path().display().to_string(),
    ]);
    folder
});

#[test]
fn graven_is_adopted_in_a_project_with_a_past() {
    Project::adopt().ends_clean();
}

impl Project {
    /// A server and a clone of their own, guarded, of the project that has adopted graven.
    pub(crate) fn adopted() -> Self {
        let adopted = ADOPTED.path().to_str().unwrap();
        let server = Repo::at("repo", &["clone", "--quiet", "--bare", adopted]);
        server.graven(&["install", "--server"]).ends(0);
        let clone = Repo::clone_of(&server, &[]);
        clone.guard();
        Self {
            pushing: Pushing { server, clone },
        }
    }

    /// Brings graven into a project with a past: hooks on both sides, a policy, and a baseline of old faults.
    fn adopt() -> Self {
        let (server, clone) = (Repo::bare(), Repo::init());
        clone.git(&["remote", "add", "origin", &server.url()]);
        let project = Self {
            pushing: Pushing { server, clone },
        };
        let clone = &project.pushing.clone;
        project.import();
        clone.git(&["push", "--quiet", "--set-upstream", "origin", "main"]);
        clone.git(&["remote", "set-head", "origin", "main"]);

        let old = clone.graven(&["audit"]);
        old.ends(1).has(&["section-redefined"]);
        clone.write("graven.toml", POLICY);
        clone.git(&["add", "graven.toml"]);
        let reason = "written before graven was here; nobody can tell any more what was meant";
        // Some of what was done then cannot be lifted by anything, and the audit goes on saying so.
        let written = clone.graven(&["audit", "--write-baseline", BASELINE, "--reason", reason]);
        written
            .ends(i32::from(written.all().contains("forbid")))
            .has(&[BASELINE]);
        clone.guard();
        project
            .pushing
            .server
            .graven(&["install", "--server"])
            .ends(0);
        project.commit("Adopt graven");
        project.push("main");
        let now = clone.graven(&["audit"]);
        now.has(&["waived", reason]);
        assert!(!now.out.contains("error[section-redefined]"), "{}", now.out);
        project
    }

    /// The history as `main`, in the work tree.
    fn import(&self) {
        let clone = &self.pushing.clone;
        if let Ok(file) = File::open(HISTORY) {
            let mut command = clone.command("git");
            command
                .args(["fast-import", "--quiet", "--force"])
                .stdin(Stdio::from(file));
            assert!(command.status().unwrap().success());
            let branch = clone.git(&["for-each-ref", "--format=%(refname:short)", "refs/heads"]);
            clone.git(&[
                "checkout",
                "--quiet",
                "-B",
                "main",
                branch.lines().next().unwrap(),
            ]);
            return;
        }
        println!("{HISTORY} is not there; a small history takes its place");
        let spec = |said: &str| {
            format!(
                "# Paths\n\n## PATH-001: Separators\n\n{said}\n\n## PATH-002: Length\n\nIt ends.\n"
            )
        };
        clone.write(
            "sdd/specs/004-path-model.md",
            &spec("A path MUST use 7 slashes."),
        );
        clone.write(
            "sdd/BACKLOG.md",
            "# Backlog\n\n- [ ] **BK-001 — Read paths**\n  From the root.\n",
        );
        clone
            .write("CHANGELOG.md", "# Change log\n")
            .commit("begin");
        let redefined =
            spec("A path MUST NOT use 9 backslashes, whatever the system says about them.");
        clone.change(
            "sdd/specs/004-path-model.md",
            &redefined.replace("Separators", "Drive letters of disks"),
        );
    }

    /// The clone.
    pub(crate) fn clone(&self) -> &Repo {
        &self.pushing.clone
    }

    /// Goes to a new branch from the published `main`.
    pub(crate) fn branch(&self, name: &str) -> &Repo {
        self.clone()
            .git(&["checkout", "--quiet", "-b", name, "main"]);
        self.clone()
    }

    /// Commits everything; graven allows it.
    #[track_caller]
    pub(crate) fn commit(&self, message: &str) -> Said {
        self.clone().git(&["add", "--all"]);
        self.clone().allow(&["commit", "--message", message])
    }

    /// Pushes a branch; the server allows it.
    #[track_caller]
    pub(crate) fn push(&self, branch: &str) {
        self.pushing.allow(&[branch]);
    }

    /// Merges the current branch into `main` and publishes that.
    #[track_caller]
    pub(crate) fn publish(&self) {
        let branch = self.clone().git(&["symbolic-ref", "--short", "HEAD"]);
        self.push(&branch);
        self.clone().git(&["checkout", "--quiet", "main"]);
        self.clone()
            .allow(&["merge", "--no-ff", "--no-edit", &branch]);
        self.push("main");
    }

    /// The wrong way: what stands in the work tree is refused by this rule on a commit, and on a push of the commit that
    /// somebody makes past the hook. Then the work tree is what was published again.
    #[track_caller]
    pub(crate) fn wrong(&self, rule: &str, message: &str) {
        let clone = self.clone();
        clone.git(&["add", "--all"]);
        let said = clone.refuse(&["commit", "--message", message]);
        said.has(&[&format!("error[{rule}]")]);
        clone.git(&["commit", "--quiet", "--no-verify", "--message", message]);
        clone.git(&["config", "core.hooksPath", "/dev/null"]);
        let pushed = self.pushing.refuse(&["HEAD:main"]);
        pushed.has(&[&format!("error[{rule}]")]);
        clone.git(&["config", "--unset", "core.hooksPath"]);
        clone.git(&["reset", "--quiet", "--hard", "origin/main"]);
    }

    /// At the end nothing of the day stands in the way of an audit.
    pub(crate) fn ends_clean(&self) {
        let first = self
            .clone()
            .git(&["log", "--format=%H", "--grep=^Adopt graven$", "main"]);
        let said = self.clone().graven(&["check", &format!("{first}..main")]);
        said.ends(0);
        self.clone().git(&["fsck", "--no-progress"]);
    }
}
