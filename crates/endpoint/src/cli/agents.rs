//! `partner-endpoint agents …`: the words only.

use super::PlaceArgs;
use clap::{Args, Subcommand};

#[derive(Args, Debug)]
pub struct AgentsArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(subcommand)]
    pub command: AgentsCommand,
}

#[derive(Debug, Subcommand)]
pub enum AgentsCommand {
    /// Add an agent. The desk opens at the next start if this is the first.
    Add {
        email: String,
        /// Shown to partners.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// All agents, tab-separated.
    List,
    /// Remove an agent with their sessions and tokens. What they wrote stays.
    Remove { email: String },
    /// Give an agent another password; they are signed out everywhere.
    Password {
        email: String,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Tokens for `/agent`.
    #[command(subcommand)]
    Token(AgentTokensCommand),
}

/// Without the flag it is asked for twice at a terminal, or read as one line from standard input.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct PasswordSource {
    /// Make a password and print it this once. Otherwise it is asked for, or read as a line from standard
    /// input.
    #[arg(long)]
    pub generate: bool,
}

#[derive(Debug, Subcommand)]
pub enum AgentTokensCommand {
    /// Make a token and print it this once.
    Add {
        email: String,
        /// What it is for.
        #[arg(long, default_value = "token", value_name = "TEXT")]
        label: String,
        /// How long it is good. Default: until it is withdrawn
        #[arg(long, value_name = "N")]
        days: Option<u32>,
    },
    /// Tokens, tab-separated; never one itself.
    List,
    /// End a token at once.
    Withdraw {
        /// As in the list.
        number: i64,
    },
}
