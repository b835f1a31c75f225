use super::*;

/// What is weaker, as `key: what`.
fn weaker(before: &str, after: &str) -> Vec<String> {
    let list = weakenings(&policy(before), &policy(after), &RULES);
    list.into_iter()
        .map(|one| format!("{}: {}", one.key, one.what))
        .collect()
}

#[track_caller]
fn is_weaker(before: &str, after: &str, expected: &[&str]) {
    assert_eq!(weaker(before, after), expected, "{before}\n->\n{after}");
}

#[track_caller]
fn is_stronger(before: &str, after: &str) {
    is_weaker(before, after, &[]);
    assert_ne!(
        weaker(after, before),
        Vec::<String>::new(),
        "{after} -> {before}"
    );
}

#[test]
fn a_policy_is_not_weaker_than_itself() {
    for name in PRESETS {
        is_weaker(
            &format!("preset = '{name}'"),
            &format!("preset = '{name}'"),
            &[],
        );
    }
}

#[test]
fn a_lower_level_is_weaker() {
    is_weaker(
        "",
        "rules.status-missing = 'warn'",
        &["rules.status-missing: `status-missing` changes from deny to warn"],
    );
    is_weaker(
        "rules.section-retitled = 'deny'",
        "",
        &["rules.section-retitled: `section-retitled` changes from deny to warn"],
    );
    is_stronger("", "rules.section-retitled = 'deny'");
    is_weaker("", "rules.status-missing = 'deny'", &[]);
}

#[test]
fn a_weakening_says_where_the_new_file_says_so() {
    let after = policy("\n[rules]\nstatus-missing = 'allow'");
    let list = weakenings(&policy(""), &after, &RULES);
    assert_eq!(
        list[0].span.map(|span| (span.start(), span.end())),
        Some((26, 33))
    );
    let gone = weakenings(
        &policy("rules.section-retitled = 'deny'"),
        &policy(""),
        &RULES,
    );
    assert_eq!(gone[0].span, None);
}

#[test]
fn a_lower_edit_class_is_weaker() {
    is_weaker(
        "",
        "kind.adr.edits.link-target = 'warn'",
        &[
            "kind.adr.edits.link-target: `link-target` edits of kind `adr` change from forbid to warn",
        ],
    );
    is_stronger("", "kind.research.edits.text = 'forbid'");
}

#[test]
fn a_narrower_glob_is_weaker() {
    is_weaker(
        "",
        "kind.adr.paths = ['sdd/adrs/0*-*.md']",
        &["kind.adr.paths: `sdd/adrs/[0-9]*-*.md` is removed from `kind.adr.paths`"],
    );
    is_stronger("", "kind.adr.paths = ['sdd/adrs/**']");
    is_stronger("", "kind.adr.paths = ['more/*.md', 'sdd/adrs/[0-9]*-*.md']");
    is_weaker(
        "",
        "kind.adr.near = []",
        &["kind.adr.near: `sdd/adrs/*.md` is removed from `kind.adr.near`"],
    );
    is_weaker(
        "",
        "kind.adr.exempt = ['**/*template*.md', '**/x-*.md']",
        &["kind.adr.exempt: files that match `**/x-*.md` are now exempt"],
    );
}

#[test]
fn a_dropped_kind_is_weaker() {
    is_weaker(
        "",
        "without = ['rfc']",
        &["kind.rfc: kind `rfc` is removed"],
    );
    is_stronger("without = ['rfc']", "");
    let dropped = weaker("", "preset = 'none'");
    assert_eq!(
        dropped
            .iter()
            .filter(|line| line.starts_with("kind."))
            .count(),
        5
    );
}

#[test]
fn freezing_later_is_weaker() {
    is_weaker(
        "",
        "kind.adr.freeze = 'never'",
        &["kind.adr.freeze: `kind.adr.freeze` changes from when-accepted to never"],
    );
    is_stronger("", "kind.adr.freeze = 'when-committed'");
}

#[test]
fn another_number_is_weaker() {
    is_weaker(
        "",
        r"kind.adr.number = '^(?<number>\d{9})-'",
        &["kind.adr.number: the number pattern of kind `adr` changes"],
    );
}

