//! What cannot be judged is never allowed, and is said in words that help: the thing, its place, the remedy.

mod arguments;
mod hook_input;
mod policy;
mod process;
mod repositories;
mod streams;

use crate::support::Repo;
use crate::support::guarded::Said;

/// Runs graven, which must say that it cannot judge, in these words, as text and as JSON.
#[track_caller]
fn not_judged(repo: &Repo, arguments: &[&str], words: &[&str]) -> Said {
    let json = repo.graven(&[arguments, &["--format", "json"]].concat());
    json.ends(2).lacks(&["panicked"]);
    let read: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(read["outcome"], "not-judged", "{}", json.out);
    assert!(
        !read["problems"].as_array().unwrap().is_empty(),
        "{}",
        json.out
    );
    let said = repo.graven(arguments);
    said.ends(2)
        .has(&["error: cannot judge: ", "graven: not judged: "])
        .has(words)
        .lacks(&["panicked"]);
    for problem in read["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["weight"] == "not-judged")
    {
        let message = problem["message"].as_str().unwrap();
        assert!(
            said.out.contains(message),
            "{message:?} is not in the text:\n{}",
            said.out
        );
    }
    said
}

/// Runs graven, which must fail on standard error in these words.
#[track_caller]
fn fails(repo: &Repo, arguments: &[&str], words: &[&str]) -> Said {
    let said = repo.graven(arguments);
    said.ends(2).has(words).lacks(&["panicked"]);
    assert_eq!(said.out, "");
    said
}
