//! Any text as a file of waivers: read, added to, and asked to lift an edit.
#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use graven::repo::RepoPath;
use graven::report::Outcome;
use graven::report::{Problem, Report};
use graven::text::Source;
use graven::waiver::{self, WaiverFile, Waivers};
use graven_fuzz::{check_rendering, halves, waived};
use libfuzzer_sys::fuzz_target;

/// The texts of a note that was edited twice; the seeds hold waivers of each of these edits.
const NOTE: [&str; 3] = [
    "# X\n\nIt is so.\n",
    "# X\n\nIt is not so.\n",
    "# X\n\nIt is never so.\n",
];

fuzz_target!(|bytes: &[u8]| {
    let (one, other) = halves(bytes);
    let file = read(&one);
    check_rendering(&Report {
        problems: file.faults.iter().cloned().map(Problem::from).collect(),
        ..Report::default()
    });
    assert!(waiver::grows(&one, &one), "nothing was added");
    let longer = format!("{one}{other}");
    if waiver::grows(&one, &longer) && file.faults.is_empty() {
        let grown = read(&longer);
        let names = |file: &WaiverFile| {
            file.waivers
                .iter()
                .map(|waiver| waiver.fingerprint.value)
                .collect::<Vec<_>>()
        };
        let whole = grown.faults.is_empty();
        assert!(
            !whole || names(&grown).starts_with(&names(&file)),
            "what stood in the file has changed"
        );
    }
    let waivers = Waivers::new(vec![Arc::new(file.clone())], 20);
    for (from, to) in [(0, 1), (0, 2)] {
        let report = waived(NOTE[from], NOTE[to], &one);
        if to == 2 {
            check_rendering(&report);
        }
        // What is edited is one research note, so there is one finding of that sort.
        let Some(finding) = report
            .findings
            .iter()
            .find(|finding| finding.rule == "frozen-text-edited")
        else {
            panic!("the edit was not found: {report:?}");
        };
        let named = waivers.naming(finding.fingerprint).is_some();
        let ends: BTreeSet<_> = file
            .waivers
            .iter()
            .flat_map(|waiver| waiver.digests)
            .flatten()
            .collect();
        let chained = finding
            .digests
            .iter()
            .flatten()
            .all(|digest| ends.contains(digest));
        if !named && !chained {
            assert_eq!(
                report.outcome(),
                Outcome::Refused,
                "lifted by what does not name it"
            );
        }
    }
});

fn read(text: &str) -> WaiverFile {
    let rules: Vec<&str> = graven::rules::RULES.iter().map(|rule| rule.id).collect();
    let source = Arc::new(Source::new(text.to_owned()));
    let file = waiver::read(&RepoPath::new("sdd/waivers/w.toml"), source, &rules);
    for waiver in &file.waivers {
        for span in [waiver.span, waiver.fingerprint.span, waiver.reason.span] {
            assert!(text.get(span.range()).is_some());
        }
        let _ = waiver::reason_fault(&waiver.reason.value, 20);
    }
    file
}
