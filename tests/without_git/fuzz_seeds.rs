//! What the fuzzers begin with: every case of every rule page, the forms of a status, presets, waivers, lines of hooks.
//! `GRAVEN_SEEDS=fuzz/seeds cargo test --test without_git fuzz_seeds` writes them there.

#[path = "../../fuzz/src/step.rs"]
mod step;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use graven::policy::{PRESETS, preset_text};

use crate::judged::Case;
use crate::rules::page::Page;

/// Inputs by target; their names are their numbers.
#[derive(Default)]
struct Seeds(BTreeMap<&'static str, Vec<Vec<u8>>>);

impl Seeds {
    fn add(&mut self, target: &'static str, parts: &[&[u8]]) {
        let (inputs, input) = (self.0.entry(target).or_default(), parts.concat());
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }

    fn all() -> Self {
        let mut seeds = Self::default();
        for case in Page::all().into_iter().flat_map(|page| page.cases) {
            seeds.add_case(&case.step);
        }
        for name in PRESETS {
            let text = preset_text(name).unwrap();
            seeds.add(
                "policy",
                &[
                    text.as_bytes(),
                    MARK,
                    text.replace("frozen", "open").as_bytes(),
                ],
            );
            seeds.add("policy", &[format!("preset = \"{name}\"\n").as_bytes()]);
        }
        seeds.add_policies();
        seeds.add_waivers();
        seeds.add_hooks();
        seeds.add_objects();
        seeds
    }

    fn add_case(&mut self, case: &Case) {
        self.add("edit", &[&step::written(case)]);
        self.add(
            "policy",
            &[case.policy.as_deref().unwrap_or_default().as_bytes()],
        );
        let sides = [&case.before, &case.after];
        for (path, (_, text)) in sides.into_iter().flatten() {
            let path = Path::new(path);
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("md")
                    if path
                        .file_stem()
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .starts_with("BACKLOG") =>
                {
                    self.add("citations", &[b"\x03", text.as_bytes()]);
                }
                Some("md") => {
                    // The kinds of all presets take turns.
                    let kind =
                        u8::try_from(self.0.get("document").map_or(0, Vec::len) % 7).unwrap();
                    self.add("document", &[&[kind], text.as_bytes()]);
                }
                Some("toml") => self.add("waivers", &[text.as_bytes()]),
                Some("py") => self.add("citations", &[b"\x00", text.as_bytes()]),
                Some(_) => self.add("citations", &[b"\x01", text.as_bytes()]),
                None => {}
            }
        }
        if let (Some((path, (_, before))), Some((_, (_, after)))) =
            (case.before.first_key_value(), case.after.first_key_value())
            && Path::new(path)
                .extension()
                .is_some_and(|extension| extension == "md")
        {
            // The same edit of a document that its publication freezes.
            let note = |side: &str, text: &str| {
                format!("{side}f sdd/research/research-x.md\n{text}").into_bytes()
            };
            self.add("edit", &[MARK, &note("b", before), MARK, &note("a", after)]);
            self.add(
                "edit",
                &[
                    MARK,
                    &note("b", before),
                    MARK,
                    b"~ \n\x00\x00\x40\x03\x05\x00\x20\x01",
                ],
            );
            self.add(
                "citations",
                &[b"\x03", before.as_bytes(), MARK, after.as_bytes()],
            );
        }
    }

    fn add_policies(&mut self) {
        let page = std::fs::read_to_string("docs/policy.md").unwrap();
        for block in page.split("```toml\n").skip(1) {
            self.add("policy", &[block.split("```").next().unwrap().as_bytes()]);
        }
    }

    /// Waivers of each of the edits that the target judges.
    fn add_waivers(&mut self) {
        let note = [
            "# X\n\nIt is so.\n",
            "# X\n\nIt is not so.\n",
            "# X\n\nIt is never so.\n",
        ];
        let mut files = Vec::new();
        for (from, to) in [(0, 1), (1, 2), (0, 2)] {
            let file = |text: &str| {
                [(
                    "sdd/research/research-x.md".to_owned(),
                    (graven::repo::Mode::File, text.to_owned()),
                )]
            };
            let case = Case {
                before: file(note[from]).into(),
                after: file(note[to]).into(),
                ..Case::default()
            };
            let report = crate::judged::report(&case);
            files.push(graven::waiver::waivers(
                &report.findings,
                "the measurement was read from the wrong table",
            ));
        }
        for file in &files {
            self.add("waivers", &[file.as_bytes()]);
            self.add(
                "waivers",
                &[
                    b"baseline = true\n",
                    file.as_bytes(),
                    MARK,
                    b"\n[[waiver]]\nrule = 'x'\n",
                ],
            );
        }
        self.add(
            "waivers",
            &[
                files[0].as_bytes(),
                files[1].as_bytes(),
                MARK,
                files[2].as_bytes(),
            ],
        );
    }

    fn add_hooks(&mut self) {
        let (zero, one, two) = ("0".repeat(40), "1".repeat(40), "2".repeat(40));
        self.add(
            "hook_input",
            &[format!("{zero} {one} refs/heads/main\n{two} {zero} refs/tags/x\n").as_bytes()],
        );
        self.add(
            "hook_input",
            &[format!(
                "refs/heads/a {one} refs/heads/main {two}\n(delete) {zero} refs/heads/x {two}"
            )
            .as_bytes()],
        );
        self.add(
            "hook_input",
            &[
                "0".repeat(64).as_bytes(),
                b" ",
                "a".repeat(64).as_bytes(),
                b" refs/heads/main",
            ],
        );
        let text = b" fix: a\n\nbody\n# more\n# ------------------------ >8 ------------------------\ndiff\n";
        for settings in [
            &b""[..],
            b"core.commentchar\nauto\0commit.cleanup\nscissors\0",
            b"core.commentstring\n//\0",
        ] {
            self.add("hook_input", &[text, MARK, settings]);
        }
        for line in [
            "git\0commit\0--amend",
            "git\0-C\0x\0commit\0-am\0--amend",
            "git-commit\0--no-amend",
        ] {
            self.add("hook_input", &[b" ", MARK, line.as_bytes()]);
        }
    }

    fn add_objects(&mut self) {
        let id = [7; 20];
        self.add(
            "objects",
            &[
                b"100644 a\0",
                &id,
                b"100755 a.b\0",
                &id,
                b"40000 b\0",
                &id,
                b"120000 c\0",
                &id,
            ],
        );
        self.add(
            "objects",
            &[b"040000 a\0", &[7; 32], b"160000 b\0", &[7; 32]],
        );
        let commit = |id: &str| {
            format!(
                "tree {id}\nparent {id}\nauthor A <a> 1 +0000\ncommitter B <b> 2 +0000\ngpgsig x\n y\n\nsubject\n\nbody\n"
            )
        };
        self.add("objects", &[commit(&"1".repeat(40)).as_bytes()]);
        self.add("objects", &[commit(&"2".repeat(64)).as_bytes()]);
        self.add(
            "objects",
            &[br#"/plain/a:"/with:colon/\"q\"":/b:"/\303\274\n\\":"#],
        );
    }

    fn write(&self, folder: &Path) {
        for (target, inputs) in &self.0 {
            let folder = folder.join(target);
            std::fs::create_dir_all(&folder).unwrap();
            for (at, input) in inputs.iter().enumerate() {
                std::fs::write(folder.join(format!("{at:04}")), input).unwrap();
            }
        }
    }
}

/// What separates the parts of an input.
const MARK: &[u8] = &[step::MARK];

#[test]
fn every_fuzz_target_has_something_to_begin_with() {
    let seeds = Seeds::all();
    for target in std::fs::read_dir("fuzz/fuzz_targets").unwrap() {
        let target = target.unwrap().path();
        let name = target.file_stem().unwrap().to_str().unwrap();
        assert!(
            seeds.0.get(name).is_some_and(|inputs| inputs.len() >= 5),
            "{name} has too few seeds"
        );
    }
    if let Some(folder) = std::env::var_os("GRAVEN_SEEDS") {
        seeds.write(&PathBuf::from(folder));
    }
}

#[test]
fn every_case_of_the_pages_reaches_the_fuzzer_as_it_is() {
    for case in Page::all().into_iter().flat_map(|page| page.cases) {
        let expected = Case {
            moves: Vec::new(),
            ..case.step
        };
        let read = step::read(&step::written(&expected));
        assert_eq!(
            format!("{read:?}"),
            format!("{expected:?}"),
            "{}",
            case.name
        );
    }
}
