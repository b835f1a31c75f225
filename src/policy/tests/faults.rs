use super::*;
use crate::report::{Problem, Weight};

/// Each complaint as it is shown, with its help behind ` | `.
fn complaints(text: &str) -> Vec<String> {
    let shown = |fault: Fault| {
        let problem = Problem::from(fault);
        assert_eq!(problem.weight, Weight::NotJudged);
        let help: Vec<String> = problem
            .help
            .iter()
            .map(|help| format!(" | {help}"))
            .collect();
        format!(
            "{}{}",
            problem.message.strip_prefix("graven.toml:").unwrap(),
            help.concat()
        )
    };
    match read(text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(shown).collect(),
    }
}

#[track_caller]
fn complains(text: &str, expected: &[&str]) {
    assert_eq!(complaints(text), expected, "{text}");
}

// spec: TRUST-004
#[test]
fn all_complaints_come_at_once_in_the_order_of_the_file() {
    complains(
        "preset = \"sdd\"\nnope = 1\n[kind.adr]\npathz = 1\nfreeze = \"when-acceptd\"\npaths = [1, \"[\"]\n\
         number = 'x('\n[rules]\nstatus-missing = \"denny\"\nstatus-missin = \"deny\"\n[kind.adr.edits]\ntxt = \"deny\"\n\
         [limits]\nblob = \"4 MB\"\n[branches]\nprotected = 3\n",
        &[
            "2:1: unknown key `nope` | known: preset, without, branches, kind, waivers, trace, backlog, workflow, rules, similarity, limits",
            "4:1: unknown key `pathz` in `kind.adr` | did you mean `paths`?",
            "5:10: unknown value `when-acceptd` of `kind.adr.freeze` | did you mean `when-accepted`?",
            "6:10: `kind.adr.paths`: invalid type: integer `1`, expected a string",
            "7:10: `kind.adr.number` is not a valid regular expression: unclosed group",
            "9:18: unknown level `denny` of `rules.status-missing` | did you mean `deny`?",
            "10:1: unknown rule `status-missin` | did you mean `status-missing`?",
            "12:1: unknown edit class `txt` | did you mean `text`?",
            "14:8: `4 MB` is not a size | write a whole number and B, KiB, MiB or GiB, such as `4 MiB`",
            "16:13: `branches.protected`: invalid type: integer `3`, expected a list",
        ],
    );
}

#[test]
fn what_is_no_toml_is_refused() {
    complains(
        "preset = \n[[",
        &[
            "1:10: invalid TOML: string values must be quoted, expected literal string",
            "2:3: invalid TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`",
        ],
    );
    complains(
        "preset = 'sdd'\npreset = 'madr'",
        &["2:1: invalid TOML: duplicate key"],
    );
    let long = "#".repeat(300_000);
    complains(
        &long,
        &["1:1: the policy has 300000 bytes, over the limit of 262144"],
    );
}

#[test]
fn a_list_is_no_table() {
    complains(
        "limits = ['4 MiB']\nkind.adr.status = [['Draft']]\nkind.spec = [['x']]\nbranches = 2020-01-01",
        &[
            "1:10: `limits`: invalid type: list, expected a table",
            "2:19: `kind.adr.status`: invalid type: list, expected a table",
            "3:13: `kind.spec`: invalid type: list, expected a table",
            "4:12: `branches`: invalid type: date, expected a table",
        ],
    );
}

#[test]
fn unknown_names_are_refused() {
    complains(
        "preset = 'adr-tool'",
        &["1:10: unknown preset `adr-tool` | did you mean `adr-tools`?"],
    );
    complains(
        "preset = 'x'\n[kind.adr]\nnear = []",
        &["1:10: unknown preset `x` | known: sdd, adr-tools, madr, none"],
    );
    complains(
        "without = ['adrs']",
        &["1:12: the preset has no kind `adrs` | did you mean `adr`?"],
    );
    complains(
        "[kind.Adr]\npaths = ['x']\nfreeze = 'never'",
        &[
            "1:7: `Adr` is not a valid kind name | use lower-case letters, digits and hyphens, starting with a letter",
        ],
    );
    complains(
        "[tracing]\ntests = ['x']",
        &[
            "1:2: unknown key `tracing` | known: preset, without, branches, kind, waivers, trace, backlog, workflow, rules, similarity, limits",
        ],
    );
}

