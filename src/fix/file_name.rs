//! The file name of a new document, made like that of an older one: number, slug, extension. It must not know what is
//! free.

use super::cannot;
use crate::document::Document;
use crate::repo::RepoPath;
use crate::report::Problem;

/// Letters of a slug at most.
const LONGEST: usize = 72;

/// The path of a new document of the kind of `old`, beside it, and its number as written.
pub(super) fn beside(
    old: &Document,
    number: Option<u64>,
    title: &str,
) -> Result<(RepoPath, Option<String>), Problem> {
    let Ok(name) = std::str::from_utf8(old.path.file_name()) else {
        let what = "its file name is not UTF-8, so that no name can be made like it";
        return Err(cannot(&old.path, what, "rename it first"));
    };
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let place = old
        .kind
        .number
        .as_ref()
        .and_then(|pattern| pattern.captures(name)?.name("number"));
    let (head, written, tail) = match (place, number) {
        (Some(place), Some(number)) => {
            let written = widen(old, place.as_str(), number)?;
            (
                &name[..place.start()],
                Some(written),
                stem.get(place.end()..).unwrap_or_default(),
            )
        }
        (None, Some(_)) | (_, None) => ("", None, stem),
    };
    let separator = if tail.contains('_') && !tail.contains('-') {
        '_'
    } else {
        '-'
    };
    let slug = slug(title, separator);
    if slug.is_empty() {
        return Err(Problem::not_judged(
            "no file name can be made of this title",
            "give a title with letters or digits in it",
        ));
    }
    let between: String = match &written {
        Some(_) => tail
            .chars()
            .take_while(|next| !next.is_alphanumeric())
            .collect(),
        // A word in front that every file of the kind has, such as `research-`, is none of the title.
        None => String::new(),
    };
    let between = if written.is_some() && between.is_empty() {
        separator.to_string()
    } else {
        between
    };
    let name = format!(
        "{head}{}{between}{slug}{extension}",
        written.clone().unwrap_or_default()
    );
    let folder = old.path.folder();
    let mut path = folder.to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name.as_bytes());
    Ok((RepoPath::new(path), written))
}

/// A number as wide as that of an older document.
fn widen(old: &Document, written: &str, number: u64) -> Result<String, Problem> {
    let width = written.len();
    let new = format!("{number:0width$}");
    let fixed = written.starts_with('0') || pattern_width(old) == Some(width);
    if fixed && new.len() > width {
        let what = format!(
            "number {number} does not fit into the {width} digits of {}",
            old.path
        );
        let remedy =
            "give the files of the kind wider numbers in its policy and move to them, by hand";
        return Err(Problem::not_judged(what, remedy));
    }
    // Where numbers are not padded, `9` is followed by `10`.
    Ok(if fixed { new } else { number.to_string() })
}

/// How many digits the kind says that its numbers have: `NNNN-<short-title>.md`.
fn pattern_width(old: &Document) -> Option<usize> {
    let shown = old.kind.file_name.as_ref()?;
    let from = shown.find("NN")?;
    Some(
        shown[from..]
            .chars()
            .take_while(|&next| next == 'N')
            .count(),
    )
}

/// A title as part of a file name: lower case ASCII, words joined by `separator`. A title without any such letter keeps
/// its own letters.
#[must_use]
pub fn slug(title: &str, separator: char) -> String {
    let ascii = joined(title.chars().flat_map(plain), separator);
    if ascii.is_empty() {
        joined(title.chars().flat_map(char::to_lowercase), separator)
    } else {
        ascii
    }
}

fn joined(letters: impl Iterator<Item = char>, separator: char) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for next in letters {
        if next.is_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push(separator);
            }
            gap = false;
            slug.push(next);
        } else if !matches!(next, '\'' | '’') {
            gap = true;
        }
        if slug.len() > LONGEST {
            // Cut at a word.
            let cut = slug.rfind(separator).unwrap_or(slug.len());
            slug.truncate(cut);
            break;
        }
    }
    slug
}

/// A letter in ASCII: `é` is `e`, `ß` is `ss`, what has no such likeness is a gap.
fn plain(letter: char) -> Vec<char> {
    if letter.is_ascii() {
        return vec![letter.to_ascii_lowercase()];
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let ascii = match lower {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
        'ö' | 'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '’' | '\u{300}'..='\u{36f}' => "",
        _ => " ",
    };
    ascii.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_ascii() {
        for (title, name) in [
            ("Use S3 for Blobs", "use-s3-for-blobs"),
            ("  Don't panic: it's fine! ", "dont-panic-its-fine"),
            ("Größe & Façade", "groesse-facade"),
            ("cafe\u{301} – ok", "cafe-ok"),
            ("../../etc/passwd", "etc-passwd"),
            ("使用 石头", "使用-石头"),
            ("--force", "force"),
            ("!?", ""),
        ] {
            assert_eq!(slug(title, '-'), name, "{title}");
        }
        let long = slug(&"word ".repeat(40), '_');
        assert!(long.len() <= LONGEST && long.ends_with("_word"), "{long}");
    }
}
