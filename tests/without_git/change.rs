//! Documents before and after.

mod edit;