#[test]
fn foreign_text_is_escaped_and_cut() {
    complains(
        "'\u{202e}\\n' = 1",
        &[
            "1:1: unknown key `\\u{202e}\\n` | known: preset, without, branches, kind, waivers, trace, backlog, workflow, rules, similarity, limits",
        ],
    );
    let long = complaints(&format!("{} = 1", "k".repeat(10_000)));
    assert!(long[0].len() < 300, "{long:?}");
}

#[test]
fn a_kind_must_say_where_it_stands_and_when_it_freezes() {
    complains(
        "[kind.note]\nnear = ['x']",
        &[
            "1:7: kind `note` has no `freeze` | add `freeze = \"when-accepted\"`, `\"when-committed\"` or `\"never\"`",
            "1:7: kind `note` has no `paths`, so it has no documents | add `paths = [\"folder/*.md\"]`",
        ],
    );
    complains(
        "[kind.note]\npaths = []\nfreeze = 'never'",
        &[
            "2:9: kind `note` has no `paths`, so it has no documents | add `paths = [\"folder/*.md\"]`",
        ],
    );
}

#[test]
fn freezing_when_accepted_needs_a_word_for_it() {
    let help = "add `status = { open = [\"Proposed\"], frozen = [\"Accepted\"] }`";
    let what = "kind `note` freezes when accepted, but has no status word for accepted";
    complains(
        "[kind.note]\npaths = ['x']\nfreeze = 'when-accepted'",
        &[&format!("1:7: {what} | {help}")],
    );
    complains(
        "[kind.note]\npaths = ['x']\nfreeze = 'when-accepted'\nstatus = { open = ['Draft'] }",
        &[&format!("4:1: {what} | {help}")],
    );
}

#[test]
fn bad_globs_are_refused() {
    complains(
        "[kind.adr]\npaths = ['a/[', '', '/a/*.md', './b']",
        &[
            "2:10: bad glob `a/[`: unclosed character class; missing ']'",
            "2:17: an empty glob matches nothing",
            "2:21: the glob `/a/*.md` matches nothing: paths are relative to the root of the repository | write `a/*.md`",
            "2:32: the glob `./b` matches nothing: paths are relative to the root of the repository | write `b`",
        ],
    );
    complains(
        &format!("[kind.adr]\npaths = ['{}']", "x".repeat(2000)),
        &["2:10: a glob of 2000 bytes, over the limit of 1024"],
    );
    complains(
        &format!("[kind.adr]\nnear = [{}]", "'x',".repeat(300)),
        &["2:8: 300 globs in `kind.adr.near`, over the limit of 256"],
    );
}

#[test]
fn bad_patterns_are_refused() {
    complains(
        r"kind.adr.number = '^(\d+)-'",
        &[
            "1:19: `kind.adr.number` has no group named `number` | put `(?<number>…)` around the part to capture",
        ],
    );
    complains(
        "kind.adr.number = '(?<number>x{1000}{1000}{1000})'",
        &["1:19: `kind.adr.number` is not a valid regular expression: too large when compiled"],
    );
    complains(
        &format!("kind.adr.number = '{}'", "(".repeat(2000)),
        &["1:19: a pattern of 2000 bytes, over the limit of 1024"],
    );
    complains(
        "kind.spec.sections = { heading = 'x', prefix = 'y', like = '[', id = ')' }",
        &["1:70: `kind.spec.sections.id` is not a valid regular expression: unopened group"],
    );
    complains(
        "kind.spec.sections = { heading = 'x', prefix = 'y', like = '[' }",
        &[
            "1:34: `kind.spec.sections.heading` has no group named `id` | put `(?<id>…)` around the part to capture",
            "1:48: `kind.spec.sections.prefix` has no group named `prefix` | put `(?<prefix>…)` around the part to capture",
            "1:60: `kind.spec.sections.like` is not a valid regular expression: unclosed character class",
        ],
    );
    complains(
        "kind.adr.sections = { tables = true }",
        &["1:10: `kind.adr.sections` has no `id` | add `id = '[A-Z]+-\\d+'`"],
    );
}

