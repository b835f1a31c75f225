//! Git's object model: IDs, paths, tree entries, and the trait [`Objects`] through which they are read. Does not depend
//! on Git.

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
