//! `section-revived`.

use crate::change::history::EarlierSection;
use crate::change::sections::{Meaning, mildest_meaning, prefix};
use crate::change::snapshot::Declared;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-revived",
    summary: "a section reuses an ID that had another meaning",
    page: include_str!("../../docs/rules/section-revived.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

/// So many earlier texts of one section are compared by their meaning, newest first.
const COMPARED: usize = 64;

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    // A tombstone gives an ID back what it had.
    let mut fresh: Vec<&Declared> = context
        .sections()?
        .fresh
        .iter()
        .filter(|fresh| fresh.section.mark.is_none())
        .collect();
    if let Some(published) = context.published.filter(|_| !fresh.is_empty()) {
        let ids: Vec<&str> = fresh.iter().map(|fresh| fresh.id()).collect();
        let stands = published.declaring(&ids)?;
        fresh.retain(|fresh| !stands.contains_key(fresh.id()));
    }
    let ids: Vec<&str> = fresh.iter().map(|fresh| fresh.id()).collect();
    let history = context.history.declared(&ids)?;
    for now in fresh {
        let Some(earlier) = history.get(now.id()) else {
            continue;
        };
        if let Some(draft) = revived(now, earlier, context, findings) {
            findings.add(draft);
        }
    }
    Ok(())
}

fn revived(
    now: &Declared,
    earlier: &[EarlierSection],
    context: &RuleContext<'_>,
    findings: &Findings<'_>,
) -> Option<FindingDraft> {
    let whole = now.whole().trim_end();
    if earlier
        .iter()
        .any(|earlier| earlier.declared.whole().trim_end() == whole)
    {
        return None;
    }
    let compared = earlier
        .iter()
        .take(COMPARED)
        .map(|earlier| &earlier.declared);
    // Where only tombstones are left that say nothing, the ID was given up all the same.
    let meaning =
        mildest_meaning(compared, now, context.policy.similarity).unwrap_or(Meaning::Replaced);
    let level = match meaning {
        Meaning::Kept => return None,
        Meaning::Reworded | Meaning::Altered(..) => findings.level().min(Level::Warn),
        Meaning::Replaced | Meaning::Inverted(..) => findings.level(),
    };
    let lived = |earlier: &&EarlierSection| earlier.declared.section.mark.is_none();
    let last = earlier.iter().find(lived).or(earlier.first())?;
    let (id, title_before, title_after) = (
        now.id(),
        last.declared.section.title.trim(),
        now.section.title.trim(),
    );
    let message = match meaning {
        Meaning::Reworded | Meaning::Altered(..) => {
            format!("{id} was restored with a different text")
        }
        _ if title_before.is_empty() && title_after.is_empty() => {
            format!("{id} was published before with another meaning")
        }
        _ => format!(
            "{id} was published before with another meaning: {:?}, now {:?}",
            sections::shortened(title_before),
            sections::shortened(title_after)
        ),
    };
    let there = label(
        WhichSide::Earlier,
        &last.declared.document,
        Some(last.declared.section.declared),
        "first declared here",
    );
    let draft = sections::draft(
        None,
        Some(now),
        message,
        sections::label_after(now, "ID reused here"),
    );
    let draft = draft.level(level).related(there);
    let draft = suggestions::next_unused(draft, "give the new section an unused ID", prefix(id));
    Some(suggestions::show_earlier(
        draft,
        "see the section as it was published",
        last.commit,
        &last.declared.document.path,
    ))
}
