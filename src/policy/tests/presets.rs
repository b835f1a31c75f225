use super::*;
use crate::policy::kind::{Freeze, PrefixForm, StatusStage};
use crate::report::EditClass;

fn kind(policy: &Policy, name: &str) -> Arc<Kind> {
    Arc::clone(
        policy
            .kinds
            .iter()
            .find(|kind| kind.name == name)
            .unwrap_or_else(|| panic!("no kind {name}")),
    )
}

fn belongs(policy: &Policy, path: &str) -> Option<String> {
    policy
        .kind_of(&RepoPath::new(path))
        .map(|kind| kind.name.clone())
}

#[test]
fn every_preset_parses() {
    for name in PRESETS {
        if let Err(faults) = super::super::build::raw_preset(name) {
            panic!("{faults:#?}");
        }
        assert_eq!(
            preset(name).map(|policy| policy.preset),
            Some(name.to_owned())
        );
        assert_eq!(
            policy(&format!("preset = \"{name}\"")).kinds.len(),
            preset(name).unwrap().kinds.len()
        );
    }
    assert!(preset("nothing").is_none());
}

#[test]
fn every_pattern_of_every_preset_compiles_and_has_its_groups() {
    for policy in PRESETS.iter().map(|name| preset(name).unwrap()) {
        for kind in &policy.kinds {
            if let Some(number) = &kind.number {
                assert!(
                    number
                        .capture_names()
                        .flatten()
                        .any(|name| name == "number"),
                    "{}",
                    kind.name
                );
            }
            let Some(forms) = &kind.sections else {
                continue;
            };
            assert!(
                forms
                    .heading
                    .capture_names()
                    .flatten()
                    .any(|name| name == "id"),
                "{}",
                kind.name
            );
            assert!(
                forms.id.captures_len() > 0 && forms.like.captures_len() > 0,
                "{}",
                kind.name
            );
            if let PrefixForm::Line(line) = &forms.prefix {
                assert!(
                    line.capture_names().flatten().any(|name| name == "prefix"),
                    "{}",
                    kind.name
                );
            }
        }
    }
}

#[test]
fn every_preset_is_a_policy_file_by_itself() {
    for name in PRESETS {
        let text = format!("preset = \"none\"\n{}", preset_text(name).unwrap());
        let (alone, over) = (policy(&text), preset(name).unwrap());
        assert!(weakenings(&over, &alone, &RULES).is_empty(), "{name}");
        assert!(weakenings(&alone, &over, &RULES).is_empty(), "{name}");
    }
}

// spec: TRUST-006
#[test]
fn an_empty_file_is_the_built_in_policy() {
    let (written, own) = (policy(""), built_in());
    assert_eq!(format!("{:?}", written.kinds), format!("{:?}", own.kinds));
    assert_eq!(own.branches.protected, ["HEAD", "main", "master"]);
    assert!(own.branches.default_branch);
    assert!(own.branches.protects(BStr::new("main"), None));
    assert!(
        own.branches
            .protects(BStr::new("trunk"), Some(BStr::new("trunk")))
    );
    assert!(
        !own.branches
            .protects(BStr::new("topic"), Some(BStr::new("trunk")))
    );
    assert_eq!(
        (own.limits.blob, own.limits.deadline.as_secs()),
        (4 * 1024 * 1024, 4)
    );
}

