//! Setup of a repository: hooks installed and removed, the hook that was there before, and the checks of doctor.

pub mod chained_hook;
pub mod doctor;
pub mod install;
