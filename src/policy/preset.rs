//! The presets: policy files that come with the program, read by the same reader as any other. It must not know what is
//! in them.

/// The names of the presets; the first is the built-in default.
pub const NAMES: [&str; 4] = ["sdd", "adr-tools", "madr", "none"];

/// The text of a preset, as a policy file.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    match name {
        "sdd" => Some(include_str!("presets/sdd.toml")),
        "adr-tools" => Some(include_str!("presets/adr-tools.toml")),
        "madr" => Some(include_str!("presets/madr.toml")),
        "none" => Some(include_str!("presets/none.toml")),
        _ => None,
    }
}