#[test]
fn the_layout_of_sdd_is_guarded() {
    let policy = built_in();
    for (path, kind) in [
        ("sdd/adrs/0001-a.md", Some("adr")),
        ("sdd/adrs/adr-template.md", None),
        ("sdd/rfcs/rfc-0001-a.md", Some("rfc")),
        ("sdd/rfcs/rfc-template.md", None),
        ("sdd/research/research-x.md", Some("research")),
        ("sdd/audits/audit-001-x.md", Some("audit")),
        ("sdd/specs/001-x.md", Some("spec")),
        ("sdd/BACKLOG.md", None),
    ] {
        assert_eq!(belongs(&policy, path).as_deref(), kind, "{path}");
    }
    assert!(policy.watch.matches(&RepoPath::new("graven.toml")));
    assert!(policy.watch.matches(&RepoPath::new("sdd/adrs/notes.md")));
    for (name, freeze) in [
        ("adr", Freeze::WhenAccepted),
        ("rfc", Freeze::WhenAccepted),
        ("research", Freeze::WhenCommitted),
        ("audit", Freeze::WhenCommitted),
        ("spec", Freeze::Never),
    ] {
        assert_eq!(kind(&policy, name).freeze, freeze, "{name}");
    }
    assert_eq!(kind(&policy, "adr").edits[&EditClass::Text], Level::Forbid);
    assert_eq!(
        kind(&policy, "research").edits[&EditClass::Text],
        Level::Deny
    );
    assert_eq!(kind(&policy, "audit").edits[&EditClass::Move], Level::Warn);
}

#[test]
fn the_status_words_of_sdd_lead_where_its_process_says() {
    let words = kind(&built_in(), "adr").vocabulary.clone().unwrap();
    for (from, to, legal) in [
        ("Draft", "Proposed", true),
        ("Proposed", "Draft", true),
        ("Proposed", "Rejected", true),
        ("Accepted", "Superseded", true),
        ("Accepted", "Deprecated", true),
        ("Accepted", "Rejected", false),
        ("Accepted", "Draft", false),
        ("Deprecated", "Superseded", false),
        ("Rejected", "Proposed", false),
    ] {
        assert_eq!(words.permits(from, to), legal, "{from} -> {to}");
    }
    let misspelt = words
        .words
        .iter()
        .find(|word| word.phrase == "superceded")
        .unwrap();
    assert_eq!(
        (misspelt.canonical.as_str(), misspelt.standing),
        ("Superseded", StatusStage::Terminal)
    );
}

#[test]
fn the_section_ids_of_sdd_are_read() {
    let forms = kind(&built_in(), "spec").sections.clone().unwrap();
    for (heading, id, title) in [
        ("PATH-003: Double dots", "PATH-003", "Double dots"),
        ("SQL-BLOB-070: x", "SQL-BLOB-070", "x"),
        ("HTTP-TR-001: a: b", "HTTP-TR-001", "a: b"),
        ("S3-001: x", "S3-001", "x"),
        ("WR-001a: x", "WR-001a", "x"),
        ("EW-001 (was WR-014): Title", "EW-001", "Title"),
        (
            "PATH-003: [DEPRECATED] Title",
            "PATH-003",
            "[DEPRECATED] Title",
        ),
        ("PATH-003 [DEPRECATED]: Title", "PATH-003", "Title"),
        ("[DEPRECATED] PATH-003: Title", "PATH-003", "Title"),
        ("PATH-003 (was X-1) [MOVED TO x]", "PATH-003", ""),
        ("~~PATH-003~~: Title", "PATH-003", "Title"),
        ("PATH-003", "PATH-003", ""),
    ] {
        let read = forms
            .heading
            .captures(heading)
            .unwrap_or_else(|| panic!("{heading}"));
        assert_eq!(
            (
                &read["id"],
                read.name("title").map_or("", |title| title.as_str())
            ),
            (id, title),
            "{heading}"
        );
        assert!(forms.id.is_match(id));
    }
    for malformed in ["BE-099 Some title", "PATH-003 — Title", "**BE-099** x"] {
        assert!(
            !forms.heading.is_match(malformed) && forms.like.is_match(malformed),
            "{malformed}"
        );
    }
    for other in ["Overview", "The PATH-003 rule", "path-003: x"] {
        assert!(
            !forms.heading.is_match(other) && !forms.like.is_match(other),
            "{other}"
        );
    }
    let PrefixForm::Line(line) = &forms.prefix else {
        panic!("no line")
    };
    for declared in [
        "**Prefix:** PATH",
        "Prefix: `PATH`",
        "- ID prefix: PATH-NNN",
        "**Prefixes**: PATH, ERR",
        "prefix: PATH-",
    ] {
        assert_eq!(
            &line
                .captures(declared)
                .unwrap_or_else(|| panic!("{declared}"))["prefix"],
            "PATH",
            "{declared}"
        );
    }
    assert!(!line.is_match("a prefix: PATH"));
}

