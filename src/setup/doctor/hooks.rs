//! Whether Git runs graven's hooks.

use std::path::Path;

use super::facts::{Binary, FoundHook, Hooks};
use super::manager::{Manager, calls_graven};
use super::{Check, quoted, shown};
use crate::setup::install::{HookFile, HookFileState};
use crate::steps::hook::{Hook, HostSide};

pub(super) fn checks(hooks: &Hooks, place: HostSide) -> Vec<Check> {
    let mut checks = vec![folder(hooks)];
    if hooks.is_folder {
        checks.extend(
            hooks
                .found
                .iter()
                .flat_map(|hook| Looked { hooks, hook, place }.checks()),
        );
    }
    checks
}

fn folder(hooks: &Hooks) -> Check {
    let (name, folder) = ("hooks-folder", shown(&hooks.folder));
    let Some(scope) = hooks.configured else {
        return Check::good(name, format!("Git runs hooks from {folder}"));
    };
    let whose = match scope {
        "--system" => "system",
        "--global" => "global",
        "--worktree" => "worktree",
        _ => "repository",
    };
    if !hooks.is_folder {
        let message = format!(
            "core.hooksPath in the {whose} configuration is {folder}, which is not a folder"
        );
        return Check::missing(name, message).run(
            "let Git run the repository's own hooks",
            format!("git config {scope} --unset-all core.hooksPath"),
        );
    }
    let aside = hooks.shadowed.as_ref();
    let aside = aside.map_or_else(String::new, |own| {
        format!(", not graven's in {}", shown(own))
    });
    let message = format!(
        "Git runs hooks from {folder}{aside}: core.hooksPath is set in the {whose} configuration"
    );
    if matches!(scope, "--system" | "--global") {
        return Check::advice(name, message)
            .so("graven's hooks there run in every repository that this setting applies to");
    }
    Check::good(name, message)
}

/// One hook among all.
struct Looked<'a> {
    hooks: &'a Hooks,
    hook: &'a FoundHook,
    place: HostSide,
}

