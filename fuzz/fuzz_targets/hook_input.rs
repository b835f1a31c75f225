//! What Git writes to its hooks: lines about refs, messages of commits, command lines.
#![no_main]

use graven::report::Problem;
use graven::steps::hook::{RefLine, parse_pushed, parse_received};
use graven_fuzz::MARK;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let lines = bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .count();
    for (read, unread) in [parse_received(bytes), parse_pushed(bytes)] {
        check(lines, &read, &unread);
    }
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let mut parts = rest.splitn(2, |&byte| byte == MARK);
    let (text, settings) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let subject = graven::steps::hook::fuzz(text, settings, first % 2 == 0);
    assert!(
        subject.is_none_or(|subject| !subject.contains('\n')),
        "a subject of two lines"
    );
});

/// No line is lost, and what could not be read is shown without harm.
fn check(lines: usize, read: &[RefLine], unread: &[Problem]) {
    // A line of other blanks than ASCII's is no line to graven.
    assert!(read.len() + unread.len() <= lines, "more than there was");
    for line in read {
        assert!(line.name.as_bstr().starts_with(b"refs/"));
        let ids = [line.before, line.after];
        assert!(
            ids.iter()
                .flatten()
                .all(|id| matches!(id.as_bytes().len(), 20 | 32))
        );
    }
    for problem in unread {
        let message = &problem.message;
        assert!(
            !message.contains(char::is_control) && !problem.help.is_empty(),
            "{message:?}"
        );
    }
}
