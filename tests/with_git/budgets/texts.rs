//! Text that is made to be expensive: each is read and judged, or refused in words, and none is passed over.

use super::{not_judged, patient};
use crate::support::guarded::{ACCEPTED, ADR, Pushing};

/// Bytes of one flood: what grows faster than the text takes minutes here. `benches/load.rs` has larger ones.
const MUCH: usize = 1 << 16;

fn flood(drop: &str) -> String {
    drop.repeat(MUCH / drop.len())
}

/// Texts that a careless reader takes quadratic time for, or a call of a function for each level.
fn floods() -> Vec<(&'static str, String)> {
    let numbered = |pattern: &str, count: usize| -> String {
        (0..count)
            .flat_map(|number| [pattern.replace('N', &number.to_string()), "\n".to_owned()])
            .collect()
    };
    vec![
        ("brackets", flood("[")),
        ("stars", flood("*a_ ")),
        ("images", flood("![")),
        ("half links", flood("[a](<b")),
        ("tags", flood("<a ")),
        ("comments", flood("<!-- ")),
        ("quotes", format!("{} a\n", ">".repeat(100_000))),
        ("lists in lists", format!("{}a\n", "- ".repeat(100_000))),
        ("an open fence", format!("```\n{}", flood("a\n"))),
        (
            "backticks",
            (1..500)
                .flat_map(|run| ["`".repeat(run), " ".to_owned()])
                .collect(),
        ),
        ("definitions", numbered("[dN]: /u", 10_000)),
        (
            "definitions and references",
            format!("{}{}", numbered("[dN]: /u", 5_000), numbered("[dN]", 5_000)),
        ),
        ("references", format!("[d]: /u\n\n{}", flood("[d] "))),
        (
            "a long table",
            format!("|a|b|\n|-|-|\n{}", flood("|x|y|\n")),
        ),
        (
            "a wide table",
            format!(
                "|{}\n|{}\n{}",
                "a|".repeat(1_000),
                "-|".repeat(1_000),
                "|x|\n".repeat(500)
            ),
        ),
        ("headings", flood("# a\n\n")),
        ("statuses", flood("## Status\n\nAccepted\n\n")),
        (
            "front matter without an end",
            format!("---\n{}", flood("a: b\n")),
        ),
        (
            "badges",
            flood("![status](https://img.shields.io/badge/status-accepted-green)\n"),
        ),
        ("relations", flood("Superseded by ADR-0001\n")),
    ]
}

/// Each flood is brought in with an accepted record, and then edited under everything that stands there.
// spec: BUDGET-001
#[test]
fn markdown_that_explodes_is_judged_all_the_same() {
    let pushing = patient();
    let floods = floods();
    let path = |number: usize| format!("sdd/adrs/{:04}-flood.md", number + 2);
    for (number, (_, flood)) in floods.iter().enumerate() {
        pushing
            .clone
            .write(&path(number), &format!("{ACCEPTED}\n{flood}"));
    }
    pushing.clone.commit("flood");
    pushing.allow(&["main"]);
    for (number, (name, flood)) in floods.iter().enumerate() {
        pushing.clone.write(
            &path(number),
            &format!("{}\n{flood}", ACCEPTED.replace("keep", "lose")),
        );
        pushing.clone.commit(name);
    }
    let said = pushing.refuse(&["main"]);
    said.has(&[&format!("{} errors in {0} documents", floods.len())])
        .lacks(&["cannot judge"]);
}

// spec: BUDGET-011
#[test]
fn a_policy_whose_patterns_explode_is_not_judged_and_says_where() {
    for (policy, words) in [
        (
            "[kind.adr]\nnumber = '^(?<number>(a{1000}){1000})'\n",
            "too large when compiled",
        ),
        (
            "[kind.adr]\nnumber = '^(?<number>((((\\d{100}){100}){100}){100}))-'\n",
            "too large when compiled",
        ),
        (
            "[workflow]\nfix = '(?i)\\pL{5000}'\n",
            "too large when compiled",
        ),
    ] {
        let pushing = patient();
        pushing.clone.change("graven.toml", policy);
        not_judged(&pushing, &["graven.toml:2:", words]);
    }
    let globs: Vec<String> = (0..10_000)
        .map(|glob| format!("'docs/{glob}/**/*.md'"))
        .collect();
    let pushing = patient();
    pushing.clone.change(
        "graven.toml",
        &format!("[trace]\ntests = [{}]\n", globs.join(",")),
    );
    not_judged(&pushing, &["10000 globs", "over the limit of 256"]);
    pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    pushing
        .clone
        .change("graven.toml", &"# more\n".repeat(100_000));
    not_judged(
        &pushing,
        &["the policy has 700000 bytes, over the limit of 262144"],
    );
    pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    pushing
        .clone
        .change("graven.toml", &format!("a = {}", "[".repeat(100_000)));
    not_judged(&pushing, &["graven.toml:1:"]);
}

/// What an expression takes grows with the text alone; the same for as many globs as a policy may have.
// spec: BUDGET-011
#[test]
fn patterns_that_explode_elsewhere_judge() {
    let pushing = Pushing::of("sha1");
    let globs: Vec<String> = (0..250)
        .map(|glob| format!("'{}x{glob}/**'", "**/a*/".repeat(20)))
        .collect();
    let policy = format!(
        "limits.deadline = '10 min'\n[trace]\ntests = [{}]\n[workflow]\nfix = '^(x+x+)+y'\n[kind.adr]\nnumber = '^(?<number>(\\d*)*)-'\n",
        globs.join(",")
    );
    pushing.clone.write("graven.toml", &policy).accept();
    pushing.allow(&["main"]);
    pushing
        .clone
        .write(ADR, &ACCEPTED.replace("keep", "lose"))
        .commit(&"x".repeat(5_000));
    pushing
        .refuse(&["main"])
        .has(&["error[frozen-text-edited]"]);
}
