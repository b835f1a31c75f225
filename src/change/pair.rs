//! Two sides of a step, paired document by document.
