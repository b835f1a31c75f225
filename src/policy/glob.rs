//! How two globs relate, as far as can be known without trying every path: whether one matches all that the other does, and
//! whether anything can match both. In doubt the answer is the careful one. It must not know what the globs are for.

/// One piece of a glob.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Char(char),
    /// `[…]`, or `?` as what is not in an empty class.
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// `*`: anything without a `/`.
    Star,
    /// `**/`: nothing, or whole folders.
    Folders,
    /// `**` at the end: anything.
    Rest,
}

/// Larger comparisons than this many steps are not made; the careful answer is given instead.
const MOST_STEPS: usize = 1 << 16;

/// True when `wide` surely matches every path that `narrow` matches.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    if wide == narrow || wide == "**" {
        return true;
    }
    // Of an alternation only a superset is known, which does for the narrow side alone.
    if wide.contains('{') {
        return false;
    }
    let (wide, narrow) = (tokens(wide), tokens(narrow));
    walk(
        wide.len(),
        narrow.len(),
        false,
        |w, n| {
            let at_folder =
                |n: usize| n == 0 || matches!(narrow[n - 1], Token::Char('/') | Token::Folders);
            match (wide.get(w), narrow.get(n)) {
                (
                    Some(Token::Star),
                    Some(Token::Char('/') | Token::Folders | Token::Rest) | None,
                ) => vec![(w + 1, n)],
                (Some(Token::Star), Some(_)) => vec![(w + 1, n), (w, n + 1)],
                (Some(Token::Folders), Some(_)) if at_folder(n) => vec![(w + 1, n), (w, n + 1)],
                (Some(Token::Folders | Token::Rest), Some(_)) => vec![(w, n + 1)],
                (Some(wide), Some(narrow)) if wide == narrow => vec![(w + 1, n + 1)],
                _ => Vec::new(),
            }
        },
        |w, n| n == narrow.len() && (w == wide.len() || (wide[w..] == [Token::Rest])),
    )
}

/// True when some path may match both.
pub(super) fn overlap(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    let deep = |token: &Token| matches!(token, Token::Folders | Token::Rest);
    walk(
        a.len(),
        b.len(),
        true,
        |i, j| {
            let (x, y) = (a.get(i), b.get(j));
            let mut next = Vec::new();
            for (this, that, skip, take) in [
                (x, y, (i + 1, j), (i, j + 1)),
                (y, x, (i, j + 1), (i + 1, j)),
            ] {
                match this {
                    Some(Token::Star) => {
                        next.push(skip);
                        if that.is_some_and(|that| *that != Token::Char('/') && !deep(that)) {
                            next.push(take);
                        }
                    }
                    Some(this) if deep(this) => {
                        next.push(skip);
                        next.extend(that.is_some().then_some(take));
                    }
                    _ => {}
                }
            }
            if let (Some(x), Some(y)) = (x, y)
                && meet(x, y)
            {
                next.push((i + 1, j + 1));
            }
            next
        },
        |i, j| i == a.len() && j == b.len(),
    )
}

/// Whether `done` can be reached from (0, 0) by `next`; `careful` when that would take too many steps.
fn walk(
    rows: usize,
    columns: usize,
    careful: bool,
    next: impl Fn(usize, usize) -> Vec<(usize, usize)>,
    done: impl Fn(usize, usize) -> bool,
) -> bool {
    let width = columns + 1;
    if (rows + 1) * width > MOST_STEPS {
        return careful;
    }
    let mut seen = vec![false; (rows + 1) * width];
    let mut open = vec![(0, 0)];
    while let Some((row, column)) = open.pop() {
        if done(row, column) {
            return true;
        }
        if !std::mem::replace(&mut seen[row * width + column], true) {
            open.extend(
                next(row, column)
                    .into_iter()
                    .filter(|next| next.0 <= rows && next.1 <= columns),
            );
        }
    }
    false
}

/// Whether one character can be both.
fn meet(a: &Token, b: &Token) -> bool {
    match (a, b) {
        (Token::Char(a), Token::Char(b)) => a == b,
        (Token::Char(c), Token::Class { negated, ranges })
        | (Token::Class { negated, ranges }, Token::Char(c)) => {
            *c != '/' && ranges.iter().any(|(from, to)| from <= c && c <= to) != *negated
        }
        (Token::Class { .. }, Token::Class { .. }) => true,
        _ => false,
    }
}

