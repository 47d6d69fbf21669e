//! Reads the command line and hands over to the command. Must never do the work of a command itself.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::check::Kind;
use crate::openapi::{self, Effort};
use crate::{
    build, chaos, check, dist, doctor, fuzz, scale, screenshots, serve, setup, size, tidy,
};

const HELP: &str = "\
Partner Desk: the project's commands

Usage: cargo xtask COMMAND [OPTIONS]

  serve        Set up, build and serve the demo page with the widget and an endpoint in demo mode;
               ends with a line `ready http://127.0.0.1:8080/` and runs until Ctrl-C
                 --port N        port to listen on (default 8080; the desk takes the next one)
                 --data DIR      folder of the demo's database (default .demo)
  test         Install what the tests need and run all of them; the last line is `N passed, N failed`
                 --only KIND     unit (format, clippy, tidy, native tests), browser, e2e, or of e2e
                                 only packages (what `dist` makes, and the servers of docs/embedding.md)
                                 or hosts (foreign pages, in Chromium, Firefox and WebKit)
                                 or openapi (calls made up from the OpenAPI document)
  chaos        Clients and an endpoint that is killed and restarted, with every fault of a network between
               them: what was told must be true; the last line is `N passed, N failed`
                 --seeds N       so many stories (default 100), from seed 1 on
                 --from N        from this seed on
                 --seed N        this one again, with all its steps
                 --browser       through the real widget in a real browser (default 10)
  a11y         The end-to-end tests with every state in every way of looking, and from them
               docs/accessibility.md, the conformance report; prints the count of states and checks
  build        Build the widget for release into dist/site/, with .br and .gz beside every file
  dist         What is published: dist/cdn/VERSION/ with a manifest, dist/cdn/MAJOR/ with the loader that
               moves, and dist/npm/ for `npm pack`; prints the embedding line with its integrity
  size         Sizes of what is served, against budgets.toml
  tidy         The architecture's invariants, checked
  screenshots  Pictures of every state of the widget, into screenshots/, compared with the kept ones
                 --state TEXT    only the states with this in their name
                 --only-kept     only the pictures that docs/screens/index.md shows
                 --keep          the kept ones become these, instead of being compared
  fuzz         Every parser of foreign bytes, with what no person would type
                 --seconds N     for each target (default 60)
                 --target NAME   only this one
  openapi      Calls made up from the OpenAPI document, as every user of demo mode
                 --examples N    for each call (default 150)
                 --seed N        the same calls again
  seed-data    An empty database filled with made-up shops, users, accounts and years of tickets
                 --shops N       (default 1000)
                 --tickets N     (default 1000000)
                 --seed N        other data of the same kind (default 1)
                 --data DIR      as for the endpoint (default data)
                 --database URL  as for the endpoint
  scale        Calls at ten thousand and at a million tickets, on both stores, in turns; needs 8 GB for a while,
               and writes docs/scale.md and bench/scale.json
                 --store NAME    sqlite or postgres only
                 --tickets N     instead of a million; then nothing is written
                 --rounds N      calls of each kind (default 2000); then nothing is written
  setup        Install what build, serve and test need, and nothing else
  doctor       What is present, what is missing, and what each command would do about it

Tools are kept outside the checkout, by version: in $PARTNER_DESK_CACHE, else
$XDG_CACHE_HOME/partner-desk, else ~/.cache/partner-desk.
docs/testing.md says more.";

/// The options without a value.
const BROWSER: &str = "--browser";
const ONLY_KEPT: &str = "--only-kept";
const KEEP: &str = "--keep";

/// One command, with its options read and checked.
pub(crate) enum Task {
    Help,
    Serve {
        port: u16,
        data: PathBuf,
    },
    Test {
        only: Option<Kind>,
    },
    Chaos {
        seeds: Option<u32>,
        from: Option<u32>,
        seed: Option<u32>,
        browser: bool,
    },
    Accessibility,
    Build,
    Dist,
    Size,
    Tidy,
    Screenshots {
        state: Option<String>,
        only_kept: bool,
        keep: bool,
    },
    Fuzz {
        seconds: u32,
        target: Option<String>,
    },
    Openapi {
        effort: Effort,
    },
    SeedData(scale::Seeding),
    Scale {
        tickets: Option<u32>,
        rounds: Option<u32>,
        store: Option<String>,
    },
    Setup,
    Doctor,
}

