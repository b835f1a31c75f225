//! Text and places in it, and how texts look and compare. It must not know anything else of ours.

pub mod confusables;
pub mod escape;
pub(crate) mod guess;
pub mod similarity;
mod source;

pub use source::{Source, Span, Spanned};
