//! Git's object model, said without Git: ids, paths, entries, and the one interface through which documents are read.

pub mod memory;
mod objects;
pub mod overlay;
mod path;
mod path_set;

pub use objects::{
    Blob, ChangeVisitor, Difference, Entry, Mode, ObjectError, ObjectId, Objects, Side, Version,
    Write,
};
pub use path::RepoPath;
pub use path_set::PathSet;