impl Task {
    /// Reads the words after `cargo xtask`.
    pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Self> {
        let mut words = words.peekable();
        let name = words.next().unwrap_or_else(|| "help".to_owned());
        let mut options = Vec::new();
        while let Some(word) = words.next() {
            if matches!(word.as_str(), "-h" | "--help") {
                return Ok(Self::Help);
            }
            if [BROWSER, ONLY_KEPT, KEEP].contains(&word.as_str()) {
                options.push((word, String::new()));
                continue;
            }
            let (key, value) = match word.split_once('=') {
                Some((key, value)) => (key.to_owned(), value.to_owned()),
                None => {
                    let Some(value) = words.next() else {
                        bail!("`{word}` needs a value, see `cargo xtask help`")
                    };
                    (word, value)
                }
            };
            options.push((key, value));
        }
        let task = match name.as_str() {
            "help" | "-h" | "--help" => Self::Help,
            "serve" => Self::Serve {
                port: match take(&mut options, "--port") {
                    None => 8080,
                    Some(text) => match text.parse() {
                        Ok(port) => port,
                        Err(_) => bail!("`--port {text}`: a port is a number from 1 to 65535"),
                    },
                },
                data: take(&mut options, "--data")
                    .unwrap_or_else(|| ".demo".to_owned())
                    .into(),
            },
            "test" => Self::Test {
                only: match take(&mut options, "--only") {
                    None => None,
                    Some(text) => Some(text.parse()?),
                },
            },
            "chaos" => Self::Chaos {
                seeds: number(&mut options, "--seeds")?,
                from: number(&mut options, "--from")?,
                seed: number(&mut options, "--seed")?,
                browser: take(&mut options, BROWSER).is_some(),
            },
            "a11y" => Self::Accessibility,
            "build" => Self::Build,
            "dist" => Self::Dist,
            "size" => Self::Size,
            "tidy" => Self::Tidy,
            "screenshots" => Self::Screenshots {
                state: take(&mut options, "--state"),
                only_kept: take(&mut options, ONLY_KEPT).is_some(),
                keep: take(&mut options, KEEP).is_some(),
            },
            "fuzz" => Self::Fuzz {
                seconds: number(&mut options, "--seconds")?.unwrap_or(60),
                target: take(&mut options, "--target"),
            },
            "openapi" => Self::Openapi {
                effort: Effort::long(
                    number(&mut options, "--examples")?,
                    number(&mut options, "--seed")?,
                ),
            },
            "seed-data" => Self::SeedData(scale::Seeding {
                shops: number(&mut options, "--shops")?,
                tickets: number(&mut options, "--tickets")?,
                seed: number(&mut options, "--seed")?,
                data: take(&mut options, "--data").map(PathBuf::from),
                database: take(&mut options, "--database"),
            }),
            "scale" => Self::Scale {
                tickets: number(&mut options, "--tickets")?,
                rounds: number(&mut options, "--rounds")?,
                store: take(&mut options, "--store"),
            },
            "setup" => Self::Setup,
            "doctor" => Self::Doctor,
            other => bail!("no command `{other}`, see `cargo xtask help`"),
        };
        if let Some((key, _)) = options.first() {
            bail!("`{name}` has no option `{key}`, see `cargo xtask help`");
        }
        Ok(task)
    }

    /// Runs the command; the code is the process's.
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Help => {
                println!("{HELP}");
                Ok(ExitCode::SUCCESS)
            }
            Self::Serve { port, data } => serve::run(port, &data),
            Self::Test { only } => check::run(only),
            Self::Chaos {
                seeds,
                from,
                seed,
                browser,
            } => chaos::run(
                &[("--seeds", seeds), ("--from", from), ("--seed", seed)],
                browser,
            ),
            Self::Accessibility => check::accessibility(),
            Self::Build => build::run(),
            Self::Dist => dist::run(),
            Self::Size => size::run(),
            Self::Tidy => tidy::run(),
            Self::Screenshots {
                state,
                only_kept,
                keep,
            } => screenshots::run(state.as_deref(), only_kept, keep),
            Self::Fuzz { seconds, target } => fuzz::run(seconds, target.as_deref()),
            Self::Openapi { effort } => openapi::command_line(effort),
            Self::SeedData(seeding) => scale::seed_data(&seeding),
            Self::Scale {
                tickets,
                rounds,
                store,
            } => scale::run(tickets, rounds, store.as_deref()),
            Self::Setup => setup::run(),
            Self::Doctor => doctor::run(),
        }
    }
}

/// Removes the option and gives its value; the last one given wins.
fn take(options: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let mut found = None;
    options.retain(|(key, value)| {
        if key == name {
            found = Some(value.clone());
        }
        key != name
    });
    found
}

/// The option as a number from 1 on.
fn number(options: &mut Vec<(String, String)>, name: &str) -> Result<Option<u32>> {
    let Some(text) = take(options, name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(number) if number > 0 => Ok(Some(number)),
        Ok(_) | Err(_) => bail!("`{name} {text}`: a whole number from 1 on"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Task> {
        Task::parse(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn options_are_read_in_both_spellings() {
        for words in [
            ["serve", "--port", "9000"].as_slice(),
            &["serve", "--port=9000"],
        ] {
            assert!(matches!(parse(words), Ok(Task::Serve { port: 9000, .. })));
        }
    }

    #[test]
    fn unknown_words_are_refused_by_name() {
        for words in [
            ["serv"].as_slice(),
            &["serve", "--prot", "1"],
            &["test", "--only", "some"],
            &["test", "--only"],
            &["chaos", "--seed", "0"],
            &["chaos", "--seeds", "many"],
            &["fuzz", "--seconds", "0"],
            &["openapi", "--examples", "many"],
        ] {
            assert!(parse(words).is_err(), "{words:?}");
        }
    }
}
