//! A step written as bytes: blocks that each begin with a byte that no text holds.
//!
//! `\xff` `<sides><mode> <path>\n<content>` is a file, on the sides `b` (before), `a` (after), `2` (both), `u` (published)
//! or `e` (earlier), with the mode `f` (file), `x` (executable), `l` (link) or `m` (submodule). `\xffp <preset>\n<policy>`
//! is the policy, `\xffs \n<lines>` are the subjects, `\xff1` says that there is no before side, and `\xff~ <bytes>` edits
//! the last file before into one after.

use graven::repo::Mode;

use crate::judged::Case;

/// What separates the parts of an input.
pub(crate) const MARK: u8 = 0xff;

const MODES: [(char, Mode); 4] = [
    ('f', Mode::File),
    ('x', Mode::Executable),
    ('l', Mode::Symlink),
    ('m', Mode::Submodule),
];

/// Writes a step as [`read`] reads it; moves of refs are left out.
#[allow(dead_code, reason = "what fuzzes has no need of it")]
pub(crate) fn written(case: &Case) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut block = |head: String, content: &str| {
        bytes.push(MARK);
        bytes.extend(head.bytes());
        bytes.push(b'\n');
        bytes.extend(content.bytes());
    };
    if let Some(policy) = &case.policy {
        block("p ".to_owned(), policy);
    }
    if case.first {
        block("1".to_owned(), "");
    }
    if let Some(subjects) = &case.subjects {
        block("s".to_owned(), &subjects.join("\n"));
    }
    let sides = [
        ('b', Some(&case.before)),
        ('a', Some(&case.after)),
        ('u', case.published.as_ref()),
    ];
    for (side, files) in sides.into_iter().chain([('e', case.earlier.as_ref())]) {
        for (path, (mode, content)) in files.into_iter().flatten() {
            let sign = MODES
                .iter()
                .find(|(_, other)| other == mode)
                .map_or('f', |(sign, _)| *sign);
            block(format!("{side}{sign} {path}"), content);
        }
    }
    bytes
}

/// Reads a step; there is one for any bytes.
pub(crate) fn read(bytes: &[u8]) -> Case {
    let mut case = Case::default();
    let mut last = None;
    for block in bytes.split(|&byte| byte == MARK) {
        let end = block
            .iter()
            .position(|&byte| byte == b'\n')
            .unwrap_or(block.len());
        let head = String::from_utf8_lossy(&block[..end]).into_owned();
        let content = block.get(end + 1..).unwrap_or_default();
        let text = || String::from_utf8_lossy(content).into_owned();
        let mut signs = head.chars();
        let (sort, mode) = (signs.next(), signs.next());
        let mode = MODES
            .iter()
            .find(|(sign, _)| Some(*sign) == mode)
            .map_or(Mode::File, |(_, mode)| *mode);
        let path = head.chars().skip(3).collect::<String>();
        let file = |content: String| (path.clone(), (mode, content));
        match sort {
            Some('p') => case.policy = Some(text()),
            Some('1') => case.first = true,
            Some('s') => case.subjects = Some(text().lines().map(str::to_owned).collect()),
            Some('b') => {
                case.before.extend([file(text())]);
                last = Some(path);
            }
            Some('a') => case.after.extend([file(text())]),
            Some('2') => {
                case.before.extend([file(text())]);
                case.after.extend([file(text())]);
            }
            Some('u') => case
                .published
                .get_or_insert_default()
                .extend([file(text())]),
            Some('e') => case.earlier.get_or_insert_default().extend([file(text())]),
            Some('~') => {
                if let Some((path, (mode, before))) = last
                    .as_ref()
                    .and_then(|path| case.before.get_key_value(path))
                {
                    case.after
                        .insert(path.clone(), (*mode, edited(before, content)));
                }
            }
            _ => {}
        }
    }
    case
}

/// A text with edits made in it: four bytes each, what to do, where (two) and with what.
fn edited(text: &str, edits: &[u8]) -> String {
    const WORDS: [&str; 16] = [
        "not", "\n", "\n\n", "<!--", "-->", "```\n", "[a]: b\n", "\u{200b}", "а", "0", "#", "> ",
        "|", "    ", "\\", "~~~\n",
    ];
    let mut text = text.to_owned();
    for edit in edits.chunks_exact(4) {
        let [act, high, low, with] = *edit else {
            continue;
        };
        let mut at = usize::from(u16::from_be_bytes([high, low])) % (text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1)
            ..text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        let word = at..text[at..]
            .find(char::is_whitespace)
            .map_or(text.len(), |end| at + end);
        let with_word = WORDS[usize::from(with) % WORDS.len()];
        match act % 8 {
            0 => text.insert_str(at, with_word),
            1 => text.replace_range(word, with_word),
            2 => text.replace_range(word, ""),
            3 => text.replace_range(line, ""),
            4 => text.insert_str(line.start, with_word),
            5 => {
                let whole = text[line.clone()].to_owned();
                text.insert_str(line.start, &whole);
            }
            6 => text.insert(at, char::from(with & 0x7f)),
            _ => text.truncate(at),
        }
    }
    text
}
