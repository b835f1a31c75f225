//! What sort of edit was made.
