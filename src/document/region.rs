//! Which parts of a text are not its body. Two layers: what stands in front hides what lies behind it. It must not know
//! why a part is what it is.

use std::ops::Range;

use super::Region;
use crate::text::{Source, Spanned};

/// Gathers regions in any order and gives them back sorted and without overlap.
#[derive(Debug, Default)]
pub(super) struct Regions {
    behind: Vec<(Range<usize>, Region)>,
    front: Vec<(Range<usize>, Region)>,
}

impl Regions {
    /// Adds a field or a line.
    pub(super) fn add(&mut self, range: Range<usize>, region: Region) {
        self.front.push((range, region));
    }

    /// Adds a block, whose lines may turn out to be something else.
    pub(super) fn add_behind(&mut self, range: Range<usize>, region: Region) {
        self.behind.push((range, region));
    }

    /// All regions, in order.
    pub(super) fn finish(self, source: &Source) -> Vec<Spanned<Region>> {
        let (front, behind) = (flatten(self.front), flatten(self.behind));
        let mut all = Vec::with_capacity(front.len() + behind.len());
        let mut hiding = front.iter().peekable();
        for (range, region) in behind {
            let mut from = range.start;
            while let Some((hidden, _)) = hiding.next_if(|(hidden, _)| hidden.start < range.end) {
                if from < hidden.start {
                    all.push((from..hidden.start, region));
                }
                from = from.max(hidden.end);
            }
            if from < range.end {
                all.push((from..range.end, region));
            }
        }
        all.extend(front);
        // A region in front may reach over the end of one behind it into the next.
        let all = flatten(all);
        all.into_iter()
            .map(|(range, value)| Spanned {
                value,
                span: source.span(range),
            })
            .collect()
    }
}

/// Sorts ranges and cuts each where the one before it ends; of two that begin together the first added is kept.
fn flatten(mut ranges: Vec<(Range<usize>, Region)>) -> Vec<(Range<usize>, Region)> {
    ranges.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    ranges.retain_mut(|(range, _)| {
        range.start = range.start.max(end);
        let kept = range.start < range.end;
        end = end.max(range.end);
        kept
    });
    ranges
}

/// A range grown to whole lines, line ends included.
pub(super) fn whole_lines(source: &Source, range: Range<usize>) -> Range<usize> {
    let last = range.end.saturating_sub(1).max(range.start);
    let text = source.text().as_bytes();
    let mut end = source.line_at(last).end();
    end += text[end..]
        .iter()
        .take_while(|&&byte| byte == b'\r')
        .count();
    end += usize::from(text.get(end) == Some(&b'\n'));
    source.line_at(range.start).start()..end.max(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_front_hides_what_lies_behind() {
        let mut regions = Regions::default();
        regions.add_behind(0..10, Region::Metadata);
        regions.add(2..4, Region::Status);
        regions.add(8..12, Region::Relation);
        let source = Source::new("x".repeat(20));
        let found: Vec<_> = regions
            .finish(&source)
            .into_iter()
            .map(|region| (region.span.range(), region.value))
            .collect();
        assert_eq!(
            found,
            [
                (0..2, Region::Metadata),
                (2..4, Region::Status),
                (4..8, Region::Metadata),
                (8..12, Region::Relation)
            ]
        );
    }

    #[test]
    fn lines_are_taken_with_their_ends() {
        let source = Source::new("one\r\ntwo\r\nthree".to_owned());
        assert_eq!(whole_lines(&source, 5..6), 5..10);
        assert_eq!(whole_lines(&source, 11..12), 10..15);
    }
}
