//! Installing: the hooks folder, the shims under real git and several shells, `install.sh`, and all of it together with the
//! real binary.

mod binary;
mod hooks_folder;
mod installer;
mod shims;
mod world;
