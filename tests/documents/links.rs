//! The links of a Markdown page that stay in this project.

use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The links of the page at `path` that lead to no file, or to no heading of their file; as written.
pub(crate) fn broken(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let here = Path::new(path).parent().unwrap();
    let leads_nowhere = |target: &String| {
        let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
        let file = if file.is_empty() {
            path.into()
        } else {
            here.join(file)
        };
        if anchor.is_empty() {
            return !file.exists();
        }
        std::fs::read_to_string(&file).map_or(true, |text| {
            !anchors(&text).iter().any(|known| known == anchor)
        })
    };
    targets(&text).into_iter().filter(leads_nowhere).collect()
}

fn targets(text: &str) -> Vec<String> {
    Parser::new(text)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        })
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .collect()
}

/// What GitHub and GitLab make of headings.
fn anchors(text: &str) -> Vec<String> {
    let (mut anchors, mut heading) = (Vec::new(), None::<String>);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    let kept = text
                        .chars()
                        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                    heading.extend(
                        kept.flat_map(char::to_lowercase)
                            .map(|c| if c == ' ' { '-' } else { c }),
                    );
                }
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn a_link_to_a_missing_file_or_heading_is_broken() {
    assert_eq!(
        targets("[a](b.md#c) [d](https://example.org) [e]\n\n[e]: f.md"),
        ["b.md#c", "f.md"]
    );
    assert_eq!(
        anchors("# What it `does`, now\n\n## A\n"),
        ["what-it-does-now", "a"]
    );
}
