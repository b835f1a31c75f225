//! Text of others, which is shown and must not act.

use proptest::prelude::*;
use snapbox::{IntoData, assert_data_eq, str};

use super::*;
use crate::text::escape::is_deceptive;

// spec: ESC-001
// spec: ESC-002
#[test]
fn hostile_text_is_shown_and_never_acts() {
    let text = "a\u{1b}]0;title\u{7} b\u{202e}c\u{200b}d\te\n";
    let path = "sdd/adrs/\u{1b}[2J\n\u{202e}x.md";
    let origin = commit(0x2b, "fix\nremote: all is well\u{1b}[1A\r");
    let label = place(
        WhichSide::After,
        path,
        text,
        "b\u{202e}c\u{200b}d",
        "edited\nhere\u{9b}",
    );
    let mut finding = finding(
        "frozen-text-edited",
        Level::Deny,
        "adr\n1",
        "a\u{1b}[31m\nb",
        label,
        origin,
    );
    finding.help.push(Help {
        text: "undo\r".to_owned(),
        command: Some("rm '\u{1b}\n'".to_owned()),
    });
    let report = of(vec![finding]);
    assert_data_eq!(
        on(Surface::Push, &report),
        str![[r#"
graven: refused: 1 error in 1 document

commit 2b2b2b2b2b2b fix\nremote: all is well\u{1b}[1A\r
error[frozen-text-edited]: a\u{1b}[31m\nb
 --> sdd/adrs/\u{1b}[2J\n\u{202e}x.md:1:13
  |
1 | a\u{1b}]0;title\u{7} b\u{202e}c\u{200b}d    e
  |                      ^^^^^^^^^^^^^^^^^^^ edited\nhere\u{9b}
  |
  = help: undo\r: rm '\u{1b}\n'

"#]]
        .raw()
    );
    let json = json_of(&report);
    assert!(
        !json
            .chars()
            .any(|character| character != '\n' && is_deceptive(character))
    );
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["findings"][0]["path"], path);
}

proptest! {
    #[test]
    fn no_label_makes_the_renderer_panic(
        text in "[a-zäß日\u{200d}\u{202e}\u{301}\u{1b}\t\r\n \\|]{0,300}",
        first in (0..400_usize, 0..400_usize),
        second in (0..400_usize, 0..400_usize),
        path in any::<Vec<u8>>(),
        message in any::<String>(),
        width in any::<u8>(),
        time in any::<i64>(),
    ) {
        let origin =
            Origin::Commit { before: None, commit: id(0x2b), subject: message.clone(), time };
        let mut label = span(WhichSide::After, "", &text, first.0..first.0 + first.1, &message);
        label.path = RepoPath::new(path);
        let mut finding = finding("status-missing", Level::Deny, &message, &message, label, origin);
        finding.related.push(span(WhichSide::Before, &message, &text, second.0..second.0 + second.1, ""));
        finding.related.push(whole(WhichSide::Published, &message, &message));
        let report = of(vec![finding]);
        for surface in [Surface::Push, Surface::Audit] {
            let shown = shown(&report, View { width: usize::from(width), ..View::new(surface) });
            prop_assert!(!shown.chars().any(|c| c != '\n' && is_deceptive(c)));
        }
        serde_json::from_str::<serde_json::Value>(&json_of(&report)).unwrap();
    }
}
