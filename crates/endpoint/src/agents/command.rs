//! `partner-endpoint agents …`: the register of agents, changed from the command line while the endpoint
//! runs. Lists have tabs between the columns. A password or token that was made here is all that standard
//! output gets then, so that it can be sent to a file; the remark goes to standard error.

use super::{AgentsError, NAME_MAX, Secret, generate, hash, too_weak};
use crate::cli::{AgentTokensCommand, AgentsArgs, AgentsCommand, PasswordSource};
use crate::clock::Timestamp;
use crate::config;
use crate::directory::address_key;
use crate::store::Store;
use crate::store::agents::NewAgent;
use crate::store::agents::tokens::NewToken;
use partner_rules::email;
use std::io::Write;

const LABEL_MAX: usize = 100;
const DAYS_MAX: u32 = 3650;
const DAY_S: i64 = 24 * 60 * 60;

/// What a command works with.
struct Desk<'a> {
    store: &'a Store,
    now: Timestamp,
    out: &'a mut (dyn Write + Send),
    /// Remarks beside a secret.
    aside: &'a mut (dyn Write + Send),
}

/// Does what was asked, whole or not at all. `read` gives a password that is typed or piped in.
pub async fn run(
    arguments: AgentsArgs,
    now: Timestamp,
    read: impl Fn() -> Result<String, AgentsError>,
    out: &mut (dyn Write + Send),
    aside: &mut (dyn Write + Send),
) -> Result<(), AgentsError> {
    let database = config::database(&arguments.place.store(), false)?;
    let adds = matches!(arguments.command, AgentsCommand::Add { .. });
    if let Some(file) = database.missing().filter(|_| !adds) {
        return Err(AgentsError::NoDatabase(file.to_owned()));
    }
    // Judged before there is a database, so that a mistake leaves none behind.
    if let AgentsCommand::Add { email, name, .. } = &arguments.command {
        sound_email(email)?;
        sound_name(name)?;
    }
    let store = Store::open(&database).await?;
    let mut desk = Desk {
        store: &store,
        now,
        out,
        aside,
    };
    let done = desk.agents(arguments.command, read).await;
    store.close().await;
    done
}

