use super::deceptive_letters;

/// The letters of a line that deceive, each with the byte at which it stands.
fn told(line: &str) -> Vec<(usize, char)> {
    deceptive_letters(line)
        .into_iter()
        .map(|(at, letter, _)| (at, letter))
        .collect()
}

#[test]
fn a_carriage_return_deceives_unless_it_ends_the_line() {
    assert_eq!(told("We use pathlib.\r\n"), []);
    assert_eq!(told("We use pathlib.\r\r\n"), []);
    assert_eq!(told("We use pathlib.\rNot.\r\n"), [(15, '\r')]);
    assert_eq!(told("We use pathlib.\r"), [(15, '\r')]);
}

#[test]
fn a_joiner_deceives_between_two_letters_only() {
    assert_eq!(told("path\u{200d}lib"), [(4, '\u{200d}')]);
    assert_eq!(
        told("path\u{200d}\u{2060}lib"),
        [(4, '\u{200d}'), (7, '\u{2060}')]
    );
    assert_eq!(told("path\u{200d}, lib"), []);
    assert_eq!(told("path, \u{200d}lib"), []);
    assert_eq!(told("\u{feff}pathlib"), []);
}

#[test]
fn the_tags_of_a_flag_are_seen() {
    let england = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
    assert_eq!(told(england), []);
    assert_eq!(told(&format!("From {england} and {england}.")), []);
    // As many letters as there are behind the flag, and none that closes them.
    let open: String = england.chars().take(6).collect();
    assert_eq!(told(&format!("From {open}.")).len(), 5);
    // More than any flag has.
    let long = england.replace('\u{e0062}', "\u{e0062}\u{e0063}\u{e0064}");
    assert_eq!(told(&format!("From {long}.")).len(), 8);
    // Tags without a flag.
    assert_eq!(told(&england.replace('\u{1f3f4}', "a")).len(), 6);
}

#[test]
fn of_several_selectors_in_a_row_all_but_the_first_deceive() {
    assert_eq!(told("I \u{2764}\u{fe0f} paths"), []);
    assert_eq!(told("I \u{2764}\u{fe0f}\u{fe0e} paths"), [(8, '\u{fe0e}')]);
}

#[test]
fn a_mark_of_direction_deceives_inside_a_word_unless_the_line_runs_both_ways() {
    assert_eq!(told("path\u{200e}lib"), [(4, '\u{200e}')]);
    assert_eq!(told("\u{5e9}\u{5dc} path\u{200e}lib"), []);
}
