//! String literals of Python: what they say, or why the text alone does not tell. It must not know what they are for.

use tree_sitter::Node;

/// What a plain string literal says.
pub(super) fn read(node: Node<'_>, text: &str) -> Result<String, &'static str> {
    let part = |node: Node<'_>| text.get(node.byte_range()).unwrap_or_default();
    let mut cursor = node.walk();
    let mut parts = node.children(&mut cursor);
    let opening = parts
        .next()
        .filter(|part| part.kind() == "string_start")
        .ok_or("syntax error")?;
    let closing = parts
        .last()
        .filter(|part| part.kind() == "string_end" && !part.is_missing());
    let closing = closing.ok_or("syntax error")?;
    let prefix = part(opening)
        .trim_end_matches(['"', '\''])
        .to_ascii_lowercase();
    if prefix.contains(['f', 't']) {
        return Err("f-strings are not evaluated");
    }
    if prefix.contains('b') {
        return Err("bytes, not a string");
    }
    let written = text
        .get(opening.end_byte()..closing.start_byte())
        .unwrap_or_default();
    if prefix.contains('r') {
        Ok(written.to_owned())
    } else {
        unescape(written)
    }
}

/// Takes the escapes of a string apart.
fn unescape(written: &str) -> Result<String, &'static str> {
    let mut said = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        said.push_str(&rest[..at]);
        let mut letters = rest[at + 1..].chars();
        let letter = letters.next().ok_or("syntax error")?;
        rest = letters.as_str();
        match letter {
            '\n' => {}
            '\r' => rest = rest.strip_prefix('\n').unwrap_or(rest),
            '\\' | '\'' | '"' => said.push(letter),
            'a' => said.push('\u{7}'),
            'b' => said.push('\u{8}'),
            'f' => said.push('\u{c}'),
            'n' => said.push('\n'),
            'r' => said.push('\r'),
            't' => said.push('\t'),
            'v' => said.push('\u{b}'),
            '0'..='7' => {
                let more = rest
                    .bytes()
                    .take(2)
                    .take_while(|digit| matches!(digit, b'0'..=b'7'))
                    .count();
                let digits = format!("{letter}{}", &rest[..more]);
                rest = &rest[more..];
                said.push(character(&digits, 8)?);
            }
            'x' | 'u' | 'U' => {
                let length = match letter {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let digits = rest.get(..length).ok_or("invalid escape sequence")?;
                rest = &rest[length..];
                said.push(character(digits, 16)?);
            }
            'N' => return Err("\\N{…} escapes are not read"),
            // Python keeps an unknown escape as it is written.
            _ => said.extend(['\\', letter]),
        }
    }
    said.push_str(rest);
    Ok(said)
}

fn character(digits: &str, radix: u32) -> Result<char, &'static str> {
    let all = digits.chars().all(|digit| digit.is_digit(radix));
    let code = if all {
        u32::from_str_radix(digits, radix).ok()
    } else {
        None
    };
    code.and_then(char::from_u32)
        .ok_or("invalid escape sequence")
}
