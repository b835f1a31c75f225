//! The map of the folders in `src/lib.rs`, and who imports whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// A module by its names from the root: `["git", "cli"]` for `src/git/cli.rs`.
pub(crate) type Module = Vec<String>;

/// `use` with what it names.
static USE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^ *(pub(?:\([a-z ]+\))? )?use ([^;]+);").unwrap());
/// A path in the code, such as `super::entry::DocumentEntry`.
static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\w+(?:::\w+)+").unwrap());

/// The code of every module, without tests and comments.
pub(crate) struct Code {
    modules: BTreeMap<Module, String>,
    /// What a module publishes from elsewhere: the name, and the path it comes from.
    republished: BTreeMap<(Module, String), Vec<String>>,
}

/// The folders and files directly in `src` that the map in `src/lib.rs` lists, from top to bottom.
pub(crate) fn lines() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let map = text.split("//! ```").nth(1).unwrap();
    // The first line is the language of the block.
    map.lines()
        .skip(1)
        .filter_map(|line| line.strip_prefix("//! "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

impl Code {
    pub(crate) fn read() -> Self {
        let mut modules = BTreeMap::new();
        read_folder(Path::new("src"), &mut Vec::new(), &mut modules);
        let mut republished = BTreeMap::new();
        for (module, text) in &modules {
            for found in USE
                .captures_iter(text)
                .filter(|found| found.get(1).is_some())
            {
                for (path, name) in leaves(&found[2], &[]) {
                    republished.insert((module.clone(), name), path);
                }
            }
        }
        Self {
            modules,
            republished,
        }
    }

    pub(crate) fn modules(&self) -> impl Iterator<Item = &Module> {
        self.modules.keys()
    }

    /// The modules whose code holds a word.
    pub(crate) fn that_name(&self, word: &str) -> Vec<String> {
        let named = self.modules.iter().filter(|(_, text)| text.contains(word));
        named.map(|(module, _)| module.join("/")).collect()
    }

    /// The modules that stand directly in `src`.
    pub(crate) fn tops(&self) -> BTreeSet<String> {
        self.modules
            .keys()
            .map(|module| module[0].clone())
            .collect()
    }

    /// The modules whose items a module names; a re-export counts as the module that it comes from.
    pub(crate) fn imports(&self, module: &Module) -> BTreeSet<Module> {
        let text = &self.modules[module];
        let used = USE
            .captures_iter(text)
            .filter(|found| found.get(1).is_none());
        let mut paths: Vec<Vec<String>> = used
            .flat_map(|found| leaves(&found[2], &[]))
            .map(|(path, _)| path)
            .collect();
        let rest = USE.replace_all(text, "");
        paths.extend(PATH.find_iter(&rest).map(|found| split(found.as_str())));
        paths
            .iter()
            .filter_map(|path| self.home(module, path, 0))
            .filter(|home| home != module)
            .collect()
    }

    /// Files that import each other in a ring, each ring once. A file and the folder of its parts are one.
    pub(crate) fn circles(&self) -> Vec<Vec<Module>> {
        let direct: BTreeMap<&Module, BTreeSet<Module>> = self
            .modules
            .keys()
            .map(|module| {
                let others = self.imports(module).into_iter();
                (
                    module,
                    others.filter(|other| !nested(module, other)).collect(),
                )
            })
            .collect();
        let reached: BTreeMap<&Module, BTreeSet<Module>> = direct
            .keys()
            .map(|module| {
                let mut seen = BTreeSet::new();
                let mut open: Vec<&Module> = direct[module].iter().collect();
                while let Some(next) = open.pop() {
                    if seen.insert(next.clone()) {
                        open.extend(&direct[next]);
                    }
                }
                (*module, seen)
            })
            .collect();
        let ring = |module: &&Module| -> Vec<Module> {
            let members = reached[*module].iter();
            members
                .filter(|other| reached[*other].contains(*module))
                .cloned()
                .collect()
        };
        let rings: BTreeSet<Vec<Module>> = reached.keys().map(ring).collect();
        rings.into_iter().filter(|ring| !ring.is_empty()).collect()
    }

    /// The module that holds what a path in another module names; `None` for what is not ours.
    fn home(&self, from: &Module, path: &[String], depth: usize) -> Option<Module> {
        let mut at: Module = from.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (at, rest) = (Vec::new(), &path[1..]),
            "self" | "super" => {
                while let Some(step @ ("self" | "super")) = rest.first().map(String::as_str) {
                    if step == "super" {
                        at.pop();
                    }
                    rest = &rest[1..];
                }
            }
            first => {
                at.push(first.to_owned());
                self.modules.get(&at)?;
                rest = &path[1..];
            }
        }
        while let Some((name, further)) = rest.split_first() {
            let mut child = at.clone();
            child.push(name.clone());
            if self.modules.contains_key(&child) {
                (at, rest) = (child, further);
            } else {
                let source = self.republished.get(&(at.clone(), name.clone()));
                let through = source.filter(|_| depth < 8);
                return match through.and_then(|path| self.home(&at, path, depth + 1)) {
                    Some(home) => Some(home),
                    None => Some(at),
                };
            }
        }
        // A module that is only named brings nothing by itself.
        None
    }
}

fn nested(one: &Module, other: &Module) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// The full paths of a use tree, and the names that they get.
fn leaves(tree: &str, before: &[String]) -> Vec<(Vec<String>, String)> {
    let tree = tree.trim();
    if let Some((head, group)) = tree.split_once('{') {
        let mut path = before.to_vec();
        path.extend(split(head.trim_end_matches("::")));
        let group = group.trim_end().strip_suffix('}').unwrap();
        let (mut found, mut depth, mut begin) = (Vec::new(), 0, 0);
        for (at, sign) in group.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.extend(leaves(&group[begin..at], &path));
                    begin = at + 1;
                }
                _ => {}
            }
        }
        found.extend(leaves(&group[begin..], &path));
        return found;
    }
    let (tree, alias) = tree
        .split_once(" as ")
        .map_or((tree, None), |(tree, name)| (tree, Some(name)));
    let mut path = before.to_vec();
    path.extend(
        split(tree)
            .into_iter()
            .filter(|name| name != "self" || before.is_empty()),
    );
    let name = alias.map(str::to_owned).or_else(|| path.last().cloned());
    if tree.is_empty() {
        Vec::new()
    } else {
        vec![(path, name.unwrap_or_default())]
    }
}

fn split(path: &str) -> Vec<String> {
    path.split("::")
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads a folder of modules; tests and the roots `lib.rs` and `main.rs` are left out.
fn read_folder(folder: &Path, above: &mut Module, modules: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if name == "tests" || above.is_empty() && matches!(name.as_str(), "lib" | "main") {
            continue;
        }
        above.push(name);
        if path.is_dir() {
            read_folder(&path, above, modules);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            modules.insert(above.clone(), code_of(&fs::read_to_string(&path).unwrap()));
        }
        above.pop();
    }
}

/// The tests of a file stand at its end, in a module of their own.
fn code_of(text: &str) -> String {
    let code = text.split("\nmod tests {").next().unwrap_or_default();
    let lines = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}
