//! Output that is not a report: a list, a page, what a command did. Written as text, or as one JSON object
//! with a `schema` for programs. Does not depend on what is listed.

use std::io;

use serde::Serialize;

use super::json;

/// Output that is not a report. It serializes to the fields of its JSON object.
pub trait Listing: Serialize {
    /// Writes it for people.
    fn write_text(&self, out: &mut dyn io::Write) -> io::Result<()>;
}

/// A listing as JSON, schema 1.
#[derive(Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    listing: &'a T,
}

/// Writes a listing.
pub fn listing<T: Listing>(listing: &T, as_json: bool, out: &mut dyn io::Write) -> io::Result<()> {
    if !as_json {
        return listing.write_text(out);
    }
    let schema = json::SCHEMA;
    json::object(&Versioned { schema, listing }, out)
}
