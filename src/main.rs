//! The `graven` command: parse, run, exit code.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use graven::cli::{self, Cli};
use graven::outcome::Outcome;
use graven::run::{Streams, run};

fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(cli::arguments(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe must not change the answer, and there is nobody left to tell.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Outcome::NotJudged.exit_code() } else { 0 });
        }
    };
    let mut err = anstream::stderr();
    let outcome = run(
        &cli,
        &mut Streams {
            input: &mut std::io::stdin().lock(),
            out: &mut std::io::BufWriter::new(anstream::stdout()),
            err: &mut anstream::stderr(),
            watched: std::io::stderr().is_terminal(),
        },
    );
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) => {
            use std::io::Write;
            let _ = writeln!(err, "graven: {error:#}");
            ExitCode::from(Outcome::NotJudged.exit_code())
        }
    }
}