#[test]
fn opening_or_dropping_a_status_word_is_weaker() {
    let less = "kind.adr.status = { open = ['Draft', 'Rejected'], terminal = ['Superseded', 'Deprecated'] }";
    is_weaker(
        "",
        less,
        &[
            "kind.adr.status: the status word `rejected` is now open",
            "kind.adr.status: the status word `withdrawn` is removed",
        ],
    );
    is_weaker(
        "",
        "kind.adr.status.open = ['Draft', 'Proposed', 'Accepted for now']",
        &[
            "kind.adr.status: the open status word `accepted for now` takes precedence over `accepted`",
        ],
    );
    is_stronger("", "kind.adr.status = { frozen = ['Accepted', 'Final'] }");
    is_weaker(
        "",
        "kind.adr.status = { open = ['Draft', 'Proposed', 'Idea'] }",
        &[],
    );
    let plain = "[kind.note]\npaths = ['notes/*.md']\nfreeze = 'never'\n";
    let with = format!("{plain}status = {{ frozen = ['Final'] }}");
    is_weaker(
        &with,
        plain,
        &["kind.note.status: the status of kind `note` is no longer read"],
    );
}

#[test]
fn a_new_edge_is_weaker() {
    is_weaker(
        "",
        "kind.adr.status.edges = { Accepted = ['Superseded', 'Deprecated', 'Draft'] }",
        &["kind.adr.status.edges: `Accepted` may now become `Draft`"],
    );
    is_weaker(
        "",
        "kind.adr.status.edges = { Rejected = ['Proposed'] }",
        &["kind.adr.status.edges: `Rejected` may now become `Proposed`"],
    );
    is_stronger("", "kind.adr.status.edges = { Accepted = ['Superseded'] }");
    let by_way = "[kind.adr.status]\nfrozen = ['Accepted', 'Paused']\n\
                  edges = { Accepted = ['Superseded', 'Deprecated', 'Paused'], Paused = ['Draft'] }";
    is_weaker(
        "",
        by_way,
        &["kind.adr.status.edges: `Paused` may now become `Draft`"],
    );
}

#[test]
fn other_section_forms_are_weaker() {
    let id = "kind.spec.sections.id = 'X-\\d+'";
    is_weaker(
        "",
        id,
        &[
            "kind.spec.sections.heading: the pattern `kind.spec.sections.heading` changes",
            "kind.spec.sections.like: the pattern `kind.spec.sections.like` changes",
            "kind.spec.sections.id: the pattern `kind.spec.sections.id` changes",
        ],
    );
    is_weaker(
        "",
        "kind.spec.sections.tables = false",
        &["kind.spec.sections.tables: table rows no longer declare sections"],
    );
    is_weaker(
        "",
        "kind.spec.sections.prefix = 'none'",
        &["kind.spec.sections.prefix: prefixes of section IDs are read differently"],
    );
    let bare = "without = ['spec']\n[kind.spec]\npaths = ['sdd/specs/[0-9]*-*.md']\nnear = ['sdd/specs/*.md']\n\
                exempt = ['**/README.md']\nnumber = '^(?<number>\\d+)-'\nfreeze = 'never'";
    is_weaker(
        "",
        bare,
        &["kind.spec.sections: sections of kind `spec` are no longer read"],
    );
}

#[test]
fn a_branch_no_longer_protected_is_weaker() {
    is_weaker(
        "",
        "branches.protected = ['main']",
        &[
            "branches.protected: `master` is no longer protected",
            "branches.protected: the default branch is no longer protected",
        ],
    );
    is_stronger(
        "",
        "branches.protected = ['HEAD', 'main', 'master', 'release/*']",
    );
    is_stronger("", "branches.protected = ['HEAD', '**']");
}

#[test]
fn looser_thresholds_and_lower_limits_are_weaker() {
    is_weaker(
        "",
        "similarity = { title = 0.1, body = 0.9, document = 0.9 }\nlimits.blob = '1 KiB'",
        &[
            "similarity.title: `similarity.title` changes from 0.5 to 0.1",
            "similarity.body: `similarity.body` changes from 0.8 to 0.9",
            "similarity.document: `similarity.document` changes from 0.5 to 0.9",
            "limits.blob: documents over 1024 bytes are no longer read (the limit was 4194304)",
        ],
    );
    is_stronger(
        "",
        "similarity = { title = 0.9, body = 0.7, document = 0.4 }\nlimits.blob = '8 MiB'",
    );
}