#[test]
fn decision_records_are_found_where_their_tools_put_them() {
    for (name, path) in [
        ("adr-tools", "doc/adr/0001-a.md"),
        ("adr-tools", "adr/0001-a.md"),
        ("adr-tools", "docs/architecture/decisions/0001-a.md"),
        ("adr-tools", "architecture-decision-record/001-a.md"),
        ("madr", "docs/decisions/0001-a.md"),
        ("madr", "docs/adr/0001-a.md"),
    ] {
        let policy = preset(name).unwrap();
        assert_eq!(
            belongs(&policy, path).as_deref(),
            Some("adr"),
            "{name} {path}"
        );
        let words = kind(&policy, "adr").vocabulary.clone().unwrap();
        let standing = |phrase: &str| {
            words
                .words
                .iter()
                .find(|word| word.phrase == phrase)
                .map(|word| word.standing)
        };
        for (phrase, expected) in [
            ("proposed", StatusStage::Open),
            ("in-progress", StatusStage::Open),
            ("experimental", StatusStage::Open),
            ("approved", StatusStage::Frozen),
            ("this decision is currently in effect", StatusStage::Frozen),
            ("superceded", StatusStage::Terminal),
            ("declined", StatusStage::Terminal),
        ] {
            assert_eq!(standing(phrase), Some(expected), "{name} {phrase}");
        }
    }
    assert!(preset("none").unwrap().kinds.is_empty());
}

#[test]
fn kinds_of_the_file_come_first_in_its_order() {
    let text = "
        [kind.zeta]
        paths = ['sdd/adrs/0*.md']
        freeze = 'never'
        [kind.spec.edits]
        move = 'deny'
        [kind.alpha]
        paths = ['alpha/*.md']
        freeze = 'when-committed'";
    let policy = policy(text);
    let names: Vec<&str> = policy.kinds.iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(
        names,
        ["zeta", "spec", "alpha", "adr", "rfc", "research", "audit"]
    );
    assert_eq!(
        belongs(&policy, "sdd/adrs/0001-a.md").as_deref(),
        Some("zeta")
    );
}

#[test]
fn a_kind_of_the_preset_keeps_what_the_file_does_not_give() {
    let policy = policy(
        "[kind.adr]\npaths = ['adr/*.md']\nstatus = { open = ['Idea'] }\nedits = { link-target = 'warn' }",
    );
    let adr = kind(&policy, "adr");
    assert_eq!(adr.paths.globs(), ["adr/*.md"]);
    assert_eq!(adr.freeze, Freeze::WhenAccepted);
    assert_eq!(
        (
            adr.edits[&EditClass::LinkTarget],
            adr.edits[&EditClass::Text]
        ),
        (Level::Warn, Level::Forbid)
    );
    let words = adr.vocabulary.clone().unwrap();
    assert_eq!(
        (words.standing("Idea"), words.standing("Draft")),
        (Some(StatusStage::Open), None)
    );
    assert_eq!(words.standing("Accepted"), Some(StatusStage::Frozen));
}

#[test]
fn a_kind_of_the_preset_can_be_left_out_or_begun_anew() {
    assert_eq!(policy("without = ['rfc', 'audit']").kinds.len(), 3);
    let anew = policy("without = ['adr']\n[kind.adr]\npaths = ['adr/*.md']\nfreeze = 'never'");
    assert!(kind(&anew, "adr").vocabulary.is_none());
}
