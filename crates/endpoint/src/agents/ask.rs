//! A password from whoever sits at the terminal, or from a pipe.

use super::AgentsError;
use std::io::IsTerminal;

/// Twice at a terminal, where it is not shown; else one line of standard input.
pub fn ask() -> Result<String, AgentsError> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(AgentsError::Read)?;
        return Ok(line.trim_end_matches(['\n', '\r']).to_owned());
    }
    let prompt = |text: &str| rpassword::prompt_password(text).map_err(AgentsError::Read);
    let password = prompt("Password: ")?;
    if password != prompt("Again: ")? {
        return Err(AgentsError::Differ);
    }
    Ok(password)
}
