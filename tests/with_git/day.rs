//! A day in the life of a team: graven is adopted in a project that has a past, and then records are made, changed and
//! ended in the ways that the process has for it, on branches, through real hooks and real pushes. Each right way is
//! followed by the wrong one, which is refused. Every scene begins in a clone of the project that has adopted graven, and
//! brings along what it needs of earlier ones.

mod project;
mod records;
mod specs;
mod work;