#[test]
fn status_words_must_fit_together() {
    complains(
        "kind.adr.status.frozen = ['Accepted', 'ACCEPTED', ' ', 'draft']",
        &[
            "1:39: duplicate status word `accepted`, already defined as frozen `Accepted` | status words are case-insensitive",
            "1:51: empty status word",
            "1:56: duplicate status word `draft`, already defined as open `Draft` | status words are case-insensitive",
        ],
    );
    complains(
        "[kind.adr.status]\naliases = { OK = 'Acepted', Draft = 'Accepted' }",
        &[
            "2:18: unknown status word `Acepted` | did you mean `Accepted`?",
            "2:37: duplicate status word `draft`, already defined as open `Draft` | status words are case-insensitive",
        ],
    );
    complains(
        "[kind.adr.status]\nedges = { Acepted = ['Draft'], Draft = ['Acepted'], accepted = [] }",
        &[
            "2:11: unknown status word `Acepted` | did you mean `Accepted`?",
            "2:41: unknown status word `Acepted` | did you mean `Accepted`?",
            "2:53: duplicate edges for `Accepted`",
        ],
    );
    let many: Vec<String> = (0..200).map(|n| format!("'w{n}'")).collect();
    complains(
        &format!("kind.adr.status.open = [{}]", many.join(",")),
        &["1:10: more than 128 words in `kind.adr.status`"],
    );
}

#[test]
fn numbers_must_lie_in_their_range() {
    complains(
        "[similarity]\ntitle = 1.5\nbody = nan\n[limits]\nblob = '2 GiB'",
        &[
            "2:9: `similarity.title` is 1.5, outside 0.0 to 1.0",
            "3:8: `similarity.body` is NaN, outside 0.0 to 1.0",
            "5:8: `limits.blob` is 2147483648 bytes, outside 1 KiB to 1 GiB | write a whole number and B, KiB, MiB or GiB, \
         such as `4 MiB`",
        ],
    );
    complains(
        "limits.blob = '99999999999999999999 GiB'",
        &[
            "1:15: `99999999999999999999 GiB` is not a size | write a whole number and B, KiB, MiB or GiB, such as `4 MiB`",
        ],
    );
    assert_eq!(policy("limits.blob = '512KiB'").limits.blob, 512 * 1024);
}

// spec: BUDGET-008
#[test]
fn a_deadline_is_written_with_its_unit() {
    for (written, milliseconds) in [("100 ms", 100), ("4s", 4_000), (" 2 min ", 120_000)] {
        let limits = policy(&format!("limits.deadline = '{written}'")).limits;
        assert_eq!(limits.deadline.as_millis(), milliseconds, "{written}");
    }
    let help = "write a whole number and ms, s or min, such as `4 s`";
    for (written, what) in [
        ("4", "`4` is not a duration"),
        ("4 h", "`4 h` is not a duration"),
        ("1.5 s", "`1.5 s` is not a duration"),
        (
            "1 ms",
            "`limits.deadline` is 1 ms, outside 100 ms to 10 min",
        ),
        (
            "11 min",
            "`limits.deadline` is 660000 ms, outside 100 ms to 10 min",
        ),
    ] {
        complains(
            &format!("limits.deadline = '{written}'"),
            &[&format!("1:19: {what} | {help}")],
        );
    }
}

#[test]
fn branches_are_named_as_people_name_them() {
    complains(
        "branches.protected = ['refs/heads/main', '{']",
        &[
            "1:23: branch names are written without `refs/heads/` | write `main`",
            "1:42: bad glob `{`: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
        ],
    );
    let policy = policy("branches.protected = ['release/*']");
    assert!(!policy.branches.default_branch);
    assert!(policy.branches.protects(BStr::new("release/1"), None));
    assert!(!policy.branches.protects(BStr::new("release/1/x"), None));
}