/// Within any deadline the answer is the same, and past it nothing is allowed.
// spec: BUDGET-008
#[test]
fn no_deadline_is_weaker_than_another() {
    for (one, other) in [
        ("", "limits.deadline = '10 min'"),
        ("limits.deadline = '1 s'", ""),
    ] {
        is_weaker(one, other, &[]);
        is_weaker(other, one, &[]);
    }
}

#[test]
fn a_laxer_kind_in_front_is_weaker() {
    let notes = |paths: &str| format!("[kind.notes]\npaths = ['{paths}']\nfreeze = 'never'\n");
    is_weaker(
        "",
        &notes("sdd/adrs/0001-*.md"),
        &[
            "kind.notes.paths: kind `notes` now matches `sdd/adrs/0001-*.md` before kind `adr`, and is weaker in freeze, number, status",
        ],
    );
    is_weaker("", &notes("notes/*.md"), &[]);
    is_weaker(&notes("sdd/adrs/00*.md"), &notes("sdd/adrs/00*.md"), &[]);
    is_weaker(
        &notes("sdd/adrs/00*.md"),
        &notes("sdd/adrs/*.md"),
        &[
            "kind.notes.paths: kind `notes` now matches `sdd/adrs/*.md` before kind `adr`, and is weaker in freeze, number, status",
        ],
    );
    let strict = "[kind.notes]\npaths = ['sdd/adrs/0*.md']\nnumber = '^(?<number>\\d+)-'\nfreeze = 'when-committed'";
    is_weaker("", strict, &[]);
    let opened = "[kind.notes]\npaths = ['sdd/adrs/0*.md']\nnumber = '^(?<number>\\d+)-'\nfreeze = 'when-accepted'\n\
                  status = { open = ['Accepted'], frozen = ['Sealed'] }";
    is_weaker(
        "",
        opened,
        &[
            "kind.notes.paths: kind `notes` now matches `sdd/adrs/0*.md` before kind `adr`, and is weaker in status",
        ],
    );
    let other = "[kind.notes]\npaths = ['sdd/adrs/0*.md']\nfreeze = 'when-committed'\nedits = { text = 'warn' }";
    is_weaker(
        "",
        other,
        &[
            "kind.notes.paths: kind `notes` now matches `sdd/adrs/0*.md` before kind `adr`, and is weaker in edits.text, number",
        ],
    );
}

#[test]
fn what_the_process_no_longer_asks_is_weaker() {
    is_weaker(
        "",
        "waivers.folder = 'elsewhere'",
        &["waivers.folder: waivers in `sdd/waivers` are no longer frozen"],
    );
    is_weaker(
        "",
        "waivers.reason = 5",
        &["waivers.reason: the minimum length of a reason changes from 20 to 5"],
    );
    is_stronger("", "waivers.reason = 50");
    is_weaker(
        "",
        "trace.tests = ['tests/**']",
        &["trace.tests: `test/**` is removed from `trace.tests`"],
    );
    is_weaker(
        "",
        "trace.code = []",
        &[
            "trace.code: `lib/**` is removed from `trace.code`",
            "trace.code: `src/**` is removed from `trace.code`",
        ],
    );
    is_weaker(
        "",
        "trace.citations = ['pytest', 'comment', 'attribute']",
        &["trace.citations: citations of the form `tag` are no longer read"],
    );
    is_weaker(
        "",
        "backlog.done = 'DONE.md'",
        &["backlog.done: items in sdd/BACKLOG-DONE.md are no longer read"],
    );
    is_stronger(
        "",
        "backlog.prefixes = ['AF', 'BK', 'BL', 'BUG', 'ID', 'UC', 'NEW']",
    );
    is_weaker(
        "",
        "workflow.fix = '^bugfix'",
        &["workflow.fix: the pattern `workflow.fix` changes"],
    );
    is_weaker(
        "",
        "workflow.changelog = []",
        &["workflow.changelog: `CHANGELOG.md` is removed from `workflow.changelog`"],
    );
}
