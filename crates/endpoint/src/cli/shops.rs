//! `partner-endpoint shops …`: the words only. What is wrong with a value is said where it is used.

use super::PlaceArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct ShopsArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(subcommand)]
    pub command: ShopsCommand,
}

#[derive(Debug, Subcommand)]
pub enum ShopsCommand {
    /// Register a shop.
    Add {
        /// Lower-case letters, digits, `-`, `_`, `.`: the claim `shop` of its tokens.
        shop: String,
        /// Shown to people.
        #[arg(long)]
        name: String,
        /// none, own or company: for users whom nobody granted anything.
        #[arg(long, default_value = "own", value_name = "LEVEL")]
        default_access: String,
    },
    /// All shops, tab-separated.
    List,
    /// Give a shop another name or another default.
    Update {
        shop: String,
        #[arg(long)]
        name: Option<String>,
        /// none, own or company.
        #[arg(long, value_name = "LEVEL")]
        default_access: Option<String>,
        /// Days for which its closed tickets are kept, 31 or more; `default`: as the endpoint's setting says.
        #[arg(long, value_name = "N|default")]
        closed_days: Option<String>,
    },
    /// Copy all of a shop's tickets, files and users to a folder.
    Export {
        shop: String,
        /// Made if missing; must be empty.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// End a shop's keys and remove all that is kept of it.
    Erase {
        shop: String,
        /// There is no way back.
        #[arg(long, required = true)]
        for_good: bool,
    },
    /// The keys that its tokens are signed with.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// The origins of its pages.
    #[command(subcommand)]
    Origins(OriginsCommand),
    /// Its users, and what they may see.
    #[command(subcommand)]
    Users(UsersCommand),
}

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Add a key; the others stay as they are.
    Add {
        shop: String,
        #[command(flatten)]
        source: KeySource,
    },
    /// Add a key and let the others end: after the overlap, or now.
    Rotate {
        shop: String,
        #[command(flatten)]
        source: KeySource,
        /// How long the others stay valid: 90s, 30m, 24h, 7d.
        #[arg(long, default_value = "24h", value_name = "TIME")]
        overlap: String,
        /// The others end at once: when a key has leaked.
        #[arg(long, conflicts_with = "overlap")]
        now: bool,
    },
    /// End a key at once.
    Withdraw { shop: String, kid: String },
    /// Keys, tab-separated; never a secret.
    List {
        /// Only this shop's.
        shop: Option<String>,
    },
}

/// Where a key comes from.
#[derive(Args, Clone, Debug, Default)]
pub struct KeySource {
    /// The key's id, unique over all shops: the `kid` of the tokens. Default: made up
    #[arg(long)]
    pub kid: Option<String>,
    /// EdDSA or HS256. Default: EdDSA; when rotating, that of the newest key
    #[arg(long, value_name = "ALG")]
    pub alg: Option<String>,
    /// EdDSA: the public key as PEM, or its 32 bytes in base64url or hexadecimal.
    // A PEM begins with hyphens; taken for flags, a private one would be repeated in the complaint.
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub public_key: Option<String>,
    /// EdDSA: the same from a file; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "public_key")]
    pub public_key_file: Option<PathBuf>,
    /// HS256: the secret from a file, at least 32 bytes of text; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["public_key", "public_key_file"])]
    pub secret_file: Option<PathBuf>,
    /// Make a key. The private key or secret is printed this once and not kept (EdDSA) or never shown
    /// again (HS256). Default for HS256
    #[arg(long, conflicts_with_all = ["public_key", "public_key_file", "secret_file"])]
    pub generate: bool,
}

#[derive(Debug, Subcommand)]
pub enum OriginsCommand {
    /// Let pages of these origins call.
    Add {
        shop: String,
        /// Such as https://partner.example or https://partner.example:8443.
        #[arg(required = true)]
        origins: Vec<String>,
    },
    /// Let them call no longer.
    Remove {
        shop: String,
        #[arg(required = true)]
        origins: Vec<String>,
    },
    /// Origins, tab-separated.
    List {
        /// Only this shop's.
        shop: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum UsersCommand {
    /// Users that the shop knows of, tab-separated.
    List { shop: String },
    /// Grant a user something.
    Set {
        shop: String,
        email: String,
        /// none, own or company.
        access: String,
    },
}
