//! Rules that remember what was once published.

mod number_retired;
mod section_revived;
