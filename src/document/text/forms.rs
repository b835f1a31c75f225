//! Every form in which a real project writes a status, each by a real line.

use super::tests::read_words;

mod field;
mod section;

/// The name of a form, a text in it, and what is read from it.
pub(crate) type Form = (&'static str, &'static str, &'static str);

/// Every form.
pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    section::FORMS.iter().chain(field::FORMS)
}

/// The main status as canonical word (or `?` and what is written), `unfilled`, or `none`; then `/` and each further copy.
fn shown(text: &str) -> String {
    let read = read_words(text);
    let word = |status: &crate::document::Status| {
        let unknown = if status.standing().is_none() { "?" } else { "" };
        assert!(!read.source.slice(status.span).is_empty(), "{text}");
        format!("{unknown}{}", status.word())
    };
    match &read.status.main {
        Some(main) => {
            let copies = read
                .status
                .others
                .iter()
                .map(|other| format!("/{}", word(other)));
            word(main) + &copies.collect::<String>()
        }
        None if read.status.unfilled.is_some() => "unfilled".to_owned(),
        None => "none".to_owned(),
    }
}

#[test]
fn every_form_of_a_status_is_read() {
    let wrong: Vec<String> = forms()
        .filter_map(|(form, text, status)| {
            let read = shown(text);
            (read != *status).then(|| format!("form {form}: {read}, not {status}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn line_ends_do_not_change_a_status() {
    for (form, text, status) in forms() {
        assert_eq!(shown(&text.replace('\n', "\r\n")), *status, "form {form}");
    }
}
