//! All waivers of one state of the repository, and which of them lift a finding. It must not know levels: what may be
//! lifted at all is not decided here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::{ReasonFault, Waiver, WaiverFile, reason_fault};
use crate::report::{ContentDigest, Finding, Fingerprint};

/// At most this many waivers are looked at while a chain is sought. No text is corrected that often.
const STEPS: usize = 1_000;

/// The waivers of all files of one state.
#[derive(Debug)]
pub struct Waivers {
    files: Vec<Arc<WaiverFile>>,
    /// The least length of a reason.
    least: usize,
    named: BTreeMap<Fingerprint, WaiverPlace>,
    /// By rule and subject: the waivers that lead on from a content.
    links: BTreeMap<(String, String), Links>,
    twice: Vec<(WaiverPlace, WaiverPlace)>,
}

type Links = BTreeMap<Option<ContentDigest>, Vec<WaiverPlace>>;

/// The position of a waiver among all: its file, and its index there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WaiverPlace {
    file: usize,
    waiver: usize,
}

impl Waivers {
    /// Takes files, sorted by path. A reason must have `least` characters of substance.
    #[must_use]
    pub fn new(files: Vec<Arc<WaiverFile>>, least: usize) -> Self {
        let mut all = Self {
            files,
            least,
            named: BTreeMap::new(),
            links: BTreeMap::new(),
            twice: Vec::new(),
        };
        let places: Vec<WaiverPlace> = all.places().collect();
        for place in places {
            let (_, waiver) = all.get(place);
            let fingerprint = waiver.fingerprint.value;
            let (key, digests) = (
                (waiver.rule.clone(), waiver.subject.clone()),
                waiver.digests,
            );
            if let Some(first) = all.named.get(&fingerprint) {
                all.twice.push((*first, place));
                continue;
            }
            all.named.insert(fingerprint, place);
            if digests[0] != digests[1] && all.reason_fault(place).is_none() {
                all.links
                    .entry(key)
                    .or_default()
                    .entry(digests[0])
                    .or_default()
                    .push(place);
            }
        }
        all
    }

    fn places(&self) -> impl Iterator<Item = WaiverPlace> {
        self.files.iter().enumerate().flat_map(|(at, file)| {
            let each = move |waiver| WaiverPlace { file: at, waiver };
            (0..file.waivers.len()).map(each)
        })
    }

    /// The waiver at a place, and its file.
    #[must_use]
    pub fn get(&self, place: WaiverPlace) -> (&Arc<WaiverFile>, &Waiver) {
        let file = &self.files[place.file];
        (file, &file.waivers[place.waiver])
    }

    /// What is wrong with the reason of a waiver, if anything. Such a waiver lifts nothing.
    #[must_use]
    pub fn reason_fault(&self, place: WaiverPlace) -> Option<ReasonFault> {
        reason_fault(&self.get(place).1.reason.value, self.least)
    }

    /// The waiver of a finding, whether its reason is one or not.
    #[must_use]
    pub fn naming(&self, fingerprint: Fingerprint) -> Option<WaiverPlace> {
        self.named.get(&fingerprint).copied()
    }

    /// Waivers in two files that name one finding: the first, which counts, and another.
    #[must_use]
    pub fn twice(&self) -> &[(WaiverPlace, WaiverPlace)] {
        &self.twice
    }

    /// What lifts a finding: the one waiver that names it, or the shortest chain of those that lead, edit by edit, from the
    /// content before it to the content after it.
    #[must_use]
    pub fn lifting(&self, finding: &Finding) -> Option<Vec<WaiverPlace>> {
        let names = |place: &WaiverPlace| {
            let (_, waiver) = self.get(*place);
            waiver.rule == finding.rule
                && waiver.subject == finding.subject
                && self.reason_fault(*place).is_none()
        };
        match self.naming(finding.fingerprint).filter(names) {
            Some(place) => Some(vec![place]),
            None => self.chain(finding),
        }
    }

    fn chain(&self, finding: &Finding) -> Option<Vec<WaiverPlace>> {
        let links = self
            .links
            .get(&(finding.rule.to_owned(), finding.subject.clone()))?;
        let [start, end] = finding.digests;
        if start == end {
            return None;
        }
        let mut reached: BTreeMap<Option<ContentDigest>, WaiverPlace> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        let mut left = STEPS;
        while let Some(from) = waiting.pop_front() {
            for &place in links.get(&from).into_iter().flatten() {
                if left == 0 {
                    return None;
                }
                left -= 1;
                let to = self.get(place).1.digests[1];
                // One waiver that leads all the way would have to name the finding itself.
                if to == start || reached.contains_key(&to) || (from == start && to == end) {
                    continue;
                }
                reached.insert(to, place);
                if to == end {
                    return Some(self.way(start, end, &reached));
                }
                // Removed content cannot continue a chain.
                waiting.extend(to.map(Some));
            }
        }
        None
    }

    /// The waivers on the way from the start to the end, in their order.
    fn way(
        &self,
        start: Option<ContentDigest>,
        end: Option<ContentDigest>,
        reached: &BTreeMap<Option<ContentDigest>, WaiverPlace>,
    ) -> Vec<WaiverPlace> {
        let (mut way, mut at, mut seen) = (Vec::new(), end, BTreeSet::new());
        while at != start && seen.insert(at) {
            let Some(place) = reached.get(&at) else { break };
            way.push(*place);
            at = self.get(*place).1.digests[0];
        }
        way.reverse();
        way
    }
}
