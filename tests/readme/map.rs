//! The map of the modules in `src/lib.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each line of the map, from top to bottom.
pub(crate) fn lines() -> Vec<Vec<String>> {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let map = text.split("//! ```").nth(1).unwrap();
    let names = |line: &str| {
        let names = line.trim_start_matches("//! ").split("  ").next().unwrap();
        names.split(' ').map(str::to_owned).collect()
    };
    // The first line is the language of the block.
    map.lines()
        .skip(1)
        .filter(|line| line.starts_with("//! "))
        .map(names)
        .collect()
}

/// The modules that stand directly in `src`.
pub(crate) fn modules() -> BTreeSet<String> {
    files(Path::new("src"), false)
        .into_iter()
        .map(|file| stem(&file))
        .filter(|name| name != "lib" && name != "main")
        .collect()
}

/// The modules that a module names outside its tests.
pub(crate) fn used_by(module: &str) -> BTreeSet<String> {
    let mut all = vec![Path::new("src").join(module).with_extension("rs")];
    all.extend(files(&Path::new("src").join(module), true));
    let mut used = BTreeSet::new();
    for file in all.iter().filter(|file| stem(file) != "tests") {
        let text = fs::read_to_string(file).unwrap();
        for line in without_tests(&text)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let names = line.split("crate::").skip(1);
            used.extend(names.map(|name| {
                name.chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect()
            }));
        }
    }
    used.remove(module);
    used
}

/// The tests of a file stand at its end, in a module of their own.
fn without_tests(text: &str) -> &str {
    text.split_once("\nmod tests {")
        .map_or(text, |(code, _)| code)
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn files(folder: &Path, deep: bool) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(if deep { files(&path, deep) } else { Vec::new() });
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
