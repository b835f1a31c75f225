//! Text in every script, with every sign that it needs.

use super::silent;
use super::team::{BACKLOG, CACHE, CACHE_TEXT, SPEC, SPEC_TEXT, TESTS, TESTS_TEXT};
use crate::evasion::case::{Group, Last, push};
use crate::support::guarded::{ACCEPTED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: text in every script",
    cases: &[
        silent(
            "japanese",
            "a record in Japanese, with wide signs",
            |team| {
                written(
                    team,
                    "記録",
                    "記録を残すことにした。\u{3000}「変更しない」——ＡＢＣ１２３、ｶﾀｶﾅ。",
                )
            },
        ),
        silent("chinese-korean", "records in Chinese and Korean", |team| {
            written(team, "缓存 캐시", "我们缓存列表。목록을 캐시한다. 한글")
        }),
        silent(
            "arabic",
            "a record in Arabic, with marks and a Latin word inside",
            |team| {
                written(
                    team,
                    "السجلات",
                    "نحتفظ بالسّجلاتِ في ملفّ README.md، ولا نغيّرها أبدًا — ١٢٣.",
                )
            },
        ),
        silent("hebrew", "a record in Hebrew, with points", |team| {
            written(team, "רשומות", "אֲנַחְנוּ שׁוֹמְרִים את הרשומות (API) תמיד.")
        }),
        silent(
            "persian-joiners",
            "a record in Persian, whose words need zero-width non-joiners",
            |team| written(team, "ذخیره", "ما فایل\u{200c}ها را نگه می\u{200c}داریم."),
        ),
        silent(
            "indic-joiners",
            "records in Hindi, Sinhala and Malayalam, whose letters need joiners",
            |team| {
                written(
                    team,
                    "अभिलेख",
                    "क\u{94d}\u{200d}ष और र\u{94d}\u{200c}य; ශ\u{dca}\u{200d}රී; ന\u{d4d}\u{200d}. தமிழ், ไทย, ລາວ.",
                )
            },
        ),
        silent(
            "cyrillic-greek",
            "records in Russian, Ukrainian and Greek",
            |team| {
                written(
                    team,
                    "Записи",
                    "Мы храним записи; їх не змінюють. Κρατάμε τα αρχεία, α ≤ β.",
                )
            },
        ),
        silent(
            "mixed-scripts",
            "words of two scripts side by side, as engineers write them",
            |team| {
                written(
                    team,
                    "Δt и μs",
                    "The Δ of 5 µs at 20 °C — а API отвечает за 3 мс; π-calculus, β-test, Ωhm, Å, №5, ½, x².",
                )
            },
        ),
        silent(
            "emoji",
            "emoji with joiners, selectors, skins and flags",
            |team| {
                written(
                    team,
                    "🚀 Fast",
                    "👩\u{200d}💻 👨\u{200d}👩\u{200d}👧\u{200d}👦 ❤\u{fe0f} ✔\u{fe0e} 👍🏽 🇩🇪 1\u{fe0f}\u{20e3} 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
                )
            },
        ),
        silent(
            "combining-marks",
            "words in decomposed form beside composed ones",
            |team| {
                written(
                    team,
                    "Cafe\u{301}",
                    "Cafe\u{301} und Café, Vie\u{323}\u{302}t, Z\u{30c}, A\u{30a}ngstrom, Iͤ.",
                )
            },
        ),
        silent(
            "soft-hyphens-and-blanks",
            "soft hyphens, non-breaking and thin blanks, as word processors paste them",
            |team| {
                written(
                    team,
                    "Donau\u{ad}dampf\u{ad}schiff",
                    "10\u{a0}MB in 5\u{202f}s,\u{2009}«\u{a0}ainsi\u{a0}»\u{2011}— long\u{ad}word, 100\u{2060}%.",
                )
            },
        ),
        silent(
            "typographic-signs",
            "curly quotes, dashes, arrows, mathematics and boxes",
            |team| {
                written(
                    team,
                    "“Quotes” – and…",
                    "‘a’ → b ⇒ c ≠ d ∀x∈ℝ ⌘ ™ ©\n\n```\n┌─┐\n│ │\n└─┘\n```",
                )
            },
        ),
        silent("turkish", "dotted and dotless letters", |team| {
            written(
                team,
                "İstanbul ışık",
                "ISPARTA'da ılık; İİİ ııı; Straße, ẞ, ﬁne, ŉ, ǆ.",
            )
        }),
        silent(
            "marks-of-direction",
            "marks that keep a Latin name in its place among Hebrew words",
            |team| {
                written(
                    team,
                    "C++\u{200e}",
                    "הקובץ README.md\u{200f} נשמר; C#\u{200e} ו-C++\u{200e}.",
                )
            },
        ),
        silent(
            "private-and-rare-signs",
            "icons of a private area, and letters beyond the first plane",
            |team| written(team, "𝔄𝔟", "\u{e0b0} \u{f121} 𝛼 𐍈 𓀀 𠮷野家 \u{fffd}"),
        ),
        silent(
            "draft-in-another-script",
            "a draft is translated, then polished",
            |team| {
                team.begins().saves(
                    CACHE,
                    &CACHE_TEXT.replace("We may cache listings.", "一覧をキャッシュしてもよい。"),
                );
                team.edits(CACHE, "してもよい", "する").commits("Decide");
                push(&["main"])
            },
        ),
        silent(
            "spec-and-backlog-in-other-scripts",
            "a section, an item and a test with titles in other scripts",
            |team| {
                team.begins().clone.write(
                    SPEC,
                    &format!(
                        "{SPEC_TEXT}\n## PATH-004: Точки и 点\n\nСегмент — не «.»; セグメント。\n"
                    ),
                );
                team.clone.write(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-004\")\ndef test_точки(): ...\n"
                    ),
                );
                team.edits(
                    BACKLOG,
                    "# Backlog\n\n",
                    "# Backlog\n\n- [ ] **BK-003 — Лог и ログ 🚀**\n",
                )
                .commits("Добавить точки");
                push(&["main"])
            },
        ),
        silent(
            "non-latin-prose-rewrapped",
            "an accepted record in Russian is wrapped at another width",
            |team| {
                let text = ACCEPTED.replace("1. Keep records", "4. Записи").replace(
                    "We keep them.",
                    "Мы храним записи, и никто их не меняет никогда.",
                );
                team.begins()
                    .saves("sdd/adrs/0004-log.md", &text)
                    .does(&["push", "--quiet", "origin", "main"]);
                team.edits("sdd/adrs/0004-log.md", "записи, и", "записи,\nи")
                    .commits("Wrap");
                push(&["main"])
            },
        ),
    ],
};

/// A new accepted record with that title and that text, which is then superseded by another one in the same words.
fn written(team: &Pushing, title: &str, text: &str) -> Last {
    let record = |number: u8| {
        format!("# {number}. {title}\n\n## Status\n\nAccepted\n\n## Decision\n\n{text}\n")
    };
    team.begins().saves("sdd/adrs/0004-log.md", &record(4));
    team.edits(
        "sdd/adrs/0004-log.md",
        "\nAccepted\n",
        "\nSuperseded by [ADR-0005](0005-log.md)\n",
    );
    team.saves(
        "sdd/adrs/0005-log.md",
        &record(5).replace(
            "\nAccepted\n",
            "\nAccepted\n\nSupersedes [ADR-0004](0004-log.md)\n",
        ),
    );
    push(&["main"])
}
