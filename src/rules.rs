//! The list of all rules. A rule is a file of its own with a page of its own; nothing else has to know it.

use crate::rules::rule::Rule;

mod backlog_item_duplicated;
mod backlog_item_lost;
mod backlog_item_reused;
mod code_without_spec;
mod definition_of_done_open;
mod feature_without_spec;
mod file_name_malformed;
mod fix_incomplete;
mod frozen_document_deleted;
mod frozen_document_moved;
mod frozen_document_renumbered;
mod frozen_document_replaced;
mod frozen_document_unreadable;
mod frozen_text_edited;
mod id_look_alike;
mod last_test_removed;
mod number_retired;
mod number_taken;
mod path_twin;
mod policy_weakened;
mod protected_branch_deleted;
mod replace_ref_pushed;
pub mod rule;
mod section_duplicated;
mod section_emptied;
mod section_malformed;
mod section_prefix_undeclared;
mod section_redefined;
mod section_removed;
mod section_renumbered;
mod section_retitled;
mod section_revived;
mod section_shifted;
mod section_undeprecated;
mod section_untested;
mod shared;
mod status_ambiguous;
mod status_missing;
mod status_reversed;
mod status_unknown;
mod successor_missing;
mod successor_silent;
mod test_cites_deprecated;
mod test_cites_unknown;
mod text_deceptive;
mod waiver_hollow;
mod waiver_unused;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &backlog_item_duplicated::RULE,
    &backlog_item_lost::RULE,
    &backlog_item_reused::RULE,
    &code_without_spec::RULE,
    &definition_of_done_open::RULE,
    &feature_without_spec::RULE,
    &file_name_malformed::RULE,
    &fix_incomplete::RULE,
    &frozen_document_deleted::RULE,
    &frozen_document_moved::RULE,
    &frozen_document_renumbered::RULE,
    &frozen_document_replaced::RULE,
    &frozen_document_unreadable::RULE,
    &frozen_text_edited::RULE,
    &id_look_alike::RULE,
    &last_test_removed::RULE,
    &number_retired::RULE,
    &number_taken::RULE,
    &path_twin::RULE,
    &policy_weakened::RULE,
    &protected_branch_deleted::RULE,
    &replace_ref_pushed::RULE,
    &section_duplicated::RULE,
    &section_emptied::RULE,
    &section_malformed::RULE,
    &section_prefix_undeclared::RULE,
    &section_redefined::RULE,
    &section_removed::RULE,
    &section_renumbered::RULE,
    &section_retitled::RULE,
    &section_revived::RULE,
    &section_shifted::RULE,
    &section_undeprecated::RULE,
    &section_untested::RULE,
    &status_ambiguous::RULE,
    &status_missing::RULE,
    &status_reversed::RULE,
    &status_unknown::RULE,
    &successor_missing::RULE,
    &successor_silent::RULE,
    &test_cites_deprecated::RULE,
    &test_cites_unknown::RULE,
    &text_deceptive::RULE,
    &waiver_hollow::RULE,
    &waiver_unused::RULE,
];

/// The rule of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == name).copied()
}
