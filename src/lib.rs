//! graven keeps engineering records as they were written.
//!
//! A *revision* is a state that a protected branch has published. A *step* is the way from one revision to the next. graven
//! judges steps; everything else here is about finding them, comparing their two sides, and reporting what was found.
//!
//! # The way of a question
//!
//! 1. [`cli`] says what was typed. When Git asks, [`steps::hook`] makes its arguments, input and environment into a question.
//! 2. [`steps`] finds which states the question compares, in the repository that [`git`] has opened, and which [`policy`]
//!    judges them.
//! 3. [`engine`] takes the steps one by one. [`change`] pairs the documents of both sides once, reading each with
//!    [`document`]; then every rule of [`rules`] looks at the pairs and adds findings to the [`report`].
//! 4. The outcome of the report is settled, and only then does [`render`] write it, as text or JSON.
//!
//! [`commands`] joins these, one function a command. Of another kind are [`setup`], which puts hooks into a repository and
//! says what guards it, and [`fix`], which writes what is right instead of what was refused.
//!
//! # The map
//!
//! A folder uses only folders below it in this list, and no two files import each other. A test compares both with the code.
//!
//! ```text
//! commands    one function a command: what was asked, policy, judging, rendering
//! cli         what can be typed
//! render      a report as text and JSON; lists of documents and rules
//! fix         what to write instead of what is refused: documents in, files out
//! setup       hooks put in place and taken away; what guards a repository and what does not
//! steps       what Git or a person asks, made into steps; protected branches and their published tips
//! engine      steps and a policy in, a report out; what a later step restored
//! rules       what a rule is and may see, and the rules, one file each
//! backlog     the items of a backlog file
//! citations   which sections a test cites, and what a step does to that
//! change      documents and sections before and after, paired; edit classes; published history
//! document    bytes read into status, header, relations and sections
//! waiver      waiver files read and written, and which waivers lift a finding
//! policy      graven.toml and the presets made into values; kinds of documents; which of two policies is weaker
//! git         the only place that names git2 and calls git: objects, refs, the index, the walk
//! report      findings, places, levels, fingerprints, problems, the outcome
//! repo        Git's object model without Git: ids, paths, entries, the interface that documents are read through
//! text        sources and spans, escaping, letters that look alike, likeness
//! ```
//!
//! So a rule cannot see Git, a hook or a terminal, and what renders a report sees nothing but the report.

pub mod backlog;
pub mod change;
pub mod citations;
pub mod cli;
pub mod commands;
pub mod document;
pub mod engine;
pub mod fix;
pub mod git;
pub mod policy;
pub mod render;
pub mod repo;
pub mod report;
pub mod rules;
pub mod setup;
pub mod steps;
pub mod text;
pub mod waiver;
