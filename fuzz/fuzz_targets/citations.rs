//! Tests of any language, and files of a backlog.
#![no_main]

use std::sync::LazyLock;

use graven::backlog;
use graven::citations::Grammar;
use graven::policy::Policy;
use graven::repo::RepoPath;
use graven::text::{Source, Span};
use graven_fuzz::{halves, parse_policy};
use libfuzzer_sys::fuzz_target;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let forms = "citations = ['pytest', 'comment', 'attribute', 'tag', 'covers (?<id>[^;]*);']";
    parse_policy(&format!("[trace]\n{forms}\n")).expect("this policy holds")
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    match first % 4 {
        0 => cited("tests/test_it.py", rest),
        1 => cited("tests/it.rs", rest),
        2 => cited("tests/It.java", rest),
        _ => finished(rest),
    }
});

fn cited(path: &str, bytes: &[u8]) {
    let grammar = Grammar::of(&POLICY).expect("it has tests and sections");
    let citations = grammar.read(&RepoPath::new(path), bytes);
    let whole = |span: Span| assert!(citations.source.text().get(span.range()).is_some());
    for cited in &citations.cited {
        whole(cited.span);
    }
    citations.notes.iter().for_each(|note| whole(note.span));
    citations
        .broken
        .iter()
        .for_each(|broken| whole(broken.span()));
}

/// An item that was finished stands in the other file and nowhere else, and every other item where it stood.
fn finished(bytes: &[u8]) {
    let prefixes = ["BK".to_owned(), "BUG".to_owned()];
    let (open, done) = halves(bytes);
    let (open, done) = (Source::new(open), Source::new(done));
    let items = backlog::read(&open, &prefixes);
    for item in &items {
        for span in [item.declared, item.whole]
            .into_iter()
            .chain(item.checkbox)
            .chain(item.boxes.iter().map(|one| one.1))
        {
            assert!(open.text().get(span.range()).is_some());
        }
    }
    for item in items.iter().take(4) {
        let Ok((left, filed)) = backlog::finish(&open, &done, &item.id, &prefixes) else {
            continue;
        };
        let stands = |text: String| {
            let items = backlog::read(&Source::new(text), &prefixes);
            items
                .iter()
                .filter(|other| other.key() == item.key())
                .count()
        };
        assert_eq!((stands(left), stands(filed)), (0, 1), "{}", item.id);
    }
}
