//! graven keeps engineering records as they were written.
//!
//! A *revision* is a state that a protected branch has published. A *step* is the way from one revision to the next. graven
//! judges steps; everything else here is about finding them, comparing their two sides, and saying what was found.
//!
//! # The way of a question
//!
//! 1. [`cli`] says what was typed. When Git asks, [`hook`] makes its arguments, input and environment into a question.
//! 2. [`steps`] finds which states the question compares, in the repository that [`git`] has opened, and which [`policy`]
//!    judges them.
//! 3. [`engine`] takes the steps one by one. [`change`] pairs the documents of both sides once, reading each with
//!    [`document`]; then every [`rule`] of [`rules`] looks at the pairs and adds findings to the [`report`].
//! 4. The [`outcome`] of the report is settled, and only then does [`render`] write it, as text or JSON.
//!
//! [`run`] joins these, one function a command. Of another kind are [`install`], which puts hooks into a repository,
//! [`chain`], which runs the hook that stood there before, and [`doctor`], which says what guards a repository.
//!
//! # The map
//!
//! A module uses only modules that stand below it, and those of its own line. A test compares this with the code.
//!
//! ```text
//! run              one function a command: what was asked, policy, judging, rendering
//! cli              what can be typed
//! render           a report as text and JSON; tables of documents and rules
//! doctor           what guards a repository and what does not: facts in, a diagnosis out
//! install          hooks put beside those that stand there, and taken away again
//! chain            the hook that runs before graven
//! next             the next number or ID that no branch and no history has used
//! steps            a question made into steps; protected branches and their published tips
//! hook             what Git asks: arguments, standard input, environment
//! git              the only place that names git2 and calls git: objects, refs, the index, the walk
//! engine           steps and a policy in, a report out; what a later step restored
//! rules            the list of rules, one file each
//! rule             what a rule is, and all that it may see
//! trace            which sections a test cites, and what a step does to that
//! backlog          the items of a backlog file
//! remedy           what to write instead of what is refused: documents in, files out
//! change           documents and sections before and after, paired; edit classes
//! policy           graven.toml and the presets made into values; which of two is weaker
//! waiver           waiver files read and written, and which waivers lift a finding
//! fault            what is wrong with a file of ours, and where
//! report           findings, places, fingerprints, problems
//! document         bytes read into status, header, relations and sections
//! kind             a class of documents and what may happen to one that is frozen
//! object watch     a repository's content and paths, said without Git; which paths matter
//! level            allow, warn, deny, forbid
//! outcome          allowed, refused, not judged; the exit code
//! letters          letters that look like others, or like nothing
//! escape           foreign text made harmless
//! ```
//!
//! So a rule cannot see Git, a hook or a terminal, and what renders a report sees nothing but the report.

pub mod backlog;
pub mod chain;
pub mod change;
pub mod cli;
pub mod doctor;
pub mod document;
pub mod engine;
pub mod escape;
pub mod fault;
pub mod git;
pub mod hook;
pub mod install;
pub mod kind;
pub mod letters;
pub mod level;
pub mod next;
pub mod object;
pub mod outcome;
pub mod policy;
pub mod remedy;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod run;
pub mod steps;
pub mod trace;
pub mod waiver;
pub mod watch;
