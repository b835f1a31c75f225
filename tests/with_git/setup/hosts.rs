//! Hosts that call hooks in ways of their own. Gitolite is the real one, from its package. GitLab, Gitea and GitHub
//! Enterprise Server are not run: their way of calling a hook is reproduced, in our own words, and each file says from
//! where it is known.

mod chroot;
mod gitea;
mod gitlab;
mod gitolite;
mod named;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Writes an executable script, and the folders above it.
fn write_script(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Every file and folder below a folder, sorted.
fn below(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap())
        .flat_map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let inner = if entry.path().is_dir() {
                below(&entry.path())
            } else {
                Vec::new()
            };
            inner
                .into_iter()
                .map(|inner| format!("{name}/{inner}"))
                .chain([name.clone()])
                .collect::<Vec<_>>()
        })
        .filter(|name| !name.ends_with(".sample"))
        .collect();
    found.sort();
    found
}