#[test]
fn hostile_files_take_bounded_work() {
    let numbered = |count: usize, line: &str| -> String {
        (0..count)
            .map(|n| line.replace('#', &n.to_string()))
            .collect()
    };
    let kinds = numbered(3000, "[kind.k#]\npaths = ['k#/*']\nfreeze = 'never'\n");
    complains(&kinds, &["1:2: 3005 kinds, over the limit of 64"]);
    assert_eq!(complaints(&numbered(20_000, "k# = 1\n")).len(), 100);
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(!complaints(&deep).is_empty());
    let key = "k".repeat(60_000);
    assert!(!complaints(&format!("[{key}]\n{}", numbered(9000, "a.b.k# = 1\n"))).is_empty());
    assert!(!complaints(&format!("[kind.adr.{key}]\n{}", numbered(9000, "k# = 1\n"))).is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = complaints(&text);
    }

    #[test]
    fn no_mutilated_policy_makes_the_reader_panic(
        at in 0..6000_usize, length in 0..40_usize, with in "[\\[\\]{}='\"a.\\n*(?]{0,4}",
    ) {
        let mut text = preset_text("sdd").unwrap().to_owned();
        let range = Source::new(text.clone()).span(at..at + length).range();
        text.replace_range(range, &with);
        if let Ok(after) = read(&text) {
            let _ = weakenings(&built_in(), &after, &RULES);
            let _ = weakenings(&after, &built_in(), &RULES);
        }
    }
}

#[test]
fn the_tables_of_the_process_are_checked() {
    complains(
        "waivers.folder = '../out'",
        &[
            "1:18: `../out` is not a path inside the repository | write a path from the root of the repository, such as `sdd/waivers`",
        ],
    );
    complains(
        "waivers.reason = 0",
        &["1:18: `waivers.reason` is 0 characters, outside 1 to 1000"],
    );
    complains(
        "trace.tests = ['/t']",
        &[
            "1:16: the glob `/t` matches nothing: paths are relative to the root of the repository | write `t`",
        ],
    );
    complains(
        "trace.citations = ['pytest', 'x(.)']",
        &[
            "1:30: `trace.citations[1]` has no group named `id` | put `(?<id>…)` around the part to capture",
        ],
    );
    complains(
        "preset = 'none'\nbacklog.open = 'B.md'",
        &["2:1: `backlog` has no `done` | add `done = \"…\"`"],
    );
    complains(
        "backlog.done = 'sdd/BACKLOG.md'",
        &["1:16: open and finished items are in the same file"],
    );
    complains(
        "backlog.prefixes = ['B-']",
        &[
            "1:21: `B-` is not a valid item prefix | use letters and digits, such as `BK` for `BK-001`",
        ],
    );
    complains(
        "backlog.prefixes = []",
        &["1:20: `backlog` has no prefixes, so it has no items | add some: `prefixes = [\"BK\"]`"],
    );
    complains(
        "backlog.bugs = ['BUGS']",
        &["1:17: `BUGS` is not in `backlog.prefixes`, so no item has it | did you mean `BUG`?"],
    );
    complains(
        "backlog.open = '../B.md'",
        &[
            "1:16: `../B.md` is not a path inside the repository | write a path from the root of the repository, such as `sdd/BACKLOG.md`",
        ],
    );
    complains(
        "kind.adr.template = ''",
        &[
            "1:21: `` is not a path inside the repository | write a path from the root of the repository, such as `sdd/adrs/template.md`",
        ],
    );
    complains(
        "waivers.folder = 'sdd/*'",
        &[
            "1:18: `sdd/*` is a glob, expected a single path | write a path from the root of the repository, such as `sdd/waivers`",
        ],
    );
    complains(
        "waivers.reason = -1",
        &["1:18: `waivers.reason`: invalid value: integer `-1`, expected a whole number"],
    );
    complains(
        "trace.citations = ['pytests']",
        &["1:20: `pytests` is not a citation form | did you mean `pytest`?"],
    );
    complains(
        "workflow.fix = '('",
        &["1:16: `workflow.fix` is not a valid regular expression: unclosed group"],
    );
    complains(
        "kind.waiver.paths = ['x']",
        &["1:6: the kind `waiver` is built in | set the folder of waivers with `[waivers] folder`"],
    );
}
