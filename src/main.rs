//! The `graven` command: parse, run, exit code.

use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use clap::Parser;
use graven::cli::{self, Cli};
use graven::commands::{Streams, run};
use graven::report::Outcome;
use graven::text::escape::Escaped;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(fail));
    let cli = match Cli::try_parse_from(cli::arguments(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe must not change the exit code.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() {
                Outcome::NotJudged.exit_code()
            } else {
                0
            });
        }
    };
    let mut err = anstream::stderr();
    let outcome = run(
        &cli,
        &mut Streams {
            input: Box::new(std::io::stdin()),
            out: &mut std::io::BufWriter::new(anstream::stdout()),
            err: &mut anstream::stderr(),
            watched: std::io::stderr().is_terminal(),
        },
    );
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) => {
            let _ = writeln!(err, "graven: {error:#}");
            ExitCode::from(Outcome::NotJudged.exit_code())
        }
    }
}

/// A panic in any thread: nothing was judged, so the exit code is 2.
#[expect(
    clippy::exit,
    reason = "a panic's own exit code would not mean `not judged`"
)]
fn fail(fault: &PanicHookInfo<'_>) {
    let said = Escaped::new(&fault.to_string()).to_string();
    // Standard error may be closed.
    let _ = writeln!(
        anstream::stderr(),
        "graven: not judged: internal error: {said}\n  help: report this bug, with this line"
    );
    std::process::exit(i32::from(Outcome::NotJudged.exit_code()));
}
