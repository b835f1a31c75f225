//! Several steps at once.

mod batches;
mod restored;