fn tokens(glob: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = glob;
    while let Some(first) = rest.chars().next() {
        let at_folder = matches!(
            tokens.last(),
            None | Some(Token::Char('/') | Token::Folders)
        );
        let token;
        (token, rest) = if let Some(behind) = rest.strip_prefix("**/").filter(|_| at_folder) {
            (Token::Folders, behind)
        } else if rest == "**" && at_folder {
            (Token::Rest, "")
        } else {
            let behind = &rest[first.len_utf8()..];
            match first {
                '*' => (Token::Star, behind),
                '?' => (
                    Token::Class {
                        negated: true,
                        ranges: Vec::new(),
                    },
                    behind,
                ),
                '[' => class(behind),
                // Anything may be here.
                '{' => (Token::Rest, ""),
                '\\' => match behind.chars().next() {
                    Some(escaped) => (Token::Char(escaped), &behind[escaped.len_utf8()..]),
                    None => (Token::Char('\\'), ""),
                },
                first => (Token::Char(first), behind),
            }
        };
        tokens.push(token);
    }
    tokens
}

/// Reads a class behind its `[`.
fn class(text: &str) -> (Token, &str) {
    let (negated, text) = match text.strip_prefix(['!', '^']) {
        Some(text) => (true, text),
        None => (false, text),
    };
    // A `]` in first place is a literal.
    let end = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| *c == ']')
        .map_or(text.len(), |(at, _)| at);
    let members: Vec<char> = text[..end].chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&from) = members.get(at) {
        let to = members
            .get(at + 2)
            .filter(|_| members.get(at + 1) == Some(&'-'));
        ranges.push((from, *to.unwrap_or(&from)));
        at += if to.is_some() { 3 } else { 1 };
    }
    (
        Token::Class { negated, ranges },
        text.get(end + 1..).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_glob_covers_a_narrower_one() {
        for (wide, narrow, expected) in [
            ("sdd/adrs/*.md", "sdd/adrs/[0-9]*-*.md", true),
            ("sdd/**/*.md", "sdd/adrs/[0-9]*-*.md", true),
            ("sdd/**", "sdd/adrs/[0-9]*-*.md", true),
            ("**/*.md", "sdd/adrs/[0-9]*-*.md", true),
            ("**/*.md", "a.md", true),
            ("**", "sdd/adrs/[0-9]*-*.md", true),
            ("sdd/adrs/[0-9]*.md", "sdd/adrs/[0-9]*-*.md", true),
            ("sdd/adrs/[0-9]*-*.md", "sdd/adrs/*.md", false),
            ("sdd/*.md", "sdd/adrs/*.md", false),
            ("sdd/*/x*.md", "sdd/**/x.md", false),
            ("**/x.md", "ax.md", false),
            ("**/x.md", "sdd/**/x.md", true),
            ("sdd/**", "sdd", false),
            ("a*b", "a[b]", false),
            ("a*", "a{b,c/d}", false),
            ("a/**", "a/{b,c/d}", true),
            ("release/*", "release/1.*", true),
            ("main", "master", false),
        ] {
            assert_eq!(covers(wide, narrow), expected, "{wide} covers {narrow}");
        }
    }

    #[test]
    fn globs_overlap_when_a_path_can_match_both() {
        for (a, b, expected) in [
            ("sdd/adrs/*.md", "sdd/adrs/[0-9]*-*.md", true),
            ("sdd/adrs/draft-*.md", "sdd/adrs/[0-9]*-*.md", false),
            ("sdd/specs/*.md", "sdd/adrs/[0-9]*-*.md", false),
            ("**/*.md", "sdd/adrs/[0-9]*-*.md", true),
            ("**/*.txt", "sdd/adrs/[0-9]*-*.md", false),
            ("sdd/*.md", "sdd/adrs/0001-*.md", false),
            ("sdd/{adrs,x}/*.md", "sdd/adrs/0001-*.md", true),
            ("sdd/**", "sdd/adrs/0001-*.md", true),
            ("*0001*", "[!a]*1-x", true),
        ] {
            assert_eq!(overlap(a, b), expected, "{a} overlaps {b}");
            assert_eq!(overlap(b, a), expected, "{b} overlaps {a}");
        }
    }

    #[test]
    fn a_hostile_glob_takes_bounded_work() {
        let glob = "*a".repeat(500);
        assert!(overlap(&glob, &"*b".repeat(500)));
        assert!(!covers(&glob, &"*b".repeat(500)));
        for odd in ["[", "[]", "[!", "\\", "[a-", "ä[ö", "{"] {
            let _ = (overlap(odd, "*"), covers("*", odd), covers(odd, "x"));
        }
    }
}