impl Desk<'_> {
    async fn agents(
        &mut self,
        command: AgentsCommand,
        read: impl Fn() -> Result<String, AgentsError>,
    ) -> Result<(), AgentsError> {
        match command {
            AgentsCommand::Add {
                email,
                name,
                password,
            } => self.add(&email, &name, password, read).await,
            AgentsCommand::List => self.list().await,
            AgentsCommand::Remove { email } => {
                if !self.store.remove_agent(&address_key(&email)).await? {
                    return Err(AgentsError::Unknown);
                }
                Ok(writeln!(self.out, "agent {email} removed")?)
            }
            AgentsCommand::Password { email, password } => {
                self.password(&email, password, read).await
            }
            AgentsCommand::Token(command) => self.token(command).await,
        }
    }

    async fn add(
        &mut self,
        email: &str,
        name: &str,
        source: PasswordSource,
        read: impl Fn() -> Result<String, AgentsError>,
    ) -> Result<(), AgentsError> {
        let (email, name) = (sound_email(email)?, sound_name(name)?);
        let key = address_key(&email);
        if self.store.agent(&key).await?.is_some() {
            return Err(AgentsError::Taken);
        }
        let password = chosen(source, &email, name, read)?;
        let new = NewAgent {
            email_key: &key,
            email: &email,
            name,
            password: Some(&hash(&password)?),
            demo: false,
        };
        let added = self.store.add_agent(&new, self.now).await?;
        added.ok_or(AgentsError::Taken)?;
        self.tell(source, &password, &format!("agent {email} added"))
    }

    async fn password(
        &mut self,
        email: &str,
        source: PasswordSource,
        read: impl Fn() -> Result<String, AgentsError>,
    ) -> Result<(), AgentsError> {
        let key = address_key(email);
        let found = self.store.agent(&key).await?;
        let (agent, _) = found.ok_or(AgentsError::Unknown)?;
        let password = chosen(source, &agent.email, &agent.name, read)?;
        if !self.store.set_password(&key, &hash(&password)?).await? {
            return Err(AgentsError::Unknown);
        }
        let remark = format!(
            "agent {} has another password, and is signed out everywhere",
            agent.email
        );
        self.tell(source, &password, &remark)
    }

    /// A password that was made here is told this once.
    fn tell(
        &mut self,
        source: PasswordSource,
        password: &str,
        remark: &str,
    ) -> Result<(), AgentsError> {
        if source.generate {
            writeln!(self.out, "{password}")?;
            writeln!(self.aside, "{remark}; the password is shown this once")?;
        } else {
            writeln!(self.out, "{remark}")?;
        }
        Ok(())
    }

    async fn list(&mut self) -> Result<(), AgentsError> {
        writeln!(self.out, "email\tname\tadded\tsessions\ttokens")?;
        for entry in self.store.agents(self.now).await? {
            writeln!(
                self.out,
                "{}\t{}\t{}\t{}\t{}",
                entry.agent.email,
                entry.agent.name,
                entry.created_at.rfc3339(),
                entry.sessions,
                entry.tokens
            )?;
        }
        Ok(())
    }

    async fn token(&mut self, command: AgentTokensCommand) -> Result<(), AgentsError> {
        match command {
            AgentTokensCommand::Add { email, label, days } => {
                let label = sound(&label, LABEL_MAX).ok_or(AgentsError::Label)?;
                if days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
                    return Err(AgentsError::Days);
                }
                let found = self.store.agent(&address_key(&email)).await?;
                let (agent, _) = found.ok_or(AgentsError::Unknown)?;
                let secret = Secret::random()?;
                let new = NewToken {
                    agent_id: agent.id,
                    secret: &secret,
                    label,
                    expires_at: days.map(|days| self.now.plus_seconds(i64::from(days) * DAY_S)),
                };
                let number = self.store.add_agent_token(&new, self.now).await?;
                writeln!(self.out, "{}", secret.token())?;
                writeln!(
                    self.aside,
                    "token {number} of {}; it is shown this once",
                    agent.email
                )?;
            }
            AgentTokensCommand::List => {
                writeln!(self.out, "number\temail\tlabel\tadded\texpires")?;
                for entry in self.store.agent_tokens().await? {
                    let expires = entry.expires_at.map(Timestamp::rfc3339).unwrap_or_default();
                    writeln!(
                        self.out,
                        "{}\t{}\t{}\t{}\t{expires}",
                        entry.id,
                        entry.email,
                        entry.label,
                        entry.created_at.rfc3339()
                    )?;
                }
            }
            AgentTokensCommand::Withdraw { number } => {
                if !self.store.withdraw_agent_token(number).await? {
                    return Err(AgentsError::UnknownToken);
                }
                writeln!(self.out, "token {number} withdrawn")?;
            }
        }
        Ok(())
    }
}

fn chosen(
    source: PasswordSource,
    email: &str,
    name: &str,
    read: impl Fn() -> Result<String, AgentsError>,
) -> Result<String, AgentsError> {
    if source.generate {
        return Ok(generate()?);
    }
    let password = read()?;
    match too_weak(&password, email, name) {
        None => Ok(password),
        Some(problem) => Err(AgentsError::Password(problem)),
    }
}

fn sound_email(text: &str) -> Result<String, AgentsError> {
    match email::parse(text) {
        Ok(email) => Ok(email.as_str().to_owned()),
        Err((code, _)) => Err(AgentsError::Address(code.code())),
    }
}

fn sound_name(text: &str) -> Result<&str, AgentsError> {
    sound(text, NAME_MAX).ok_or(AgentsError::Name)
}

fn sound(text: &str, max: usize) -> Option<&str> {
    let text = text.trim();
    let fits = (1..=max).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then_some(text)
}