impl Looked<'_> {
    fn checks(&self) -> Vec<Check> {
        let found = &self.hook.found;
        let mut checks = vec![match &found.inside {
            Some(inside) => self.dispatched(inside),
            None => self.stands(&found.file),
        }];
        let is_ours = matches!(
            &found.file.stands,
            HookFileState::File {
                binary: Some(_),
                ..
            }
        );
        if is_ours {
            checks.extend(self.chained(&found.chained));
        }
        checks
    }

    fn missing(&self, message: String) -> Check {
        Check::missing(format!("hook-{}", self.hook.found.hook), message)
    }

    fn advice(&self, message: String) -> Check {
        Check::advice(format!("hook-{}", self.hook.found.hook), message)
    }

    fn good(&self, message: String) -> Check {
        Check::good(format!("hook-{}", self.hook.found.hook), message)
    }

    /// The hook at the place where Git looks.
    fn stands(&self, file: &HookFile) -> Check {
        let path = shown(&file.path);
        match &file.stands {
            HookFileState::Nothing => {
                self.installed(self.missing(format!("there is no hook at {path}")))
            }
            HookFileState::Lost => {
                self.installed(self.missing(format!("the hook {path} is a dangling link")))
            }
            HookFileState::Other => {
                let aside = format!(
                    "mv {0} {0}.aside && {1}",
                    quoted(&file.path),
                    self.install()
                );
                self.missing(format!("{path} is not a file, so Git runs no hook"))
                    .run("move it away", aside)
            }
            HookFileState::File {
                runs: false,
                binary,
                ..
            } => {
                let check = self.missing(format!(
                    "Git ignores the hook {path}, because it is not executable"
                ));
                if binary.is_some() {
                    runs(check, &file.path)
                } else {
                    self.installed(check)
                }
            }
            HookFileState::File {
                binary: Some(_), ..
            } => self.shim(&path),
            HookFileState::File { head, .. } => self.foreign(&path, head),
        }
    }

    /// The hook in a folder that another hook runs.
    fn dispatched(&self, inside: &HookFile) -> Check {
        let found = &self.hook.found;
        if matches!(&found.file.stands, HookFileState::File { runs: false, .. }) {
            let path = shown(&found.file.path);
            let message = format!(
                "Git ignores the hook {path}, which runs graven's, because it is not executable"
            );
            return runs(self.missing(message), &found.file.path);
        }
        self.stands(inside)
    }

    /// A hook that graven wrote, and Git runs.
    fn shim(&self, path: &str) -> Check {
        let Some(binary) = &self.hook.binary else {
            return self.installed(self.missing(format!("the hook {path} names no graven binary")));
        };
        let named = shown(&binary.path);
        match (binary, &binary.fallback) {
            (Binary { is_gone: true, .. }, None) => self.installed(self.missing(format!(
                "the hook {path} names {named}, which does not exist, so it refuses everything"
            ))),
            (Binary { is_gone: true, .. }, Some(other)) => self.installed(self.advice(format!(
                "the hook {path} names {named}, which does not exist, and runs {} from PATH instead",
                shown(other)
            ))),
            (Binary { version: None, .. }, _) => self.installed(self.missing(format!(
                "the hook {path} runs {named}, which does not report a graven version"
            ))),
            (
                Binary {
                    version: Some(version),
                    ..
                },
                _,
            ) if version != self.hooks.version => {
                let running = self.hooks.version;
                self.installed(self.advice(format!(
                    "the hook {path} runs graven {version}, but this is {running}"
                )))
            }
            (
                Binary {
                    version: Some(version),
                    ..
                },
                _,
            ) => self.good(format!("the hook {path} runs graven {version}")),
        }
    }

    /// A hook that somebody else wrote, and Git runs.
    fn foreign(&self, path: &str, head: &[u8]) -> Check {
        let name = self.hook.found.hook;
        if let Some(Binary {
            version: Some(version),
            ..
        }) = &self.hook.binary
        {
            return self.good(format!("the hook {path} is graven {version} itself"));
        }
        let text = String::from_utf8_lossy(head);
        if calls_graven(&text, name) {
            return self.good(format!("the hook {path} calls graven"));
        }
        match Manager::of(&self.hooks.folder, &text) {
            Some(manager) => self.managed(manager, path),
            None => self.installed(self.missing(format!("the hook {path} does not call graven"))),
        }
    }

    /// A hook that a manager of hooks wrote.
    fn managed(&self, manager: Manager, path: &str) -> Check {
        let name = self.hook.found.hook;
        let legacy = &self.hook.found.legacy;
        if manager == Manager::PreCommit
            && matches!(
                &legacy.stands,
                HookFileState::File {
                    runs: true,
                    binary: Some(_),
                    ..
                }
            )
        {
            return self.good(format!(
                "{manager} runs the hook {path}, and graven's as {}",
                shown(&legacy.path)
            ));
        }
        let file = self
            .hooks
            .managed
            .iter()
            .filter(|file| manager.reads(&file.path, name));
        let Some(file) = file.into_iter().find(|file| calls_graven(&file.text, name)) else {
            let check = self.missing(format!(
                "{manager} runs the hook {path} and does not call graven for it"
            ));
            return match manager {
                Manager::Husky => {
                    let file = self.hooks.folder.with_file_name(name);
                    let line = format!("graven hook {name} \"$@\" || exit");
                    check.run(
                        "call graven from husky's hook",
                        format!("echo '{line}' >>{}", quoted(&file)),
                    )
                }
                _ => self.installed(check),
            };
        };
        if Hook::named(name).is_some_and(Hook::reads_stdin) && !manager.passes_stdin(&file.text) {
            let message = format!(
                "{manager} runs the hook {path} and does not pass its standard input to graven"
            );
            return self.installed(self.missing(message));
        }
        self.good(format!(
            "{manager} runs the hook {path}, which calls graven: {}",
            file.path
        ))
    }

    /// The hook that graven's runs first.
    fn chained(&self, chained: &HookFile) -> Option<Check> {
        let (name, path) = (
            format!("chained-{}", self.hook.found.hook),
            shown(&chained.path),
        );
        match &chained.stands {
            HookFileState::File { runs: false, .. } => {
                let message = format!(
                    "the hook {path} was installed before graven and does not run: it is not executable"
                );
                Some(runs(Check::advice(name, message), &chained.path))
            }
            HookFileState::File { head, .. } => {
                let manager = Manager::of(&self.hooks.folder, &String::from_utf8_lossy(head));
                let lefthook = manager.filter(|manager| *manager == Manager::Lefthook)?;
                let message = format!(
                    "{lefthook} rewrites its hooks when its configuration changes, and removes graven's"
                );
                let line = format!(
                    "call graven hook {} in lefthook.yml too",
                    self.hook.found.hook
                );
                Some(Check::advice(name, message).so(line))
            }
            HookFileState::Lost | HookFileState::Other => Some(Check::advice(
                name,
                format!("the hook {path} is not an executable file"),
            )),
            HookFileState::Nothing => None,
        }
    }

    /// The same with the command that puts graven's hook in this place.
    fn installed(&self, check: Check) -> Check {
        let found = &self.hook.found;
        if self.hooks.folder.ends_with(".husky/_") {
            return check
                .so("reinstall husky's hooks with npx husky, then run graven doctor again");
        }
        let is_free = match (&found.file.stands, &found.chained.stands) {
            (
                HookFileState::Nothing
                | HookFileState::File {
                    binary: Some(_), ..
                },
                _,
            )
            | (_, HookFileState::Nothing) => true,
            (_, HookFileState::File { binary, .. }) => binary.is_some(),
            (_, HookFileState::Lost | HookFileState::Other) => false,
        };
        if is_free || found.inside.is_some() {
            return check.run("install graven's hooks", self.install());
        }
        let kept = quoted(&found.chained.path);
        check.run(
            "move the chained hook away",
            format!("mv {kept} {kept}.aside && {}", self.install()),
        )
    }

    fn install(&self) -> &'static str {
        let is_server = self.place == HostSide::Server && self.hooks.says_server;
        if is_server {
            "graven install --server"
        } else {
            "graven install"
        }
    }
}

fn runs(check: Check, path: &Path) -> Check {
    check.run("make it executable", format!("chmod +x {}", quoted(path)))
}
