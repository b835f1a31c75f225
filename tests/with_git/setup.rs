//! Hooks put in place, and what guards a repository.

mod doctor;
mod hosts;
mod install;
