//! One random edit after the other, the same in every run.

use std::ops::Range;

/// Numbers that look random and are always the same.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// An edit: its name, and what it makes of a text at a place.
type Edit = (&'static str, fn(&mut String, usize, &mut Dice));

/// Everything that somebody may try.
pub(crate) const EDITS: [Edit; 32] = [
    ("insert a letter", |text, at, dice| {
        text.insert_str(at, dice.one_of(&["e", "x", "0", "ß", "Z"]));
    }),
    ("delete a character", |text, at, _| {
        text.replace_range(character(text, at), "");
    }),
    ("replace a character", |text, at, dice| {
        text.replace_range(character(text, at), dice.one_of(&["q", "7", "_", "*"]));
    }),
    ("insert a word", |text, at, dice| {
        text.insert_str(at, dice.one_of(&[" not ", " never ", " 17 ", " \\", " & "]));
    }),
    ("delete a word", |text, at, _| {
        text.replace_range(word(text, at), "");
    }),
    ("replace a word", |text, at, dice| {
        text.replace_range(
            word(text, at),
            dice.one_of(&["may", "100", "`x`", "**no**"]),
        );
    }),
    ("swap two words", swap_words),
    ("join two words", |text, at, _| join(text, at)),
    ("split a word", |text, at, _| text.insert(at, ' ')),
    ("delete a line", |text, at, _| {
        text.replace_range(line(text, at), "");
    }),
    ("double a line", |text, at, _| double(text, at)),
    ("swap two lines", swap_lines),
    ("insert a line", |text, at, dice| {
        let start = line(text, at).start;
        text.insert_str(
            start,
            dice.one_of(&[
                "This no longer holds.\n",
                "- but\n",
                "# End\n",
                "***\n",
                "| a |\n",
                "1. x\n",
            ]),
        );
    }),
    ("change a link", |text, at, _| {
        replace_next(text, at, "](", "](x");
    }),
    ("change an address", |text, at, _| {
        replace_next(text, at, "example.org", "example.com");
    }),
    ("change a number", change_number),
    ("deepen a heading", |text, at, _| {
        replace_next(text, at, "\n#", "\n##");
    }),
    ("raise a heading", |text, at, _| {
        replace_next(text, at, "\n##", "\n#");
    }),
    ("comment a line out", |text, at, _| {
        around_line(text, at, "<!-- ", " -->");
    }),
    ("comment all out", |text, at, _| {
        around_line(text, at, "<!--\n", "");
    }),
    ("open a fence", |text, at, dice| {
        let fence = dice.one_of(&["```\n", "~~~\n", "````text\n", "   ~~~~\n"]);
        around_line(text, at, fence, "");
    }),
    ("make a definition", |text, at, dice| {
        let label = dice.one_of(&["[x]: ", "[uri]: ", "[a b]: <", "[^2]: ", "[//]: # ("]);
        around_line(text, at, label, "");
    }),
    ("hide in a tag", |text, at, dice| {
        let tag = dice.one_of(&[
            "<del>",
            "<p hidden>",
            "<script>",
            "<style>\n",
            "<?",
            "<!X ",
            "<![CDATA[",
        ]);
        around_line(text, at, tag, "");
    }),
    ("indent a line", |text, at, dice| {
        around_line(text, at, dice.one_of(&["    ", "\t", "  "]), "");
    }),
    ("quote a line", |text, at, _| {
        around_line(text, at, "> ", "");
    }),
    ("strike a line", |text, at, _| {
        around_line(text, at, "~~", "~~");
    }),
    ("hide a character", |text, at, dice| {
        text.insert_str(
            at,
            dice.one_of(&[
                "\u{200b}", "\u{200d}", "\u{2060}", "\u{ad}", "\u{202e}", "\u{feff}", "\u{a0}",
            ]),
        );
    }),
    ("use a look-alike", |text, at, _| {
        let place = text[at..]
            .find(['a', 'e', 'o', 'A'])
            .map(|found| at + found);
        let alike = |sign: &str| match sign {
            "a" => "а",
            "e" => "е",
            "o" => "о",
            _ => "А",
        };
        if let Some(place) = place {
            let sign = alike(&text[place..=place]);
            text.replace_range(place..=place, sign);
        }
    }),
    ("insert a sign", |text, at, dice| {
        text.insert_str(
            at,
            dice.one_of(&[
                "`", "*", "_", "[", "]", "<", "|", "\\", "#", "~~", "!", "&", "$", "^", "=", ":",
            ]),
        );
    }),
    ("insert a control character", |text, at, dice| {
        text.insert_str(
            at,
            dice.one_of(&["\u{b}", "\u{c}", "\u{1b}", "\u{85}", "\u{2028}"]),
        );
    }),
    ("check a box", |text, at, _| {
        let box_ = if text[at..].contains("[ ]") {
            ("[ ]", "[x]")
        } else {
            ("[x]", "[ ]")
        };
        replace_next(text, at, box_.0, box_.1);
    }),
    ("cut it off", |text, at, _| text.truncate(at)),
];

/// The character that begins at a place.
fn character(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The rest of the word at a place.
fn word(text: &str, at: usize) -> Range<usize> {
    let start = text[..at]
        .rfind(char::is_whitespace)
        .map_or(0, |end| end + character(text, end).len());
    start
        ..text[at..]
            .find(char::is_whitespace)
            .map_or(text.len(), |end| at + end)
}

/// The line at a place, with its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn swap_words(text: &mut String, at: usize, _: &mut Dice) {
    let one = word(text, at);
    let Some(gap) = text[one.end..].find(|sign: char| !sign.is_whitespace()) else {
        return;
    };
    let other = word(text, one.end + gap);
    let (first, second) = (text[one.clone()].to_owned(), text[other.clone()].to_owned());
    text.replace_range(other, &first);
    text.replace_range(one, &second);
}

fn join(text: &mut String, at: usize) {
    let Some(blank) = text[at..].find(' ').map(|found| at + found) else {
        return;
    };
    text.replace_range(blank..=blank, "");
}

fn double(text: &mut String, at: usize) {
    let whole = line(text, at);
    let said = text[whole.clone()].to_owned();
    text.insert_str(whole.start, &said);
}

fn swap_lines(text: &mut String, at: usize, _: &mut Dice) {
    let one = line(text, at);
    let other = line(text, one.end);
    let both = format!("{}{}", &text[other.clone()], &text[one.clone()]);
    text.replace_range(one.start..other.end, &both);
}

fn replace_next(text: &mut String, at: usize, from: &str, to: &str) {
    let Some(place) = text[at..].find(from).map(|found| at + found) else {
        return;
    };
    text.replace_range(place..place + from.len(), to);
}

fn change_number(text: &mut String, at: usize, dice: &mut Dice) {
    let Some(place) = text[at..]
        .find(|sign: char| sign.is_ascii_digit())
        .map(|found| at + found)
    else {
        return;
    };
    text.replace_range(place..=place, dice.one_of(&["0", "1", "8", "12", ""]));
}

fn around_line(text: &mut String, at: usize, before: &str, behind: &str) {
    let whole = line(text, at);
    let end = whole.start + text[whole.clone()].trim_end_matches('\n').len();
    text.insert_str(end, behind);
    text.insert_str(whole.start, before);
}
